"""Deadlines, pulled: which cases are overdue, and the step declared for that."""

from collections.abc import Iterator
from datetime import date

from pishkhan.journal.acts import CLOCK
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.people.roles import Role

from .deadlines import is_overdue
from .inquiries import late_inquiries
from .models import Case
from .procedures.procedure import Step
from .selectors import stands_where
from .services import advance


def overdue(on: date) -> Iterator[tuple[Case, Step]]:
    """Open cases whose stage has lasted too long, each with the step the clock takes for it.

    A term that is a default without legal source takes nothing from anybody until it is adopted.
    """
    for case in Case.objects.filter(
        stands_where(lambda procedure, stage: any(step.by == Role.CLOCK for step in procedure.steps_from(stage))),
        not_due_before__lte=on,
    ).order_by("pk"):
        step = _step_of_the_clock(case)
        if step and case.reckoned(case.where.within).binds and is_overdue(case, on):
            yield case, step


def to_be_reminded(on: date) -> Iterator[tuple[Case, Step]]:
    """Cases with a body that has not answered in its own time, each with the step that reminds it."""
    waiting = (
        Case.objects.filter(inquiries__answered_on=None, inquiries__reminded_on=None, inquiries__asked_on__lt=on)
        .order_by("pk")
        .distinct()
    )
    for case in waiting:
        step = _step_of_the_clock(case)
        if step and late_inquiries(case, on):
            yield case, step


def tick() -> list[Case]:
    """Take every step that is the clock's to take today."""
    moved = []
    for case, step in [*overdue(today()), *to_be_reminded(today())]:
        try:
            moved.append(advance(case, step, by=CLOCK, seen=case.revision))
        except Unavailable:
            raise  # nobody can write: all of it waits for the next turn
        except Refusal:
            continue  # somebody was quicker, or the law no longer wants it
    return moved


def _step_of_the_clock(case: Case) -> Step | None:
    return next((step for step in case.procedure.steps_from(case.where) if step.by == Role.CLOCK), None)
