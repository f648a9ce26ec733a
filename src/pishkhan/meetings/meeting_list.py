"""The list of meetings that concern whoever looks."""

from django.db.models import Q
from django.urls import reverse

from pishkhan.language.text import Text
from pishkhan.people.listing.columns import code, day, words
from pishkhan.people.listing.filters import Tick, between, one_of
from pishkhan.people.listing.listing import Listing
from pishkhan.people.models import Person

from .bodies.names import BODIES
from .minutes.selectors import to_sign_by
from .models import ENDED, Body, Meeting
from .selectors import meetings_seen_by, to_end_today, without_whole_minutes

STATES = {
    Meeting.State.CONVENED: Text("فراخوانده", "Convened"),
    Meeting.State.PUBLISHED: Text("دستور منتشر شد", "Agenda fixed"),
    Meeting.State.OPEN: Text("در جریان", "In session"),
    Meeting.State.CLOSED: Text("پایان یافته", "Closed"),
    Meeting.State.CANCELLED: Text("لغوشده", "Cancelled"),
    Meeting.State.INQUORATE: Text("بی حد نصاب", "Inquorate"),
    Meeting.State.LAPSED: Text("برگزارنشده", "Not held"),
}
BADGES = {Meeting.State.OPEN: "good"} | dict.fromkeys(ENDED, "")
DUE = Text("امروز یا پیش از آن، پایان‌نیافته", "Of today or before, not ended")
UNSIGNED = Text("صورت‌جلسهٔ ناتمام", "Minutes not complete")
TO_SIGN = Text("در انتظار امضای من", "Waiting for my signature")
BODY, STATE = Text("هیئت", "Body"), Text("وضعیت", "State")


def _to_be_signed_by(person: Person) -> Q:
    return Q(pk__in=to_sign_by(person).values("meeting"))


class MeetingList(Listing):
    """The meetings of one's region, and of the bodies in which one sits; the latest first."""

    name, template = "meetings", "meetings/meetings.html"
    title, counted = Text("جلسه‌ها", "Meetings"), Text("{count} جلسه", "{count} {count:meeting|meetings}")
    empty = Text("جلسه‌ای نیست.", "There is no meeting.")
    source, related = staticmethod(meetings_seen_by), ("body", "combined_with", "combined_by")
    order = ("-held_on", "-pk")

    columns = (
        code("number", Text("جلسه", "Meeting"), sort="number", link=lambda row: reverse("meeting", args=[row.number])),
        words("body", BODY, value=lambda row: BODIES[Body.Code(row.body.code)], sort="body__code"),
        day("day", Text("روز", "Day"), value="held_on", sort="held_on", template="meetings/cells/day.html"),
        words(
            "state",
            STATE,
            value=lambda row: STATES[Meeting.State(row.state)],
            sort="state",
            badge=lambda row: BADGES.get(Meeting.State(row.state), "info"),
        ),
    )
    filters = (
        one_of("body", BODY, list(BODIES.items()), "body__code"),
        one_of("state", STATE, list(STATES.items())),
        *between("held_on"),
        Tick("due", DUE, lambda rows, value, query: rows.filter(to_end_today()) if value else rows),
        Tick("unsigned", UNSIGNED, lambda rows, value, query: rows.filter(without_whole_minutes()) if value else rows),
        Tick(
            "to_sign",
            TO_SIGN,
            lambda rows, value, query: rows.filter(_to_be_signed_by(query.person)) if value else rows,
        ),
    )
