"""One person is one voice: on however many seats, whoever left, whoever deputises; and what can be decided is put."""

from datetime import timedelta

import pytest

from factories import company, person, person_as
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.minutes.rendering import in_lines
from pishkhan.meetings.minutes.selectors import rendered
from pishkhan.meetings.minutes.services import draft_minutes
from pishkhan.meetings.models import AgendaItem, Ballot, Entitlement, Membership, Outcome, Resolution
from pishkhan.meetings.selectors import MAJORITY, quorum_of, resolutions_adopted
from pishkhan.meetings.services import appoint, arrive, close_meeting, end_membership, give_seat, leave
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote, tally_of
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Number
from procedure_driver import at, meeting_about, sitting, take, vote_on

pytestmark = pytest.mark.usefixtures("law", "papers")
FOR, AGAINST = Entitlement.Choice.FOR, Entitlement.Choice.AGAINST
State = AgendaItem.State
DAY = timedelta(days=1)


def in_session():
    """A meeting with one case, everybody there; its item, the secretary, and who sits by seat."""
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    return meeting.items.get(), secretary, sitting(meeting.body)


def deputy_of(seat):
    deputy = person("15")
    appoint(seat, deputy, letter="2", deputy=True, by=SYSTEM)
    return deputy


def deputy_on(seat, someone):
    appoint(seat, someone, letter="2", deputy=True, by=SYSTEM)


def as_if_from(membership, day):
    """Let a membership have begun on a day."""
    with act(SYSTEM, "as-if", on=membership.seat.body, role=Role.SYSTEM):
        Membership.objects.filter(pk=membership.pk).update(from_on=day)
    membership.refresh_from_db()


def test_nobody_sits_twice_and_so_makes_no_quorum_alone():
    item, secretary, seats = in_session()
    (first, member), *others = seats.items()
    for seat, _ in others:
        leave(item.meeting, seat, by=secretary)
        appoint(seat, member, letter="2", deputy=True, by=SYSTEM)

    for seat, _ in others:
        with pytest.raises(refusals.SitsAlready):
            arrive(item.meeting, seat, member, by=secretary)

    assert quorum_of(item).present == 1
    with pytest.raises(refusals.NoQuorum):
        open_vote(item, "approved", by=secretary)
    leave(item.meeting, first, by=secretary)
    arrive(item.meeting, others[0][0], member, by=secretary)  # who left the one seat may take another


def test_a_quorum_counts_persons_even_where_one_was_noted_on_two_seats_before():
    item, _, seats = in_session()
    (_, member), (second, _), _ = seats.items()
    item.meeting.attendances.filter(seat=second).update(person=member)

    assert quorum_of(item).present == 2


def test_who_has_left_votes_no_more_and_what_they_voted_stands():
    item, secretary, seats = in_session()
    (chair_seat, chair), (_, region), (third_seat, third) = seats.items()
    ballot = open_vote(item, "approved", by=secretary)
    cast_vote(ballot, FOR, by=chair)
    leave(item.meeting, third_seat, by=secretary)

    with pytest.raises(refusals.NotEntitled):
        cast_vote(ballot, AGAINST, by=third, reasons="دور است", grounds=["persons"])
    cast_vote(ballot, FOR, by=region)
    leave(item.meeting, chair_seat, by=secretary)
    assert quorum_of(item).present == 1
    assert close_vote(item, by=secretary) is None  # the quorum is asked without who left

    ballot.refresh_from_db()
    assert (ballot.result, ballot.votes.count()) == (Ballot.Result.NO_QUORUM, 2)


def test_the_deputy_in_the_seat_votes_for_it_if_the_member_has_not():
    item, secretary, seats = in_session()
    (_, chair), (_, region), (seat, member) = seats.items()
    deputy = deputy_of(seat)
    ballot = open_vote(item, "approved", by=secretary)
    leave(item.meeting, seat, by=secretary)
    arrive(item.meeting, seat, deputy, by=secretary)

    for voter in (chair, region):
        cast_vote(ballot, FOR, by=voter)
    with pytest.raises(refusals.VotesAreMissing):
        close_vote(item, by=secretary)
    with pytest.raises(refusals.NotEntitled):
        cast_vote(ballot, FOR, by=member)
    cast_vote(ballot, AGAINST, by=deputy, reasons="دور است", grounds=["persons"])

    cast = Entry.objects.filter(subject=item.subject, act="item.vote").latest("number")
    assert (cast.actor, cast.facts["seat"]) == (deputy.ref, seat.pk)
    assert close_vote(item, by=secretary).votes_against == 1


def test_the_deputy_does_not_vote_again_for_a_seat_that_has_voted():
    item, secretary, seats = in_session()
    seat, member = list(seats.items())[2]
    deputy = deputy_of(seat)
    ballot = open_vote(item, "approved", by=secretary)
    cast_vote(ballot, FOR, by=member)
    leave(item.meeting, seat, by=secretary)
    arrive(item.meeting, seat, deputy, by=secretary)

    with pytest.raises(refusals.VotedAlready):
        cast_vote(ballot, AGAINST, by=deputy, reasons="دور است", grounds=["persons"])


def test_who_voted_and_moves_to_another_seat_has_voted():
    item, secretary, seats = in_session()
    (chair_seat, chair), (_, region), (seat, _) = seats.items()
    appoint(seat, chair, letter="2", deputy=True, by=SYSTEM)
    ballot = open_vote(item, "approved", by=secretary)
    cast_vote(ballot, FOR, by=chair)
    for left in (chair_seat, seat):
        leave(item.meeting, left, by=secretary)
    arrive(item.meeting, seat, chair, by=secretary)

    with pytest.raises(refusals.VotedAlready):
        cast_vote(ballot, FOR, by=chair)
    room = signed_in(chair).get(f"/meetings/{item.meeting.number}/")
    assert (room.context["at_hand"]["may_vote"], room.context["at_hand"]["voted"]) == (False, True)
    cast_vote(ballot, FOR, by=region)

    resolution = close_vote(item, by=secretary)  # nor is a second vote of theirs waited for
    assert (resolution.votes_for, ballot.votes.count()) == (2, 2)


def test_whose_membership_ends_while_they_sit_is_no_voice():
    item, secretary, seats = in_session()
    (_, chair), (_, region), (seat, member) = seats.items()
    deputy_on(next(iter(seats)), member)
    ballot = open_vote(item, "approved", by=secretary)
    row = Membership.objects.get(seat=seat, person=member)
    as_if_from(row, today() - DAY)
    end_membership(row, on=today() - DAY, by=person_as(Role.DIRECTOR))

    assert quorum_of(item).present == 2
    with pytest.raises(refusals.NotEntitled):
        cast_vote(ballot, FOR, by=member)
    for voter in (chair, region):
        cast_vote(ballot, FOR, by=voter)
    assert close_vote(item, by=secretary).votes_for == 2


def test_a_chair_breaks_a_tie_of_a_simple_majority_and_makes_up_for_no_greater_one():
    item, secretary, seats = in_session()
    leave(item.meeting, list(seats)[2], by=secretary)
    (_, chair), (_, region), _ = seats.items()
    ballot = open_vote(item, "approved", by=secretary)
    cast_vote(ballot, FOR, by=chair)
    cast_vote(ballot, AGAINST, by=region, reasons="دور است", grounds=["persons"])
    assert tally_of(ballot).casting_vote

    Number.objects.filter(key=MAJORITY.code).update(value=66)

    assert (tally_of(ballot).casting_vote, tally_of(ballot).carried) == (False, False)


def test_a_seat_that_was_empty_when_the_ballot_opened_has_no_vote_in_it():
    item, secretary, seats = in_session()
    seat, member = list(seats.items())[2]
    leave(item.meeting, seat, by=secretary)
    ballot = open_vote(item, "approved", by=secretary)
    arrive(item.meeting, seat, member, by=secretary)

    with pytest.raises(refusals.NotEntitled):
        cast_vote(ballot, FOR, by=member)


def test_the_room_shows_a_vote_to_who_sits_in_the_seat_now():
    item, secretary, seats = in_session()
    seat, member = list(seats.items())[2]
    deputy = deputy_of(seat)
    open_vote(item, "approved", by=secretary)
    leave(item.meeting, seat, by=secretary)
    arrive(item.meeting, seat, deputy, by=secretary)

    rooms = [signed_in(who).get(f"/meetings/{item.meeting.number}/") for who in (member, deputy)]

    assert [room.context["at_hand"]["may_vote"] for room in rooms] == [False, True]


@pytest.mark.parametrize("outcome", ["sanctioned", "unfounded"])
def test_nothing_is_put_to_the_vote_that_no_step_could_carry_out(outcome):
    item, secretary, _ = in_session()

    with pytest.raises(refusals.NoWay):
        open_vote(item, outcome, by=secretary)
    answer = signed_in(secretary).post(
        f"/api/meetings/{item.meeting.number}/items/1/ballots", {"motion": outcome}, content_type="application/json"
    )

    assert answer.status_code == 422 and refusals.NoWay(Outcome(outcome).text).text.fa in answer.json()["refusal"]
    item.refresh_from_db()
    assert item.state == State.WAITING and not Ballot.objects.exists()


def test_an_item_whose_case_is_withdrawn_falls_away_and_the_minutes_say_so():
    item, secretary, _ = in_session()
    meeting = item.meeting
    take(item.case, "withdraw")

    with pytest.raises(refusals.MovedOn):
        open_vote(AgendaItem.objects.get(pk=item.pk), "approved", by=secretary)
    shown = signed_in(secretary).get(f"/meetings/{meeting.number}/")
    close_meeting(meeting, by=secretary)

    assert shown.context["at_hand"] is None and "از دستور افتاد" in shown.content.decode()
    item.refresh_from_db()
    fell = Entry.objects.filter(subject=item.subject).latest("number")
    closing = Entry.objects.filter(subject=meeting.subject).latest("number")
    assert (item.state, fell.act, fell.because) == (State.FALLEN, "item.fall-away", closing.name)
    minutes = draft_minutes(meeting, by=secretary)
    assert "از دستور افتاد" in in_lines(rendered(minutes), "fa") and "fell away" in in_lines(rendered(minutes), "en")
    assert not Resolution.objects.exists() and list(problems()) == []


def test_a_case_that_moves_while_it_is_voted_on_is_not_resolved():
    item, secretary, seats = in_session()
    ballot = open_vote(item, "approved", by=secretary)
    for member in seats.values():
        cast_vote(ballot, FOR, by=member)
    take(Case.objects.get(pk=item.case_id), "withdraw")

    item = AgendaItem.objects.get(pk=item.pk)
    assert close_vote(item, by=secretary) is None
    ballot.refresh_from_db()
    assert ballot.result == Ballot.Result.OVERTAKEN
    close_meeting(item.meeting, by=secretary)
    assert not resolutions_adopted("15", today(), today()).exists()
    item.refresh_from_db()
    assert item.state == State.FALLEN and list(problems()) == []


def test_a_ballot_that_is_open_when_its_case_has_gone_ends_with_the_meeting():
    item, secretary, _ = in_session()
    ballot = open_vote(item, "approved", by=secretary)
    take(Case.objects.get(pk=item.case_id), "withdraw")

    close_meeting(item.meeting, by=secretary)

    ballot.refresh_from_db()
    assert ballot.result == Ballot.Result.OVERTAKEN and ballot.closed_at is not None
    assert list(problems()) == []


def test_what_is_still_to_be_decided_holds_the_meeting_open_beside_what_fell():
    gone, left = at(NewLicence, "agenda"), at(NewLicence, "agenda", under=None)
    meeting, secretary = meeting_about(gone, left)
    take(gone, "withdraw")

    with pytest.raises(refusals.Undecided):
        close_meeting(meeting, by=secretary)
    vote_on(meeting.items.get(case=left), Outcome.DEFERRED, secretary)
    close_meeting(meeting, by=secretary)

    states = dict(meeting.items.values_list("case", "state"))
    assert states == {gone.pk: State.FALLEN, left.pk: State.DECIDED}


def test_a_seat_that_only_attends_is_no_second_voice():
    item, secretary, seats = in_session()
    member = next(iter(seats.values()))
    director = person_as(Role.DIRECTOR)
    observer = give_seat(item.meeting.body, company("15", kind="public", legal_id=None), votes=False, by=director)
    appoint(observer, member, letter="3", by=SYSTEM)

    with pytest.raises(refusals.SitsAlready):
        arrive(item.meeting, observer, member, by=secretary)
