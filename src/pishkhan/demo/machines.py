"""The demo's ATMs and bank booths that stand by themselves in the cities, of banks that are nobody's."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine
from pishkhan.inspections.models import Machine
from pishkhan.offices.models import Office
from pishkhan.people.models import Organisation
from pishkhan.regulation.calendar import FRIDAY

from .stage.names import an_address
from .stage.setting import Scene

BANKS = ("بانک نمونهٔ یکم", "بانک نمونهٔ دوم", "بانک نمونهٔ سوم", "بانک نمونهٔ چهارم")
MACHINES = 36
BOOTHS = 0.25  # of them
SPREAD = 0.012  # degrees around the middle of a city, about a kilometre
EARLIEST, LATEST = 200, 2000  # days before the story that one was set up


def open_machines(scene: Scene, offices: list[Office], seed: int) -> list[Machine]:
    """Enter the register of banks' machines, drawn apart from everything else; return them."""
    draw = Random(f"{seed}:machines")  # noqa: S311  of its own: no other part of the story changes it
    province = scene.cast.province
    banks = [scene.company.organisation(province, Organisation.Kind.COMPANY, name) for name in BANKS]
    cities = list(
        Division.objects.filter(
            lying_in(province.code, field="code"), kind=Division.Kind.CITY, lat__isnull=False
        ).order_by("code")
    )
    offices_in = Counter(office.division_id for office in offices)
    weights = [1 + offices_in[city.code] for city in cities]
    found = []
    for number, city in enumerate(draw.choices(cities, weights, k=MACHINES), start=1):
        kind = Machine.Kind.BANK_BOOTH if draw.random() < BOOTHS else Machine.Kind.ATM
        place = PlaceFacts(city, an_address(draw, city.name), _near(city.lat, draw), _near(city.lon, draw))
        found.append(
            scene.do(
                enter_machine,
                kind=kind,
                bank=draw.choice(banks),
                number=f"{4000 + number}",
                place=place,
                from_on=_not_a_friday(scene.watch.day - timedelta(days=draw.randint(EARLIEST, LATEST))),
                by=scene.cast.second_expert,
            )
        )
    return found


def _not_a_friday(day: date) -> date:
    return day + timedelta(days=day.weekday() == FRIDAY)


def _near(degrees: float | None, draw: Random) -> float:
    return round((degrees or 0) + draw.uniform(-SPREAD, SPREAD), 5)
