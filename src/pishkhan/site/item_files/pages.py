"""The file of an item before a meeting: what its members read before they vote, at home and in the room."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pishkhan.casework.lists.case_list import applicant_name
from pishkhan.inspections.checklists.checklist import Kind
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.models import Photo, Visit
from pishkhan.inspections.visits.documents import caption_of
from pishkhan.inspections.visits.panels import findings_context
from pishkhan.inspections.words import KINDS
from pishkhan.meetings.bodies.names import BODIES
from pishkhan.meetings.dossiers import Reader, file_before
from pishkhan.meetings.models import Body
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.web.request_context import asker

from .contents import Contents
from .lookup import contents_of, paper_of, photo_of
from .proposed_place import place_context


def item_file(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """All that a member reads of an item before the vote."""
    contents = contents_of(request, number, position)
    sent, answered = contents.inquiries()
    case = contents.case
    return render(
        request,
        "site/item_file.html",
        {
            "item": contents.item,
            "meeting": contents.item.meeting,
            "body": BODIES[Body.Code(contents.item.meeting.body.code)],
            "case": case,
            "applicant": applicant_name(case),
            "other_side": case.other_side.name if case.other_side else "",
            "nominees": case.nominees.select_related("person").order_by("pk"),
            "place": place_context(case),
            "conditions": [_condition(condition.unmet, condition.met) for condition in contents.conditions()],
            "answers": contents.answers(),
            "statements": contents.statements(),
            "papers": contents.papers(),
            "visits": [_visit(visit, contents) for visit in contents.visits()],
            "photos": [_photo(photo) for photo in contents.photos().select_related("visit")],
            "sent": sent,
            "answered": answered,
            "like_cases": contents.like_cases(),
            "file": file_before(case, _reader(request, contents)),
        },
    )


def item_paper(request: HttpRequest, number: str, position: int, kind: str) -> FileResponse:
    """A paper of the case of an item, as it was uploaded."""
    return paper_of(request, number, position, kind)


def item_photo(request: HttpRequest, number: str, position: int, key: UUID) -> FileResponse:
    """A photo of a visit of the case of an item, bare of what the camera wrote into it."""
    return photo_of(request, number, position, key)


def _reader(request: HttpRequest, contents: Contents) -> Reader:
    item = contents.item
    return Reader(
        asker(request),
        contents.readable,
        weighs=True,
        works=False,
        paper=lambda kind: reverse("item_paper", args=[item.meeting.number, item.position, kind]),
    )


def _condition(unmet: Any, met: bool) -> dict[str, Any]:
    return {"sentence": unmet.rule.sentence, "citation": unmet.citation, "binds": unmet.binds, "unmet": not met}


def _visit(visit: Visit, contents: Contents) -> dict[str, Any]:
    findings = findings_context(visit)
    if Datum.PHOTOS not in contents.readable:
        findings = [finding | {"note": ""} for finding in findings]
    return {"visit": visit, "kind": KINDS[Kind(visit.kind)], "findings": findings}


def _photo(photo: Photo) -> dict[str, Any]:
    return {"photo": photo, "caption": caption_of(photo, edition(photo.visit.edition))}
