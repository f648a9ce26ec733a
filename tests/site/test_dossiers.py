"""The page of a case whatever it is about: what was stated, for whom it is, and what is not for the other side."""

from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.html import escape

from devtools.crawler import wrong_words
from factories import person_as
from http_client import signed_in
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.services import advance
from pishkhan.journal.clock import today
from pishkhan.language.digits import persian
from pishkhan.language.jalali import spoken
from pishkhan.licensing.licences.licence_requests import matter_dossiers
from pishkhan.licensing.procedures.address_change import AddressChange
from pishkhan.licensing.procedures.correction import Correction
from pishkhan.licensing.procedures.name_change import NameChange
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.offices.models import Premises
from pishkhan.people.roles import Role
from pishkhan.site.pages import dossier_panel
from pishkhan.site.pages.dossier_panel import kept_answers
from procedure_driver import answers_for, applicant_of, at, nomination, speaker_of, take
from rules_of_matters import matter

pytestmark = pytest.mark.usefixtures("law", "papers")
TEMPLATES = Path(dossier_panel.__file__).parents[1] / "templates" / "site" / "dossiers"
PROCEDURES = [Procedure.in_force(code, today()) for code in matter_dossiers()]
# What those with a template of their own are told by at their end: a label of the panel, and something that was stated.
TOLD = {
    "renewal": ("تغییر از زمان صدور", "همان است"),
    "revival": ("پایان پروانهٔ پیشین", "واپسین روز درخواست"),
    "transfer": ("ذی‌نفع واقعی", "اعلام شده"),
    "address-change": ("فاصله به خط راست", "کیلومتر"),
    "name-change": ("نام پیشین", "دفتر پیشخوان امید"),
    "closure": ("روزها", "۲۱ روز"),
    "surrender": ("پایان کار از روز", "بازنشستگی"),
    "correction": ("نشانی درست", "خیابان کهن"),
    "conversion": ("دفتر تازه", "15-R-"),
    "booth": ("جای باجه", "نمایشگاه استان"),
}


def page(case, who, language="fa"):
    client = signed_in(who)
    client.cookies["django_language"] = language
    answer = client.get(f"/cases/{case.number}/")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert list(wrong_words(text, language)) == []
    return text


def assert_answers_are_shown(case, text):
    """Every answer that its dossier keeps stands there, under the label of the form."""
    rows = [row for row in kept_answers(case) if row["value"] is not None]
    assert rows, "its dossier keeps nothing that a form asks: write it a template, and in TOLD by what it is known"
    for row in rows:
        answer = text.split(f"<dt>{row['label']}</dt>")[1].split("</dd>")[0]
        assert "هنوز نوشته نشده" not in answer and as_shown(row["value"]) in answer


def as_shown(value):
    return escape(spoken(value, "fa") if isinstance(value, date) else persian(getattr(value, "fa", value)))


def test_who_has_a_template_is_told_by_it_and_who_has_none_by_the_forms():
    templates = {file.stem for file in TEMPLATES.glob("*.html")}
    assert set(TOLD) == templates & {procedure.code for procedure in PROCEDURES}, (
        "say in TOLD by what its page is known"
    )


@pytest.mark.parametrize("code", ["surrender", "name-change", "renewal", "address-change", "booth"])
def test_a_procedure_without_a_template_shows_all_answers_that_its_dossier_keeps(code):
    procedure = Procedure.in_force(code, today())
    draft, case = matter(code), at(procedure, procedure.way[-1].code)
    shown = [
        render_to_string(
            "site/dossiers/answers.html", {"dossier": row.dossier, "panel": {"answers": kept_answers(row)}}
        )
        for row in (draft, case)
    ]
    assert shown[0].count("<dt>") == shown[0].count("هنوز نوشته نشده") > 0
    assert_answers_are_shown(case, shown[1])


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda item: item.code)
def test_every_case_tells_what_was_stated_from_its_draft_to_its_end(procedure):
    draft = matter(procedure.code)
    who = person_as(Role.EXPERT) if procedure.turn_at(procedure.begins) == Role.EXPERT else applicant_of(draft)
    for language in ("fa", "en"):
        page(draft, who, language)
    case = at(procedure, procedure.way[-1].code)
    office, expert = case.dossier.licence.office, person_as(Role.EXPERT)
    for language in ("fa", "en"):
        text = page(case, expert, language)
        assert case.dossier.licence.number in text
        assert f'href="/register/{office.code}/"' in text
    text = page(case, expert)
    if procedure.code in TOLD:
        assert all(words in text for words in TOLD[procedure.code])
    else:
        assert_answers_are_shown(case, text)
    page(case, applicant_of(case))
    tracked = Client().get(f"/track/?code={case.tracking_code}").content.decode()
    assert procedure.way[-1].label.fa in tracked
    assert Client().get(f"/api/track/{case.tracking_code}").json()["stage"] == procedure.way[-1].code


def test_an_address_is_told_as_it_was_and_as_it_is_to_be():
    text = page(at(AddressChange, "issued"), person_as(Role.EXPERT))
    assert "خیابان کهن" in text.split("نشانی کنونی")[1].split("</dd>")[0]
    assert "خیابان شهدا" in text.split("نشانی تازه")[1].split("</dd>")[0]
    assert "۱٫۴" in text.split("فاصله به خط راست")[1].split("</dd>")[0]  # km, of 0.01 degrees each way


def test_a_correction_tells_what_the_register_said_before_even_once_it_is_done():
    case = at(Correction, "corrected")
    assert Premises.objects.filter(office=case.dossier.licence.office).known().count() == 2
    text = page(case, person_as(Role.EXPERT))
    assert "خیابان کهن" in text.split("نشانی کنونی")[1].split("</dd>")[0]
    assert "خیابان شهدا" in text.split("نشانی درست")[1].split("</dd>")[0]


def test_other_requests_about_the_office_stand_beside_those_alone_that_one_may_see():
    case = at(NameChange, "check")
    other = matter("closure", about=case.dossier.licence)
    assert other.number in page(case, applicant_of(case))
    assert other.number not in page(case, person_as(Role.EXPERT))  # a draft
    take(other, "describe")
    take(other, "submit")
    assert other.number in page(case, person_as(Role.EXPERT))


def test_the_buyer_sees_the_case_and_what_to_do_and_the_seller_waits():
    case = at(Transfer, "agreement")
    buyer, seller = speaker_of(case.other_side), applicant_of(case)
    text = page(case, buyer)
    assert "دارندهٔ این دفتر می‌خواهد پروانه را به شما منتقل کند" in text
    assert f"/cases/{case.number}/steps/agree/" in text
    assert case.number in signed_in(buyer).get("/mine/").content.decode()
    assert f"/cases/{case.number}/steps/agree/" not in page(case, seller)
    take_over = at(Transfer, "check")
    assert "You are the buyer" in page(take_over, speaker_of(take_over.other_side), "en")


def test_neither_side_of_a_transfer_sees_what_the_other_alone_wrote_or_was_asked():
    case = at(Transfer, "agreement")
    buyer, seller, expert = speaker_of(case.other_side), applicant_of(case), person_as(Role.EXPERT)
    step = case.procedure.steps["nominate"]
    named = answers_for(case, step) | nomination("manager") | {"family_name": "قناری‌نژاد"}
    advance(case, step, by=buyer, answers=named)
    for who, seen in ((buyer, True), (seller, False), (expert, True)):
        client = signed_in(who)
        assert ("قناری‌نژاد" in page(case, who)) == seen
        assert ("قناری‌نژاد" in client.get(f"/api/cases/{case.number}/entries").content.decode()) == seen
    case = at(Transfer, "inquiries")
    buyer, seller, expert = speaker_of(case.other_side), applicant_of(case), person_as(Role.EXPERT)
    for who, persons, settlements in ((buyer, True, False), (seller, False, True), (expert, True, True)):
        codes = {inquiry["code"] for inquiry in signed_in(who).get(f"/api/cases/{case.number}").json()["inquiries"]}
        assert ("criminal_record" in codes, "seller_tax" in codes) == (persons, settlements)
        text = page(case, who)
        assert ("سوءپیشینه" in text, "مفاصاحساب مالیاتی فروشنده" in text) == (persons, settlements)


@pytest.mark.parametrize("procedure", [Transfer, AddressChange], ids=lambda item: item.code)
def test_a_case_costs_the_same_however_many_others_there_are(procedure, django_assert_max_num_queries):
    case, costs = at(procedure, "check"), []
    client = signed_in(applicant_of(case))
    client.get(f"/cases/{case.number}/")
    for _ in range(2):
        with django_assert_max_num_queries(75) as queries:
            client.get(f"/cases/{case.number}/")
        costs.append(len(queries))
        for _ in range(3):
            matter("closure", about=case.dossier.licence)
    assert costs[0] == costs[1]
