"""What is stated about visits on pages."""

from typing import Any

from django import forms

from pishkhan.geography.selectors import ancestors
from pishkhan.language.text import Text
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.stating import Day, ltr, said

from . import checklist
from .models import Visit

PURPOSES = [(Visit.Purpose.PERFORMANCE, said("عملکرد", "Performance")),
            (Visit.Purpose.HEALTH, said("بهداشت", "Health")),
            (Visit.Purpose.ADDRESS_CORRECTION, said("اصلاح نشانی", "Correction of the address")),
            (Visit.Purpose.ATM_BOOTH, said("خودپرداز و باجه", "ATM and bank booth"))]
ROUTINES = [(checklist.Kind.ROUTINE, said("ادواری", "Routine")), (checklist.Kind.COMPLAINT, said("شکایت", "Complaint")),
            (checklist.Kind.FOLLOW_UP, said("پیگیری", "Follow-up")),
            (checklist.Kind.CLOSURE_CHECK, said("بررسی تعطیلی", "Closure check"))]


class Asked(forms.Form):
    office = forms.CharField(max_length=12, label=said("کد دفتر", "Code of the office"), widget=ltr())
    kind = forms.ChoiceField(choices=ROUTINES, label=said("نوع", "Kind"))
    purpose = forms.ChoiceField(choices=PURPOSES, label=said("هدف", "Purpose"))


class ByName(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person of some, by name."""

    def label_from_instance(self, person: Any) -> str:
        return str(person.full_name)


class Given(forms.Form):
    """To which inspector, for which day."""

    inspector = ByName(Person.objects.none(), label=said("بازرس", "Inspector"))
    planned_on = Day(label=said("برای روز", "For the day"))

    def __init__(self, *args: Any, visit: Visit, **named: Any) -> None:
        super().__init__(*args, **named)
        there = Assignment.objects.current().filter(role=Role.INSPECTOR, place__in=ancestors(visit.division_id))
        self.fields["inspector"].queryset = (  # type: ignore[attr-defined]
            Person.objects.filter(pk__in=there.values("person")).order_by("sort_key", "pk"))


class Reported(forms.Form):
    """An answer to each item of the checklist, and a note where one is needed."""

    visited_on = Day(label=said("روز بازدید", "Day of the visit"))

    def __init__(self, *args: Any, items: tuple[checklist.Item, ...], answers: dict[Any, Text],
                 severities: dict[Any, Text], **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(code, said(*name)) for code, name in answers.items()]
        for item in items:
            weight = severities[item.severity]
            self.fields[f"answer-{item.code}"] = forms.ChoiceField(
                choices=choices, label=said(f"{item.text.fa} ({weight.fa})", f"{item.text.en} ({weight.en})"),
                widget=forms.RadioSelect)
            self.fields[f"note-{item.code}"] = forms.CharField(
                max_length=2000, required=False, label=said("یادداشت", "Note"))

    @staticmethod
    def told(stated: dict[str, Any]) -> dict[str, Any]:
        """What was stated, as reporting a visit takes it."""
        parts = [(name.partition("-"), value) for name, value in stated.items()]
        return {"visited_on": stated["visited_on"],
                "answers": {code: value for (what, _, code), value in parts if what == "answer"},
                "notes": {code: value for (what, _, code), value in parts if what == "note" and value}}
