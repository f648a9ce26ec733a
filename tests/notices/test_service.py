"""Legal notices are served: who proves it, how, with what evidence, and from which day a term may run."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError

from factories import person, person_as, queued_for
from http_client import signed_in
from pishkhan.files.services import store
from pishkhan.journal import clock
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, NotPermitted
from pishkhan.journal.verification import verify
from pishkhan.language.text import Text
from pishkhan.notices import refusals
from pishkhan.notices.adapters import NotDelivered
from pishkhan.notices.delivery import ATTEMPTS, deliver_due
from pishkhan.notices.models import How, Notice, Outcome, Proof
from pishkhan.notices.selectors import served_on, to_be_served_by
from pishkhan.notices.services import prove_service, try_again, withdraw_proof
from pishkhan.notices.templates import declare
from pishkhan.people.roles import Role
from pishkhan.people.services import reach
from pishkhan.regulation.models import Adoption
from procedure_driver import PDF

LEGAL = declare("test.legal", Text("رد شد.", "Rejected."), legal=True)
PLAIN = declare("test.plain", Text("رسید.", "Received."))
pytestmark = pytest.mark.usefixtures("law", "papers")


def cause(someone):
    return Entry.objects.filter(subject=someone.subject).last()


def notice(template=LEGAL, someone=None, place="1503"):
    someone = someone or person(place)
    return queued_for(someone, template, facts={})


def prove(told, expert, **stated):
    sheet = store(ContentFile(PDF, name="a.pdf"), by=expert, division=told.division)
    return prove_service(
        told,
        by=expert,
        **{
            "how": How.HAND,
            "outcome": Outcome.RECEIVED,
            "on": today(),
            "server": "مأمور",
            "evidence": sheet,
            "role": Role.EXPERT,
        }
        | stated,
    )


@pytest.fixture
def expert():
    return person_as(Role.EXPERT)


@pytest.mark.parametrize(
    ("outcome", "days"), [(Outcome.RECEIVED, 0), (Outcome.REFUSED, 0), (Outcome.POSTED, 10), (Outcome.DEEMED, 10)]
)
def test_a_notice_is_served_from_the_day_that_its_outcome_says(expert, outcome, days):
    told, day = notice(), today()
    prove(told, expert, outcome=outcome)

    if days:
        with clock.at(clock.now() + timedelta(days=days - 1)):
            assert served_on(told) is None
    with clock.at(clock.now() + timedelta(days=days)):
        assert served_on(told) == day + timedelta(days=days)
    assert list(verify.problems()) == []


def test_a_default_that_nobody_adopted_starts_no_term(expert):
    Adoption.objects.all().delete()
    told = notice()
    prove(told, expert, outcome=Outcome.POSTED)

    with clock.at(clock.now() + timedelta(days=400)):
        assert served_on(told) is None


def test_the_earliest_proof_that_stands_counts_and_one_that_was_wrong_is_withdrawn(expert):
    told = notice()
    with clock.at(clock.now() + timedelta(days=2)):
        wrong, right = prove(told, expert, on=today() - timedelta(days=2)), prove(told, expert)
        assert served_on(told) == wrong.on
        withdraw_proof(wrong, reason="نشانی دیگری بود", by=expert, role=Role.EXPERT)
        assert served_on(told) == right.on
        with pytest.raises(refusals.WithdrawnAlready):
            withdraw_proof(wrong, reason="باز", by=expert, role=Role.EXPERT)
    assert list(verify.problems()) == []


def test_an_officer_of_the_place_proves_service_and_no_other(expert):
    told = notice()

    with pytest.raises(NotPermitted):
        prove(told, person_as(Role.EXPERT, "1504"))
    with pytest.raises(NotPermitted):
        prove(told, person_as(Role.ACCOUNTANT), role=Role.ACCOUNTANT)
    proof = prove(told, person_as(Role.SECRETARY), role=Role.SECRETARY)
    entry = Entry.objects.get(subject=proof.subject)
    assert entry.facts["outcome"] == "received" and "مأمور" not in str(entry.facts) and entry.happened_on == today()
    assert [each.served for each in to_be_served_by(expert)] == [True]
    assert not to_be_served_by(person_as(Role.EXPERT, "16")).exists()


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"on": today() + timedelta(days=2)}, refusals.ServedInTheFuture),
        ({"on": today() - timedelta(days=1)}, refusals.ServedBeforeItWas),
        ({"how": "pigeon"}, refusals.NoSuchService),
        ({"outcome": "read"}, refusals.NoSuchService),
        ({"how": How.POST, "outcome": Outcome.POSTED}, refusals.NotPostedThatWay),
        ({"evidence": None}, refusals.NoEvidence),
    ],
)
def test_a_service_that_cannot_be_is_refused_in_words(expert, wrong, refusal):
    with pytest.raises(refusal) as refused:
        prove(notice(), expert, **wrong)

    assert isinstance(refused.value, Invalid) and refused.value.text.fa and not Proof.objects.exists()


def test_only_legal_notices_are_proved_and_with_ones_own_evidence(expert):
    with pytest.raises(refusals.NotLegal):
        prove(notice(PLAIN), expert)
    theirs = store(ContentFile(PDF, name="a.pdf"), by=(other := person_as(Role.EXPERT)), division=other.division)
    with pytest.raises(refusals.NotYourFile):
        prove(notice(), expert, evidence=theirs)
    with pytest.raises(IntegrityError, match="a_proof_has_evidence"):
        Proof.objects.create(notice=notice(), division_id="1503", how="post", outcome="received", on=today())


def test_a_notice_goes_to_the_receiver_in_their_language_by_the_way_they_can_be_reached():
    someone, silent = person(phone=None), person(phone=None)
    reach(someone, language="en", email="leila@example.ir", by=someone)

    told, sent = notice(someone=someone), []
    deliver_due(type("Postman", (), {"send": lambda self, message: sent.append(message)})())

    assert (told.channel, told.language) == ("email", "en")
    assert (sent[0].to, sent[0].text) == ("leila@example.ir", "Rejected.")
    assert notice(someone=silent).channel == "letter"
    with pytest.raises(NotPermitted):
        reach(someone, language="fa", email=None, by=silent)
    for wrong in ("leila", "a@b", "a@b.ir\nBcc: x@y.ir", "<a@b.ir>", "آ@b.ir"):
        with pytest.raises(Invalid):
            reach(someone, language="fa", email=wrong, by=someone)


def test_what_failed_is_shown_to_the_administrator_and_tried_again():
    told, admin = notice(), person_as(Role.ADMINISTRATOR)
    Notice.objects.update(attempts=ATTEMPTS, trouble="sms-refused")

    class Busy:
        def send(self, message):
            raise NotDelivered("sms-refused")

    assert deliver_due(Busy()).failed == 1
    client = signed_in(admin)
    page = client.get("/system/notices/?state=failed", headers={"accept-language": "fa"}).content.decode()
    assert f"/system/notices/{told.pk}/again/" in page and "سامانهٔ پیامک نپذیرفت" in page
    assert str(told.pk) not in signed_in(person_as(Role.ADMINISTRATOR, "16")).get("/system/notices/").content.decode()

    assert client.post(f"/system/notices/{told.pk}/again/").status_code == 302

    told.refresh_from_db()
    assert (told.state, told.attempts) == (Notice.State.PENDING, 0)
    with pytest.raises(refusals.NotFailed):
        try_again(told, by=admin)


def test_service_is_proved_on_its_page_and_over_http(expert):
    told, client = notice(), signed_in(expert)
    path = f"/served/{told.pk}/"
    stated = {"act": "prove", "how": "hand", "outcome": "received", "on": today().isoformat(), "server": "مأمور"}

    assert client.post(path, stated).status_code == 422
    assert client.post(path, stated | {"evidence": ContentFile(PDF, name="a.pdf")}).status_code == 302
    proof = Proof.objects.get()
    assert b"".join(client.get(f"{path}proofs/{proof.pk}/")) == PDF
    assert proof.evidence.whose == told.to.ref  # it is erased with whom it was served to, not with the officer
    assert client.post(path, {"act": "withdraw", "proof": proof.pk, "reason": "اشتباه"}).status_code == 302

    answer = client.post(
        f"/api/notices/{told.pk}/proofs",
        content_type="application/json",
        data={"how": "electronic", "outcome": "deemed", "on": today().isoformat(), "server": "سامانه"},
    )
    assert answer.status_code == 201, answer.content
    shown = client.get(f"/api/notices/{told.pk}").json()
    assert [each["withdrawn_on"] is None for each in shown["proofs"]] == [False, True] and shown["served_on"] is None
    assert [each["id"] for each in client.get("/api/notices?proved=true").json()] == [str(told.pk)]
    stranger = signed_in(person_as(Role.EXPERT, "16"))
    assert stranger.get(path).status_code == stranger.get(f"/api/notices/{told.pk}").status_code == 404
    assert stranger.get(f"{path}proofs/{proof.pk}/").status_code == 404
