"""Looking something up by a code that only those know who were told it: wrong codes are counted, and right ones wait.

Who knows the code is never counted, and so nothing is written for them. While nobody can write to the database, wrong
codes go uncounted for that while: whoever only reads does not wait for it.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from django.db import OperationalError
from django.http import HttpRequest

from pishkhan.journal.refusals import Invalid, Missing, Refusal
from pishkhan.language.text import Text

from .address import address_of
from .rates import is_spent, spend

Found = TypeVar("Found")


class TooManyLookups(Refusal):
    """Somebody asks for more codes than one person would."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            Text(
                "درخواست‌ها بیش از اندازه است؛ چند دقیقهٔ دیگر دوباره بکوشید.",
                "Too many requests: try again in some minutes.",
            )
        )


def by_code(rate: str, request: HttpRequest, find: Callable[[], Found]) -> Found:
    """What is found by a code; TooManyLookups once too many that were asked for from an address were none."""
    address = address_of(request)
    if is_spent(rate, address):
        raise TooManyLookups()
    try:
        return find()
    except (Missing, Invalid):
        with suppress(OperationalError):
            spend(rate, address)
        raise


def ask(rate: str, request: HttpRequest) -> None:
    """Count a look-up of what anybody may know; TooManyLookups once there were too many from an address."""
    with suppress(OperationalError):
        if not spend(rate, address_of(request)):
            raise TooManyLookups()
