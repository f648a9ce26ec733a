"""The same form posted twice makes one record: two clicks, a reload, two tabs, a network that tries again."""

from threading import Barrier

import pytest
from django.test import Client

from complained import CONTACT, TEXT, posted
from factories import division, person, together
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.complaints.models import Complaint
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.limits import posting
from pishkhan.limits.models import Posted
from pishkhan.limits.posting import KeyIsUsed, Posting, once
from pishkhan.people.models import Person
from posting_keys import key_on
from procedure_driver import places
from rules_of_matters import licence

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")
UUID, OTHER = "5b6f1e9e-0c5d-4f6e-9a55-6f1c2f3d9a01", "5b6f1e9e-0c5d-4f6e-9a55-6f1c2f3d9a02"


def sent(key, client=None, **more):
    headers = {"idempotency-key": key} if key else {}
    return (client or Client()).post(
        "/api/complaints",
        {"kind": "closed", "text": TEXT, "happened_on": today().isoformat()} | more,
        content_type="application/json",
        headers=headers,
    )


def test_a_form_posted_twice_is_one_complaint_and_both_see_its_code():
    client, code = Client(), licence().office.code
    key = key_on(client)

    first, second = (posted(client, office=code, form_key=key) for _ in range(2))

    assert Complaint.objects.count() == 1 and first.url == second.url and Complaint.objects.get().code in first.url


def test_two_tabs_of_a_browser_are_one_posting():
    client, code = Client(), licence().office.code
    tabs = [key_on(client), key_on(client)]

    for key in tabs:
        posted(client, office=code, form_key=key)

    assert Complaint.objects.count() == 1


def test_another_text_in_another_tab_is_another_complaint():
    client, code = Client(), licence().office.code
    key = key_on(client)

    posted(client, office=code, form_key=key)
    posted(client, office=code, form_key=key, text="چیزی دیگر")

    assert Complaint.objects.count() == 2


def test_the_same_again_on_another_day_is_another_complaint():
    client, code = Client(), licence().office.code

    for _ in range(2):
        posted(client, office=code, form_key=key_on(client))

    assert Complaint.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "a" * 22 + "\0", "<script>"])
def test_a_form_without_a_key_of_ours_is_taken_all_the_same(key):
    code = licence().office.code

    posted(office=code, form_key=key)

    assert Complaint.objects.count() == 1 and not Posted.objects.exists()


def test_a_refused_form_may_be_mended_and_posted_under_its_key():
    client, code = Client(), licence().office.code
    key = key_on(client)

    assert posted(client, office=code, form_key=key, text="").status_code == 422
    assert posted(client, office=code, form_key=key).status_code == 302

    assert Complaint.objects.count() == Posted.objects.count() == 1


def test_what_is_added_to_a_complaint_twice_is_added_once():
    client = Client()
    posted(client, office=licence().office.code)
    made = Complaint.objects.get()
    key = key_on(client, f"/complaints/track/?code={made.code}")

    for _ in range(2):
        client.post("/complaints/track/", {"code": made.code, "act": "add", "text": "افزوده", "form_key": key})

    assert Entry.objects.filter(subject=made.subject, act="complaint.add").count() == 1


def test_a_draft_begun_twice_is_one_and_begun_for_another_is_another():
    under, somebody, another = places(kind="rural_ict"), person("1503011001"), person("1503011001")
    client = signed_in(somebody)
    path = f"/calls/{under.pk}/begin/"
    key = key_on(client, path)

    answers = [client.post(path, {"applicant": "me", "form_key": key}).url for _ in range(2)]
    signed_in(another).post(path, {"applicant": "me", "form_key": key})

    assert answers[0] == answers[1] and Case.objects.count() == 2


def test_a_program_that_sends_again_under_its_key_gets_the_same_answer():
    code = licence().office.code

    first, second, third = sent(UUID, office=code), sent(UUID, office=code), sent(OTHER, office=code)

    assert first.status_code == second.status_code == 201 and first.json() == second.json() != third.json()
    assert Complaint.objects.count() == 2


def test_another_request_under_a_used_key_is_refused_and_tells_nothing_of_the_first():
    code = licence().office.code
    first = sent(UUID, office=code)

    answer = sent(UUID, office=code, text="چیزی دیگر")

    assert answer.status_code == 422 and first.json()["code"] not in answer.content.decode()
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("key", ["1", "short", "a b" * 10, "x" * 201])
def test_a_key_that_others_might_choose_too_is_none(key):
    assert sent(key, office=licence().office.code).status_code == 400 and not Complaint.objects.exists()


def test_a_posting_names_nobody_and_tells_nothing_of_what_was_stated():
    client, code = Client(), licence().office.code
    posted(client, office=code, form_key=key_on(client))

    row = str(Posted.objects.values().get())

    assert TEXT not in row and CONTACT not in row and Complaint.objects.get().code not in row


def entered(name):
    return lambda: person(given_name=name)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_under_one_key_do_the_deed_once():
    before = Person.objects.count()
    division("15")
    result, both = [], Barrier(2)

    def post():
        both.wait()
        result.append(once(Posting("k" * 64, "c"), entered("زهرا"), Person.objects.all()).pk)

    assert together(post, post) == []
    assert len(set(result)) == 1 and Person.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_control_without_a_key_two_at_once_are_two():
    before = Person.objects.count()
    division("15")

    assert together(*[lambda: once(None, entered("زهرا"), Person.objects.all())] * 2) == []

    assert Person.objects.count() == before + 2


def test_a_deed_that_fails_leaves_its_key_free():
    class Failed(Exception):
        pass

    def fail():
        raise Failed

    one = Posting("k" * 64, "c")
    with pytest.raises(Failed):
        once(one, fail, Person.objects.all())

    assert once(one, entered("زهرا"), Person.objects.all()).given_name == "زهرا"
    with pytest.raises(KeyIsUsed):
        once(Posting("k" * 64, "d"), entered("مریم"), Person.objects.all())


def test_a_posting_is_remembered_for_its_time_and_swept_after_it(monkeypatch):
    once(Posting("k" * 64, "c"), entered("زهرا"), Person.objects.all())

    assert Posted.objects.get().ends > posting.time.time() + posting.KEPT - 60
