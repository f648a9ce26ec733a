"""Text that can be stored: PostgreSQL stores no NUL, and nothing writes half of a character. Nobody types either."""

import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError
from ninja.parser import Parser

from .typed_input import meant

# Of what JSON states: the report of a visit with its signatures is the largest.
DEPTH, KEYS, VALUES, LETTERS, NAME = 16, 200, 25_000, 20_000, 100
Answering = Callable[[HttpRequest], HttpResponse]


def is_storable(text: str) -> bool:
    """Whether a text holds neither a NUL nor a lone surrogate."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


class Unreadable(ValueError):
    """It is no JSON, or holds more, or goes deeper, than anything we read."""


def read_json(body: bytes) -> Any:
    """What JSON states; Unreadable if it is none, if there is too much of it, or if it cannot be stored."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable from None
    _ask_how_much(data)
    return data


def _ask_how_much(data: Any) -> None:
    """Refuse what is too deep, too wide or too long, and texts that cannot be stored; without recursion."""
    left, seen = [(data, 1)], 0
    while left:
        value, depth = left.pop()
        seen += 1
        if depth > DEPTH or seen > VALUES:
            raise Unreadable
        if isinstance(value, str) and (len(value) > LETTERS or not is_storable(value)):
            raise Unreadable
        if isinstance(value, dict):
            if len(value) > KEYS or not all(len(name) <= NAME and is_storable(name) for name in value):
                raise Unreadable
            left.extend((part, depth + 1) for part in value.values())
        elif isinstance(value, list):
            left.extend((part, depth + 1) for part in value)


class StorableJSON(Parser):
    """Bodies in JSON, their texts as they were meant; one with a text that cannot be stored cannot be read."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return meant(read_json(request.body))
        except Unreadable:
            raise HttpError(400, "unreadable") from None


def storable_addresses(answer: Answering) -> Answering:
    """Middleware: an address whose path or query holds what cannot be stored is a bad request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not all(map(is_storable, (request.path, *request.GET, *request.GET.dict().values()))):
            raise BadRequest
        return answer(request)

    return middleware
