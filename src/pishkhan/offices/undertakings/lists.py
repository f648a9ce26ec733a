"""The list of undertakings, and how each stands. Pages, counts, exports and the API ask the same."""

from django.db.models import QuerySet
from django.urls import reverse

from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.models import Undertaking
from pishkhan.people.access import STAFF
from pishkhan.people.listing.columns import code, day, place, words
from pishkhan.people.listing.filters import ListQuery, OneOf, Rows, in_place, of_enum, one_of, search
from pishkhan.people.listing.listing import Listing
from pishkhan.people.models import Person
from pishkhan.people.parties import own_rows
from pishkhan.people.selectors import in_places

from .services import State, overdue, waiting

OWED, OVERDUE, EVERY = "owed", "overdue", "every"
# What a list is of, by the word that stands in its address.
LISTS = {
    OWED: Text("مانده", "Still owed"),
    OVERDUE: Text("از موعد گذشته", "Overdue"),
    State.SHOWN.value: Text("مدرک رسیده", "Proof to be looked at"),
    State.KEPT.value: Text("انجام‌شده", "Kept"),
    State.RELEASED.value: Text("برداشته‌شده", "Released"),
    EVERY: Text("همه", "All"),
}
STATES = {
    State.OPEN: Text("مانده", "open"),
    State.SHOWN: Text("مدرک رسیده", "proof shown"),
    State.KEPT: Text("انجام شد", "kept"),
    State.RELEASED: Text("برداشته شد", "released"),
}
RUN_OUT = Text("دوره‌اش پایان یافت", "its time is over")
LATE = Text("از موعد گذشته", "overdue")


def undertakings_seen_by(person: Person) -> QuerySet[Undertaking]:
    """Those of one's region, and what one gave in person or by whom one acts for."""
    return Undertaking.objects.filter(own_rows(person) | in_places(person))


def undertakings_given_by(person: Person) -> QuerySet[Undertaking]:
    """What a person undertook, or an organisation they act for."""
    return Undertaking.objects.filter(own_rows(person))


def undertakings_within(person: Person) -> QuerySet[Undertaking]:
    """Those of one's region."""
    return Undertaking.objects.filter(in_places(person))


def is_late(undertaking: Undertaking) -> bool:
    """Whether it should have been done by now and was not found done; what one refrains from is never late."""
    return (
        undertaking.state in (State.OPEN, State.SHOWN)
        and undertaking.kind != Undertaking.Kind.HOLDING_PERIOD
        and undertaking.due_on < today()
    )


def state_of(undertaking: Undertaking) -> tuple[Text, str]:
    """How an undertaking stands, in a word, with the badge it wears."""
    state = State(undertaking.state)
    if state == State.OPEN and undertaking.kind == Undertaking.Kind.HOLDING_PERIOD:
        return (STATES[state], "info") if undertaking.due_on >= today() else (RUN_OUT, "good")
    if state == State.SHOWN:
        return STATES[state], "info"
    if is_late(undertaking):
        return LATE, "bad"
    return STATES[state], {State.OPEN: "warn", State.KEPT: "good"}.get(state, "")


def _of(rows: Rows, of: str, _: ListQuery) -> Rows:
    if of in State.values:
        return rows.filter(state=of)
    return rows & {OWED: waiting, OVERDUE: overdue}[of](today()) if of != EVERY else rows


class UndertakingList(Listing):
    """What holders of one's region owe: the day that is due first comes first, so that what is overdue leads."""

    name, compact = "undertakings", True
    title = Text("تعهدها", "Undertakings")
    about = Text(
        "آنچه دارندگان پروانه تا روزی باید انجام دهند و نشان دهند.",
        "What holders of licences owe by a day, and show that they did.",
    )
    counted = Text("{count} تعهد", "{count} {count:undertaking|undertakings}")
    empty = Text("تعهدی با این جست‌وجو نیست.", "No undertaking answers this search.")
    roles, source = STAFF, staticmethod(undertakings_within)
    related, order = ("office", "division"), ("due_on", "pk")

    columns = (
        words(
            "kind",
            Text("تعهد", "Undertaking"),
            value=lambda row: Undertaking.Kind(row.kind).text,
            sort="kind",
            link=lambda row: reverse("undertaking", args=[row.pk]),
        ),
        day("due", Text("موعد", "Due"), value="due_on", sort="due_on"),
        words(
            "state",
            Text("وضعیت", "State"),
            value=lambda row: state_of(row)[0],
            sort="state",
            badge=lambda row: state_of(row)[1],
        ),
        code(
            "office",
            Text("دفتر", "Office"),
            value="office.code",
            sort="office__code",
            link=lambda row: reverse("history", args=[row.office.code]),
        ),
        place("place", Text("جا", "Place"), value="division", under="office"),
    )
    filters = (
        OneOf("of", Text("کدام", "Which"), _of, OWED, choices=list(LISTS.items())),
        one_of("kind", Text("تعهد", "Undertaking"), of_enum(Undertaking.Kind)),
        in_place(),
        search(
            lambda rows, written: rows.filter(office__code__iexact=ascii_digits(written)),
            Text("کد دفتر", "Code of the office"),
            most=12,
            is_code=True,
        ),
    )
