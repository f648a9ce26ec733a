"""What a request that only reads asks again and again, it asks the database once: who holds which role, what the law
says. Within an act, and in whatever may act, everything is asked anew: somebody may have changed it meanwhile."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from .locks import is_acting

T = TypeVar("T")
SAFE = ("GET", "HEAD")
_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Ask what `once` asks a first time only, until the end of the block."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(what: Hashable, ask: Callable[[], T]) -> T:
    """What `ask` answers: from before, if the same was asked already while reading and no act is under way."""
    known = _known.get()
    if known is None or is_acting():
        return ask()
    if what not in known:
        known[what] = ask()
    answer: T = known[what]
    return answer


def read_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: while a request is answered that changes nothing, what is known is not asked again."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return get_response(request)
        with reading():
            return get_response(request)

    return respond
