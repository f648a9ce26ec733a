"""Text that can be stored: PostgreSQL stores no NUL, and nothing writes half of a character. Nobody types either."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError
from ninja.parser import Parser

Answering = Callable[[HttpRequest], HttpResponse]


def is_storable(text: str) -> bool:
    """Whether a text holds neither a NUL nor a lone surrogate."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def texts_of(told: Any) -> Iterable[str]:
    """Every text in what JSON told, names of fields too."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for name, value in told.items():
            yield name
            yield from texts_of(value)
    elif isinstance(told, list):
        for value in told:
            yield from texts_of(value)


class StorableJSON(Parser):
    """Bodies in JSON; one with a text that cannot be stored is one that cannot be read."""

    def parse_body(self, request: HttpRequest) -> Any:
        told = json.loads(request.body)
        if not all(map(is_storable, texts_of(told))):
            raise HttpError(400, "unreadable")
        return told


def storable_addresses(answer: Answering) -> Answering:
    """Middleware: an address whose path or query holds what cannot be stored is a bad request."""
    def asked(request: HttpRequest) -> HttpResponse:
        if not all(map(is_storable, (request.path, *request.GET, *request.GET.dict().values()))):
            raise BadRequest
        return answer(request)
    return asked
