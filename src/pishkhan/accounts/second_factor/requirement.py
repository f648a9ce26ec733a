"""From when staff and members need a second factor: so many days after the director adopted that they do.

Until it is adopted, the default warns and keeps nobody out. Who has none then is led to set one up, and locked out of
nothing but the work.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from pishkhan.journal.clock import today
from pishkhan.regulation.keys import Key
from pishkhan.regulation.models import Adoption, Number
from pishkhan.regulation.selectors import NoNumber, number

SECOND_FACTOR_DAYS = Key(
    "account.second_factor_days",
    "day",
    "روزهایی که کارکنان و اعضا از تصویب آن مهلت دارند گام دوم ورود را روشن کنند",
    "Days from its adoption within which staff and members turn on the second step of signing in",
)


@dataclass(frozen=True)
class Requirement:
    """From which day it binds; None as long as nobody adopted it."""

    from_on: date | None

    @property
    def binds(self) -> bool:
        """Whether nobody works without one today."""
        return self.from_on is not None and self.from_on <= today()


def requirement_in(place: str) -> Requirement:
    """What is required of who works in a place."""
    try:
        days = number(SECOND_FACTOR_DAYS, on=today(), place=place)
    except NoNumber:  # of a deployment that was upgraded, until its administrator has entered it
        return Requirement(None)
    if not days.binds:
        return Requirement(None)
    key = int(days.ref.rpartition(":")[2])
    adoption = Adoption.objects.filter(number_id=key, division_id__in=[place[:2], place]).order_by("adopted_on").first()
    began = adoption.adopted_on if adoption else Number.objects.get(pk=key).valid_from
    return Requirement(began + timedelta(days=days.value))
