"""Holders in a browser: a transfer by two people in two browsers, and a renewal asked for on a phone."""

from playwright.sync_api import expect

from browsing import opens
from devtools.browser import PHONE
from factories import describe_division
from pishkhan.casework.models import Case
from procedure_driver import PDF, nomination, speaker_of
from rules_of_matters import company_with_a_speaker, licence


def ask(page, about, code):
    """Begin a request about an office, from the office's own page."""
    opens(page, f".head a[href='/matters/{about.office.code}/']")
    opens(page, f"button[value='{code}']")
    return Case.objects.get()


def step(page, name, **data):
    """Take a step of the case that is shown."""
    opens(page, f"a[href$='/steps/{name}/']")
    for field, value in data.items():
        element = page.locator(f"[name={field}]")
        if element.first.evaluate("e => e.tagName") == "SELECT":
            element.select_option(str(value))
        elif element.first.get_attribute("type") == "checkbox":
            element.set_checked(value)
        else:
            element.fill(str(value))
    opens(page, "main form button:not([type=button])")


def attach(page, kind, paper):
    opens(page, "a[href$='/steps/attach/']")
    page.select_option("[name=kind]", kind)
    page.set_input_files("[name=file]", paper)
    page.wait_for_selector("output.told")
    opens(page, "main form button:not([type=button])")


def paper_in(folder):
    paper = folder / "paper.pdf"
    paper.write_bytes(PDF)
    return paper


def test_a_licence_is_offered_in_one_browser_and_taken_in_another(served, visit, tmp_path):
    about, buyer, paper = licence(), company_with_a_speaker(), paper_in(tmp_path)
    seller = visit("/my-office/", speaker_of(about.office.holdings.get().organisation))
    case = ask(seller, about, "transfer")
    for kind in ("agreement", "activity"):
        attach(seller, kind, paper)
    step(seller, "name_buyer", organisation=buyer.legal_id, capacity="self")
    expect(seller.locator("dl.facts")).to_contain_text(buyer.legal_id)
    step(seller, "submit")

    page = visit("/mine/", speaker_of(buyer))
    opens(page, f"a[href='/cases/{case.number}/']")
    expect(page.locator(".notice")).to_contain_text("به شما منتقل کند")
    for post in ("signatory", "manager", "deputy"):
        step(page, "nominate", **nomination(post))
    step(page, "agree", capacity="self", beneficiary="لیلا ساکی")
    step(page, "deliver")
    expect(page.locator(".head .badge")).to_contain_text("بررسی کامل بودن")

    seller.reload()
    expect(seller.locator("dl.facts")).to_contain_text("اعلام شده")
    expect(seller.locator("dl.facts")).not_to_contain_text("لیلا ساکی")
    assert Case.objects.get().stage == "check"


def test_a_holder_is_told_on_a_phone_to_renew_and_does(served, visit, tmp_path):
    describe_division("1503011001", name="خرم‌آباد", name_en="Khorramabad", kind="city")
    about, paper = licence(months_left=4), paper_in(tmp_path)
    page = visit("/my-office/", speaker_of(about.office.holdings.get().organisation), size=PHONE)
    expect(page.locator(".cards")).to_contain_text("روز مانده برای درخواست تمدید")
    ask(page, about, "renewal")
    expect(page.locator(".rules .unmet")).not_to_have_count(0)
    step(page, "declare", changed="no")
    for kind in ("tenure", "insurance"):
        attach(page, kind, paper)
    expect(page.locator(".rules .unmet")).to_have_count(0)
    step(page, "submit")
    page.goto(f"{served}/my-office/{about.office.code}/")
    expect(page.locator("main")).to_contain_text("درخواست تمدید ثبت شده و در جریان است")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Case.objects.get().stage == "check"
