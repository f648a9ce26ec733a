"""Choosing a password with a one-time code, and asking for one: for who is not signed in, by page and by program."""

from time import monotonic, sleep

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from pishkhan.language.text import Text
from pishkhan.limits.address import address_of
from pishkhan.limits.rates import HOUR, MINUTE, declare, spend
from pishkhan.people.access import everybody
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import language

from .forms import ChoosingForm, WantedForm, ask_the_same
from .refusals import TooManyTries
from .services import choose_password, want_code

WANTING = declare("codes-wanted-here", 10, HOUR, Text("خواستن کد، از یک نشانی", "Codes wanted from an address"))
TRYING = declare("codes-tried-here", 20, 10 * MINUTE, Text("آزمودن کد، از یک نشانی", "Codes tried from an address"))
EVENLY = 0.3  # seconds: longer than it takes to send a code, so that no answer tells by its haste that there is nobody
ON_ITS_WAY = Text(
    "اگر حسابی با این نام هست و شماره یا رایانامه‌ای برایش ثبت شده، کد یک‌بارمصرف در راه است. آن را اینجا بنویسید.",
    "If there is an account of that name, and a number or e-mail address on record for it, a one-time code is on its "
    "way. Write it here.",
)
CHOSEN = Text("گذرواژه ثبت شد و همه‌جا خارج شدید. وارد شوید.", "The password is set. Sign in with it.")


@everybody
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a code; and what to do where no message reaches one."""
    form = WantedForm(request.POST or None)
    if request.method == "POST" and done(form, lambda name: ask_for_code(request, name)):
        messages.success(request, ON_ITS_WAY.to(language()))
        return redirect("account_code")
    return render(request, "accounts/forgotten.html", {"form": form}, status=422 if form.errors else 200)


@everybody
@sensitive_post_parameters("password", "again", "code")
def by_code(request: HttpRequest) -> HttpResponse:
    """Choose a password with a code."""
    form = ChoosingForm(request.POST or None)
    if request.method == "POST" and done(form, lambda **data: _choose(request, **data)):
        messages.success(request, CHOSEN.to(language()))
        return redirect("account_login")
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


def ask_for_code(request: HttpRequest, name: str) -> None:
    """Ask for a code; as slow and as silent whether there is such an account or not."""
    if not spend(WANTING, address_of(request)):
        raise TooManyTries()
    began = monotonic()
    try:
        want_code(name)
    finally:
        sleep(max(0.0, EVENLY - (monotonic() - began)))


def try_code(request: HttpRequest, *, username: str, code: str, password: str) -> None:
    """Choose a password with a code, if not too many were tried from the same address."""
    if not spend(TRYING, address_of(request)):
        raise TooManyTries()
    choose_password(username, code, password)


def _choose(request: HttpRequest, *, again: str, **data: str) -> None:
    ask_the_same(data["password"], again)
    try_code(request, **data)
