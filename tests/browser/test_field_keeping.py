"""What an inspector typed and photographed is kept, or said not to be: full phones, two windows, failing stores."""

import pytest
from playwright.sync_api import expect

from browsing import until
from handset import (
    PASSWORD,
    begun_visit,
    enter,
    fill_in,
    kept,
    make_visit,
    on_a_phone,
    open_again,
    take_photo,
    write_note,
)
from phone import given
from pishkhan.inspections.models import Submission
from pishkhan.people.models import Account

FIELD = "/static/inspections/field"
FULL = """(full) => {
  const put = window.realPut ??= IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = full ? () => { throw new DOMException("full", "QuotaExceededError"); } : put;
}"""
LARGER_THAN = """(bytes) => {
  const put = window.realPut ??= IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (row, name) {
    if (row.sealed?.byteLength > bytes) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, row, name);
  };
}"""
PHOTO_NAMES = f"import('{FIELD}/store.js').then((store) => store.names('photo:')).then((names) => names.length)"
NOTE = "textarea >> nth=0"


@pytest.fixture
def page(inspector, visit):
    """A phone that was made ready, with one visit in its round, begun."""
    given(inspector)
    opened = on_a_phone(visit, inspector)
    begun_visit(opened)
    return opened


def limit(page, served, size=None):
    """Give the site so much room and no more; without a size, as much as there is."""
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": served, **({} if size is None else {"quotaSize": size})}
    )


def test_what_finds_no_room_stays_on_the_screen_and_is_saved_once_there_is_some(inspector, visit, served, photo):
    given(inspector)
    page = visit("/field/", inspector, size={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    limit(page, served, 2_000_000)
    enter(page)
    page.wait_for_selector(".tiles")
    begun_visit(page)
    item = page.locator(".item").first
    photos = 0
    while not page.locator(".unkept").is_visible() and photos < 12:
        take_photo(item, photo)
        photos += 1
        expect(page.locator(".kept:not([data-kept=keeping])")).to_be_visible()
    write_note(page, "روی دیوار چیزی نیست")
    kept(page, "not_kept")
    expect(page.locator(".unkept")).to_contain_text("حافظهٔ گوشی پر است")
    expect(page.locator(".unkept")).to_contain_text("مگابایت")
    expect(item.locator(".photo-unkept:visible")).not_to_have_count(0)
    expect(item.locator(".photo")).to_have_count(photos)

    limit(page, served)
    page.get_by_role("button", name="دوباره بکوش").click()
    kept(page)
    open_again(page)
    expect(page.locator(".item").first.locator(".photo")).to_have_count(photos)
    expect(page.locator(NOTE)).to_have_value("روی دیوار چیزی نیست")
    assert page.evaluate(PHOTO_NAMES) == photos


def test_where_there_is_room_for_words_but_not_for_photos_the_words_are_saved(page, photo):
    page.evaluate(LARGER_THAN, 100_000)
    take_photo(page.locator(".item").first, photo)
    write_note(page, "جا برای عکس نیست")
    kept(page, "not_kept")
    expect(page.locator(".item").first.locator(".photo-unkept")).to_be_visible()

    open_again(page)  # what the window could not save is gone with it; there is room again
    expect(page.locator(NOTE)).to_have_value("جا برای عکس نیست")
    expect(page.locator(".photo")).to_have_count(0)  # it was never said to be kept


def test_the_next_touch_saves_everything_that_was_not(page):
    page.evaluate(FULL, True)
    write_note(page, "یک")
    kept(page, "not_kept")
    page.evaluate(FULL, False)
    page.locator("label.ok").nth(2).click()
    kept(page)
    open_again(page)
    expect(page.locator(NOTE)).to_have_value("یک")
    expect(page.locator(".bar")).to_contain_text("۱ از")


def test_a_report_that_is_not_saved_is_not_said_to_wait_and_can_be_finished_later(page, photo):
    fill_in(page, photo)
    page.evaluate(FULL, True)
    page.get_by_role("button", name="پایان و ارسال").click()
    expect(page.locator(".unkept")).to_be_visible()
    page.wait_for_timeout(300)
    expect(page.locator(".verdict")).to_have_count(0)
    assert Submission.objects.count() == 0

    page.evaluate(FULL, False)
    page.get_by_role("button", name="پایان و ارسال").click()
    expect(page.locator(".verdict")).to_contain_text("همه‌اش نزد سامانه است")
    assert Submission.objects.filter(outcome="taken").count() == 1


def test_copies_that_are_safe_make_room(inspector, visit, photo):
    first, _ = given(inspector)
    given(inspector, first.office)
    page = on_a_phone(visit, inspector)
    make_visit(page, 0, photo)
    expect(page.locator("a.visit .badge.good")).to_have_count(1)
    page.locator("a.visit", has=page.locator(".badge.info")).click()
    page.click(".bar button")
    page.wait_for_selector(".item")
    page.evaluate(FULL, True)
    write_note(page, "جا نیست")
    button = page.locator(".unkept button", has_text="رونوشت که نزد سامانه است")
    expect(button).to_be_visible()
    page.evaluate("""() => {
      const remove = IDBObjectStore.prototype.delete;
      IDBObjectStore.prototype.delete = function (name) {
        IDBObjectStore.prototype.put = window.realPut;
        return remove.call(this, name);
      };
    }""")
    button.click()
    kept(page)
    assert page.evaluate(PHOTO_NAMES) == 0


def test_a_second_window_shows_the_visit_and_goes_on_once_the_first_is_closed(page, photo):
    address = page.url
    page.goto(address.split("#")[0] + "#/")
    first = page.context.new_page()
    first.goto(address)
    enter(first)
    first.wait_for_selector(".item")
    for item in first.locator(".item").all():
        item.locator("label.ok").click()
    take_photo(first.locator(".item").first, photo)
    kept(first)
    answered = first.locator(".bar-told span").first.text_content()
    page.goto(address)
    expect(page.locator(".verdict")).to_contain_text("در پنجرهٔ دیگری باز است")
    expect(page.locator(".bar")).to_have_count(0)
    expect(page.locator("details[open]").first).to_contain_text("درست")

    first.close()
    page.wait_for_selector(".item")
    assert page.locator(".bar-told span").first.text_content() == answered
    expect(page.locator(".photo")).to_have_count(1)
    write_note(page, "از پنجرهٔ دوم")
    kept(page)
    open_again(page)
    expect(page.locator(NOTE)).to_have_value("از پنجرهٔ دوم")


def test_a_second_window_that_was_open_before_does_not_begin_the_visit_anew(inspector, visit):
    given(inspector)
    first = on_a_phone(visit, inspector)
    second = first.context.new_page()
    second.goto(first.url)
    enter(second)
    second.wait_for_selector(".tiles")
    begun_visit(first)
    first.locator("label.ok").first.click()
    kept(first)
    expect(second.locator("a.visit .badge")).to_contain_text("در دست نوشتن")
    second.locator("a.visit").click()
    expect(second.locator(".verdict")).to_contain_text("در پنجرهٔ دیگری باز است")
    expect(second.get_by_role("button", name="رسیدم")).to_have_count(0)
    first.goto(first.url.split("#")[0] + "#/")
    second.wait_for_selector(".item")
    expect(second.locator(".bar-told")).to_contain_text("۱ از")


def test_a_screen_that_is_drawn_twice_at_once_does_not_take_its_own_window_for_another(inspector, visit):
    given(inspector)
    page = on_a_phone(visit, inspector)

    page.evaluate("""() => {
      location.hash = document.querySelector("a.visit").getAttribute("href");
      dispatchEvent(new HashChangeEvent("hashchange"));
    }""")

    expect(page.locator(".bar button")).to_be_visible()
    expect(page.locator(".verdict")).to_have_count(0)


def test_a_window_that_asks_twice_for_a_visit_has_it_both_times(page):
    assert page.evaluate("""import('/static/inspections/field/holds.js').then(
      (holds) => Promise.all([holds.take("another"), holds.take("another")]))""") == ["taken", "had"]


def test_two_windows_write_two_visits(inspector, visit):
    one, _ = given(inspector)
    other, _ = given(inspector, one.office)
    first = on_a_phone(visit, inspector)
    second = first.context.new_page()
    second.goto(first.url)
    enter(second)
    for page, mine in ((first, one), (second, other)):
        page.locator(f"a[href='#/visit/{mine.pk}']").click()
        page.click(".bar button")
        page.wait_for_selector(".item")
    for page, text in ((first, "نخست"), (second, "دوم"), (first, "نخستین")):
        write_note(page, text)
        kept(page)
    for page, text in ((first, "نخستین"), (second, "دوم")):
        open_again(page)
        expect(page.locator(NOTE)).to_have_value(text)


def test_without_locks_who_writes_second_overwrites_nothing(page):
    second = page.context.new_page()
    second.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    second.goto(page.url)
    enter(second)
    second.wait_for_selector(".item")
    write_note(page, "پنجرهٔ نخست")
    kept(page)
    second.evaluate("window.BroadcastChannel = undefined")
    write_note(second, "پنجرهٔ دوم")
    kept(second, "not_kept")
    expect(second.locator(".unkept")).to_contain_text("در پنجرهٔ دیگری نوشته شد")
    second.get_by_role("button", name="نمایش آنچه آنجا ذخیره شد").click()
    expect(second.locator(NOTE)).to_have_value("پنجرهٔ نخست")


def test_what_the_browser_threw_away_is_saved_anew_and_said(page, photo):
    take_photo(page.locator(".item").first, photo)
    write_note(page, "پیش از پاک شدن")
    kept(page)
    page.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('pishkhan-field').onsuccess = done; })")
    page.locator("label.ok").first.click()
    expect(page.locator("#told")).to_contain_text("مرورگر آنچه را روی گوشی بود پاک کرد")
    expect(page.locator(".notice")).to_contain_text("۱ عکس از دست رفت")
    kept(page)
    open_again(page)
    expect(page.locator(NOTE)).to_have_value("پیش از پاک شدن")
    expect(page.locator(".bar-told")).to_contain_text("۱ از")


def test_a_phone_wiped_in_another_window_is_not_brought_back(page):
    second = page.context.new_page()
    second.goto(page.url.split("#")[0])
    second.on("dialog", lambda dialog: dialog.accept())
    second.get_by_role("button", name="پاک کردن این گوشی").first.click()
    expect(page.get_by_role("heading", name="آماده کردن گوشی")).to_be_visible()
    page.wait_for_timeout(200)
    assert page.evaluate(f"import('{FIELD}/store.js').then((store) => store.names('draft:'))") == []


def test_a_window_that_keeps_nothing_says_so(inspector, visit):
    page = visit("/field/", inspector)
    page.add_init_script("indexedDB.open = () => { throw new DOMException('private', 'SecurityError'); }")
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("پنجرهٔ خصوصی")


def test_a_phone_says_for_how_many_photos_there_is_room(page):
    page.goto(page.url.split("#")[0] + "#/")
    expect(page.locator(".room")).to_contain_text("جا برای")


def test_a_changed_password_is_named_as_what_keeps_the_phone_shut(page, inspector):
    account = Account.objects.get(person=inspector)
    account.set_password("گذرواژهٔ تازهٔ بلندِ دیگر")
    account.save()
    until(page, "navigator.serviceWorker.controller")  # nobody is signed in now: only the phone itself has the page
    page.goto(page.url.split("#")[0])
    page.reload()
    page.locator("#password").wait_for()
    page.goto(page.url.replace("/field/", "/sign-in/?next=/field/"))
    page.fill("[name=login]", "inspector")
    page.fill("[name=password]", "گذرواژهٔ تازهٔ بلندِ دیگر")
    page.click("main form button:not([type=button])")
    page.wait_for_url("**/field/")
    enter(page, "گذرواژهٔ تازهٔ بلندِ دیگر")
    expect(page.locator("main .error")).to_contain_text("گذرواژهٔ پیشین")
    enter(page, PASSWORD)
    page.wait_for_selector(".tiles")
    expect(page.locator("a.visit .badge")).to_contain_text("در دست نوشتن")


def with_store(page, work):
    """What some work with the store answers: `fails(how)` until `mends()`, `why` a promise failed."""
    return page.evaluate(f"""async () => {{
      const store = await import("{FIELD}/store.js");
      const put = IDBObjectStore.prototype.put;
      const why = (promise) => promise.then(() => "kept", (error) => error.why ?? String(error));
      const fails = (how) => {{ IDBObjectStore.prototype.put = how; }};
      const mends = () => {{ IDBObjectStore.prototype.put = put; }};
      {work}
    }}""")


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("() => { throw new DOMException('', 'QuotaExceededError'); }", "full"),
        ("() => { throw new DOMException('', 'DataError'); }", "broken"),
        ("function (row, name) { put.call(this, row, name); this.transaction.abort(); }", "broken"),
    ],
)
def test_a_write_that_fails_says_why_keeps_nothing_and_hinders_no_other(page, fault, why):
    seen = with_store(
        page,
        f"""
      fails({fault});
      const first = await why(store.write([{{ name: "x:1", value: 1 }}, {{ name: "x:2", value: 2 }}]));
      mends();
      const left = (await store.names("x:")).length;
      const second = await why(store.write([{{ name: "x:3", value: 3 }}]));
      return [first, left, second, await store.get("x:3")];""",
    )
    assert seen == [why, 0, "kept", 3]


def test_a_write_is_whole_or_not_at_all(page):
    seen = with_store(
        page,
        """
      let asked = 0;
      fails(function (row, name) {
        asked += 1;
        if (asked === 2) throw new DOMException("", "QuotaExceededError");
        return put.call(this, row, name);
      });
      const first = await why(store.write([{ name: "x:1", value: 1 }, { name: "x:2", value: 2 }]));
      mends();
      return [first, asked, (await store.names("x:")).length];""",
    )
    assert seen == ["full", 2, 0]


def test_a_record_is_written_only_over_the_revision_that_the_writer_knows(page):
    seen = with_store(
        page,
        """
      const [revision] = await store.write([{ name: "x:1", value: "a", after: null }]);
      const again = await why(store.write([{ name: "x:1", value: "b", after: null }]));
      const next = await why(store.write([{ name: "x:1", value: "c", after: revision }]));
      return [again, next, await store.get("x:1")];""",
    )
    assert seen == ["elsewhere", "kept", "c"]


def test_a_connection_that_the_browser_closed_is_opened_again(page):
    seen = with_store(
        page,
        """
      await store.put("x:1", "before");
      const real = IDBDatabase.prototype.transaction;
      let closed = 0;
      IDBDatabase.prototype.transaction = function (...asked) {
        closed += 1;
        if (closed === 1) this.close();
        return real.apply(this, asked);
      };
      const wrote = await why(store.put("x:2", "after"));
      IDBDatabase.prototype.transaction = real;
      return [closed, wrote, await store.get("x:1"), await store.get("x:2")];""",
    )
    assert seen == [2, "kept", "before", "after"]


def test_records_of_another_inspectors_phone_are_not_written_over(page):
    seen = with_store(
        page,
        """
      const mine = await store.lock();
      const asked = indexedDB.open("pishkhan-field");
      await new Promise((done) => { asked.onsuccess = done; });
      const writing = asked.result.transaction("lock", "readwrite");
      writing.objectStore("lock").put({ ...mine, device: "another" }, "lock");
      await new Promise((done) => { writing.oncomplete = done; });
      return [await why(store.put("x:1", 1)), (await store.names("x:")).length];""",
    )
    assert seen == ["another", 0]


def test_a_visit_is_said_to_be_kept_only_once_the_disk_has_it(page):
    """The word follows the completion of the transaction, not the asking."""
    page.evaluate("""() => {
      const real = IDBTransaction.prototype.addEventListener;
      window.complete = [];
      IDBTransaction.prototype.addEventListener = function (what, act) {
        const isOurs = what === "complete" && this.mode === "readwrite";
        return real.call(this, what, isOurs ? () => window.complete.push(act) : act);
      };
    }""")
    write_note(page, "هنوز نه")
    until(page, "window.complete.length > 0")
    kept(page, "keeping")
    page.wait_for_timeout(200)
    kept(page, "keeping")
    page.evaluate("window.complete.forEach((act) => act())")
    kept(page)
