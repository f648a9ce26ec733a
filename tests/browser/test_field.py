"""An inspector's day on a phone: made ready, eight visits without a network, killed, opened again, all sent once."""

from datetime import timedelta
from hashlib import sha256

import pytest
import segno
from playwright.sync_api import expect

from browsing import until
from devtools.browser import PHONE, axe_findings
from factories import person_as
from handset import CANARY, ON_A_PHONE, PASSWORD, Handset, enter, make_visit, on_a_phone, open_again, sign_in
from phone import given
from pishkhan.files.selectors import content_of
from pishkhan.inspections.models import Photo, Submission, Visit
from pishkhan.inspections.visits.services import cancel_visit
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.credential import verification_path
from pishkhan.people.models import Assignment
from pishkhan.people.roles import Role
from procedure_driver import at

EIGHT, TEN = 8, 10
# How every JPEG of a canvas begins. Four bytes of it would stand by chance in one of some hundred sealed dumps.
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
AGAIN = """async () => {
  const drafts = await import("/static/inspections/field/drafts.js");
  const sending = await import("/static/inspections/field/sending.js");
  for (const draft of drafts.all()) Object.assign(draft, { state: "waiting", safe_at: null });
  await sending.send();
  return drafts.all().filter(drafts.isSafe).length;
}"""


def traces(text):
    """How a text may lie in a file: in the encodings of browsers and of JSON."""
    escaped = text.encode("unicode_escape").decode()
    return [
        form
        for item in (text, escaped, escaped.upper().replace("\\U", "\\u"))
        for form in (item.encode(), item.encode("utf-16-le"), item.encode("utf-16-be"))
    ]


def matches_in(dump, marks):
    return sorted({path.name for path, content in dump.items() for mark in marks if mark in content})


def test_eight_visits_without_a_network_come_home_once_and_whole(inspector, house, browser, photo, tmp_path):
    for _ in range(EIGHT):
        given(inspector)
    phone = Handset(browser, tmp_path / "profile", house.url)
    page = phone.turned_on()
    sign_in(page)
    page.wait_for_url("**/field/")
    enter(page)
    expect(page.locator("a.visit")).to_have_count(EIGHT)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "caches.keys().then((names) => names.length > 0)")
    house.stop()
    for place in range(EIGHT):
        make_visit(page, place, photo)
    assert Submission.objects.count() == 0
    phone.killed()

    dump = phone.dump()
    assert matches_in(dump, [*traces(CANARY), *traces(PASSWORD), JPEG]) == []
    assert sum(map(len, dump.values())) > EIGHT * 100_000  # the photos are there, as what nobody can read

    page = phone.turned_on(later=timedelta(hours=TEN))
    enter(page, "گذرواژه‌ای دیگر")
    expect(page.locator("main .error")).to_have_text("گذرواژه درست نیست.")
    enter(page)
    expect(page.locator("a.visit")).to_have_count(EIGHT)
    expect(page.locator(".sending")).to_contain_text("۸ گزارش در انتظار")
    page.context.clear_cookies()
    house.start()
    page.locator(".sending button").click()
    page.locator(".sending a").click()  # not signed in any more: it asks, and keeps all
    sign_in(page)
    page.wait_for_url("**/field/")
    enter(page)
    expect(page.locator("a.visit .badge.good")).to_have_count(EIGHT, timeout=60_000)

    for _ in range(TEN):
        assert page.evaluate(AGAIN) == EIGHT
    assert Submission.objects.filter(outcome="taken").count() == EIGHT
    assert Visit.objects.filter(kind="routine", state=Visit.State.SUBMITTED).count() == EIGHT
    for row in Photo.objects.select_related("file"):
        assert sha256(content_of(row.file)).hexdigest() == row.digest  # the phone drew it anew: nothing stood beside it
    assert Photo.objects.count() >= EIGHT
    assert all(visit.flags.filter(what="clock").exists() for visit in Visit.objects.filter(kind="routine"))
    phone.killed()


def test_what_lies_unsealed_would_be_found(inspector, house, browser, tmp_path):
    """The control of the dump: the same search finds a name and a photo that are put down in the clear."""
    phone = Handset(browser, tmp_path / "profile", house.url)
    page = phone.turned_on()
    page.evaluate(
        """([name, jpeg]) => new Promise((done) => {
      const asked = indexedDB.open("control", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("plain");
      asked.onsuccess = () => {
        const writing = asked.result.transaction("plain", "readwrite", { durability: "strict" });
        writing.objectStore("plain").put({ name, photo: new Uint8Array(jpeg) }, "x");
        writing.oncomplete = done;
      };
    })""",
        [CANARY, list(JPEG)],
    )
    phone.killed()
    assert matches_in(phone.dump(), traces(CANARY)) and matches_in(phone.dump(), [JPEG])


def test_what_is_refused_stays_readable_hinders_nothing_and_is_handed_in(inspector, visit, photo):
    gone, _ = given(inspector)
    given(inspector, gone.office)
    page = on_a_phone(visit, inspector)
    cancel_visit(gone, by=person_as(Role.EXPERT))
    for place in (0, 1):
        make_visit(page, place, photo)
    expect(page.locator("a.visit .badge.good")).to_have_count(1)
    page.locator(f"a[href='#/visit/{gone.pk}']").click()
    expect(page.locator(".verdict.stop")).to_contain_text("در این میان لغو شده است")
    page.locator("details summary", has_text="آنچه نوشته‌ام").click()
    expect(page.locator("details[open] dl")).to_contain_text("درست")
    page.get_by_role("button", name="سپردن به اداره").click()
    expect(page.locator(".verdict.wait")).to_contain_text("به اداره سپرده شد")
    assert Submission.objects.get(outcome="handed_in").because == "CancelledMeanwhile"


def test_half_a_photo_goes_on_where_it_stopped(inspector, visit, photo):
    given(inspector)
    page, requests = on_a_phone(visit, inspector), []

    def once(route):
        requests.append(int(route.request.url.partition("offset=")[2]))
        route.abort() if len(requests) == 2 else route.continue_()

    page.route("**/content?offset=*", once)
    make_visit(page, 0, photo)
    expect(page.locator("a.visit .badge")).to_contain_text("گزارش رسید")
    expect(page.locator(".sending")).to_contain_text("شبکه نیست")
    page.locator(".sending button").click()
    expect(page.locator("a.visit .badge.good")).to_have_count(1)
    assert requests[:3] == [0, 262_144, 262_144]
    assert Photo.objects.filter(file=None).count() == 0


def test_the_code_on_a_wall_is_checked_without_a_network(inspector, visit, tmp_path):
    licence = at(NewLicence, "issued").dossier.office.licences.get()
    given(inspector, licence.office)
    page = on_a_phone(visit, inspector)
    page.context.set_offline(True)
    page.locator("a.visit").click()
    page.locator("a[href^='#/check/']").click()
    wall = tmp_path / "wall.png"
    segno.make_qr("https://example.ir" + verification_path(licence)).save(str(wall), scale=5)
    page.locator("input[type=file]").set_input_files(wall)
    expect(page.locator("[data-verdict=valid]")).to_contain_text("پروانهٔ همین دفتر است")
    page.locator("textarea").fill(verification_path(licence)[:-6] + "AAAAAA")
    page.get_by_role("button", name="سنجش", exact=True).click()
    expect(page.locator("[data-verdict=altered]")).to_have_count(1)
    page.context.set_offline(False)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_screen_fits_a_phone_and_axe_finds_nothing(inspector, visit, language):
    given(inspector)
    page, result = visit("/field/", inspector, language=language, size=PHONE, **ON_A_PHONE), []

    def looked_at(selector):
        page.wait_for_selector(selector)
        result.extend(axe_findings(page))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    looked_at("#password")
    enter(page)
    looked_at("a.visit")
    page.locator("a.visit").click()
    looked_at("dl.facts")
    page.click(".bar button")
    looked_at(".item")
    page.locator("label.not_ok").first.click()
    page.locator(".signing input[value=refused]").check()
    looked_at(".signing textarea")
    for address, selector in (("#/check", "textarea"), ("#/spot", "select")):
        page.goto(page.url.split("#")[0] + address)
        looked_at(selector)
    assert result == []


def test_a_visit_is_answered_by_keyboard_alone(inspector, visit):
    given(inspector)
    page = on_a_phone(visit, inspector)
    page.locator("a.visit").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".bar button")
    page.locator(".bar button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".item")
    page.locator(".bar button").focus()
    page.keyboard.press("Enter")  # to the first item that is not answered
    expect(page.locator(".item input").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".bar-told")).to_contain_text("۱ از")


def test_what_has_the_focus_keeps_it_when_the_round_is_drawn_anew(inspector, visit):
    given(inspector)
    page = on_a_phone(visit, inspector)
    page.locator("a.visit").focus()
    page.evaluate("document.querySelector('a.visit').dataset.old = 'yes'")
    page.context.set_offline(True)
    expect(page.locator("a.visit[data-old]")).to_have_count(0)
    expect(page.locator("a.visit")).to_be_focused()


def test_locking_forgets_the_key_and_wiping_asks_while_something_is_unsent(inspector, visit):
    given(inspector)
    page, requests = on_a_phone(visit, inspector), []
    page.locator("a.visit").click()
    page.click(".bar button")
    page.wait_for_selector(".item")
    page.goto(page.url.split("#")[0] + "#/")
    page.get_by_role("button", name="قفل کردن گوشی").click()
    expect(page.locator("#password")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("خرم‌آباد")
    page.goto(page.url.split("#")[0] + f"#/visit/{Visit.objects.get(kind='routine').pk}")
    expect(page.locator("#password")).to_be_visible()
    enter(page)
    page.wait_for_selector(".item")

    page.once("dialog", lambda dialog: (requests.append(dialog.message), dialog.dismiss()))
    page.evaluate("document.getElementById('wipe').click()")
    assert "از دست می‌رود" in requests[0]
    page.reload()
    enter(page)
    page.wait_for_selector(".item")  # it was not wiped
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.evaluate("document.getElementById('wipe').click()")
    expect(page.get_by_role("heading", name="آماده کردن گوشی")).to_be_visible()


def await_count(page, held, count):
    """Let the browser go on until so many requests are held: a request is seen before it is handed over."""
    for _ in range(600):
        if len(held) >= count:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"only {len(held)} of {count} requests came")


def test_what_one_is_told_is_not_wiped_by_what_the_phone_asked_by_itself_before(inspector, visit):
    given(inspector)
    page = on_a_phone(visit, inspector)
    requests = []

    def hold(route):
        requests.append(route)

    page.route("**/api/field/round", hold)
    open_again(page)  # asks by itself, and waits
    await_count(page, requests, 1)
    page.get_by_role("button", name="تازه کردن برنامه").click()
    await_count(page, requests, 2)
    by_itself, by_hand = requests
    by_hand.abort()
    expect(page.locator("#told")).to_contain_text("شبکه نیست")
    with page.expect_event("requestfailed"):
        by_itself.abort()
    page.wait_for_timeout(300)  # whatever came of that has been told by now
    expect(page.locator("#told")).to_contain_text("شبکه نیست")


def test_a_withdrawn_permission_takes_the_round_away_when_the_phone_is_next_online(inspector, visit):
    given(inspector)
    page = on_a_phone(visit, inspector)
    expect(page.locator("a.visit")).to_have_count(1)
    Assignment.objects.filter(person=inspector).update(until_on=today() - timedelta(days=1))
    page.context.set_offline(True)
    page.get_by_role("button", name="تازه کردن برنامه").click()
    expect(page.locator("#told")).to_contain_text("شبکه نیست")
    expect(page.locator("a.visit")).to_have_count(1)
    page.context.set_offline(False)
    page.get_by_role("button", name="تازه کردن برنامه").click()
    expect(page.locator("#told")).to_contain_text("دسترسی شما برداشته شده است")
    expect(page.locator("a.visit")).to_have_count(0)
