"""Questions leave with no more than they need; answers come in by the steps of their cases, wholly or not."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from factories import person_as, together
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.services import advance
from pishkhan.exchange import refusals, services
from pishkhan.exchange.models import Item, Package
from pishkhan.exchange.packing import MANIFEST, QUESTIONS, Manifest, NotAPackage, checksum, packed, table_of
from pishkhan.exchange.partners import COLUMNS, ISSUER, partners
from pishkhan.exchange.selectors import waiting_by_partner
from pishkhan.exchange.services import content_of, counts_of, go_on, partner_of, send, take_in
from pishkhan.geography.models import Division
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import hide
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification import verify
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.models import NATIONAL_ID, Person
from pishkhan.people.roles import Role
from procedure_driver import at, take

Outcome = Item.Outcome
pytestmark = pytest.mark.usefixtures("law", "papers")


def province():
    return Division.objects.get(code="15")


@pytest.fixture
def expert():
    return person_as(Role.EXPERT)


@pytest.fixture
def cases():
    return at(NewLicence, "inquiries"), at(NewLicence, "inquiries")


def answers(asked, *rows, partner="tax", columns=("reference", "outcome", "letter", "letter_on"), **told):
    table = table_of(columns, rows)
    return packed(
        Manifest(
            **{
                "kind": "answers",
                "partner": partner,
                "province": "15",
                "reference": "T-1",
                "sequence": 1,
                "answers_to": asked.reference,
                "made_on": today(),
                "rows": len(rows),
                "sha256": checksum(table),
            }
            | told
        ),
        table,
    )


def row(asked, number=1, outcome="cleared", letter="12/34", on=None):
    return [f"{asked.reference}/{number}", outcome, letter, (on or today()).isoformat()]


def outcomes(package):
    return list(package.items.order_by("number").values_list("outcome", flat=True))


def rows_of(package):
    with zipfile.ZipFile(io.BytesIO(content_of(package))) as there:
        return list(csv.DictReader(io.StringIO(there.read(QUESTIONS).decode("utf-8-sig")))), there.read(MANIFEST)


def test_each_body_is_told_the_least_it_needs_and_is_asked_once(cases, expert):
    Person.objects.update(national_id=hide("9876543210", purpose=NATIONAL_ID))
    tax, police, security = (send(partner_of(code), province(), by=expert) for code in ("tax", "places", "security"))

    told, _ = rows_of(tax)
    assert [set(line) for line in told] == [{"reference", "name", "identifier"}] * 2
    assert [line["identifier"] for line in told] == [case.organisation.legal_id for case in cases]
    assert set(rows_of(police)[0][0]) == {"reference", "name", "address", "postal_code"}
    assert {line["national_id"] for line in rows_of(security)[0]} == {"9876543210"} and len(rows_of(security)[0]) == 6
    assert tax.reference.startswith("X-tax-15-") and (tax.sequence, tax.count) == (1, 2)
    assert "9876543210" not in str(list(Entry.objects.values_list("facts", flat=True)))
    with pytest.raises(refusals.NothingToAsk):
        send(partner_of("tax"), province(), by=expert)
    assert waiting_by_partner(expert) == dict.fromkeys(
        set(partners()) & {"criminal_record", "addiction", "social_security", "bank"}, 2
    )


def test_whoever_is_asked_by_some_procedure_is_told_declared_columns():
    asked = {kind.code for procedure in Procedure.register.values() for kind in procedure.inquiries}

    assert set(COLUMNS) == asked | {ISSUER} == set(partners())


def test_a_package_is_made_again_as_it_was_or_not_at_all(cases, expert):
    tax = send(partner_of("tax"), province(), by=expert)

    assert content_of(tax) == content_of(tax) and tax.digest.encode() in rows_of(tax)[1]
    type(cases[0].organisation).objects.filter(pk=cases[0].organisation_id).update(name="دیگر")
    with pytest.raises(refusals.FactsHaveChanged):
        content_of(tax)


def test_answers_are_entered_by_the_step_of_the_case_and_open_what_a_typed_answer_opens(cases, expert):
    first, second = cases
    for code in ("tax", "security", "criminal_record", "addiction", "social_security", "bank", "places"):
        asked = send(partner_of(code), province(), by=expert)
        outcome = "not_cleared" if code == "bank" else "cleared"
        taken = take_in(answers(asked, row(asked), row(asked, 2, outcome), partner=code), partner_of(code), by=expert)
        assert outcomes(taken) == [Outcome.TAKEN] * 2

    first, second = (Case.objects.get(pk=case.pk) for case in cases)
    rule = next(each for each in NewLicence.steps["clear"].when if each.name == "inquiries_are_cleared")
    assert rule.holds(first, now(), {}) and not rule.holds(second, now(), {})
    answered = first.inquiries.get(code="tax")
    assert (answered.cleared, answered.letter, answered.letter_on) == (True, "12/34", today())
    entry = Entry.objects.filter(subject=first.subject, act="new-licence.answer").first()
    assert entry.actor == expert.ref and list(verify.problems()) == []
    assert not Item.objects.exclude(told=None).exists()


def test_each_row_that_cannot_be_entered_is_told_with_its_number_and_changes_nothing(cases, expert):
    gone = at(NewLicence, "inquiries")
    asked = send(partner_of("tax"), province(), by=expert)
    take(gone, "withdraw")
    take(
        cases[1],
        "answer",
        answers={"inquiry": "tax", "outcome": "cleared", "letter": "1", "letter_on": today()},
        by=expert,
    )
    before = {case.pk: Case.objects.get(pk=case.pk).revision for case in cases}

    taken = take_in(
        answers(
            asked,
            row(asked, 1, on=today() + timedelta(days=1)),
            row(asked, 1),
            row(asked, 2),
            row(asked, 3),
            row(asked, 9),
            ["X-other/1", "cleared", "1", today().isoformat()],
        ),
        partner_of("tax"),
        by=expert,
    )

    assert outcomes(taken) == [
        Outcome.FUTURE,
        Outcome.DUPLICATE,
        Outcome.ANSWERED,
        Outcome.MOVED_ON,
        Outcome.UNKNOWN,
        Outcome.UNKNOWN,
    ]
    assert [item.number for item in taken.items.all()] == [2, 3, 4, 5, 6, 7]
    assert {case.pk: Case.objects.get(pk=case.pk).revision for case in cases} == before
    older = take_in(
        answers(asked, row(asked, on=today() - timedelta(days=1)), row(asked, 2, "guilty"), sequence=2),
        partner_of("tax"),
        by=expert,
    )
    assert outcomes(older) == [Outcome.TOO_EARLY, Outcome.ILL_FORMED] and list(verify.problems()) == []


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"partner": "bank"}, refusals.WrongPartner),
        ({"answers_to": "X-tax-15-1300-0001"}, refusals.AnswersNothing),
        ({"province": "16"}, refusals.AnswersNothing),
        ({"made_on": today() + timedelta(days=2)}, refusals.FromTheFuture),
        ({"sha256": "0" * 64}, NotAPackage),
        ({"rows": 3}, NotAPackage),
    ],
)
def test_a_package_that_cannot_be_relied_on_is_refused_as_a_whole(cases, expert, told, refusal):
    asked = send(partner_of("tax"), province(), by=expert)

    with pytest.raises(refusal):
        take_in(answers(asked, row(asked), **told), partner_of("tax"), by=expert)
    assert not Package.objects.filter(direction="in").exists()


def test_a_package_counts_once(cases, expert):
    asked = send(partner_of("tax"), province(), by=expert)
    take_in(answers(asked, row(asked)), partner_of("tax"), by=expert)

    with pytest.raises(refusals.TakenInBefore):
        take_in(answers(asked, row(asked)), partner_of("tax"), by=expert)
    with pytest.raises(refusals.TakenInBefore):
        take_in(answers(asked, row(asked, 2)), partner_of("tax"), by=expert)
    again = take_in(answers(asked, row(asked), sequence=2), partner_of("tax"), by=expert)
    assert outcomes(again) == [Outcome.ANSWERED]


def test_a_taking_in_that_was_cut_short_leaves_whole_rows_and_is_gone_on_with(cases, expert, monkeypatch):
    asked = send(partner_of("tax"), province(), by=expert)
    content, real, calls = answers(asked, row(asked), row(asked, 2)), services.advance, []

    def dying(*told, **named):
        calls.append(told)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*told, **named)

    monkeypatch.setattr(services, "advance", dying)
    with pytest.raises(KeyboardInterrupt):
        take_in(content, partner_of("tax"), by=expert)
    assert outcomes(Package.objects.get(direction="in")) == [Outcome.TAKEN, Outcome.PENDING]

    monkeypatch.setattr(services, "advance", real)
    taken = take_in(content, partner_of("tax"), by=expert)

    assert outcomes(taken) == [Outcome.TAKEN] * 2 and go_on(taken, by=expert) == taken
    assert counts_of(taken) == {"taken": 2} and list(verify.problems()) == []


def test_only_an_expert_of_the_place_sends_and_takes_in(cases, expert):
    with pytest.raises(NotPermitted):
        send(partner_of("tax"), province(), by=person_as(Role.EXPERT, "1503"))
    with pytest.raises(NotPermitted):
        send(partner_of("tax"), province(), by=person_as(Role.REGION))
    assert not Package.objects.exists()
    asked = send(partner_of("tax"), province(), by=expert)
    for stranger in (person_as(Role.EXPERT, "16"), person_as(Role.REGION), person_as(Role.EXPERT, "1503")):
        with pytest.raises(refusals.AnswersNothing):
            take_in(answers(asked, row(asked)), partner_of("tax"), by=stranger)
    assert not Case.objects.get(pk=cases[0].pk).inquiries.exclude(answered_on=None).exists()


FURTHER = ("reference", "outcome", "letter", "letter_on", "years", "reasons")


def test_the_issuers_answers_issue_and_return_by_its_own_officer(expert):
    first, second, third = (at(NewLicence, "region") for _ in range(3))
    region = person_as(Role.REGION)
    asked = send(partner_of(ISSUER), province(), by=expert)
    day = today().isoformat()

    told = take_in(
        answers(
            asked,
            [f"{asked.reference}/1", "issued", "CRA-7", day, "5", ""],
            [f"{asked.reference}/2", "returned", "CRA-8", day, "", "سند ناخواناست"],
            [f"{asked.reference}/3", "issued", "CRA-9", day, "50", ""],
            partner=ISSUER,
            columns=FURTHER,
        ),
        partner_of(ISSUER),
        by=region,
    )

    assert outcomes(told) == [Outcome.TAKEN, Outcome.TAKEN, Outcome.ILL_FORMED]
    first, second, third = (Case.objects.get(pk=case.pk) for case in (first, second, third))
    assert (first.stage, second.stage, third.stage) == ("issued", "given-back", "region")
    assert first.dossier.office.licences.get().issuer_number == "CRA-7"
    assert "سند" not in str(list(Entry.objects.values_list("facts", flat=True)))
    advance(second, NewLicence.steps["send_again"], by=person_as(Role.EXPERT))
    assert [item.case for item in send(partner_of(ISSUER), province(), by=expert).items.all()] == [second]
    assert list(verify.problems()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_send_at_once_one_asks_everything_and_the_other_nothing(expert):
    at(NewLicence, "inquiries")
    other = person_as(Role.EXPERT)

    raised = together(*[lambda by=each: send(partner_of("tax"), province(), by=by) for each in (expert, other)])

    assert raised == [refusals.NothingToAsk] and Package.objects.get().sequence == 1
    assert Item.objects.count() == 1 and list(verify.problems()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_take_one_package_in_at_once_each_row_is_entered_once(expert):
    at(NewLicence, "inquiries")
    other = person_as(Role.EXPERT)
    asked = send(partner_of("tax"), province(), by=expert)
    content = answers(asked, row(asked))

    raised = together(*[lambda by=each: take_in(content, partner_of("tax"), by=by) for each in (expert, other)])

    assert raised in ([], [refusals.TakenInBefore]) and outcomes(Package.objects.get(direction="in")) == [Outcome.TAKEN]
    assert Entry.objects.filter(act="new-licence.answer").count() == 1 and list(verify.problems()) == []


def test_packages_are_sent_fetched_and_taken_in_on_pages_and_over_http(cases, expert):
    client = signed_in(expert)
    assert client.post("/exchange/", {"act": "send", "partner": "tax", "division": "15"}).status_code == 302
    asked = Package.objects.get()
    fetched = client.get(f"/exchange/{asked.pk}/content/")
    assert fetched.content == content_of(asked) == client.get(f"/api/exchange/packages/{asked.pk}/content").content
    sheet = answers(asked, row(asked), row(asked, 7))
    told = client.post("/exchange/", {"act": "take", "partner": "tax", "file": ContentFile(sheet, name="a.zip")})
    assert told.status_code == 302, told.content
    page = client.get(told.headers["Location"], headers={"accept-language": "fa"}).content.decode()
    assert "شناسهٔ ناشناخته" in page and cases[0].number in page
    again = client.post("/api/exchange/answers?partner=tax", {"file": ContentFile(sheet, name="a.zip")})
    assert again.status_code == 422 and "file" in again.json()["fields"]
    sent = client.post("/api/exchange/packages", {"partner": "bank", "place": "15"}, content_type="application/json")
    assert (sent.status_code, len(client.get("/api/exchange/packages").json())) == (201, 3)

    for stranger in (signed_in(person_as(Role.EXPERT, "16")), signed_in(person_as(Role.EXPERT, "1503"))):
        for path in (f"/exchange/{asked.pk}/", f"/exchange/{asked.pk}/content/", f"/api/exchange/packages/{asked.pk}"):
            assert stranger.get(path).status_code == 404
        assert stranger.get("/api/exchange/packages").json() == []
