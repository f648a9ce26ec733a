"""A phone in the hand of an inspector: a browser that can be killed and opened again, and what is done with it."""

import os
import shutil
import signal
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Error, expect

from devtools.browser import PHONE
from factories import describe_division, person_as
from phone import noisy_jpeg
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import now
from pishkhan.people.roles import Role
from pishkhan.people.services import open_account
from serving import House

PASSWORD = "نردبانِ بلندِ آبیِ قناری"
CANARY = "قناری‌خاندان"
KHORRAMABAD = {"latitude": 33.48, "longitude": 48.351, "accuracy": 8}
ON_A_PHONE = {"has_touch": True, "is_mobile": True, "permissions": ["geolocation"], "geolocation": KHORRAMABAD}


@pytest.fixture
def inspector(served):
    describe_division("1503011001", name="خرم‌آباد", name_en="Khorramabad", kind="city")
    person = person_as(Role.INSPECTOR, given_name="مهرداد", family_name=CANARY)
    open_account(person, username="inspector", password=PASSWORD, by=SYSTEM)
    return person


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "taken.jpg"
    path.write_bytes(noisy_jpeg(1000))
    return path


@pytest.fixture
def house(served, settings):
    """The house in a process of its own, on the database of the test."""
    house = House(connection.settings_dict["NAME"], settings.MEDIA_ROOT)
    house.start()
    yield house
    house.stop()


class Handset:
    """A browser with a profile of its own, which can be killed and opened again."""

    def __init__(self, browser, folder, url):
        self._kind, self.folder, self._url, self._context = browser.browser_type, folder, url, None

    def turned_on(self, later=timedelta()):
        context = self._context = self._kind.launch_persistent_context(
            self.folder, executable_path=shutil.which("chromium"), args=["--no-sandbox"], viewport=PHONE, **ON_A_PHONE
        )
        if later:
            context.clock.install(time=now() + later)
        page = context.pages[0]
        page.set_default_timeout(30_000)
        page.goto(self._url + "/field/")
        return page

    def killed(self):
        """Kill the browser by its process id, in the middle of whatever it does."""
        mark = f"--user-data-dir={self.folder}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                parts = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if mark in parts and not any(item.startswith(b"--type=") for item in parts):
                os.kill(int(process.name), signal.SIGKILL)
        with suppress(Error):  # it is gone
            self._context.close()

    def dump(self):
        """Every byte that lies in the profile."""
        return {path: path.read_bytes() for path in Path(self.folder).rglob("*") if path.is_file()}


def sign_in(page):
    page.fill("[name=login]", "inspector")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")


def enter(page, password=PASSWORD):
    """Make the phone ready, or open it."""
    page.fill("#password", password)
    page.click("main form button")


def make_visit(page, place, photo, name=CANARY):
    """Make the visit at a place of the round from arriving to the end, with a photo and typed signatures."""
    page.locator("a.visit").nth(place).click()
    page.click(".bar button")
    page.wait_for_selector(".item")
    fill_in(page, photo, name)
    finish(page)
    page.goto(page.url.split("#")[0] + "#/")
    page.wait_for_selector(".tiles")


def take_photo(item, photo):
    before = item.locator(".photo").count()
    if not item.locator("details").evaluate("each => each.open"):
        item.locator("summary").click()
    item.locator("input[type=file]").set_input_files(photo)
    expect(item.locator(".photo")).to_have_count(before + 1)


def on_a_phone(visit, who, path="/field/", language="fa"):
    """A phone that was made ready."""
    page = visit(path, who, language=language, size=PHONE, **ON_A_PHONE)
    enter(page)
    page.wait_for_selector(".tiles")
    return page


def begun_visit(page):
    """Begin the first visit of the round."""
    page.locator("a.visit").first.click()
    page.click(".bar button")
    page.wait_for_selector(".item")


def open_again(page):
    """Load the page anew, and open the phone."""
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    enter(page)
    page.wait_for_selector(".tiles, .item, .verdict")


def write_note(page, text):
    """Write a note under the first item."""
    item = page.locator(".item").first
    if not item.locator("details").evaluate("each => each.open"):
        item.locator("summary").click()
    item.locator("textarea").fill(text)


def kept(page, state="kept"):
    """Wait until the screen says so of what is on it."""
    expect(page.locator(f".kept[data-kept={state}]")).to_be_visible()


def fill_in(page, photo, name=CANARY):
    """Answer everything of the visit that is open, with photos where they are asked for, and sign it."""
    for item in page.locator(".item").all():
        item.locator("label.ok").click()
        if item.locator(".wanted").text_content():
            take_photo(item, photo)
    take_photo(page.locator(".item").first, photo)
    for part in page.locator(".signing").all():
        part.locator("input[value=typed]").check()
        part.locator("input[type=text]").fill(name)
        part.locator("input[type=checkbox]").check()
    kept(page)


def finish(page):
    page.get_by_role("button", name="پایان و ارسال").click()
    page.wait_for_selector(".verdict")
