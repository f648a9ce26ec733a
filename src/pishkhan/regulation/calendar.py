"""Working days in Iran: Fridays are off, Thursdays where a dated number says so, and holidays as dated data."""

from datetime import date, timedelta

from django.db.models import Q

from .keys import Key
from .models import Holiday, Number

THURSDAY, FRIDAY = 3, 4
THURSDAY_IS_OFF = Key("calendar.thursday_is_off", "yes_no", "پنجشنبه در اداره‌های استان تعطیل است",
                      "Thursday is a day off in the offices of the province")
FAR = timedelta(days=60)  # more than any run of days off: Nowruz and all


def working_days(after: date, until: date, *, place: str = "") -> int:
    """How many working days lie after one day, up to and including another; 0 if the other is not later."""
    span = (until - after).days
    if span <= 0:
        return 0
    off, thursdays = _days_off(after, until, place), _thursdays(place)
    days = (after + timedelta(days=number) for number in range(1, span + 1))
    return sum(_is_working(day, off, thursdays) for day in days)


def is_working_day(day: date, *, place: str = "") -> bool:
    return working_days(day - timedelta(days=1), day, place=place) == 1


def working_day_after(day: date, number: int, *, place: str = "") -> date:
    """The working day that is the given number (1 or more) of working days after a day."""
    thursdays, left = _thursdays(place), number
    while True:
        until = day + FAR
        off = _days_off(day, until, place)
        while day < until:
            day += timedelta(days=1)
            left -= _is_working(day, off, thursdays)
            if left == 0:
                return day


def _is_working(day: date, off: set[date], thursdays: list[tuple[date, date | None, int]]) -> bool:
    if day.weekday() == FRIDAY or day in off:
        return False
    return day.weekday() != THURSDAY or not _thursday_is_off(day, thursdays)


def _thursday_is_off(day: date, rows: list[tuple[date, date | None, int]]) -> bool:
    said = [value for start, end, value in rows if start <= day and (end is None or day < end)]
    return bool(said and said[-1])


def _days_off(after: date, until: date, place: str) -> set[date]:
    holidays = Holiday.objects.filter(day__gt=after, day__lte=until, withdrawn=False,
                                      division_id__in=[place[:length] for length in range(len(place) + 1)])
    return set(holidays.values_list("day", flat=True))


def _thursdays(place: str) -> list[tuple[date, date | None, int]]:
    """What the dated number says of Thursdays, the narrowest and latest last."""
    rows = Number.objects.filter(Q(place="") | Q(place__in=[place[:2], place[:4]]), key=THURSDAY_IS_OFF.code)
    ordered = sorted(rows, key=lambda row: (row.place, row.valid_from))
    return [(row.valid_from, row.valid_to, row.value) for row in ordered]
