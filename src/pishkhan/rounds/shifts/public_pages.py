"""An inspector's calendar, for whoever has its secret address."""

from django.http import HttpRequest, HttpResponse

from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.limits.lookups import by_code
from pishkhan.limits.rates import MINUTE, declare
from pishkhan.people.access import everybody
from pishkhan.people.roles import Role
from pishkhan.rounds.models import Duty

from .ical import calendar_of
from .services import duty_of_feed

FEEDS = declare(
    "feeds", 30, 10 * MINUTE, Text("نشانی نادرست تقویم، از یک نشانی", "Wrong addresses of calendars, from an address")
)


@everybody
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has its secret address."""
    found = by_code(FEEDS, request, lambda: _fed(secret))
    return HttpResponse(
        calendar_of(found),
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"},
    )


def _fed(secret: str) -> Duty:
    found = duty_of_feed(secret)
    if found is None or not found.person.holds(Role.INSPECTOR, over=found):
        raise Missing()
    return found
