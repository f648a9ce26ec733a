"""Staff in a browser: the work list, a licence issued and seen on the map, a visit on a phone, the keyboard alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from browsing import opens
from devtools.browser import PHONE
from factories import person_as
from pishkhan.casework.models import Case
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.services import assign_visit
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.people.services import end_assignment, open_account
from procedure_driver import at


def test_a_licence_that_is_issued_is_on_the_public_map(served, visit):
    case = at(NewLicence, "region")
    page = visit(f"/cases/{case.number}/", person_as(Role.REGION))
    opens(page, "a[href$='/steps/issue/']")
    for name, value in {"issuer_number": "CRA-7", "issued_on": jalali(today()), "years": "۵"}.items():
        page.fill(f"[name={name}]", value)
    opens(page, "main form button:not([type=button])")
    code = Case.objects.get(pk=case.pk).dossier.office.code
    public = visit("/")
    expect(public.locator("main")).to_contain_text(code)
    expect(public.locator("circle.office")).to_have_count(1)


def test_a_rule_that_is_not_met_is_told_with_its_article(served, visit):
    case = at(NewLicence, "inquiries")
    page = visit(f"/cases/{case.number}/", person_as(Role.EXPERT))
    opens(page, "a[href$='/steps/clear/']")
    opens(page, "main form button:not([type=button])")
    expect(page.locator(".wrong")).to_contain_text("همهٔ استعلام‌ها")
    expect(page.locator(".rules .unmet cite").first).not_to_be_empty()
    assert Case.objects.get(pk=case.pk).stage == "inquiries"


def test_what_was_changed_meanwhile_is_not_overwritten(served, visit):
    case, expert = at(NewLicence, "check"), person_as(Role.EXPERT)
    page = visit(f"/cases/{case.number}/steps/send_back/", expert)
    other = visit(f"/cases/{case.number}/steps/accept/", person_as(Role.EXPERT))
    opens(other, "main form button:not([type=button])")
    page.fill("[name=reasons]", "ناقص است.")
    opens(page, "main form button:not([type=button])")
    assert Case.objects.get(pk=case.pk).stage == "initial-visit"


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "plain"])
def test_an_inspector_reports_a_visit_on_a_phone(served, visit, scripted):
    case, inspector = at(NewLicence, "initial-visit"), person_as(Role.INSPECTOR)
    made = Visit.objects.get(case=case)
    assign_visit(made, inspector, planned_on=today(), by=person_as(Role.EXPERT))
    page = visit("/visits/?mine=1", inspector, size=PHONE, java_script_enabled=scripted)
    opens(page, f"a[href='/visits/{made.pk}/']")
    for choice in page.locator("input[type=radio][value=ok]").all():
        choice.check()
    opens(page, "button[value=report]")
    made.refresh_from_db()
    assert (made.state, made.passed) == ("submitted", True)


def test_the_list_that_a_count_opens_is_as_long_and_folds_what_is_written(served, visit):
    for _ in range(3):
        at(NewLicence, "check")
    page = visit("/today/", person_as(Role.EXPERT))
    counts = page.locator(".cards .card")
    data = [(count.get_attribute("href"), count.locator("b").inner_text()) for count in counts.all()]
    for href, count in data[:2]:
        page.goto(served + href)
        expect(page.locator("#found")).to_contain_text(f"{count} پرونده")
    page.goto(f"{served}/cases/?q=پيشگامان")  # with the Arabic letter
    expect(page.locator("tbody tr")).to_have_count(3)


def test_signing_in_and_taking_a_step_by_keyboard_alone(served, visit):
    case, expert = at(NewLicence, "check"), person_as(Role.EXPERT)
    open_account(expert, username="zahra", password="نردبانِ بلندِ آبی", by=SYSTEM)
    page = visit(f"/sign-in/?next=/cases/{case.number}/steps/accept/")
    _to(page, "input[name=login]")
    page.keyboard.type("zahra")
    _to(page, "input[name=password]")
    page.keyboard.type("نردبانِ بلندِ آبی")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    _to(page, "main form button:not([type=button])")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{case.number}/")
    assert Case.objects.get(pk=case.pk).stage == "initial-visit"


def _to(page, selector):
    """Reach an element with the Tab key."""
    page.wait_for_load_state()
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the Tab key")


SHOWN = """cells => cells.map(cell => [
    getComputedStyle(cell, "::before").content, getComputedStyle(cell).display !== "none"
])"""


def test_a_card_on_a_phone_names_each_of_its_cells_and_leaves_out_what_is_empty(served, visit):
    person = person_as(Role.EXPERT)
    end_assignment(person.assignments.get(), on=today() - timedelta(days=1), by=SYSTEM)
    page = visit(f"/people/{person.pk}/", person_as(Role.ADMINISTRATOR), size=PHONE)
    headings = page.locator(".stacked th").all_text_contents()
    cells = page.locator(".stacked tbody tr").first.locator("td").evaluate_all(SHOWN)
    assert [name for name, _ in cells] == ["none", *(f'"{name}"' for name in headings[1:])]
    assert [shown for _, shown in cells] == [True] * 5 + [False]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
