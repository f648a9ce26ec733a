"""From the working group's approval to the issuer's answer: inquiries, the royalty, the CRA region."""

from pishkhan.casework.inquiries import ask_all, note_answer, note_reminder
from pishkhan.casework.procedures.procedure import Rule, Stage, Step
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import give_up_the_place, note_the_condition, take_the_document_back
from pishkhan.licensing.rules.applicant_rules import (
    an_inquiry_is_late,
    condition_is_open,
    inquiry_is_open,
    person_is_refused,
    place_is_refused,
    royalty_is_paid,
    royalty_is_unpaid,
    something_is_refused,
)
from pishkhan.licensing.rules.fees import note_the_payment
from pishkhan.licensing.stated import Answer, Letter, Paid, Reasons
from pishkhan.people.roles import Role

from .stages import LAPSED, REJECTED


def answers(*, at: Stage) -> tuple[Step, ...]:
    """Other bodies answer, and are reminded; a condition of the working group is met meanwhile."""
    return (
        Step(
            "answer",
            Text("ثبت پاسخ استعلام", "Note an inquiry's answer"),
            at,
            at,
            by=Role.EXPERT,
            when=(inquiry_is_open,),
            form=Answer,
            effect=note_answer,
        ),
        Step(
            "remind",
            Text("پیگیری استعلام", "Remind the bodies"),
            at,
            at,
            by=Role.CLOCK,
            when=(an_inquiry_is_late,),
            effect=note_reminder,
        ),
        Step(
            "meet_condition",
            Text("ثبت برآورده شدن شرط", "Note that the condition is met"),
            at,
            at,
            by=Role.EXPERT,
            when=(condition_is_open,),
            form=Letter,
            effect=note_the_condition,
        ),
    )


def asking_again(*, at: Stage) -> tuple[Step, ...]:
    """A body that did not clear the request can be asked again."""
    return (
        Step(
            "ask_again",
            Text("استعلام دوباره", "Ask again who did not clear it"),
            at,
            at,
            by=Role.EXPERT,
            when=(something_is_refused,),
            effect=ask_all,
            letter=letters.INQUIRY_LETTERS,
        ),
    )


def refusal_of_persons(*, at: Stage) -> tuple[Step, ...]:
    """An answer about a person that does not clear it ends the request."""
    return (
        Step(
            "refuse_person",
            Text("رد به سبب پاسخ استعلام", "Reject on an inquiry's answer"),
            at,
            REJECTED,
            by=Role.EXPERT,
            when=(person_is_refused,),
            notice=notices.REJECTED,
            letter=letters.REFUSAL_LETTER,
        ),
    )


def refusal_of_the_place(*, at: Stage, elsewhere: Stage) -> tuple[Step, ...]:
    """After an answer about the place that does not clear it another place can be stated."""
    return (
        Step(
            "refuse_site",
            Text("رد محل به سبب پاسخ استعلام", "Refuse the place on an inquiry's answer"),
            at,
            elsewhere,
            by=Role.EXPERT,
            when=(place_is_refused,),
            effect=give_up_the_place,
            notice=notices.PLACE_REFUSED,
            letter=letters.PLACE_REFUSAL,
        ),
    )


def royalty(*, at: Stage, then: Stage) -> tuple[Step, ...]:
    """The royalty is paid within its term, and the request goes on to the region; or it lapses."""
    return (
        Step(
            "pay",
            Text("ثبت پرداخت", "Note the payment"),
            at,
            at,
            by=Role.ACCOUNTANT,
            done_by=Role.APPLICANT,
            when=(royalty_is_unpaid,),
            form=Paid,
            effect=note_the_payment,
        ),
        Step(
            "forgo",
            Text("منتفی شدن با پرداخت نشدن", "Lapse unpaid"),
            at,
            LAPSED,
            by=Role.CLOCK,
            when=(royalty_is_unpaid,),
            notice=notices.LAPSED,
        ),
        Step(
            "send", Text("ارسال به منطقه", "Send to the CRA region"), at, then, by=Role.EXPERT, when=(royalty_is_paid,)
        ),
    )


def handing_in(*, at: Stage, then: Stage) -> tuple[Step, ...]:
    """The document of old is handed in before the region sees the request."""
    return (
        Step(
            "take_back",
            Text("دریافت اصل پروانهٔ پیشین", "Take the document of old back"),
            at,
            then,
            by=Role.EXPERT,
            form=Letter,
            effect=take_the_document_back,
        ),
    )


def given_back(*, at: Stage, to: Stage, send_again_when: tuple[Rule, ...] = ()) -> tuple[Step, ...]:
    """The region gives a request back to the province, which sends it again."""
    return (
        Step("give_back", Text("بازگرداندن به استان", "Return to the province"), at, to, by=Role.REGION, form=Reasons),
        Step(
            "send_again",
            Text("ارسال دوباره به منطقه", "Send to the CRA region again"),
            to,
            at,
            by=Role.EXPERT,
            when=send_again_when,
        ),
    )
