"""One's own second factor: what is on, an app, a list of codes, turning it off."""

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from pishkhan.language.text import Text
from pishkhan.people.models import Account
from pishkhan.people.sign_in.confirming import IdentityForm, account_of, confirm_identity
from pishkhan.people.sign_in.devices import remember
from pishkhan.people.sign_in.second_factor import has_second_factor
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import language

from .forms import AppForm
from .keys_shown import secret_of, show_key
from .refusals import OutOfDate
from .services import codes_left, has_app, make_list, step_shown, turn_off, turn_on_app

IS_OFF = Text("گام دوم خاموش شد.", "The second step is turned off.")


def second_factor(request: HttpRequest) -> HttpResponse:
    """Whether a second factor is on, and which."""
    account = account_of(request)
    return render(
        request,
        "accounts/second_factor.html",
        {"is_on": has_second_factor(account), "has_app": has_app(account), "left": codes_left(account)},
    )


@sensitive_post_parameters("password", "code", "one_time_code", "token")
def turn_on(request: HttpRequest) -> HttpResponse:
    """Turn an app on, or another in place of the one before."""
    account, codes = account_of(request), []
    form = AppForm(request.POST or None, account=account)
    if request.method == "POST" and done(form, lambda **data: codes.extend(_turned_on(request, **data))):
        return _codes_page(request, codes)
    try:
        key = show_key(account, request.POST.get("token", ""))
    except OutOfDate:
        key = show_key(account)
    form.initial["token"] = key.token
    if form.is_bound:
        form.data = {**request.POST.dict(), "token": key.token}
    picture = f"data:image/svg+xml;base64,{b64encode(key.picture.encode()).decode()}"
    return render(
        request,
        "accounts/second_factor_on.html",
        {"form": form, "secret": key.secret, "picture": picture, "replaces": has_second_factor(account)},
        status=422 if form.errors else 200,
    )


@sensitive_post_parameters("password", "one_time_code")
def list_of_codes(request: HttpRequest) -> HttpResponse:
    """Make a list of codes: shown this once, to be printed."""
    account, codes = account_of(request), []
    form = IdentityForm(request.POST or None, account=account)
    if request.method == "POST" and done(form, lambda **data: codes.extend(_listed(request, **data))):
        return _codes_page(request, codes)
    return render(
        request,
        "accounts/codes_make.html",
        {"form": form, "left": codes_left(account), "has_app": has_app(account)},
        status=422 if form.errors else 200,
    )


@sensitive_post_parameters("password", "one_time_code")
def turn_second_factor_off(request: HttpRequest) -> HttpResponse:
    """Turn the second factor off: by password and code."""
    form = IdentityForm(request.POST or None, account=account_of(request))
    if request.method == "POST" and done(form, lambda **data: _turned_off(request, **data)):
        messages.success(request, IS_OFF.to(language()))
        return redirect("mfa_index")
    return render(request, "accounts/second_factor_off.html", {"form": form}, status=422 if form.errors else 200)


def _turned_on(request: HttpRequest, *, token: str, code: str, **identity: str) -> list[str]:
    secret = secret_of(account_of(request), token)
    step = step_shown(secret, code)
    _confirm(request, **identity)
    codes = turn_on_app(account_of(request).person, secret=secret, step=step)
    _stay_signed_in(request)
    return codes


def _listed(request: HttpRequest, **identity: str) -> list[str]:
    _confirm(request, **identity)
    codes = make_list(account_of(request).person)
    _stay_signed_in(request)
    return codes


def _turned_off(request: HttpRequest, **identity: str) -> None:
    _confirm(request, **identity)
    turn_off(account_of(request).person)
    _stay_signed_in(request)


def _confirm(request: HttpRequest, *, password: str, one_time_code: str = "") -> None:
    confirm_identity(request, password=password, code=one_time_code)


def _stay_signed_in(request: HttpRequest) -> None:
    """Let every session be over but the one at which it was done."""
    account: Any = Account.objects.get(pk=account_of(request).pk)
    update_session_auth_hash(request, account)
    remember(request, account)


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "accounts/codes.html", {"codes": codes, "username": account_of(request).username})
