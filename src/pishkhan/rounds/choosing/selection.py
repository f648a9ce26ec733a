"""Whom to visit: a random share first set apart, then who is due by the least frequency, then the highest risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from pishkhan.offices.models import Office
from pishkhan.offices.status import months_before
from pishkhan.regulation.selectors import Terms
from pishkhan.rounds import numbers
from pishkhan.rounds.models import Stop

from .history import History
from .risk import Score


@dataclass(frozen=True)
class Chosen:
    """An office that is to be visited, and why."""

    office: Office
    why: Stop.Why
    score: Score


@dataclass(frozen=True)
class SelectionInputs:
    """What is chosen from: offices on a day, with their scores and last visits, and the numbers that hold."""

    offices: Sequence[Office]
    on: date
    scores: dict[int, Score]
    history: History
    terms: Terms
    busy: frozenset[int] = frozenset()  # offices to which somebody goes already


def order_of_draw(seed: str, codes: Sequence[str]) -> list[str]:
    """Codes in the order in which a seed draws them: by the SHA-256 of seed, colon and code, the lowest first.

    Anybody can repeat it: `printf '%s' "SEED:15-C-0031" | sha256sum`.
    """
    return sorted(codes, key=lambda code: sha256(f"{seed}:{code}".encode()).hexdigest())


def drawn(seed: str, codes: Sequence[str], *, wanted: int, percent: int) -> list[str]:
    """What a seed draws: so many percent of the visits that are wanted, rounded up."""
    return order_of_draw(seed, codes)[: -(-wanted * percent // 100)]


def choose(asked: SelectionInputs, *, seed: str, wanted: int, percent: int) -> list[Chosen]:
    """Offices for so many visits, in the order in which they were chosen.

    The draw is from every office, those that are due or at risk too: only so does it measure what risk misses, and only
    so can its list be published without telling whom risk chose.
    """
    by_code = {office.code: office for office in asked.offices}
    by_lot = [by_code[code] for code in drawn(seed, sorted(by_code), wanted=wanted, percent=percent)]
    taken = {office.pk for office in by_lot} | asked.busy
    late = sorted(
        (
            (days, office)
            for office in asked.offices
            if office.pk not in taken and (days := _days_late(asked, office)) > 0
        ),
        key=lambda pair: (-asked.scores[pair[1].pk].points, -pair[0], _lot(seed, pair[1])),
    )
    due = [office for _, office in late][: max(wanted - len(by_lot), 0)]
    taken |= {office.pk for office in due}
    at_risk = sorted(
        (office for office in asked.offices if office.pk not in taken and _long_enough_ago(asked, office)),
        key=lambda office: (-asked.scores[office.pk].points, _lot(seed, office)),
    )
    rest = at_risk[: max(wanted - len(by_lot) - len(due), 0)]
    told = ((by_lot, Stop.Why.DRAWN), (due, Stop.Why.DUE), (rest, Stop.Why.RISK))
    return [Chosen(office, why, asked.scores[office.pk]) for offices, why in told for office in offices]


def days_due(office: Office, since: date | None, on: date, terms: Terms) -> int:
    """For how many days a visit has been due to an office that was last seen (or first known) on a day."""
    if since is None:
        return 0
    latest = months_before(on, terms.value(numbers.LEAST_MONTHS, on=on, kind=office.kind, place=office.division_id))
    return max((latest - since).days, 0)


def _days_late(asked: SelectionInputs, office: Office) -> int:
    seen = asked.history.last.get(office.pk)
    since = seen.visited_on if seen else asked.history.known_since.get(office.pk)
    return days_due(office, since, asked.on, asked.terms)


def _long_enough_ago(asked: SelectionInputs, office: Office) -> bool:
    seen = asked.history.last.get(office.pk)
    gap = asked.terms.value(numbers.LEAST_GAP, on=asked.on, kind=office.kind, place=office.division_id)
    return seen is None or (asked.on - seen.visited_on).days > gap


def _lot(seed: str, office: Office) -> str:
    return sha256(f"{seed}:{office.code}".encode()).hexdigest()
