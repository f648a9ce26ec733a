"""The addresses of sign-in, all of allauth's but those that would change people behind the back of acts."""

from typing import Any, NoReturn

from django.http import Http404, HttpRequest
from django.urls import URLPattern, include, path, re_path

from .sign_in.code_forms import CodeAgainView, SignInCodeView

# Signing up, e-mail addresses, phones and passwords by mail: a person is entered, and their account opened, by acts.
# So is what turns a second factor on and off: an act, at /api/me/second-factor.
CLOSED = (
    "auth/signup|auth/password|auth/email|auth/phone|auth/code|account/email|account/phone|"
    "account/authenticators/totp|account/authenticators/recovery-codes"
)


def closed(request: HttpRequest, **parts: Any) -> NoReturn:
    """There is nothing here."""
    raise Http404


def codes(client: str) -> list[URLPattern]:
    """Where codes of the second factor are given: before allauth's own, which would take one twice."""
    return [
        path(f"{client}/v1/auth/2fa/authenticate", SignInCodeView.as_api_view(client=client)),
        path(f"{client}/v1/auth/2fa/reauthenticate", CodeAgainView.as_api_view(client=client)),
    ]


urlpatterns = [
    *codes("app"),
    *codes("browser"),
    re_path(rf"^(?:app|browser)/v1/(?:{CLOSED})(?:/.*)?$", closed),
    path("", include("allauth.headless.urls")),
]
