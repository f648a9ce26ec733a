"""The lists of notices: the outbox of an administrator's region, and the legal notices that officers serve."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from pishkhan.language.text import Text
from pishkhan.people.listing.columns import Column, action, moment, number, person, place, words, written
from pishkhan.people.listing.filters import ListQuery, OneOf, Rows, in_place, one_of
from pishkhan.people.listing.listing import Listing
from pishkhan.people.roles import Role
from pishkhan.people.web.request_context import language

from .adapters import TROUBLES, UNKNOWN_TEMPLATE
from .models import Notice
from .selectors import SERVERS, notices_of_region, stuck, to_be_served_by
from .templates import declared, places_in, rendered

CHANNELS = {
    Notice.Channel.SMS: Text("پیامک", "SMS"),
    Notice.Channel.EMAIL: Text("رایانامه", "E-mail"),
    Notice.Channel.LETTER: Text("نامه", "Letter"),
}
STATES = {
    Notice.State.PENDING: Text("در انتظار", "Waiting"),
    Notice.State.SENT: Text("فرستاده", "Sent"),
    Notice.State.FAILED: Text("ناکام", "Failed"),
}
SERVICE = {"waiting": Text("ابلاغ‌نشده", "Not served"), "served": Text("ابلاغ‌شده", "Served")}
PROVED, NOT_SERVED = Text("گواهی دارد", "Proved"), Text("ابلاغ‌نشده", "Not served")
STATE, NOTICE = Text("وضعیت", "State"), Text("اطلاعیه", "Notice")


def text_of(notice: Notice) -> str:
    """What a notice says, in the language in which it is sent; why that is not known any more, if it is not."""
    try:
        return rendered(notice.template, notice.facts, notice.language)
    except (LookupError, ValueError):
        return TROUBLES[UNKNOWN_TEMPLATE].to(language())


def shown(notice: Notice) -> SafeString:
    """The same for a page: its facts are told apart, so that they are read rightly in either direction."""
    told = {name: format_html('<bdi dir="ltr" lang="en">{}</bdi>', fact) for name, fact in notice.facts.items()}
    sentence = declared().get(notice.template)
    if sentence is None or not places_in(sentence.fa) <= set(told):
        return escape(TROUBLES[UNKNOWN_TEMPLATE].to(language()))
    return format_html(sentence.to(notice.language), **told) if told else escape(sentence.to(notice.language))


def trouble_of(notice: Notice) -> Text | str | None:
    """What went wrong last with a notice."""
    return TROUBLES.get(notice.trouble, notice.trouble)


def with_text(rows: list[Any]) -> list[Any]:
    """Notices with what they say, as pages show it."""
    for each in rows:
        each.shown = shown(each)
    return rows


def _waits_until(notice: Notice) -> Any:
    return notice.next_attempt_at if notice.state == Notice.State.PENDING else None


ITS_CHANNEL: Column = words(
    "channel", Text("راه", "Channel"), value=lambda row: CHANNELS[Notice.Channel(row.channel)], under="text"
)
QUEUED: Column = moment("queued", Text("در نوبت از", "Queued"), value="queued_at", sort="queued_at", under="text")
RECIPIENT: Column = person(
    "recipient",
    Text("گیرنده", "Recipient"),
    value="to.name",
    sort=Coalesce("organisation__sort_key", "person__sort_key"),
)


class NoticeList(Listing):
    """The outbox of one's region: what was sent, what waits, what failed and can be tried again."""

    name, template = "notices", "notices/notices.html"
    title, counted = Text("صندوق خروج", "Outbox"), Text("{count} اطلاعیه", "{count} {count:notice|notices}")
    empty = Text("اطلاعیه‌ای نیست.", "There is no notice.")
    roles, source = (Role.ADMINISTRATOR,), staticmethod(notices_of_region)
    related = ("person", "organisation")

    columns = (
        written("text", NOTICE, value=text_of, template="notices/cells/text.html"),
        ITS_CHANNEL,
        QUEUED,
        RECIPIENT,
        number("attempts", Text("کوشش", "Attempts"), sort="attempts"),
        words(
            "state",
            STATE,
            value=lambda row: STATES[Notice.State(row.state)],
            sort="state",
            badge=lambda row: {Notice.State.FAILED: "bad", Notice.State.SENT: "good"}.get(row.state, "warn"),
        ),
        words("trouble", Text("چرا نرفت", "Trouble"), value=trouble_of, under="state"),
        moment("next", Text("کوشش بعدی", "Next attempt"), value=_waits_until, under="state", says_label=True),
        action(
            "again",
            Text("دوباره بفرست", "Try again"),
            value=lambda row: row.pk if row.state == Notice.State.FAILED else None,
            template="notices/cells/again.html",
            under="state",
        ),
    )
    filters = (
        one_of("state", STATE, list(STATES.items())),
        one_of("channel", Text("راه", "Channel"), list(CHANNELS.items())),
        in_place(),
    )

    @classmethod
    def load(cls, rows: list[Any], query: ListQuery) -> list[Any]:
        return with_text(rows)

    @classmethod
    def extras(cls, request: HttpRequest, rows: Rows, query: ListQuery) -> dict[str, Any]:
        of_region = notices_of_region(query.person).order_by().values("pk")
        return {"stuck": stuck().filter(pk__in=of_region).count()}


class LegalNoticeList(Listing):
    """The legal notices of one's region: those whose service is to be proved, and those that are served."""

    name = "legal-notices"
    title = Text("ابلاغ‌ها", "Service of notices")
    about = Text("اطلاعیه‌هایی که مهلتی از ابلاغ آن‌ها آغاز می‌شود", "Notices from whose service a term runs")
    counted = Text("{count} اطلاعیه", "{count} {count:notice|notices}")
    empty = Text("اطلاعیه‌ای نیست که ابلاغ آن را باید ثبت کرد.", "There is no notice whose service is to be recorded.")
    roles, source, related = SERVERS, staticmethod(to_be_served_by), ("person", "organisation", "division")

    columns = (
        written(
            "text",
            NOTICE,
            value=text_of,
            link=lambda row: reverse("legal_notice", args=[row.pk]),
            template="notices/cells/text.html",
        ),
        ITS_CHANNEL,
        QUEUED,
        RECIPIENT,
        place("place", Text("جا", "Place"), value="division"),
        words(
            "service",
            Text("ابلاغ", "Service"),
            value=lambda row: PROVED if row.served else NOT_SERVED,
            sort=F("served"),
            badge=lambda row: "good" if row.served else "warn",
        ),
    )
    filters = (
        OneOf(
            "state", STATE, lambda rows, state, _: rows.filter(served=state == "served"), choices=list(SERVICE.items())
        ),
        in_place(),
    )

    @classmethod
    def load(cls, rows: list[Any], query: ListQuery) -> list[Any]:
        return with_text(rows)
