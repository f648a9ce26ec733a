"""What a working group's resolution does to a request, whatever it is about."""

from datetime import datetime

from pishkhan.casework.inquiries import ask_all
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import FormData, Rule, Stage, Step, rule
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.law import BY_LAW
from pishkhan.licensing.procedures.stages import REJECTED
from pishkhan.meetings.models import Outcome
from pishkhan.meetings.selectors import resolved
from pishkhan.people.roles import Role

from .case_effects import ask_all_on_a_condition


@rule(
    "کارگروه درخواست را تصویب کرده است.", "The working group has approved the request.", article=BY_LAW, asks_body=True
)
def group_approved(case: Case, at: datetime, data: FormData) -> bool:
    return resolved(case, Outcome.APPROVED)


@rule(
    "کارگروه درخواست را مشروط تصویب کرده است.",
    "The working group has approved the request on a condition.",
    article=BY_LAW,
    asks_body=True,
)
def group_approved_on_condition(case: Case, at: datetime, data: FormData) -> bool:
    return resolved(case, Outcome.CONDITIONAL)


@rule("کارگروه درخواست را رد کرده است.", "The working group has rejected the request.", article=BY_LAW, asks_body=True)
def group_rejected(case: Case, at: datetime, data: FormData) -> bool:
    return resolved(case, Outcome.REJECTED)


@rule(
    "کارگروه تصمیم را به جلسهٔ دیگر گذاشته است.",
    "The working group has put the decision off.",
    article=BY_LAW,
    asks_body=True,
)
def group_deferred(case: Case, at: datetime, data: FormData) -> bool:
    return resolved(case, Outcome.DEFERRED)


def approval(
    *, at: Stage, then: Stage, apart_from: tuple[str, ...], approve_when: tuple[Rule, ...] = ()
) -> tuple[Step, ...]:
    """An approval, with a condition or without, is carried out by somebody else than who prepared the request.

    Other bodies are asked from then on. What must be so besides the resolution, `approve_when` says.
    """
    return (
        Step(
            "approve",
            Text("اجرای تصویب", "Carry out the approval"),
            at,
            then,
            by=Role.SECRETARY,
            when=(group_approved, *approve_when),
            effect=ask_all,
            apart_from=apart_from,
            carries_out=Outcome.APPROVED,
            notice=notices.APPROVED,
            letter=letters.INQUIRY_LETTERS,
        ),
        Step(
            "approve_on_condition",
            Text("اجرای تصویب مشروط", "Carry out the conditional approval"),
            at,
            then,
            by=Role.SECRETARY,
            when=(group_approved_on_condition, *approve_when),
            effect=ask_all_on_a_condition,
            apart_from=apart_from,
            carries_out=Outcome.CONDITIONAL,
            notice=notices.APPROVED_ON_CONDITION,
            letter=letters.INQUIRY_LETTERS,
        ),
    )


def deferral(*, at: Stage) -> tuple[Step, ...]:
    """The decision is put off, and the request waits for another meeting."""
    return (
        Step(
            "defer",
            Text("اجرای تعویق", "Carry out the deferral"),
            at,
            at,
            by=Role.SECRETARY,
            when=(group_deferred,),
            carries_out=Outcome.DEFERRED,
            notice=notices.DEFERRED,
        ),
    )


def rejection(*, at: Stage, apart_from: tuple[str, ...]) -> tuple[Step, ...]:
    """A rejection ends the request."""
    return (
        Step(
            "reject",
            Text("اجرای رد", "Carry out the rejection"),
            at,
            REJECTED,
            by=Role.SECRETARY,
            when=(group_rejected,),
            apart_from=apart_from,
            carries_out=Outcome.REJECTED,
            notice=notices.REJECTED,
            letter=letters.REFUSAL_LETTER,
        ),
    )
