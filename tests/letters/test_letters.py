"""Documents go out by the steps of every procedure, to who may have them, and are made again as they went out."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from factories import division, person, person_as, together
from http_client import signed_in
from pishkhan.casework.services import advance
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.erasure.erasable_text import destroy, words_of
from pishkhan.journal.models import Access, Entry
from pishkhan.language.text import LANGUAGES
from pishkhan.letters import selectors, services
from pishkhan.letters.kinds import KINDS
from pishkhan.letters.models import Letter
from pishkhan.letters.records import record_of
from pishkhan.letters.refusals import Erased
from pishkhan.letters.selectors import faults_of
from pishkhan.licensing.documents import letters_of
from pishkhan.licensing.procedures.address_change import AddressChange
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.meetings.models import Outcome
from pishkhan.offices import credential
from pishkhan.offices.models import Licence
from pishkhan.offices.services import OfficeFacts, PremisesFacts, import_office
from pishkhan.people.roles import Role
from pishkhan.people.selectors import national_id_of
from procedure_driver import answers_for, applicant_of, at, ready, resolve, speaker_of, take

RECORDS = Path(__file__).parent / "records.json"
EARLY, LATE = date(2020, 4, 1), date(2030, 3, 31)
WITH_NOTICE = {
    ("request.received", "acknowledgement"),
    ("request.rejected", "refusal"),
    ("request.place_refused", "refusal"),
    ("royalty.due", "demand"),
    ("licence.issued", "licence"),
    ("request.approved", "inquiry"),
    ("request.approved_on_condition", "inquiry"),
    ("violation.notice", "violation-notice"),
    ("violation.summons", "violation-summons"),
    ("violation.interim", "violation-order"),
    ("violation.decided", "violation-decision"),
}
pytestmark = pytest.mark.usefixtures("law", "papers")


def of_kind(case, kind):
    return [letter for letter in letters_of(case.number) if letter.kind == kind]


def only(case, kind):
    (letter,) = of_kind(case, kind)
    return letter


def test_a_licence_leaves_every_document_behind_and_each_can_be_made():
    case = at(NewLicence, "issued")

    letters = letters_of(case.number)

    assert [letter.kind for letter in letters] == ["acknowledgement", *["inquiry"] * 7, "demand", "licence"]
    serials = [int(letter.number.rpartition("-")[2]) for letter in letters]
    assert serials == list(range(serials[0], serials[0] + len(letters)))
    for letter in letters:
        for language in LANGUAGES:
            with pikepdf.open(BytesIO(services.document(letter, language))) as pdf:
                assert str(pdf.Root.Lang).startswith(language)
        assert list(faults_of(letter)) == []
    licence = Licence.objects.get(origin_case=case)
    record = record_of(letters[-1])
    assert record["licence"]["number"] == licence.number and record["verification_url"].startswith("http")
    assert record["licence"]["form"]["en"].startswith("extract")  # another than the directorate issued it
    assert record["signed"] is None


def test_where_the_deployment_is_the_issuer_the_document_is_the_licence(monkeypatch):
    monkeypatch.setitem(credential._served, "authority", "cra")

    record = record_of(only(at(NewLicence, "issued"), "licence"))

    assert record["licence"]["form"] == {"fa": "پروانه", "en": "licence"}
    assert record["house"]["name"] == record["licence"]["issuer"]
    assert record["signed"]["role"]["en"] == "CRA region"


def test_a_demand_note_says_how_its_amount_was_reckoned():
    case = at(NewLicence, "royalty")

    demand = record_of(only(case, "demand"))["demand"]

    assert demand["amount"] == case.dossier.royalty.amount
    assert [line["value"] for line in demand["reckoning"]] == [demand["amount"]]
    assert demand["reckoning"][0]["source"]["fa"]
    assert demand["in_words"] == "پنجاه میلیون" and demand["days"]


def test_a_transfer_asks_about_the_buyer_and_the_seller_and_demands_of_the_buyer():
    case = at(Transfer, "royalty")

    wanted = [record_of(row)["inquiry"] for row in of_kind(case, "inquiry")]
    data = {who["standing"]["en"]: who["id"] for item in wanted for who in item["persons"]}

    assert only(case, "demand").to == case.other_side.ref
    assert {"Buyer", "Seller", "Manager of the office"} <= data.keys()
    assert data["Seller"] in (getattr(case.applicant, "legal_id", None), _id(case.applicant))


def _id(party):
    return national_id_of(party) if hasattr(party, "national_id") else ""


def test_a_refusal_gives_its_grounds_and_says_how_to_object():
    case = at(NewLicence, "agenda")
    resolve(case, Outcome.REJECTED)
    take(case, "reject")

    record = record_of(only(case, "refusal"))

    grounds = [ground["sentence"]["en"] for ground in record["refusal"]["grounds"]]
    assert grounds[0] == "The working group has rejected the request." and "Resolution WG" in grounds[1]
    assert grounds[2:] == ["The applicant, or whom they name, does not meet the conditions."]
    assert record["refusal"]["words"] == ["دلیل"] * 3  # what those said who carried it
    assert record["objection"]["days"] == 20 and len(record["objection"]["bodies"]) == 3
    assert record["signed"]["role"]["en"] == "Secretary of the working group"


def test_a_refused_place_is_told_with_the_term_to_state_another():
    step = AddressChange.steps["refuse_place"]
    case = ready(step)
    advance(case, step, by=person_as(step.by), answers=answers_for(case, step))

    record = record_of(only(case, "refusal"))

    assert record["refusal"]["of"] == "place" and record["refusal"]["days"]


def test_a_document_goes_with_every_notice_that_says_so():
    """By hand: which notice a document goes with, whatever the procedure."""
    steps = [step for procedure in NewLicence.register.values() for step in procedure.steps.values()]
    letters = {(notice.code, step.letter.kind.code) for step in steps if step.letter for notice in step.notices}
    alone = {notice.code for step in steps if step.letter is None for notice in step.notices}

    assert letters == WITH_NOTICE, "a letter goes with a notice of its own: enter the pair, or leave the notice out"
    with_letter = {code for code, _ in WITH_NOTICE - {("request.approved", "inquiry")}}
    assert alone & with_letter == set(), "these say that a letter comes: send one, or give the step a notice of its own"


def test_who_may_have_a_document():
    case = at(NewLicence, "inquiries")
    receipt, inquiry = only(case, "acknowledgement"), of_kind(case, "inquiry")[0]

    def status(someone, letter, edition="fa"):
        return signed_in(someone).get(f"/letters/{letter.number}/{edition}/").status_code

    expert, inspector, elsewhere = (
        person_as(Role.EXPERT),
        person_as(Role.INSPECTOR),
        person_as(Role.EXPERT, place=division("16").code),
    )
    assert [status(person, receipt) for person in (applicant_of(case), expert, inspector)] == [200] * 3
    assert [status(person, receipt) for person in (elsewhere, person())] == [404] * 2
    assert [status(person, inquiry) for person in (expert, applicant_of(case), inspector, elsewhere)] == [
        200,
        *[404] * 3,
    ]
    assert status(expert, receipt, "de") == 404
    assert Access.objects.filter(actor=expert.ref, subject=inquiry.subject, refused=False).exists()
    assert Access.objects.filter(actor=elsewhere.ref, subject=receipt.subject, refused=True).exists()
    page = signed_in(applicant_of(case)).get(f"/cases/{case.number}/").content.decode()
    assert receipt.number in page and inquiry.number not in page


def test_a_document_is_handed_over_as_a_file_that_no_cache_keeps():
    case = at(NewLicence, "check")
    letter = only(case, "acknowledgement")

    answer = signed_in(applicant_of(case)).get(f"/letters/{letter.number}/en/")

    assert answer.content.startswith(b"%PDF-1.7") and answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert f'"{letter.number}-en.pdf"' in answer["Content-Disposition"]


def test_nothing_personal_stands_in_the_journal_or_lies_in_the_clear():
    case = at(NewLicence, "inquiries")
    letter, manager = of_kind(case, "inquiry")[0], case.nominees.get(post="manager").person
    services.document(letter, "fa")

    with default_storage.open(f"letters/{letter.copy_fa[:2]}/{letter.copy_fa}") as file:
        kept = file.read()
    facts = str(list(Entry.objects.filter(subject=letter.subject).values_list("facts", flat=True)))

    assert national_id_of(manager) in str(record_of(letter))
    assert national_id_of(manager) not in facts and manager.family_name not in facts
    assert not kept.startswith(b"%PDF") and letter.copy_fa not in str(words_of(letter.subject))


def test_erasing_anybody_in_a_document_erases_the_document():
    case = at(NewLicence, "issued")
    letter, manager = only(case, "licence"), case.nominees.get(post="manager").person
    services.document(letter, "fa")

    with act(SYSTEM, "x", on=case, role="system") as entry:
        destroy(manager.ref, entry)  # what erasing a person does with their secret

    assert signed_in(applicant_of(case)).get(f"/letters/{letter.number}/fa/").status_code == 410
    with pytest.raises(Erased):
        record_of(letter)
    call_command("documents", check=True)


def test_the_first_copy_is_kept_and_served_again(monkeypatch):
    letter = only(at(NewLicence, "check"), "acknowledgement")
    first = services.document(letter, "fa")
    monkeypatch.setattr(services, "pdf_of", lambda *service: b"another")

    assert services.document(Letter.objects.get(pk=letter.pk), "fa") == first


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_first_at_once_have_the_same_copy():
    letter, made = only(at(NewLicence, "check"), "acknowledgement"), []

    raised = together(*[lambda: made.append(services.document(Letter.objects.get(pk=letter.pk), "fa"))] * 2)

    assert raised == [] and made[0] == made[1]
    kept, *again = Entry.objects.filter(subject=letter.subject, act="letters.make").order_by("number")
    assert kept.facts["digest"] and [item.facts["again"] for item in again] in ([], [True])


def test_a_document_that_is_made_otherwise_is_named(monkeypatch, capsys):
    letter = only(at(NewLicence, "check"), "acknowledgement")
    services.document(letter, "fa")
    monkeypatch.setattr(selectors, "pdf_of", lambda *selector: b"another")

    with pytest.raises(SystemExit):
        call_command("documents", check=True)

    assert f"{letter.number} (fa) is now made otherwise" in capsys.readouterr().err


def test_a_kept_copy_that_was_altered_is_named():
    letter = only(at(NewLicence, "check"), "acknowledgement")
    services.document(letter, "fa")
    with default_storage.open(f"letters/{letter.copy_fa[:2]}/{letter.copy_fa}", "wb") as file:
        file.write(b"something else")

    assert [fault.en for fault in faults_of(letter)] == [
        f"The kept copy of document {letter.number} (fa) is gone or was altered."
    ]


def test_a_licence_of_old_is_given_an_extract_of_the_register(tmp_path):
    _, licence = imported()

    call_command("documents", licence.number, out=tmp_path / "made")

    letter = Letter.objects.get(about=licence.subject)
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == [
        f"{letter.number}-licence-{language}.pdf" for language in ("en", "fa")
    ]
    assert record_of(letter)["signed"] is None and record_of(letter)["case"] is None
    with pytest.raises(CommandError, match="no document"):
        call_command("documents", "15/1399/9999", out=tmp_path)


def test_an_expert_lets_an_extract_go_out_from_the_register():
    office, licence = imported()
    expert, address = person_as(Role.EXPERT), f"/register/{office.code}/extract/{licence.pk}/"

    assert signed_in(person_as(Role.EXPERT, place=division("16").code)).post(address).status_code == 404
    assert signed_in(person_as(Role.INSPECTOR)).post(address).status_code == 403
    assert signed_in(expert).post(address).status_code == 302

    letter = Letter.objects.get(about=licence.subject)
    assert record_of(letter)["signed"]["role"]["en"] == "Licensing expert"
    assert letter.number in signed_in(expert).get(f"/register/{office.code}/").content.decode()
    assert letter.number in signed_in(speaker_of_holder(office)).get("/mine/").content.decode()
    assert signed_in(speaker_of_holder(office)).get(f"/letters/{letter.number}/fa/").status_code == 200


def speaker_of_holder(office):
    return speaker_of(office.holdings.get().person)


def imported():
    holder = person()
    facts = OfficeFacts(
        kind="rural_ict",
        division=division("1503011001"),
        holder=holder,
        manager=person(),
        deputy=None,
        premises=PremisesFacts(address="روستای نمونه، کد 72-16-1304"),
        issued_on=EARLY,
        issuer_number="OLD/1",
        valid_from=EARLY,
        valid_until=LATE,
    )
    return import_office(facts)


def test_records_alone_make_documents(tmp_path):
    call_command("documents", record=[RECORDS], out=tmp_path)

    assert len(list(tmp_path.glob("records-*-*.pdf"))) == 2 * len(KINDS)
