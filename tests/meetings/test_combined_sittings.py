"""Combined sittings of two bodies: one sitting and one attendance, two quorums, two agendas and two minutes."""

from datetime import time, timedelta

import pytest

from factories import person, person_as, together
from http_client import as_read, signed_in
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.course.clock import tick
from pishkhan.meetings.course.services import adjourn, cancel, end_inquorate, postpone
from pishkhan.meetings.course.warnings import warnings_about
from pishkhan.meetings.minutes.rendering import in_lines
from pishkhan.meetings.minutes.selectors import rendered
from pishkhan.meetings.minutes.services import draft_minutes
from pishkhan.meetings.models import Body, Meeting
from pishkhan.meetings.selectors import present_at, quorum_at, ready_cases
from pishkhan.meetings.services import (
    appoint,
    arrive,
    close_meeting,
    convene,
    leave,
    open_meeting,
    publish_agenda,
    put_on_agenda,
)
from pishkhan.meetings.sittings.selectors import meetings_to_join, other_meeting
from pishkhan.meetings.sittings.services import combine, convene_together, separate
from pishkhan.notices.models import Notice
from pishkhan.people.roles import Role
from procedure_driver import AT_NINE, at, sitting, vote_on, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)
WHY = "یکی از دو هیئت نمی‌رسد"
State = Meeting.State


def unsound():
    """What verification finds of the meetings; the play of a violation case alters that behind the journal's back."""
    return [problem for problem in problems() if not problem.en.startswith("case:")]


def both_bodies():
    """The working group and the violations committee of the province; the chair of the one chairs the other too."""
    group, committee = working_group(), working_group(Body.Code.VIOLATIONS_COMMITTEE)
    chair = next(iter(sitting(group).values()))
    seat = committee.seats.get(chairs=True)
    if not seat.memberships.filter(person=chair).exists():
        appoint(seat, chair, letter="2/1", deputy=True, by=SYSTEM)
    return group, committee, chair


def convened():
    group, committee, _ = both_bodies()
    secretary = person_as(Role.SECRETARY)
    meeting, other = convene_together(group, committee, held_on=today(), **AT_NINE, by=secretary)
    return meeting, other, secretary


def in_session():
    """A combined sitting of today with a case before each body; nobody has come yet."""
    request, violation = at(NewLicence, "agenda"), at(ViolationCase, "heard")
    meeting, other, secretary = convened()
    put_on_agenda(meeting, request, by=secretary)
    put_on_agenda(other, violation, by=secretary)
    for one in (meeting, other):
        publish_agenda(one, by=secretary)
    open_meeting(meeting, by=secretary)
    return meeting, Meeting.objects.get(pk=other.pk), secretary


def everybody_comes(meeting, secretary):
    there = {attendance.person_id for attendance in present_at(meeting)}
    for seat, member in sitting(meeting.body).items():
        if member.pk not in there and not meeting.attendances.filter(seat=seat, left_at=None).exists():
            arrive(meeting, seat, member, by=secretary)


def test_two_bodies_are_called_to_one_sitting_under_a_number_each_and_who_sits_in_both_is_told_once():
    group, committee, chair = both_bodies()
    meeting, other, _ = convened()

    assert (meeting.number[:2], other.number[:2]) == ("WG", "VC")
    assert other_meeting(meeting) == other and other_meeting(other) == meeting
    called = Notice.objects.filter(template="meeting.combined")
    assert called.filter(person=chair).count() == 1
    assert {notice.person for notice in called} == {*sitting(group).values(), *sitting(committee).values(), chair}
    assert meeting.number in called[0].facts["number"] and other.number in called[0].facts["number"]
    assert not Notice.objects.filter(template="meeting.convened").exists()
    assert not any("نزدیک همین ساعت" in warning.fa for warning in warnings_about(meeting))
    assert unsound() == []


def test_a_body_does_not_sit_with_itself_nor_by_rules_that_nobody_adopted(monkeypatch):
    group, committee, _ = both_bodies()
    secretary = person_as(Role.SECRETARY)
    with pytest.raises(refusals.NotToBeCombined):
        convene_together(group, group, held_on=today(), **AT_NINE, by=secretary)
    with pytest.raises(NotPermitted):
        convene_together(group, committee, held_on=today(), **AT_NINE, by=person_as(Role.EXPERT))
    assert not Meeting.objects.exists()
    monkeypatch.setattr(
        "pishkhan.meetings.sittings.services.rules_not_binding",
        lambda body, on: ["meeting.quorum_percent"] if body == committee else [],
    )
    with pytest.raises(refusals.RulesNotAdopted):
        convene_together(group, committee, held_on=today(), **AT_NINE, by=secretary)
    meeting = convene(group, held_on=today(), **AT_NINE, by=secretary)
    with pytest.raises(refusals.RulesNotAdopted):
        combine(meeting, committee, by=secretary)


def test_a_convened_meeting_is_joined_by_a_body_or_by_its_meeting_of_that_day_at_the_same_hour():
    group, committee, _ = both_bodies()
    secretary = person_as(Role.SECRETARY)
    meeting = convene(group, held_on=today() + DAY, **AT_NINE, by=secretary)
    apart = convene(committee, held_on=today() + 2 * DAY, begins_at=time(11), venue="استانداری", by=secretary)
    there = convene(committee, held_on=today() + DAY, begins_at=time(11), venue="استانداری", by=secretary)
    assert list(meetings_to_join(meeting)) == [there]
    with pytest.raises(refusals.NotToBeCombined):
        combine(meeting, apart, by=secretary)

    combine(meeting, there, by=secretary)

    there.refresh_from_db()
    assert (there.begins_at, there.venue) == (AT_NINE["begins_at"], AT_NINE["venue"])
    with pytest.raises(refusals.CombinedAlready):
        combine(meeting, committee, by=secretary)
    with pytest.raises(refusals.CombinedAlready):
        combine(convene(group, held_on=today() + DAY, **AT_NINE, by=secretary), there, by=secretary)
    second = convene(group, held_on=today() + 3 * DAY, **AT_NINE, by=secretary)
    called = combine(second, committee, by=secretary)
    assert (called.held_on, called.venue, called.body) == (second.held_on, second.venue, committee)
    assert unsound() == []


def test_a_combined_sitting_is_put_off_and_called_off_as_one_and_each_case_waits_for_its_own_body():
    request, violation = at(NewLicence, "agenda"), at(ViolationCase, "heard")
    meeting, other, secretary = convened()
    put_on_agenda(meeting, request, by=secretary)
    put_on_agenda(other, violation, by=secretary)

    postpone(other, held_on=today() + DAY, begins_at=time(14), venue="استانداری", reasons=WHY, by=secretary)
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.begins_at, meeting.venue) == (today() + DAY, time(14), "استانداری")

    cancel(meeting, reasons=WHY, by=secretary)
    other.refresh_from_db()
    assert (meeting.state, other.state) == (State.CANCELLED, State.CANCELLED)
    assert list(ready_cases(meeting.body)) == [request] and list(ready_cases(other.body)) == [violation]
    for template in ("meeting.postponed", "meeting.cancelled"):
        notices = list(Notice.objects.filter(template=template).values_list("person", flat=True))
        assert sorted(set(notices)) == sorted(notices) and len(notices) == 6
    first, second = Entry.objects.filter(act="meeting.cancel").order_by("pk")
    assert second.because == first.name
    assert unsound() == []


def test_meetings_are_separated_before_they_begin_and_then_go_their_own_ways():
    meeting, other, secretary = convened()
    with pytest.raises(refusals.NoReasonsGiven):
        separate(meeting, reasons=" ", by=secretary)

    separate(meeting, reasons=WHY, by=secretary)

    assert other_meeting(meeting) is None
    assert Notice.objects.filter(template="meeting.separated").count() == 6
    cancel(meeting, reasons=WHY, by=secretary)
    other.refresh_from_db()
    assert other.state == State.CONVENED
    with pytest.raises(refusals.NotCombined):
        separate(other, reasons=WHY, by=secretary)
    assert unsound() == []


def test_a_combined_sitting_opens_once_both_agendas_are_fixed():
    meeting, other, secretary = convened()
    put_on_agenda(meeting, at(NewLicence, "agenda"), by=secretary)
    publish_agenda(meeting, by=secretary)
    with pytest.raises(refusals.OtherAgendaOpen):
        open_meeting(meeting, by=secretary)
    with pytest.raises(refusals.NotInThisState):
        open_meeting(other, by=secretary)
    meeting.refresh_from_db()
    assert meeting.state == State.PUBLISHED


def test_who_sits_in_both_bodies_comes_and_leaves_once_and_counts_in_each_quorum_by_itself():
    meeting, other, secretary = in_session()
    chair = next(iter(sitting(meeting.body).values()))
    seat = next(iter(sitting(meeting.body)))

    arrive(meeting, seat, chair, by=secretary)
    assert [attendance.person for attendance in present_at(other)] == [chair]
    assert (quorum_at(meeting).present, quorum_at(other).present) == (1, 1)
    everybody_comes(meeting, secretary)
    assert quorum_at(meeting).met and not quorum_at(other).met

    leave(other, other.body.seats.get(chairs=True), by=secretary)
    assert chair not in [attendance.person for attendance in present_at(meeting)]
    assert unsound() == []


def test_a_seat_that_is_taken_in_the_other_body_is_left_to_who_sits_there():
    meeting, other, secretary = in_session()
    chair, seat = next(iter(sitting(meeting.body).values())), other.body.seats.get(chairs=True)
    member = seat.memberships.get(deputy=False).person
    arrive(other, seat, member, by=secretary)

    arrive(meeting, next(iter(sitting(meeting.body))), chair, by=secretary)
    assert [attendance.person for attendance in present_at(other)] == [member]

    leave(other, seat, by=secretary)
    assert [attendance.person for attendance in present_at(meeting)] == [chair]


def test_one_body_without_a_quorum_does_not_end_the_other_and_each_has_its_own_minutes():
    meeting, other, secretary = in_session()
    everybody_comes(meeting, secretary)
    vote_on(meeting.items.get(), "approved", secretary)
    end_inquorate(other, by=secretary)
    meeting.refresh_from_db()
    assert meeting.state == State.OPEN
    close_meeting(meeting, by=secretary)

    for one, beside in ((meeting, other), (other, meeting)):
        minutes = draft_minutes(one, by=secretary)
        for redacted in (False, True):
            for lines in (in_lines(rendered(minutes, redacted=redacted), "en"),):
                assert f"Combined sitting with: {Body.Code(beside.body.code).text.en}, {beside.number}" in lines
    assert [one.state for one in Meeting.objects.order_by("-number")] == [State.CLOSED, State.INQUORATE]
    assert unsound() == []


def test_what_one_body_does_alone_is_told_to_its_members_alone():
    meeting, _, secretary = in_session()
    everybody_comes(meeting, secretary)
    adjourn(meeting, reasons=WHY, held_on=today() + DAY, **AT_NINE, by=secretary)
    notices = Notice.objects.filter(template="meeting.adjourned")
    assert {notice.person for notice in notices} == set(sitting(meeting.body).values())
    assert other_meeting(Meeting.objects.get(continues=meeting)) is None


def test_the_clock_ends_each_meeting_of_a_sitting():
    meeting, _, secretary = in_session()
    everybody_comes(meeting, secretary)
    with clock.at(now() + DAY):
        assert len(tick()) == 2
    assert [one.state for one in Meeting.objects.order_by("-number")] == [State.CLOSED, State.INQUORATE]
    assert unsound() == []


def test_members_of_one_body_see_that_the_sitting_is_combined_and_no_more_of_the_other():
    meeting, other, secretary = in_session()
    member = list(sitting(meeting.body).values())[1]
    case = other.items.get().case.number

    page = as_read(signed_in(member).get(f"/meetings/{meeting.number}/"))
    assert "جلسهٔ مشترک با" in page and other.number in page and case not in page
    assert signed_in(member).get(f"/meetings/{other.number}/").status_code == 404

    page = as_read(signed_in(secretary).get(f"/meetings/{meeting.number}/"))
    assert case in page and "دستور هیئت دیگر" in page


def test_a_clerk_notes_the_attendance_of_both_in_one_room_and_it_moves_for_who_follows_either():
    meeting, other, secretary = in_session()
    http = signed_in(secretary)
    seat, member = list(sitting(other.body).items())[1]
    seen = http.get(f"/meetings/{meeting.number}/").context["stamp"]

    answer = http.post(
        f"/meetings/{other.number}/arrive/", {"seat": seat.pk, "person": member.pk, "room": meeting.number}
    )

    assert answer.url == f"/meetings/{meeting.number}/"
    assert http.get(f"/meetings/{meeting.number}/live/", {"seen": seen}).status_code == 200
    answer = http.post(f"/meetings/{other.number}/leave/", {"seat": seat.pk, "room": "https://elsewhere.example/"})
    assert answer.url == f"/meetings/{other.number}/"


def test_the_page_of_meetings_calls_both_and_changes_it_on_pages_of_their_own():
    group, committee, _ = both_bodies()
    secretary = person_as(Role.SECRETARY)
    http = signed_in(secretary)
    data = {
        "body": group.pk,
        "together_with": committee.pk,
        "held_on": today().isoformat(),
        "begins_at": "۹:۰۰",
        "venue": "سالن",
    }
    assert http.post("/meetings/", data | {"together_with": group.pk}).status_code == 422
    assert http.post("/meetings/", data).status_code == 302
    meeting, other = Meeting.objects.order_by("-number")
    assert as_read(http.get("/meetings/")).count("مشترک</span>") == 2

    assert http.post(f"/meetings/{meeting.number}/change/separate/", {"reasons": WHY}).status_code == 302
    assert other_meeting(meeting) is None
    assert http.post(f"/meetings/{other.number}/change/combine/", {"joining": meeting.number}).status_code == 302
    assert other_meeting(meeting) == other


def test_programs_convene_combine_and_separate():
    both_bodies()
    http = signed_in(person_as(Role.SECRETARY))

    def post(path, data):
        return http.post(f"/api/meetings{path}", data, content_type="application/json")

    day = {"held_on": today().isoformat(), "begins_at": "09:00", "venue": "سالن"}
    made = post("", day | {"body": "working_group", "together_with": "violations_committee"})
    assert made.status_code == 201, made.content
    number, other = made.json()["number"], made.json()["combined_with"]
    assert other.startswith("VC") and http.get(f"/api/meetings/{other}").json()["combined_with"] == number
    assert {row["combined_with"] for row in http.get("/api/meetings").json()} == {number, other}
    assert post(f"/{number}/separation", {"reasons": WHY}).json()["combined_with"] is None
    assert post(f"/{number}/combination", {"joining": other}).json()["combined_with"] == other
    assert post(f"/{number}/combination", {"joining": other}).status_code == 409


def test_verification_notices_a_sitting_that_was_combined_behind_the_back():
    meeting, other, _ = convened()
    assert unsound() == []
    Meeting.objects.filter(pk__in=(meeting.pk, other.pk)).update(combined_with=None)
    assert [meeting.subject in problem.en for problem in unsound()] == [True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_of_two_clerks_who_combine_at_once_one_does_and_nobody_waits_in_a_ring(turn):
    group, committee, _ = both_bodies()
    secretary, second = person_as(Role.SECRETARY), person_as(Role.SECRETARY)
    meeting = convene(group, held_on=today() + DAY, **AT_NINE, by=secretary)

    raised = together(
        lambda: combine(Meeting.objects.get(pk=meeting.pk), committee, by=secretary),
        lambda: combine(Meeting.objects.get(pk=meeting.pk), committee, by=second),
    )

    assert raised == [refusals.CombinedAlready] and Meeting.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_a_sitting_that_is_called_off_from_both_rooms_at_once_is_called_off_once(turn):
    meeting, other, secretary = convened()

    raised = together(
        lambda: cancel(Meeting.objects.get(pk=meeting.pk), reasons=WHY, by=secretary),
        lambda: cancel(Meeting.objects.get(pk=other.pk), reasons=WHY, by=secretary),
    )

    assert raised == [refusals.NotInThisState]
    assert set(Meeting.objects.values_list("state", flat=True)) == {State.CANCELLED}
    assert unsound() == []


def test_a_stranger_cannot_be_brought_in_by_the_other_body():
    meeting, other, secretary = in_session()
    with pytest.raises(refusals.NotOfThisSeat):
        arrive(meeting, next(iter(sitting(meeting.body))), person("15"), by=secretary)
    assert present_at(other) == []
