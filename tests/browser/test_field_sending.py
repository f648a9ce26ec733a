"""Sending goes on by itself: after the browser was closed, after signing in again, by two windows, with any clock."""

from contextlib import suppress

from playwright.sync_api import expect

from browsing import until
from factories import person_as
from handset import (
    Handset,
    begun_visit,
    enter,
    fill_in,
    finish,
    kept,
    make_visit,
    on_a_phone,
    open_again,
    sign_in,
    write_note,
)
from http_client import signed_in
from phone import given
from pishkhan.inspections.field import public_pages as field_pages
from pishkhan.inspections.models import Photo, Submission
from pishkhan.journal.acts import SYSTEM
from pishkhan.people.roles import Role
from pishkhan.people.services import open_account

SESSION = "sessionid"
A_DAY_BACK = "() => { const real = Date.now; Date.now = () => real() - 86_400_000; }"


def test_after_the_browser_was_killed_sending_goes_on_with_nothing_to_press(inspector, house, browser, photo, tmp_path):
    given(inspector)
    phone = Handset(browser, tmp_path / "profile", house.url)
    page = phone.turned_on()
    sign_in(page)
    page.wait_for_url("**/field/")
    enter(page)
    page.wait_for_selector("a.visit")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "caches.keys().then((names) => names.length > 0)")
    house.stop()
    make_visit(page, 0, photo)
    lasting = [each for each in page.context.cookies() if each["expires"] > 0]  # on the disk within half a minute
    phone.killed()

    house.start()
    page = phone.turned_on()
    page.context.add_cookies(lasting)
    expect(page.locator("main")).to_contain_text("۱ گزارش در انتظار ارسال است")
    enter(page)
    expect(page.locator("a.visit .badge.good")).to_have_count(1, timeout=30_000)
    assert Submission.objects.filter(outcome="taken").count() == 1
    assert Photo.objects.filter(file=None).count() == 0
    phone.killed()


def test_a_session_that_ended_in_the_middle_loses_nothing_and_sending_goes_on_after_signing_in(inspector, visit, photo):
    given(inspector)
    page = on_a_phone(visit, inspector)
    begun_visit(page)
    fill_in(page, photo)
    page.context.clear_cookies(name=SESSION)
    finish(page)
    expect(page.locator(".verdict")).to_contain_text("برای ادامهٔ ارسال دوباره وارد شوید")
    expect(page.locator("#standing")).to_contain_text("۱")
    assert Submission.objects.count() == 0

    page.get_by_role("link", name="ورود به سامانه").click()
    assert page.locator("[name=remember]").is_checked()
    sign_in(page)
    page.wait_for_url("**/field/")
    enter(page)
    expect(page.locator("a.visit .badge.good")).to_have_count(1)
    assert Submission.objects.filter(outcome="taken", person=inspector).count() == 1


def test_nothing_is_sent_in_the_name_of_another_who_signed_in_nor_comes_their_round(inspector, visit, photo, served):
    given(inspector)
    other = person_as(Role.INSPECTOR)
    open_account(other, username="other", password="نردبان دیگرِ بلندتر", by=SYSTEM)
    page = on_a_phone(visit, inspector)
    begun_visit(page)
    fill_in(page, photo)
    session = signed_in(other).session.session_key
    page.context.add_cookies([{"name": SESSION, "value": session, "url": served}])
    finish(page)
    expect(page.locator(".verdict")).to_contain_text("کسی جز بازرس این گوشی")
    page.goto(page.url.split("#")[0] + "#/")
    page.get_by_role("button", name="تازه کردن برنامه").click()
    expect(page.locator("#told")).to_contain_text("برنامه همان است که بود")
    expect(page.locator("a.visit")).to_have_count(1)
    assert Submission.objects.count() == 0
    expect(page.locator("a.visit .badge")).to_contain_text("در انتظار ارسال")


def test_two_windows_send_everything_once(inspector, visit, photo):
    first, _ = given(inspector)
    given(inspector, first.office)
    page, asked = on_a_phone(visit, inspector), []
    page.context.set_offline(True)
    for place in (0, 1):
        make_visit(page, place, photo)
    page.context.on("request", lambda request: asked.append(request.url))
    page.context.route("**/api/me", lambda route: route.abort())
    page.context.set_offline(False)
    second = page.context.new_page()
    second.goto(page.url.split("#")[0])
    enter(second)
    expect(second.locator(".sending")).to_contain_text("۲ گزارش")
    page.context.unroute("**/api/me")
    for window in (page, second):
        window.evaluate("dispatchEvent(new Event('online'))")
    for window in (page, second):
        expect(window.locator("a.visit .badge.good")).to_have_count(2, timeout=30_000)
    assert sum(url.endswith("/api/field/reports") for url in asked) == 2
    assert Submission.objects.filter(outcome="taken").count() == 2


def test_a_window_that_sends_holds_the_visit_until_all_of_it_is_sent(inspector, visit, photo):
    mine, _ = given(inspector)
    page, halted = on_a_phone(visit, inspector), []

    def halt(route):
        halted.append(route)

    page.route("**/content?offset=*", halt)
    make_visit(page, 0, photo)
    while not halted:
        page.wait_for_timeout(50)
    page.wait_for_timeout(300)  # it is saved that the report was taken, and the round is drawn anew
    held = page.evaluate("navigator.locks.query().then(({ held }) => held.map(({ name }) => name))")
    assert any(str(mine.pk) in name for name in held)
    page.unroute("**/content?offset=*")  # what waits goes on
    expect(page.locator("a.visit .badge.good")).to_have_count(1)


def test_a_clock_set_back_in_the_middle_stops_no_sending_and_no_report(inspector, visit, photo):
    given(inspector)
    page = on_a_phone(visit, inspector)
    begun_visit(page)
    fill_in(page, photo)
    page.context.route("**/api/me", lambda route: route.abort())
    page.context.route("**/api/field/reports", lambda route: route.abort())
    finish(page)
    expect(page.locator(".verdict")).to_contain_text("خودکار")
    page.evaluate(A_DAY_BACK)
    page.context.unroute("**/api/me")
    page.context.unroute("**/api/field/reports")
    expect(page.locator(".verdict")).to_contain_text("همه‌اش نزد سامانه است", timeout=30_000)


def test_a_visit_over_which_the_clock_was_set_back_does_not_end_before_it_began(inspector, visit, photo):
    given(inspector)
    page = on_a_phone(visit, inspector)
    begun_visit(page)
    fill_in(page, photo)
    page.evaluate(A_DAY_BACK)
    finish(page)
    expect(page.locator(".verdict")).to_contain_text("همه‌اش نزد سامانه است")
    assert Submission.objects.get().visit.flags.filter(what="clock").exists()


def new_version(page, monkeypatch):
    """Another version of the page stands on the server; the browser has looked for it, and kept it or not."""
    monkeypatch.setattr(field_pages, "_version", lambda: "another")
    page.evaluate("""async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update().catch(() => {});
      const { installing } = registration;
      const isSettled = () => !installing || installing.state !== "installing";
      while (!isSettled()) await new Promise((done) => { setTimeout(done, 50); });
    }""")


CACHES = "caches.keys().then((names) => names.filter((name) => name.startsWith('field-')))"


def with_a_shell(visit, inspector):
    page = on_a_phone(visit, inspector)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller")
    return page


def open_until_new(page):
    """Open the phone until the new version is there: while the old one still works, on a slow machine, it waits."""
    for _ in range(4):
        page.reload()
        with suppress(AssertionError):
            return until(page, f"{CACHES}.then((names) => names.join() === 'field-another')", tries=60)
    raise AssertionError("the new version did not come")


def test_a_new_version_in_the_middle_of_a_visit_comes_when_the_phone_is_opened_again(inspector, visit, monkeypatch):
    given(inspector)
    page = with_a_shell(visit, inspector)
    begun_visit(page)
    write_note(page, "پیش از نسخهٔ تازه")
    kept(page)
    old = page.evaluate("navigator.serviceWorker.controller.scriptURL") and page.evaluate(CACHES)
    new_version(page, monkeypatch)
    assert old[0] in page.evaluate(CACHES)  # the visit goes on with what it began with
    write_note(page, "پس از نسخهٔ تازه")
    kept(page)

    open_until_new(page)
    page.wait_for_load_state()
    enter(page)
    expect(page.locator("textarea").first).to_have_value("پس از نسخهٔ تازه")


def test_a_new_version_that_comes_while_nobody_is_signed_in_does_not_shut_the_phone(inspector, visit, monkeypatch):
    given(inspector)
    page = with_a_shell(visit, inspector)
    page.context.clear_cookies(name=SESSION)
    new_version(page, monkeypatch)
    page.wait_for_timeout(500)
    page.reload()
    enter(page)
    expect(page.locator("a.visit")).to_have_count(1)


def test_a_photo_that_is_lost_does_not_hide_that_the_report_is_safe(inspector, visit, photo):
    given(inspector)
    page = on_a_phone(visit, inspector)
    begun_visit(page)
    fill_in(page, photo)
    page.evaluate("""import('/static/inspections/field/store.js').then(async (store) => {
      for (const name of await store.names("photo:")) await store.write([{ name }]);
    })""")
    finish(page)
    expect(page.locator(".verdict")).to_contain_text("گزارش رسید")
    expect(page.locator(".verdict")).to_contain_text("دیگر روی این گوشی نیست")


def test_a_record_that_does_not_open_hinders_no_other(inspector, visit):
    given(inspector)
    page = on_a_phone(visit, inspector)
    page.evaluate("""new Promise((done) => {
      const asked = indexedDB.open("pishkhan-field");
      asked.onsuccess = () => {
        const writing = asked.result.transaction("sealed", "readwrite");
        writing.objectStore("sealed").put({ iv: new Uint8Array(12), sealed: new Uint8Array(64).buffer }, "draft:torn");
        writing.oncomplete = done;
      };
    })""")
    open_again(page)
    expect(page.locator("a.visit")).to_have_count(1)
    expect(page.locator(".notice")).to_contain_text("۱ گزارش روی گوشی خوانده نمی‌شود")
