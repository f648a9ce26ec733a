"""Who a page is open to: said on the page itself. What leads there, and the table of pages, derive from it."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from pishkhan.journal.refusals import NotPermitted
from pishkhan.language.text import Text

from .roles import BY_NATURE, Role
from .web.request_context import asker

Page = Callable[..., HttpResponseBase]
PROGRAMS = ("/api/", "/_allauth/")  # they ask to sign in by themselves, in JSON
STAFF = tuple(role for role in Role if role not in (*BY_NATURE, Role.REPRESENTATIVE))
CLOSED = Text("این صفحه برای نقش شما باز نیست.", "This page is not open to your role.")

everybody = login_not_required


def open_to(*roles: str) -> Callable[[Page], Page]:
    """A page for who holds one of some roles today, anywhere; which rows they see there is another question."""

    def guarded(page: Page) -> Page:
        @wraps(page)
        def asked(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            if not roles_held(request) & set(roles):
                raise NotPermitted(CLOSED)
            return page(request, *args, **named)

        asked.open_to = roles  # type: ignore[attr-defined]  # read by may_open
        return asked

    return guarded


def roles_held(request: HttpRequest) -> set[str]:
    """The roles that whoever asks was assigned and holds today; read once for a request."""
    if not request.user.is_authenticated:
        return set()
    held: set[str] | None = getattr(request, "_roles_held", None)
    if held is None:
        held = {each.role for each in asker(request).assignments_today}
        request._roles_held = held  # type: ignore[attr-defined]
    return held


def may_open(page: Page, *, signed_in: bool, held: Collection[str]) -> bool:
    """Whether a page is open to somebody: what its declaration says."""
    if not getattr(page, "login_required", True):
        return True
    wanted = getattr(page, "open_to", None)
    return signed_in and (wanted is None or bool(set(wanted) & set(held)))


class SignInFirst(LoginRequiredMiddleware):
    """Every page asks to sign in, but those that say they are for everybody."""

    def process_view(self, request: HttpRequest, page: Page, args: Any, named: Any) -> Any:
        if request.path.startswith(PROGRAMS):
            return None
        return super().process_view(request, page, args, named)
