"""What is stated about visits on pages."""

from typing import Any

from django import forms

from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.fields import Degrees, File, Words
from pishkhan.geography.selectors import ancestors
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.offices.models import Office
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import Day, KnownPerson, LegalPerson, Place, TableFile, invalid, ltr, said

from . import refusals
from .checklists import checklist
from .checklists.selectors import edition
from .machines.services import PlaceFacts
from .models import Finding, Machine, Visit, Waiver
from .visits.selectors import items_of
from .words import ANSWERS, HINDRANCES, SEVERITIES

PURPOSES = [
    (Visit.Purpose.PERFORMANCE, said("عملکرد", "Performance")),
    (Visit.Purpose.HEALTH, said("بهداشت", "Health")),
    (Visit.Purpose.ADDRESS_CORRECTION, said("اصلاح نشانی", "Correction of the address")),
    (Visit.Purpose.ATM_BOOTH, said("خودپرداز و باجه", "ATM and bank booth")),
]
ROUTINES = [
    (checklist.Kind.ROUTINE, said("ادواری", "Routine")),
    (checklist.Kind.COMPLAINT, said("شکایت", "Complaint")),
    (checklist.Kind.FOLLOW_UP, said("پیگیری", "Follow-up")),
    (checklist.Kind.CLOSURE_CHECK, said("بررسی تعطیلی", "Closure check")),
]


class VisitRequestForm(forms.Form):
    what = forms.CharField(
        max_length=12, label=said("کد دفتر، خودپرداز یا باجه", "Code of the office or bank machine"), widget=ltr()
    )
    kind = forms.ChoiceField(choices=ROUTINES, label=said("نوع", "Kind"))
    purpose = forms.ChoiceField(choices=PURPOSES, label=said("هدف", "Purpose"))


class ByName(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person of some, by name."""

    def label_from_instance(self, person: Any) -> str:
        return str(person.full_name)


class AssignmentForm(ActionForm):
    """To which inspector, for which day."""

    inspector = ByName(Person.objects.none(), label=said("بازرس", "Inspector"))
    planned_on = Day(label=said("برای روز", "For the day"))

    def __init__(self, *args: Any, row: Visit, **named: Any) -> None:
        super().__init__(*args, row=row, **named)
        there = Assignment.objects.current().filter(role=Role.INSPECTOR, place__in=ancestors(row.division_id))
        self.fields["inspector"].queryset = (  # type: ignore[attr-defined]
            Person.objects.filter(pk__in=there.values("person")).order_by("sort_key", "pk")
        )

    def begins_with(self) -> dict[str, Any]:
        return {"inspector": self.row.inspector_id, "planned_on": self.row.planned_on}


class ReportForm(ActionForm):
    """An answer to each item of the checklist, and a note where one is needed."""

    gives = ("visited_on", "answers", "notes")
    visited_on = Day(label=said("روز بازدید", "Day of the visit"))

    def __init__(self, *args: Any, row: Visit, **named: Any) -> None:
        super().__init__(*args, row=row, **named)
        for item in items_of(row, today()):
            weight = SEVERITIES[item.severity]
            self.fields[f"answer-{item.code}"] = forms.ChoiceField(
                choices=[
                    (code, said(*name))
                    for code, name in ANSWERS.items()
                    if item.can_be_absent or code != Finding.Answer.NOT_APPLICABLE
                ],
                label=said(f"{item.text.fa} ({weight.fa})", f"{item.text.en} ({weight.en})"),
                widget=forms.RadioSelect,
            )
            self.fields[f"note-{item.code}"] = forms.CharField(
                max_length=2000, required=False, label=said("یادداشت", "Note")
            )

    def begins_with(self) -> dict[str, Any]:
        return {"visited_on": today()}

    def clean(self) -> dict[str, Any]:
        cleaned_data = self.cleaned_data
        parts = [(name.partition("-"), value) for name, value in cleaned_data.items()]
        return {
            "visited_on": cleaned_data.get("visited_on"),
            "answers": {code: value for (what, _, code), value in parts if what == "answer"},
            "notes": {code: value for (what, _, code), value in parts if what == "note" and value},
        }


class HindranceForm(ActionForm):
    """What kept the inspector from looking, and what was seen: a sentence, no checklist."""

    gives = ("what", "note", "visited_on")
    what = forms.ChoiceField(
        label=said("چه پیش آمد", "What happened"),
        choices=[(hindrance.value, said(*text)) for hindrance, text in HINDRANCES.items()],
        widget=forms.RadioSelect,
    )
    visited_on = Day(label=said("روز بازدید", "Day of the visit"))
    note = Words(min_length=3, max_length=2000, label=said("آنچه دیده شد", "What was seen"))

    def begins_with(self) -> dict[str, Any]:
        return {"visited_on": today()}


class LeaveForm(ActionForm):
    """Which rule about who does what is done without, for whom, and why."""

    gives = ("rule", "person", "reason")
    rule = forms.ChoiceField(
        label=said("قاعده", "Rule"), choices=[(rule.value, said(*rule.text)) for rule in Waiver.Rule]
    )
    whom = KnownPerson(label=said("کد ملی کسی که اجازه دارد", "National id of who has leave"))
    reason = Words(min_length=3, max_length=2000, label=said("دلیل", "Reason"))

    def clean(self) -> dict[str, Any]:
        return {"person" if name == "whom" else name: value for name, value in self.cleaned_data.items()}


class ObjectionForm(ActionForm):
    """Which findings are disputed, why, and what shows it."""

    gives = ("items", "reasons", "files")
    items = forms.MultipleChoiceField(
        label=said("یافته‌های مورد اعتراض", "Disputed findings"), widget=forms.CheckboxSelectMultiple
    )
    reasons = Words(min_length=3, max_length=4000, label=said("دلیل‌های اعتراض", "Reasons"))
    first = File(required=False, label=said("پروندهٔ نخست (PDF یا عکس)", "First file (PDF or picture)"))
    second = File(required=False, label=said("پروندهٔ دوم", "Second file"))
    third = File(required=False, label=said("پروندهٔ سوم", "Third file"))

    def __init__(self, *args: Any, row: Visit, **named: Any) -> None:
        super().__init__(*args, row=row, **named)
        declared = edition(row.edition)
        faults = row.findings.filter(answer=Finding.Answer.NOT_OK).order_by("pk")
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (fault.item, said(*declared.item(fault.item).text)) for fault in faults
        ]

    def clean(self) -> dict[str, Any]:
        cleaned_data = self.cleaned_data
        files = [cleaned_data.pop(name) for name in ("first", "second", "third") if name in cleaned_data]
        return cleaned_data | {"files": [file for file in files if file]}


class MachinePlaceForm(forms.Form):
    """Where a machine stands from a day on; its host office is one of the region of whoever states it (`by`)."""

    by: Any
    place = Place(label=said("شهر یا روستا", "City or village"))
    address = forms.CharField(max_length=200, label=said("نشانی", "Address"))
    host = forms.CharField(
        max_length=12,
        required=False,
        label=said("کد دفتر میزبان", "Code of the host office"),
        widget=ltr(),
        help_text=said("اگر در دفتری است", "if it stands in one"),
    )
    lat = Degrees(required=False, min_value=24, max_value=40.5, label=said("عرض جغرافیایی", "Latitude"))
    lon = Degrees(required=False, min_value=43.5, max_value=64, label=said("طول جغرافیایی", "Longitude"))
    from_on = Day(label=said("از روز", "From"))

    def clean_host(self) -> Office | None:
        written = ascii_digits(self.cleaned_data["host"]).upper()
        office = within(Office.objects.all(), self.by).filter(code=written).first() if written else None
        if written and office is None:
            raise invalid(refusals.HostIsElsewhere().text)
        return office

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        facts = {name: data.pop(name) for name in ("address", "lat", "lon", "host")}
        return data | {"place": PlaceFacts(division=data["place"], **facts)}


class MachineForm(MachinePlaceForm):
    """An ATM or booth of a bank, and where it stands."""

    kind = forms.ChoiceField(
        label=said("نوع", "Kind"), choices=[(kind.value, said(*kind.text)) for kind in Machine.Kind]
    )
    bank = LegalPerson(max_length=200, label=said("بانک (نام یا شناسهٔ ملی)", "Bank (name or legal id)"))
    number = forms.CharField(
        max_length=30, required=False, label=said("شمارهٔ بانک برای آن", "The bank's number of it"), widget=ltr()
    )
    field_order = ("kind", "bank", "number")

    def __init__(self, *args: Any, by: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        self.by = by


class MachineFile(forms.Form):
    """A table of ATMs and booths."""

    file = TableFile(
        help_text=said(
            "با همان ستون‌هایی که خروجی فهرست دارد: همه وارد می‌شود یا هیچ‌کدام",
            "With the columns that the export of the list has: all of it is taken in, or none",
        ),
    )
