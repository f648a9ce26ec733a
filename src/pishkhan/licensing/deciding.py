"""What a working group's resolution does to a request, whatever it is about."""

from dataclasses import replace
from datetime import datetime

from pishkhan.casework.inquiries import ask_all
from pishkhan.casework.models import Case
from pishkhan.casework.procedure import Stated, Step, rule
from pishkhan.language.text import Text
from pishkhan.meetings.models import Outcome
from pishkhan.meetings.selectors import resolved
from pishkhan.people.roles import Role

from .application import Application
from .effects import ask_all_on_a_condition
from .holding import no_violation_is_open
from .law import BY_LAW
from .stages import AGENDA, CHECK, COMMITTEE, REJECTED, VETTING


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


def unless_a_violation_is_open(step: Step) -> Step:
    """The step as it is taken about a licence: it waits while the office is under a violation case."""
    return replace(step, when=(*step.when, no_violation_is_open))


class Decided(Application):
    # Who prepared a request for the working group does not carry out what it decided.
    accept = Step(Text("تأیید کامل بودن و ارسال به کارگروه", "Find complete and send to the working group"), CHECK,
                  AGENDA, by=Role.EXPERT, when=Application.submit.when)
    schedule = Step(Text("اعلام نظر و ارسال به کارگروه", "Give an opinion and send to the working group"),
                    COMMITTEE, AGENDA, by=Role.COMMITTEE)
    approve = Step(Text("اجرای تصویب", "Carry out the approval"), AGENDA, VETTING, by=Role.SECRETARY,
                   when=(group_approved,), then=ask_all, apart_from=(accept, schedule), carries_out=Outcome.APPROVED,
                   tells="request.approved")
    approve_on_condition = Step(Text("اجرای تصویب مشروط", "Carry out the conditional approval"), AGENDA, VETTING,
                                by=Role.SECRETARY, when=(group_approved_on_condition,), then=ask_all_on_a_condition,
                                apart_from=(accept, schedule), carries_out=Outcome.CONDITIONAL,
                                tells="request.approved_on_condition")
    defer = Step(Text("اجرای تعویق", "Carry out the deferral"), AGENDA, AGENDA, by=Role.SECRETARY,
                 when=(group_deferred,), carries_out=Outcome.DEFERRED, tells="request.deferred")
    reject = Step(Text("اجرای رد", "Carry out the rejection"), AGENDA, REJECTED, by=Role.SECRETARY,
                  when=(group_rejected,), apart_from=(accept, schedule), carries_out=Outcome.REJECTED,
                  tells="request.rejected")
