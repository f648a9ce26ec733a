"""The stretch before the court, to which the holder may go once a decision is executed."""

from pishkhan.casework.procedures.procedure import Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from . import effects, notices, stays
from .due_process import an_objection_is_open, no_objection_is_open
from .rulings import (
    a_stay_is_open,
    day_of_the_ruling_has_come,
    enter_the_ruling,
    no_stay_is_open,
    order_came_after_the_execution,
    ruling_annuls,
    ruling_lifts,
    ruling_stays,
    ruling_upholds,
    set_aside,
)
from .stages import ANNULLED, EXECUTED, RULED, STAYED
from .stated import Appealed, Reasons, Ruled
from .stays import something_is_in_force


def before_the_court() -> tuple[Step, ...]:
    """Appeal, and what the court rules: one enters it with the scan, another carries it out."""
    # fmt: off
    return (
        Step("appeal", Text("شکایت به دیوان عدالت اداری", "Go to the Court of Administrative Justice"), EXECUTED,
             EXECUTED, by=Role.APPLICANT, form=Appealed, when=(no_objection_is_open,), effect=effects.lodge_afterwards),
        Step("record_ruling", Text("ثبت دادنامه یا دستور دیوان با تصویر", "Enter the court's ruling, with its scan"),
             (EXECUTED, STAYED), RULED, by=Role.SECRETARY, form=Ruled,
             when=(an_objection_is_open, day_of_the_ruling_has_come, order_came_after_the_execution),
             effect=enter_the_ruling, inward=True),
        Step("stay", Text("اجرای دستور موقت دیوان", "Carry out the court's stay"), RULED, STAYED, by=Role.DIRECTOR,
             when=(ruling_stays, no_stay_is_open, something_is_in_force), effect=stays.stay,
             apart_from=("record_ruling",), notice=notices.STAYED),
        Step("lift_stay", Text("اجرای رفع دستور موقت", "Carry out that the court lifts its stay"), RULED, EXECUTED,
             by=Role.DIRECTOR, when=(a_stay_is_open, ruling_lifts), effect=stays.lift, apart_from=("record_ruling",)),
        Step("uphold_in_court", Text("تأیید رأی در دیوان", "Confirm that the court upholds it"), RULED, EXECUTED,
             by=Role.DIRECTOR, when=(ruling_upholds,), effect=effects.uphold_afterwards,
             apart_from=("record_ruling",), notice=notices.REVIEWED),
        Step("annul_in_court", Text("ابطال رأی در دیوان", "Confirm that the court annuls it"), RULED, ANNULLED,
             by=Role.DIRECTOR, when=(ruling_annuls,), effect=effects.annul_afterwards, apart_from=("record_ruling",),
             notice=(notices.REVIEWED, notices.ANNULLED)),
        Step("return_ruling", Text("نپذیرفتن آنچه ثبت شده", "Set aside what was entered"), RULED, EXECUTED,
             by=Role.DIRECTOR, form=Reasons, when=(no_stay_is_open,), effect=set_aside, inward=True),
        Step("return_to_stay", Text("نپذیرفتن آنچه ثبت شده؛ توقف می‌ماند", "Set it aside; the stay remains"), RULED,
             STAYED, by=Role.DIRECTOR, form=Reasons, when=(a_stay_is_open,), effect=set_aside, inward=True),
    )
    # fmt: on
