"""A temporary booth elsewhere: for one month a year at most, by a decision of the working group."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import note_the_booth
from pishkhan.licensing.effects.register_effects import put_up_the_booth
from pishkhan.licensing.effects.working_group_steps import deferral, group_approved, rejection
from pishkhan.licensing.grounds import IS_NEAR, STATED, UNTRUE
from pishkhan.licensing.models import BoothDossier
from pishkhan.licensing.rules.licence_rules import (
    applicant_holds_it,
    booth_days_are_left,
    days_are_stated,
    licence_is_in_force,
)
from pishkhan.licensing.stated import BoothRequest
from pishkhan.meetings.models import Outcome
from pishkhan.people.roles import Role

from .application import lapsing, returning, withdrawing
from .stages import AGENDA, CHECK, DRAFT, PERMITTED, RETURNED

ENTITLED = (applicant_holds_it, licence_is_in_force)


class TemporaryBooth(Procedure):
    code, edition, prefix, valid_from = "booth", "1400", "TB", date(2021, 4, 11)
    title = Text("باجهٔ موقت", "Temporary booth")
    purpose = Text(
        "باجه‌ای چند روزه در جایی دیگر، مانند نمایشگاه.", "A booth elsewhere for some days, at a fair for instance."
    )
    dossier = BoothDossier
    way = (DRAFT, CHECK, AGENDA, PERMITTED)
    grounds = (STATED, UNTRUE, IS_NEAR)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder says where and when.
        Step("describe", Text("نوشتن جا و روزهای باجه", "State the place and the days"), DRAFT, DRAFT,
             by=Role.APPLICANT, form=BoothRequest, effect=note_the_booth),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(days_are_stated, booth_days_are_left, *ENTITLED), notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether it is complete.
        *returning(
            Step("describe_again", Text("اصلاح جا و روزها", "Correct the place and the days"), RETURNED, RETURNED,
                 by=Role.APPLICANT, form=BoothRequest, effect=note_the_booth),
            at=CHECK, to=RETURNED, complete_when=(days_are_stated, booth_days_are_left)),
        Step("accept", Text("تأیید و ارسال به کارگروه", "Find complete and send to the working group"), CHECK, AGENDA,
             by=Role.EXPERT, when=(days_are_stated, booth_days_are_left, *ENTITLED)),

        # The working group decides: there is no approval on a condition.
        Step("approve", Text("اجرای تصویب باجه", "Carry out the approval of the booth"), AGENDA, PERMITTED,
             by=Role.SECRETARY, when=(group_approved, booth_days_are_left, licence_is_in_force),
             effect=put_up_the_booth, apart_from=("accept",), carries_out=Outcome.APPROVED,
             notice=notices.APPROVED),
        *deferral(at=AGENDA),
        *rejection(at=AGENDA, apart_from=("accept",)),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, AGENDA)),
        *lapsing(at=(RETURNED,)),
    )
    # fmt: on
