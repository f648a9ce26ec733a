"""Sending what stands in the outbox: at least once, later and later after each failure, and not for ever.

A notice is claimed in one short transaction, sent outside any, and marked in another: no act waits for a provider.
The claim counts the attempt and sets when the next one is due, so a worker that is killed while sending leaves nothing
to be cleared up: its notice falls due again by itself, and one that kills every worker stops being tried.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from pishkhan.journal.clock import now
from pishkhan.people.selectors import email_of, phone_of

from .adapters import CUT_SHORT, NO_ADDRESS, UNKNOWN_TEMPLATE, Adapter, Message, NotDelivered
from .models import Notice
from .templates import rendered

ATTEMPTS = 30  # over about a day: a provider may be away for a night
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)


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
    told = Delivered()
    while told.tried < limit and (notice := _claimed()):
        if notice.state == Notice.State.FAILED:
            told.failed += 1
            continue
        try:
            adapter.send(_message(notice))
        except NotDelivered as trouble:
            _mark(notice, trouble.code)
            last = notice.attempts >= ATTEMPTS
            told.failed, told.put_off = told.failed + last, told.put_off + (not last)
        else:
            _mark(notice, "")
            told.sent += 1
    return told


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, up to a limit."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 16)), LONGEST_WAIT)


def _claimed() -> Notice | None:
    """The notice that has been due longest, with one attempt more; failed, if it has had its last before."""
    with transaction.atomic():
        due = Notice.objects.filter(state=Notice.State.PENDING, next_attempt_at__lte=now()).order_by("next_attempt_at")
        notice = due.select_for_update(skip_locked=True, of=("self",)).first()
        if notice is None:
            return None
        if notice.attempts >= ATTEMPTS:  # the last one never came to its end
            notice.state, notice.trouble = Notice.State.FAILED, notice.trouble or CUT_SHORT
        else:
            notice.attempts += 1
            notice.next_attempt_at = now() + wait_after(notice.attempts)
            notice.trouble = CUT_SHORT  # until it is known better
        notice.save(force_update=True)
    return notice


def _message(notice: Notice) -> Message:
    to = _address(notice)
    try:
        text = rendered(notice.template, notice.facts, notice.language)
    except (LookupError, ValueError):
        raise NotDelivered(UNKNOWN_TEMPLATE) from None
    return Message(id=str(notice.pk), channel=notice.channel, to=to, language=notice.language, text=text)


def _address(notice: Notice) -> str:
    """Where to: a number or an e-mail address; whoever prints a letter addresses it, from the recipient's reference."""
    if notice.channel == Notice.Channel.LETTER or notice.recipient is None:
        return notice.to.ref
    found = email_of if notice.channel == Notice.Channel.EMAIL else phone_of
    if address := found(notice.recipient):
        return address
    raise NotDelivered(NO_ADDRESS)


def _mark(notice: Notice, trouble: str) -> None:
    """Note how an attempt ended, unless another worker's attempt succeeded meanwhile."""
    failed = trouble and notice.attempts >= ATTEMPTS
    Notice.objects.filter(pk=notice.pk).exclude(state=Notice.State.SENT).update(
        trouble=trouble, sent_at=None if trouble else now(),
        state=Notice.State.FAILED if failed else Notice.State.PENDING if trouble else Notice.State.SENT)
