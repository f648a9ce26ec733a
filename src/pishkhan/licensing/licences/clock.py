"""What the clock does about licences that come to their end: it reminds of renewal, and notes who has waived it.

Renewal is asked for in a window before the end, and until a day in it. Whoever has not asked by that day has waived:
the office serves until its last day, and then its rights end. A reminder goes out on the first day of the window, a
month before the day, weekly in that month, and on the day itself.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet

from pishkhan.casework.models import Case
from pishkhan.casework.selectors import under_way
from pishkhan.journal.acts import CLOCK, act
from pishkhan.journal.clock import today
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.language.jalali import jalali
from pishkhan.licensing.numbers import RENEWAL_DEADLINE
from pishkhan.licensing.procedures.renewal import Renewal
from pishkhan.licensing.rules.licence_rules import last_day_to_renew
from pishkhan.notices.services import queue_to_party
from pishkhan.offices.models import Licence, LicenceStatus
from pishkhan.offices.selectors import expiring_between, holder_on
from pishkhan.offices.services import WINDOW, change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from pishkhan.regulation.selectors import Terms, number

WEEK, A_YEAR = timedelta(days=7), timedelta(days=366)  # no window is longer
CAN_STILL_RENEW = (Status.RENEWAL_WINDOW, Status.CLOSED, Status.SUSPENDED)  # the last two once they are over


def tick() -> list[Licence]:
    """Remind and waive as of today; return the licences that somebody was told about."""
    told = []
    for licence in list(coming_to_their_end(today())):
        try:
            if _waive(licence) or _remind(licence):
                told.append(licence)
        except Unavailable:
            raise  # nobody can write: all of it waits for the next turn
        except Refusal:
            continue  # somebody was quicker
    return told


def reminders(licence: Licence, *, window: int, deadline: int) -> list[date]:
    """The days on which a holder is reminded, in order; `window` and `deadline` in months before the end."""
    last = last_day_to_renew(licence, deadline)
    month = last_day_to_renew(licence, deadline + 1)
    weekly = (month + WEEK * number for number in range(1, 5))
    return sorted({last_day_to_renew(licence, window), month, *(day for day in weekly if day < last), last})


def coming_to_their_end(on: date) -> Iterator[Licence]:
    """The licences that can still be renewed, whose renewal nobody asked for, and of which something may be due."""
    terms, standing = Terms([WINDOW, RENEWAL_DEADLINE]), LicenceStatus.objects.on(on).filter(status__in=CAN_STILL_RENEW)
    asked_for = set(open_renewals().values_list("about", flat=True))
    rows = expiring_between(on, on + A_YEAR).filter(successor=None, pk__in=standing.values("licence"))
    for licence in rows.select_related("office").order_by("pk"):
        if licence.office.subject in asked_for:
            continue
        window, deadline = _terms(terms, licence, on)
        if on > last_day_to_renew(licence, deadline) or _reminder_is_due(licence, on, window, deadline):
            yield licence


@retried
def _waive(licence: Licence) -> bool:
    """Note that the day has passed on which renewal could be asked for, if it has and nobody asked."""
    on = today()
    with one_transaction():
        lock(licence)  # whoever submits a renewal holds it: either they are seen here, or this is seen there
        deadline = number(RENEWAL_DEADLINE, on=on, kind=licence.kind, place=licence.division_id)
        if (
            not deadline.binds
            or on <= last_day_to_renew(licence, deadline.value)
            or _is_settled(licence, on, Status.RENEWAL_WINDOW)
        ):
            return False
        change_status(licence, Status.WAIVED, from_on=on, until_on=licence.valid_until, by=CLOCK, role=Role.CLOCK)
        waived = Entry.objects.get(subject=licence.subject, number=licence.revision)
        with act(CLOCK, "licence.tell-of-waiver", on=licence, role=Role.CLOCK, because=waived):
            _tell_the_holder(licence, "licence.waived", waived)
    return True


@retried
def _remind(licence: Licence) -> bool:
    """Remind of the renewal, once for each day on which that is due."""
    on = today()
    with one_transaction():
        lock(licence)
        window, deadline = _terms(Terms([WINDOW, RENEWAL_DEADLINE]), licence, on)
        last = last_day_to_renew(licence, deadline)
        if (
            on > last
            or not _reminder_is_due(licence, on, window, deadline)
            or _is_settled(licence, on, *CAN_STILL_RENEW)
        ):
            return False
        with act(CLOCK, "licence.remind", on=licence, role=Role.CLOCK) as entry:
            licence.reminded_on = on
            entry.facts = {"last": last}
            _tell_the_holder(licence, "licence.remind", entry, last=jalali(last))
    return True


def _terms(terms: Terms, licence: Licence, on: date) -> tuple[int, int]:
    """The window of a licence, and the deadline in it, in months before its end."""
    return (
        terms.value(WINDOW, on=licence.valid_from, kind=licence.kind, place=licence.division_id),
        terms.value(RENEWAL_DEADLINE, on=on, kind=licence.kind, place=licence.division_id),
    )


def _reminder_is_due(licence: Licence, on: date, window: int, deadline: int) -> bool:
    """Whether a day has come on which a holder is reminded, and they were not reminded since."""
    due = [day for day in reminders(licence, window=window, deadline=deadline) if day <= on]
    return bool(due) and (licence.reminded_on or date.min) < due[-1]


def open_renewals() -> QuerySet[Case]:
    return under_way().filter(procedure_code=Renewal.code)


def _is_settled(licence: Licence, on: date, *unsettled: Status) -> bool:
    """Whether nothing more is to be said: renewal is under way, or the licence stands otherwise."""
    standing = LicenceStatus.objects.filter(licence=licence).on(on).first()
    return (
        standing is None
        or standing.status not in unsettled
        or open_renewals().filter(about=licence.office.subject).exists()
    )


def _tell_the_holder(licence: Licence, template: str, because: Entry, **facts: str) -> None:
    holder = holder_on(licence.office, today())
    if holder is not None:
        about = {"number": licence.number, "until": jalali(licence.valid_until)}
        queue_to_party(template, holder, because=because, facts=about | facts)
