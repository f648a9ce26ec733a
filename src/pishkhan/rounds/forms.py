"""What is stated about rounds on pages."""

from datetime import time
from typing import Any

from django import forms
from django.utils.html import format_html

from pishkhan.casework.actions.forms import ActionForm
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.checklists.checklist import Purpose
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import Day, Number, Place, invalid, ltr, said
from pishkhan.people.web.request_context import language

from .models import Plan, Roads, Shift
from .routing.manual_edits import Move, Swap
from .selection.risk import PARTS

PURPOSES = [
    (Purpose.PERFORMANCE, said("عملکرد", "Performance")),
    (Purpose.HEALTH, said("بهداشت", "Health")),
    (Purpose.ADDRESS_CORRECTION, said("اصلاح نشانی", "Correction of the address")),
]
NO_TIME = Text("ساعت را مانند ۷:۳۰ بنویسید.", "Write the time like 7:30.")
NOT_HERE = Text("این جا در محدودهٔ شما نیست.", "This place is not in your region.")


class ByName(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People of some, by name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: Any) -> str:
        return format_html("<bdi>{}</bdi>", person.full_name)


class Hour(forms.CharField):
    """A time of day, in any digits."""

    widget = ltr(placeholder="7:30", size="6")

    def clean(self, value: Any) -> Any:
        written = ascii_digits(str(super().clean(value) or "")).strip()
        if not written:
            return None
        hour, _, minute = written.partition(":")
        if not (hour.isdigit() and (minute.isdigit() or not minute) and int(hour) < 24 and int(minute or 0) < 60):
            raise invalid(NO_TIME)
        return time(int(hour), int(minute or 0))

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 3600}:{value // 60 % 60:02}" if isinstance(value, int) else value


class Wanted(forms.Form):
    """A new plan: where, when, how many visits, and who goes."""

    division = Place(
        label=said("محدوده", "Region"),
        help_text=said("استان یا شهرستان، با نام یا کد", "A province or county, by name or code"),
    )
    first_on = Day(label=said("از روز", "From"))
    last_on = Day(label=said("تا روز", "To"))
    wanted = Number(
        min_value=0,
        max_value=500,
        label=said("شمار بازدیدهایی که برگزیده شود", "Visits to choose"),
        help_text=said("بازدیدهای درخواست‌شده افزون بر این است.", "Visits asked for are added to them."),
    )
    purpose = forms.ChoiceField(choices=PURPOSES, label=said("هدف بازدیدها", "Purpose of the visits"))
    inspectors = ByName(Person.objects.none(), label=said("بازرسان", "Inspectors"))
    roads = forms.ModelChoiceField(
        Roads.objects.none(),
        required=False,
        label=said("راه‌ها", "Roads"),
        empty_label=said("خط راست با ضریب راه", "Straight lines with a detour"),
    )

    def __init__(self, *args: Any, person: Person, **named: Any) -> None:
        super().__init__(*args, **named)
        self._places = [assignment.place for assignment in person.assignments_today if assignment.role == Role.EXPERT]
        self.fields["inspectors"].queryset = inspectors_of(self._places)  # type: ignore[attr-defined]
        roads = Roads.objects.none()
        for place in self._places:
            roads |= Roads.objects.filter(lying_in(place))
        self.fields["roads"].queryset = roads.order_by("-pk")  # type: ignore[attr-defined]
        self.fields["roads"].label_from_instance = lambda row: row.name  # type: ignore[attr-defined]

    def clean_division(self) -> Division:
        division: Division = self.cleaned_data["division"]
        if not any(division.code.startswith(place) for place in self._places):
            raise invalid(NOT_HERE)
        return division


class MoveForm(ActionForm):
    """A visit to another shift, or out of the plan; once its cost was told, `confirmed` is the revision it was of."""

    gives = ("what", "seen")
    stop = forms.IntegerField(widget=forms.HiddenInput)
    shift = forms.ChoiceField(required=False, label=said("به روز و بازرس", "To the day and inspector"))
    position = Number(
        required=False,
        min_value=1,
        max_value=50,
        label=said("چندمین بازدید", "At position"),
        help_text=said("خالی بگذارید تا کم‌هزینه‌ترین جا برگزیده شود.", "Leave it empty for the cheapest place."),
    )
    confirmed = Number(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Plan, **named: Any) -> None:
        super().__init__(*args, row=row, **named)
        out = said("بیرون از برنامه", "Out of the plan")
        self.fields["shift"].choices = [("", out), *shift_choices(row)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned_data = self.cleaned_data
        if self.errors:
            return cleaned_data
        shift = int(cleaned_data["shift"]) if cleaned_data["shift"] else None
        return {"what": Move(cleaned_data["stop"], shift, cleaned_data["position"]), "seen": cleaned_data["confirmed"]}


class SwapForm(ActionForm):
    """Two shifts that exchange their visits; `confirmed` as when a visit is moved."""

    gives = ("what", "seen")
    one = forms.ChoiceField(label=said("بازدیدهای", "The visits of"))
    other = forms.ChoiceField(label=said("با بازدیدهای", "With those of"))
    confirmed = Number(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Plan, **named: Any) -> None:
        super().__init__(*args, row=row, **named)
        for name in ("one", "other"):
            self.fields[name].choices = shift_choices(row)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned_data = self.cleaned_data
        if self.errors:
            return cleaned_data
        return {"what": Swap(int(cleaned_data["one"]), int(cleaned_data["other"])), "seen": cleaned_data["confirmed"]}


class OnDuty(forms.Form):
    """Where an inspector sets out from, and their hours if not everybody's."""

    division = Place(label=said("جای آغاز", "Sets out from"))
    begins = Hour(required=False, label=said("آغاز روز", "Day begins"))
    ends = Hour(required=False, label=said("پایان روز", "Day ends"))


class Back(forms.Form):
    """Which days away are taken back."""

    absence = Number(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class Away(forms.Form):
    """Days on which an inspector does not work."""

    from_on = Day(label=said("از روز", "From"))
    until_on = Day(label=said("تا روز", "Until"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("from_on") and data.get("until_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", said("پایان پیش از آغاز است.", "It ends before it begins."))
        return data


class Wrong(forms.Form):
    """Which reason is wrong, and why."""

    part = forms.ChoiceField(
        choices=[(part.code, said(part.name.fa, part.name.en)) for part in PARTS],
        label=said("کدام دلیل", "Which reason"),
    )
    words = forms.CharField(
        min_length=3,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=said("چرا نادرست است", "Why it is wrong"),
    )


class Answered(forms.Form):
    """What an expert makes of it."""

    finds = forms.ChoiceField(
        choices=[
            ("uphold", said("درست می‌گوید", "It is wrong indeed")),
            ("dismiss", said("دلیل به‌جاست", "The reason stands")),
        ],
        widget=forms.RadioSelect,
        label=said("پاسخ", "Answer"),
    )
    until_on = Day(
        required=False,
        label=said("تا چه روزی شمرده نشود", "Until when it shall not count"),
        help_text=said("تنها اگر درست می‌گوید", "Only if it is wrong indeed"),
    )
    words = forms.CharField(
        min_length=3,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=said("توضیح برای دفتر", "Explanation for the office"),
    )


def inspectors_of(places: list[str]) -> Any:
    """Who is an inspector today somewhere in, or around, some places, by name."""
    keys = [
        assignment.person_id
        for assignment in Assignment.objects.current().filter(role=Role.INSPECTOR)
        if any(assignment.place.startswith(place) or place.startswith(assignment.place) for place in places)
    ]
    return Person.objects.filter(pk__in=keys, erased_on=None).order_by("sort_key", "pk")


def shift_choices(plan: Plan) -> list[tuple[str, str]]:
    """The shifts of a plan, by key, each called by its day and inspector."""
    rows: list[Shift] = list(plan.shifts.select_related("inspector").order_by("day", "inspector__sort_key", "pk"))
    return [(str(row.pk), f"{spoken(row.day, language())} · {row.inspector.full_name}") for row in rows]
