"""Sending what stands in the outbox: at least once, later and later after each failure, and not for ever.

A notice is claimed in one short transaction, sent outside any, and marked in another: no act waits for a provider.
The claim counts the attempt and has a term, so a worker that is killed while sending leaves nothing to be cleared up:
its notice falls due again by itself, and one that kills every worker stops being tried.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import Q

from pishkhan.journal.clock import now
from pishkhan.people.selectors import email_of, phone_of

from .adapters import CUT_SHORT, NO_ADDRESS, TOO_LATE, UNKNOWN_TEMPLATE, Adapter, Message, NotDelivered
from .models import Notice
from .secrets import facts_to_send
from .templates import rendered

ATTEMPTS = 30  # over about a day: a provider may be away for a night
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
MARKINGS, PAUSE = 10, 1.0  # how often, and after how many seconds, a busy database is asked again
CLAIM = timedelta(minutes=5)  # for which a notice is a worker's: longer than any way of sending may take
SKEW = timedelta(
    minutes=1
)  # by which two workers may differ about the moment: one asks for it, then waits for its turn


@dataclass
class Delivered:
    """What became of the notices that were due."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0

    @property
    def tried(self) -> int:
        return self.sent + self.put_off + self.failed


def deliver_due(adapter: Adapter, limit: int = 100) -> Delivered:
    """Try to send the notices that are due, at most so many of them."""
    delivered = Delivered()
    while delivered.tried < limit and (notice := _claimed()):
        if notice.state == Notice.State.FAILED:
            delivered.failed += 1
            continue
        try:
            adapter.send(_message(notice))
        except NotDelivered as trouble:
            _mark(notice, trouble.code)
            last = _is_last(notice, trouble.code)
            delivered.failed, delivered.put_off = delivered.failed + last, delivered.put_off + (not last)
        else:
            _mark_for_certain(notice)
            delivered.sent += 1
    return delivered


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, up to a limit."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 16)), LONGEST_WAIT)


def due(moment: datetime) -> Q:
    """Which pending notices are to be sent now.

    One that nobody tried yet is always due: no clock that was set back makes it wait. Of the others no wait is longer
    than its own, so that one whose time lies further ahead was put off by a clock that is set back now; unless it is by
    no more than another worker, that claimed it just now, may be ahead.
    """
    condition = Q(attempts=0) | Q(next_attempt_at__lte=moment)
    for attempts in range(1, ATTEMPTS):
        wait = wait_after(attempts)
        if wait == LONGEST_WAIT:
            return condition | Q(attempts__gte=attempts, next_attempt_at__gt=moment + wait + SKEW)
        condition |= Q(attempts=attempts, next_attempt_at__gt=moment + max(wait, CLAIM) + SKEW)
    return condition


def _claimed() -> Notice | None:
    """The notice that has been due longest, with one attempt more; failed, if it has had its last before.

    Two workers never claim the same one: PostgreSQL skips what another holds, and where a database cannot, only the
    first finds the row as both have read it.
    """
    while True:
        with transaction.atomic():
            rows = Notice.objects.filter(due(now()), state=Notice.State.PENDING).order_by("next_attempt_at")
            notice = rows.select_for_update(skip_locked=True, of=("self",)).first()
            if notice is None:
                return None
            if _claim(notice):
                return notice


def _claim(notice: Notice) -> bool:
    """Count an attempt and put the next one off for as long as the claim lasts; whether nobody else did meanwhile."""
    as_read = Notice.objects.filter(
        pk=notice.pk, state=Notice.State.PENDING, attempts=notice.attempts, next_attempt_at=notice.next_attempt_at
    )
    if notice.attempts >= ATTEMPTS:  # the last one never came to its end
        notice.state, notice.trouble = Notice.State.FAILED, notice.trouble or CUT_SHORT
    else:
        notice.attempts += 1
        notice.next_attempt_at = now() + max(wait_after(notice.attempts), CLAIM)
        notice.trouble = CUT_SHORT  # until it is known better
    return bool(
        as_read.update(
            state=notice.state, trouble=notice.trouble, attempts=notice.attempts, next_attempt_at=notice.next_attempt_at
        )
    )


def _message(notice: Notice) -> Message:
    to = _address(notice)
    try:
        text = rendered(notice.template, facts_to_send(notice), notice.language)
    except (LookupError, ValueError):
        raise NotDelivered(UNKNOWN_TEMPLATE) from None
    return Message(id=str(notice.pk), channel=notice.channel, to=to, language=notice.language, text=text)


def _address(notice: Notice) -> str:
    """Where to: a number or an e-mail address; whoever prints a letter addresses it, from the recipient's reference."""
    if notice.channel == Notice.Channel.LETTER or notice.person is None:
        return notice.to.ref
    address_of = email_of if notice.channel == Notice.Channel.EMAIL else phone_of
    if address := address_of(notice.person):
        return address
    raise NotDelivered(NO_ADDRESS)


def _mark_for_certain(notice: Notice) -> None:
    """Note that a notice was sent, though the database be busy for a while: else it would be sent again."""
    for _ in range(MARKINGS):
        try:
            return _mark(notice, "")
        except (OperationalError, InterfaceError):
            close_old_connections()
            sleep(PAUSE)
    return _mark(notice, "")


def _mark(notice: Notice, trouble: str) -> None:
    """Note how an attempt ended. What was sent is sent; what failed is noted only while the claim is still ours."""
    rows = Notice.objects.filter(pk=notice.pk).exclude(state=Notice.State.SENT)
    if not trouble:
        rows.update(state=Notice.State.SENT, trouble="", sent_at=now(), secret=None)
        return
    failed = _is_last(notice, trouble)
    ours = rows.filter(state=Notice.State.PENDING, attempts=notice.attempts)
    if failed:
        ours.update(trouble=trouble, state=Notice.State.FAILED, secret=None)
        return
    ours.update(trouble=trouble, next_attempt_at=now() + wait_after(notice.attempts))


def _is_last(notice: Notice, trouble: str) -> bool:
    """Whether an attempt that ended in trouble was the last: of what came too late no other would be better."""
    return notice.attempts >= ATTEMPTS or trouble == TOO_LATE
