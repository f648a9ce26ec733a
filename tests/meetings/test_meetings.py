"""A meeting from its convocation to resolutions that are carried out, and the ten ways it goes wrong."""

from datetime import timedelta

import pytest

from factories import person, person_as
from pishkhan.casework.models import Case
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.carrying_out import carry_out
from pishkhan.meetings.minutes.rendering import in_lines
from pishkhan.meetings.minutes.selectors import rendered
from pishkhan.meetings.minutes.services import draft_minutes, sign, sign_on_paper
from pishkhan.meetings.models import AgendaItem, Meeting, Minutes
from pishkhan.meetings.selectors import meetings_held, meetings_seen_by, ready_cases, resolutions_adopted
from pishkhan.meetings.services import (
    arrive,
    close_meeting,
    convene,
    open_meeting,
    publish_agenda,
    put_on_agenda,
)
from pishkhan.people.roles import Role
from procedure_driver import (
    AT_NINE,
    at,
    meeting_about,
    new_request,
    places,
    scanned,
    sitting,
    take,
    vote_on,
    working_group,
)

pytestmark = pytest.mark.usefixtures("law", "papers")


def decided(*outcomes):
    """A closed meeting that resolved so on as many cases."""
    under = places(len(outcomes))
    cases = [at(NewLicence, "agenda", under=under) for _ in outcomes]
    meeting, secretary = meeting_about(*cases)
    for item, outcome in zip(meeting.items.order_by("position"), outcomes, strict=True):
        vote_on(item, outcome, secretary)
    close_meeting(meeting, by=secretary)
    return meeting, secretary, cases


def test_what_was_resolved_is_carried_out_in_one_press_each_by_its_own_act():
    meeting, secretary, cases = decided("approved", "rejected", "conditional", "deferred")
    done = carry_out(meeting, by=secretary)
    assert [item.refusal for item in done] == [None] * 4
    assert [Case.objects.get(pk=case.pk).stage for case in cases] == ["inquiries", "rejected", "inquiries", "agenda"]
    assert all(
        Entry.objects.filter(act="resolution.carry-out", subject=item.resolution.subject).count() == 1 for item in done
    )
    assert carry_out(meeting, by=secretary) == []


def test_one_that_cannot_be_carried_out_keeps_no_other_back():
    meeting, secretary, cases = decided("approved", "approved")
    take(cases[0], "withdraw")
    done = carry_out(meeting, by=secretary)
    assert [item.refusal is None for item in done] == [False, True]
    assert [Case.objects.get(pk=case.pk).stage for case in cases] == ["withdrawn", "inquiries"]


def test_a_resolution_moves_nothing_by_itself():
    _, _, cases = decided("approved")
    assert Case.objects.get(pk=cases[0].pk).stage == "agenda"


def test_only_cases_that_are_ready_come_on_an_agenda_and_on_one_alone():
    under, body, secretary = places(3), working_group(), person_as(Role.SECRETARY)
    waiting, other = at(NewLicence, "agenda", under=under), at(NewLicence, "committee", under=under)
    meeting, second = (convene(body, held_on=today(), **AT_NINE, by=secretary) for _ in range(2))
    assert list(ready_cases(body)) == [waiting]
    with pytest.raises(refusals.NotReady):
        put_on_agenda(meeting, other, by=secretary)
    put_on_agenda(meeting, waiting, by=secretary)
    with pytest.raises(refusals.NotReady):
        put_on_agenda(second, waiting, by=secretary)
    assert list(ready_cases(body)) == []


def test_an_agenda_is_fixed_once_published_and_not_empty():
    body, secretary = working_group(), person_as(Role.SECRETARY)
    meeting = convene(body, held_on=today(), **AT_NINE, by=secretary)
    with pytest.raises(refusals.NoAgenda):
        publish_agenda(meeting, by=secretary)
    put_on_agenda(meeting, at(NewLicence, "agenda"), by=secretary)
    publish_agenda(meeting, by=secretary)
    with pytest.raises(refusals.NotInThisState):
        put_on_agenda(meeting, at(NewLicence, "agenda"), by=secretary)


def test_a_meeting_is_called_for_a_day_to_come_and_opens_on_that_day():
    body, secretary = working_group(), person_as(Role.SECRETARY)
    with pytest.raises(refusals.InThePast):
        convene(body, held_on=today() - timedelta(days=1), **AT_NINE, by=secretary)
    meeting = convene(body, held_on=today() + timedelta(days=3), **AT_NINE, by=secretary)
    put_on_agenda(meeting, at(NewLicence, "agenda"), by=secretary)
    publish_agenda(meeting, by=secretary)
    with pytest.raises(refusals.NotOnItsDay):
        open_meeting(meeting, by=secretary)
    with clock.at(now() + timedelta(days=3)):
        open_meeting(meeting, by=secretary)


def test_a_seat_is_taken_by_who_sits_on_it_and_by_one_at_a_time():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    seat, member = next(iter(sitting(meeting.body).items()))
    with pytest.raises(refusals.SeatIsTaken):
        arrive(meeting, seat, member, by=secretary)
    with pytest.raises(refusals.NotOfThisSeat):
        arrive(meeting, seat, person("15"), by=secretary)


def test_no_meeting_closes_with_an_item_undecided():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    with pytest.raises(refusals.Undecided):
        close_meeting(meeting, by=secretary)


def test_only_the_secretary_runs_a_meeting():
    meeting, _ = meeting_about(at(NewLicence, "agenda"))
    member = next(iter(sitting(meeting.body).values()))
    for somebody in (member, person_as(Role.EXPERT), person_as(Role.SECRETARY, place="1504")):
        with pytest.raises(NotPermitted):
            close_meeting(meeting, by=somebody)


def test_minutes_tell_what_happened_and_stand_once_they_are_signed():
    meeting, secretary, cases = decided("approved")
    minutes = draft_minutes(meeting, by=secretary)
    draft_minutes(meeting, by=secretary)
    assert cases[0].number in in_lines(rendered(minutes), "en")
    assert "approved" in in_lines(rendered(minutes), "en")
    assert "تصویب شد" in in_lines(rendered(minutes), "fa")
    attendee = next(iter(sitting(meeting.body).values()))
    with pytest.raises(refusals.OtherMinutes):
        sign(minutes, "0" * 64, by=attendee)
    sign(minutes, minutes.digest, by=attendee)
    with pytest.raises(refusals.MinutesAreSigned):
        draft_minutes(meeting, by=secretary)
    sign_on_paper(minutes, list(sitting(meeting.body).values())[1], scan=scanned(secretary), by=secretary)
    assert Minutes.objects.get().signatures.count() == 2


def test_who_was_not_there_signs_nothing():
    meeting, secretary, _ = decided("approved")
    minutes = draft_minutes(meeting, by=secretary)
    with pytest.raises(refusals.NotAnAttendee):
        sign_on_paper(minutes, person("15"), scan=scanned(secretary), by=secretary)


def test_minutes_of_an_open_meeting_are_not_drafted():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    with pytest.raises(refusals.NotInThisState):
        draft_minutes(meeting, by=secretary)


def test_the_meetings_held_and_resolutions_adopted_as_known_on_a_day():
    yesterday = today() - timedelta(days=1)
    decided("approved", "rejected")
    result = (meetings_held("15", today(), today()), resolutions_adopted("15", today(), today()))
    assert [rows.count() for rows in result] == [1, 2]
    before = (
        meetings_held("15", today(), today(), known_on=yesterday),
        resolutions_adopted("15", today(), today(), known_on=yesterday),
    )
    assert [rows.count() for rows in before] == [0, 0]
    assert meetings_held("16", today(), today()).count() == 0
    assert resolutions_adopted("1504", today(), today()).count() == 0


def test_a_meeting_that_was_only_convened_is_not_held():
    convene(working_group(), held_on=today(), **AT_NINE, by=person_as(Role.SECRETARY))
    assert meetings_held("15", today(), today()).count() == 0


def test_whom_a_meeting_is_shown():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    member = next(iter(sitting(meeting.body).values()))
    assert list(meetings_seen_by(member)) == list(meetings_seen_by(secretary)) == [Meeting.objects.get()]
    assert list(meetings_seen_by(person_as(Role.EXPERT, place="16"))) == []
    assert list(meetings_seen_by(new_request().organisation.assignments.get().person)) == []
    assert AgendaItem.objects.count() == 1
