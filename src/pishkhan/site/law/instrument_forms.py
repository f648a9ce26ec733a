"""What is stated of instruments of the law on pages."""

from typing import Any

from django import forms

from pishkhan.people.web.form_fields import Day, TableFile, ltr, said
from pishkhan.people.web.request_context import language
from pishkhan.regulation.models import Confidence, Instrument


class InstrumentForm(forms.Form):
    """An instrument, besides its code and its articles."""

    title_fa = forms.CharField(max_length=200, label=said("عنوان", "Title in Persian"))
    title_en = forms.CharField(max_length=200, label=said("عنوان به انگلیسی", "Title in English"), widget=ltr())
    issuer = forms.CharField(required=False, max_length=100, label=said("مرجع صدور", "Issuer"))
    number = forms.CharField(required=False, max_length=60, label=said("شماره", "Number"), widget=ltr())
    adopted_on = Day(required=False, label=said("روز تصویب", "Adopted on"))
    valid_from = Day(required=False, label=said("در کار از روز", "In force from"))
    valid_to = Day(required=False, label=said("تا پیش از روز", "Until before"))
    confidence = forms.ChoiceField(
        label=said("درجهٔ اعتماد", "Confidence"),
        choices=[
            (Confidence.SECONDARY, said("با واسطه خوانده شد", "told by a secondary source")),
            (Confidence.OFFICIAL, said("در صفحهٔ رسمی خوانده شد", "read on an official page")),
        ],
    )
    link = forms.URLField(
        required=False,
        max_length=400,
        assume_scheme="https",
        label=said("نشانی متن", "Address of the text"),
        widget=ltr(inputmode="url"),
    )
    replaces = forms.ModelChoiceField(Instrument.objects.none(), required=False, label=said("جایگزین", "Replaces"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["replaces"]
        field.queryset = Instrument.objects.order_by("pk")
        field.label_from_instance = lambda row: row.title.to(language())


class ArticleForm(forms.Form):
    number = forms.CharField(max_length=40, label=said("ماده", "Article"))
    text = forms.CharField(max_length=20_000, label=said("متن", "Text"), widget=forms.Textarea(attrs={"rows": 8}))


class NewInstrument(InstrumentForm):
    """One that is entered: its code, and an article of it if its text lies nowhere."""

    code = forms.CharField(
        max_length=40,
        label=said("کد", "Code"),
        help_text=said("با حرف‌های کوچک لاتین، مانند circular-1405-12", "In small letters, such as circular-1405-12"),
        widget=ltr(),
    )
    article = forms.CharField(required=False, max_length=40, label=said("ماده", "Article"))
    text = forms.CharField(
        required=False, max_length=20_000, label=said("متن ماده", "Its text"), widget=forms.Textarea(attrs={"rows": 6})
    )
    field_order = ("code",)


class InstrumentFile(forms.Form):
    """A table of instruments with their articles."""

    file = TableFile(
        help_text=said(
            "ستون‌ها: code، title، title_en، issuer، number، adopted_on، valid_from، valid_to، confidence، link، "
            "replaces، article، text؛ هر ماده یک ردیف. همه وارد می‌شود یا هیچ‌کدام.",
            "Columns: code, title, title_en, issuer, number, adopted_on, valid_from, valid_to, confidence, link, "
            "replaces, article, text; a row for each article. All of it is taken in, or none.",
        ),
    )
    rehearsal = forms.BooleanField(
        required=False, label=said("تنها بررسی شود، چیزی ثبت نشود", "Only look at it, enter nothing")
    )
