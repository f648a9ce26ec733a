"""Working days in Iran: Fridays are off, Thursdays where a dated number says so, and what administrations have off."""

from collections.abc import Iterable
from datetime import date, timedelta

from .holidays.days_off import DaysOff
from .keys import Key
from .models import Holiday, Number

THURSDAY, FRIDAY = 3, 4
THURSDAY_IS_OFF = Key(
    "calendar.thursday_is_off",
    "yes_no",
    "پنجشنبه در اداره‌های استان تعطیل است",
    "Thursday is a day off in the offices of the province",
)
FAR = timedelta(days=60)  # more than any run of days off: Nowruz and all


class Calendar:
    """The days off between two days, read once for many questions about any place."""

    def __init__(self, first: date, last: date) -> None:
        self._last, self._off = last, DaysOff(first, last)
        rows = Number.objects.filter(key=THURSDAY_IS_OFF.code)
        ordered = sorted(rows, key=lambda row: (row.place, row.valid_from))  # the narrowest and latest last
        self._thursdays = [(row.place, row.valid_from, row.valid_to, row.value) for row in ordered]

    def working_days(self, after: date, until: date, *, place: str) -> int:
        """How many working days lie after one day, up to and including another; 0 if the other is not later."""
        days = (after + timedelta(days=number) for number in range(1, (until - after).days + 1))
        return sum(self.is_working(day, place=place) for day in days)

    def working_day_after(self, day: date, number: int, *, place: str) -> date | None:
        """The working day that is that many (1 or more) working days after a day; None if it lies too far."""
        left = number
        while left and day < self._last:
            day += timedelta(days=1)
            left -= self.is_working(day, place=place)
        return None if left else day

    def working_day_before(self, day: date, number: int, *, place: str) -> date:
        """The day that is, or is the last before, a working day which that many working days have followed."""
        while number > 0 or not self.is_working(day, place=place):
            number -= self.is_working(day, place=place)
            day -= timedelta(days=1)
        return day

    def is_holiday(self, day: date, *, place: str, whom: str = Holiday.Whom.ADMINISTRATIONS) -> bool:
        """Whether everything rests for some: a Friday, or a day off."""
        return day.weekday() == FRIDAY or self._off.is_off(day, place=place, whom=whom)

    def places_off(self, day: date, *, whom: str, among: Iterable[str]) -> set[str]:
        """Where everything rests for some on a day: of some places, and parts of any; "" is everywhere."""
        return {""} if day.weekday() == FRIDAY else self._off.places_off(day, whom, among)

    def is_working(self, day: date, *, place: str) -> bool:
        if self.is_holiday(day, place=place):
            return False
        return day.weekday() != THURSDAY or not self._thursday_is_off(day, place)

    def _thursday_is_off(self, day: date, place: str) -> bool:
        said = [
            value
            for where, start, end, value in self._thursdays
            if place.startswith(where) and start <= day and (end is None or day < end)
        ]
        return bool(said and said[-1])


def working_days(after: date, until: date, *, place: str = "") -> int:
    """How many working days lie after one day, up to and including another; 0 if the other is not later."""
    return Calendar(after, until).working_days(after, until, place=place) if until > after else 0


def is_working_day(day: date, *, place: str = "") -> bool:
    return working_days(day - timedelta(days=1), day, place=place) == 1


def working_day_after(day: date, number: int, *, place: str = "") -> date:
    """The working day that is the given number (1 or more) of working days after a day."""
    reach = FAR + 2 * timedelta(days=number)
    while (last := Calendar(day, day + reach).working_day_after(day, number, place=place)) is None:
        reach *= 2
    return last
