"""The same form posted twice makes one record: by a key that came with the form, kept in the transaction of the act.

A form carries a key in a hidden field. All tabs of a browser carry the same one until something was posted under it,
so that two clicks, a reload, two tabs and a network that tries again are one posting; another text under the same key
is another. A program says `Idempotency-Key`, and what it sends again under it must be the same.
"""

import re
import secrets
import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from pishkhan.journal.erasure.erasable_text import keyed
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.refusals import Invalid, Refusal
from pishkhan.language.text import Text

from .models import Posted

FIELD, COOKIE, HEADER = "form_key", "form_key", "Idempotency-Key"
KEPT = 7 * 24 * 60 * 60  # seconds for which a posting is remembered
KEY = re.compile(r"[A-Za-z0-9_-]{22}")  # of a form
STATED = re.compile(r"[\x21-\x7e]{16,200}")  # by a program
APART = (
    "csrfmiddlewaretoken",
    "altcha",
    "website",
    "password",
    "one_time_code",
    FIELD,
)  # what says nothing of what was stated

Row = TypeVar("Row", bound=Model)
Answering = Callable[[HttpRequest], HttpResponse]


class IllWritten(Invalid):
    """The key of a request is too short to be one's own, or no key."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            Text(
                "سرآیند Idempotency-Key باید ۱۶ تا ۲۰۰ نویسهٔ لاتین باشد، مانند یک UUID.",
                "Idempotency-Key is 16 to 200 Latin characters, a UUID for instance.",
            )
        )


class KeyIsUsed(Refusal):
    """Something else was sent under the same key."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "با این Idempotency-Key پیش‌تر چیز دیگری فرستاده‌اید.",
                "You sent something else under this Idempotency-Key before.",
            )
        )


class Posting(NamedTuple):
    """One posting: whose, under which key, of what."""

    key: str
    content: str


def posting_of(request: HttpRequest, door: str, who: str = "") -> Posting | None:
    """The posting that a form makes at a door; None if it came without a key, and may make another record."""
    key = request.POST.get(FIELD, "")
    if not KEY.fullmatch(key):
        return None
    request._posted_under = key  # type: ignore[attr-defined]  # read by FormKeys
    return Posting(keyed("posting", "\0".join([door, who, key, content := _content_of(request)])), content)


def request_of(request: HttpRequest, door: str, who: str = "") -> Posting | None:
    """The posting that a program makes at a door; None if it states no key."""
    given = request.headers.get(HEADER)
    if given is None:
        return None
    if not STATED.fullmatch(given):
        raise IllWritten()
    body = sha256()
    if request.FILES:
        body.update(_content_of(request).encode())
    else:
        body.update(request.body)
    return Posting(keyed("posting", "\0".join([door, who, "api", given])), keyed("posted", body.hexdigest()))


@retried
def once(posting: Posting | None, deed: Callable[[], Row], rows: "QuerySet[Row]") -> Row:
    """Do a deed once for a posting, and return the row it made, now or before; `rows` are those it makes."""
    if posting is None:
        return deed()
    with one_transaction():
        kept, is_first = Posted.objects.get_or_create(
            key=posting.key, defaults={"content": posting.content, "ends": int(time.time()) + KEPT}
        )
        if is_first:
            row = deed()
            kept.led_to = str(row.pk)
            kept.save(force_update=True)
            return row
    if kept.content != posting.content:
        raise KeyIsUsed()
    return rows.get(pk=kept.led_to)


def form_key(request: HttpRequest) -> str:
    """The key that a form on the page at hand carries."""
    key: str | None = getattr(request, "_form_key", None)
    if key is None:
        cookie = request.COOKIES.get(COOKIE, "")
        key = cookie if KEY.fullmatch(cookie) else secrets.token_urlsafe(16)
        request._form_key = key  # type: ignore[attr-defined]
    return key


def form_keys(answer: Answering) -> Answering:
    """Middleware: lets all tabs of a browser carry one key, and a new one once something was posted under it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        posted, carried = getattr(request, "_posted_under", None), getattr(request, "_form_key", None)
        if posted and response.status_code == 302:  # done: the next form is another
            carried = secrets.token_urlsafe(16)
        if carried and carried != request.COOKIES.get(COOKIE):
            response.set_cookie(COOKIE, carried, httponly=True, samesite="Lax", secure=request.is_secure())
        return response

    return middleware


def _content_of(request: HttpRequest) -> str:
    """A keyed digest of what a form states, its files included."""
    digest = sha256()
    for name in sorted(set(request.POST) - set(APART)):
        for value in request.POST.getlist(name):
            digest.update(repr((name, value)).encode("utf-8", "surrogatepass"))
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(repr((name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return keyed("posted", digest.hexdigest())
