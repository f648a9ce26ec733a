"""What is stated about visits on pages."""

from typing import Any

from django import forms

from pishkhan.casework.fields import Degrees, File, Words
from pishkhan.geography.selectors import ancestors
from pishkhan.language.text import Text
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import Day, KnownPerson, LegalPerson, Place, ltr, said

from .checklists import checklist
from .models import Finding, Machine, Objection, Visit, Waiver
from .words import ANSWERS

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


class Given(forms.Form):
    """To which inspector, for which day."""

    inspector = ByName(Person.objects.none(), label=said("بازرس", "Inspector"))
    planned_on = Day(label=said("برای روز", "For the day"))

    def __init__(self, *args: Any, visit: Visit, **named: Any) -> None:
        super().__init__(*args, **named)
        there = Assignment.objects.current().filter(role=Role.INSPECTOR, place__in=ancestors(visit.division_id))
        self.fields["inspector"].queryset = (  # type: ignore[attr-defined]
            Person.objects.filter(pk__in=there.values("person")).order_by("sort_key", "pk")
        )


class Reported(forms.Form):
    """An answer to each item of the checklist, and a note where one is needed."""

    visited_on = Day(label=said("روز بازدید", "Day of the visit"))

    def __init__(
        self,
        *args: Any,
        items: tuple[checklist.Item, ...],
        answers: dict[Any, Text],
        severities: dict[Any, Text],
        **named: Any,
    ) -> None:
        super().__init__(*args, **named)
        choices = [(code, said(*name)) for code, name in answers.items()]
        for item in items:
            weight = severities[item.severity]
            self.fields[f"answer-{item.code}"] = forms.ChoiceField(
                choices=choices,
                label=said(f"{item.text.fa} ({weight.fa})", f"{item.text.en} ({weight.en})"),
                widget=forms.RadioSelect,
            )
            self.fields[f"note-{item.code}"] = forms.CharField(
                max_length=2000, required=False, label=said("یادداشت", "Note")
            )

    @staticmethod
    def told(stated: dict[str, Any]) -> dict[str, Any]:
        """What was stated, as reporting a visit takes it."""
        parts = [(name.partition("-"), value) for name, value in stated.items()]
        return {
            "visited_on": stated["visited_on"],
            "answers": {code: value for (what, _, code), value in parts if what == "answer"},
            "notes": {code: value for (what, _, code), value in parts if what == "note" and value},
        }


class Waived(forms.Form):
    """Which rule about who does what is done without, for whom, and why."""

    rule = forms.ChoiceField(
        label=said("قاعده", "Rule"), choices=[(each.value, said(*each.text)) for each in Waiver.Rule]
    )
    whom = KnownPerson(label=said("کد ملی کسی که اجازه دارد", "National id of who has leave"))
    reason = Words(min_length=3, max_length=2000, label=said("دلیل", "Reason"))


class Objected(forms.Form):
    """Which findings are disputed, why, and what shows it."""

    items = forms.MultipleChoiceField(
        label=said("یافته‌های مورد اعتراض", "Disputed findings"), widget=forms.CheckboxSelectMultiple
    )
    reasons = Words(min_length=3, max_length=4000, label=said("دلیل‌های اعتراض", "Reasons"))
    first = File(required=False, label=said("پروندهٔ نخست (PDF یا عکس)", "First file (PDF or picture)"))
    second = File(required=False, label=said("پروندهٔ دوم", "Second file"))
    third = File(required=False, label=said("پروندهٔ سوم", "Third file"))

    def __init__(self, *args: Any, faults: list[dict[str, Any]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (each["row"].item, said(*each["item"].text)) for each in faults
        ]


class Decided(forms.Form):
    """What becomes of an objection, and why; of a changed finding what holds of it."""

    outcome = forms.ChoiceField(
        label=said("تصمیم", "Decision"),
        widget=forms.RadioSelect,
        choices=[(each.value, said(*each.text)) for each in Objection.Outcome],
    )
    reasons = Words(min_length=3, max_length=4000, label=said("دلیل‌های تصمیم", "Reasons"))

    def __init__(self, *args: Any, disputed: list[dict[str, Any]], **named: Any) -> None:
        super().__init__(*args, **named)
        for each in disputed:
            text = each["item"].text
            self.fields[f"change-{each['row'].item}"] = forms.ChoiceField(
                required=False,
                label=said(f"اگر تغییر می‌کند: {text.fa}", f"If it changes: {text.en}"),
                choices=[("", said("همان که یافته شد", "as it was found"))]
                + [(code, said(*ANSWERS[code])) for code in (Finding.Answer.OK, Finding.Answer.NOT_APPLICABLE)],
            )


class MachineForm(forms.Form):
    """An ATM or booth of a bank, and where it stands."""

    kind = forms.ChoiceField(
        label=said("نوع", "Kind"), choices=[(each.value, said(*each.text)) for each in Machine.Kind]
    )
    bank = LegalPerson(max_length=200, label=said("بانک (نام یا شناسهٔ ملی)", "Bank (name or legal id)"))
    number = forms.CharField(
        max_length=30, required=False, label=said("شمارهٔ بانک برای آن", "The bank's number of it"), widget=ltr()
    )
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


class MachineMoved(MachineForm):
    """Where it stands from a day on."""

    kind = bank = number = None  # type: ignore[assignment]  # Django's way to leave out inherited fields


class MachineRetired(forms.Form):
    """Since when it is there no more."""

    on = Day(label=said("آخرین روز", "Last day"))


class MachineFile(forms.Form):
    """A table of ATMs and booths."""

    file = forms.FileField(
        label=said("پروندهٔ CSV", "CSV file"),
        help_text=said(
            "با همان ستون‌هایی که خروجی فهرست دارد: همه وارد می‌شود یا هیچ‌کدام",
            "With the columns that the export of the list has: all of it is taken in, or none",
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
    )
