"""What can be done about a checklist that was entered: by whom, from where it stands, and what is asked."""

from typing import Any

from django import forms

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.fields import File, Words
from pishkhan.inspections.models import ChecklistEdition
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import Day, invalid, said

from . import refusals, services
from .importing import FIRST, LARGEST, NotTaken, read_items
from .item_forms import CodeForm, ItemForm
from .selectors import DRAFTERS, wrote_it

State = ChecklistEdition.State


class DayForm(ActionForm):
    """From which day on it holds."""

    valid_from = Day(label=said("در کار از روز", "In force from"))

    def begins_with(self) -> dict[str, Any]:
        return {"valid_from": self.row.valid_from}


class ReasonForm(ActionForm):
    reason = Words(min_length=3, max_length=2000, label=said("دلیل", "Reason"))


class AdoptionForm(ActionForm):
    """The decision by which it holds, with its scan."""

    decision = forms.CharField(max_length=60, label=said("شمارهٔ تصمیم", "Number of the decision"))
    decision_on = Day(label=said("روز تصمیم", "Day of the decision"))
    scan = File(label=said("تصویر نامهٔ تصمیم", "Scan of the decision"))

    def begins_with(self) -> dict[str, Any]:
        return {"decision_on": today()}


class FillingForm(ActionForm):
    """All the items, as the CSV of the page of the checklist has them; a page takes a file in its place."""

    gives = ("items", "first")
    table = forms.CharField(max_length=LARGEST, label=said("جدول بندها، CSV", "Items, as CSV"), widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        try:
            rows = read_items(str(self.cleaned_data.get("table") or "").encode())
        except NotTaken as refused:
            raise invalid(refused.text) from None
        return {"items": rows, "first": FIRST}


WRITTEN_BY_ANOTHER = Condition(lambda row, by: not wrote_it(row, by.ref), lambda row: refusals.WroteItOneself())
CHECKLIST_ACTIONS = Actions(
    ChecklistEdition,
    "checklist",
    action(
        "put",
        roles=DRAFTERS,
        states=[State.DRAFT],
        label=Text("نوشتن بند", "Write an item"),
        form=ItemForm,
        does=services.put_item,
        repeats=True,
        path="items",
    ),
    action(
        "drop",
        roles=DRAFTERS,
        states=[State.DRAFT],
        label=Text("برداشتن بند", "Leave an item out"),
        form=CodeForm,
        does=services.drop_item,
        repeats=True,
        path="dropped-items",
    ),
    action(
        "fill",
        roles=DRAFTERS,
        states=[State.DRAFT],
        label=Text("ورود جدول بندها", "Import the items"),
        form=FillingForm,
        does=services.fill_checklist,
        repeats=True,
        path="table",
    ),
    action(
        "set-day",
        roles=DRAFTERS,
        states=[State.DRAFT],
        label=Text("روز آغاز دیگر", "Another first day"),
        form=DayForm,
        does=services.set_first_day,
        repeats=True,
        path="first-day",
    ),
    action(
        "propose",
        roles=DRAFTERS,
        states=[State.DRAFT],
        label=Text("فرستادن برای تصویب", "Put it forward"),
        does=services.propose_checklist,
        confirm=True,
        path="proposal",
        done=Text("در انتظار تصویب مدیرکل است.", "It waits for the director to adopt it."),
    ),
    action(
        "adopt",
        roles=[Role.DIRECTOR],
        states=[State.PROPOSED],
        label=Text("تصویب", "Adopt it"),
        form=AdoptionForm,
        does=services.adopt_checklist,
        needs=[WRITTEN_BY_ANOTHER],
        path="adoption",
        done=Text("تصویب شد و از روز خود در کار است.", "It is adopted, and holds from its day on."),
    ),
    action(
        "return",
        roles=[Role.DIRECTOR],
        states=[State.PROPOSED],
        label=Text("بازگرداندن", "Give it back"),
        form=ReasonForm,
        does=services.return_checklist,
        path="return",
    ),
    action(
        "discard",
        roles=DRAFTERS,
        states=[State.DRAFT, State.PROPOSED],
        label=Text("کنار گذاشتن", "Discard it"),
        does=services.discard_checklist,
        final=True,
    ),
    action(
        "withdraw",
        roles=[Role.DIRECTOR],
        states=[State.ADOPTED],
        label=Text("پس گرفتن پیش از روز آغاز", "Withdraw it before its day"),
        form=ReasonForm,
        does=services.withdraw_checklist,
        needs=[Condition(lambda row, by: row.valid_from > today(), lambda row: refusals.DayHasCome())],
        final=True,
        path="withdrawal",
    ),
    elsewhere=lambda row: refusals.Elsewhere(State(row.state).text),
)
