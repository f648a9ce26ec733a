"""What a phone sends of a visit: the report, with its photos named by digest. The API and the demo state it alike."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field

from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.evidence import Signature
from pishkhan.inspections.models import Visit
from pishkhan.people.web.request_context import RequestBody

MOST_PHOTOS, MOST_STROKES, MOST_POINTS = 40, 200, 5000
PHOTO_BYTES = 3 * 1024 * 1024  # of one photo: a phone shrinks them to a tenth of it
FIRST_YEAR, LAST_YEAR = 1900, 2200  # neither included: a clock that lost its time shows 1970
BOX = 1000  # a signature is drawn in a box of so many steps a side


def _seventh(key: UUID) -> UUID:
    if key.version != 7:
        raise ValueError("it is no UUIDv7")
    return key


def _few_points(strokes: list[list[int]]) -> list[list[int]]:
    if sum(map(len, strokes)) > 2 * MOST_POINTS or any(len(stroke) % 2 for stroke in strokes):
        raise ValueError("a stroke is pairs of x and y, and there are not so many")
    return strokes


def _of_our_time(moment: datetime) -> datetime:
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise ValueError("no clock shows such a year")
    return moment


MadeThere = Annotated[UUID, AfterValidator(_seventh)]  # on the phone
Instant = Annotated[AwareDatetime, AfterValidator(_of_our_time)]  # by the phone's clock, wrong as it may be
Code = Annotated[str, Field(max_length=30)]


class Position(RequestBody):
    """Where a phone was, in degrees, and how sure it is, in metres."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    accuracy: float = Field(ge=0, le=1e6, allow_inf_nan=False)


class Moment(RequestBody):
    """When the inspector came or left, and where the phone was then, if it knew."""

    at: Instant
    position: Position | None = None


class ReportedPhoto(RequestBody):
    """A photo as the report names it; its content follows."""

    id: MadeThere
    item: Code = ""
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=1, le=PHOTO_BYTES)
    taken_at: Instant
    position: Position | None = None


class Signed(RequestBody):
    """A signature: drawn as strokes of x, y, x, y …; a name typed and confirmed; or refused, with the reason."""

    how: Signature.How
    name: str = Field("", max_length=80)
    strokes: Annotated[list[list[Annotated[int, Field(ge=0, le=BOX)]]], AfterValidator(_few_points)] = Field(
        [], max_length=MOST_STROKES
    )
    reason: str = Field("", max_length=500)
    at: Instant


class Begun(RequestBody):
    """A visit that nobody planned, begun at an office on the spot."""

    office: str = Field(max_length=12)
    kind: checklist.Kind
    purpose: Visit.Purpose


class Hindered(RequestBody):
    """What kept the inspector from looking, and what was seen: instead of answers."""

    what: checklist.Hindrance
    note: str = Field(min_length=1, max_length=2000)


class Report(RequestBody):
    """What was found on a visit, as a phone sends it. It says the same however often it is sent."""

    id: MadeThere
    visit: MadeThere
    device: MadeThere
    edition: str = Field(max_length=20)
    begun: Begun | None = None
    arrived: Moment
    left: Moment
    answers: dict[Code, Annotated[str, Field(max_length=20)]] = Field(max_length=100)
    notes: dict[Code, Annotated[str, Field(max_length=2000)]] = Field({}, max_length=100)
    further: list[Visit.Purpose] = Field([], max_length=10)
    passed: bool | None = None
    hindered: Hindered | None = None
    photos: list[ReportedPhoto] = Field([], max_length=MOST_PHOTOS)
    inspector: Signed
    office: Signed

    @property
    def digest(self) -> str:
        """SHA-256 of what it says; of one that was not hindered as before there were such reports."""
        without = None if self.hindered else {"hindered"}
        return sha256(self.model_dump_json(exclude=without).encode()).hexdigest()


def placeless(report: Report) -> Report:
    """A report without where the phone was."""
    bare = report.model_copy(deep=True)
    for reported_photo in _placed(bare):
        reported_photo.position = None
    return bare


def places_of(report: Report) -> list[dict[str, float]]:
    """Where the phone was, on arriving, on leaving, and at each photo; empty where it did not say."""
    return [position_fields(reported_photo.position) for reported_photo in _placed(report)]


def _placed(report: Report) -> list[Moment | ReportedPhoto]:
    return [report.arrived, report.left, *report.photos]


def position_fields(position: Position | None) -> dict[str, float]:
    """A position as a row takes it."""
    return position.model_dump() if position else {}
