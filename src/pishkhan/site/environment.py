"""What environment variables may say, beyond their type: whatever is malformed is refused when settings are read."""

import re
from collections.abc import Mapping
from typing import Any

from environs import ValidationError

RATE = re.compile(r"[1-9]\d{0,8}/([1-9]\d{0,4})?(s|sec|m|min|h|hour|d|day)")
LAST_PORT = 65535


def a_rate(text: str) -> None:
    """Requests in a time, such as 10/s or 30/5min."""
    if not RATE.fullmatch(text):
        raise ValidationError(f"A rate is a number in a time, such as 10/s, 30/m or 100/h, not {text!r}.")


def headers(told: Any) -> None:
    """Headers of HTTP: a JSON object of texts, each on one line."""
    if not isinstance(told, Mapping) or not all(
            isinstance(part, str) and part.isprintable() for pair in told.items() for part in pair):
        raise ValidationError('Headers are a JSON object of texts, such as {"X-Key": "…"}.')


def a_port(number: int) -> None:
    """A port, or 0 for that of the service."""
    if not 0 <= number <= LAST_PORT:
        raise ValidationError(f"A port lies between 0 and {LAST_PORT}.")

