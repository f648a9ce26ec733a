"""What is stated about days off on pages."""

from typing import Any

from django import forms

from pishkhan.language.text import Text
from pishkhan.people.web.form_fields import Day, ltr, said
from pishkhan.regulation.models import Holiday

WHOM = {
    Holiday.Whom.ALL: Text("همه", "everybody"),
    Holiday.Whom.ADMINISTRATIONS: Text("اداره‌ها", "administrations"),
    Holiday.Whom.SERVICE_CENTRES: Text("مراکز خدمت", "service centres"),
}


def source_field() -> forms.CharField:
    """Who announced it: no day is declared or withdrawn without."""
    return forms.CharField(
        max_length=300,
        label=said("مأخذ اعلام", "Who announced it"),
        help_text=said(
            "مانند «مصوبهٔ هیئت وزیران، شماره و تاریخ» یا «استانداری، نامهٔ شماره…»",
            "Such as the cabinet's decision or the governor's letter, with its number and day",
        ),
    )


class HolidayForm(forms.Form):
    day = Day(label=said("روز", "Day"))
    name_fa = forms.CharField(max_length=100, label=said("نام", "Name in Persian"))
    name_en = forms.CharField(max_length=100, label=said("نام به انگلیسی", "Name in English"), widget=ltr())
    for_whom = forms.ChoiceField(
        label=said("برای چه کسی", "For whom"),
        choices=[(whom.value, said(*text)) for whom, text in WHOM.items()],
        required=False,
        help_text=said(
            "مهلت‌های قانون با تعطیلی اداره‌ها شمرده می‌شود؛ باز بودن دفترها با تعطیلی مراکز خدمت.",
            "Terms of law are counted by the days off of administrations; whether offices are open, by those of "
            "service centres.",
        ),
    )
    source = source_field()

    def clean_for_whom(self) -> str:
        return str(self.cleaned_data["for_whom"] or Holiday.Whom.ALL)


class WithdrawalForm(forms.Form):
    source = source_field()


class ConfirmationForm(forms.Form):
    day = Day(label=said("روزی که تقویم رسمی می‌گوید", "The day that the official calendar says"))
    source = source_field()


class DaysFile(forms.Form):
    """A list of days off: first shown as what would become of it, then entered."""

    file = forms.FileField(
        required=False,
        label=said("پروندهٔ جدول یا iCalendar", "Table or iCalendar file"),
        help_text=said(
            "ستون‌های جدول: day، name و اگر باشد name_en و for_whom. پیش از ثبت، آنچه می‌شود نشان داده می‌شود.",
            "Columns of a table: day, name and perhaps name_en and for_whom. What would become of it is shown first.",
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.html,.htm,.xls,.ics"}),
    )
    content = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput, strip=False)
    source = source_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("file") and not data.get("content"):
            self.add_error("file", said("پرونده‌ای برگزینید.", "Choose a file."))
        return data
