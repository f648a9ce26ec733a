"""What is queued in an act leaves after it, at least once, later and later, and not for ever."""

import io
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError

from factories import company, person, queued_for, together
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text
from pishkhan.notices import templates
from pishkhan.notices.adapters import TROUBLES, Console, Message, NotDelivered, Outbox
from pishkhan.notices.delivery import ATTEMPTS, CLAIM, LONGEST_WAIT, deliver_due, wait_after
from pishkhan.notices.models import Notice
from pishkhan.notices.selectors import LATE, stuck, waiting
from pishkhan.notices.services import queue
from pishkhan.notices.templates import declare
from pishkhan.people.services import erase

RECEIVED = declare("test.received", Text("درخواست {number} رسید.", "Request {number} was received."))
FACTS = {"number": "NL-1401-0098"}


class Postman:
    """Remembers what was handed over, after refusing so many times."""

    def __init__(self, refusing=0):
        self.sent, self.refusing = [], refusing

    def send(self, message):
        if self.refusing:
            self.refusing -= 1
            raise NotDelivered("busy")
        self.sent.append(message)


def cause(someone):
    return Entry.objects.filter(subject=someone.subject).last()


def queued(someone=None, **data):
    someone = someone or person()
    return queued_for(someone, RECEIVED, **{"facts": FACTS} | data)


def later(**by):
    return clock.at(clock.now() + timedelta(**by))


@pytest.mark.django_db
def test_a_notice_leaves_for_the_phone_of_its_recipient_and_once():
    notice, postman = queued(person(phone="09161112233")), Postman()

    assert deliver_due(postman).sent == 1 and deliver_due(postman).tried == 0
    assert postman.sent == [Message(str(notice.pk), "sms", "09161112233", "fa", "درخواست NL-1401-0098 رسید.")]
    notice.refresh_from_db()
    assert notice.state == Notice.State.SENT and notice.sent_at and notice.trouble == ""


@pytest.mark.django_db
def test_the_outbox_holds_nothing_that_names_anybody():
    notice = queued(person(phone="09161112233"))

    row = str(Notice.objects.values().get())
    assert "09161112233" not in row and "رضایی" not in row and notice.because in row and notice.id.version == 7


@pytest.mark.django_db
def test_who_has_no_phone_is_written_a_letter():
    someone, postman = person(phone=None), Postman()
    queued(someone, language="en")

    deliver_due(postman)

    assert [(item.channel, item.to, item.text) for item in postman.sent] == [
        ("letter", someone.ref, "Request NL-1401-0098 was received.")
    ]


@pytest.mark.django_db
def test_a_notice_of_an_act_that_was_not_done_is_not_sent():
    someone = person()

    def refused():
        with act(SYSTEM, "test.act", on=someone, role="system") as entry:
            queue(RECEIVED, to=someone, facts=FACTS, because=entry)
            raise Refusal(Text("نه", "No"))

    with pytest.raises(Refusal):
        refused()

    assert not Notice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("template", "facts", "error"),
    [("test.unknown", FACTS, LookupError), (RECEIVED, {}, ValueError), (RECEIVED, {"number": 1.5}, TypeError)],
)
def test_what_could_not_be_told_is_not_queued(template, facts, error):
    someone = person()

    with pytest.raises(error):
        queue(template, to=someone, facts=facts, because=cause(someone))


def test_a_sentence_is_declared_once_and_alike_in_both_languages():
    assert declare("test.received", templates.declared()["test.received"]) == "test.received"
    with pytest.raises(ValueError, match="twice"):
        declare("test.received", Text("نه", "No"))
    with pytest.raises(ValueError, match="other facts"):
        declare("test.uneven", Text("{number}", "None"))


@pytest.mark.django_db
def test_what_could_not_be_handed_over_is_tried_again_after_a_while():
    notice, postman = queued(), Postman(refusing=1)

    assert deliver_due(postman).put_off == 1 and deliver_due(postman).tried == 0
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.trouble) == (Notice.State.PENDING, 1, "busy")
    with later(seconds=31):
        assert deliver_due(postman).sent == 1


def test_the_wait_doubles_up_to_a_limit():
    waits = [wait_after(attempt) for attempt in range(1, ATTEMPTS + 1)]

    assert waits[:3] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert max(waits) == LONGEST_WAIT and wait_after(60) == LONGEST_WAIT


@pytest.mark.django_db
def test_what_cannot_be_handed_over_fails_in_the_end_is_shown_and_holds_nobody_up():
    poison, postman = queued(), Postman(refusing=ATTEMPTS)
    for attempt in range(ATTEMPTS):
        with later(hours=2 * attempt):
            data = deliver_due(postman)

    poison.refresh_from_db()
    assert (data.failed, poison.state, poison.attempts) == (1, Notice.State.FAILED, ATTEMPTS)
    assert list(stuck()) == [poison] and not waiting().exists()
    with later(days=1):
        queued()
        assert deliver_due(postman).sent == 1


@pytest.mark.django_db
def test_a_worker_killed_while_sending_leaves_a_notice_that_is_tried_again():
    class Killed(BaseException):
        pass

    class Deadly:
        def send(self, message):
            raise Killed

    notice, postman = queued(), Postman()
    with pytest.raises(Killed):
        deliver_due(Deadly())

    assert deliver_due(postman).tried == 0
    with later(seconds=CLAIM.total_seconds() - 1):
        assert deliver_due(postman).tried == 0
    with later(seconds=CLAIM.total_seconds() + 1):
        assert deliver_due(postman).sent == 1
    assert postman.sent[0].id == str(notice.pk)


@pytest.mark.django_db
def test_a_notice_that_kills_every_worker_is_given_up():
    notice = queued()
    Notice.objects.update(attempts=ATTEMPTS, trouble="cut-short")

    assert deliver_due(Postman()).failed == 1
    notice.refresh_from_db()
    assert (notice.state, notice.trouble) == (Notice.State.FAILED, "cut-short") and TROUBLES[notice.trouble].fa


@pytest.mark.django_db
def test_a_notice_whose_sentence_is_gone_or_whose_recipient_was_erased_does_not_stop_the_others():
    gone, erased, postman = queued(), person(), Postman()
    Notice.objects.filter(pk=gone.pk).update(template="test.gone")
    queued(erased)
    erase(erased, by=SYSTEM, reason="آزمایش")
    last = queued()

    data = deliver_due(postman)

    assert (data.sent, data.put_off) == (1, 2) and postman.sent[0].id == str(last.pk)
    troubles = Notice.objects.exclude(pk=last.pk).values_list("trouble", flat=True)
    assert set(troubles) == {"unknown-template", "no-address"}


@pytest.mark.django_db
def test_a_limit_leaves_the_rest_for_later():
    for _ in range(3):
        queued()

    assert deliver_due(Postman(), limit=2).sent == 2 and waiting().count() == 1


@pytest.mark.django_db
def test_what_nobody_comes_for_is_shown():
    notice = queued()

    assert not stuck().exists()
    with later(seconds=LATE.total_seconds() + 1):
        assert list(stuck()) == [notice]


@pytest.mark.django_db
def test_the_console_masks_the_number():
    screen = io.StringIO()
    queued(person(phone="09161112233"))

    deliver_due(Console(screen))

    assert "درخواست NL-1401-0098 رسید." in screen.getvalue() and "0916111" not in screen.getvalue()


@pytest.mark.django_db
def test_the_outbox_file_gets_a_line_for_each_notice_and_is_its_owners_alone(tmp_path):
    notices = [queued(), queued()]

    deliver_due(Outbox(tmp_path / "outbox"))

    file = tmp_path / "outbox" / "outbox.jsonl"
    assert [json.loads(line)["id"] for line in file.read_text().splitlines()] == [str(notice.pk) for notice in notices]
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_an_outbox_that_cannot_be_written_puts_the_notice_off(tmp_path):
    outbox = Outbox(tmp_path)
    outbox.path.mkdir()
    queued()

    assert deliver_due(outbox).put_off == 1 and Notice.objects.get().trouble == "outbox-not-writable"


@pytest.mark.django_db
def test_the_database_holds_the_moment_of_what_was_sent_and_of_nothing_else():
    queued()

    with pytest.raises(IntegrityError, match="what_is_sent_has_its_moment"):
        Notice.objects.update(state=Notice.State.SENT)


@pytest.mark.django_db
def test_delivering_takes_the_same_queries_for_each(django_assert_num_queries):
    company()
    queued()

    with django_assert_num_queries(6):  # begin, claim, count the attempt, commit; whom to; mark
        deliver_due(Postman(), limit=1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_notice_once():
    for _ in range(20):
        queued()
    postman = Postman()

    assert together(lambda: deliver_due(postman), lambda: deliver_due(postman)) == []
    assert len(postman.sent) == len({message.id for message in postman.sent}) == 20
