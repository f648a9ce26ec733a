"""What offices of the opening stock do against the rules, and who tells of it: drawn with the story."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pishkhan.language.jalali import jalali_date
from pishkhan.offices.models import OfficeKind

from .licence_requests import Holders

# When the violations committee meets: what is told of in time for one is heard there.
COMMITTEE = (jalali_date(1401, 2, 19), jalali_date(1401, 3, 22), jalali_date(1401, 5, 3))
# Before which of its meetings, which violation, how strong what shows it is (as a share of the members whom it
# convinces), and what the holder does then. Whatever comes of it the members decide.
REPORTS = (
    (0, "relocation", 0.97, ""),
    (0, "relocation", 0.97, "court"),
    (0, "above_tariff", 0.97, ""),
    (0, "equipment", 0.97, ""),
    (1, "proxy", 0.97, ""),
    (1, "above_tariff", 0.97, ""),
    (1, "inactivity", 0.05, ""),
    (1, "data", 0.97, "disputes"),
    (2, "above_tariff", 0.97, ""),
    (2, "staff", 0.97, ""),
    (2, "beyond_licence", 0.97, ""),
)
AGAIN = {8: 2}  # which of them is done again by the office that did which
URGENT = 4  # which of them is so harmful that the director suspends the office at once
DROPPED = ("equipment", "unanswered")  # told of, and nothing in it
LATER = ("above_tariff", "staff", "equipment", "inactivity", "data", "unanswered", "beyond_licence")
IN_TIME = (38, 30)  # days before a meeting between which it is told of
UNDER_WAY = (jalali_date(1401, 5, 28), jalali_date(1401, 6, 22))


@dataclass(frozen=True)
class Wrong:
    """Something that is told of an office, by its place in the stock: done on the day before it is told."""

    number: int
    office: int
    violation: str
    told_on: date
    meeting: int | None = None  # of the committee; none of what comes after its last
    convinces: float = 0.0
    objects: str = ""
    dropped: bool = False
    urgent: bool = False


def draw_wrongs(seed: int, stock: dict[OfficeKind, int], holders: Holders) -> tuple[Wrong, ...]:
    """Draw the offices and days: of offices about which nothing else is told, so that no story hinders another."""
    draw = Random(f"{seed}:wrongs")  # noqa: S311  a story, not a secret
    busy = {0, *holders.ends, *(matter.office for matter in holders.matters)}
    free = [place for place in range(sum(stock.values())) if place not in busy]
    offices = draw.sample(free, len(REPORTS) + len(DROPPED) + len(LATER))
    wrongs: list[Wrong] = []
    for number, (meeting, violation, convinces, objects) in enumerate(REPORTS):
        office = wrongs[AGAIN[number]].office if number in AGAIN else offices.pop()
        told_on = COMMITTEE[meeting] - timedelta(days=draw.randint(*reversed(IN_TIME)))
        wrongs.append(Wrong(number, office, violation, told_on, meeting, convinces, objects, urgent=number == URGENT))
    for violation in DROPPED:
        wrongs.append(Wrong(len(wrongs), offices.pop(), violation, _under_way(draw), dropped=True))
    for violation in LATER:
        wrongs.append(Wrong(len(wrongs), offices.pop(), violation, _under_way(draw)))
    return tuple(wrongs)


def _under_way(draw: Random) -> date:
    first, last = UNDER_WAY
    return first + timedelta(days=draw.randint(0, (last - first).days))
