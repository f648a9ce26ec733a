"""Lists of undertakings: what is sought, and which answer it. Pages, counts, exports and the API ask the same."""

from dataclasses import dataclass

from django.db.models import QuerySet

from pishkhan.geography.selectors import lying_in
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.parties import own_rows
from pishkhan.people.selectors import in_places

from .models import Undertaking
from .undertakings import State, overdue, waiting

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


@dataclass(frozen=True)
class UndertakingFilter:
    """Which undertakings: whatever is empty is not asked."""

    of: str = OWED
    kind: str = ""
    place: str = ""
    q: str = ""  # the code of an office


def undertakings_seen_by(person: Person) -> QuerySet[Undertaking]:
    """Those of one's region, and what one gave in person or by whom one acts for."""
    return Undertaking.objects.filter(own_rows(person) | in_places(person))


def undertakings_given_by(person: Person) -> QuerySet[Undertaking]:
    """What a person undertook, or an organisation they act for."""
    return Undertaking.objects.filter(own_rows(person))


def undertakings_sought(person: Person, sought: UndertakingFilter) -> QuerySet[Undertaking]:
    """Of one's region, what is sought: the day that is due first comes first, so that what is overdue leads."""
    on = today()
    rows = {OWED: waiting(on), OVERDUE: overdue(on)}.get(sought.of, Undertaking.objects.all()).filter(in_places(person))
    if sought.of in State.values:
        rows = rows.filter(state=sought.of)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.place:
        rows = rows.filter(lying_in(sought.place))
    if sought.q:
        rows = rows.filter(office__code__iexact=ascii_digits(sought.q))
    return rows.order_by("due_on", "pk")


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
