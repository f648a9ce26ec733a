"""Undertakings: giving one, showing that it is kept, finding it kept or not, releasing whoever gave it."""

from datetime import date

from django.db.models import Q, QuerySet

from pishkhan.casework.actions.actions import taking
from pishkhan.files.models import StoredFile
from pishkhan.journal.acts import CLOCK, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.offices import refusals
from pishkhan.offices.models import Office, Undertaking
from pishkhan.people.models import Person
from pishkhan.people.parties import Party, party_fields
from pishkhan.people.roles import Role

Kind, State = Undertaking.Kind, Undertaking.State
WAITING = (State.OPEN, State.SHOWN)


def undertake(
    office: Office, kind: str, *, by_whom: Party, due_on: date, because: Entry, item: str = ""
) -> Undertaking:
    """Let somebody owe something from now on, in the act that `because` records."""
    given = Undertaking(
        office=office,
        division_id=office.division_id,
        kind=kind,
        item=item,
        because=because.name,
        due_on=due_on,
        **party_fields(by_whom),
    )
    with begin(because.by, "undertaking.give", given, role=because.role, because=because) as entry:
        entry.facts = {"kind": kind, "item": item, "office": office.code, "due_on": due_on}
    return given


@retried
def show(undertaking: Undertaking, file: StoredFile, *, by: Person) -> Undertaking:
    """Lay a proof beside an undertaking: by who gave it. Only whoever uploaded a file shows it."""
    with taking(undertaking, "show", by=by) as entry:
        if file.uploaded_by != by.ref:
            raise refusals.AnothersFile()
        undertaking.proof, undertaking.state = file, State.SHOWN
        entry.facts = {"file": file.pk, "digest": file.digest}
    return undertaking


@retried
def find_kept(undertaking: Undertaking, *, by: Actor) -> Undertaking:
    """Find that what was undertaken is done: by an expert, on the proof that lies with it."""
    with taking(undertaking, "find-kept", by=by):
        undertaking.state, undertaking.settled_on = State.KEPT, today()
    return undertaking


@retried
def find_wanting(undertaking: Undertaking, *, reasons: str, by: Actor) -> Undertaking:
    """Find that the proof does not show it: the undertaking stays open, and why is told."""
    with taking(undertaking, "find-wanting", by=by) as entry:
        undertaking.state = State.OPEN
        entry.facts = {"reasons": keep(entry, "reasons", reasons, whose=undertaking.party_ref)}
    return undertaking


@retried
def release(undertaking: Undertaking, *, reasons: str, by: Actor) -> Undertaking:
    """Release somebody from what they undertook: by the director, with a reason."""
    with taking(undertaking, "release", by=by) as entry:
        undertaking.state, undertaking.settled_on = State.RELEASED, today()
        entry.facts = {"reasons": keep(entry, "reasons", reasons, whose=undertaking.party_ref)}
    return undertaking


@retried
def postpone(undertaking: Undertaking, *, due_on: date, served_on: date | None) -> Undertaking:
    """Let something be due later, since its term runs from a service that came later, or has not come: the clock."""
    with act(CLOCK, "undertaking.postpone", on=undertaking, role=Role.CLOCK) as entry:
        if undertaking.state not in WAITING or due_on <= undertaking.due_on:
            raise refusals.AlreadySettled()
        undertaking.due_on = due_on
        entry.facts = {"due_on": due_on, "served_on": served_on}
    return undertaking


def let_go(undertaking: Undertaking, *, because: Entry) -> None:
    """Let something be owed no more since what it rested on fell, within the act of the entry; settled stays so."""
    if undertaking.state in WAITING:
        with act(because.by, "undertaking.let-go", on=undertaking, role=because.role, because=because):
            if undertaking.state in WAITING:
                undertaking.state, undertaking.settled_on = State.RELEASED, today()


def waiting(on: date) -> QuerySet[Undertaking]:
    """What is still owed on a day; of what one refrains from, what binds that day still."""
    return Undertaking.objects.filter(Q(due_on__gte=on) | ~Q(kind=Kind.HOLDING_PERIOD), state__in=WAITING)


def overdue(on: date) -> QuerySet[Undertaking]:
    """What should have been done by a day and was not found done, the oldest first."""
    return waiting(on).filter(due_on__lt=on).order_by("due_on", "pk")  # what one refrains from waits no longer then


def holding_periods(office: Office, on: date) -> QuerySet[Undertaking]:
    """The undertakings not to transfer an office that bind on a day."""
    return waiting(on).filter(office=office, kind=Kind.HOLDING_PERIOD)
