"""What is stated of an item of a checklist, for pages and programs alike."""

from typing import Any

from django import forms

from pishkhan.casework.actions.forms import ActionForm
from pishkhan.inspections.words import EVIDENCE, KINDS, OBJECTS, PURPOSES, SEVERITIES
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.people.web.form_fields import ltr, said
from pishkhan.people.web.request_context import language
from pishkhan.regulation.models import Instrument

from .checklist import Evidence, Kind, Object, Purpose, Severity
from .rows import COLUMNS


def _some_of(label: Any, words: dict[Any, Text]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        required=False,
        label=label,
        choices=[(code.value, said(*text)) for code, text in words.items()],
        widget=forms.CheckboxSelectMultiple,
    )


OFFICES = {  # without the Latin letters of their names, which a tick cannot set apart
    OfficeKind.COUNTER: Text("دفتر پیشخوان", "Counter office"),
    OfficeKind.RURAL_ICT: Text("دفتر روستایی", "Rural office"),
    OfficeKind.LEGACY_AGENT: Text("کارگزار قدیمی", "Legacy agent"),
}


class ItemForm(ActionForm):
    """An item of a checklist: what is looked at, how much it weighs, which photo it asks, and where it comes from."""

    gives = ("item",)
    code = forms.CharField(
        max_length=30,
        label=said("کد", "Code"),
        help_text=said(
            "همان کد در ویرایش‌های دیگر همان بند است؛ از روی آن تخلف شناخته می‌شود.",
            "The same code in other editions is the same item: violations are known by it.",
        ),
        widget=ltr(),
    )
    text = forms.CharField(max_length=300, label=said("آنچه باید باشد", "What must be so, in Persian"))
    text_en = forms.CharField(max_length=300, label=said("همان به انگلیسی", "The same in English"), widget=ltr())
    severity = forms.ChoiceField(
        label=said("اهمیت", "Weight"),
        choices=[("", "—"), *((one.value, said(*SEVERITIES[one])) for one in Severity)],
    )
    photo = forms.ChoiceField(
        label=said("عکس", "Photo"), choices=[(one.value, said(*EVIDENCE[one])) for one in Evidence]
    )
    objects = _some_of(said("از چه", "Of what"), {one: OBJECTS[one] for one in Object})
    kinds = _some_of(said("نوع دفتر (خالی: همه)", "Kind of office (empty: all)"), OFFICES)
    visits = _some_of(said("نوع بازدید (خالی: همه)", "Kind of visit (empty: all)"), {one: KINDS[one] for one in Kind})
    purposes = _some_of(said("هدف بازدید (خالی: همه)", "Purpose (empty: all)"), {one: PURPOSES[one] for one in Purpose})
    at_places = _some_of(
        said("از جای پیشنهادی در", "Of a proposed place in"), {one: KINDS[one] for one in (Kind.INITIAL, Kind.FINAL)}
    )
    can_be_absent = forms.BooleanField(
        required=False, initial=True, label=said("پاسخ «موضوع ندارد» دارد", "'Not applicable' is an answer")
    )
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), to_field_name="code", label=said("سند قانونی", "Instrument")
    )
    article = forms.CharField(max_length=40, label=said("ماده", "Article"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["instrument"]
        field.queryset = Instrument.objects.order_by("pk")
        field.label_from_instance = lambda row: row.title.to(language())

    def begins_with(self) -> dict[str, Any]:
        return {"objects": [Object.OFFICE.value], "can_be_absent": True}

    def clean(self) -> dict[str, Any]:
        data = {name: self.cleaned_data.get(name) for name in COLUMNS}
        instrument: Any = data["instrument"]
        return {"item": data | {"instrument": instrument.code if instrument else ""}}


class CodeForm(ActionForm):
    code = forms.CharField(max_length=30, label=said("کد بند", "Code of the item"), widget=ltr())
