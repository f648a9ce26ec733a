"""What the demo tells: who asks for what and how it ends, which visits are made, when the working group meets.

A story is drawn from a seed before anything is played; the play then lets everybody act. Leave a request or a visit out
of a story, and exactly that is missing from what is played.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from random import Random

from pishkhan.inspections.models import Visit
from pishkhan.language.jalali import jalali_date
from pishkhan.offices.models import OfficeKind

from .complaint_scripts import Grievance, draw_grievances
from .licence_requests import (
    ARTICLE_FURTHER,
    ARTICLE_MATTERS,
    EXPIRING,
    Holders,
    draw_further,
    draw_holders,
    other_further,
    other_matters,
)
from .violation_scripts import Wrong, draw_wrongs

ARTICLE = 1  # the seed of the story that the article tells
BEGINS, YEAR_BEGINS, ENDS = jalali_date(1400, 11, 2), jalali_date(1401, 1, 1), jalali_date(1401, 6, 25)
ACTIVE = {OfficeKind.COUNTER: 255, OfficeKind.RURAL_ICT: 43}  # of the article, at the end of its half year
VISITS = 120  # and made in it


class Course(StrEnum):
    """Why a meeting of the working group that was convened is not held."""

    CANCELLED = "cancelled"
    INQUORATE = "inquorate"


class Fate(StrEnum):
    """How a request goes."""

    ISSUED = "issued"
    RETURNED = "returned"  # and completed, then issued
    MOVED = "moved"  # the place fails, another is found, then issued
    DEFERRED = "deferred"  # to the next meeting, then issued
    CONDITIONAL = "conditional"  # the condition is met, then issued
    GIVEN_BACK = "given-back"  # by the region, sent again, then issued
    LOOKED_AGAIN = "looked-again"  # the final visit fails once, then issued
    AT_REGION = "at-region"
    LAPSED = "lapsed"  # never completed after it was returned
    LAPSED_ELSEWHERE = "lapsed-elsewhere"  # no other place was found
    REJECTED = "rejected"
    PERSON_REFUSED = "person-refused"
    PLACE_REFUSED = "place-refused"  # by an inquiry; with another place it waits for the working group again
    CONDITION_OPEN = "condition-open"
    UNPAID = "unpaid"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_EARLY = "withdrawn-early"
    DRAFT = "draft"
    AT_CHECK = "at-check"
    AT_VISIT = "at-visit"
    AT_COMMITTEE = "at-committee"
    AT_AGENDA = "at-agenda"


ISSUED = (Fate.ISSUED, Fate.RETURNED, Fate.MOVED, Fate.DEFERRED, Fate.CONDITIONAL, Fate.GIVEN_BACK, Fate.LOOKED_AGAIN)
LATE = (Fate.DRAFT, Fate.AT_CHECK, Fate.AT_VISIT)
# Before which meeting a fate must begin, and not before the one ahead of it; the others come before either.
MEETING = dict.fromkeys((Fate.DEFERRED, Fate.LAPSED, Fate.LAPSED_ELSEWHERE, Fate.UNPAID), 0) | {Fate.PLACE_REFUSED: 1}
# How many visits are made before the working group decides, and after.
SEEN = (
    dict.fromkeys(Fate, (1, 0))
    | dict.fromkeys(ISSUED, (1, 1))
    | {
        Fate.MOVED: (2, 1),
        Fate.LOOKED_AGAIN: (1, 2),
        Fate.AT_REGION: (1, 1),
        Fate.UNPAID: (1, 1),
        Fate.PLACE_REFUSED: (1, 1),
    }
    | dict.fromkeys((Fate.LAPSED, Fate.WITHDRAWN_EARLY, *LATE), (0, 0))
)

# What the article's half year is told by: six counter and eight rural offices licensed, and what else came in.
ARTICLE_FATES = {
    OfficeKind.COUNTER: (
        Fate.ISSUED,
        Fate.ISSUED,
        Fate.RETURNED,
        Fate.MOVED,
        Fate.CONDITIONAL,
        Fate.LOOKED_AGAIN,
        Fate.REJECTED,
        Fate.REJECTED,
        Fate.LAPSED,
        Fate.PERSON_REFUSED,
        Fate.PLACE_REFUSED,
        Fate.UNPAID,
        Fate.CONDITION_OPEN,
        Fate.AT_REGION,
        Fate.WITHDRAWN,
        Fate.DRAFT,
        Fate.DRAFT,
        Fate.AT_CHECK,
        Fate.AT_CHECK,
        Fate.AT_VISIT,
        Fate.AT_COMMITTEE,
        Fate.AT_AGENDA,
    ),
    OfficeKind.RURAL_ICT: (
        Fate.ISSUED,
        Fate.ISSUED,
        Fate.ISSUED,
        Fate.ISSUED,
        Fate.RETURNED,
        Fate.DEFERRED,
        Fate.GIVEN_BACK,
        Fate.MOVED,
        Fate.REJECTED,
        Fate.LAPSED,
        Fate.LAPSED_ELSEWHERE,
        Fate.WITHDRAWN_EARLY,
        Fate.DRAFT,
        Fate.AT_CHECK,
        Fate.AT_COMMITTEE,
        Fate.AT_AGENDA,
        Fate.AT_AGENDA,
    ),
}
# What there is when the story begins, so that it ends with what the article counts.
STOCK = {
    kind: ACTIVE[kind] - sum(fate in ISSUED for fate in fates) + EXPIRING[kind] for kind, fates in ARTICLE_FATES.items()
}
ARTICLE_MEETINGS = (jalali_date(1401, 2, 20), jalali_date(1401, 4, 5))
# Convened and not held: in between those that are, and after the last, so that nothing is decided later for it.
UNHELD = ((jalali_date(1401, 3, 17), Course.CANCELLED), (jalali_date(1401, 6, 14), Course.INQUORATE))
LEAVING = jalali_date(1401, 3, 28)  # when a member leaves
CORRECTED_ON = jalali_date(1401, 5, 4)  # once the reports of the round that is made to correct addresses are accepted
# Of the rounds in turn: what offices are visited for. One visit in so many of each is to an ATM or bank booth.
PURPOSES = (
    Visit.Purpose.PERFORMANCE,
    Visit.Purpose.HEALTH,
    Visit.Purpose.PERFORMANCE,
    Visit.Purpose.ADDRESS_CORRECTION,
    Visit.Purpose.PERFORMANCE,
    Visit.Purpose.HEALTH,
)
AT_MACHINES = 8
BEGIN = ((1, 27), (2, 24), (3, 24), (4, 18), (5, 15), (6, 9))  # of the rounds: month and day of 1401


@dataclass(frozen=True)
class Request:
    """A request for a new licence: begun on a day (the next working day, if it is none), and how it goes."""

    number: int
    kind: str
    fate: Fate
    opens_on: date

    @property
    def visits(self) -> int:
        """How many of its visits fall in the story's half year: what began in 1400 was first seen before Nowruz."""
        before, after = SEEN[self.fate]
        return after + before * (self.opens_on >= YEAR_BEGINS)


@dataclass(frozen=True)
class Round:
    """A visit of a round: in which round, from which day on, and for what. To whom, the round itself chooses."""

    number: int
    visited_on: date
    batch: int
    purpose: str


@dataclass(frozen=True)
class Story:
    """All of it."""

    seed: int
    until: date
    requests: tuple[Request, ...]
    rounds: tuple[Round, ...]
    meetings: tuple[date, ...]
    holders: Holders
    wrongs: tuple[Wrong, ...] = ()
    grievances: tuple[Grievance, ...] = ()
    unheld: tuple[tuple[date, Course], ...] = ()

    @property
    def packed_on(self) -> date:
        """On the day after the first meeting an inquiry body is asked in one package, not by letter."""
        return min(self.meetings, default=self.until) + timedelta(days=1)

    @property
    def name(self) -> str:
        """What tells it from another story, and from what the same seed told before the tale was changed."""
        tale = self.requests, self.rounds, self.meetings, self.holders, self.wrongs, self.grievances, self.unheld
        drawn = sha256(repr(tale).encode()).hexdigest()
        return f"seed {self.seed} until {self.until.isoformat()} {drawn[:8]}"


def draw_story(seed: int = ARTICLE, until: date = ENDS) -> Story:
    """The story of a seed, as far as a day. What the article's comes to is fixed; others come to what they may."""
    draw = Random(seed)  # noqa: S311  a story, not a secret
    fates = ARTICLE_FATES if seed == ARTICLE else _other_fates(draw)
    meetings = ARTICLE_MEETINGS if seed == ARTICLE else _other_meetings(draw)
    visits = VISITS if seed == ARTICLE else draw.randint(90, 150)
    requests = tuple(_requests(draw, fates))
    holders = draw_holders(seed, STOCK, ARTICLE_MATTERS if seed == ARTICLE else other_matters(seed))
    wrongs, grievances = draw_wrongs(seed, STOCK, holders), draw_grievances(seed, STOCK)
    busy = {wrong.office for wrong in wrongs} | {grievance.office for grievance in grievances}
    often = ARTICLE_FURTHER if seed == ARTICLE else other_further(seed)
    further = draw_further(seed, STOCK, holders, busy, often)
    holders = replace(holders, matters=(*holders.matters, *further))
    visits -= sum(request.visits for request in requests) + sum(matter.visits for matter in holders.matters)
    rounds = tuple(_rounds(visits))
    return Story(
        seed,
        until,
        requests,
        rounds,
        meetings,
        holders,
        wrongs,
        grievances,
        UNHELD,
    )


def _requests(draw: Random, fates: dict[OfficeKind, tuple[Fate, ...]]) -> Iterator[Request]:
    number = 0
    for kind, outcomes in fates.items():
        for fate in outcomes:
            number += 1
            meeting = MEETING.get(fate, number % 2)
            yield Request(number, kind, fate, _begins(draw, fate, meeting))


def _begins(draw: Random, fate: Fate, meeting: int) -> date:
    """A day to begin on: early enough for the meeting that decides it, or late enough to be under way at the end."""
    if fate == Fate.AT_AGENDA:
        return jalali_date(1401, 5, draw.randint(28, 31))
    if fate == Fate.AT_COMMITTEE:
        return jalali_date(1401, 6, draw.randint(4, 8))
    if fate in LATE:
        return jalali_date(1401, 6, draw.randint(14, 19))
    if meeting == 0:
        return jalali_date(1400, 11, draw.randint(5, 10 if fate == Fate.MOVED else 28))
    month = 2 if fate in MEETING else draw.choice((1, 2))
    return jalali_date(1401, month, draw.randint(16, 31) if month == 1 else draw.randint(8, 20))


def _rounds(count: int) -> Iterator[Round]:
    """Visits of rounds, spread over the half year."""
    for number in range(count):
        batch = number * len(BEGIN) // count
        purpose = Visit.Purpose.ATM_BOOTH if number % AT_MACHINES == AT_MACHINES - 1 else PURPOSES[batch]
        yield Round(number + 1, jalali_date(1401, *BEGIN[batch]), batch, purpose)


def _other_fates(draw: Random) -> dict[OfficeKind, tuple[Fate, ...]]:
    fates = {}
    for kind, (least, most) in {OfficeKind.COUNTER: (2, 9), OfficeKind.RURAL_ICT: (3, 12)}.items():
        issued = draw.choices(ISSUED, k=draw.randint(least, most))
        others = draw.choices([fate for fate in Fate if fate not in ISSUED], k=draw.randint(6, 16))
        fates[kind] = (*issued, *others)
    return fates


def _other_meetings(draw: Random) -> tuple[date, ...]:
    """Two or three meetings, on days of the week on which offices work."""
    days = [
        jalali_date(1401, 2, draw.randint(16, 26)),
        jalali_date(1401, 4, draw.randint(1, 8)),
        jalali_date(1401, 5, draw.randint(20, 28)),
    ]
    return tuple(_on_a_sunday(day) for day in days[: draw.randint(2, 3)])


def _on_a_sunday(day: date) -> date:
    return date.fromordinal(day.toordinal() + (6 - day.weekday()) % 7)
