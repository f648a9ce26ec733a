"""What is stated about the law on pages."""

from typing import Any

from django import forms

from pishkhan.offices.models import OfficeKind
from pishkhan.people.web.form_fields import Day, Number, ltr, said
from pishkhan.people.web.request_context import language
from pishkhan.regulation.keys import KEYS
from pishkhan.regulation.models import Instrument
from pishkhan.regulation.models import Number as Number_


class Adopted(forms.Form):
    decision = forms.CharField(max_length=60, label=said("شمارهٔ تصمیم", "Number of the decision"), widget=ltr())
    source = forms.CharField(
        max_length=300,
        label=said("مأخذی که تصمیم بر آن استوار است", "Source that the decision rests on"),
        help_text=said("قانون در این باره محل اختلاف است.", "The law is contested here."),
    )

    def __init__(self, *args: Any, contested: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        if not contested:
            del self.fields["source"]


class NumberQuery(forms.Form):
    """Which numbers are listed."""

    q = forms.CharField(required=False, max_length=100, label=said("جست‌وجو", "Search"))
    state = forms.ChoiceField(
        required=False,
        label=said("وضعیت", "State"),
        choices=[
            ("", said("همه", "All")),
            ("waiting", said("منتظر تصمیم", "Waiting for a decision")),
            ("adopted", said("تصویب‌شده", "Adopted")),
            ("sourced", said("با مأخذ", "With a source")),
            ("past", said("در کار نیست", "Not in force")),
        ],
    )
    keys = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class AdoptedTogether(forms.Form):
    """Several defaults that one decision adopts: those that were chosen, or all that are listed."""

    numbers = forms.ModelMultipleChoiceField(Number_.objects.none(), required=False, widget=forms.MultipleHiddenInput)
    everything = forms.BooleanField(required=False, label=said("همهٔ آنچه در فهرست است", "All that are listed"))
    decision = forms.CharField(max_length=60, label=said("شمارهٔ تصمیم", "Number of the decision"), widget=ltr())

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["numbers"]
        field.queryset = Number_.objects.all()


class NumberForm(forms.Form):
    key = forms.ChoiceField(
        label=said("عدد", "Number"), choices=lambda: [(code, key.meaning.to(language())) for code, key in KEYS.items()]
    )
    kind = forms.ChoiceField(
        required=False,
        label=said("نوع دفتر", "Kind of office"),
        choices=[("", said("همه", "All")), *((kind.value, said(*kind.text)) for kind in OfficeKind)],
    )
    value = Number(label=said("مقدار", "Value"), min_value=0)
    valid_from = Day(label=said("از روز", "From"))
    valid_to = Day(required=False, label=said("تا پیش از روز", "Until before"))
    instrument = forms.ModelChoiceField(Instrument.objects.none(), required=False, label=said("مأخذ", "Instrument"))
    article = forms.CharField(required=False, max_length=40, label=said("ماده", "Article"))
    source = forms.CharField(required=False, max_length=300, label=said("کجا خوانده شد", "Where it was read"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["instrument"]
        field.queryset, field.label_from_instance = (
            Instrument.objects.order_by("pk"),
            lambda row: row.title.to(language()),
        )
