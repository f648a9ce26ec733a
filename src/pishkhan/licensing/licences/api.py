"""What can be begun about a licence, over HTTP. Everything after that is a step of its case (casework.api)."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pishkhan.casework.api import Standing
from pishkhan.journal.refusals import Missing
from pishkhan.offices.models import Licence
from pishkhan.people.models import Person
from pishkhan.people.web.error_schemas import REFUSALS, CitedRule
from pishkhan.people.web.quotas import ask_draft
from pishkhan.people.web.request_context import RequestBody, asker, language

from .licence_requests import Matter, begin_matter, matters_for, offices_for

router = Router(tags=["licensing"])
Number = Annotated[str, Field(min_length=1, max_length=20)]


class MatterOut(Schema):
    """What can be asked about a licence; whether it can be begun now, and what is not so."""

    code: str
    title: str
    open: bool
    unmet: list[CitedRule]


class MatterQuery(Schema):
    """The licence, by its number in the register."""

    licence: Number


class Beginning(RequestBody):
    """What to begin (see GET /matters), about which licence."""

    licence: Number
    code: str = Field(min_length=1, max_length=40)


@router.get("", response={200: list[MatterOut], **REFUSALS})
def list_matters(request: HttpRequest, sought: Query[MatterQuery]) -> list[dict[str, Any]]:
    """What the asker can begin about a licence, as its holder or as an expert of its place."""
    person = asker(request)
    return [_told(each) for each in matters_for(_licence(person, sought.licence), person)]


@router.post("", response={201: Standing, **REFUSALS})
def post_matter(request: HttpRequest, body: Beginning) -> Status[dict[str, Any]]:
    """Begin it: a draft that only its side sees until it is submitted; 422 if something stands in the way already."""
    person = asker(request)
    ask_draft(request)
    case = begin_matter(body.code, _licence(person, body.licence), by=person)
    return Status(201, {"number": case.number, "stage": case.stage, "revision": case.revision})


def _licence(person: Person, number: str) -> Licence:
    found = (
        Licence.objects.select_related("office", "division")
        .filter(number=number, office__in=offices_for(person))
        .first()
    )
    if found is None:
        raise Missing()
    return found


def _told(matter: Matter) -> dict[str, Any]:
    return {
        "code": matter.code,
        "title": matter.procedure.title.to(language()),
        "open": not matter.in_the_way,
        "unmet": [
            {
                "name": each.rule.name,
                "sentence": each.rule.sentence.to(language()),
                "article": each.citation.to(language()),
                "binds": each.binds,
            }
            for each in matter.unmet
        ],
    }
