"""Devices on which somebody signed in before: known by a signed cookie, so that strangers' guesses do not keep it out.

The cookie lets nobody in. It names an account, and is good until the password is changed or everybody is signed out.
"""

import hmac
import secrets
from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest, HttpResponse

from pishkhan.people.models import Account

COOKIE, SALT = "known_device", "pishkhan.people.sign_in.devices"
KEPT = 180 * 24 * 60 * 60  # seconds
STAMP = 24  # letters of the account's own hash that a device is bound to
Answering = Callable[[HttpRequest], HttpResponse]


def remember(request: HttpRequest, account: Account) -> None:
    """Let the device that sends a request be known as one on which an account signed in."""
    request._signed_in = account  # type: ignore[attr-defined]  # read below


def device_of(request: HttpRequest, account: Account | None) -> str:
    """By which name a device is known for an account; empty for one on which nobody signed in to it."""
    try:
        stated = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
        key, stamp, device = stated["account"], stated["stamp"], stated["device"]
    except (signing.BadSignature, KeyError, TypeError):
        return ""
    if account is None or key != account.pk or not hmac.compare_digest(stamp, _stamp(account)):
        return ""
    return str(device)


def known_devices(answer: Answering) -> Answering:
    """Middleware: whoever signed in by a request keeps a cookie that says so."""

    def asked(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        account: Account | None = getattr(request, "_signed_in", None)
        if account is not None:
            stated = {"account": account.pk, "stamp": _stamp(account), "device": secrets.token_hex(8)}
            response.set_cookie(
                COOKIE,
                signing.dumps(stated, salt=SALT),
                max_age=KEPT,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response

    return asked


def _stamp(account: Account) -> str:
    return account.get_session_auth_hash()[:STAMP]
