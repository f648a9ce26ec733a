"""What fields say of wrong input: sentences of the house, in the place of those that come with Django.

Django's own are informal in places and wrong in others («به طور کامل یک عدد وارد کنید»). They are replaced once, at
start, for every field there is or will be; a test sends every form wrong and looks for a sentence that is not ours.
"""

from typing import Any

from django import forms
from django.core import validators

from .form_fields import said

NO_CHOICE = said(
    "این گزینه در فهرست نیست؛ یکی از گزینه‌های فهرست را برگزینید.", "That is not in the list: choose from the list."
)
NO_NUMBER = said("عدد درست نیست؛ عدد را مانند ۲۵۰۰۰۰ بنویسید.", "Not a whole number: write one like 250000.")
NO_FILE = said("پرونده‌ای نرسید؛ پرونده را دوباره برگزینید.", "No file arrived: choose it again.")
NO_ADDRESS = said(
    "نشانی اینترنتی درست نیست: مانند https://example.ir.", "Not a web address: one like https://example.ir."
)
MESSAGES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": said("این را بنویسید یا برگزینید؛ خالی نمی‌ماند.", "Fill this in: it cannot stay empty.")},
    forms.IntegerField: {"invalid": NO_NUMBER},
    forms.FloatField: {
        "invalid": said("عدد درست نیست؛ عدد را مانند ۳۳٫۴۸ بنویسید.", "Not a number: write one like 33.48.")
    },
    forms.ChoiceField: {"invalid_choice": NO_CHOICE},
    forms.MultipleChoiceField: {"invalid_choice": NO_CHOICE, "invalid_list": NO_CHOICE},
    forms.ModelChoiceField: {"invalid_choice": NO_CHOICE},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": NO_CHOICE,
        "invalid_list": NO_CHOICE,
        "invalid_pk_value": NO_CHOICE,
    },
    forms.FileField: {
        "invalid": NO_FILE,
        "missing": NO_FILE,
        "empty": said("پرونده خالی است.", "The file is empty."),
        "max_length": said("نام پرونده بلندتر از %(max)d حرف است.", "The file's name is longer than %(max)d letters."),
        "contradiction": said("یا پرونده بفرستید یا آن را بردارید.", "Either send a file or take it away."),
    },
    forms.URLField: {"invalid": NO_ADDRESS},
}
NO_SLUG = said(
    "تنها حرف لاتین، رقم، خط تیره و زیرخط بنویسید.", "Write Latin letters, digits, hyphens and underscores alone."
)
VALIDATORS: dict[type[Any], Any] = {
    validators.BaseValidator: said("باید %(limit_value)s باشد.", "It has to be %(limit_value)s."),
    validators.MinValueValidator: said("کم‌ترین اندازه %(limit_value)s است.", "The least is %(limit_value)s."),
    validators.MaxValueValidator: said("بیش‌ترین اندازه %(limit_value)s است.", "The most is %(limit_value)s."),
    validators.MinLengthValidator: said(
        "دست‌کم %(limit_value)d حرف لازم است؛ %(show_value)d حرف نوشته‌اید.",
        "At least %(limit_value)d letters are needed; you wrote %(show_value)d.",
    ),
    validators.MaxLengthValidator: said(
        "بیش از %(limit_value)d حرف جا نیست؛ %(show_value)d حرف نوشته‌اید.",
        "There is room for %(limit_value)d letters; you wrote %(show_value)d.",
    ),
    validators.RegexValidator: said("به شکل درست نوشته نشده است.", "It is not written in the right form."),
    validators.URLValidator: NO_ADDRESS,
    validators.EmailValidator: said(
        "رایانامه درست نیست: مانند name@example.ir.", "Not an e-mail address: one like name@example.ir."
    ),
    validators.FileExtensionValidator: said(
        "پرونده از گونهٔ %(extension)s پذیرفته نمی‌شود؛ بفرستید: %(allowed_extensions)s.",
        "A file of type %(extension)s is not taken; send one of: %(allowed_extensions)s.",
    ),
    validators.ProhibitNullCharactersValidator: said("نویسه‌ای ناخوانا در آن است.", "A character in it cannot be read."),
}


def replace_messages() -> None:
    """Let every field speak with the house's sentences."""
    for field, messages in MESSAGES.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
    for validator, message in VALIDATORS.items():
        validator.message = message
    validators.validate_slug.message = NO_SLUG  # it has one of its own
