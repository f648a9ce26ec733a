"""The demo's watch: every act has a moment of its own, in office hours, later than the one before."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from pishkhan.journal import clock

OPENS, STEP = time(8, 0), timedelta(seconds=41)


class Watch:
    """Goes on by less than a minute for each act, so that a day's acts fit between eight and two."""

    def __init__(self) -> None:
        self._moment = datetime.min

    @property
    def day(self) -> date:
        """The day it is."""
        return self._moment.date()

    def start(self, day: date) -> None:
        """Begin a day."""
        self._moment = datetime.combine(day, OPENS, clock.TEHRAN)

    def reach(self, hour: time) -> None:
        """Go on to a time of the day, if it has not come yet."""
        self._moment = max(self._moment, datetime.combine(self.day, hour, clock.TEHRAN))

    @contextmanager
    def tick(self) -> Iterator[datetime]:
        """Set the clock to the next moment for a block."""
        self._moment += STEP
        with clock.at(self._moment):
            yield self._moment
