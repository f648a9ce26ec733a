"""The conditions about a licence that is on the register, its holder, and what becomes of both."""

from datetime import date, datetime

from pishkhan.casework.grounds import carry_a_refusal
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import FormData, Procedure, rule
from pishkhan.casework.selectors import open_about
from pishkhan.enforcement.selectors import open_violations
from pishkhan.inspections.models import Visit
from pishkhan.journal.clock import day_of
from pishkhan.language.jalali import jalali_date, jalali_year
from pishkhan.licensing.law import DISPUTES, MARKET, PRINCIPLES, RELOCATION, RENEWAL
from pishkhan.licensing.numbers import BOOTH_DAYS, CLOSURE_DAYS, RENEWAL_DEADLINE, TRANSFER_VALIDITY
from pishkhan.offices.models import Holding, Licence, Office, OfficeKind
from pishkhan.offices.selectors import status_of
from pishkhan.offices.services import WINDOW
from pishkhan.offices.status import OPEN, Status, months_before
from pishkhan.offices.undertakings.services import holding_periods
from pishkhan.people.models import Organisation

from .locks import office_and_licence, visits_about_the_address


def licence_of(case: Case) -> Licence:
    licence: Licence = case.dossier.licence
    return licence


def last_day_to_renew(licence: Licence, months: int) -> date:
    """The last day on which a licence may be asked to be renewed: so many months before its rights end."""
    return months_before(date.fromordinal(licence.valid_until.toordinal() + 1), months)


@rule(
    "رد دست‌کم بر یکی از پایه‌های اعلام‌شدهٔ این درخواست استوار است که محل اختلاف نیست.",
    "The refusal rests on one of the declared grounds of this request at least that is not contested.",
    article=MARKET,
    on_answers=True,
    beside=("grounds",),
)
def a_ground_carries_it(case: Case, at: datetime, data: FormData) -> bool:
    return carry_a_refusal(case, data["grounds"])


@rule(
    "پروانه معتبر است و دفتر نه معلق است و نه تعطیل.",
    "The licence is in force, neither suspended nor closed.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(office_and_licence,),
)
def licence_is_in_force(case: Case, at: datetime, data: FormData) -> bool:
    return status_of(licence_of(case), day_of(at)) in OPEN


@rule(
    "پروانه پایان نیافته و معلق نیست.",
    "The licence has not come to an end and is not suspended.",
    article=PRINCIPLES,
    counts=(office_and_licence,),
)
def licence_can_be_replaced(case: Case, at: datetime, data: FormData) -> bool:
    return status_of(licence_of(case), day_of(at)) in (*OPEN, Status.EXPIRED)  # asked in time, issued late


@rule(
    "پروانه هنوز پایان نیافته است.",
    "The licence has not come to an end yet.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(office_and_licence,),
)
def licence_can_be_given_up(case: Case, at: datetime, data: FormData) -> bool:
    return status_of(licence_of(case), day_of(at)) in (*OPEN, Status.CLOSED)


@rule(
    "دفتر از کارگزاران قدیمی بی‌پروانه است.",
    "The office is an agent of old without a licence.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(office_and_licence,),
)
def is_an_agent_of_old(case: Case, at: datetime, data: FormData) -> bool:
    return licence_of(case).kind == OfficeKind.LEGACY_AGENT


@rule(
    "بازدید «اصلاح نشانی» پذیرفته شده است.",
    "A visit to correct the address was accepted.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(visits_about_the_address,),
)
def correction_was_seen(case: Case, at: datetime, data: FormData) -> bool:
    seen = Visit.objects.filter(
        office=licence_of(case).office_id,
        purpose=Visit.Purpose.ADDRESS_CORRECTION,
        state=Visit.State.ACCEPTED,
        visited_on__lte=day_of(at),
    )
    return seen.exists()


@rule(
    "درخواست‌کننده دارندهٔ پروانه است.",
    "The applicant holds the licence.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(office_and_licence,),
)
def applicant_holds_it(case: Case, at: datetime, data: FormData) -> bool:
    held = Holding.objects.on(day_of(at)).filter(office=licence_of(case).office_id)
    return held.filter(**case.party_keys()).exists()


@rule(
    "پروانهٔ تازه‌ای جای این پروانه صادر نشده است.",
    "No other licence was issued in place of this one.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(office_and_licence,),
)
def is_the_latest(case: Case, at: datetime, data: FormData) -> bool:
    return not Licence.objects.filter(predecessor=licence_of(case)).exists()


@rule(
    "پروندهٔ تخلف بازی دربارهٔ این دفتر نیست.",
    "No violation case about the office is open.",
    article=DISPUTES,
    beforehand=True,
    counts=(office_and_licence,),
)
def no_violation_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return not open_violations(case.about).exists()


@rule(
    "درخواست دیگری دربارهٔ این دفتر در جریان نیست.",
    "No other request about the office is under way.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(office_and_licence,),
)
def no_other_is_under_way(case: Case, at: datetime, data: FormData) -> bool:
    exclusive = {procedure.code for procedure in Procedure.register.values() if procedure.excludes_others}
    return not open_about(case.about).filter(procedure_code__in=exclusive).exclude(pk=case.pk).exists()


@rule(
    "مهلت تمدید آغاز شده است.",
    "The window of renewal has opened.",
    article=RENEWAL,
    relies_on=(WINDOW,),
    beforehand=True,
    counts=(office_and_licence,),
)
def window_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return day_of(at) >= last_day_to_renew(licence_of(case), case.reckoned(WINDOW).value)


@rule(
    "مهلت درخواست تمدید نگذشته است.",
    "The day until which renewal can be requested has not passed.",
    article=RENEWAL,
    relies_on=(RENEWAL_DEADLINE,),
    beforehand=True,
    counts=(office_and_licence,),
)
def renewal_is_in_time(case: Case, at: datetime, data: FormData) -> bool:
    licence = licence_of(case)
    waived = licence.statuses.known().filter(status=Status.WAIVED)  # by a clock that was a little ahead, too
    return day_of(at) <= last_day_to_renew(licence, case.reckoned(RENEWAL_DEADLINE).value) and not waived.exists()


@rule("اعلام شده است که چیزی تغییر کرده یا نه.", "It is stated whether anything has changed.", article=PRINCIPLES)
def what_has_changed_is_stated(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.changed is not None


@rule("از زمان صدور چیزی تغییر نکرده است.", "Nothing has changed since the licence was issued.", article=PRINCIPLES)
def nothing_has_changed(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.changed is False


@rule(
    "محل یا اشخاص از زمان صدور تغییر کرده‌اند.",
    "The place or the people have changed since the licence was issued.",
    article=PRINCIPLES,
)
def something_has_changed(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.changed is True


@rule(
    "بیش از مدت مقرر از اعتبار پروانه مانده است.",
    "More than the prescribed time is left of the licence.",
    article=PRINCIPLES,
    relies_on=(TRANSFER_VALIDITY,),
    beforehand=True,
    counts=(office_and_licence,),
)
def enough_is_left(case: Case, at: datetime, data: FormData) -> bool:
    return day_of(at) < last_day_to_renew(licence_of(case), case.reckoned(TRANSFER_VALIDITY).value)


@rule(
    "دورهٔ نگهداری پس از انتقال پیشین گذشته است.",
    "The holding period after an earlier transfer is over.",
    article=PRINCIPLES,
    beforehand=True,
    counts=(office_and_licence,),
)
def holding_period_is_over(case: Case, at: datetime, data: FormData) -> bool:
    return not holding_periods(licence_of(case).office, day_of(at)).exists()


@rule(
    "خریدار معرفی شده و کسی جز دارنده است.", "The buyer is named, and is another than the holder.", article=PRINCIPLES
)
def buyer_is_named(case: Case, at: datetime, data: FormData) -> bool:
    return case.other_side is not None and case.other_side != case.applicant


@rule(
    "خریدار دفتر پیشخوان شخص حقوقی است.",
    "The buyer of a counter office is a legal person.",
    article=PRINCIPLES,
    kinds=("counter",),
)
def buyer_is_a_company(case: Case, at: datetime, data: FormData) -> bool:
    return case.other_organisation is not None and case.other_organisation.kind == Organisation.Kind.COMPANY


@rule(
    "امضاکننده خود طرف یا صاحب امضای آن است، نه وکیل.",
    "Whoever signs is the party or its signatory, and holds no power of attorney.",
    article=PRINCIPLES,
    on_answers=True,
    beside=("capacity",),
)
def signs_without_a_proxy(case: Case, at: datetime, data: FormData) -> bool:
    return bool(data["capacity"] != "proxy")


@rule("خریدار موافقت کرده است.", "The buyer has agreed.", article=PRINCIPLES)
def buyer_has_agreed(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.agreed_on is not None


@rule("ذی‌نفع واقعی اعلام شده است.", "The beneficial owner is declared.", article=PRINCIPLES)
def beneficiary_is_declared(case: Case, at: datetime, data: FormData) -> bool:
    return bool(case.dossier.beneficiary_is_declared)


@rule("خریدار تعهد داده است.", "The buyer has given the undertaking.", article=PRINCIPLES)
def buyer_has_undertaken(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.undertaken_on is not None


@rule(
    "جای تازه در همان شهر یا روستای پروانه است.",
    "The new place lies in the city or village of the licence.",
    article=RELOCATION,
    counts=(office_and_licence,),
)
def stays_in_its_place(case: Case, at: datetime, data: FormData) -> bool:
    return bool(case.dossier.moves_to_id == licence_of(case).division_id)


@rule("اصل پروانهٔ پیشین تحویل شده است.", "The document of old is handed in.", article=PRINCIPLES)
def old_document_is_handed_in(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.handed_in_on is not None


@rule("نام تازه نوشته شده است.", "The new name is stated.", article=PRINCIPLES)
def name_is_stated(case: Case, at: datetime, data: FormData) -> bool:
    return bool(case.dossier.name)


@rule("روزهای درخواست نوشته شده است.", "The days asked for are stated.", article=PRINCIPLES)
def days_are_stated(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.from_on is not None


@rule(
    "تعطیلی از مدت مقرر درازتر نیست.",
    "The closure is no longer than prescribed.",
    article=PRINCIPLES,
    relies_on=(CLOSURE_DAYS,),
)
def closure_is_short(case: Case, at: datetime, data: FormData) -> bool:
    return _days_requested(case) <= case.reckoned(CLOSURE_DAYS).value


@rule(
    "باجه‌های موقت دفتر در سال از مدت مقرر بیشتر نمی‌شود.",
    "The booths of the office do not exceed the days prescribed for a year.",
    article=PRINCIPLES,
    relies_on=(BOOTH_DAYS,),
    counts=(office_and_licence,),
)
def booth_days_are_left(case: Case, at: datetime, data: FormData) -> bool:
    had = days_of_booths(licence_of(case).office, case.dossier.from_on or day_of(at))
    return _days_requested(case) + had <= case.reckoned(BOOTH_DAYS).value


def days_of_booths(office: Office, on: date) -> int:
    """On how many days of the Jalali year of a day an office has a booth elsewhere, as known now."""
    first, after = jalali_date(jalali_year(on), 1, 1), jalali_date(jalali_year(on) + 1, 1, 1)
    spans = office.booths.known().filter(valid_from__lt=after, valid_to__gt=first).values_list("valid_from", "valid_to")
    return sum((min(end, after) - max(start, first)).days for start, end in spans)


def _days_requested(case: Case) -> int:
    """How many days a closure or a booth is asked for; none before they are stated."""
    dossier = case.dossier
    return (dossier.until_on - dossier.from_on).days + 1 if dossier.from_on else 0
