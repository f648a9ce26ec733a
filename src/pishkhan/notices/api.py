"""Legal notices and their service over HTTP, and trying again what failed."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from pishkhan.files.models import StoredFile
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker

from .models import How, Notice, Outcome
from .notice_lists import LegalNoticeList, text_of
from .pages import role_over
from .selectors import notices_of_region, served_on, to_be_served_by
from .services import prove_service, try_again, withdraw_proof

router = Router(tags=["notices"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class LegalNotice(Schema):
    id: UUID
    text: str
    recipient: int | None  # a person
    organisation: int | None  # for which nobody acts
    division: str
    queued_at: datetime
    state: str
    proved: bool


class ProofOut(Schema):
    id: int
    how: str
    outcome: str
    on: date
    withdrawn_on: date | None


class LegalNoticeOut(LegalNotice):
    served_on: date | None
    proofs: list[ProofOut]


class NoticeQuery(Schema):
    proved: bool | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1


class Proving(RequestBody):
    """How a notice was served; `evidence` is the identifier of a file one uploaded."""

    how: How
    outcome: Outcome
    on: Day
    server: str = Field(min_length=1, max_length=120)
    evidence: UUID | None = None


class Withdrawing(RequestBody):
    reason: str = Field(min_length=3, max_length=2000)


class Sending(Schema):
    id: UUID
    state: str


@router.get("", response={200: list[LegalNotice], **REFUSALS})
def list_legal_notices(request: HttpRequest, sought: Query[NoticeQuery]) -> list[dict[str, Any]]:
    """The legal notices of one's region, the newest first, 50 a page."""
    state = "" if sought.proved is None else "served" if sought.proved else "waiting"
    found = LegalNoticeList.select(asker(request), state=state)
    return [_listed(each) for each in found[(sought.page - 1) * PAGE : sought.page * PAGE]]


@router.get("/{notice}", response={200: LegalNoticeOut, **REFUSALS})
def get_legal_notice(request: HttpRequest, notice: UUID) -> dict[str, Any]:
    """A legal notice, its proofs of service, and the day on which it was served."""
    found = _legal(asker(request), notice)
    return _listed(found) | {"served_on": served_on(found), "proofs": list(found.proofs.all())}


@router.post("/{notice}/proofs", response={201: ProofOut, **REFUSALS})
def post_proof(request: HttpRequest, notice: UUID, body: Proving) -> Status[Any]:
    """Record that a legal notice was served."""
    person = asker(request)
    found, evidence = _legal(person, notice), None
    if body.evidence is not None:
        evidence = StoredFile.objects.filter(pk=body.evidence, uploaded_by=person.ref).first()
        if evidence is None:
            raise Missing()
    return Status(
        201,
        prove_service(
            found, by=person, role=role_over(person, found), evidence=evidence, **body.model_dump(exclude={"evidence"})
        ),
    )


@router.post("/{notice}/proofs/{proof}/withdrawal", response={200: ProofOut, **REFUSALS})
def post_withdrawal(request: HttpRequest, notice: UUID, proof: Key, body: Withdrawing) -> Any:
    """Withdraw a proof of service that was wrong."""
    person = asker(request)
    found = _legal(person, notice)
    wrong = found.proofs.filter(pk=proof).first()
    if wrong is None:
        raise Missing()
    return withdraw_proof(wrong, reason=body.reason, by=person, role=role_over(person, found))


@router.post("/{notice}/attempts", response={200: Sending, **REFUSALS})
def post_attempt(request: HttpRequest, notice: UUID) -> Notice:
    """Let a notice that failed be sent once more: by an administrator of its region."""
    found = notices_of_region(asker(request)).select_related("person", "organisation").filter(pk=notice).first()
    if found is None:
        raise Missing()
    return try_again(found, by=asker(request))


def _legal(person: Person, key: UUID) -> Any:
    found = to_be_served_by(person).select_related("person", "organisation", "division").filter(pk=key).first()
    if found is None:
        raise Missing()
    return found


def _listed(notice: Any) -> dict[str, Any]:
    return {
        "id": notice.pk,
        "text": text_of(notice),
        "recipient": notice.person_id,
        "organisation": notice.organisation_id,
        "division": notice.division_id,
        "queued_at": notice.queued_at,
        "state": notice.state,
        "proved": notice.served,
    }
