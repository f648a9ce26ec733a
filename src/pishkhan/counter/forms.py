"""What is stated about the catalogue and about offices on pages."""

import re
from datetime import time
from typing import Any

from django import forms
from django.db.models import QuerySet

from pishkhan.language.calendar_names import WEEK
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.people.web.form_fields import Day, Number, Place, invalid, ltr, said
from pishkhan.people.web.request_context import language

from .models import Agency, Service

KINDS = [("", said("هر دفتری", "Any office")), *((kind.value, said(*kind.text)) for kind in OfficeKind)]
SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
NO_HOURS = Text("ساعت‌ها را چون ۸:۰۰-۱۳:۰۰ بنویسید.", "Write hours as 8:00-13:00.")
NO_PAPERS = Text("هر سطر یک مدرک است: فارسی | انگلیسی", "A paper on each line: Persian | English")


class PapersField(forms.CharField):
    """Papers, one on each line, in both languages."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> Any:
        papers = [
            [part.strip() for part in line.split("|")]
            for line in str(super().clean(value)).splitlines()
            if line.strip()
        ]
        if any(len(paper) != 2 or not all(paper) or max(map(len, paper)) > 200 for paper in papers):
            raise invalid(NO_PAPERS)
        return [Text(fa, en) for fa, en in papers]


class HoursField(forms.CharField):
    """The spans in which an office is open on a day, none if it is closed."""

    widget = ltr(placeholder="8:00-13:00 16:00-19:00")

    def clean(self, value: Any) -> Any:
        spans = ascii_digits(str(super().clean(value) or "")).replace("تا", "-").split()
        try:
            matches = [SPAN.fullmatch(span) for span in spans]
            return [
                (time(int(one[1]), int(one[2])), time(int(one[3]), int(one[4])))  # type: ignore[index]
                for one in matches
            ]
        except (TypeError, ValueError):
            raise invalid(NO_HOURS) from None


class AgencyForm(forms.Form):
    code = forms.SlugField(max_length=30, label=said("شناسه", "Code"), widget=ltr())
    name_fa = forms.CharField(max_length=200, label=said("نام", "Name in Persian"))
    name_en = forms.CharField(max_length=200, label=said("نام به انگلیسی", "Name in English"), widget=ltr())
    division = Place(label=said("استان", "Province"))


class TariffForm(forms.Form):
    amount = Number(min_value=0, max_value=10**12, label=said("تعرفه (ریال)", "Tariff (rial)"))
    valid_from = Day(label=said("از روز", "From"))
    source = forms.CharField(max_length=200, label=said("مأخذ", "Source"))


class Papers(forms.Form):
    papers = PapersField(required=False, label=said("مدارک لازم", "Papers to bring"), help_text=said(*NO_PAPERS))

    @staticmethod
    def written(papers: list[Text]) -> str:
        """Papers as they are written into the field."""
        return "\n".join(f"{paper.fa} | {paper.en}" for paper in papers)


class ServiceForm(TariffForm, Papers):
    code = forms.SlugField(max_length=30, label=said("شناسه", "Code"), widget=ltr())
    agency = forms.ModelChoiceField(Agency.objects.none(), label=said("دستگاه", "Agency"))
    name_fa = forms.CharField(max_length=200, label=said("نام", "Name in Persian"))
    name_en = forms.CharField(max_length=200, label=said("نام به انگلیسی", "Name in English"), widget=ltr())
    kind = forms.ChoiceField(choices=KINDS, required=False, label=said("کدام دفتر", "Which offices"))
    field_order = ["code", "agency", "name_fa", "name_en", "kind", "amount", "valid_from", "source", "papers"]

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["agency"]
        field.queryset, field.label_from_instance = agencies, lambda row: row.name.to(language())


class Described(forms.Form):
    """When an office is open, and what it offers."""

    phone = forms.CharField(
        max_length=20, required=False, label=said("تلفن دفتر", "Phone of the office"), widget=ltr(inputmode="tel")
    )
    step_free = forms.NullBooleanField(
        required=False,
        label=said("بی‌پله برای صندلی چرخ‌دار", "Step-free, for wheelchairs"),
        widget=forms.Select(
            choices=[("unknown", said("نامعلوم", "Unknown")), ("true", said("آری", "Yes")), ("false", said("نه", "No"))]
        ),
    )

    def __init__(self, *args: Any, services: QuerySet[Service], **named: Any) -> None:
        super().__init__(*args, **named)
        for number, day in enumerate(WEEK):
            self.fields[f"day-{number}"] = HoursField(required=False, max_length=60, label=said(*day))
        field: Any = forms.ModelMultipleChoiceField(
            services, required=False, label=said("خدمات", "Services"), widget=forms.CheckboxSelectMultiple
        )
        field.label_from_instance = lambda row: row.name.to(language())
        self.fields["services"] = field

    @staticmethod
    def values_of(data: dict[str, Any]) -> dict[str, Any]:
        """What was stated, as describing an office takes it."""
        hours = [(number, opens, closes) for number in range(len(WEEK)) for opens, closes in data[f"day-{number}"]]
        return {
            "phone": data["phone"],
            "step_free": data["step_free"],
            "services": list(data["services"]),
            "hours": hours,
        }
