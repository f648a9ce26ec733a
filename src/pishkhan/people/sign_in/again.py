"""Signing in again for one act: whoever does it gives their password with it."""

from typing import cast

from django.http import HttpRequest

from pishkhan.journal.refusals import Invalid, NotPermitted
from pishkhan.language.text import Text
from pishkhan.people.models import Account

from .guessing import guess_of

WRONG = Text("گذرواژه درست نیست؛ چیزی ثبت نشد.", "The password is not right: nothing was done.")
BARRED = Text(
    "چند بار گذرواژهٔ نادرست داده شده است؛ چند دقیقهٔ دیگر دوباره بکوشید.",
    "Wrong passwords were given several times: try again in some minutes.",
)
NONE_SET = Text(
    "حساب شما گذرواژه ندارد: در صفحهٔ حساب یکی بگذارید، یا روی کاغذ امضا کنید.",
    "Your account has no password: set one on the page of your account, or sign on paper.",
)


def sign_in_again(request: HttpRequest, password: str) -> None:
    """Refuse unless the password is that of whoever is signed in. Wrong ones count as guesses at sign-in do."""
    account = cast("Account", request.user)
    if not account.has_usable_password():
        raise Invalid(NONE_SET, {"password": NONE_SET})
    guess = guess_of(request, account.get_username())
    if guess.is_barred():
        raise NotPermitted(BARRED)
    if not account.check_password(password):
        guess.was_wrong()
        raise Invalid(WRONG, {"password": WRONG})
