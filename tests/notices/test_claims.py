"""A notice is one worker's for a time: sent once by two, and not kept waiting by a clock that was set."""

from datetime import timedelta
from threading import Barrier, current_thread, main_thread

import pytest
from django.db import OperationalError

from factories import person, queued_for, together
from pishkhan.journal import clock
from pishkhan.language.text import Text
from pishkhan.notices import delivery
from pishkhan.notices.adapters import NotDelivered
from pishkhan.notices.delivery import CLAIM, LONGEST_WAIT, deliver_due, wait_after
from pishkhan.notices.models import Notice
from pishkhan.notices.templates import declare

SAID = declare("test.claimed", Text("درخواست رسید.", "It was received."))
pytestmark = pytest.mark.django_db


class Postman:
    """Remembers what was handed over, and may fail."""

    def __init__(self, fails=0):
        self.sent, self.fails = [], fails

    def send(self, message):
        if self.fails:
            self.fails -= 1
            raise NotDelivered("busy")
        self.sent.append(message.id)


def queued():
    someone = person()
    return queued_for(someone, SAID, facts={})


def moved(**by):
    return clock.at(clock.now() + timedelta(**by))


def test_a_clock_set_back_a_day_keeps_no_fresh_notice_waiting():
    queued()
    postman = Postman()

    with moved(days=-1):
        assert deliver_due(postman).sent == 1


@pytest.mark.parametrize("attempts", [1, 3, 8, 20])
def test_nor_one_that_was_put_off_longer_than_its_own_wait(attempts):
    notice, postman = queued(), Postman()
    Notice.objects.update(attempts=attempts, next_attempt_at=clock.now() + wait_after(attempts))

    with moved(minutes=-1):
        assert deliver_due(postman).tried == 0 or wait_after(attempts) + timedelta(minutes=1) > max(
            CLAIM, wait_after(attempts)
        )
    with moved(days=-1):
        deliver_due(postman)

    assert postman.sent == [str(notice.pk)]


def test_a_clock_set_forward_and_back_again_keeps_nothing_waiting():
    queued()
    with moved(days=300):
        assert deliver_due(Postman(fails=1)).put_off == 1

    postman = Postman()
    assert deliver_due(postman).sent == 1


@pytest.mark.parametrize("attempts", [0, 1, 8, 20])
def test_what_another_worker_claims_a_moment_later_is_not_due_to_one_that_looked_before(attempts):
    notice, moment = queued(), clock.now()
    Notice.objects.update(attempts=attempts, next_attempt_at=moment)
    with moved(seconds=1):
        assert delivery._claimed() == notice

    assert not Notice.objects.filter(delivery.due(moment), state=Notice.State.PENDING).exists()


def test_an_ordinary_wait_is_waited_out():
    queued()
    deliver_due(Postman(fails=1))

    assert deliver_due(Postman()).tried == 0
    with moved(seconds=31):
        assert deliver_due(Postman()).sent == 1
    assert max(CLAIM, LONGEST_WAIT) == LONGEST_WAIT


def test_what_was_sent_is_not_sent_again_though_the_database_was_busy_when_it_was_to_be_noted(monkeypatch):
    notice, postman, troubles = queued(), Postman(), [OperationalError("database is locked")] * 3
    mark = delivery._mark

    def busy(*data):
        if troubles:
            raise troubles.pop()
        mark(*data)

    monkeypatch.setattr(delivery, "_mark", busy)
    monkeypatch.setattr(delivery, "sleep", lambda seconds: None)
    monkeypatch.setattr(delivery, "close_old_connections", lambda: None)

    assert deliver_due(postman).sent == 1

    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT and troubles == []
    with moved(days=1):
        assert deliver_due(postman).tried == 0


def test_a_worker_that_comes_back_too_late_does_not_undo_what_another_did():
    queued()

    class Slow:
        def send(self, message):
            with moved(seconds=CLAIM.total_seconds() + 1):
                deliver_due(Postman())
            raise NotDelivered("busy")

    deliver_due(Slow())

    assert Notice.objects.get().state == Notice.State.SENT


def race(monkeypatch):
    """Two workers that both read before either claims, if nothing keeps them apart."""
    meeting, claim = Barrier(2), delivery._claim

    def met(notice):
        if current_thread() is not main_thread():
            try:
                meeting.wait(timeout=2)
            except Exception:
                meeting.reset()
        return claim(notice)

    monkeypatch.setattr(delivery, "_claim", met)
    postman = Postman()
    raised = together(lambda: deliver_due(postman, limit=1), lambda: deliver_due(postman, limit=1))
    return postman.sent, raised


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_notice_once(monkeypatch):
    queued()

    sent, raised = race(monkeypatch)

    assert len(sent) == 1 and raised == []


@pytest.mark.django_db(transaction=True)
def test_where_no_lock_keeps_them_apart_the_claim_itself_does(monkeypatch):
    """As on a database that was named without the options of the house: both read the row, one claims it."""
    notice = queued()
    first, second = Notice.objects.get(pk=notice.pk), Notice.objects.get(pk=notice.pk)

    assert delivery._claim(first) and not delivery._claim(second)


@pytest.mark.django_db(transaction=True)
def test_control_a_claim_without_its_condition_is_had_by_both():
    notice = queued()
    first, second = Notice.objects.get(pk=notice.pk), Notice.objects.get(pk=notice.pk)

    for item in (first, second):
        item.attempts += 1
        item.save(force_update=True)

    assert Notice.objects.get().attempts == 1, "one of two claims was lost, and both would send"
