"""Which backups are kept: the newest of each of 7 days, 4 weeks and 12 months. Days are Tehran's, weeks begin on
Saturday, months are Jalali."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from pishkhan.journal.clock import day_of
from pishkhan.language.jalali import parts

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """Of moments at which backups were made, those whose backups are kept.

    Days, weeks and months without a backup use up no place. What is more than 12 months old goes (so that what was
    erased is gone from every backup by then), except the newest. What seems to be made after now was made while the
    clock stood elsewhere: it is kept and counts for nothing.
    """
    moments = sorted(set(made), reverse=True)
    ahead = {moment for moment in moments if moment > now}
    past = [moment for moment in moments if moment <= now]
    chosen = {
        moment
        for count, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month))
        for moment in _newest_of_each(past, period)[:count]
    }
    oldest = _months(day_of(now)) - MONTHS
    return ahead | {moment for moment in chosen if _month(moment) >= oldest or moment == past[0]}


def _newest_of_each(moments: list[datetime], period: Callable[[datetime], object]) -> list[datetime]:
    newest: dict[object, datetime] = {}
    for moment in moments:  # the newest first
        newest.setdefault(period(moment), moment)
    return list(newest.values())


def _day(moment: datetime) -> date:
    return day_of(moment)


def _week(moment: datetime) -> date:
    """The Saturday with which its week begins."""
    day = day_of(moment)
    return day - timedelta(days=(day.weekday() - 5) % 7)


def _month(moment: datetime) -> int:
    return _months(day_of(moment))


def _months(day: date) -> int:
    year, month, _ = parts(day)
    return year * 12 + month
