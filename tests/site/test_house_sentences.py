"""Whatever a form says of wrong input is a sentence of the house, in both languages, and none of Django's."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import override

from pishkhan.people.web import form_messages

LATIN = re.compile(r"[A-Za-z]{3,}")
EXAMPLES = re.compile(r"https://\S+|\S+@\S+|CSV|XLSX|PDF|JPEG|PNG|ICT|Idempotency-Key|UTF-8")
WRONG = ("", "\u202eنه\u200b", "x" * 40_000, "-1", "99999999999999999999", "۱۴۰۱/۱۳/۴۵", "a..b@c", "12,34")


def forms_of(kind=forms.BaseForm):
    for form in kind.__subclasses__():
        if form.__module__.startswith("pishkhan"):
            yield form
        yield from forms_of(form)


def fields():
    rows = {
        (form.__module__, form.__qualname__, name): field
        for form in forms_of()
        for name, field in getattr(form, "base_fields", {}).items()
    }
    return [pytest.param(field, id=".".join(key)) for key, field in sorted(rows.items())]


@pytest.fixture
def framework(monkeypatch):
    """Whatever Django itself would say is marked."""
    monkeypatch.setattr(translation._trans, "gettext", lambda text: f"DJANGO {text}" if text else "")
    monkeypatch.setattr(translation._trans, "ngettext", lambda one, many, count: f"DJANGO {many}")


def test_a_sentence_of_the_framework_would_be_seen(framework):
    with pytest.raises(forms.ValidationError) as refused:
        forms.DurationField().clean("x")
    assert "DJANGO" in refused.value.messages[0]


@pytest.mark.django_db
@pytest.mark.parametrize("field", fields())
def test_every_field_speaks_as_the_house_does(field, framework):
    sentences = set()
    file = isinstance(field, forms.FileField)
    for wrong in [None, SimpleUploadedFile("x" * 300, b""), "no file"] if file else [None, *WRONG, [*WRONG]]:
        for language in ("fa", "en"):
            with override(language):
                try:
                    field.clean(wrong)
                except forms.ValidationError as refused:
                    sentences |= {(language, str(message)) for message in refused.messages}
    for language, sentence in sentences:
        assert "DJANGO" not in sentence
        if language == "fa":
            assert not LATIN.search(EXAMPLES.sub("", sentence.replace("x" * 20, ""))), sentence


def test_no_message_of_a_field_or_validator_is_left_to_the_framework():
    """Those that no form uses now are replaced as well."""
    assert {"required"} <= set(form_messages.MESSAGES[forms.Field])
    with translation.override("fa"):
        for messages in form_messages.MESSAGES.values():
            assert all(re.search("[؀-ۿ]", str(message)) for message in messages.values())
