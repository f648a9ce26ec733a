"""What can be done about a bank's ATM or booth: by whom, from where it stands, what is asked, and what it is called."""

from typing import Any

from pishkhan.casework.action_forms import ActionForm
from pishkhan.casework.actions import Actions, action
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.people.form_fields import Day, said
from pishkhan.people.roles import Role

from . import machines, refusals
from .forms import MachinePlaceForm
from .models import Machine

ENTERED = Text("ثبت شد.", "It is on the register.")


class MoveForm(MachinePlaceForm, ActionForm):
    """Where it stands from a day on."""

    gives = ("place", "from_on")

    def begins_with(self) -> dict[str, Any]:
        return {"from_on": today()}


class RetiringForm(ActionForm):
    on = Day(label=said("آخرین روز", "Last day"))

    def begins_with(self) -> dict[str, Any]:
        return {"on": today()}


MACHINE_ACTIONS = Actions(
    Machine,
    "machine",
    action(
        "move",
        roles=[Role.EXPERT],
        states=[Machine.State.IN_PLACE],
        label=Text("جابه‌جایی", "Move it"),
        form=MoveForm,
        does=machines.move_machine,
        repeats=True,
        done=ENTERED,
    ),
    action(
        "retire",
        roles=[Role.EXPERT],
        states=[Machine.State.IN_PLACE],
        label=Text("برچیدن", "Retire it"),
        form=RetiringForm,
        does=machines.retire_machine,
        final=True,
        done=ENTERED,
        path="retirement",
    ),
    elsewhere=lambda row: refusals.RetiredAlready(),
)
