"""Acts on the register: licensing and importing offices, and what becomes of their licences."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError
from django.db.models import Q

from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.acts import IMPORTER, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.language.jalali import jalali_year
from pishkhan.people.models import Person
from pishkhan.people.parties import Party, party_fields
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import number

from . import refusals
from .bitemporal import enter, enter_until_next, first_start_after
from .models import Holding, Licence, LicenceStatus, Management, Office, OfficeKind, Premises
from .selectors import status_of
from .status import ENDS, PLANNED, TRANSITIONS, Status, last_day, planned

WINDOW = Key(
    "renewal.window_months",
    "month",
    "پنجرهٔ تمدید پیش از پایان پروانه",
    "Months before the end of a licence in which it is renewed",
)
LETTER = {OfficeKind.COUNTER: "C", OfficeKind.RURAL_ICT: "R", OfficeKind.LEGACY_AGENT: "L"}
ISSUER = "cra"  # who issues is data of each licence; a deployment of the issuer itself records its own


@dataclass(frozen=True)
class PremisesFacts:
    """Where an office is, as it enters the register."""

    address: str
    postal_code: str = ""
    area: int | None = None
    tenure: str = ""
    lat: float | None = None
    lon: float | None = None
    quality: str = Division.Quality.NONE


@dataclass(frozen=True)
class OfficeFacts:
    """An office with its licence, as it enters the register."""

    kind: str
    division: Division
    holder: Party
    premises: PremisesFacts
    manager: Person
    deputy: Person | None
    issued_on: date
    issuer_number: str
    valid_from: date
    valid_until: date
    issuer: str = ISSUER


def license_office(
    *,
    kind: str,
    division: Division,
    holder: Party,
    premises: PremisesFacts,
    manager: Person,
    deputy: Person | None,
    valid_from: date,
    years: int,
    issuer_number: str,
    issued_on: date,
    origin_case: Case,
    because: Entry,
    origin: str = Licence.Origin.NEW,
) -> tuple[Office, Licence]:
    """Enter an office and its licence, because of the entry that issued it. The whole timeline is planned now."""
    facts = OfficeFacts(
        kind,
        division,
        holder,
        premises,
        manager,
        deputy,
        issued_on,
        issuer_number,
        valid_from,
        last_day(valid_from, years),
    )
    return _enter_office(facts, by=because.by, role=because.role, origin=origin, case=origin_case, because=because)


@retried
def import_office(facts: OfficeFacts, *, by: Actor = IMPORTER, role: str = "importer") -> tuple[Office, Licence]:
    """Enter an office that exists already, with the real days of its licence."""
    if facts.kind not in OfficeKind.values:
        raise refusals.NoSuchKind(facts.kind)
    if not facts.issued_on <= facts.valid_from <= facts.valid_until:
        raise refusals.DaysOutOfOrder(facts.issued_on, facts.valid_from, facts.valid_until)
    if facts.issued_on > today():
        raise refusals.IssuedInTheFuture(facts.issued_on)
    return _enter_office(facts, by=by, role=role, origin=Licence.Origin.IMPORT, case=None, because=None)


@retried
def change_status(
    licence: Licence,
    to: Status,
    *,
    from_on: date,
    by: Actor,
    role: str,
    until_on: date | None = None,
    because: Entry | None = None,
) -> Licence:
    """Let a licence have a status from a day on, until another (its last) if one is named; then the plan goes on.

    Suspended or closed ends with its last day; a day that lies behind is entered late, and visibly so.
    """
    with act(by, f"licence.{to}", on=licence, role=role, because=because, happened_on=min(from_on, today())) as entry:
        now = status_of(licence, from_on)
        if now is None or to not in TRANSITIONS[now]:
            raise refusals.NoWay(now, to)
        if until_on is not None and until_on < from_on:
            raise refusals.EndsBeforeItBegins()
        until = None if until_on is None else date.fromordinal(until_on.toordinal() + 1)
        _enter_status(licence, to, from_on, until, entry)
        entry.facts = {"status": to, "from_on": from_on, "until_on": until_on, "before": now}
    return licence


@retried
def annul_status(
    licence: Licence,
    period: LicenceStatus,
    *,
    by: Actor,
    role: str,
    because: Entry | None = None,
    from_on: date | None = None,
) -> Licence:
    """Undo a status as of its first day, or of a later one: what was planned or entered before holds again from then.

    That it was once believed stays visible.
    """
    with act(by, "licence.annul-status", on=licence, role=role, because=because) as entry:
        period.refresh_from_db()  # the licence is locked: nobody else supersedes it now
        if period.licence_id != licence.pk or period.superseded_at is not None:
            raise refusals.NotBelievedNow()
        first = max(from_on or period.valid_from, period.valid_from)
        _as_before(period, first, entry)
        entry.facts = {"status": period.status, "from_on": first, "entered_by": period.entry}
    return licence


@retried
def end_status(licence: Licence, *, from_on: date, by: Actor, role: str, because: Entry | None = None) -> Licence:
    """Let a closure or suspension end before its last day: from a day on what was so before holds again."""
    with act(by, "licence.end-status", on=licence, role=role, because=because) as entry:
        period = LicenceStatus.objects.filter(licence=licence).on(from_on).first()
        if period is None or period.status not in (Status.CLOSED, Status.SUSPENDED):
            raise refusals.NoWay(period.status if period else None, Status.ACTIVE)
        _as_before(period, max(from_on, period.valid_from), entry)
        entry.facts = {"status": period.status, "from_on": from_on, "entered_by": period.entry}
    return licence


def _enter_office(
    facts: OfficeFacts, *, by: Actor, role: str, origin: str, case: Case | None, because: Entry | None
) -> tuple[Office, Licence]:
    """One act on the office, one on its licence, both or neither. Number series come last in the order of locks."""
    province = facts.division.code[:2]
    try:
        with one_transaction():
            letter, number = LETTER[OfficeKind(facts.kind)], next_licence_number(province)
            office = Office(
                kind=facts.kind,
                division=facts.division,
                code=f"{province}-{letter}-{next_number(f'office:{province}:{letter}', year=0):04}",
            )
            with begin(by, "office.enter", office, role=role, because=because) as entry:
                enter_premises(office, facts.premises, facts.valid_from, entry)
                enter_holder(office, facts.holder, facts.valid_from, entry)
                enter_management(office, facts.manager, facts.deputy, facts.valid_from, entry)
                entry.facts = {
                    "kind": office.kind,
                    "code": office.code,
                    "division": office.division_id,
                    "holder": facts.holder.ref,
                    "manager": facts.manager.ref,
                    "deputy": facts.deputy.ref if facts.deputy else None,
                }
            licence = enter_licence(
                Licence(
                    office=office,
                    division_id=office.division_id,
                    number=number,
                    origin=origin,
                    origin_case=case,
                    issuer=facts.issuer,
                    issuer_number=facts.issuer_number,
                    issued_on=facts.issued_on,
                    valid_from=facts.valid_from,
                    valid_until=facts.valid_until,
                ),
                by=by,
                role=role,
                because=because or entry,
            )
    except IntegrityError as clash:
        raise number_is_taken(clash, facts.issuer_number) from None
    return office, licence


def next_licence_number(division: str) -> str:
    """The next number of the register; its series is locked, and comes before that of the offices."""
    province, year = division[:2], jalali_year(today())
    return f"{province}/{year}/{next_number(f'licence:{province}', year=year):04}"


def enter_licence(licence: Licence, *, by: Actor, role: str, because: Entry) -> Licence:
    """Enter a licence, with the timeline it will have if nothing happens."""
    licence.kind, licence.recorded_on = licence.office.kind, today()
    with begin(
        by, "licence.enter", licence, role=role, because=because, happened_on=min(licence.issued_on, today())
    ) as entry:
        for status, start, end in planned(licence.valid_from, licence.valid_until, _window(licence)):
            _enter_status(licence, status, start, end, entry)
        entry.facts = {
            "number": licence.number,
            "office": licence.office.code,
            "issuer": licence.issuer,
            "issuer_number": licence.issuer_number,
            "issued_on": licence.issued_on,
            "valid_from": licence.valid_from,
            "valid_until": licence.valid_until,
            "origin": licence.origin,
        }
        if licence.predecessor:
            entry.facts["predecessor"] = licence.predecessor.number
    return licence


def _enter_status(licence: Licence, status: str, start: date, end: date | None, entry: Entry) -> None:
    """Enter a status from a day on. What ended the licence on a later day ends it still, unless this is an end too."""
    believed = LicenceStatus.objects.filter(licence=licence)
    if status not in ENDS:
        end = _earlier(end, first_start_after(start, believed.filter(status__in=ENDS)))
    enter(
        LicenceStatus(licence=licence, office_id=licence.office_id, status=status, valid_from=start, valid_to=end),
        believed,
        entry,
    )


def _as_before(period: LicenceStatus, first: date, entry: Entry) -> None:
    """Let hold again, from a day to the end of a status, what that overrode: a closure, a waiver, a suspension; and
    else what was planned at the issue."""
    licence = period.licence
    plan = list(planned(licence.valid_from, licence.valid_until, _window(licence)))
    entered = [(row.status, row.valid_from, row.valid_to) for row in _overridden(period) if row.status not in PLANNED]
    for status, start, end in [*plan, *entered]:
        start, end = max(start, first), _earlier(end, period.valid_to)
        if end is None or start < end:
            _enter_status(licence, status, start, end, entry)


def _overridden(period: LicenceStatus) -> list[LicenceStatus]:
    """What was believed of the days of a status when it was entered, even if it was cut since."""
    moment, end = period.recorded_at, period.valid_to or date.max
    rows = LicenceStatus.objects.filter(licence=period.licence, superseded_at=moment, valid_from__lt=end)
    before = list(rows.filter(Q(valid_to=None) | Q(valid_to__gt=period.valid_from)).order_by("valid_from"))
    whole = next((row for row in before if row.status == period.status), None)
    return _overridden(whole) if whole else before


def number_is_taken(clash: IntegrityError, issuer_number: str) -> Exception:
    """What to raise where the database refused a licence: a refusal, if the issuer's number stands with another."""
    return refusals.NumberIsTaken(issuer_number) if "issuer" in str(clash) else clash


def enter_premises(office: Office, premises: PremisesFacts, from_on: date, entry: Entry) -> None:
    enter_until_next(Premises(office=office, valid_from=from_on, **vars(premises)), office.premises.all(), entry)


def enter_holder(office: Office, holder: Party, from_on: date, entry: Entry) -> None:
    enter_until_next(
        Holding(office=office, valid_from=from_on, **party_fields(holder)),
        office.holdings.all(),
        entry,
    )


def enter_management(office: Office, manager: Person, deputy: Person | None, from_on: date, entry: Entry) -> None:
    enter_until_next(
        Management(office=office, manager=manager, deputy=deputy, valid_from=from_on), office.managements.all(), entry
    )


def _window(licence: Licence) -> int:
    return number(WINDOW, on=licence.valid_from, kind=licence.kind, place=licence.division_id).value


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
