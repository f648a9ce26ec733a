"""A visit that was refused, found a closed door or found nothing: told in a sentence, with what follows from it."""

from hashlib import sha256

import pytest

from factories import person_as
from http_client import as_read, signed_in
from phone import given, phone_report, photo, report
from pishkhan.enforcement.catalogue import violation_seen_by
from pishkhan.enforcement.selectors import faults_to_report
from pishkhan.inspections import refusals
from pishkhan.inspections.field.report import Report
from pishkhan.inspections.field.syncing import receive
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.documents import drafts_about
from pishkhan.inspections.visits.selectors import has_failed
from pishkhan.inspections.visits.services import accept_visit, assign_visit, submit_hindered_visit
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.offices.models import Undertaking
from pishkhan.people.roles import Role
from procedure_driver import at, take

pytestmark = pytest.mark.usefixtures("law", "papers")
SEEN = "در بسته و کرکره پایین بود."
ITEMS = {"closed": "open", "not_found": "address", "refused_entry": "entry"}
SIGNS = {"open": "inactivity", "address": "relocation", "entry": "unanswered"}


def hindered(what="closed", **more):
    visit, inspector = given()
    return submit_hindered_visit(visit, what=what, note=SEEN, visited_on=today(), by=inspector, **more)


def sent(visit, what, photos=()):
    signed = {"how": "refused", "reason": SEEN, "at": now()}
    facts = {"answers": {}, "hindered": {"what": what, "note": SEEN}, "office": signed}
    return phone_report(visit, **facts) | {"photos": list(photos)}


@pytest.mark.parametrize("what", ITEMS)
def test_a_sentence_is_enough_and_what_was_hindered_is_one_critical_fault(what):
    visit = hindered(what)

    assert (visit.state, visit.passed, visit.hindrance) == ("submitted", False, what)
    finding = Finding.objects.get(visit=visit)
    assert (finding.item, finding.answer, finding.severity) == (ITEMS[what], "not_ok", "critical")
    last = Entry.objects.filter(subject=visit.subject).latest("number")
    assert (last.act, last.facts["hindrance"]) == ("visit.submit", what)
    assert words_of(visit.subject)[last.number, ITEMS[what]] == SEEN
    assert Notice.objects.filter(because=last.name).exists() or visit.notice is None


@pytest.mark.parametrize("what", ITEMS)
def test_once_accepted_its_remedy_is_owed_and_an_expert_may_report_it(what):
    visit, expert = hindered(what), person_as(Role.EXPERT)
    accept_visit(visit, by=expert)

    assert Undertaking.objects.get(office=visit.office, kind="remedy").item == ITEMS[what]
    assert [fault.item for fault in faults_to_report(expert)] == [ITEMS[what]]
    assert violation_seen_by(ITEMS[what], today()).code == SIGNS[ITEMS[what]]


def test_the_letter_and_the_pages_tell_it():
    visit, expert = hindered("refused_entry"), person_as(Role.EXPERT)
    accept_visit(visit, by=expert)
    last = Entry.objects.filter(subject=visit.subject).latest("number")
    (_, _, facts), *_ = drafts_about(visit, last)
    assert [item["text"]["en"] for item in facts["items"]] == ["The inspector was let in."]

    for language, words in (("fa", "راه ندادند"), ("en", "entry was refused")):
        client = signed_in(expert)
        client.cookies["django_language"] = language
        assert words in as_read(client.get(f"/visits/{visit.pk}/"))


@pytest.mark.parametrize(("note", "what"), [("", "closed"), ("   ", "refused_entry")])
def test_what_was_seen_is_said(note, what):
    visit, inspector = given()
    with pytest.raises(refusals.WrongAnswers) as refusal:
        submit_hindered_visit(visit, what=what, note=note, visited_on=today(), by=inspector)

    assert list(refusal.value.fields) == ["note"]
    assert Visit.objects.get(pk=visit.pk).state == "assigned" and not visit.findings.exists()


def test_the_page_and_the_api_take_it_from_the_inspector_alone():
    visit, inspector = given()
    page = signed_in(inspector).get(f"/visits/{visit.pk}/").content.decode()
    assert 'value="hinder"' in page
    stranger = signed_in(person_as(Role.INSPECTOR))
    body = {"what": "closed", "note": SEEN, "visited_on": today().isoformat()}
    assert stranger.post(f"/api/visits/{visit.pk}/hindrance", body, content_type="application/json").status_code == 403

    signed_in(inspector).post(f"/visits/{visit.pk}/", body | {"act": "hinder"})

    assert Visit.objects.get(pk=visit.pk).hindrance == "closed"
    other, inspector = given()
    answer = signed_in(inspector).post(f"/api/visits/{other.pk}/hindrance", body, content_type="application/json")
    assert (answer.status_code, answer.json()["hindrance"], answer.json()["passed"]) == (200, "closed", False)
    again = signed_in(inspector).post(f"/api/visits/{other.pk}/hindrance", body, content_type="application/json")
    assert again.status_code == 409


def test_a_phone_sends_it_with_a_photo_of_the_place_and_no_signature_of_the_office():
    visit, inspector = given()
    without = report(visit)  # of the usual kind, to read what a phone sends
    assert without.hindered is None
    bare = Report(**sent(visit, "not_found"))
    with pytest.raises(refusals.WrongAnswers) as refusal:
        receive(bare, sent_at=now(), by=inspector)
    assert list(refusal.value.fields) == ["photos"]

    whole = Report(**sent(visit, "not_found", [photo()]))
    receive(whole, sent_at=now(), by=inspector)

    visit.refresh_from_db()
    assert (visit.hindrance, visit.passed, visit.photos.count()) == ("not_found", False, 1)
    receive(whole, sent_at=now(), by=inspector)  # it comes again, and nothing happens twice
    assert Finding.objects.filter(visit=visit).count() == 1


def test_who_was_refused_entry_needs_no_photo():
    visit, inspector = given()
    receive(Report(**sent(visit, "refused_entry")), sent_at=now(), by=inspector)

    assert Visit.objects.get(pk=visit.pk).hindrance == "refused_entry"


def test_the_digest_of_a_usual_report_is_what_it_was_before_there_were_such():
    visit, _ = given()
    usual = report(visit)
    assert "hindered" not in usual.model_dump_json(exclude={"hindered"})
    assert usual.digest == sha256(usual.model_dump_json(exclude={"hindered"}).encode()).hexdigest()


def test_of_a_proposed_place_it_fails_the_initial_visit():
    case = at(NewLicence, "initial-visit")
    visit, inspector = case.visits.get(), person_as(Role.INSPECTOR)
    assign_visit(visit, inspector, planned_on=today(), by=person_as(Role.EXPERT))
    submit_hindered_visit(visit, what="closed", note=SEEN, visited_on=today(), by=inspector)

    assert has_failed(case, "initial") and visit.findings.get().item == "door"
    assert take(case, "refuse_place").stage == "elsewhere"
