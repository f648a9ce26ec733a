"""For how long codes are good, and within how many days a second factor is set up: dated numbers."""

from datetime import timedelta

from pishkhan.journal.clock import today
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import NoNumber, number

from .models import Purpose, Way

OPENING_DAYS = Key(
    "account.opening_days",
    "day",
    "روزهای اعتبار کد گشودن حساب",
    "Days for which the code that opens an account is good",
)
RECOVERY_MINUTES = Key(
    "account.recovery_minutes",
    "minute",
    "دقیقه‌های اعتبار کد گذرواژهٔ فراموش‌شده",
    "Minutes for which the code for a forgotten password is good",
)
LETTER_DAYS = Key(
    "account.letter_days",
    "day",
    "روزهای اعتبار نامهٔ دونیمه",
    "Days for which a letter in two halves is good",
)
# Of a deployment that was upgraded, until its administrator has entered them: nobody is kept out for that.
SHIPPED = {OPENING_DAYS: 3, RECOVERY_MINUTES: 15, LETTER_DAYS: 10}


def term_of(purpose: str, way: str, place: str) -> timedelta:
    """For how long a code is good."""
    if way == Way.LETTER:
        return timedelta(days=_value(LETTER_DAYS, place))
    if purpose == Purpose.OPENING:
        return timedelta(days=_value(OPENING_DAYS, place))
    return timedelta(minutes=_value(RECOVERY_MINUTES, place))


def _value(key: Key, place: str) -> int:
    try:
        return number(key, on=today(), place=place).value
    except NoNumber:
        return SHIPPED[key]
