"""Five members in five browsers: they come, one takes no part, they vote, sign, and what is resolved is carried out."""

from playwright.sync_api import expect

from browsing import opens
from factories import company, person, person_as
from http_client import PASSWORD, signed_in_with_a_password
from pishkhan.casework.models import Case
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.models import Meeting, Minutes
from pishkhan.meetings.services import appoint, give_seat
from pishkhan.people.roles import Role
from procedure_driver import at, sitting, working_group


def group_of_five():
    body, director = working_group(), person_as(Role.DIRECTOR)
    for _ in range(2):
        seat = give_seat(body, company("15", kind="public", legal_id=None), by=director)
        appoint(seat, person("15"), letter="1/1", by=SYSTEM)
    return body


def press(page, act, within="#live"):
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(f"{within} form[action$='/{act}/'] button:not([type=button])").first.click()


def test_a_meeting_from_the_convocation_to_the_resolution(served, visit):
    case = at(NewLicence, "agenda")
    body, secretary = group_of_five(), person_as(Role.SECRETARY)
    members = sitting(body)
    desk = visit("/meetings/", secretary)
    _convene(desk)
    meeting = Meeting.objects.get()
    desk.goto(f"{served}/meetings/{meeting.number}/")
    desk.check(f"input[value='{case.number}']")
    for act in ("put", "publish", "open"):
        press(desk, act)
    for member in members.values():
        desk.locator(f"form[action$='/arrive/']:has(input[name=person][value='{member.pk}']) button").click()
    for member in members.values():
        signed_in_with_a_password(member)
    pages = {member: visit(f"/meetings/{meeting.number}/", member) for member in members.values()}
    away, *voters = [members[seat] for seat in sorted(members, key=lambda seat: seat.chairs or seat.required)]
    press(pages[away], "recuse")
    press(desk, "move")
    _vote(pages, voters)
    pages[away].wait_for_selector(".seat .badge.good")
    expect(pages[away].locator("form[action$='/vote/']")).to_have_count(0)
    press(desk, "count")
    press(desk, "close")
    press(desk, "draft")
    _sign(pages.values())
    press(desk, "carry-out")
    assert Case.objects.get(pk=case.pk).stage == "inquiries"
    assert Minutes.objects.get().signatures.count() == len(members)
    expect(desk.locator(".minutes")).to_contain_text("مصوبهٔ")


def _convene(desk):
    desk.fill("[name=held_on]", _today())
    desk.fill("[name=begins_at]", "۹:۳۰")
    desk.fill("[name=venue]", "سالن جلسات")
    opens(desk, "aside form button:not([type=button])")
    assert Meeting.objects.count() == 1


def _vote(pages, voters):
    """Each votes on a device of their own, when polling shows the ballot; one against, with the reason it takes."""
    *others, last, opposed = voters
    for member in others:
        _vote_for(pages[member])
    page = pages[opposed]
    page.wait_for_selector("form[action$='/vote/']")
    page.fill("#reasons", "جای دفتر دور است.")
    page.focus("#reasons")
    _vote_for(pages[last])
    page.wait_for_timeout(2500)  # what another did is shown meanwhile, and takes nothing from who is writing
    assert page.input_value("#reasons") == "جای دفتر دور است."
    assert page.evaluate("document.activeElement.id") == "reasons"
    page.check("form[action$='/vote/'] input[value=premises]")
    page.click("form[action$='/vote/'] button[value=against]")
    page.wait_for_selector(".told")


def _vote_for(page):
    page.wait_for_selector("form[action$='/vote/']")
    page.click("form[action$='/vote/'] button[value=for]")
    page.wait_for_selector(".told")


def _sign(pages):
    for page in pages:
        page.wait_for_selector("form[action$='/sign/']")
        page.fill("form[action$='/sign/'] [name=password]", PASSWORD)
        press(page, "sign")
        page.wait_for_selector(".told")


def _today():
    return jalali(today())
