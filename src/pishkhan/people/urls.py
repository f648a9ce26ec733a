"""The addresses of sign-in, all of allauth's but those that would change people behind the back of acts."""

from typing import Any, NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path, re_path

# Signing up, e-mail addresses, phones and passwords by mail: a person is entered, and their account opened, by acts.
CLOSED = "auth/signup|auth/password|auth/email|auth/phone|auth/code|account/email|account/phone"


def closed(request: HttpRequest, **parts: Any) -> NoReturn:
    """There is nothing here."""
    raise Http404


urlpatterns = [
    re_path(rf"^(?:app|browser)/v1/(?:{CLOSED})(?:/.*)?$", closed),
    path("", include("allauth.headless.urls")),
]
