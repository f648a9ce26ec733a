"""Which backups are kept: 7 days, 4 weeks, 12 months, in Tehran's days."""

from datetime import UTC, datetime, timedelta

import pytest

from pishkhan.site.keeping.backups.rotation import kept

NOW = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)  # Sunday evening; already 23:30 in Tehran


def days_ago(*days, hour=12):
    return {(NOW - timedelta(days=day)).replace(hour=hour) for day in days}


@pytest.mark.parametrize(
    ("made", "stays"),
    [
        ((), ()),
        ((0,), (0,)),
        (range(7), range(7)),  # seven days: all
        (range(8), range(7)),  # the eighth is the newest of nothing
        (range(9), [*range(7), 8]),  # the ninth, of 30 Aban, is the newest of its month
        ((0, 20, 21, 22), (0, 20, 21, 22)),  # days without a backup use up no place
        ((400,), (400,)),  # the newest is kept, however old
        ((0, 420), (0,)),  # what is more than twelve months old goes
    ],
    ids=str,
)
def test_the_newest_of_days_weeks_and_months_are_kept(made, stays):
    assert kept(days_ago(*made), NOW) == days_ago(*stays)


def test_a_daily_backup_for_two_years_leaves_seven_days_four_weeks_twelve_months():
    left = set()
    for day in range(730, -1, -1):
        now = NOW - timedelta(days=day)
        left = kept(left | {now}, now)

    ages = sorted((NOW - each).days for each in left)

    assert ages[:7] == list(range(7))
    assert len(left) <= 7 + 4 + 12
    assert 300 <= max(ages) <= 366  # the last of the month eleven months ago


def test_of_several_on_a_day_the_last_is_kept():
    made = {NOW - timedelta(hours=hours) for hours in (1, 2, 3)} | days_ago(1)

    assert kept(made, NOW) == {NOW - timedelta(hours=1)} | days_ago(1)


def test_the_days_are_tehrans():
    before_midnight = datetime(2026, 11, 28, 20, 29, tzinfo=UTC)  # 23:59 in Tehran
    after_midnight = before_midnight + timedelta(minutes=2)

    assert kept({before_midnight, after_midnight}, NOW) == {before_midnight, after_midnight}


def test_a_clock_that_was_ahead_costs_no_backup():
    ahead = {NOW + timedelta(days=day) for day in (30, 400)}
    made = days_ago(*range(7)) | ahead

    assert kept(made, NOW) == made


def test_a_week_without_backups_costs_no_older_one():
    made = days_ago(8, 9, 10, 11, 12, 13, 14)

    assert kept(made, NOW) == made
