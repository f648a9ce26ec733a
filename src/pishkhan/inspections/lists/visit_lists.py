"""The lists of visits: all of them, those whose report nobody was told of, objections, reports that were refused."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse

from pishkhan.inspections import refusals
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.evidence import Submission
from pishkhan.inspections.field import field_refusals
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import visits_seen_by, visits_to_make
from pishkhan.inspections.visits.unserved_reports import READERS, may_be_served, unserved_reports
from pishkhan.inspections.wording import code_of
from pishkhan.inspections.words import HINDRANCES, KINDS, STATES
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.notices.selectors import SERVERS
from pishkhan.people.access import STAFF
from pishkhan.people.listing.columns import action, code, day, moment, person, place, words
from pishkhan.people.listing.filters import ListQuery, Rows, Tick, in_place, one_of
from pishkhan.people.listing.listing import Listing
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within

from .filters import objections_to_decide

RELATED = ("case", "office", "machine__bank", "division", "inspector", "follows", "notice")
KIND, DAY, ACT = Text("نوع", "Kind"), Text("روز", "Day"), Text("کار", "Act")
PLACE = Text("جا", "Place")
ABOUT = Text("دفتر، پرونده یا دستگاه", "Office, case or machine")
HINDERED = Text("ناممکن: {what}", "not possible: {what}")
PASSED, FAILED = Text("نتیجه: قبول", "result: passed"), Text("نتیجه: رد", "result: failed")
NOBODY = Text("کسی برای دارنده کار نمی‌کرد", "nobody acted for the holder")
NOT_SENT = Text("اطلاعیه نرفت", "the notice did not leave")
NOT_SERVED = Text("روی کاغذ، ابلاغ‌نشده", "on paper, not served yet")
REASONS = {
    refusal.__name__: refusal().text
    for refusal in (
        field_refusals.AlreadyReported,
        field_refusals.CancelledMeanwhile,
        field_refusals.AnotherEdition,
        field_refusals.PhotoInTwoReports,
        field_refusals.ATimeToCome,
        field_refusals.LeftBeforeArriving,
        field_refusals.AlreadyGiven,
        field_refusals.NotOnTheSpot,
        field_refusals.NoChecklistThen,
        refusals.AnothersVisit,
        refusals.TheSameInspector,
        refusals.BeforeTheRequest,
        Missing,
    )
}
REASONS |= {
    "OfficeIsGone": Text("پروانهٔ دفتر پایان یافته است.", "The licence of the office has ended."),
    "NotPermitted": Text("بازرس دیگر در این محدوده بازرس نیست.", "The inspector is no inspector here any more."),
    "WrongAnswers": Text("برگهٔ بازدید کامل یا درست نیست.", "The checklist is incomplete or wrong."),
}
ANOTHER = Text("به دلیل دیگری پذیرفته نشد.", "It was refused for another reason.")


def kind_of(visit: Visit) -> Text:
    return KINDS[checklist.Kind(visit.kind)]


def _badge(visit: Visit) -> str:
    if visit.passed is None:
        return "warn" if visit.state == Visit.State.PLANNED else ""
    return "good" if visit.passed else "bad"


def _mine(rows: Rows, _: Any, query: ListQuery) -> Rows:
    return rows.filter(pk__in=visits_to_make(query.person).order_by().values("pk"))


def _result(visit: Visit) -> Text | None:
    """Whether it was passed; of one that was hindered, what kept the inspector from looking."""
    if visit.hindrance:
        return HINDERED.filled(what=HINDRANCES[checklist.Hindrance(visit.hindrance)])
    return {True: PASSED, False: FAILED, None: None}[visit.passed]


class VisitList(Listing):
    """The visits of one's region, the newest first; those one is to make by day."""

    name, template = "visits", "inspections/visits.html"
    title, counted = Text("بازدیدها", "Visits"), Text("{count} بازدید", "{count} {count:visit|visits}")
    empty = Text("بازدیدی با این جست‌وجو نیست.", "No visit answers this search.")
    roles, source, related = STAFF, staticmethod(visits_seen_by), RELATED

    columns = (
        words("kind", KIND, value=kind_of, sort="kind", link=lambda row: reverse("visit", args=[row.pk])),
        place("place", PLACE, value="division", under="kind"),
        code("about", ABOUT, value=code_of),
        person("inspector", Text("بازرس", "Inspector"), value="inspector.full_name", sort="inspector__sort_key"),
        day("day", DAY, value=lambda row: row.visited_on or row.planned_on, sort=Coalesce("visited_on", "planned_on")),
        words(
            "state",
            Text("وضعیت", "State"),
            value=lambda row: STATES[Visit.State(row.state)],
            sort="state",
            badge=_badge,
        ),
        words(
            "result",
            Text("نتیجه", "Result"),
            value=_result,
            sort="passed",
            under="state",
        ),
    )
    filters = (
        one_of("state", Text("وضعیت", "State"), list(STATES.items())),
        one_of("kind", KIND, list(KINDS.items())),
        one_of("hindrance", Text("بازدید ناممکن", "Not possible"), list(HINDRANCES.items())),
        in_place(),
        Tick("mine", Text("بازدیدهای من", "Visits I am to make"), _mine),
    )

    @classmethod
    def order_of(cls, query: ListQuery) -> tuple[Any, ...]:
        """A round of one's own in the order in which it is made."""
        return ("planned_on", F("position").asc(nulls_last=True), "pk") if query["mine"] else cls.order


class UnservedList(Listing):
    """The reports of which whoever was visited could not be told, each with the way to serve it on paper."""

    name, template = "reports-not-told", "inspections/list.html"
    title = Text("گزارش‌هایی که به بازدیدشونده نرسیده است", "Reports that whoever was visited does not know of")
    about = Text(
        "تا گزارش گفته یا روی کاغذ ابلاغ نشود، مهلت اعتراض آغاز نمی‌شود و نتیجه آگاهی همگانی نمی‌شود.",
        "Until a report is told or served on paper no term to object runs, and its result is not public.",
    )
    counted = Text("{count} گزارش", "{count} {count:report|reports}")
    empty = Text(
        "هر گزارش پذیرفته‌شده‌ای به بازدیدشونده رسیده است.",
        "Whoever was visited knows of every report that was accepted.",
    )
    roles, source, related = READERS, staticmethod(unserved_reports), RELATED
    order = ("visited_on", "pk")

    columns = (
        code("about", ABOUT, value=code_of, link=lambda row: reverse("visit", args=[row.pk])),
        place("place", PLACE, value="division", under="about"),
        words("kind", KIND, value=kind_of, sort="kind"),
        day("day", Text("روز بازدید", "Visited"), value="visited_on", sort="visited_on"),
        words(
            "why",
            Text("چرا", "Why"),
            value=lambda row: NOBODY if row.notice is None else NOT_SENT if may_be_served(row) else NOT_SERVED,
            badge=lambda row: "bad" if row.notice is None or may_be_served(row) else "warn",
        ),
        action("serve", ACT, value=may_be_served, template="inspections/cells/serve.html", roles=(Role.EXPERT,)),
        action("prove", ACT, value=may_be_served, template="inspections/cells/prove.html", roles=SERVERS),
    )
    filters = (in_place(), one_of("kind", KIND, list(KINDS.items())))


class ObjectionList(Listing):
    """The objections that wait for an expert of their region, the oldest first."""

    name, template = "objections", "inspections/list.html"
    title = Text("اعتراض‌های در انتظار تصمیم", "Objections to decide")
    counted = Text("{count} اعتراض", "{count} {count:objection|objections}")
    empty = Text("اعتراضی در انتظار تصمیم نیست.", "No objection waits to be decided.")
    roles, source = (Role.EXPERT,), staticmethod(objections_to_decide)
    related = ("visit__office", "visit__machine__bank", "visit__case", "visit__division")
    order = ("lodged_on", "pk")

    columns = (
        words(
            "kind",
            Text("بازدید", "Visit"),
            value=lambda row: kind_of(row.visit),
            sort="visit__kind",
            link=lambda row: reverse("visit", args=[row.visit_id]),
        ),
        place("place", PLACE, value="visit.division", sort="visit__division__sort_key", under="kind"),
        code("about", Text("دفتر یا دستگاه", "Office or machine"), value=lambda row: code_of(row.visit)),
        day("lodged", Text("ثبت", "Lodged"), value="lodged_on", sort="lodged_on"),
    )
    filters = (in_place(),)


def handed_in_within(person: Person) -> Rows:
    """The reports of one's region that were refused from phones and left with the house."""
    return within(Submission.objects.filter(outcome=Submission.Outcome.HANDED_IN), person)


class HandedInList(Listing):
    """The reports of one's region that were handed in, the newest first."""

    name, template = "handed-in", "inspections/list.html"
    title = Text("گزارش‌های پذیرفته‌نشده", "Refused reports")
    about = Text(
        "آنچه سامانه از گوشی بازرسان نپذیرفته و بازرس به اداره سپرده است",
        "What was refused from inspectors' phones, and left with the house",
    )
    counted = Text("{count} گزارش", "{count} {count:report|reports}")
    empty = Text("گزارشی سپرده نشده است.", "No report was handed in.")
    roles, source = (Role.EXPERT,), staticmethod(handed_in_within)
    related, order = ("person", "division"), ("-received_at", "pk")

    columns = (
        moment(
            "received",
            Text("دریافت", "Received"),
            value="received_at",
            sort="received_at",
            link=lambda row: reverse("handed_in_report", args=[row.pk]),
        ),
        person("inspector", Text("بازرس", "Inspector"), value="person.full_name", sort="person__sort_key"),
        place("place", PLACE, value="division"),
        words(
            "why",
            Text("چرا پذیرفته نشد", "Why it was refused"),
            value=lambda row: REASONS.get(row.because, ANOTHER),
            sort="because",
        ),
    )
    filters = (in_place(),)
