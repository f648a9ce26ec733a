"""A citizen in a browser: finds an office, sees whether it is real, follows a request, joins and applies."""

import pytest
from playwright.sync_api import expect

from browsing import opens
from devtools.browser import DESK, PHONE
from factories import describe_division, person, person_as
from pishkhan.casework.models import Case
from pishkhan.files.models import StoredFile
from pishkhan.geography.models import Division
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from procedure_driver import PDF, at, nomination, places

DEVICES = [("fa", DESK), ("fa", PHONE), ("en", DESK), ("en", PHONE)]


@pytest.fixture
def office(served):
    office = at(NewLicence, "issued").dossier.office
    Division.objects.filter(code=office.division_id).update(
        name="خرم‌آباد",
        name_en="Khorramabad",
        search="خرم اباد خرماباد khorramabad",
        kind="city",
        lat=33.48,
        lon=48.35,
        quality="surveyed",
    )
    return office


@pytest.mark.parametrize(("language", "size"), DEVICES)
@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "plain"])
def test_an_office_is_found_and_is_real(office, visit, language, size, scripted):
    page = visit("/", language=language, size=size, java_script_enabled=scripted)
    page.fill("input[name=q]", "خرم آباد" if language == "fa" else "khorramabad")
    opens(page, "form.find button:not([type=button])")
    opens(page, "article.result a")
    expect(page.locator(".verdict:not(.stop)")).to_have_count(1)
    expect(page.locator("main")).to_contain_text(office.code)
    expect(page.locator("figure.map svg circle.office")).to_have_count(1)


def test_a_map_can_be_moved_where_the_browser_draws(office, visit):
    page = visit(f"/offices/{office.code}/")
    page.click("button.live-map")
    page.wait_for_selector("figure.map canvas, figure.map svg")
    expect(page.locator("figure.map")).to_have_count(1)
    assert page.locator("figure.map").bounding_box()["height"] > 200


def test_a_dot_is_a_link_a_stop_of_the_keyboard_and_lights_up_with_its_row(office, visit):
    page = visit("/")
    dot = page.locator(f"figure.map a[data-dot='{office.code}']")
    row = page.locator(f"article[data-dot='{office.code}']")
    row.hover()
    expect(dot).to_have_class("lit")
    dot.focus()
    expect(row).to_have_class("result lit")
    expect(dot).to_have_attribute("tabindex", "0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/offices/{office.code}/")


def test_somebody_joins_signs_in_and_sees_what_they_may(served, visit):
    describe_division("15", name="لرستان", search="لرستان")
    page = visit("/join/")
    values = {
        "given_name": "مریم",
        "family_name": "سگوند",
        "national_id": nomination("manager")["national_id"],
        "phone": "۰۹۱۶۱۲۳۴۵۶۷",
        "division": "لرستان",
        "username": "maryam",
        "password": "نردبانِ بلندِ آبی",
    }
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    opens(page, "main form button:not([type=button])")
    page.fill("[name=login]", "maryam")
    page.fill("[name=password]", values["password"])
    opens(page, "main form button:not([type=button])")
    page.wait_for_url("**/mine/")
    expect(page.locator("header")).to_contain_text("مریم سگوند")


def test_a_wrong_answer_is_told_beside_its_field_and_nothing_is_lost(served, visit):
    page = visit("/join/")
    page.fill("[name=given_name]", "مریم")
    page.fill("[name=national_id]", "123")
    page.evaluate("document.querySelector('main form').noValidate = true")
    opens(page, "main form button:not([type=button])")
    expect(page.locator("#id_family_name_error")).to_have_count(1)
    expect(page.locator("[name=given_name]")).to_have_value("مریم")
    assert page.get_attribute("[name=family_name]", "aria-invalid") == "true"


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "plain"])
def test_a_request_is_written_submitted_returned_and_completed(served, visit, tmp_path, scripted):
    under, somebody = places(kind="rural_ict"), person("1503011001")
    paper = tmp_path / "deed.pdf"
    paper.write_bytes(PDF)
    page = visit("/calls/", somebody, java_script_enabled=scripted)
    opens(page, f"a[href='/calls/{under.pk}/begin/']")
    opens(page, "main form button:not([type=button])")
    case = Case.objects.get()
    expect(page.locator(".rules .unmet")).not_to_have_count(0)
    _describe(page)
    for post in ("manager", "deputy"):
        _nominate(page, case, post)
    for kind in ("tenure", "degree"):
        _attach(page, case, kind, paper, scripted)
    opens(page, "a[href$='/steps/submit/']")
    opens(page, "main form button:not([type=button])")
    _send_back(visit("/today/", person_as(Role.EXPERT), java_script_enabled=scripted), case)
    page.goto(page.url)
    expect(page.locator(".timeline")).to_contain_text("اجاره‌نامه خوانا نیست")
    opens(page, "a[href$='/steps/complete/']")
    opens(page, "main form button:not([type=button])")
    assert Case.objects.get().stage == "check"
    assert StoredFile.objects.count() == 2


def _describe(page):
    opens(page, "a[href$='/steps/describe/']")
    for name, value in {
        "address": "میدان امام، پلاک ۱۸",
        "postal_code": "۶۸۱۳۸۳۳۹۴۶",
        "area": "۶۲",
        "lat": "۳۳٫۴۸",
        "lon": "48.35",
    }.items():
        page.fill(f"[name={name}]", value)
    opens(page, "main form button:not([type=button])")


def _nominate(page, case, post):
    page.goto(page.url.split("/cases/")[0] + f"/cases/{case.number}/steps/nominate/")
    data = nomination(post)
    page.select_option("[name=post]", post)
    page.select_option("[name=degree]", str(data["degree"]))
    for name in ("given_name", "family_name", "father_name", "national_id", "born_on"):
        page.fill(f"[name={name}]", data[name])
    page.check("[name=military_settled]")
    opens(page, "main form button:not([type=button])")


def _attach(page, case, kind, paper, scripted):
    page.goto(page.url.split("/cases/")[0] + f"/cases/{case.number}/steps/attach/")
    page.select_option("[name=kind]", kind)
    page.set_input_files("[name=file]", paper)
    if scripted:
        page.wait_for_selector("output.told")
    opens(page, "main form button:not([type=button])")


def _send_back(page, case):
    opens(page, f"a[href='/cases/{case.number}/']")
    opens(page, "a[href$='/steps/send_back/']")
    page.fill("[name=reasons]", "اجاره‌نامه خوانا نیست.")
    opens(page, "main form button:not([type=button])")
    expect(page.locator(".head .badge")).to_contain_text("بازگشته")
