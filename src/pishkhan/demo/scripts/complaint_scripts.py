"""What people complain of, when, by which door, and what becomes of it: drawn with the story."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from pishkhan.complaints.models import Complaint
from pishkhan.language.jalali import jalali_date
from pishkhan.offices.models import OfficeKind

Door = Complaint.Door
FIRST, LAST = jalali_date(1400, 12, 1), jalali_date(1401, 6, 23)
DOORS = (*[Door.WEB] * 6, *[Door.PHONE] * 3, Door.PAPER)
KINDS = (
    *["closed"] * 4,
    *["overcharged"] * 3,
    *["waiting"] * 3,
    *["behaviour"] * 3,
    *["refused"] * 2,
    "unlike",
    "papers",
    "other",
)
ELSEWHERE = ("no_office", "unlicensed")  # about a place without an office
SHORT = 6  # days before the end of the story from which a complaint may be still before somebody


class End(StrEnum):
    """What becomes of a complaint."""

    REMEDIED = "remedied"
    EXPLAINED = "explained"
    UNFOUNDED = "unfounded"
    TOLD_TWICE = "told-twice"  # another tells the same, and is joined to it
    UNANSWERED = "unanswered"  # the office says nothing, until the director ends it
    DISMISSED = "dismissed"
    REFERRED = "referred"  # to whom it belongs: there is no office there
    AT_DESK = "at-desk"
    AT_OFFICE = "at-office"
    AT_VISIT = "at-visit"


# What becomes of those about an office, and how many come about places without one.
ENDS = (
    *[End.REMEDIED] * 18,
    *[End.EXPLAINED] * 12,
    *[End.UNFOUNDED] * 6,
    *[End.TOLD_TWICE] * 4,
    *[End.UNANSWERED] * 3,
    *[End.DISMISSED] * 4,
    *[End.AT_DESK] * 3,
    *[End.AT_OFFICE] * 4,
    *[End.AT_VISIT] * 2,
)
ABOUT_PLACES = 4
LATE = (End.AT_DESK, End.AT_OFFICE, End.AT_VISIT)


@dataclass(frozen=True)
class Grievance:
    """A complaint: about an office, by its place in the opening stock, or about where that one is."""

    number: int
    office: int
    kind: str
    door: str
    told_on: date
    end: End


def draw_grievances(seed: int, stock: dict[OfficeKind, int]) -> tuple[Grievance, ...]:
    """Draw who is complained of, of what, and how it ends. An office may be complained of again."""
    return tuple(_drawn(Random(f"{seed}:grievances"), sum(stock.values())))  # noqa: S311  a story, not a secret


def _drawn(draw: Random, offices: int) -> Iterator[Grievance]:
    for number, end in enumerate((*ENDS, *[End.REFERRED] * ABOUT_PLACES)):
        kind = ELSEWHERE[number % len(ELSEWHERE)] if end == End.REFERRED else draw.choice(KINDS)
        span = (LAST - FIRST).days
        after = span - draw.randint(0, SHORT) if end in LATE else draw.randint(0, span - 30)
        yield Grievance(number, draw.randrange(offices), kind, draw.choice(DOORS), FIRST + timedelta(days=after), end)
