"""What holders of the opening stock do within the story: whose licence ends when, and who asks for what about it."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pishkhan.language.jalali import jalali_date
from pishkhan.offices.models import OfficeKind

EXPIRING = {OfficeKind.COUNTER: 4, OfficeKind.RURAL_ICT: 2}  # licences that run out within the story
WAIVING = {OfficeKind.COUNTER: 1}  # who do not ask in time, and serve to the end of the story
# How often the holders of each kind ask for what, in the story that the article tells.
ARTICLE_MATTERS = {
    "renewal": {OfficeKind.COUNTER: 9, OfficeKind.RURAL_ICT: 3},
    "transfer": {OfficeKind.COUNTER: 4, OfficeKind.RURAL_ICT: 1},
    "address-change": {OfficeKind.COUNTER: 5, OfficeKind.RURAL_ICT: 2},
    "closure": {OfficeKind.COUNTER: 2, OfficeKind.RURAL_ICT: 1},
    "name-change": {OfficeKind.COUNTER: 2},
    "booth": {OfficeKind.COUNTER: 1},
}
# And of offices of which nothing else is told: two give up, an agent of old is converted, an expired one revived. So as
# many come as go.
ARTICLE_FURTHER = {
    "surrender": {OfficeKind.COUNTER: 1, OfficeKind.RURAL_ICT: 1},
    "revival": {OfficeKind.COUNTER: 1},
    "conversion": {OfficeKind.RURAL_ICT: 1},
}
AGENTS = 1  # of old, behind the stock
# From when until when what comes before the first meeting is begun, and before the second: day and month of 1401.
BEGINS = (((1, 16), (1, 29)), ((2, 25), (3, 8)))
CLOSING = ((1, 20), (4, 20))  # closures need no meeting
# Last days of the licences that are renewed, by the meeting before which that is asked for.
RENEWED = (((6, 28), (7, 12)), ((7, 20), (8, 18)))
EXPIRED = ((1, 15), (6, 10))
SURRENDERING, CONVERTING, REVIVING = ((4, 20), (5, 12)), ((2, 24), (3, 1)), ((2, 28), (3, 3))
NEVER_BEFORE = 10  # days after its last that an office asks to be revived
VISITS = {"conversion": 2, "revival": 1}  # besides those of address changes
FAILED_FIRST = 1  # address changes whose first place fails


@dataclass(frozen=True)
class Matter:
    """Something that is asked for about an office of the opening stock, by its place there, from a day on."""

    number: int
    procedure: str
    office: int
    opens_on: date

    @property
    def fails_first(self) -> bool:
        """Whether the first place of an address change does not do."""
        return self.procedure == "address-change" and self.number % 7 == FAILED_FIRST

    @property
    def visits(self) -> int:
        """How many visits it takes; all of them fall in the story's half year."""
        if self.procedure == "address-change":
            return 1 + self.fails_first
        return VISITS.get(self.procedure, 0)


@dataclass(frozen=True)
class Holders:
    """What is asked for, and the last days of the licences that come to their end early, by place in the stock."""

    matters: tuple[Matter, ...]
    ends: dict[int, date]


def draw_holders(seed: int, stock: dict[OfficeKind, int], wanted: dict[str, dict[OfficeKind, int]]) -> Holders:
    """Draw the offices and days; no office is drawn twice, and never the first of the stock."""
    draw = Random(f"{seed}:holders")  # noqa: S311  a story, not a secret
    left, first = {}, 0
    for kind, count in stock.items():
        left[kind] = draw.sample(range(max(first, 1), first + count), count - (first == 0))
        first += count
    ends = {left[kind].pop(): _day(draw, *EXPIRED) for kind, count in EXPIRING.items() for _ in range(count)}
    ends |= {left[kind].pop(): _day(draw, *RENEWED[1]) for kind, count in WAIVING.items() for _ in range(count)}
    matters: list[Matter] = []
    for procedure, kinds in wanted.items():
        for kind in (kind for kind, count in kinds.items() for _ in range(count)):
            number = len(matters)
            before = number % 2
            if procedure == "renewal":
                ends[left[kind][-1]] = _day(draw, *RENEWED[before])
            begins = CLOSING if procedure == "closure" else BEGINS[before]
            matters.append(Matter(number, procedure, left[kind].pop(), _day(draw, *begins)))
    return Holders(tuple(matters), ends)


def draw_further(
    seed: int, stock: dict[OfficeKind, int], holders: Holders, busy: set[int], wanted: dict[str, dict[OfficeKind, int]]
) -> tuple[Matter, ...]:
    """Draw what is asked for besides, drawn last and from what is left, so that it changes nothing of the rest."""
    draw = Random(f"{seed}:further")  # noqa: S311
    count = sum(stock.values())
    renewed = {matter.office for matter in holders.matters}
    expired = sorted((end, place) for place, end in holders.ends.items() if place not in renewed)
    left, first = {}, 0
    for kind, number in stock.items():
        taken = {0, *busy, *renewed, *holders.ends}
        left[kind] = [place for place in range(first, first + number) if place not in taken]
        first += number
    matters: list[Matter] = []
    for procedure, kinds in wanted.items():
        for kind in (kind for kind, times in kinds.items() for _ in range(times)):
            if procedure == "surrender":
                office, opens_on = left[kind].pop(draw.randrange(len(left[kind]))), _day(draw, *SURRENDERING)
            elif procedure == "conversion":
                office, opens_on = count, _day(draw, *CONVERTING)
            else:
                end, office = next(row for row in expired if _kind_of(row[1], stock) == kind)
                expired.remove((end, office))
                opens_on = max(_day(draw, *REVIVING), end + timedelta(days=NEVER_BEFORE))
            matters.append(Matter(len(renewed) + len(matters), procedure, office, opens_on))
    return tuple(matters)


def other_further(seed: int) -> dict[str, dict[OfficeKind, int]]:
    """How often in another story: not at all, as often as in the article's, or for revivals and surrenders twice."""
    draw = Random(f"{seed}:how-often")  # noqa: S311
    return {
        procedure: {kind: draw.randint(0, count if procedure == "conversion" else 2) for kind, count in kinds.items()}
        for procedure, kinds in ARTICLE_FURTHER.items()
    }


def _kind_of(place: int, stock: dict[OfficeKind, int]) -> OfficeKind:
    """The kind of the office at a place in the stock: counters come first."""
    return OfficeKind.COUNTER if place < stock[OfficeKind.COUNTER] else OfficeKind.RURAL_ICT


def other_matters(seed: int) -> dict[str, dict[OfficeKind, int]]:
    """How often what is asked for in another story: between half as often as in the article's, and twice."""
    draw = Random(f"{seed}:matters")  # noqa: S311
    return {
        procedure: {kind: draw.randint(count // 2, count * 2) for kind, count in kinds.items()}
        for procedure, kinds in ARTICLE_MATTERS.items()
    }


def _day(draw: Random, first: tuple[int, int], last: tuple[int, int]) -> date:
    """A day of 1401 between two, both included."""
    begin, end = jalali_date(1401, *first), jalali_date(1401, *last)
    return begin + timedelta(days=draw.randint(0, (end - begin).days))
