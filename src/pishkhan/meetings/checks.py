"""What must be true of procedures and the bodies that decide on their cases."""

from typing import Any

from django.core.checks import Error, register

from pishkhan.casework.procedures.procedure import Procedure

from .models import Body


@register
def every_outcome_can_be_resolved(**kwargs: Any) -> list[Error]:
    """A step carries out only what the body of its procedure can resolve; the body is one there is."""
    wrong = []
    for procedure in Procedure.register.values():
        if procedure.decided_by not in Body.Code.values:
            wrong.append(
                Error(f"{procedure.code} is decided by '{procedure.decided_by}', which is no body.", id="meetings.E001")
            )
            continue
        reached = Body.outcomes_of(procedure.decided_by)
        wrong += [
            Error(
                f"{step.path} carries out '{step.carries_out}', which no {procedure.decided_by} resolves.",
                id="meetings.E002",
            )
            for step in procedure.steps.values()
            if step.carries_out and step.carries_out not in reached
        ]
        wrong += [
            Error(f"{step.path} carries out a resolution and asks for none.", id="meetings.E003")
            for step in procedure.steps.values()
            if bool(step.carries_out) != any(rule.asks_body for rule in step.when)
        ]
    return wrong
