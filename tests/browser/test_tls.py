"""Over real TLS, by the web process itself and behind a proxy: somebody signs in, votes, and a citizen complains."""

import http.client
import ssl
from contextlib import ExitStack, closing

import pytest

from browsing import opens, until
from devtools.browser import DESK
from pishkhan.complaints.models import Complaint
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.voting import open_vote
from pishkhan.people.services import open_account
from pishkhan.site.operations.deployment import open_live
from procedure_driver import at, meeting_about, sitting
from rules_of_matters import licence
from tls import certificate_in, free_port, proxy_to, web_at

pytestmark = pytest.mark.xdist_group("browser")
PASSWORD = "what-nobody-guesses-22"


@pytest.fixture
def province(law, transactional_db, papers, signing_folder):
    """A live province, which is held to https."""
    open_live(Division.objects.get(code="15"))


@pytest.fixture(params=["by itself", "behind a proxy"])
def origin(request, province, tmp_path):
    """The https address of a house that serves TLS itself, or lets a proxy do it."""
    port = free_port()
    with ExitStack() as served:
        if request.param == "by itself":
            file, key = certificate_in(tmp_path)
            address = f"https://localhost:{port}"
            served.enter_context(
                web_at(
                    port,
                    tmp_path,
                    PISHKHAN_ORIGIN=address,
                    PISHKHAN_CERTIFICATE=str(file),
                    PISHKHAN_CERTIFICATE_KEY=str(key),
                )
            )
        else:
            address = f"https://localhost:{served.enter_context(proxy_to(port, tmp_path))}"
            served.enter_context(web_at(port, tmp_path, PISHKHAN_ORIGIN=address, PISHKHAN_PROXIES="1"))
        yield address


@pytest.fixture
def page(browser, origin):
    context = browser.new_context(viewport=DESK, ignore_https_errors=True, base_url=origin)
    new_page = context.new_page()
    new_page.set_default_timeout(20_000)
    yield new_page
    context.close()


def test_somebody_signs_in_and_votes_and_a_citizen_complains(page):
    office = licence().office
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    member = next(iter(sitting(meeting.body).values()))
    open_account(member, username="member", password=PASSWORD, by=SYSTEM)
    item = meeting.items.get()
    open_vote(item, "approved", by=secretary)

    page.goto(f"/complaints/new/?office={office.code}")
    until(page, "document.querySelector('[name=altcha]').value")
    page.check('input[name="kind"][value="closed"]')
    page.fill('textarea[name="text"]', "دیروز تا ظهر ماندم و باز نشد.")
    opens(page, "form.complain button:not([type=button])")
    page.goto(f"/sign-in/?next=/meetings/{meeting.number}/")
    page.fill('[name="login"]', "member")
    page.fill('[name="password"]', PASSWORD)
    opens(page, "main form button:not([type=button])")
    page.click("form[action$='/vote/'] button[value=for]")
    page.wait_for_selector(".told")

    assert Complaint.objects.get().office == office
    assert item.ballots.get().votes.get().choice == "for"
    cookies = {cookie["name"]: cookie["secure"] for cookie in page.context.cookies()}
    assert cookies["__Host-sessionid"] and all(cookies.values())


def test_what_https_promises_is_said_and_strangers_forms_are_refused(origin, tmp_path):
    host = origin.removeprefix("https://")
    trusting = ssl.create_default_context(cafile=tmp_path / "certificate.pem")
    with closing(http.client.HTTPSConnection(host, context=trusting, timeout=30)) as requests:
        requests.request("GET", "/")
        answer = requests.getresponse()
        answer.read()

        requests.request(
            "POST",
            "/sign-in/",
            "login=a&password=b",
            {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://elsewhere.example"},
        )
        refused = requests.getresponse()
        refused.read()

    assert answer.status == 200 and "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert refused.status == 403
