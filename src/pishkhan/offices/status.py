"""The machine of a licence's status, declared once: which there are, and from which one comes to which."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import models

from pishkhan.language.jalali import days_in_month, jalali_date, parts
from pishkhan.language.text import Text


class Status(models.TextChoices):
    ACTIVE = "active"
    RENEWAL_WINDOW = "renewal_window"
    CLOSED = "closed"  # with permission
    SUSPENDED = "suspended"
    WAIVED = "waived"
    EXPIRED = "expired"
    TRANSFERRED = "transferred"
    REPLACED = "replaced"  # by a successor: renewed, issued anew, converted
    SURRENDERED = "surrendered"
    REVOKED = "revoked"

    @property
    def text(self) -> Text:
        return NAMES[self]


OPEN = (Status.ACTIVE, Status.RENEWAL_WINDOW, Status.WAIVED)  # the office serves: who waived has rights to the end
PLANNED = (Status.ACTIVE, Status.RENEWAL_WINDOW, Status.EXPIRED)  # at the issue; the rest is entered
ENDS = (Status.TRANSFERRED, Status.REPLACED, Status.SURRENDERED, Status.REVOKED)
TRANSITIONS: dict[str, tuple[Status, ...]] = {
    Status.ACTIVE: (Status.CLOSED, Status.SUSPENDED, *ENDS),
    Status.RENEWAL_WINDOW: (Status.CLOSED, Status.SUSPENDED, Status.WAIVED, *ENDS),
    Status.CLOSED: (Status.ACTIVE, Status.SUSPENDED, *ENDS),
    Status.SUSPENDED: (Status.ACTIVE, *ENDS),
    Status.WAIVED: (Status.CLOSED, Status.SUSPENDED, *ENDS),
    Status.EXPIRED: (Status.REPLACED,),  # renewed in time, issued late
    Status.TRANSFERRED: (),
    Status.REPLACED: (),
    Status.SURRENDERED: (),
    Status.REVOKED: (),
}
NAMES = {
    Status.ACTIVE: Text("فعال", "active"),
    Status.RENEWAL_WINDOW: Text("در مهلت تمدید", "in the renewal window"),
    Status.CLOSED: Text("تعطیل با مجوز", "closed with permission"),
    Status.SUSPENDED: Text("تعلیق", "suspended"),
    Status.WAIVED: Text("انصراف از تمدید", "renewal waived"),
    Status.EXPIRED: Text("منقضی", "expired"),
    Status.TRANSFERRED: Text("منتقل‌شده", "transferred"),
    Status.REPLACED: Text("جایگزین‌شده با پروانهٔ تازه", "replaced by a new licence"),
    Status.SURRENDERED: Text("تحویل‌شده", "surrendered"),
    Status.REVOKED: Text("لغوشده", "revoked"),
}


def last_day(valid_from: date, years: int) -> date:
    """The last day of a term of Jalali years: the day before the anniversary.

    30 Esfand has its anniversary on 29 Esfand in a year that has no 30th.
    """
    year, month, day = parts(valid_from)
    return jalali_date(year + years, month, min(day, days_in_month(year + years, month))) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The day that many Jalali months before; the month's last day where it has no such day."""
    year, month, number = parts(day)
    year, month = divmod(year * 12 + month - 1 - months, 12)
    return jalali_date(year, month + 1, min(number, days_in_month(year, month + 1)))


def planned(valid_from: date, valid_until: date, window_months: int) -> Iterator[tuple[Status, date, date | None]]:
    """The timeline of a licence as it is issued: status, from a day, to another (not included)."""
    after = valid_until + timedelta(days=1)
    window = max(months_before(after, window_months), valid_from)
    if window > valid_from:
        yield Status.ACTIVE, valid_from, window
    yield Status.RENEWAL_WINDOW, window, after
    yield Status.EXPIRED, after, None
