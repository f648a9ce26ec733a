"""How often something may be done by one source: counted in the database, where every process sees it.

A rate is so many in a window that begins with the first of them. One statement counts, so two at once are two. What is
over its rate already is refused by reading alone: a flood of refused requests writes nothing.

The time is the machine's own, never the day a demo stands at. Windows that end too far ahead were written before the
clock was set back, and count no longer; machines may differ by as much as a window.
"""

import re
import time
from typing import NamedTuple

from django.db import connection

from pishkhan.journal.erasure.erasable_text import keyed
from pishkhan.language.text import Text

from .models import Count

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
UNITS = {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY}
WRITTEN = re.compile(r"(\d{1,9})/(\d{0,6})([smhd])")  # 30/m, 5/10m
COUNTING = f"""
    INSERT INTO {Count._meta.db_table} AS kept (key, count, ends) VALUES (%(key)s, %(by)s, %(ends)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN kept.ends <= %(now)s OR kept.ends > %(far)s THEN excluded.count
                     ELSE kept.count + excluded.count END,
        ends = CASE WHEN kept.ends <= %(now)s OR kept.ends > %(far)s THEN excluded.ends ELSE kept.ends END
    RETURNING count"""  # noqa: S608  the name of our own table


class Rate(NamedTuple):
    """So many in so many seconds."""

    name: str
    most: int
    seconds: int


RATES: dict[str, Rate] = {}  # as declared, or as the deployment chose
CHOSEN: dict[str, Rate] = {}  # by the deployment
MEANINGS: dict[str, Text] = {}


def declare(name: str, most: int, seconds: int, meaning: Text) -> str:
    """Declare a rate with what is sensible for it; return its name."""
    if name in RATES:
        raise ValueError(f"The rate {name} is declared twice.")
    RATES[name], MEANINGS[name] = CHOSEN.get(name) or Rate(name, most, seconds), meaning
    return name


def choose(written: str) -> None:
    """Let the deployment's own choice ("track=60/m,joining=20/h") stand for what is declared, now or later.

    ValueError if it is ill written.
    """
    for each in filter(None, map(str.strip, written.split(","))):
        name, _, rate = map(str.strip, each.partition("="))
        CHOSEN[name] = _read(name, rate)
        if name in RATES:
            RATES[name] = CHOSEN[name]


def unknown() -> list[str]:
    """The limits that the deployment chose and nobody declares: asked once everything is loaded."""
    return sorted(set(CHOSEN) - set(RATES))


def spend(name: str, *who: object, by: int = 1) -> bool:
    """Count what a source does, and say whether it was within the rate. What is over it already is not counted."""
    rate = RATES[name]
    if is_spent(name, *who):
        return False
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTING,
            {"key": _key(name, *who), "by": by, "now": now, "ends": now + rate.seconds, "far": now + 2 * rate.seconds},
        )
        [count] = cursor.fetchone()
    return bool(count <= rate.most)


def is_spent(name: str, *who: object) -> bool:
    """Whether a source has done as much as it may for now. It only reads."""
    rate, now = RATES[name], int(time.time())
    return Count.objects.filter(
        key=_key(name, *who), count__gte=rate.most, ends__gt=now, ends__lte=now + 2 * rate.seconds
    ).exists()


def has_begun(name: str, *who: object) -> bool:
    """Whether a source did it at all within the window. It only reads."""
    rate, now = RATES[name], int(time.time())
    return Count.objects.filter(key=_key(name, *who), ends__gt=now, ends__lte=now + 2 * rate.seconds).exists()


def forget(name: str, *who: object) -> None:
    """Let a source begin anew."""
    Count.objects.filter(key=_key(name, *who)).delete()


def _key(name: str, *who: object) -> str:
    return keyed("limits", "\0".join([name, *map(str, who)]))


def _read(name: str, written: str) -> Rate:
    found = WRITTEN.fullmatch(written.strip())
    if found is None or not int(found[1]) or found[2] == "0":
        raise ValueError(f"The limit {name} is written like 30/m or 5/10m, not {written!r}.")
    return Rate(name, int(found[1]), int(found[2] or 1) * UNITS[found[3]])
