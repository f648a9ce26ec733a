"""Confirming that it is really oneself, before an act that nobody else may do at an open screen.

A form that asks it has the fields of `IdentityForm`; the page calls `confirm_identity`, then the act:

    form = SignForm(request.POST or None, account=account_of(request))          # class SignForm(IdentityForm)
    done(form, lambda password, one_time_code="", **data: (
        confirm_identity(request, password=password, code=one_time_code), sign(minutes, by=asker(request), **data)))

Never within an act: what is wrong must stay counted when the act is given up.
"""

from typing import Any, cast

from django import forms
from django.http import HttpRequest

from pishkhan.people.models import Account
from pishkhan.people.refusals import NoPassword, NotConfirmed, TooManyCodes
from pishkhan.people.web.form_fields import ltr, said

from .guessing import guess_of
from .second_factor import has_second_factor, use_code


class IdentityForm(forms.Form):
    """The password once more, and a code from who has a second factor."""

    password = forms.CharField(
        max_length=128,
        label=said("گذرواژهٔ شما", "Your password"),
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "current-password"}),
    )
    one_time_code = forms.CharField(
        max_length=40,
        label=said("رمز گام دوم", "Code of the second step"),
        help_text=said("از برنامهٔ تأیید یا فهرست رمزها", "From your authenticator app, or from your list of codes"),
        widget=ltr(inputmode="numeric", autocomplete="one-time-code"),
    )

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_second_factor(account):
            del self.fields["one_time_code"]


def account_of(request: HttpRequest) -> Account:
    """The account that is signed in. Only behind a page that asks to sign in."""
    return cast("Account", request.user)


def confirm_identity(request: HttpRequest, *, password: str, code: str = "") -> None:
    """Refuse unless whoever asks gives their password, and a code of their second factor if they have one.

    Wrong ones are counted as those of signing in are, so nobody guesses faster here.
    """
    account = account_of(request)
    if not account.has_usable_password():
        raise NoPassword()
    guess = guess_of(request, account.username)
    if guess.is_barred():
        raise TooManyCodes()
    if not account.check_password(password):
        guess.was_wrong()
        raise NotConfirmed("password")
    if guess.is_barred():  # while this one was looked at, so many others were wrong
        raise TooManyCodes()
    if has_second_factor(account) and use_code(account, code) is None:
        raise NotConfirmed("one_time_code")
