"""Who reads what, at every door, as docs/methods/need-to-know.md says it: written from the page, not from the code."""

import json
import re
from pathlib import Path

import pytest

from factories import person, person_as
from http_client import signed_in
from pishkhan.complaints.models import DESK
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.exchange.selectors import EXCHANGING
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Access, Entry
from pishkhan.letters.kinds import KINDS
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.payments.models import Payment
from pishkhan.payments.selectors import SETTLING
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import READ_BY, readers_of
from pishkhan.people.roles import BY_NATURE, Role
from pishkhan.people.selectors import national_id_of
from pishkhan.rounds.selectors import PLANNERS
from procedure_driver import applicant_of, at

pytestmark = pytest.mark.usefixtures("law", "papers")
PAGE = Path(__file__).parents[2] / "docs" / "methods" / "need-to-know.md"
KIND_OF_FIELD = {  # of what is stated about a new licence and in a violation case, as a jurist would sort it
    "address": "stated",
    "postal_code": "stated",
    "given_name": "stated",
    "family_name": "stated",
    "father_name": "personal",
    "born_on": "personal",
    "degree": "personal",
    "military_settled": "personal",
    "state_employee": "personal",
    "opinion": "draft",
    "outcome": "inquiry",
    "letter_on": "inquiry",
    "amount": "money",
    "demand_note": "money",
    "reference": "money",
}
DOORS = (
    "/api/cases/{}",
    "/api/cases/{}/entries",
    "/api/cases/{}/documents/tenure",
    "/cases/{}/",
    "/cases/{}/papers/tenure/",
)
KIND_OF_PAPER = {"tenure": "papers", "insurance": "papers", "degree": "identity_papers"}
LETTERS = json.loads((Path(__file__).parents[1] / "letters" / "records.json").read_text())
KIND_OF_LETTER = {kind: set(record["holds"]) for kind, record in LETTERS.items()}  # by hand


def table():
    """What the page says: by role, the kinds that it may read."""
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in PAGE.read_text().splitlines()
        if re.match(r"\| (role|`\w+`) \|(.*\|){14}$", line)
    ]
    kinds = rows[0][1:]
    return {row[0]: {kind for kind, cell in zip(kinds, row[1:], strict=True) if cell} for row in rows[1:]}


SAID = table()
STAFF = sorted(role for role in SAID if role not in BY_NATURE)
each_role = pytest.mark.parametrize("role", STAFF)
AT_CASES = [role for role in STAFF if "stated" in SAID[role]]
each_at_cases = pytest.mark.parametrize("role", [*AT_CASES, "applicant"])


def reader(role, case):
    return applicant_of(case) if role == "applicant" else person_as(role)


def entries_of(client, case):
    return client.get(f"/api/cases/{case.number}/entries").json()


def test_the_table_of_the_house_is_the_page():
    assert {role: {str(kind) for kind in kinds} for role, kinds in READ_BY.items()} == SAID
    assert set(STAFF) == set(Role) - set(BY_NATURE) - {Role.REPRESENTATIVE}
    described = re.findall(r"^\| `(\w+)` \| [^|]+ \|$", PAGE.read_text(), re.MULTILINE)
    assert described == [str(kind) for kind in Datum]


@each_at_cases
def test_entries_tell_each_role_the_answers_that_it_may_read(role):
    case = at(NewLicence, "issued")

    entries = entries_of(signed_in(reader(role, case)), case)

    names = {
        name
        for entry in entries
        for facts in (entry["facts"].get("stated", {}), entry["facts"].get("outcome", {}), entry["words"])
        for name in facts
    }
    assert {name: name in names for name in KIND_OF_FIELD} == {
        name: kind in SAID[role] for name, kind in KIND_OF_FIELD.items()
    }


@pytest.mark.parametrize("role", [*STAFF, "applicant"])
def test_no_door_of_a_case_shows_anybody_an_identity_number_in_the_clear(role):
    case = at(NewLicence, "issued")
    numbers = {national_id_of(person) for person in Person.objects.exclude(national_id=None)}
    client = signed_in(reader(role, case))

    shown = [
        client.get(address).content.decode()
        for address in (
            f"/api/cases/{case.number}/entries",
            f"/api/cases/{case.number}",
            f"/cases/{case.number}/",
            "/cases/?export=csv",
            "/api/cases",
            "/api/people",
            "/today/",
        )
    ]

    assert len(numbers) > 5
    assert [number for number in numbers for text in shown if number in text] == []


@each_at_cases
@pytest.mark.parametrize("door", ["/api/cases/{}/documents/{}", "/cases/{}/papers/{}/"])
def test_papers_open_to_each_role_by_their_kind(role, door):
    case = at(NewLicence, "issued")
    someone = reader(role, case)
    client = signed_in(someone)
    kinds = [kind for kind in KIND_OF_PAPER if case.documents.filter(kind=kind).exists()]

    answers = {kind: client.get(door.format(case.number, kind)).status_code for kind in kinds}

    assert "degree" in answers and "tenure" in answers
    assert answers == {kind: 200 if KIND_OF_PAPER[kind] in SAID[role] else 403 for kind in kinds}
    refused = set(Access.objects.filter(actor=someone.ref, refused=True).values_list("what", flat=True))
    assert refused == {f"document {kind}" for kind, status in answers.items() if status == 403}


@pytest.mark.parametrize("role", AT_CASES)
def test_the_page_of_a_case_shows_links_inquiries_and_payments_to_those_who_read_them(role):
    case = at(NewLicence, "issued")
    client = signed_in(person_as(role))

    page = client.get(f"/cases/{case.number}/").content.decode()
    data = client.get(f"/api/cases/{case.number}").json()

    for kind, of in KIND_OF_PAPER.items():
        if case.documents.filter(kind=kind).exists():
            assert (f"/papers/{kind}/" in page) == (of in SAID[role]), kind
    assert bool(re.search(r"<h2>\s*استعلام‌ها", page)) == bool(data["inquiries"]) == ("inquiry" in SAID[role])
    assert bool(re.search(r"<h2>\s*پرداخت\s*</h2>", page)) == ("money" in SAID[role])


@each_role
def test_a_receipt_is_for_who_paid_and_who_reads_of_money(role):
    payment = Payment.objects.get(note__about=at(NewLicence, "issued").subject)

    answer = signed_in(person_as(role)).get(f"/receipts/{payment.note.number}/{payment.number}/")

    assert answer.status_code == (200 if "money" in SAID[role] else 404)


@pytest.mark.parametrize("role", AT_CASES)
def test_the_draft_and_the_defence_of_a_violation_case_are_for_who_decides(role):
    case = at(ViolationCase, "decided")
    defence = {text for (number, field), text in words_of(case.subject).items() if _step(case, number) == "answer"}
    draft = {text for (number, field), text in words_of(case.subject).items() if _step(case, number) == "draft"}

    entries = entries_of(signed_in(person_as(role)), case)

    words = {text for entry in entries for text in entry["words"].values()}
    assert defence and draft
    assert bool(defence & words) == ("defence" in SAID[role])
    assert bool(draft & words) == ("draft" in SAID[role])


def _step(case, number):
    return Entry.objects.get(subject=case.subject, number=number).act.rpartition(".")[2]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_letters_are_read_by_who_reads_all_that_they_hold(kind):
    assert set(KINDS[kind].read_by) == {role for role in STAFF if KIND_OF_LETTER[kind] <= SAID[role]}


@pytest.mark.parametrize(("role", "place"), [(Role.EXPERT, "16"), (Role.EXPERT, "1501"), (Role.ADMINISTRATOR, "15")])
def test_who_has_no_part_in_the_cases_of_a_place_finds_none(role, place):
    case = at(NewLicence, "issued")
    client = signed_in(person_as(role, place=place))

    doors = [client.get(door.format(case.number)) for door in DOORS]
    listed = [client.get(address) for address in ("/api/cases", "/cases/", "/cases/?export=csv")]

    assert [answer.status_code for answer in doors] == [404] * len(DOORS)
    assert not any(case.number in answer.content.decode() for answer in listed)


@each_role
def test_an_identity_number_is_shown_one_at_a_time_for_a_reason_that_the_access_log_keeps(role):
    of, someone = person("1503", national_id="0499370899"), person_as(role)
    client = signed_in(someone)
    path = f"/api/people/{of.pk}/national-id"

    assert client.get(path).status_code == 422
    answer = client.get(path, {"reason": "تطبیق با شناسنامه"})

    assert answer.status_code == (200 if "identity" in SAID[role] else 404)
    looked = Access.objects.get(actor=someone.ref, subject=of.subject)
    assert looked.what == "national id: تطبیق با شناسنامه" and looked.refused == ("identity" not in SAID[role])


@each_role
def test_the_page_of_an_identity_number_opens_to_who_reads_them_and_tells_it_after_a_reason(role):
    of, someone = person("1503", national_id="0499370899"), person_as(role)
    client, path = signed_in(someone), f"/people/{of.pk}/national-id/"

    before, without, after = client.get(path), client.post(path, {"reason": ""}), client.post(path, {"reason": "تطبیق"})

    if "identity" not in SAID[role]:
        assert {before.status_code, without.status_code, after.status_code} <= {403, 404}
        return
    assert (before.status_code, without.status_code, after.status_code) == (200, 422, 200)
    shown = ["0499370899" in answer.content.decode() for answer in (before, without, after)]
    assert shown == [False, False, True] and "no-store" in after.headers["Cache-Control"]
    assert Access.objects.get(actor=someone.ref, subject=of.subject).what == "national id: تطبیق"


@each_role
def test_who_does_not_read_of_persons_finds_colleagues_alone(role):
    stranger, colleague = person("1503", family_name="غریبه"), person_as(Role.INSPECTOR, family_name="همکار")

    row = {item["id"] for item in signed_in(person_as(role)).get("/api/people").json()}

    assert colleague.pk in row
    assert (stranger.pk in row) == ("contact" in SAID[role])


def test_what_lists_open_to_follows_from_the_table():
    for roles, kind in ((DESK, "complaint"), (EXCHANGING, "inquiry"), (SETTLING, "money"), (PLANNERS, "risk")):
        assert set(roles) <= {role for role in STAFF if kind in SAID[role]}, kind
    assert set(readers_of(Datum.PHOTOS)) == {role for role in STAFF if "photos" in SAID[role]}
