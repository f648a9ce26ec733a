"""The law as it is shipped, with every default adopted for province 15 but that nobody works
without a second factor, which no test of something else sets up: read once, put into each test that needs it."""

from datetime import UTC, datetime

from factories import division, person_as
from pishkhan.accounts.second_factor.requirement import SECOND_FACTOR_DAYS
from pishkhan.journal import clock
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Number
from pishkhan.regulation.selectors import unsourced_defaults
from pishkhan.regulation.services import adopt, load_edition
from table_rows import enter, rows

BEFORE_ALL = datetime(2021, 4, 12, 6, tzinfo=UTC)
_rows = {}


def enter_law():
    """Enter the law, if it is not there; the first time by its own acts, then by what they wrote."""
    if Number.objects.exists():
        return
    if not _rows:
        with clock.at(BEFORE_ALL):
            _enter_by_acts()
        _rows.update({model: list(row.values()) for model, row in rows().items()})
    else:
        enter(_rows)


def _enter_by_acts():
    load_edition()
    for code in ("15", "1503", "1504", "1503011001", "1504011001"):
        division(code)
    director = person_as(Role.DIRECTOR)
    for number in unsourced_defaults(clock.today(), "15").exclude(key=SECOND_FACTOR_DAYS.code):
        adopt(number, decision="1400/30", province="15", by=director)
