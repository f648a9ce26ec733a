"""What environment variables may say, beyond their type: whatever is malformed is refused when settings are read."""

import os
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import ValidationError

from pishkhan.site.command_line.arguments import LAST_PORT

TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")  # the name of a header (RFC 9110, 5.6.2)
LEAST_SECRET = 32  # characters
RATE = re.compile(r"[1-9]\d{0,8}/([1-9]\d{0,4})?(s|sec|m|min|h|hour|d|day)")


def said(name: str, default: str = "") -> str:
    """What a variable says; one that is empty or blank says nothing, as a line that a file of them still holds."""
    return os.environ.get(name, "").strip() or default


def a_rate(text: str) -> None:
    """Requests in a time, such as 10/s or 30/5min."""
    if not RATE.fullmatch(text):
        raise ValidationError(f"A rate is a number in a time, such as 10/s, 30/m or 100/h, not {text!r}.")


def headers(told: Any) -> None:
    """Headers of HTTP: a JSON object of texts, each on one line."""
    if not isinstance(told, Mapping) or not all(
        TOKEN.fullmatch(name) and isinstance(value, str) and value.isascii() and value.isprintable()
        for name, value in told.items()
    ):
        raise ValidationError('Headers are a JSON object of Latin texts, such as {"X-Key": "…"}.')


def a_port(number: int) -> None:
    """A port, or 0 for that of the service."""
    if not 0 <= number <= LAST_PORT:
        raise ValidationError(f"A port lies between 0 and {LAST_PORT}.")


def a_size(number: int) -> None:
    """Megabytes."""
    if number < 0:
        raise ValidationError("It is a number of megabytes, 0 or more.")


def a_secret(text: str) -> None:
    """What sessions are signed with: whoever guesses it signs in as anybody."""
    if text and len(text) < LEAST_SECRET:
        raise ValidationError(f"A secret has {LEAST_SECRET} characters or more, such as 'openssl rand -hex 32' prints.")


def style_on(origin: str, address: str) -> str:
    """The address of a map's style, which lies on this host: browsers are told to ask no other."""
    path = address.removeprefix(origin)
    if address and (not path.startswith("/") or path.startswith(("//", "/\\"))):
        raise ImproperlyConfigured(
            f"PISHKHAN_MAP_STYLE lies on this host: write its path, such as /tiles/style.json, not {address!r}."
        )
    return address
