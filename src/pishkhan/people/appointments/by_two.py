"""What two persons grant: one proposes it for a third with the scan of a letter, another confirms or refuses it.

Deciding roles (services.py) and seats of bodies go this way; a row tells `person`, `proposed_by`, `state` and the days.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet

from pishkhan.journal.clock import today
from pishkhan.journal.models import Journalled
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.people.models import Appointment, Person

from . import refusals
from .selectors import term_of

State = Appointment.State
P = TypeVar("P", bound=Journalled)


def role_to_confirm(role: str | None) -> str:
    """The role in which somebody confirms or refuses; a refusal where they hold none."""
    if role is None:
        raise refusals.MayNotConfirm()
    return role


def ask_another_person(row: Any, by: Person) -> None:
    """Refuse who decides on what they proposed, or on themselves; and what waits for nobody any more."""
    ask_that_it_waits(row)
    if row.person_id == by.pk:
        raise refusals.AppointsOneself()
    if row.proposed_by_id == by.pk:
        raise refusals.ProposedItOneself()


def ask_the_scan(row: Any, by: Person) -> None:
    """One letter may grant somebody several of a kind; nobody else is granted any by its scan, nor by another paper."""
    if row.scan.whose not in (by.ref, row.person.ref) or row.scan.uploaded_by != by.ref:
        raise refusals.ScanOfAnother()
    if type(row).objects.filter(scan=row.scan).exclude(pk=row.pk).exclude(letter=row.letter).exists():
        raise refusals.ScanOfAnother()


def ask_that_it_waits(row: Any) -> None:
    if row.state != State.PROPOSED:
        raise refusals.DecidedAlready(State(row.state).text)


def ask_the_term(row: Any) -> None:
    """Refuse what is confirmed past a term that binds."""
    if is_overdue(row):
        raise refusals.TermIsOver()


def close(row: Any, state: str) -> None:
    row.state, row.decided_on = state, today()


def is_overdue(row: Any) -> bool:
    term = term_of(row)
    return term is not None and term.binds and term.is_over


def let_lapse_those(rows: QuerySet[P], lapse: Callable[[P], P]) -> list[P]:
    """Let proposals lapse whose term is over and binds."""
    lapsed = []
    for row in rows.filter(state=State.PROPOSED).order_by("pk"):
        try:
            if is_overdue(row):
                lapsed.append(lapse(row))
        except Unavailable:
            raise  # nobody can write: all of it waits for the next turn
        except Refusal:
            continue  # somebody was quicker
    return lapsed
