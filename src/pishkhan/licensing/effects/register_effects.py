"""What an application that comes to its good end does to the register, within the act that ended it."""

from datetime import timedelta

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import effect
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.licensing.models import Nominee
from pishkhan.licensing.numbers import GUARANTEE_DAYS, HOLDING_PERIOD, INSURANCE_DAYS, OPENING_DAYS
from pishkhan.licensing.rules.locks import office_and_licence, places_of_the_call
from pishkhan.offices.changes import Change, Issued, change_office, open_booth, succeed
from pishkhan.offices.models import Licence, Office
from pishkhan.offices.rows import BOOTH, HOLDER, LICENCE, NAME, OFFICE, PEOPLE, PREMISES, STATUS, UNDERTAKINGS
from pishkhan.offices.selectors import status_of
from pishkhan.offices.services import PremisesFacts, change_status, end_status, license_office
from pishkhan.offices.status import Status, last_day
from pishkhan.offices.undertakings.services import Kind, undertake
from pishkhan.people.parties import Party
from pishkhan.people.roles import Role
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import number

from .case_effects import FormData

OWED = ((Kind.OPENING, OPENING_DAYS), (Kind.INSURANCE, INSURANCE_DAYS), (Kind.GUARANTEE, GUARANTEE_DAYS))


@effect(
    "دفتر با پروانه‌اش در ثبت وارد می‌شود و تعهدات دارنده آغاز می‌شود.",
    "The office enters the register with its licence, and what its holder owes begins.",
    changes=(OFFICE, LICENCE, UNDERTAKINGS),
    locks=(places_of_the_call,),
)
def enter_in_the_register(case: Case, entry: Entry, data: FormData) -> FormData:
    """A new office with its licence, and what its holder owes from now on."""
    return _enter(case, entry, data, Licence.Origin.NEW)


@effect(
    "جای کارگزار قدیمی را دفتری با پروانه می‌گیرد.",
    "An office with a licence takes the place of the agent of old.",
    changes=(STATUS, OFFICE, LICENCE, UNDERTAKINGS),
    locks=(office_and_licence,),
)
def convert_the_agent(case: Case, entry: Entry, data: FormData) -> FormData:
    """A rural ICT office with its licence, in place of the agent of old."""
    change_status(
        case.dossier.licence, Status.REPLACED, from_on=data["issued_on"], by=entry.by, role=entry.role, because=entry
    )
    return _enter(case, entry, data, Licence.Origin.CONVERSION)


@effect(
    "پروانه‌ای صادر می‌شود که پس از پایان پروانهٔ پیشین آغاز می‌شود.",
    "A licence is issued that begins when the old one ends.",
    changes=(LICENCE,),
    locks=(office_and_licence,),
)
def renew(case: Case, entry: Entry, data: FormData) -> FormData:
    """A licence from the day after the last of the old one, or from its issue if that comes later."""
    licence = case.dossier.licence
    begins = max(licence.valid_until + timedelta(days=1), data["issued_on"])
    issued = Issued(data["issuer_number"], data["issued_on"], begins, last_day(begins, data["years"]))
    return _succeeded(case, entry, issued, Licence.Origin.RENEWAL)


@effect(
    "پروانه‌ای تازه جای پروانهٔ پایان‌یافته را می‌گیرد، با محل و اشخاصی که بررسی شده‌اند.",
    "A licence takes the place of the one that ran out, with the premises and people that were looked at.",
    changes=(LICENCE, STATUS, PREMISES, PEOPLE, UNDERTAKINGS),
    locks=(office_and_licence,),
)
def revive(case: Case, entry: Entry, data: FormData) -> FormData:
    """A licence from its issue on, or from the day after the old one where that still runs; the gap between stays."""
    licence, posts = case.dossier.licence, case.dossier.named
    begins = max(licence.valid_until + timedelta(days=1), data["issued_on"])
    issued = Issued(data["issuer_number"], data["issued_on"], begins, last_day(begins, data["years"]))
    change = Change(
        premises=_premises(case),
        manager=posts[Nominee.Post.MANAGER].person,
        deputy=posts[Nominee.Post.DEPUTY].person,
    )
    successor = _succeeded(case, entry, issued, Licence.Origin.REVIVAL, change)
    _let_owe(licence.office, case, entry, case.applicant, OWED)
    return successor


@effect(
    "بازماندهٔ مدت با اشخاص تازه به خریدار می‌رسد، که تا پایان دورهٔ نگهداری انتقال نمی‌دهد.",
    "The rest of the term passes to the buyer, with people of their own, who may not transfer for a while.",
    changes=(LICENCE, HOLDER, PEOPLE, UNDERTAKINGS),
    locks=(office_and_licence,),
)
def transfer(case: Case, entry: Entry, data: FormData) -> FormData:
    """The rest of the term to the buyer, with people of their own, who may not transfer for a while."""
    buyer = case.other_side
    assert buyer is not None, "a rule of the transfer asks for the buyer"  # noqa: S101
    posts = case.dossier.named
    change = Change(holder=buyer, manager=posts[Nominee.Post.MANAGER].person, deputy=posts[Nominee.Post.DEPUTY].person)
    successor = _succeeded(case, entry, _for_the_rest(case, data), Licence.Origin.TRANSFER, change)
    years = number(HOLDING_PERIOD, on=today(), kind=case.kind, place=case.division_id).value
    undertake(
        case.dossier.licence.office,
        Kind.HOLDING_PERIOD,
        by_whom=buyer,
        because=entry,
        due_on=last_day(data["issued_on"], years),
    )
    _let_owe(case.dossier.licence.office, case, entry, buyer, OWED[1:])
    return successor


@effect(
    "همان حقوق در نشانی تازه برقرار است.",
    "The same rights hold at the new address.",
    changes=(LICENCE, PREMISES),
    locks=(office_and_licence,),
)
def reissue_elsewhere(case: Case, entry: Entry, data: FormData) -> FormData:
    """The same rights at the new address."""
    return _succeeded(case, entry, _for_the_rest(case, data), Licence.Origin.REISSUE, Change(premises=_premises(case)))


@effect(
    "همان حقوق به نام تازه برقرار است.",
    "The same rights hold under the new name.",
    changes=(LICENCE, NAME),
    locks=(office_and_licence,),
)
def reissue_under_its_name(case: Case, entry: Entry, data: FormData) -> FormData:
    """The same rights under the new name."""
    return _succeeded(case, entry, _for_the_rest(case, data), Licence.Origin.REISSUE, Change(name=case.dossier.name))


@effect(
    "دفتر در روزهای خواسته‌شده تعطیل است.",
    "The office is closed for the days that were asked for.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def close_for_now(case: Case, entry: Entry, data: FormData) -> FormData:
    dossier = case.dossier
    change_status(
        dossier.licence,
        Status.CLOSED,
        from_on=max(dossier.from_on, today()),
        until_on=dossier.until_on,
        by=entry.by,
        role=entry.role,
        because=entry,
    )
    return {"from_on": dossier.from_on, "until_on": dossier.until_on}


@effect("دفتر از امروز باز است.", "The office serves again from today.", changes=(STATUS,), locks=(office_and_licence,))
def open_again(case: Case, entry: Entry, data: FormData) -> FormData:
    """Before the last day of the closure the office serves from today; after it, it does already."""
    dossier = case.dossier
    dossier.reopened_on = today()
    dossier.save()
    if status_of(dossier.licence, today()) == Status.CLOSED:
        end_status(dossier.licence, from_on=today(), by=SYSTEM, role=Role.SYSTEM, because=entry)
    return {"reopened_on": today()}


@effect(
    "پروانه از روز خواسته‌شده پایان می‌یابد.",
    "The licence ends from the day that was asked for.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def surrender(case: Case, entry: Entry, data: FormData) -> FormData:
    from_on = max(case.dossier.from_on, today())
    change_status(
        case.dossier.licence, Status.SURRENDERED, from_on=from_on, by=entry.by, role=entry.role, because=entry
    )
    return {"from_on": from_on}


@effect(
    "مشخصات محل در ثبت از روزی که درست بوده اصلاح می‌شود.",
    "The register tells the premises as they were from the day on which it was true.",
    changes=(PREMISES,),
    locks=(office_and_licence,),
)
def correct(case: Case, entry: Entry, data: FormData) -> FormData:
    """The premises as they should have stood on the register, from the day from which that is true."""
    dossier = case.dossier
    change_office(
        dossier.licence.office,
        Change(premises=_premises(case)),
        from_on=dossier.from_on,
        by=entry.by,
        role=entry.role,
        because=entry,
    )
    return {"from_on": dossier.from_on}


@effect(
    "باجه برای روزهای خواسته‌شده در ثبت است.",
    "The booth is on the register for its days.",
    changes=(BOOTH,),
    locks=(office_and_licence,),
)
def put_up_the_booth(case: Case, entry: Entry, data: FormData) -> FormData:
    dossier = case.dossier
    open_booth(
        dossier.licence.office,
        division=dossier.place,
        address=dossier.address,
        lat=case.lat,
        lon=case.lon,
        from_on=dossier.from_on,
        until_on=dossier.until_on,
        by=entry.by,
        role=entry.role,
        because=entry,
    )
    return {"from_on": dossier.from_on, "until_on": dossier.until_on}


def _enter(case: Case, entry: Entry, data: FormData, origin: str) -> FormData:
    posts = {nominee.post: nominee.person for nominee in case.nominees.select_related("person")}
    office, licence = license_office(
        kind=case.kind,
        division=case.division,
        holder=case.applicant,
        premises=_premises(case),
        manager=posts[Nominee.Post.MANAGER],
        deputy=posts[Nominee.Post.DEPUTY],
        valid_from=data["issued_on"],
        years=data["years"],
        issuer_number=data["issuer_number"],
        issued_on=data["issued_on"],
        origin_case=case,
        because=entry,
        origin=origin,
    )
    case.dossier.office = office
    case.dossier.save()
    _let_owe(office, case, entry, case.applicant, OWED)
    return {"office": office.code, "licence": licence.number, "until": licence.valid_until}


def _succeeded(case: Case, entry: Entry, issued: Issued, origin: str, change: Change | None = None) -> FormData:
    licence = succeed(case.dossier.licence, issued, origin=origin, case=case, because=entry, change=change)
    return {"office": licence.office.code, "licence": licence.number, "until": licence.valid_until}


def _for_the_rest(case: Case, data: FormData) -> Issued:
    """A licence from the day of its issue that ends when the one before would have."""
    return Issued(data["issuer_number"], data["issued_on"], data["issued_on"], case.dossier.licence.valid_until)


def _premises(case: Case) -> PremisesFacts:
    dossier = case.dossier
    return PremisesFacts(
        address=dossier.address,
        postal_code=dossier.postal_code,
        area=dossier.area,
        tenure=dossier.tenure,
        lat=case.lat,
        lon=case.lon,
        quality=Division.Quality.GEOCODED,
    )


def _let_owe(office: Office, case: Case, entry: Entry, holder: Party, kinds: tuple[tuple[str, Key], ...]) -> None:
    for kind, key in kinds:
        days = number(key, on=today(), kind=case.kind, place=case.division_id).value
        undertake(office, kind, by_whom=holder, due_on=today() + timedelta(days=days), because=entry)
