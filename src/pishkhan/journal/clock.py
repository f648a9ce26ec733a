"""The one source of now. A test or the demo's play may set it for a block, a demo's database for a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TEHRAN = ZoneInfo("Asia/Tehran")
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)
_kept_day: date | None = None  # of the process, so that it reaches every thread of a server


def now() -> datetime:
    """This instant, in UTC."""
    if moment := _moment.get():
        return moment
    real = machine_now()
    if _kept_day is None:
        return real
    return datetime.combine(_kept_day, real.astimezone(TEHRAN).time(), TEHRAN).astimezone(UTC)


def machine_now() -> datetime:
    """This instant by the machine, whatever day a demo stands at: for what others date, such as certificates."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The date the law sees."""
    return moment.astimezone(TEHRAN).date()


def today() -> date:
    return day_of(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Set the clock for a block. It does not reach threads that are started inside the block."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def keep(day: date | None) -> None:
    """Let every now of this process fall on one day, at the real time of day: the day a demo's database stands at."""
    global _kept_day  # noqa: PLW0603  one clock for a process is what this is
    _kept_day = day
