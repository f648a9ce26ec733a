"""How much may be sent at once, at every door: asked before anything of it is read, and answered in a few words.

Whoever is not signed in has a form's worth; a complaint has room for its photos. A program's token is asked by the API
before it reads a body. What JSON may hold is asked as it is read (`site.readable`).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from pishkhan.complaints.filing import MOST_PHOTOS, PHOTO_BYTES
from pishkhan.files.services import LIMIT
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text
from pishkhan.limits.address import address_of
from pishkhan.limits.rates import HOUR, declare, spend
from pishkhan.people.access import PROGRAMS
from pishkhan.site import api
from pishkhan.site.pages.navigation import refused

from .receiving import waiting_for
from .text_sanitising import Unreadable, read_json

KB, MB = 2**10, 2**20
ADDRESS, HEADERS = 4 * KB, 16 * KB  # letters of path and query; of all headers together
FORM, ANONYMOUS_FORM = 2 * MB, 64 * KB  # bytes of a body that holds no files
FILES, ANONYMOUS_FILES = 5 * LIMIT + MB, MOST_PHOTOS * PHOTO_BYTES + MB
API, SIGNING_IN = "/api/", "/_allauth/"
AT_ONCE = 8  # threads of a process that wait for what one address sends
WITH_PHOTOS = ("/complaints/new/",)  # where somebody who is not signed in may send files
UPLOADS = declare(
    "anonymous-uploads",
    60,
    HOUR,
    Text("فرستادن پرونده بی ورود، از یک نشانی", "Files sent without signing in, from an address"),
)


class TooLarge(Refusal):
    """More was sent than anybody needs to send."""

    status = 413

    def __init__(self) -> None:
        super().__init__(Text("آنچه فرستاده‌اید بیش از اندازه بزرگ است.", "What you sent is too large."))


class TooLong(Refusal):
    """The address of a request is longer than any of ours."""

    status = 414

    def __init__(self) -> None:
        super().__init__(Text("نشانی بیش از اندازه بلند است.", "The address is too long."))


class TooManyHeaders(Refusal):
    """The headers of a request hold more than a browser sends."""

    status = 431

    def __init__(self) -> None:
        super().__init__(Text("سرآیندهای درخواست بیش از اندازه است.", "The headers of the request are too large."))


class NotJSON(Refusal):
    """What stands where JSON is read is none, or is too deep or too much."""

    status = 400

    def __init__(self) -> None:
        super().__init__(api.UNREADABLE)


class TooMany(Refusal):
    """Somebody sends more than one person would."""

    status = 429

    def __init__(self) -> None:
        super().__init__(api.TOO_MANY)


def bounded(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what is too much is refused before it is read."""

    def asked(request: HttpRequest) -> HttpResponse:
        refusal = _refusal(request)
        if refusal is None:
            return answer(request)
        if request.path.startswith(PROGRAMS):
            return api.refuse(request, refusal)
        return refused(request, refusal)

    return asked


def _refusal(request: HttpRequest) -> Refusal | None:
    if len(request.get_full_path()) > ADDRESS:
        return TooLong()
    if sum(len(value) for name, value in request.META.items() if name.startswith("HTTP_")) > HEADERS:
        return TooManyHeaders()
    size = _stated_size(request)
    if size <= 0:
        return None
    if waiting_for(address_of(request)) >= AT_ONCE:
        return TooMany()
    if request.content_type == "multipart/form-data":
        return _files(request, size)
    if size > FORM or (size > ANONYMOUS_FORM and not _may_be_somebody(request)):
        return TooLarge()
    return _signing_in(request) if request.path.startswith(SIGNING_IN) else None


def _files(request: HttpRequest, size: int) -> Refusal | None:
    if size <= ANONYMOUS_FORM or _may_be_somebody(request):
        return TooLarge() if size > FILES else None
    if request.path not in WITH_PHOTOS or size > ANONYMOUS_FILES:
        return TooLarge()
    return None if spend(UPLOADS, address_of(request)) else TooMany()


def _signing_in(request: HttpRequest) -> Refusal | None:
    """What the sign-in library would read as JSON without asking how much or how deep it is."""
    if request.content_type != "application/json":
        return None
    try:
        stated = read_json(request.body)
    except Unreadable:
        return NotJSON()
    return None if isinstance(stated, dict) else NotJSON()


def _may_be_somebody(request: HttpRequest) -> bool:
    """Whether somebody is signed in, or the API will ask whose token it is before it reads on."""
    if request.path.startswith(API) and request.headers.get("X-Session-Token"):
        return True
    return request.user.is_authenticated


def _stated_size(request: HttpRequest) -> int:
    """How many bytes the body is said to have: no more of it is ever read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
