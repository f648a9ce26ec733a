"""What was typed into a form, an address or the API is read as it was meant, once, before anybody asks for it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from pishkhan.language.typed import typed, typed_code

AS_TYPED = "password"  # of whatever has this in its name every letter counts
Answering = Callable[[HttpRequest], HttpResponse]


class TypedInput:
    """Middleware: paths, queries and forms as they were meant. A form is read once its view is known and bounded."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.isascii():
            request.path_info = typed_code(request.path_info)
        request.GET = _as_meant(request.GET)  # type: ignore[assignment]  # frozen, as Django's own
        return self._answer(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        if request.method == "POST":
            request.POST = _as_meant(request.POST)  # type: ignore[assignment]


def meant(data: Any) -> Any:
    """Of what JSON states each text as it was meant, but for passwords."""
    if isinstance(data, dict):
        return {name: value if AS_TYPED in name else meant(value) for name, value in data.items()}
    if isinstance(data, list):
        return [meant(value) for value in data]
    return typed(data) if isinstance(data, str) else data


def _as_meant(fields: QueryDict) -> QueryDict:
    """The fields as they were meant; themselves, if nothing but ASCII stands in them."""
    if all(value.isascii() for _, values in fields.lists() for value in values):
        return fields
    plain = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        plain.setlist(name, values if AS_TYPED in name else [typed(value) for value in values])
    return plain
