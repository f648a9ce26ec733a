"""Temporary closure with the director's permission, and the reopening."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import note_the_days
from pishkhan.licensing.effects.register_effects import close_for_now, open_again
from pishkhan.licensing.grounds import SERVICE, STATED, UNTRUE
from pishkhan.licensing.models import ClosureDossier
from pishkhan.licensing.rules.licence_rules import (
    a_ground_carries_it,
    applicant_holds_it,
    closure_is_short,
    days_are_stated,
    licence_is_in_force,
)
from pishkhan.licensing.stated import Days, RefusalOnGrounds
from pishkhan.people.roles import Role

from .application import lapsing, returning, withdrawing
from .stages import CHECK, CLOSED, DIRECTION, DRAFT, REJECTED, REOPENED, RETURNED

ENTITLED = (applicant_holds_it, licence_is_in_force)


class Closure(Procedure):
    code, edition, prefix, valid_from = "closure", "1400", "CL", date(2021, 4, 11)
    title = Text("تعطیلی موقت با مجوز", "Temporary closure with permission")
    purpose = Text("دفتر چند روزی بسته است و سپس باز می‌شود.", "The office is closed for some days and opens again.")
    dossier = ClosureDossier
    way = (DRAFT, CHECK, DIRECTION, CLOSED, REOPENED)
    grounds = (SERVICE, STATED, UNTRUE)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder says when, and why.
        Step("describe", Text("نوشتن روزهای تعطیلی", "State the days"), DRAFT, DRAFT, by=Role.APPLICANT, form=Days,
             effect=note_the_days),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(days_are_stated, closure_is_short, *ENTITLED), notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether it is complete.
        *returning(
            Step("describe_again", Text("اصلاح روزهای تعطیلی", "Correct the days"), RETURNED, RETURNED,
                 by=Role.APPLICANT, form=Days, effect=note_the_days),
            at=CHECK, to=RETURNED, complete_when=(days_are_stated, closure_is_short)),
        Step("accept", Text("تأیید و ارسال به مدیرکل", "Find complete and send to the director"), CHECK, DIRECTION,
             by=Role.EXPERT, when=(days_are_stated, closure_is_short, *ENTITLED)),

        # The director decides.
        Step("permit", Text("اجازهٔ تعطیلی", "Permit the closure"), DIRECTION, CLOSED, by=Role.DIRECTOR,
             when=(closure_is_short, *ENTITLED), effect=close_for_now, apart_from=("accept",),
             notice=notices.CLOSURE_PERMITTED),
        Step("refuse", Text("رد درخواست", "Refuse"), DIRECTION, REJECTED, by=Role.DIRECTOR, form=RefusalOnGrounds,
             when=(a_ground_carries_it,), notice=notices.REJECTED, letter=letters.REFUSAL_LETTER),

        # The holder opens again.
        Step("reopen", Text("اعلام بازگشایی", "Tell that it is open again"), CLOSED, REOPENED, by=Role.APPLICANT,
             effect=open_again),
        Step("note_reopening", Text("ثبت بازگشایی", "Note that it is open again"), CLOSED, REOPENED, by=Role.EXPERT,
             effect=open_again),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, DIRECTION)),
        *lapsing(at=(RETURNED,)),
    )
    # fmt: on
