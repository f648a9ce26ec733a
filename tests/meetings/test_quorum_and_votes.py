"""No sequence of presence, recusal and votes yields a resolution without quorum; votes count as the rules say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories import company, division, person, person_as
from law import enter_law
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.models import Ballot, Entitlement, Membership, Recusal, Resolution, Seat
from pishkhan.meetings.selectors import quorum_of, suggested_recusals
from pishkhan.meetings.services import appoint, arrive, close_meeting, constitute, convene, give_seat, leave, recuse
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote, tally_of
from pishkhan.offices.models import Premises
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.regulation.models import Adoption
from procedure_driver import AT_NINE, at, meeting_about, places, sitting, vote_on, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")
FOR, AGAINST, ABSTAIN = Entitlement.Choice
DEEDS = ("arrive", "leave", "recuse", "open", "vote", "close")


@pytest.mark.usefixtures("papers")
class AnySequence(TestCase):
    @settings(deadline=None, max_examples=30)
    @given(st.data())
    def test_yields_no_resolution_without_quorum(self, data):
        enter_law()
        item, secretary = before_the_group(seats=data.draw(st.integers(0, 2)))
        seats = list(sitting(item.meeting.body).items())
        for _ in range(data.draw(st.integers(3, 25))):
            deed = data.draw(st.sampled_from(DEEDS))
            seat, member = data.draw(st.sampled_from(seats))
            quorate = quorum_of(item).met
            try:
                self.do(deed, item, seat, member, secretary, data)
            except Refusal:
                continue
            item.refresh_from_db()
            if Resolution.objects.exists():
                assert deed == "close"
                assert quorate
                assert self.carried_by_the_rules()
                break
        assert list(problems()) == []

    def do(self, deed, item, seat, member, secretary, data):
        match deed:
            case "arrive":
                arrive(item.meeting, seat, member, by=secretary)
            case "leave":
                leave(item.meeting, seat, by=secretary)
            case "recuse":
                recuse(item, member, reason=Recusal.Reason.DECLARED, by=member)
            case "open":
                open_vote(item, "approved", by=secretary)
            case "vote":
                ballot = Ballot.objects.filter(item=item, closed_at=None).first()
                if ballot:
                    cast_vote(
                        ballot,
                        data.draw(st.sampled_from([FOR, AGAINST, ABSTAIN])),
                        by=member,
                        reasons="x",
                        grounds=["persons"],
                    )
            case "close":
                close_vote(item, by=secretary)

    def carried_by_the_rules(self):
        """Counted anew, by hand: more than half of those for and against, or a tie that the chair broke."""
        resolution = Resolution.objects.get()
        ballot = Ballot.objects.get(item=resolution.item, result="carried")
        votes = list(ballot.votes.values_list("choice", "seat__chairs"))
        in_favour = sum(choice == FOR for choice, _ in votes)
        against = sum(choice == AGAINST for choice, _ in votes)
        tie_broken = in_favour == against > 0 and (FOR, True) in votes
        entitled = ballot.entitlements.count()
        return (in_favour > against or tie_broken) and len(votes) <= entitled


def before_the_group(seats=0):
    """A case before a group of three seats and so many more; nobody is there yet."""
    body, director = working_group(), person_as(Role.DIRECTOR)
    for _ in range(seats):
        appoint(
            give_seat(body, company("15", kind="public", legal_id=None), by=director),
            person("15"),
            letter="1",
            by=SYSTEM,
        )
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    for seat in list(sitting(body)):
        leave(meeting, seat, by=secretary)
    return meeting.items.select_related("meeting__body").get(), secretary


def everybody_there():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    item = meeting.items.get()
    return item, secretary, sitting(meeting.body)


def ballots(item, secretary, choices):
    ballot = open_vote(item, "approved", by=secretary)
    by_seat = sitting(item.meeting.body)
    for (_, member), choice in zip(by_seat.items(), choices, strict=True):
        if choice:
            cast_vote(ballot, choice, by=member, reasons="x", grounds=["persons"])
    return ballot


@pytest.mark.parametrize(
    ("choices", "carried", "casting"),
    [
        ((FOR, FOR, AGAINST), True, False),
        ((FOR, AGAINST, AGAINST), False, False),
        ((FOR, AGAINST, ABSTAIN), True, True),
        ((AGAINST, FOR, ABSTAIN), False, True),
        ((ABSTAIN, FOR, AGAINST), False, False),
        ((ABSTAIN, ABSTAIN, ABSTAIN), False, False),
        ((ABSTAIN, ABSTAIN, FOR), True, False),
        ((ABSTAIN, ABSTAIN, AGAINST), False, False),
    ],
)
def test_a_majority_of_votes_cast_decides_and_the_chair_breaks_a_tie(choices, carried, casting):
    item, secretary, _ = everybody_there()
    ballot = ballots(item, secretary, choices)
    tally = tally_of(ballot)
    assert (tally.carried, tally.casting_vote) == (carried, casting)
    assert (close_vote(item, by=secretary) is not None) == carried


def test_the_quorum_is_counted_for_each_item_after_its_recusals():
    under = places(2)
    meeting, secretary = meeting_about(at(NewLicence, "agenda", under=under), at(NewLicence, "agenda", under=under))
    first, second = meeting.items.order_by("position")
    third = list(sitting(meeting.body).values())[2]
    chair = next(iter(sitting(meeting.body).values()))
    for member in (third, chair):
        recuse(first, member, reason=Recusal.Reason.DECLARED, by=member)
    assert (quorum_of(first).met, quorum_of(first).present, quorum_of(first).needed) == (False, 1, 2)
    assert quorum_of(second).met
    with pytest.raises(refusals.NoQuorum):
        open_vote(first, "approved", by=secretary)
    open_vote(second, "approved", by=secretary)


def test_without_the_region_there_is_no_quorum():
    item, secretary, seats = everybody_there()
    region = next(seat for seat in seats if seat.required)
    leave(item.meeting, region, by=secretary)
    assert quorum_of(item).region_is_missing
    with pytest.raises(refusals.NoQuorum):
        open_vote(item, "approved", by=secretary)


def test_who_is_entitled_is_frozen_when_the_ballot_opens():
    item, secretary, seats = everybody_there()
    late, latecomer = list(seats.items())[2]
    leave(item.meeting, late, by=secretary)
    ballot = open_vote(item, "approved", by=secretary)
    arrive(item.meeting, late, latecomer, by=secretary)
    with pytest.raises(refusals.NotEntitled):
        cast_vote(ballot, FOR, by=latecomer)
    assert ballot.entitlements.count() == 2


def test_a_ballot_is_not_closed_while_somebody_present_has_not_voted():
    item, secretary, seats = everybody_there()
    ballot = open_vote(item, "approved", by=secretary)
    for member in list(seats.values())[:2]:
        cast_vote(ballot, FOR, by=member)
    with pytest.raises(refusals.VotesAreMissing):
        close_vote(item, by=secretary)
    leave(item.meeting, list(seats)[2], by=secretary)
    assert close_vote(item, by=secretary).votes_for == 2


def test_a_ballot_that_lost_its_quorum_decides_nothing():
    item, secretary, seats = everybody_there()
    ballot = ballots(item, secretary, (FOR, FOR, FOR))
    for seat in list(seats)[1:]:
        leave(item.meeting, seat, by=secretary)
    assert close_vote(item, by=secretary) is None
    ballot.refresh_from_db()
    assert ballot.result == "no_quorum"
    assert not Resolution.objects.exists()


def test_a_vote_is_cast_once_with_reasons_if_against_and_by_who_is_entitled():
    item, secretary, seats = everybody_there()
    ballot = open_vote(item, "approved", by=secretary)
    member = next(iter(seats.values()))
    with pytest.raises(refusals.NoReasons):
        cast_vote(ballot, AGAINST, by=member)
    cast_vote(ballot, AGAINST, by=member, reasons="نزدیک است", grounds=["persons"])
    with pytest.raises(refusals.VotedAlready):
        cast_vote(ballot, FOR, by=member)
    deputy = person("15")
    appoint(list(seats)[1], deputy, letter="2", deputy=True, by=SYSTEM)
    with pytest.raises(refusals.NotEntitled):
        cast_vote(ballot, FOR, by=deputy)


def test_nobody_is_recused_while_a_ballot_is_open():
    item, secretary, seats = everybody_there()
    open_vote(item, "approved", by=secretary)
    member = next(iter(seats.values()))
    with pytest.raises(refusals.ChairsRecusal):
        recuse(item, member, reason=Recusal.Reason.DECLARED, by=member)


def test_a_lost_motion_gives_way_to_another():
    item, secretary, _ = everybody_there()
    assert vote_on(item, "approved", secretary, choice=AGAINST) is None
    resolution = vote_on(item, "rejected", secretary)
    assert (resolution.outcome, item.ballots.count()) == ("rejected", 2)


def test_a_seat_that_only_attends_neither_votes_nor_counts():
    working_group()
    body, director = working_group(), person_as(Role.DIRECTOR)
    seat = give_seat(body, company("15", kind="guild", legal_id=None), votes=False, by=director)
    guest = person("15")
    appoint(seat, guest, letter="3", by=SYSTEM)
    item, secretary, _ = everybody_there()
    assert (quorum_of(item).seats, quorum_of(item).present) == (3, 3)
    with pytest.raises(refusals.NotEntitled):
        cast_vote(open_vote(item, "approved", by=secretary), FOR, by=guest)


def test_parties_their_organisations_and_competitors_are_suggested_to_be_recused():
    office = at(NewLicence, "issued", under=places(1, "1504011001")).dossier.office
    item, _, seats = everybody_there()
    chair, _, third = seats.values()
    assign(chair, Role.REPRESENTATIVE, place="15", from_on=today(), organisation=item.case.organisation, by=SYSTEM)
    Seat.objects.filter(pk=list(seats)[1].pk).update(organisation=item.case.organisation)
    Membership.objects.filter(person=third).update(person=office.managements.get().manager)
    item.meeting.attendances.filter(person=third).update(person=office.managements.get().manager)
    for code, third in ((item.case.dossier.postal_code, "same_address"), ("6813833999", "competitor")):
        Premises.objects.update(postal_code=code)
        assert {recusal.seat.pk: recusal.reason for recusal in suggested_recusals(item)} == {
            seat.pk: reason for seat, reason in zip(seats, ("party", "own_organisation", third), strict=True)
        }


def test_a_body_meets_only_once_its_rules_bind():
    body = working_group()
    Adoption.objects.filter(number__key="meeting.quorum_percent").delete()
    with pytest.raises(refusals.RulesNotAdopted) as refusal:
        convene(body, held_on=today(), **AT_NINE, by=person_as(Role.SECRETARY))
    assert refusal.value.page == "/regulation/?state=waiting&keys=meeting.quorum_percent", "and it leads to just that"


def test_numbers_of_resolutions_and_meetings_have_no_gaps():
    under = places(3)
    for number in (1, 2, 3):
        meeting, secretary = meeting_about(at(NewLicence, "agenda", under=under))
        resolution = vote_on(meeting.items.get(), "rejected", secretary)
        close_meeting(meeting, by=secretary)
        assert meeting.number.endswith(f"-{number}")
        assert resolution.number.endswith(f"-R-{number:04}")


def test_a_body_is_constituted_once_and_has_one_chair():
    body, director = working_group(), person_as(Role.DIRECTOR)
    with pytest.raises(refusals.AlreadyThere):
        give_seat(body, company("15"), chairs=True, by=director)
    with pytest.raises(refusals.AlreadyThere):
        constitute(body.code, division("15"), decision="2", by=director)
