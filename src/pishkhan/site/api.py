"""The JSON API: each app's routes in one place, and one shape for every refusal."""

import json
import logging
from typing import Any

from allauth.headless.contrib.ninja.security import XSessionTokenAuth
from django.conf import settings
from django.core.cache import caches
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder
from ninja.security.session import SessionAuth
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

from pishkhan.accounts.api import router as accounts
from pishkhan.accounts.second_factor.api import router as second_factor
from pishkhan.casework.api import router as cases
from pishkhan.casework.lists.tracking import router as tracking
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.complaints.api import router as complaints
from pishkhan.enforcement.api import router as violations
from pishkhan.exchange.api import router as exchange
from pishkhan.inspections.checklists.api import router as checklists
from pishkhan.inspections.field.api import router as field
from pishkhan.inspections.visits.api import router as visits
from pishkhan.inspections.visits.following_api import router as following
from pishkhan.journal.refusals import Invalid, Missing, Refusal
from pishkhan.journal.storage import refusal_of
from pishkhan.language.text import Text
from pishkhan.licensing.calls.api import router as licensing
from pishkhan.licensing.licences.api import router as matters
from pishkhan.limits.address import address_of
from pishkhan.measures.api import router as measures
from pishkhan.meetings.api import router as meetings
from pishkhan.meetings.bodies.api import router as bodies
from pishkhan.notices.api import router as notices
from pishkhan.offices.api import router as offices
from pishkhan.offices.undertakings.api import router as undertakings
from pishkhan.payments.api import router as payments
from pishkhan.people.api import router as people
from pishkhan.people.appointments.api import router as appointments
from pishkhan.people.listing.api import router as lists
from pishkhan.people.web.request_context import language
from pishkhan.rounds.api import router as rounds

from .item_files.api import router as item_files
from .law.api import router as law
from .middleware.second_factor import ask_second_factor
from .middleware.text_sanitising import StorableJSON
from .pages.joining import router as joining
from .provinces.api import router as provinces


class PersianJSON(BaseRenderer):
    """JSON in UTF-8, with Persian as Persian."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return json.dumps(data, cls=NinjaJSONEncoder, ensure_ascii=False).encode()


class PerAddress(AnonRateThrottle):
    """Counted in the memory of a process: against floods, so that no request waits for a write."""

    cache = caches["process"]

    def get_ident(self, request: HttpRequest) -> str:
        return address_of(request)


class PerPerson(AuthRateThrottle):
    """Counted as `PerAddress` is."""

    cache = caches["process"]

    def get_ident(self, request: HttpRequest) -> str:
        return address_of(request)


class SessionToken(XSessionTokenAuth):  # type: ignore[misc]  # allauth is not typed
    """The token that signing in gives a program, sent in a header of its own."""

    openapi_in, openapi_name = "header", "X-Session-Token"

    def __call__(self, request: HttpRequest) -> Any:
        """Whose token it is, who asks from now on; None if it is nobody's."""
        if user := super().__call__(request):
            request.user = user
            ask_second_factor(request)
        return user


class SessionCookie(SessionAuth):
    """A browser's session; whoever has none is asked to sign in before anything is said of a missing CSRF token."""

    def _get_key(self, request: HttpRequest) -> str | None:
        return super()._get_key(request) if request.user.is_authenticated else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Who is signed in; refused to who needs a second factor first."""
        if user := super().authenticate(request, key):
            ask_second_factor(request)
        return user


api = NinjaAPI(
    title="Pishkhan",
    version="1",
    renderer=PersianJSON(),
    parser=StorableJSON(),
    docs_url=None,
    auth=[SessionToken(), SessionCookie()],
    throttle=[PerAddress(settings.ANONYMOUS_RATE), PerPerson(settings.SIGNED_IN_RATE)],
)
for prefix, router in (
    ("/cases", cases),
    ("/track", tracking),
    ("/licensing", licensing),
    ("/visits", following),
    ("/visits", visits),
    ("/field", field),
    ("/checklists", checklists),
    ("/bodies", bodies),
    ("/meetings", meetings),
    ("/meetings", item_files),
    ("/offices", offices),
    ("/notices", notices),
    ("/payments", payments),
    ("/exchange", exchange),
    ("/matters", matters),
    ("/rounds", rounds),
    ("/lists", lists),
    ("/undertakings", undertakings),
    ("/complaints", complaints),
    ("/violations", violations),
    ("", people),
    ("", appointments),
    ("", accounts),
    ("", second_factor),
    ("", joining),
    ("", law),
    ("", provinces),
    ("", measures),
):
    api.add_router(prefix, router)

MOST_ERRORS, NAME, SENTENCE = 50, 100, 300  # said of one request: fields, letters of each, and of what is wrong
SIGN_IN = Text("برای این کار باید وارد شوید.", "Sign in to do this.")
UNREADABLE = Text("درخواست خوانا نیست.", "The request cannot be read.")
NO_TOKEN = Text(
    "درخواست از صفحهٔ این سامانه نیامده است (نشانهٔ CSRF نیست). صفحه را تازه کنید.",
    "The request did not come from a page of ours (its CSRF token is missing). Load the page again.",
)
ILL_FORMED = Text(
    "آنچه فرستاده‌اید به شکلی که این نشانی می‌خواهد نیست.", "What you sent is not of the form that this address takes."
)
TOO_MANY = Text("درخواست‌ها بیش از اندازه است؛ کمی بعد دوباره بفرستید.", "Too many requests: try again in a moment.")

log = logging.getLogger(__name__)
BROKEN = Text(
    "خطایی در سامانه رخ داد؛ چیزی ثبت نشد. کمی بعد دوباره بفرستید.",
    "Something failed on our side and nothing was written. Try again in a moment.",
)


def _refused(request: HttpRequest, status: int, text: Text, **more: Any) -> HttpResponse:
    return api.create_response(request, {"refusal": text.to(language()), **more}, status=status)


@api.exception_handler(Refusal)
def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    more: dict[str, Any] = {}
    if isinstance(refusal, Invalid):
        more["fields"] = {
            name[:NAME]: text.to(language())[:SENTENCE] for name, text in list(refusal.fields.items())[:MOST_ERRORS]
        }
    if isinstance(refusal, RulesUnmet):
        more["rules"] = [
            {
                "name": rule.name,
                "sentence": rule.sentence.to(language()),
                "article": where.to(language()),
                "binds": True,
            }
            for rule, where in zip(refusal.rules, refusal.cited, strict=True)
        ]
    return _refused(request, refusal.status, refusal.text, **more)


@api.exception_handler(Error)
@api.exception_handler(OSError)
def say_the_disk_refuses(request: HttpRequest, error: Exception) -> HttpResponse:
    refusal = refusal_of(error)
    if refusal is None:
        raise error
    log.error("%s %s: %s (%s)", request.method, request.path, refusal.text.en, error)
    return refuse(request, refusal)


@api.exception_handler(AuthenticationError)
def ask_to_sign_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _refused(request, 401, SIGN_IN)


@api.exception_handler(ValidationError)
def say_what_is_ill_formed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {
        ".".join(str(part) for part in detail["loc"])[:NAME]: detail["msg"][:SENTENCE]
        for detail in error.errors[:MOST_ERRORS]
    }
    return _refused(request, 422, ILL_FORMED, fields=fields)


@api.exception_handler(Http404)
def say_it_is_not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return _refused(request, 404, Missing().text)


@api.exception_handler(Throttled)
def slow_down(request: HttpRequest, error: Throttled) -> HttpResponse:
    return _refused(request, 429, TOO_MANY)


@api.exception_handler(HttpError)
def say_it_cannot_be_read(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refused(request, error.status_code, NO_TOKEN if error.status_code == 403 else UNREADABLE)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refused(request, 404, Missing().text)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refused(request, 400, UNREADABLE)


def broken(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """A defect of ours: said so, without a word of what went wrong; or that the disk or database refused."""
    return refuse(request, refusal) if refusal else _refused(request, 500, BROKEN)
