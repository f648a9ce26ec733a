"""Mail and SMS leave over TLS, in the receiver's language, with a key that is the same whenever they are sent again."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from email import message_from_bytes
from email.policy import default

import pytest

from pishkhan.notices.adapters import TROUBLES, ByChannel, Console, Message, NotDelivered, Outbox
from pishkhan.notices.mail import Mailer
from pishkhan.notices.sms import Texter
from pishkhan.site.operations.sending import ways
from receivers import MailServer, Provider, serving

LETTER = Message("018f4c1e-0000-7000-8000-000000000001", "email", "leila@example.ir", "fa", "درخواست رسید.")
TEXT = Message("018f4c1e-0000-7000-8000-000000000002", "sms", "09161112233", "en", 'Say "yes" & <no>\n100%')


def mailer(server, **data):
    return Mailer(
        **{"host": "127.0.0.1", "port": server.server_address[1], "security": "none", "sender": "ict@lorestan.example"}
        | data
    )


def texter(provider, **data):
    return Texter(**{"url": f"{provider.url}/send"} | data)


def refused(adapter, message):
    with pytest.raises(NotDelivered) as wrong:
        adapter.send(message)
    assert wrong.value.code in TROUBLES and wrong.value.__cause__ is None
    return wrong.value.code


def test_a_letter_says_what_it_says_and_has_one_id_however_often_it_is_sent():
    with serving(MailServer()) as server:
        mailer(server).send(LETTER)
        mailer(server).send(LETTER)

    first, again = (message_from_bytes(letter, policy=default) for letter in server.letters)
    assert first["Message-ID"] == again["Message-ID"] == f"<{LETTER.id}@lorestan.example>"
    assert first["To"] == LETTER.to and first["Subject"] == "اطلاعیهٔ پیشخوان" and first["Content-Language"] == "fa"
    assert first.get_content().strip() == LETTER.text


def test_what_a_mail_server_took_is_sent_however_it_says_goodbye():
    with serving(MailServer(goodbye="500 what")) as server:
        mailer(server).send(LETTER)

    assert len(server.letters) == 1


def test_a_mail_server_that_refuses_or_is_away_puts_the_letter_off():
    with serving(MailServer(recipient="550 nobody of that name")) as server:
        assert refused(mailer(server), LETTER) == "smtp-refused"
    assert refused(mailer(server, timeout=1.0), LETTER) == "smtp-unreachable"
    with serving(MailServer()) as server:  # it offers no TLS
        assert refused(mailer(server, security="starttls"), LETTER) == "smtp-refused"
        assert refused(mailer(server, security="tls", timeout=1.0), LETTER) == "smtp-unreachable"
    assert server.letters == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"security": "ssl"},
        {"host": "mail.example.ir"},
        {"sender": "lorestan"},
        {"sender": "a@b.ir\nBcc: c@d.ir"},
        {"sender": "لرستان@b.ir"},
    ],
)
def test_a_mail_server_elsewhere_is_spoken_to_over_tls_from_an_address(wrong):
    with pytest.raises(ValueError, match="mail"):
        Mailer(**{"host": "localhost", "sender": "a@b.ir", "security": "none"} | wrong)


@pytest.mark.parametrize(
    ("media_type", "body", "wanted"),
    [
        (
            "application/json",
            '{"to": "$to", "text": "$text"}',
            json.dumps({"to": TEXT.to, "text": TEXT.text}, ensure_ascii=False),
        ),
        (
            "application/x-www-form-urlencoded",
            "to=$to&text=$text",
            "to=09161112233&text=Say+%22yes%22+%26+%3Cno%3E%0A100%25",
        ),
        (
            "text/xml",
            "<sms id='$id'>$text</sms>",
            f"<sms id='{TEXT.id}'>Say &quot;yes&quot; &amp; &lt;no&gt;\n100%</sms>",
        ),
    ],
)
def test_a_body_is_written_as_its_type_demands(media_type, body, wanted):
    with serving(Provider()) as provider:
        texter(provider, body=body, headers={"Content-Type": media_type, "X-Key": "k"}).send(TEXT)

    ((method, path, headers, sent),) = provider.requests
    assert (method, path, sent.decode()) == ("POST", "/send", wanted)
    assert headers["Idempotency-Key"] == TEXT.id and headers["X-Key"] == "k"


def test_an_address_takes_what_it_asks_for():
    with serving(Provider()) as provider:
        texter(provider, url=f"{provider.url}/send?to=$to&id=$id&m=$text", method="GET").send(TEXT)

    assert provider.requests[0][:2] == (
        "GET",
        f"/send?to=09161112233&id={TEXT.id}&m=Say%20%22yes%22%20%26%20%3Cno%3E%0A100%25",
    )
    assert provider.requests[0][3] == b""


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"status": 500}, "sms-unreachable"),
        ({"status": 429}, "sms-unreachable"),
        ({"status": 400}, "sms-refused"),
        ({"status": 302}, "sms-refused"),
        ({"answer": b'{"ok": false}'}, "sms-refused"),
    ],
)
def test_a_provider_that_says_no_puts_the_message_off_and_leads_nowhere_else(answer, code):
    with serving(Provider(**answer)) as provider:
        assert refused(texter(provider, expects='"ok": true'), TEXT) == code
    assert len(provider.requests) == 1


def test_a_provider_that_is_away_or_silent_puts_the_message_off():
    with serving(Provider()) as provider:
        pass
    assert refused(texter(provider), TEXT) == "sms-unreachable"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert refused(Texter(url=url, timeout=0.2), TEXT) == "sms-unreachable"


def test_a_host_that_none_can_be_called_puts_the_message_off():
    assert refused(Texter(url="https://sms..example.ir"), TEXT) == "sms-unreachable"
    assert refused(Mailer("mail..example.ir", "a@b.ir", security="starttls"), LETTER) == "smtp-unreachable"


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://sms.example.ir"},
        {"url": "ftp://localhost"},
        {"url": ""},
        {"url": "https://"},
        {"url": "https://a.ir/a b"},
        {"url": "https://a.ir/\n"},
        {"url": "https://a.ir", "method": "GET\nX: y"},
        {"url": "https://a.ir", "method": ""},
        {"body": "$phone"},
        {"body": "$"},
    ],
)
def test_a_provider_is_spoken_to_over_tls_and_asked_what_we_know(wrong):
    with pytest.raises(ValueError, match="SMS"):
        Texter(**{"url": "https://sms.example.ir"} | wrong)


def test_neither_secrets_nor_what_is_sent_stand_in_logs_or_in_words_about_the_adapters(caplog, capfd):
    texts = Texter(url="https://sms.example.ir/?key=SECRET", headers={"Authorization": "SECRET"})
    letters = Mailer(host="localhost", sender="a@b.ir", username="u", password="SECRET")
    with caplog.at_level(logging.DEBUG), serving(Provider(status=500)) as provider:
        refused(texter(provider, headers={"X-Key": "SECRET"}), TEXT)
    data = repr(texts) + repr(letters) + caplog.text + "".join(capfd.readouterr())
    assert "SECRET" not in data and TEXT.to not in data


def test_each_channel_leaves_by_the_way_the_settings_say(settings, tmp_path):
    settings.VAR, settings.SMS_WAY, settings.EMAIL_WAY = tmp_path, "http", "smtp"
    settings.SMS = {"url": "https://sms.example.ir", "body": "$text"}

    result = ways()

    assert isinstance(result, ByChannel)
    assert {channel: type(way) for channel, way in result.ways.items()} == {
        "sms": Texter,
        "email": Mailer,
        "letter": Outbox,
    }
    settings.SMS_WAY = settings.NOTICE_ADAPTER = "console"
    assert isinstance(ways().ways["sms"], Console) and isinstance(ways().ways["letter"], Console)
    settings.SMS_WAY = "pigeon"
    with pytest.raises(ValueError, match="pigeon"):
        ways()


QUEUE = """
import django; django.setup()
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.notices.services import queue
from pishkhan.people.services import enter_person
someone = enter_person(SYSTEM, role="system", given_name="L", family_name="S", phone="09161112233",
                       division=Division.objects.get(code="15"))
with act(SYSTEM, "x", on=someone, role="system") as entry:
    queue("request.received", to=someone, facts={"number": "NL-15-1401-0001", "tracking_code": "ABC"}, channel="sms",
          because=entry)
"""


def test_a_worker_killed_between_sending_and_recording_sends_again_with_the_same_key(deployed):
    """The provider has taken the message when the worker is killed with -9: it is told again, never forgotten."""
    running = []
    with serving(Provider(then=lambda: running[-1].send_signal(signal.SIGKILL))) as provider:
        deployed.env |= {"PISHKHAN_SMS": "http", "PISHKHAN_SMS_URL": provider.url}
        deployed.run("init", "--province", "15", check=True)
        there = deployed.connected()
        subprocess.run(
            [sys.executable, "-c", QUEUE],
            check=True,
            env=deployed.env
            | {
                "DJANGO_SETTINGS_MODULE": "pishkhan.site.configuration.settings",
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
        )

        running.append(deployed.start("worker", "--once"))
        assert running[-1].wait(60) == -signal.SIGKILL
        assert deployed.query("SELECT state, attempts, trouble FROM notices_notice") == [("pending", 1, "cut-short")]

        there.execute("UPDATE notices_notice SET next_attempt_at = queued_at")
        with suppress(AttributeError):
            there.commit()
        there.close()
        provider.then = lambda: None
        deployed.run("worker", "--once", check=True)

    keys = [headers["Idempotency-Key"] for _, _, headers, _ in provider.requests]
    assert len(keys) == 2 and keys[0] == keys[1]
    assert deployed.query("SELECT state, attempts FROM notices_notice") == [("sent", 2)]
