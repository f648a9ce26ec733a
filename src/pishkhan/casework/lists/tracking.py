"""Where a request stands, for whoever was told its tracking code. Nothing about persons, places or reasons."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from pishkhan.casework.deadlines import deadline
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.selectors import kept_inward
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.codes import code as code_of
from pishkhan.language.identifiers import NotValid
from pishkhan.language.text import Text
from pishkhan.limits.lookups import by_code
from pishkhan.limits.rates import MINUTE, declare
from pishkhan.people.roles import Role
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import language

router = Router(tags=["tracking"])
TRACK = declare(
    "track", 30, 10 * MINUTE, Text("کد پیگیری نادرست، از یک نشانی", "Wrong tracking codes, from an address")
)


class Milestone(Schema):
    on: date
    stage: str
    label: str


class Tracked(Schema):
    procedure: str
    stage: str
    label: str
    turn: str | None
    deadline: date | None
    overdue: bool
    milestones: list[Milestone]


@router.get("/{code}", auth=None, response={200: Tracked, **REFUSALS})
def track(request: HttpRequest, code: str) -> dict[str, Any]:
    """The stage of a request, whose turn it is, until when, and when it came to each stage before."""
    return by_code(TRACK, request, lambda: tracked(code))


def tracked(code: str) -> dict[str, Any]:
    """What the public is told of the case of a tracking code; Invalid or Missing if there is none."""
    try:
        case = Case.objects.filter(~kept_inward(), tracking_code=code_of(code)).first()
    except NotValid as wrong:
        raise Invalid(wrong.text, {"code": wrong.text}) from None
    if case is None:
        raise Missing()
    until, turn = deadline(case), case.turn
    return {
        "procedure": case.procedure.title.to(language()),
        "stage": case.stage,
        "label": case.where.label.to(language()),
        "turn": Role(turn).text.to(language()) if turn else None,
        "deadline": until,
        "overdue": until is not None and until < today(),
        "milestones": list(_milestones(case.subject, case.procedure)),
    }


def _milestones(subject: str, procedure: type[Procedure]) -> Any:
    """When a case came to a stage it did not stand at before."""
    stood_at = ""
    for to, on in Entry.objects.filter(subject=subject).values_list("facts__to", "happened_on"):
        if to != stood_at:
            stood_at = to
            yield {"on": on, "stage": to, "label": procedure.stages[to].label.to(language())}
