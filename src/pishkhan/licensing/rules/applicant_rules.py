"""The conditions that the law sets for a new licence: applicant, premises, people, vetting, royalty, quota."""

from datetime import datetime

from django.db.models import Q

from pishkhan.casework.inquiries import all_cleared, late_inquiries, latest_answers, refused_about
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import NO_SOURCE, FormData, rule
from pishkhan.casework.selectors import under_way
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import has_failed, has_passed
from pishkhan.journal.clock import day_of
from pishkhan.licensing.law import BY_LAW, PRINCIPLES
from pishkhan.licensing.models import Degree, Nominee
from pishkhan.licensing.numbers import AREA, LEASE, LICENCE_TERM
from pishkhan.licensing.procedures.stages import HOLDING_A_PLACE
from pishkhan.meetings.models import Outcome
from pishkhan.meetings.selectors import was_resolved
from pishkhan.offices.models import OfficeKind, Tenure
from pishkhan.payments.selectors import is_paid

from .locks import call_of_the_case, demand_note, places_of_the_call, visits_of_the_case

COUNTER = (OfficeKind.COUNTER,)


@rule("فراخوان باز است.", "The call is open.", article=PRINCIPLES, counts=(call_of_the_case,))
def call_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return bool(case.dossier.places.call.is_open(day_of(at)))


@rule(
    "متقاضی درخواست دیگری در همین فراخوان ندارد.",
    "The applicant has no other request under the same call.",
    article=NO_SOURCE,
)
def no_second_request(case: Case, at: datetime, data: FormData) -> bool:
    call = case.dossier.places.call_id
    others = under_way().filter(licence_request__places__call=call, **case.party_keys()).exclude(pk=case.pk)
    return not others.exists()


@rule(
    "متقاضی دفتر پیشخوان شخص حقوقی است.",
    "The applicant for a counter office is a legal person.",
    article=BY_LAW,
    kinds=COUNTER,
)
def applicant_is_a_company(case: Case, at: datetime, data: FormData) -> bool:
    return case.organisation is not None and case.organisation.kind == "company"


@rule(
    "مساحت محل دست‌کم به اندازهٔ مقرر است.",
    "The premises are at least as large as prescribed.",
    article=PRINCIPLES,
    kinds=COUNTER,
    relies_on=(AREA,),
    beside=("area",),
)
def premises_are_large_enough(case: Case, at: datetime, data: FormData) -> bool:
    return (case.dossier.area or 0) >= case.reckoned(AREA).value


@rule(
    "محل ملکی است یا مدت اجاره به اندازهٔ مقرر است.",
    "The premises are owned, or leased for long enough.",
    article=PRINCIPLES,
    kinds=COUNTER,
    relies_on=(LEASE,),
    beside=("lease_years",),
)
def tenure_is_secure(case: Case, at: datetime, data: FormData) -> bool:
    dossier = case.dossier
    return dossier.tenure == Tenure.DEED or (dossier.lease_years or 0) >= case.reckoned(LEASE).value


@rule(
    "مدیرعامل یا صاحب امضای شرکت کارشناسی دارد و کارمند دولت نیست.",
    "The signatory of the company has a bachelor's degree and is no state employee.",
    article=BY_LAW,
    kinds=COUNTER,
    beside=("degree",),
)
def signatory_qualifies(case: Case, at: datetime, data: FormData) -> bool:
    signatory = case.dossier.named.get(Nominee.Post.SIGNATORY)
    return signatory is not None and signatory.degree >= Degree.BACHELOR and not signatory.state_employee


@rule(
    "مدیر و جانشین دو شخص جداگانه‌اند و هر دو معرفی شده‌اند.",
    "A manager and a deputy are named, two different persons.",
    article=PRINCIPLES,
)
def manager_and_deputy_are_named(case: Case, at: datetime, data: FormData) -> bool:
    return len({nominee.person_id for nominee in _at_work(case)}) == 2


@rule(
    "مدیر و جانشین کارمند دولت نیستند و وضعیت خدمت وظیفه‌شان روشن است.",
    "Manager and deputy are no state employees, and their military service is settled.",
    article=PRINCIPLES,
    beside=("state_employee", "military_settled"),
)
def manager_and_deputy_qualify(case: Case, at: datetime, data: FormData) -> bool:
    return all(nominee.military_settled and not nominee.state_employee for nominee in _at_work(case))


@rule(
    "سن و مدرک مدیر با شرط فراخوان می‌خواند.",
    "The manager's age and degree meet the call.",
    article=PRINCIPLES,
    beside=("born_on",),
)
def manager_meets_the_call(case: Case, at: datetime, data: FormData) -> bool:
    call, manager = case.dossier.places.call, case.dossier.named.get(Nominee.Post.MANAGER)
    return bool(manager and manager.degree >= call.manager_degree and manager.is_aged(call.manager_age, day_of(at)))


@rule(
    "سهمیهٔ فراخوان در این محل پر نشده است.",
    "The call has a place left in the division.",
    article=PRINCIPLES,
    counts=(places_of_the_call,),
)
def place_is_left(case: Case, at: datetime, data: FormData) -> bool:
    others = case.dossier.places.requests.exclude(case=case)
    holding = Q(case__stage__in=[stage.code for stage in HOLDING_A_PLACE])
    return bool(others.filter(holding | Q(office__isnull=False)).count() < case.dossier.places.count)


@rule("این استعلام بی‌پاسخ مانده است.", "That inquiry is open.", article=PRINCIPLES, on_answers=True)
def inquiry_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return case.inquiries.filter(code=data["inquiry"], answered_on=None).exists()


@rule("مهلت پاسخ دست‌کم یک استعلام گذشته است.", "The term of an inquiry is over.", article=PRINCIPLES)
def an_inquiry_is_late(case: Case, at: datetime, data: FormData) -> bool:
    return bool(late_inquiries(case, day_of(at)))


@rule("همهٔ استعلام‌ها پاسخ موافق گرفته‌اند.", "Every inquiry is answered and cleared.", article=PRINCIPLES)
def inquiries_are_cleared(case: Case, at: datetime, data: FormData) -> bool:
    return all_cleared(case)


@rule("استعلامی دربارهٔ اشخاص پاسخ مخالف گرفته است.", "An inquiry about a person was not cleared.", article=PRINCIPLES)
def person_is_refused(case: Case, at: datetime, data: FormData) -> bool:
    return refused_about(case, "person")


@rule("استعلامی دربارهٔ محل پاسخ مخالف گرفته است.", "An inquiry about the place was not cleared.", article=PRINCIPLES)
def place_is_refused(case: Case, at: datetime, data: FormData) -> bool:
    return refused_about(case, "place")


@rule("دست‌کم یک استعلام پاسخ مخالف گرفته است.", "An inquiry was answered and not cleared.", article=PRINCIPLES)
def something_is_refused(case: Case, at: datetime, data: FormData) -> bool:
    return not all(latest_answers(case).values())


@rule(
    "تصویب مشروط بوده و شرط هنوز برآورده نشده است.",
    "The approval hangs on a condition that is not met yet.",
    article=BY_LAW,
)
def condition_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return was_resolved(case, Outcome.CONDITIONAL) and case.dossier.condition_met_on is None


@rule("شرط کارگروه، اگر بوده، برآورده شده است.", "The working group's condition, if any, is met.", article=BY_LAW)
def condition_is_met(case: Case, at: datetime, data: FormData) -> bool:
    return not condition_is_open.test(case, at, data)


@rule(
    "محل در بازدید نهایی تأیید شده است.",
    "The premises have passed the final visit.",
    article=BY_LAW,
    counts=(visits_of_the_case,),
)
def premises_have_passed(case: Case, at: datetime, data: FormData) -> bool:
    return has_passed(case, Visit.Kind.FINAL)


@rule(
    "محل در بازدید نهایی تأیید نشده است.",
    "The premises have failed the final visit.",
    article=BY_LAW,
    counts=(visits_of_the_case,),
)
def premises_have_failed(case: Case, at: datetime, data: FormData) -> bool:
    return has_failed(case, Visit.Kind.FINAL)


@rule("حق امتیاز پرداخت شده است.", "The royalty is paid.", article=PRINCIPLES, counts=(demand_note,))
def royalty_is_paid(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.royalty is not None and is_paid(case.dossier.royalty)


@rule("حق امتیاز پرداخت نشده است.", "The royalty is not paid.", article=PRINCIPLES, counts=(demand_note,))
def royalty_is_unpaid(case: Case, at: datetime, data: FormData) -> bool:
    return not royalty_is_paid.test(case, at, data)


@rule(
    "مدت پروانه از مدت مقرر بیشتر نیست.",
    "The term is no longer than prescribed.",
    article=PRINCIPLES,
    on_answers=True,
    relies_on=(LICENCE_TERM,),
    beside=("years",),
)
def term_is_usual(case: Case, at: datetime, data: FormData) -> bool:
    return int(data["years"]) <= case.reckoned(LICENCE_TERM).value


@rule(
    "روز صدور از امروز دیرتر نیست.",
    "The day of issue is not later than today.",
    article=PRINCIPLES,
    on_answers=True,
    beside=("issued_on",),
)
def day_of_issue_has_come(case: Case, at: datetime, data: FormData) -> bool:
    return bool(data["issued_on"] <= day_of(at))


def _at_work(case: Case) -> list[Nominee]:
    """Those named to work in the office: its manager and the deputy."""
    return [nominee for post, nominee in case.dossier.named.items() if post != Nominee.Post.SIGNATORY]
