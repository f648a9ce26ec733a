"""Pages of objections for who decides on them: those that wait, and deciding on one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pishkhan.casework.actions.pages import action_page
from pishkhan.inspections.lists.visit_lists import ObjectionList
from pishkhan.inspections.visits.pages import visit_of
from pishkhan.inspections.visits.panels import findings_context, objection_context
from pishkhan.inspections.wording import code_of, what_of
from pishkhan.journal.refusals import Missing
from pishkhan.people.access import open_to

from .actions import OBJECTION_ACTIONS


@open_to(*ObjectionList.roles)
def objections(request: HttpRequest) -> HttpResponse:
    """The objections that wait for an expert of their region, the oldest first."""
    return ObjectionList.answer(request)


@open_to(*OBJECTION_ACTIONS.roles)
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Deciding on an objection: upheld, changed or annulled, with reasons."""
    visit = visit_of(request, key)
    objection = objection_context(visit)
    if objection is None:
        raise Missing()
    return action_page(
        request,
        objection["row"],
        "decide",
        back=reverse("visit", args=[key]),
        template="inspections/decide.html",
        more=lambda: {
            "visit": visit,
            "objection": objection,
            "disputed": [finding for finding in findings_context(visit) if finding["row"].disputed],
            "code": code_of(visit),
            "what": what_of(visit),
        },
    )
