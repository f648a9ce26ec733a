"""Two bodies in one room: whoever sits in both comes once, and each agenda stands beside the other."""

from playwright.sync_api import expect

from devtools.browser import PHONE
from factories import person_as
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.models import Body
from pishkhan.meetings.services import appoint, open_meeting, publish_agenda, put_on_agenda
from pishkhan.meetings.sittings.services import convene_together
from pishkhan.people.roles import Role
from procedure_driver import AT_NINE, at, sitting, working_group


def test_a_clerk_notes_the_attendance_of_both_bodies_in_one_room(served, visit):
    request, violation = at(NewLicence, "agenda"), at(ViolationCase, "heard")
    group, committee = working_group(), working_group(Body.Code.VIOLATIONS_COMMITTEE)
    secretary, chair = person_as(Role.SECRETARY), next(iter(sitting(group).values()))
    appoint(committee.seats.get(chairs=True), chair, letter="2/1", deputy=True, by=SYSTEM)
    meeting, other = convene_together(group, committee, held_on=today(), **AT_NINE, by=secretary)
    for one, case in ((meeting, request), (other, violation)):
        put_on_agenda(one, case, by=secretary)
        publish_agenda(one, by=secretary)
    open_meeting(meeting, by=secretary)

    desk = visit(f"/meetings/{meeting.number}/", secretary)
    desk.locator(f"form[action$='/{meeting.number}/arrive/']:has(input[value='{chair.pk}']) button").click()

    expect(desk.locator("form[action$='/leave/']")).to_have_count(2)
    expect(desk.locator("#live")).to_contain_text(violation.number)
    for language, size in (("en", None), ("fa", PHONE)):
        page = visit(f"/meetings/{meeting.number}/", secretary, language, **({"size": size} if size else {}))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
