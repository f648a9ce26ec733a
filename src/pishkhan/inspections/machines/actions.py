"""What can be done about a bank's ATM or booth: by whom, from where it stands, what is asked, and what it is called."""

from typing import Any

from pishkhan.casework.actions.actions import Actions, action
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.inspections import refusals
from pishkhan.inspections.forms import MachinePlaceForm
from pishkhan.inspections.models import Machine
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import Day, said

from . import services as machines

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
