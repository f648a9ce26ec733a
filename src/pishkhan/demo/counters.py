"""The demo's catalogue, and what each office says of itself: entered by the expert, drawn for each office alone."""

import tomllib
from datetime import time
from importlib.resources import files
from random import Random
from typing import Any

from pishkhan.counter.models import Service
from pishkhan.counter.services import Opening, describe_office, enter_agency, enter_service
from pishkhan.language.text import Text
from pishkhan.offices.models import Office

from .stage.setting import Scene

SOURCE = "عدد نمایشی؛ مأخذی یافت نشد"
WEEK, THURSDAY = range(5), 5  # Saturday to Wednesday, and the day after
MORNINGS, EVENINGS = ((time(7, 30), time(13)), (time(8), time(14))), ((time(16), time(19)), (time(16, 30), time(20)))
SHARE = (0.45, 0.95)  # of the services its kind may offer, an office offers


def open_counters(scene: Scene, offices: list[Office], seed: int) -> None:
    """Enter the catalogue, then what each office says of itself."""
    services = _catalogue(scene)
    for office in offices:
        draw = Random(f"{seed}:{office.code}")  # noqa: S311  of its own: no other office changes it
        offered = [each for each in services if each.kind in ("", office.kind)]
        chosen = draw.sample(offered, round(len(offered) * draw.uniform(*SHARE)))
        scene.do(
            describe_office,
            office,
            by=scene.cast.expert,
            hours=_hours(draw),
            services=chosen,
            phone=f"066{draw.randrange(32_000_000, 43_999_999)}",
            step_free=draw.random() < 0.6,
        )


def _catalogue(scene: Scene) -> list[Service]:
    told: dict[str, Any] = tomllib.loads(
        files(__package__).joinpath("lorestan", "services.toml").read_text(encoding="utf-8")
    )
    by, province = scene.cast.expert, scene.cast.province
    agencies = {
        row["code"]: scene.do(enter_agency, code=row["code"], name=Text(row["fa"], row["en"]), division=province, by=by)
        for row in told["agency"]
    }
    return [
        scene.do(
            enter_service,
            code=row["code"],
            agency=agencies[row["agency"]],
            name=Text(row["fa"], row["en"]),
            kind=row.get("kind", ""),
            amount=row["amount"],
            source=SOURCE,
            by=by,
            papers=[Text(*each) for each in row["papers"]],
        )
        for row in told["service"]
    ]


def _hours(draw: Random) -> list[Opening]:
    morning, evening = draw.choice(MORNINGS), draw.choice(EVENINGS)
    hours = [(day, *morning) for day in WEEK]
    if draw.random() < 0.7:
        hours += [(day, *evening) for day in WEEK]
    if draw.random() < 0.5:
        hours.append((THURSDAY, *morning))
    return hours
