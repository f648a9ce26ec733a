"""The demo's opening stock: the offices that exist when the story begins, as rows of a register to be imported."""

from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from pishkhan.demo.scripts.licence_requests import AGENTS
from pishkhan.demo.scripts.story import ENDS, STOCK
from pishkhan.geography.models import Division, Population
from pishkhan.geography.selectors import lying_in
from pishkhan.language.jalali import jalali_date
from pishkhan.offices.models import OfficeKind
from pishkhan.offices.status import last_day, months_before
from pishkhan.people.models import Person
from pishkhan.people.selectors import national_id_of

from .cast import Company
from .names import a_company, a_person, a_postal_code, an_address

YEARS = 5  # the term of every licence of the stock
FRIDAY = 4
SPREAD = 0.012  # degrees, one standard deviation of a city's offices around its centre
FIRST, LAST = jalali_date(1396, 9, 28), jalali_date(1400, 10, 20)  # of licences of which nothing falls due meanwhile


class Places:
    """Where offices stand in the province: cities by their people, and a village of each rural district."""

    def __init__(self, province: str) -> None:
        self.cities = _by_people(province, Division.Kind.CITY)
        first: dict[str, Division] = {}
        for village in _by_people(province, Division.Kind.SETTLEMENT):
            first.setdefault(village.code[:10], village)
        self.villages = list(first.values()) or self.cities  # one of each rural district, the largest first

    def for_stock(self, kind: str, count: int) -> list[Division]:
        """Places for so many offices: cities share counters by their people, a rural district has one at most."""
        if kind == OfficeKind.RURAL_ICT:
            return [self.villages[number % len(self.villages)] for number in range(count)]
        people = [_people(city) for city in self.cities]
        shares = [max(1, round(count * person / sum(people))) for person in people]
        shares[0] += count - sum(shares)
        return [city for city, share in zip(self.cities, shares, strict=True) for _ in range(share)]

    def for_requests(self, kind: str, count: int, draw: Random) -> list[Division]:
        """Places that new offices are asked for in."""
        if kind == OfficeKind.RURAL_ICT:
            taken = STOCK[OfficeKind.RURAL_ICT]
            return [self.villages[(taken + number) % len(self.villages)] for number in range(count)]
        bounds = list(accumulate(_people(city) for city in self.cities))
        return [self.cities[bisect(bounds, draw.uniform(0, bounds[-1] - 1))] for _ in range(count)]


def opening_stock(
    places: Places, company: Company, neighbour: Person, ends: dict[int, date], draw: Random
) -> Iterator[dict[str, Any]]:
    """The rows of the register; the first office is managed by a member of the working group (`neighbour`).

    `ends` holds the last days of the licences that come to their end early, by place in the stock.
    """
    serial = 0
    for kind, count in STOCK.items():
        for division in places.for_stock(kind, count):
            issued_on = _issued_on(draw, ends.get(serial))
            serial += 1
            yield {
                "kind": kind,
                "division": division.code,
                **_holder(kind, company, draw),
                **_named("manager", _the_neighbour(neighbour) if serial == 1 else _somebody(company, draw)),
                **_named("deputy", _somebody(company, draw)),
                "address": an_address(draw, division.name),
                "postal_code": a_postal_code(draw),
                "area": draw.randint(50, 120),
                "tenure": draw.choice(("lease", "deed")),
                **_point(division, draw, spread=0 if serial == 1 else SPREAD),
                "issuer_number": f"CRA/{serial:05}",
                "issued_on": issued_on,
                "valid_from": issued_on,
                "valid_until": last_day(issued_on, YEARS),
            }


def agents_of_old(places: Places, company: Company, seed: int) -> Iterator[dict[str, Any]]:
    """The rows of agents who serve in villages without a licence, behind the stock and drawn apart from it."""
    draw = Random(f"{seed}:agents")  # noqa: S311
    taken = STOCK[OfficeKind.RURAL_ICT]
    for number in range(AGENTS):
        division = places.villages[(taken + len(places.villages) // 2 + number) % len(places.villages)]
        issued_on = _issued_on(draw, None)
        yield {
            "kind": OfficeKind.LEGACY_AGENT,
            "division": division.code,
            **_named("manager", _somebody(company, draw)),
            "address": an_address(draw, division.name),
            "postal_code": a_postal_code(draw),
            "area": draw.randint(20, 40),
            "tenure": "lease",
            **_point(division, draw, spread=SPREAD),
            "issuer_number": f"POST/{number + 1:05}",
            "issued_on": issued_on,
            "valid_from": issued_on,
            "valid_until": last_day(issued_on, YEARS),
        }


def _by_people(province: str, kind: str) -> list[Division]:
    """The divisions of a kind that have a point, the one with most people first."""
    divisions = Division.objects.filter(lying_in(province, field="code"), kind=kind, lat__isnull=False)
    known = {
        population.division_id: population.people for population in Population.objects.filter(division__in=divisions)
    }
    return sorted(divisions, key=lambda division: (-known.get(division.code, 0), division.code))


def _people(division: Division) -> int:
    return division.populations.latest("year").people


def _issued_on(draw: Random, end: date | None) -> date:
    """A day of the past that is no Friday, from which five years end on a day (or the next), or after the story."""
    day = FIRST + timedelta(days=draw.randint(0, (LAST - FIRST).days))
    if end:
        day = months_before(end + timedelta(days=1), 12 * YEARS)
    return day + timedelta(days=1) if day.weekday() == FRIDAY else day


def _holder(kind: str, company: Company, draw: Random) -> dict[str, str]:
    """Counters are held by companies, rural offices by their managers."""
    if kind == OfficeKind.RURAL_ICT:
        return {}
    return {"company": a_company(draw), "legal_id": company.legal_id()}


def _somebody(company: Company, draw: Random) -> dict[str, str]:
    named = a_person(draw)
    return {
        "given_name": named["given_name"],
        "family_name": named["family_name"],
        "national_id": company.national_id(),
    }


def _the_neighbour(person: Person) -> dict[str, str]:
    return {"given_name": person.given_name, "family_name": person.family_name, "national_id": national_id_of(person)}


def _named(post: str, somebody: dict[str, str]) -> dict[str, str]:
    return {f"{post}_{name}": value for name, value in somebody.items()}


def _point(division: Division, draw: Random, *, spread: float) -> dict[str, Any]:
    return {
        "lat": round(float(division.lat or 0) + draw.gauss(0, 1) * spread, 5),
        "lon": round(float(division.lon or 0) + draw.gauss(0, 1) * spread, 5),
        "quality": Division.Quality.SYNTHETIC,
    }


assert months_before(last_day(FIRST, YEARS), 3) > ENDS  # noqa: S101  nobody else's day to renew passes in the story
