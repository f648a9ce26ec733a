"""What a browser or a proxy may keep of an answer: nothing, unless everybody may see it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from pishkhan.people.access import PROGRAMS, may_open

PRIVATE = "private, no-store"
SAFE = ("GET", "HEAD")
LASTING = (200, 304)  # the answers that may be kept; a refusal or a way elsewhere is of the moment


class PrivateByDefault:
    """Middleware: an answer is private and not to be kept, but a public page that somebody unknown reads.

    What says `public` by itself, or forbids keeping already, stays as it is. Static files are served before it.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._answer(request)
        told = response.headers.get("Cache-Control", "")
        if "no-store" not in told and not (_may_last(request, response) and ("public" in told or _is_public(request))):
            response.headers["Cache-Control"] = PRIVATE
        return response


def _may_last(request: HttpRequest, response: HttpResponseBase) -> bool:
    return request.method in SAFE and response.status_code in LASTING


def _is_public(request: HttpRequest) -> bool:
    """Whether a page says that it is for everybody, and whoever asked is not signed in."""
    if request.resolver_match is None or request.path.startswith(PROGRAMS):
        return False
    user = getattr(request, "user", None)
    return may_open(request.resolver_match.func, signed_in=False, held=()) and (
        user is None or not user.is_authenticated
    )
