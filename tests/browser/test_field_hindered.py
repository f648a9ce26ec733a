"""A visit that cannot be made, on the phone: what happened and what was seen, in place of the checklist."""

from playwright.sync_api import expect

from devtools.browser import axe_findings
from handset import begun_visit, enter, finish, kept, on_a_phone
from phone import given
from pishkhan.inspections.models import Visit

SEEN = "در بسته بود و همسایه گفت یک هفته است کسی نیامده."


def test_a_closed_door_is_reported_in_a_sentence_with_a_photo(inspector, visit, photo):
    made, _ = given(inspector)
    page = on_a_phone(visit, inspector)
    begun_visit(page)
    page.locator("#hindered summary").click()
    page.check("#hindered input[value=closed]")

    expect(page.locator(".item")).to_have_count(0)
    page.locator("#hindered textarea").fill(SEEN)
    assert list(axe_findings(page)) == []
    page.locator("#hindered input[type=file]").set_input_files(photo)
    expect(page.locator("#hindered .photo")).to_have_count(1)
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    enter(page)  # and it lies on the phone
    expect(page.locator("#hindered textarea")).to_have_value(SEEN)
    page.locator(".signing input[value=typed]").check()
    page.locator(".signing input[type=text]").fill("سهراب بازرس")
    page.locator(".signing input[type=checkbox]").check()
    finish(page)
    expect(page.locator(".verdict")).to_contain_text("همه‌اش نزد سامانه است", timeout=30_000)

    made.refresh_from_db()
    assert (made.state, made.hindrance, made.passed) == (Visit.State.SUBMITTED, "closed", False)
    assert made.photos.exclude(file=None).count() == 1


def test_who_comes_in_after_all_goes_back_to_the_checklist(inspector, visit):
    given(inspector)
    page = on_a_phone(visit, inspector)
    begun_visit(page)
    whole = page.locator(".item").count()
    page.locator("#hindered summary").click()
    page.check("#hindered input[value=refused_entry]")
    expect(page.locator(".item")).to_have_count(0)

    page.locator("#hindered button", has_text="بازگشت").click()

    expect(page.locator(".item")).to_have_count(whole)
