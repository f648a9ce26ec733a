"""A citizen scans the code of a licence: the browser judges it by itself, as the published vectors are judged."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from browsing import opens
from credentials.vectors import published
from devtools.browser import DESK, PHONE
from pishkhan.credentials.claim import midnight
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.credential import verification_path
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import at

JUDGED = """async ([told, at]) => {
  const { judge } = await import("/static/register/verifier.js");
  const packed = atob(told.status_list.replaceAll("-", "+").replaceAll("_", "/"));
  const list = () => Uint8Array.from(packed, (each) => each.charCodeAt(0));
  const judged = told.vectors.map((each, place) => judge(each.token, told.keys, list, at[place]));
  return (await Promise.all(judged)).map(({ verdict }) => verdict);
}"""
NO_ED25519 = "crypto.subtle.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError'))"


@pytest.fixture
def licence(served):
    return at(NewLicence, "issued").dossier.office.licences.get()


def test_the_browser_judges_the_published_vectors_as_we_do(served, visit):
    told = published()
    moments = [midnight(datetime.fromisoformat(each["on"]).replace(tzinfo=UTC).date()) for each in told["vectors"]]
    found = visit("/verify/").evaluate(JUDGED, [told, moments])
    assert found == [each["verdict"] for each in told["vectors"]]


@pytest.mark.parametrize(("language", "size"), [("fa", PHONE), ("en", DESK)])
def test_a_scanned_licence_is_judged_in_the_browser(licence, visit, language, size):
    asked = []
    page = visit("/", language=language, size=size)
    page.on("request", lambda request: asked.append(request.method))
    page.goto(page.url.rstrip("/") + verification_path(licence))
    expect(page.locator("[data-verdict=valid]:visible")).to_have_count(1)
    expect(page.locator("#verdict")).to_contain_text(licence.number)
    expect(page.locator("#record")).to_contain_text(licence.office.code)
    assert "POST" not in asked
    change_status(licence, Status.SUSPENDED, from_on=today(), by=IMPORTER, role=Role.IMPORTER)
    page.reload()
    expect(page.locator("[data-verdict=suspended]:visible")).to_have_count(1)


def test_a_forged_licence_is_told_in_large(licence, visit):
    path = verification_path(licence)
    page = visit(path[:-6] + "AAAAAA")
    expect(page.locator("[data-verdict=altered]:visible h1")).to_have_text("دست‌خورده یا ساختگی است")
    expect(page.locator("#verdict dl")).to_have_count(0)


def test_a_browser_that_cannot_asks_the_server(licence, visit):
    page = visit("/")
    page.add_init_script(NO_ED25519)
    page.goto(page.url.rstrip("/") + verification_path(licence))
    page.wait_for_url("**/verify/")
    expect(page.locator("[data-verdict=valid]:visible")).to_have_count(1)


def test_without_scripts_the_number_is_enough(licence, visit):
    page = visit("/verify/", java_script_enabled=False)
    page.fill("[name=licence]", licence.number)
    opens(page, "#ask button")
    expect(page.locator("section.verdict[data-verdict=valid]")).to_have_count(1)
