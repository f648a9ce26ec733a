"""How much may be sent at every door: refused before it is read, in a few words."""

import dataclasses
import json
import re
from io import BytesIO
from pathlib import Path
from threading import Event, Semaphore, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from factories import person
from http_client import signed_in
from pishkhan.files.models import StoredFile
from pishkhan.limits.rates import DAY, HOUR, MINUTE, RATES, Rate
from pishkhan.people.web.quotas import DRAFTS, UPLOADS
from pishkhan.site.api import MOST_ERRORS
from pishkhan.site.middleware import bounds, receiving, text_sanitising
from procedure_driver import PDF, places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers")]
SMALL = 8 * 1024  # bytes of an answer: a page that refuses
DOORS = [
    "/api/complaints",
    "/api/registrations",
    "/_allauth/browser/v1/auth/login",
    "/complaints/new/",
    "/join/",
    "/verify/",
    "/sign-in/",
    "/language/",
    "/",
    "/nowhere/",
]


def sent(path, body, content_type="application/json", client=None):
    return (client or Client()).post(path, body, content_type=content_type)


@pytest.mark.parametrize("path", DOORS)
@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded", "text/plain"])
def test_whoever_is_not_signed_in_sends_no_more_than_a_forms_worth(path, content_type):
    answer = sent(path, b"a" * (bounds.ANONYMOUS_FORM + 1), content_type)

    assert answer.status_code == 413 and len(answer.content) < SMALL and "بزرگ" in answer.content.decode()


def test_a_program_is_told_in_json_and_in_its_language():
    answer = Client(headers={"accept-language": "en"}).post("/api/complaints", b"a" * 70_000, "application/json")

    assert answer.json() == {"refusal": "What you sent is too large."}


def test_nothing_that_is_too_large_is_read(monkeypatch):
    monkeypatch.setattr("django.http.HttpRequest.body", property(lambda self: pytest.fail("it was read")))

    assert sent("/_allauth/browser/v1/auth/login", b"a" * 70_000).status_code == 413


@pytest.mark.parametrize("path", DOORS[:3])
@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(lambda: {f"k{number}": 1 for number in range(text_sanitising.KEYS + 1)}, id="keys"),
        pytest.param(lambda: {"a": [1] * (text_sanitising.VALUES + 1)}, id="values"),
        pytest.param(lambda: {"a": "x" * (text_sanitising.LETTERS + 1)}, id="letters"),
        pytest.param(lambda: {"x" * (text_sanitising.NAME + 1): 1}, id="name"),
    ],
)
def test_json_holds_so_much_and_no_more(path, stated):
    answer = sent(path, json.dumps(stated(), separators=(",", ":")))

    assert answer.status_code == 400 and len(answer.content) < 500 and answer.json()["refusal"]


@pytest.mark.parametrize("path", DOORS[:3])
@pytest.mark.parametrize(
    "body",
    [
        "[" * 30_000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        "[" * 20 + "]" * 20,
        "{",
        "1" * 5000,
        "\ud800".encode("utf-8", "surrogatepass"),
        '"\\ud800"',
        '{"a": "\\u0000"}',
    ],
)
def test_json_goes_so_deep_and_no_deeper_and_is_json(path, body):
    assert sent(path, body).status_code in {400, 422}


def test_json_that_is_too_deep_is_not_even_compared_with_what_is_asked():
    depths = text_sanitising.DEPTH - 1, text_sanitising.DEPTH
    shallow, deep = ('{"a": ' + "[" * depth + "]" * depth + "}" for depth in depths)

    assert (sent("/api/complaints", shallow).status_code, sent("/api/complaints", deep).status_code) == (422, 400)


@pytest.mark.parametrize("body", ["[]", "1", '"x"', "null", "[[[]]]"])
def test_signing_in_takes_an_object_and_nothing_else(body):
    assert sent("/_allauth/browser/v1/auth/login", body).status_code == 400


def test_what_is_wrong_with_many_fields_is_told_of_some():
    stated = {f"{number:099}": 1 for number in range(text_sanitising.KEYS)}

    answer = sent("/api/complaints", json.dumps(stated))

    assert answer.status_code == 422 and len(answer.json()["fields"]) <= MOST_ERRORS and len(answer.content) < 16_000


@pytest.mark.parametrize("path", ["/?", "/api/offices?", "/track/?"])
def test_an_address_is_so_long_and_names_so_many_fields(path):
    assert Client().get(path + "a" * bounds.ADDRESS).status_code == 414
    assert Client().get(path + "&".join(f"a{number}=" for number in range(501))).status_code == 400


def test_a_form_names_so_many_fields():
    assert (
        sent(
            "/join/", "&".join(f"a{number}=1" for number in range(501)), "application/x-www-form-urlencoded"
        ).status_code
        == 400
    )


def test_headers_hold_so_much():
    answer = Client(headers={"x-anything": "a" * (bounds.HEADERS + 1)}).get("/")

    assert answer.status_code == 431 and len(answer.content) < SMALL


@pytest.mark.parametrize("path", ["/", "/join/", "/upload/", "/api/me/files"])
def test_files_come_from_whoever_is_signed_in_and_with_a_complaint(path):
    file = SimpleUploadedFile("a.pdf", PDF + b"\0" * bounds.ANONYMOUS_FORM)

    assert Client().post(path, {"file": file}).status_code in {401, 413}
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("path", ["/", "/join/", "/_allauth/browser/v1/auth/login"])
@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x"])
def test_a_token_that_nobody_asks_for_lets_nobody_send_more(path, content_type):
    answer = Client(headers={"x-session-token": "nobodys"}).generic("POST", path, b"a" * 70_000, content_type)

    assert answer.status_code == 413


def test_photos_come_with_a_complaint_so_many_times_an_hour(monkeypatch):
    monkeypatch.setitem(RATES, bounds.UPLOADS, Rate(bounds.UPLOADS, 2, 3600))

    answers = [
        Client().post("/complaints/new/", {"photos": SimpleUploadedFile("a.jpg", b"x" * 70_000)}).status_code
        for _ in range(3)
    ]

    assert answers == [422, 422, 429]


def test_one_address_holds_a_part_of_the_threads_with_what_it_sends_slowly():
    begun, ends = Semaphore(0), Event()

    class Slow(BytesIO):
        def read(self, size=-1):
            begun.release()
            ends.wait(60)
            return super().read(size)

    def send(address, body):
        stated = {"CONTENT_LENGTH": "2", "CONTENT_TYPE": "application/json", "wsgi.input": body}
        return Client().generic("POST", "/api/complaints", REMOTE_ADDR=address, **stated).status_code

    threads = [Thread(target=receiving.Receiving(Slow(b"{}"), "203.0.113.7").read) for _ in range(bounds.AT_ONCE)]
    for each in threads:
        each.start()
    assert all(begun.acquire(timeout=60) for _ in threads)

    assert (send("203.0.113.7", BytesIO(b"{}")), send("203.0.113.8", BytesIO(b"{}"))) == (429, 422)
    ends.set()
    for each in threads:
        each.join(60)
    assert send("203.0.113.7", BytesIO(b"{}")) == 422 and not receiving._waiting


@pytest.mark.parametrize(("proxies", "left"), [(1, b""), (0, b"x" * 100_000)])
def test_all_of_a_refused_body_is_taken_from_a_proxy(settings, proxies, left):
    settings.ADDRESS = dataclasses.replace(settings.ADDRESS, proxies=proxies)
    body = BytesIO(b"x" * 100_000)

    answer = Client().generic(
        "POST",
        "/api/complaints",
        **{"CONTENT_LENGTH": "100000", "CONTENT_TYPE": "application/json", "wsgi.input": body},
    )

    assert (answer.status_code, body.read()) == (413, left)


def test_nobody_sends_more_than_all_files_of_a_form():
    client = signed_in(person())

    answer = client.generic(
        "POST", "/upload/", b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(bounds.FILES + 1)
    )

    assert answer.status_code == 413


def test_what_is_signed_in_sends_a_long_report(monkeypatch):
    assert sent("/api/field/reports", b" " * 70_000 + b"{}", client=signed_in(person())).status_code == 422


def test_a_person_uploads_so_many_files_a_day_by_every_door(monkeypatch):
    monkeypatch.setitem(RATES, UPLOADS, Rate(UPLOADS, 2, 86_400))
    client = signed_in(person())

    answers = [
        client.post(path, {"file": SimpleUploadedFile("a.pdf", PDF)}).status_code
        for path in ("/upload/", "/api/me/files", "/upload/", "/api/me/files")
    ]

    assert answers == [201, 201, 429, 429] and StoredFile.objects.count() == 2


@pytest.mark.usefixtures("law")
def test_a_person_begins_so_many_drafts_a_day_by_every_door(monkeypatch):
    monkeypatch.setitem(RATES, DRAFTS, Rate(DRAFTS, 1, 86_400))
    under, client = places(kind="rural_ict"), signed_in(person("1503011001"))

    first = client.post(f"/calls/{under.pk}/begin/", {"applicant": "me"})
    second = client.post("/api/licensing/requests", {"places": under.pk}, content_type="application/json")

    assert (first.status_code, second.status_code) == (302, 429)


def test_codes_are_not_guessed_by_trying_many(monkeypatch):
    answers = [Client().get(path).status_code for path in ["/track/?code=00000000000"] * 31]
    api = [Client().get("/api/track/00000000000").status_code]

    assert answers == [404] * 30 + [429] and api == [429]
    assert Client().get("/track/?code=00000000000", REMOTE_ADDR="203.0.113.7").status_code == 404


@pytest.mark.parametrize("path", ["/complaints/track/?code=00000000000", "/feeds/nobodys.ics"])
def test_nor_are_those_of_complaints_and_calendars(path):
    answers = [Client().get(path).status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]


def test_licences_are_not_read_off_one_by_one():
    answers = [Client().get(f"/verify/?number=15/1401/{number:04}").status_code for number in range(31)]

    assert answers == [404] * 30 + [429]


def test_every_limit_stands_in_what_operators_read_with_what_is_usual_for_it():
    read = (Path(__file__).parents[2] / "docs" / "operating.md").read_text()
    units = (("d", DAY), ("h", HOUR), ("m", MINUTE))

    def written(rate):
        unit, seconds = next(each for each in units if rate.seconds % each[1] == 0)
        many = rate.seconds // seconds
        return f"{rate.most}/{'' if many == 1 else many}{unit}"

    wrong = [
        rate
        for name, rate in RATES.items()
        if not name.startswith("test-")
        and not re.search(rf"^\|[^|]*`{name}`[^|]*\|[^|]*(?<!\d){re.escape(written(rate))}(?!\w)", read, re.MULTILINE)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "told", [{"HTTP_HOST": "elsewhere.example"}, {"data": {f"k{each}": "" for each in range(600)}}]
)
def test_whoever_knocks_wrongly_writes_nothing_into_the_log(told, caplog):
    assert Client().get("/", **told).status_code == 400

    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []
