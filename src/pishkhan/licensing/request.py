"""What every request to the working group has in common, from the draft to the decision.

Read the steps at the foot first. The stages and rules above them are their vocabulary.
"""

from datetime import datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedure import Procedure, Stated, Step, rule
from pishkhan.inspections.models import Visit
from pishkhan.inspections.selectors import has_failed, has_passed
from pishkhan.language.text import Text
from pishkhan.meetings.models import Outcome
from pishkhan.meetings.selectors import resolved
from pishkhan.people.roles import Role

from .effects import attach_the_paper, note_the_opinion, note_the_place, note_the_place_anew, request_the_initial_visit
from .law import BY_LAW, PRINCIPLES
from .stages import (
    AGENDA,
    CHECK,
    COMMITTEE,
    DRAFT,
    ELSEWHERE,
    INITIAL_VISIT,
    LAPSED,
    REGION,
    REJECTED,
    RETURNED,
    WITHDRAWN,
)
from .stated import Opinion, Paper, Premises, Reasons

# Rules

@rule("نشانی، کدپستی، مساحت و نوع تصرف محل نوشته شده است.",
      "The address, postal code, area and tenure of the place are stated.", article=PRINCIPLES)
def place_is_stated(case: Case, at: datetime, stated: Stated) -> bool:
    return bool(case.dossier.address)


@rule("همهٔ مدارک لازم پیوست شده است.", "Every required paper is attached.", article=PRINCIPLES)
def papers_are_attached(case: Case, at: datetime, stated: Stated) -> bool:
    wanted = {paper.code for paper in case.procedure.documents_of(case.kind)}
    return wanted <= set(case.documents.filter(replaced=False).values_list("kind", flat=True))


@rule("نوع مدرک از مدارک این درخواست است.", "The paper is one that this request calls for.",
      article=PRINCIPLES, on_answers=True)
def paper_belongs_here(case: Case, at: datetime, stated: Stated) -> bool:
    return stated["kind"] in {paper.code for paper in case.procedure.documents_of(case.kind)}


@rule("محل در بازدید نخست تأیید شده است.", "The place has passed the initial visit.", article=BY_LAW)
def place_has_passed(case: Case, at: datetime, stated: Stated) -> bool:
    return has_passed(case, Visit.Kind.INITIAL)


@rule("محل در بازدید نخست تأیید نشده است.", "The place has failed the initial visit.", article=BY_LAW)
def place_has_failed(case: Case, at: datetime, stated: Stated) -> bool:
    return has_failed(case, Visit.Kind.INITIAL)


@rule("کارگروه درخواست را تصویب کرده است.", "The working group has approved the request.", article=BY_LAW)
def group_approved(case: Case, at: datetime, stated: Stated) -> bool:
    return resolved(case, Outcome.APPROVED)


@rule("کارگروه درخواست را مشروط تصویب کرده است.", "The working group has approved the request on a condition.",
      article=BY_LAW)
def group_approved_on_condition(case: Case, at: datetime, stated: Stated) -> bool:
    return resolved(case, Outcome.CONDITIONAL)


@rule("کارگروه درخواست را رد کرده است.", "The working group has rejected the request.", article=BY_LAW)
def group_rejected(case: Case, at: datetime, stated: Stated) -> bool:
    return resolved(case, Outcome.REJECTED)


@rule("کارگروه تصمیم را به جلسهٔ دیگر گذاشته است.", "The working group has put the decision off.", article=BY_LAW)
def group_deferred(case: Case, at: datetime, stated: Stated) -> bool:
    return resolved(case, Outcome.DEFERRED)


class Request(Procedure):
    begins = DRAFT

    describe = Step(Text("نوشتن مشخصات محل", "State the place"), DRAFT, DRAFT, by=Role.APPLICANT,
                    asks=Premises, then=note_the_place)
    attach = Step(Text("پیوست مدرک", "Attach a paper"), DRAFT, DRAFT, by=Role.APPLICANT,
                  when=(paper_belongs_here,), asks=Paper, then=attach_the_paper)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(place_is_stated, papers_are_attached), tells="request.received")
    send_back = Step(Text("بازگرداندن با ذکر دلیل", "Return with reasons"), CHECK, RETURNED, by=Role.EXPERT,
                     asks=Reasons, tells="request.returned")
    correct_place = Step(Text("اصلاح مشخصات محل", "Correct the place"), RETURNED, RETURNED, by=Role.APPLICANT,
                         asks=Premises, then=note_the_place)
    attach_again = Step(Text("پیوست دوبارهٔ مدرک", "Attach a paper again"), RETURNED, RETURNED, by=Role.APPLICANT,
                        when=(paper_belongs_here,), asks=Paper, then=attach_the_paper)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(place_is_stated, papers_are_attached))
    accept = Step(Text("تأیید کامل بودن", "Find complete"), CHECK, INITIAL_VISIT, by=Role.EXPERT,
                  when=(place_is_stated, papers_are_attached), then=request_the_initial_visit)
    examine = Step(Text("ارجاع به کمیتهٔ فنی", "Send to the technical committee"), INITIAL_VISIT, COMMITTEE,
                   by=Role.EXPERT, when=(place_has_passed,))
    refuse_place = Step(Text("رد محل پس از بازدید", "Refuse the place after the visit"), INITIAL_VISIT, ELSEWHERE,
                        by=Role.EXPERT, when=(place_has_failed,), tells="request.place_refused")
    move = Step(Text("معرفی جای دیگر", "State another place"), ELSEWHERE, INITIAL_VISIT, by=Role.APPLICANT,
                asks=Premises, then=note_the_place_anew)
    schedule = Step(Text("اعلام نظر و ارسال به کارگروه", "Give an opinion and send to the working group"),
                    COMMITTEE, AGENDA, by=Role.COMMITTEE, asks=Opinion, then=note_the_opinion)
    approve = Step(Text("اجرای تصویب", "Carry out the approval"), AGENDA, REGION, by=Role.SECRETARY,
                   when=(group_approved,), apart_from=(accept, schedule), carries_out=Outcome.APPROVED,
                   tells="request.approved")
    approve_on_condition = Step(Text("اجرای تصویب مشروط", "Carry out the conditional approval"), AGENDA, REGION,
                                by=Role.SECRETARY, when=(group_approved_on_condition,),
                                apart_from=(accept, schedule), carries_out=Outcome.CONDITIONAL,
                                tells="request.approved_on_condition")
    defer = Step(Text("اجرای تعویق", "Carry out the deferral"), AGENDA, AGENDA, by=Role.SECRETARY,
                 when=(group_deferred,), carries_out=Outcome.DEFERRED, tells="request.deferred")
    reject = Step(Text("اجرای رد", "Carry out the rejection"), AGENDA, REJECTED, by=Role.SECRETARY,
                  when=(group_rejected,), apart_from=(accept, schedule), carries_out=Outcome.REJECTED,
                  tells="request.rejected")
    withdraw = Step(Text("انصراف", "Withdraw"),
                    (DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA), WITHDRAWN,
                    by=Role.APPLICANT)
    lapse = Step(Text("منتفی شدن با گذشت مهلت", "Lapse"), (RETURNED, ELSEWHERE), LAPSED, by=Role.CLOCK,
                 tells="request.lapsed")
