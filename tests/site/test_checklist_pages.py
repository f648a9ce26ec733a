"""The pages and the API on which a province enters its checklist: written, imported, seen as on a phone, adopted."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from entered_checklist import FIRE, SOON, adopted, decision, drafted, proposed_checklist
from factories import person_as
from http_client import signed_in
from pishkhan.geography.models import Division
from pishkhan.inspections.models import ChecklistEdition
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali
from pishkhan.people.roles import Role
from procedure_driver import PDF

pytestmark = pytest.mark.usefixtures("law", "papers")
LIST, API = "/visits/checklists/", "/api/checklists"


@pytest.fixture
def expert():
    person_as(Role.ADMINISTRATOR)  # without one the province is not opened
    Division.objects.filter(code="15").update(kind="province", name="لرستان", name_en="Lorestan")
    return signed_in(person_as(Role.EXPERT))


def test_it_is_drafted_written_put_forward_and_adopted_on_pages(expert):
    first_day = jalali(today() + SOON)
    page = expert.post(f"{LIST}new/", {"place": "15", "valid_from": first_day, "like": "1400"}, follow=True)
    row = ChecklistEdition.objects.get()
    assert "بی‌مأخذ" in page.content.decode()

    here = f"{LIST}{row.code}/"
    item = FIRE | {"objects": ["office"], "can_be_absent": "on"}
    assert expert.post(f"{here}put/", item | {"article": ""}).status_code == 422
    assert expert.post(f"{here}put/", item).status_code == 302
    assert row.items.get(code="fire").instrument.code == "by-law-1388"
    refused = expert.post(f"{here}propose/")
    assert refused.status_code == 422
    assert "queue" in refused.content.decode()
    assert expert.get(f"{here}put/?item=fire").content.decode().count(FIRE["text"]) == 1

    proposed = proposed_checklist()
    director = signed_in(person_as(Role.DIRECTOR))
    assert "برگه‌های بازدید برای تصویب" in director.get("/today/").content.decode()
    scan = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    answer = director.post(
        f"{LIST}{proposed.code}/adopt/", {"decision": "۷۷", "decision_on": jalali(today()), "scan": scan}
    )
    assert answer.status_code == 302
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decision) == ("adopted", "۷۷")
    assert director.get(f"{LIST}{proposed.code}/scan/").status_code == 200
    assert expert.get(f"{LIST}{proposed.code}/scan/").status_code == 403


def test_the_table_comes_out_as_it_goes_in_as_csv_and_as_a_workbook(expert):
    row = drafted(more=[FIRE])
    here = f"{LIST}{row.code}/"
    content = expert.get(f"{here}table/").content
    before = list(row.items.values_list("code", "objects_seen", "visits", "instrument__code"))

    upload = {"file": SimpleUploadedFile("a.csv", content)}
    assert expert.post(f"{here}fill/", upload).status_code == 302
    assert list(row.items.values_list("code", "objects_seen", "visits", "instrument__code")) == before
    book, made = Workbook(), io.BytesIO()
    book.active.append(list(FIRE))
    book.active.append(list(FIRE.values()))
    book.save(made)
    looked = {"file": SimpleUploadedFile("a.xlsx", made.getvalue()), "rehearsal": "on"}
    assert expert.post(f"{here}fill/", looked).status_code == 302
    assert row.items.count() == len(before), "only looked at"
    assert expert.post(f"{here}fill/", {"file": SimpleUploadedFile("a.xlsx", made.getvalue())}).status_code == 302
    assert [item.code for item in row.items.all()] == ["fire"]


def test_a_table_with_faults_is_refused_row_by_row(expert):
    row = drafted()
    lines = [",".join(FIRE), ",".join((FIRE | {"severity": "", "code": "Ab"}).values())]
    answer = expert.post(f"{LIST}{row.code}/fill/", {"file": SimpleUploadedFile("a.csv", "\n".join(lines).encode())})

    assert answer.status_code == 422
    assert answer.content.decode().count("ردیف ۲") == 2


def test_it_is_shown_as_on_the_phone_for_each_kind_of_visit(expert):
    row = drafted(more=[FIRE | {"kinds": "rural_ict", "can_be_absent": "no"}])
    page = f"{LIST}{row.code}/phone/"
    rural = expert.get(page, {"kind": "rural_ict"}).content.decode()

    assert '"code": "fire"' in rural
    assert '"absent": false' in rural
    assert '"code": "fire"' not in expert.get(page, {"kind": "counter"}).content.decode()
    assert expert.get(page, {"seen": "proposed_place"}).status_code == 200


def test_another_province_sees_none_of_it_and_the_public_what_holds(client, expert):
    row, draft = adopted(more=[FIRE]), drafted()
    other = signed_in(person_as(Role.EXPERT, "16"))

    assert other.get(f"{LIST}{row.code}/").status_code == 404
    assert other.get(f"{API}/{row.code}").status_code == 404
    public = client.get("/checklists/", {"edition": row.code}).content.decode()
    assert FIRE["text"] in public
    assert draft.code not in public


def test_a_program_does_all_of_it(expert):
    director = person_as(Role.DIRECTOR)
    answer = expert.post(
        API, {"place": "15", "valid_from": (today() + SOON).isoformat(), "like": "1400"}, "application/json"
    )
    assert answer.status_code == 201
    code, items = answer.json()["code"], answer.json()["items"]
    assert "Item queue has no article." in " ".join(answer.json()["missing"]) or answer.json()["missing"]
    lists = ("objects", "kinds", "visits", "purposes", "at_places")
    body = [
        item
        | {name: [part for part in item[name].split(",") if part] for name in lists}
        | {"instrument": "by-law-1388", "article": "20", "can_be_absent": item["can_be_absent"] == "yes"}
        for item in items
    ]

    def post(who, what, data=None):
        return who.post(f"{API}/{code}/{what}", data or {}, "application/json")

    assert post(expert, "table", {"items": body}).status_code == 200
    assert post(expert, "items", FIRE).json()["items"][-1]["code"] == "fire"
    assert post(expert, "items", FIRE | {"severity": "grave"}).status_code == 422
    assert post(expert, "dropped-items", {"code": "fire"}).status_code == 200
    assert post(expert, "proposal").json()["state"] == "proposed"
    paper = decision(director)
    said = {"decision": "77", "decision_on": today().isoformat(), "scan": str(paper["scan"].pk)}
    assert post(expert, "adoption", said).status_code == 403
    assert post(signed_in(director), "adoption", said).json()["state"] == "adopted"
    assert code in [one["code"] for one in expert.get("/api/visits/checklists").json()]
