"""Meetings that do not go as planned: put off, called off, adjourned, without a quorum, past their day.

The law of it by hand: whatever is convened is held, called off, or ended by the clock; no case is stranded with it.
"""

from datetime import date, time, timedelta

import pytest

from factories import as_if, person_as
from http_client import as_read, signed_in
from pishkhan.casework.models import Case
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.course.agenda import add_by_vote, take_off, take_off_by_vote
from pishkhan.meetings.course.clock import tick
from pishkhan.meetings.course.services import adjourn, cancel, end_inquorate, end_past_its_day, postpone
from pishkhan.meetings.dossiers import open_file, open_files
from pishkhan.meetings.models import AgendaItem, Ballot, Entitlement, Meeting, Resolution
from pishkhan.meetings.selectors import meetings_held, next_meeting_of, quorum_came, ready_cases
from pishkhan.meetings.services import arrive, close_meeting, convene, leave, open_meeting, publish_agenda
from pishkhan.meetings.voting import break_off_vote, cast_vote, close_vote, open_vote
from pishkhan.notices.models import Notice
from pishkhan.people.roles import Role
from procedure_driver import AT_NINE, at, meeting_about, places, sitting, take, vote_on, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)
WHY = "سالن در دسترس نیست"
State, Item = Meeting.State, AgendaItem.State


def cases(count):
    under = places(count)
    return [at(NewLicence, "agenda", under=under) for _ in range(count)]


def states(meeting):
    return list(meeting.items.order_by("position").values_list("state", flat=True))


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def notices(template):
    return Notice.objects.filter(template=template)


def unattended(*wanted):
    """A meeting that was opened and to which one member of three came."""
    meeting, secretary = meeting_about(*wanted, opened=False)
    open_meeting(meeting, by=secretary)
    seat, member = next(iter(sitting(meeting.body).items()))
    arrive(meeting, seat, member, by=secretary)
    return meeting, secretary


def test_members_read_nothing_more_of_what_their_meeting_does_not_decide():
    first, second = cases(2)
    meeting, secretary = meeting_about(first, second, opened=False)
    member = next(iter(sitting(meeting.body).values()))
    assert len(open_files(meeting, member)) == 2
    item = take_off(meeting, meeting.items.get(position=1), reasons=WHY, by=secretary)
    with pytest.raises(refusals.NoLongerOnTheAgenda):
        open_file(item, member)
    assert len(open_files(meeting, member)) == 1
    cancel(meeting, reasons=WHY, by=secretary)
    assert open_files(meeting, member) == set()


@pytest.mark.parametrize("published", [True, False])
def test_who_cancels_says_why_the_members_are_told_and_the_cases_are_ready_again(published):
    (case,) = cases(1)
    meeting, secretary = meeting_about(case, opened=False)
    if not published:
        as_if([meeting], state=State.CONVENED)
    with pytest.raises(refusals.NoReasonsGiven):
        cancel(meeting, reasons=" ", by=secretary)
    assert not ready_cases(meeting.body).exists()

    cancel(meeting, reasons=WHY, by=secretary)

    assert (meeting.state, states(meeting)) == (State.CANCELLED, [Item.RETURNED])
    assert list(ready_cases(meeting.body)) == [case] and next_meeting_of(case.tracking_code) is None
    assert words_of(meeting.subject)[last_of(meeting).number, "reasons"] == WHY
    assert {notice.to for notice in notices("meeting.cancelled")} == set(sitting(meeting.body).values())
    with pytest.raises(refusals.NotInThisState):
        open_meeting(meeting, by=secretary)
    assert meetings_held("15", today(), today()).count() == 0
    assert "به نوبت بازگشت" in as_read(signed_in(secretary).get(f"/cases/{case.number}/"))
    assert list(problems()) == []


def test_a_meeting_in_session_is_not_cancelled_nor_put_off():
    meeting, secretary = meeting_about(*cases(1))
    with pytest.raises(refusals.NotInThisState):
        cancel(meeting, reasons=WHY, by=secretary)
    with pytest.raises(refusals.NotInThisState):
        postpone(meeting, held_on=today() + DAY, **AT_NINE, reasons=WHY, by=secretary)


def test_a_meeting_that_is_put_off_keeps_its_agenda_and_opens_on_its_new_day_alone():
    (case,) = cases(1)
    meeting, secretary = meeting_about(case, opened=False)
    for wrong, refusal in (
        ({"held_on": today() - DAY}, refusals.InThePast),
        ({"venue": "  "}, refusals.NoVenue),
        ({"held_on": today()}, refusals.SameAppointment),
    ):
        with pytest.raises(refusal):
            postpone(meeting, **{"held_on": today() + DAY} | AT_NINE | wrong, reasons=WHY, by=secretary)

    postpone(meeting, held_on=today() + DAY, begins_at=time(14, 30), venue="استانداری", reasons=WHY, by=secretary)

    assert (meeting.held_on, meeting.begins_at, meeting.venue) == (today() + DAY, time(14, 30), "استانداری")
    assert last_of(meeting).facts["from"] == today().isoformat() and states(meeting) == [Item.WAITING]
    assert notices("meeting.postponed").count() == 3
    assert next_meeting_of(case.tracking_code) == today() + DAY and not ready_cases(meeting.body).exists()
    with pytest.raises(refusals.NotOnItsDay):
        open_meeting(meeting, by=secretary)
    with clock.at(now() + DAY):
        open_meeting(meeting, by=secretary)


def test_another_hour_of_the_same_day_is_put_off_too():
    meeting, secretary = meeting_about(*cases(1), opened=False)
    postpone(meeting, held_on=today(), begins_at=time(11), venue=meeting.venue, reasons=WHY, by=secretary)
    assert Meeting.objects.get().begins_at == time(11)


def test_what_was_decided_before_an_adjournment_stands_and_the_rest_goes_on_in_a_meeting_of_its_own():
    first, second, third = cases(3)
    meeting, secretary = meeting_about(first, second, third)
    resolution = vote_on(meeting.items.get(position=1), "approved", secretary)
    ballot = open_vote(meeting.items.get(position=2), "approved", by=secretary)

    adjourn(meeting, held_on=today() + DAY, **AT_NINE, reasons=WHY, by=secretary)

    assert (meeting.state, states(meeting)) == (State.CLOSED, [Item.DECIDED, Item.RETURNED, Item.RETURNED])
    ballot.refresh_from_db()
    assert (ballot.result, ballot.closed_at is not None) == (Ballot.Result.BROKEN_OFF, True)
    following = Meeting.objects.get(continues=meeting)
    assert [item.case for item in following.items.order_by("position")] == [second, third]
    assert (following.state, following.number) == (State.CONVENED, meeting.number[:-1] + "2")
    assert notices("meeting.adjourned").count() == 3 and notices("meeting.convened").count() == 3
    assert not ready_cases(meeting.body).exists()
    publish_agenda(following, by=secretary)
    with clock.at(now() + DAY):
        open_meeting(following, by=secretary)
        for seat, member in sitting(following.body).items():
            arrive(following, seat, member, by=secretary)
        later = vote_on(following.items.get(position=1), "rejected", secretary)
        assert (resolution.decided_on, later.decided_on) == (today() - DAY, today())
        assert list(problems()) == []


def test_what_is_adjourned_to_no_day_waits_for_any_meeting():
    first, second = cases(2)
    meeting, secretary = meeting_about(first, second)
    vote_on(meeting.items.get(position=1), "approved", secretary)
    with pytest.raises(refusals.HalfAnAppointment):
        adjourn(meeting, held_on=today() + DAY, reasons=WHY, by=secretary)
    assert Meeting.objects.get().state == State.OPEN

    adjourn(meeting, reasons=WHY, by=secretary)

    assert list(ready_cases(meeting.body)) == [second] and not Meeting.objects.filter(continues=meeting).exists()
    assert not meeting.attendances.filter(left_at=None).exists()


def test_without_a_quorum_a_meeting_ends_as_inquorate_is_not_held_and_strands_no_case():
    (case,) = cases(1)
    meeting, secretary = unattended(case)
    with pytest.raises(refusals.QuorumNeverCame):
        adjourn(meeting, reasons=WHY, by=secretary)

    end_inquorate(meeting, by=secretary)

    assert (meeting.state, states(meeting)) == (State.INQUORATE, [Item.RETURNED])
    assert list(ready_cases(meeting.body)) == [case] and meetings_held("15", today(), today()).count() == 0
    other, _ = meeting_about(case)
    assert vote_on(other.items.get(), "approved", secretary).item.meeting == other


def test_a_meeting_that_had_its_quorum_once_was_held_however_it_ends():
    meeting, secretary = meeting_about(*cases(1))
    for seat in sitting(meeting.body):
        leave(meeting, seat, by=secretary)
    assert quorum_came(meeting)
    with pytest.raises(refusals.QuorumCame):
        end_inquorate(meeting, by=secretary)
    adjourn(meeting, reasons=WHY, by=secretary)
    assert meetings_held("15", today(), today()).count() == 1


def test_a_meeting_with_nothing_left_to_decide_and_no_quorum_at_any_moment_was_not_held():
    (case,) = cases(1)
    meeting, secretary = unattended(case)
    take(case, "withdraw")
    close_meeting(meeting, by=secretary)
    assert (meeting.state, states(meeting)) == (State.INQUORATE, [Item.FALLEN])


def test_the_chair_ends_a_meeting_as_the_secretary_does_and_no_other_member():
    meeting, _ = unattended(*cases(1))
    (_, chair), (_, region), _ = sitting(meeting.body).items()
    for somebody in (region, person_as(Role.EXPERT), person_as(Role.SECRETARY, "16")):
        with pytest.raises(NotPermitted):
            end_inquorate(meeting, by=somebody)
    end_inquorate(meeting, by=chair)
    assert (last_of(meeting).actor, last_of(meeting).role) == (chair.ref, Role.MEMBER)


@pytest.mark.parametrize(
    ("arranged", "state"),
    [
        ("convened", State.LAPSED),
        ("published", State.LAPSED),
        ("inquorate", State.INQUORATE),
        ("in session", State.CLOSED),
    ],
)
def test_the_clock_ends_what_did_not_end_on_its_day_and_not_before(arranged, state):
    wanted = cases(2)
    if arranged == "inquorate":
        meeting, secretary = unattended(*wanted)
    else:
        meeting, secretary = meeting_about(*wanted, opened=arranged == "in session")
    if arranged == "convened":
        as_if([meeting], state=State.CONVENED)
    decided = vote_on(meeting.items.get(position=1), "approved", secretary) if arranged == "in session" else None
    assert tick() == []

    with clock.at(now() + DAY):
        assert tick() == [meeting] and tick() == []
        with pytest.raises(refusals.NotInThisState):
            end_past_its_day(meeting)

    meeting.refresh_from_db()
    assert meeting.state == state and last_of(meeting).actor == "clock"
    left = wanted[1:] if decided else wanted
    assert set(ready_cases(meeting.body)) == set(left)
    assert Resolution.objects.count() == (1 if decided else 0)


def test_nothing_is_decided_in_a_meeting_once_its_day_is_over():
    meeting, secretary = meeting_about(*cases(2))
    first, second = meeting.items.order_by("position")
    ballot = open_vote(first, "approved", by=secretary)
    chair, region, third = sitting(meeting.body).values()
    for member in (chair, region):
        cast_vote(ballot, Entitlement.Choice.FOR, by=member)
    with clock.at(now() + DAY):
        for late in (
            lambda: cast_vote(ballot, Entitlement.Choice.FOR, by=third),
            lambda: close_vote(first, by=secretary),
            lambda: open_vote(second, "approved", by=secretary),
            lambda: add_by_vote(meeting, first.case, votes_for=3, votes_against=0, by=secretary),
        ):
            with pytest.raises(refusals.ItsDayIsOver):
                late()
        tick()
    assert not Resolution.objects.exists()


def test_an_item_is_taken_off_before_the_meeting_by_the_secretary_with_a_reason():
    first, second = cases(2)
    meeting, secretary = meeting_about(first, second, opened=False)
    item = meeting.items.get(position=1)
    with pytest.raises(refusals.NoReasonsGiven):
        take_off(meeting, item, reasons="", by=secretary)

    take_off(meeting, item, reasons=WHY, by=secretary)

    assert states(meeting) == [Item.TAKEN_OFF, Item.WAITING] and list(ready_cases(meeting.body)) == [first]
    with pytest.raises(refusals.NotOnTheAgenda):
        take_off(meeting, item, reasons=WHY, by=secretary)
    open_meeting(meeting, by=secretary)
    with pytest.raises(refusals.NotInThisState):
        take_off(meeting, meeting.items.get(position=2), reasons=WHY, by=secretary)


def test_an_agenda_of_which_all_was_taken_off_is_not_published():
    (case,) = cases(1)
    meeting, secretary = meeting_about(case, opened=False)
    as_if([meeting], state=State.CONVENED)
    take_off(meeting, meeting.items.get(), reasons=WHY, by=secretary)
    with pytest.raises(refusals.NoAgenda):
        publish_agenda(meeting, by=secretary)


def test_in_session_the_agenda_is_changed_by_a_majority_of_those_present_alone():
    first, second, new = cases(3)
    meeting, secretary = meeting_about(first, second)
    for votes, refusal in (
        ((1, 1), refusals.NotCarried),
        ((0, 0), refusals.NotCarried),
        ((3, 1), refusals.MoreVotesThanVoters),
    ):
        with pytest.raises(refusal):
            add_by_vote(meeting, new, votes_for=votes[0], votes_against=votes[1], by=secretary)

    item = add_by_vote(meeting, new, votes_for=2, votes_against=1, by=secretary)
    take_off_by_vote(meeting, meeting.items.get(position=1), reasons=WHY, votes_for=2, votes_against=0, by=secretary)

    assert (item.position, last_of(item).facts["for"]) == (3, 2)
    assert states(meeting) == [Item.TAKEN_OFF, Item.WAITING, Item.WAITING]
    with pytest.raises(refusals.NotReady):
        add_by_vote(meeting, second, votes_for=3, votes_against=0, by=secretary)
    again = add_by_vote(meeting, first, votes_for=3, votes_against=0, by=secretary)  # it was taken off, and may return
    assert again.position == 4
    for seat in list(sitting(meeting.body))[1:]:
        leave(meeting, seat, by=secretary)
    with pytest.raises(refusals.NoQuorum):
        take_off_by_vote(meeting, again, reasons=WHY, votes_for=1, votes_against=0, by=secretary)


def test_what_is_under_vote_or_of_another_meeting_is_not_taken_off():
    meeting, secretary = meeting_about(*cases(1))
    other, _ = meeting_about(*cases(1))
    open_vote(meeting.items.get(), "approved", by=secretary)
    for item in (meeting.items.get(), other.items.get()):
        with pytest.raises(refusals.NotOnTheAgenda):
            take_off_by_vote(meeting, item, reasons=WHY, votes_for=3, votes_against=0, by=secretary)


def test_a_ballot_is_broken_off_with_a_reason_and_its_item_waits_for_another():
    meeting, secretary = meeting_about(*cases(1))
    item = meeting.items.get()
    ballot = open_vote(item, "approved", by=secretary)
    with pytest.raises(refusals.NoReasonsGiven):
        break_off_vote(item, reasons="", by=secretary)
    with pytest.raises(NotPermitted):
        break_off_vote(item, reasons=WHY, by=next(iter(sitting(meeting.body).values())))

    break_off_vote(item, reasons=WHY, by=secretary)

    ballot.refresh_from_db()
    assert (ballot.result, item.state) == (Ballot.Result.BROKEN_OFF, Item.WAITING)
    with pytest.raises(refusals.NotInThisState):
        break_off_vote(item, reasons=WHY, by=secretary)
    assert vote_on(item, "approved", secretary).votes_for == 3


def test_whoever_is_convened_is_told_when_and_where_deputies_too():
    meeting = convene(working_group(), held_on=today(), **AT_NINE, by=person_as(Role.SECRETARY))
    told_of = notices("meeting.convened")
    assert {notice.to for notice in told_of} == set(sitting(meeting.body).values())
    assert told_of.first().facts["hour"] == "9:00" and told_of.first().facts["venue"] == AT_NINE["venue"]
    with pytest.raises(refusals.NoVenue):
        convene(working_group(), held_on=today(), begins_at=time(9), venue=" ", by=person_as(Role.SECRETARY))


def test_a_meeting_across_the_end_of_the_year_keeps_the_number_it_was_called_under():
    with clock.at(now().replace(year=2026, month=3, day=18)):  # 27 Esfand 1404
        meeting = convene(working_group(), held_on=date(2026, 3, 20), **AT_NINE, by=person_as(Role.SECRETARY))
        postpone(meeting, held_on=date(2026, 4, 6), **AT_NINE, reasons=WHY, by=person_as(Role.SECRETARY))
    assert meeting.number == "WG-15-1404-1"


def test_the_secretary_sees_today_what_is_to_end_today_and_what_the_clock_will_do():
    meeting, secretary = meeting_about(*cases(1))
    desk = signed_in(secretary)
    assert 'href="/meetings/?due=1"' in as_read(desk.get("/today/"))
    assert meeting.number in as_read(desk.get("/meetings/?due=1"))
    assert "ساعت سامانه آن را پایان می‌دهد" in as_read(desk.get(f"/meetings/{meeting.number}/"))
    adjourn(meeting, reasons=WHY, by=secretary)
    assert meeting.number not in as_read(desk.get("/meetings/?due=1"))


def test_on_the_page_of_a_change_one_writes_as_people_do_and_the_room_tells_what_happened():
    meeting, secretary = meeting_about(*cases(1), opened=False)
    desk, address = signed_in(secretary), f"/meetings/{meeting.number}/change"
    form = {"held_on": "۱۴۰۹/۱۲/۳۰", "begins_at": "۱۰:۳۰", "venue": "سالن ۲", "reasons": WHY}
    assert "ندارد" in as_read(desk.post(f"{address}/postpone/", form))  # 1409 has no 30 Esfand
    assert "ساعت نیست" in as_read(desk.post(f"{address}/postpone/", form | {"begins_at": "25:00"}))
    answer = desk.post(f"{address}/postpone/", form | {"held_on": "۱۴۰۸/۱۲/۳۰"}, follow=True)
    assert Meeting.objects.get().begins_at == time(10, 30) and WHY in as_read(answer)
    assert desk.get(f"{address}/close/").status_code == desk.get(f"{address}/dance/").status_code == 404
    assert signed_in(person_as(Role.EXPERT)).post(f"{address}/cancel/", {"reasons": WHY}).status_code == 403
    assert Case.objects.filter(stage="agenda").count() == 1
