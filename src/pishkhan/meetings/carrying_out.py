"""Carrying out what a meeting resolved: in one press, each its own act."""

from dataclasses import dataclass

from pishkhan.casework.services import advance
from pishkhan.journal.acts import Actor, act
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .models import Meeting, Outcome, Resolution

NO_STEP = Text(
    "رویهٔ پرونده از این مرحله راهی برای «{outcome}» ندارد.",
    "The procedure of the case has no step for '{outcome}' from where it stands.",
)
SPENT = Text(
    "پرونده پس از مصوبه پیش رفته است: مصوبه پیش‌تر اجرا شده یا دیگر زمینه ندارد.",
    "The case has moved since the resolution: it was carried out already, or has no ground any more.",
)


@dataclass(frozen=True)
class Done:
    """A resolution, and why it could not be carried out, if it could not."""

    resolution: Resolution
    refusal: Text | None = None


def carry_out(meeting: Meeting, *, by: Actor) -> list[Done]:
    """Carry out every resolution of a meeting that is not carried out yet. One refused never blocks another."""
    resolutions = Resolution.objects.filter(item__meeting=meeting, carried_out="").select_related("case").order_by("pk")
    return [_carried_out(resolution, by) for resolution in resolutions]


def _carried_out(resolution: Resolution, by: Actor) -> Done:
    try:
        return _carry_out_one(resolution, by)
    except Unavailable:
        raise
    except Refusal as refusal:
        return Done(resolution, refusal.text)


@retried
def _carry_out_one(resolution: Resolution, by: Actor) -> Done:
    """The step and the mark that it was taken, in one transaction: a resolution is carried out once."""
    with act(by, "resolution.carry-out", on=resolution, role=Role.SECRETARY) as entry:
        if resolution.carried_out:
            return Done(resolution)
        case = resolution.case
        if resolution.case_revision != case.revision:
            raise Refusal(SPENT)
        step = case.procedure.step_for(case.where, resolution.outcome)
        if step is None:
            raise Refusal(NO_STEP.filled(outcome=Outcome(resolution.outcome).text))
        advance(case, step, by=by)
        resolution.carried_out = f"{case.subject}#{case.revision}"
        entry.facts = {"by": resolution.carried_out}
    return Done(resolution)
