"""Appointments over HTTP: proposed by one and confirmed by another. `/lists/appointments` lists them."""

from datetime import date
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.files.selectors import files_of, response_for
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Appointment, Organisation, Person
from pishkhan.people.roles import COUNTRY, Role
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import Day, RequestBody, asker

from .selectors import appointments_seen_by
from .services import confirm_appointment, propose_appointment, refuse_appointment, withdraw_appointment

router = Router(tags=["people"])
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]


class AppointmentOut(Schema):
    id: int
    person: int = Field(alias="person_id")
    role: str
    place: str
    acting: bool
    from_on: date
    until_on: date | None
    letter: str
    letter_on: date
    proposed_by: int | None = Field(alias="proposed_by_id")
    proposed_on: date
    state: str
    assignment: int | None = Field(alias="assignment_id")


class ProposingAppointment(RequestBody):
    role: str = Field(max_length=20)
    place: str = Field(COUNTRY, pattern=r"^[0-9]{0,16}$")
    from_on: Day
    until_on: Day | None = None
    organisation: Key | None = None
    acting: bool = False
    letter: str = Field(min_length=1, max_length=60)
    letter_on: Day
    scan: str = Field(max_length=36)


class RefusingAppointment(RequestBody):
    reason: str = Field(min_length=1, max_length=2000)


@router.post("/people/{person}/appointments", response={201: AppointmentOut, **REFUSALS})
def post_appointment(request: HttpRequest, person: Key, body: ProposingAppointment) -> Status[Appointment]:
    """Propose a deciding role for a person, with the scan of the letter (uploaded before, by its identifier)."""
    by = asker(request)
    row = within(Person.objects.filter(erased_on=None), by, [Role.ADMINISTRATOR]).filter(pk=person).first()
    scan = next((file for file in files_of(by) if str(file.pk) == body.scan), None)
    organisation = Organisation.objects.filter(pk=body.organisation).first() if body.organisation else None
    if row is None or scan is None or (body.organisation and organisation is None):
        raise Missing()
    facts = body.model_dump(exclude={"organisation", "scan"})
    return Status(201, propose_appointment(row, organisation=organisation, scan=scan, by=by, **facts))


@router.get("/appointments/{appointment}", response={200: AppointmentOut, **REFUSALS})
def get_appointment(request: HttpRequest, appointment: Key) -> Appointment:
    """One appointment in one's places."""
    return _seen(request, appointment)


@router.get("/appointments/{appointment}/scan", response={200: None, **REFUSALS})
def get_scan(request: HttpRequest, appointment: Key) -> FileResponse:
    """The letter of an appointment."""
    row = _seen(request, appointment)
    access.note(asker(request).ref, row.subject, "letter of appointment")
    return response_for(row.scan)


@router.post("/appointments/{appointment}/confirm", response={200: AppointmentOut, **REFUSALS})
def post_confirmation(request: HttpRequest, appointment: Key) -> Any:
    """Confirm what another proposed for a third: the role is held from its day on."""
    return confirm_appointment(_seen(request, appointment), by=asker(request))


@router.post("/appointments/{appointment}/refuse", response={200: AppointmentOut, **REFUSALS})
def post_refusal(request: HttpRequest, appointment: Key, body: RefusingAppointment) -> Any:
    """Refuse, with a reason, what another proposed for a third."""
    return refuse_appointment(_seen(request, appointment), reason=body.reason, by=asker(request))


@router.post("/appointments/{appointment}/withdraw", response={200: AppointmentOut, **REFUSALS})
def post_withdrawal(request: HttpRequest, appointment: Key) -> Any:
    """Take a proposal back."""
    return withdraw_appointment(_seen(request, appointment), by=asker(request))


def _seen(request: HttpRequest, key: int) -> Appointment:
    row = appointments_seen_by(asker(request)).filter(pk=key).first()
    if row is None:
        raise Missing()
    return row
