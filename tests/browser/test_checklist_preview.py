"""An edition of the checklist as the phone's own parts draw it, before anybody adopts it."""

from playwright.sync_api import expect

from devtools.browser import PHONE, axe_findings
from entered_checklist import FIRE, drafted
from factories import person_as
from pishkhan.people.roles import Role


def test_a_draft_is_drawn_as_the_phone_draws_it_and_keeps_nothing(served, visit):
    row, expert = drafted(more=[FIRE | {"can_be_absent": "no", "severity": "critical"}]), person_as(Role.EXPERT)
    page = visit(f"/visits/checklists/{row.code}/phone/", expert)
    fire = page.locator("#item-fire")

    expect(fire).to_contain_text(FIRE["text"])
    expect(fire.locator(".choice")).to_have_count(2)
    expect(page.locator("#item-open .choice")).to_have_count(3)
    fire.locator("input[value=not_ok]").check(force=True)
    expect(fire.locator(".wanted")).not_to_be_empty()
    assert page.locator(".phone input[type=file]:enabled").count() == 0
    assert list(axe_findings(page)) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
