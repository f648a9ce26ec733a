"""What can be done about a plan of rounds: by whom, from where it stands, what is asked, and what it is called."""

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from . import refusals, services
from .forms import MoveForm
from .models import Plan
from .plans import check_plan
from .routing import manual_edits

State = Plan.State
PASSES_THE_CHECK = Condition(lambda row, by: not check_plan(row), lambda row: refusals.NotAtThisState())
BEGINS_TODAY_OR_LATER = Condition(lambda row, by: row.first_on >= today(), lambda row: refusals.TheDaysHavePassed())

PLAN_ACTIONS = Actions(
    Plan,
    "rounds",
    action(
        "publish",
        roles=[Role.EXPERT],
        states=[State.ROUTED],
        label=Text("انتشار و سپردن بازدیدها", "Publish and hand out"),
        does=services.publish,
        needs=[PASSES_THE_CHECK, BEGINS_TODAY_OR_LATER],
        done=Text(
            "برنامه منتشر و بازدیدها به بازرسان سپرده شد.",
            "The plan is published, and its visits are given to the inspectors.",
        ),
        path="publication",
    ),
    action(
        "change",
        roles=[Role.EXPERT],
        states=[State.ROUTED],
        label=Text("جابه‌جایی بازرسان", "Swap inspectors"),
        form=MoveForm,
        does=manual_edits.change,
        repeats=True,
        done=Text("تغییر انجام شد.", "The change is made."),
        path="changes",
    ),
    action(
        "drop",
        roles=[Role.EXPERT],
        states=[State.WAITING, State.ROUTED, State.IMPOSSIBLE],
        label=Text("کنار گذاشتن برنامه", "Drop the plan"),
        does=services.drop,
        done=Text("برنامه کنار گذاشته شد.", "The plan is dropped."),
        path="dropping",
    ),
    elsewhere=lambda row: refusals.NotAtThisState(),
)
