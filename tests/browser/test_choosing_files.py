"""What a browser shows of a file that is not taken, and of one that was erased."""

import os

import pytest
from playwright.sync_api import expect

from devtools.browser import DESK, PHONE
from factories import person_as
from pishkhan.files.models import StoredFile
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from procedure_driver import applicant_of, at, new_request, places
from scans import FILM, tagged_photo

DEVICES = [("fa", DESK), ("fa", PHONE), ("en", DESK), ("en", PHONE)]
HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 400
SAID = {"fa": "قالب HEIC", "en": "HEIC format"}
ERASED = {"fa": "پاک شده است", "en": "was erased"}


@pytest.mark.parametrize(("language", "size"), DEVICES)
@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "plain"])
def test_a_photo_that_is_not_taken_is_told_why_and_another_is_taken(served, visit, tmp_path, language, size, scripted):
    case = new_request(places())
    wrong, right = tmp_path / "IMG_1.heic", tmp_path / "عکس.JFIF"
    wrong.write_bytes(HEIC)
    right.write_bytes(tagged_photo() + FILM)
    page = visit(
        f"/cases/{case.number}/steps/attach/",
        applicant_of(case),
        language=language,
        size=size,
        java_script_enabled=scripted,
    )
    page.select_option("[name=kind]", "tenure")

    page.set_input_files("[name=file]", wrong)
    if not scripted:
        page.click("main form button:not([type=button])")
    expect(page.locator("main")).to_contain_text(SAID[language])
    shown(page, f"refused-{language}-{size['width']}-{scripted}")
    page.select_option("[name=kind]", "tenure")
    page.set_input_files("[name=file]", right)
    if scripted:
        expect(page.locator("output.told")).to_have_count(1)
    with page.expect_navigation():
        page.click("main form button:not([type=button])")

    assert case.documents.get(kind="tenure").file.media_type == "image/jpeg"


@pytest.mark.parametrize(("language", "size"), DEVICES)
def test_a_paper_that_was_erased_says_so_on_its_page(served, visit, language, size):
    case = at(NewLicence, "check")
    StoredFile.objects.update(key=b"")

    page = visit(f"/cases/{case.number}/papers/tenure/", person_as(Role.EXPERT), language=language, size=size)

    expect(page.locator("main")).to_contain_text(ERASED[language])
    shown(page, f"erased-{language}-{size['width']}")


def shown(page, name):
    if folder := os.environ.get("PISHKHAN_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png")
