"""What people state about accounts on pages. What is right, the services judge."""

from typing import Any

from django import forms

from pishkhan.language.text import Text
from pishkhan.people.web.form_fields import ltr, said

from . import refusals
from .models import PURPOSES, WAYS, Purpose, Way

WAYS_OFFERED = (Way.SMS, Way.EMAIL, Way.LETTER)


class WayForm(forms.Form):
    """How a code goes to the holder."""

    way = forms.ChoiceField(label=said("کد چگونه برسد", "How the code goes"))

    def __init__(self, *args: Any, ways: tuple[Way, ...] = WAYS_OFFERED, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["way"]
        field.choices = [(way.value, said(*WAYS[way])) for way in ways]


class OpeningForm(WayForm):
    """Under which name somebody will sign in, and how their code goes to them."""

    username = forms.CharField(
        max_length=60,
        label=said("نام کاربری", "Username"),
        widget=ltr(),
        help_text=said("حروف و رقم لاتین", "Latin letters and digits"),
    )

    field_order = ("username", "way")


class LetterForm(forms.Form):
    """Whose account a letter is for, and what it lets them do."""

    username = forms.CharField(max_length=60, label=said("نام کاربری", "Username"), widget=ltr())
    purpose = forms.ChoiceField(
        label=said("برای", "For"),
        choices=lambda: [(purpose.value, said(*PURPOSES[purpose])) for purpose in (Purpose.PASSWORD, Purpose.FACTOR)],
    )


class WantedForm(forms.Form):
    """Whose password is forgotten."""

    name = forms.CharField(
        max_length=60,
        label=said("نام کاربری یا کد ملی", "Username or national id"),
        widget=ltr(autocomplete="username"),
    )


class ChoosingForm(forms.Form):
    """A name, the code for it, and the password that one chooses, twice."""

    username = forms.CharField(max_length=60, label=said("نام کاربری", "Username"), widget=ltr(autocomplete="username"))
    code = forms.CharField(
        max_length=40,
        label=said("کد یک‌بارمصرف", "One-time code"),
        help_text=said(
            "هشت رقم پیام، یا هر دو نیمهٔ نامه پشت سر هم",
            "The eight digits of the message, or both halves of the letter",
        ),
        widget=ltr(autocomplete="one-time-code"),
    )
    password = forms.CharField(
        max_length=128,
        label=said("گذرواژهٔ نو", "New password"),
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"}),
    )
    again = forms.CharField(
        max_length=128,
        label=said("گذرواژهٔ نو، دوباره", "New password again"),
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"}),
    )


def ask_the_same(password: str, again: str) -> None:
    """Refuse a password that is written in two ways."""
    if password != again:
        raise refusals.NotTheSame()


SENT = Text("کد فرستاده می‌شود.", "The code is on its way.")
