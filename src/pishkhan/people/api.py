"""People over HTTP: oneself and one's files; entering people and organisations, and the roles they are assigned."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile

from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import files_of, name_of, response_for
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.language.search import folded
from pishkhan.limits.posting import once, request_of

from .models import Assignment, Organisation, Person
from .need_to_know.identity import LONGEST, SHORTEST, reveal_national_id
from .roles import Role
from .selectors import organisations_of, people_findable_by, within
from .services import (
    assign,
    end_assignment,
    enter_or_find_person,
    enter_organisation,
    sign_out_everywhere,
)
from .web.error_schemas import REFUSALS
from .web.quotas import ask_upload
from .web.request_context import Day, RequestBody, asker

router = Router(tags=["people"])
PAGE = 50
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
Code = Annotated[str, Field(pattern=r"^[0-9]{2,16}$")]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Reason = Annotated[str, Field(min_length=SHORTEST, max_length=LONGEST)]
Identifier = Annotated[str, Field(max_length=20)]
NAMES = ("given_name", "family_name", "father_name", "national_id", "phone", "born_on")


class Known(Schema):
    id: int


class AssignmentOut(Schema):
    id: int
    role: str
    place: str
    organisation: int | None = Field(alias="organisation_id")
    acting: bool
    letter: str
    from_on: date
    until_on: date | None


class OrganisationOut(Schema):
    id: int
    kind: str
    name: str
    legal_id: str | None


class Me(Schema):
    id: int
    name: str
    assignments: list[AssignmentOut]
    organisations: list[OrganisationOut]


class PersonOut(Schema):
    id: int
    name: str
    division: str


class FileOut(Schema):
    id: str
    name: str
    digest: str
    size: int
    media_type: str


class Entering(RequestBody):
    given_name: Name
    family_name: Name
    father_name: str = Field("", max_length=80)
    national_id: Identifier
    phone: Identifier | None = None
    born_on: Day | None = None
    division: Code


class EnteringOrganisation(RequestBody):
    kind: str = Field(max_length=10)
    name: str = Field(min_length=1, max_length=200)
    name_en: str = Field("", max_length=200)
    legal_id: Identifier | None = None
    registered_on: Day | None = None
    division: Code


class Assigning(RequestBody):
    role: str = Field(max_length=20)
    place: Code
    from_on: Day
    until_on: Day | None = None
    organisation: Key | None = None
    acting: bool = False
    letter: str = Field("", max_length=60)


class EndingAssignment(RequestBody):
    on: Day
    letter: str = Field("", max_length=60)


@router.get("/me", response={200: Me, **REFUSALS})
def get_me(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, and in which capacities."""
    person = asker(request)
    return {
        "id": person.pk,
        "name": person.full_name,
        "assignments": person.assignments_today,
        "organisations": organisations_of(person),
    }


@router.post("/me/sign-out-everywhere", response={204: None, **REFUSALS})
def post_sign_out(request: HttpRequest) -> Status[None]:
    """Let every session of one's own be over, this one too."""
    sign_out_everywhere(asker(request), by=asker(request))
    return Status(204, None)


@router.post("/me/files", response={201: FileOut, **REFUSALS})
def post_file(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Upload a paper, to be attached to a case by its identifier: PDF, JPEG or PNG."""
    person = asker(request)

    def stored() -> StoredFile:
        ask_upload(request, file)
        return store(file, by=person, division=person.division)

    return Status(201, _file_out(once(request_of(request, "file", person.ref), stored, StoredFile.objects.all())))


@router.get("/me/files", response={200: list[FileOut], **REFUSALS})
def list_files(request: HttpRequest) -> list[dict[str, Any]]:
    """What one has uploaded, newest first."""
    return [_file_out(file) for file in files_of(asker(request))[:PAGE]]


@router.get("/me/files/{file}", response={200: None, **REFUSALS})
def get_file(request: HttpRequest, file: str) -> FileResponse:
    """A paper that one has uploaded, as it is kept: bare of metadata."""
    row = next((stored_file for stored_file in files_of(asker(request)) if str(stored_file.pk) == file), None)
    if row is None:
        raise Missing()
    return response_for(row)


@router.get("/people", response={200: list[PersonOut], **REFUSALS})
def list_people(request: HttpRequest, q: Annotated[str, Field(max_length=80)] = "") -> list[dict[str, Any]]:
    """The people of one's region, by name: colleagues for everybody at work there, others for who reads of persons."""
    return [
        {"id": person.pk, "name": person.full_name, "division": person.division_id}
        for person in people_findable_by(asker(request))
        .filter(search__contains=folded(q))
        .order_by("sort_key", "pk")[:PAGE]
    ]


@router.get("/people/{person}/national-id", response={200: dict[str, str], **REFUSALS})
def get_national_id(request: HttpRequest, person: Key, reason: Reason) -> dict[str, str]:
    """A person's national id in the clear, for who may read it and says what for: both stand in the access log."""
    return {"national_id": reveal_national_id(_person(request, person), reason, by=asker(request))}


@router.post("/people", response={201: Known, **REFUSALS})
def post_person(request: HttpRequest, body: Entering) -> Status[Person]:
    """Enter a person, or find who has the national id: by the administrator of the place."""
    return Status(
        201,
        enter_or_find_person(
            asker(request),
            role=Role.ADMINISTRATOR,
            division=_division(body.division),
            **body.model_dump(exclude={"division"}),
        ),
    )


@router.post("/organisations", response={201: Known, **REFUSALS})
def post_organisation(request: HttpRequest, body: EnteringOrganisation) -> Status[Organisation]:
    """Enter a company, a public body or a guild: by the administrator of the place."""
    return Status(
        201,
        enter_organisation(
            asker(request),
            role=Role.ADMINISTRATOR,
            division=_division(body.division),
            **body.model_dump(exclude={"division"}),
        ),
    )


@router.get("/people/{person}/assignments", response={200: list[AssignmentOut], **REFUSALS})
def list_assignments(request: HttpRequest, person: Key) -> QuerySet[Assignment]:
    """Every assignment of a person whom one may find, past ones too."""
    by = asker(request)
    row = people_findable_by(by).filter(pk=person).first()
    if row is None:
        access.note_refused(by.ref, Person, "assignments", pk=person)
        raise Missing()
    access.note(by.ref, row.subject, "assignments")
    return row.assignments.order_by("from_on", "pk")


@router.post("/people/{person}/assignments", response={201: Known, **REFUSALS})
def post_assignment(request: HttpRequest, person: Key, body: Assigning) -> Status[Assignment]:
    """Assign a role in a place: by the administrator of that place. An acting head has a letter."""
    organisation = None
    if body.organisation is not None:
        organisation = Organisation.objects.filter(pk=body.organisation).first()
        if organisation is None:
            raise Missing()
    return Status(
        201,
        assign(
            _person(request, person),
            by=asker(request),
            organisation=organisation,
            **body.model_dump(exclude={"organisation"}),
        ),
    )


@router.post("/assignments/{assignment}/end", response={200: AssignmentOut, **REFUSALS})
def post_end(request: HttpRequest, assignment: Key, body: EndingAssignment) -> Assignment:
    """Let a day be the last of an assignment."""
    row = Assignment.objects.filter(pk=assignment, person__in=_people(request)).select_related("person").first()
    if row is None:
        raise Missing()
    return end_assignment(row, on=body.on, letter=body.letter, by=asker(request))


@router.post("/people/{person}/sign-out", response={204: None, **REFUSALS})
def post_sign_out_of(request: HttpRequest, person: Key) -> Status[None]:
    """Let every session of a person be over: by the administrator of their place."""
    sign_out_everywhere(_person(request, person), by=asker(request), role=Role.ADMINISTRATOR)
    return Status(204, None)


def _people(request: HttpRequest) -> QuerySet[Person]:
    return within(Person.objects.filter(erased_on=None), asker(request))


def _person(request: HttpRequest, key: int) -> Person:
    person = _people(request).filter(pk=key).first()
    if person is None:
        raise Missing()
    return person


def _division(code: str) -> Division:
    division = Division.objects.filter(code=code).first()
    if division is None:
        raise Missing()
    return division


def _file_out(file: Any) -> dict[str, Any]:
    return {
        "id": str(file.pk),
        "name": name_of(file),
        "digest": file.digest,
        "size": file.size,
        "media_type": file.media_type,
    }
