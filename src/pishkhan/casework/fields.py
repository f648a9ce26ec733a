"""What a person may be asked when taking a step: fields that know which of their answers are words to be kept apart."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django import forms

from pishkhan.files.models import StoredFile
from pishkhan.geography.models import Division
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.models import Entry
from pishkhan.language.digits import ascii_digits
from pishkhan.language.identifiers import NotValid, postal_code
from pishkhan.language.text import Text
from pishkhan.people.parties import Party
from pishkhan.people.web.form_fields import KnownPerson, invalid, ltr, said

T = TypeVar("T")
LONG = 200  # letters: more is written in several lines


class Words(forms.CharField):
    """What a person writes. The journal holds a keyed digest of it."""

    def __init__(self, **options: Any) -> None:
        if options.get("max_length", 0) > LONG:
            options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**options)


class PostalCode(Words):
    """Ten digits."""

    widget = ltr(inputmode="numeric")

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        return _valid(postal_code, text) if text else text


class Degrees(forms.FloatField):
    """A latitude or longitude, WGS84. The journal holds it to a millionth of a degree, a decimetre, as text."""

    widget = ltr(inputmode="decimal")

    def to_python(self, value: Any) -> Any:
        return super().to_python(ascii_digits(value).replace("٫", ".") if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a text input knows no least and most


class Upload(forms.FileInput):
    """An input for a file, whose answer is the identifier under which it was stored."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)


class File(forms.Field):
    """A file that was stored before, by its identifier."""

    widget = Upload(attrs={"accept": ".pdf,.jpg,.jpeg,.jfif,.png"})
    stored = ""  # the identifier, once a page has stored what came with its form

    def to_python(self, value: Any) -> StoredFile | None:
        if value in self.empty_values:
            return None
        try:
            return StoredFile.objects.get(pk=UUID(str(value)))
        except (ValueError, StoredFile.DoesNotExist):
            raise invalid(NO_FILE) from None


class Choice(forms.ChoiceField):
    """One of some codes."""


class Waived(forms.Form):
    """Which step, by whom, and why a second pair of eyes is done without."""

    step = forms.ChoiceField(label=said("گام", "Step"))
    person = KnownPerson(label=said("کد ملی کسی که گام را برمی‌دارد", "National id of who takes the step"))
    reason = Words(max_length=2000, label=said("دلیل", "Reason"))

    def __init__(self, *args: Any, case: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["step"].choices = [  # type: ignore[attr-defined]
            (name, said(*step.label)) for name, step in case.procedure.steps.items() if step.apart_from
        ]


class LeaveTakenBack(forms.Form):
    """Whose leave for which step is taken back."""

    step = forms.CharField(max_length=80)
    person = forms.IntegerField(min_value=1, max_value=2**63 - 1)


def fields_of(form: type | None) -> dict[str, forms.Field]:
    """The fields of a form, by name."""
    return dict(form.base_fields) if form else {}  # type: ignore[attr-defined]  # steps have Django forms


def kept(entry: Entry, form: forms.Form, whose: str) -> dict[str, Any]:
    """What was stated, as the journal may hold it: of words a keyed digest, of a file its digest, the rest as it is."""
    return {name: _fact(entry, name, form.fields[name], value, whose) for name, value in form.cleaned_data.items()}


def _fact(entry: Entry, name: str, field: forms.Field, value: Any, whose: str) -> Any:
    if isinstance(value, StoredFile):
        return {"file": value.pk, "digest": value.digest}
    if isinstance(value, Division):
        return value.code
    if isinstance(value, Party):
        return value.ref
    if isinstance(field, Words) and value:
        return keep(entry, name, value, whose=whose)
    return f"{value:.6f}" if isinstance(field, Degrees) else value


def _valid(parse: Callable[[str], T], text: str) -> T:
    try:
        return parse(text)
    except NotValid as wrong:
        raise invalid(wrong.text) from None


NO_FILE = Text("پرونده‌ای با این شناسه بارگذاری نشده است.", "No file of this identifier was uploaded.")
