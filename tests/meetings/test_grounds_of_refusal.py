"""A rejection rests on declared grounds; what the law contests informs, and refuses nothing by itself until adopted."""

import pytest
from django.apps import apps

from factories import person_as
from http_client import signed_in
from pishkhan.casework.grounds import ground_offers
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.refusals import ContestedAlone, NoGround, NotAGround
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid
from pishkhan.letters.records import record_of
from pishkhan.licensing.documents import letters_of
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.minutes.rendering import in_lines
from pishkhan.meetings.minutes.selectors import as_it_grows
from pishkhan.meetings.models import Outcome, RefusalGround, Resolution
from pishkhan.meetings.refusing.grounds import grounds_of
from pishkhan.meetings.services import close_meeting
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Number
from pishkhan.regulation.services import adopt
from procedure_driver import at, meeting_about, sitting, take, vote_on

pytestmark = pytest.mark.usefixtures("law", "papers")
FOR, AGAINST = "for", "against"
MARKET = ["saturation", "spacing", "population", "viability"]


@pytest.fixture
def item():
    meeting, _ = meeting_about(at(NewLicence, "agenda"))
    return meeting.items.get()


@pytest.fixture
def secretary():
    return person_as(Role.SECRETARY)


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def test_what_the_market_needs_is_contested_and_nothing_else_is(item):
    offers = ground_offers(item.case)

    assert [offer.code for offer in offers if offer.contested] == MARKET
    assert [offer.code for offer in offers if not offer.contested] == [
        "persons",
        "premises",
        "opinion",
        "untrue",
        "places",
    ]
    assert all("article 7 note 2 of the Principle 44 Act" in offer.citation.en for offer in offers if offer.contested)


def test_a_motion_to_reject_names_a_ground_that_the_procedure_declares(item, secretary):
    with pytest.raises(NoGround):
        open_vote(item, "rejected", by=secretary)
    with pytest.raises(NotAGround):
        open_vote(item, "rejected", by=secretary, grounds=["persons", "service"])

    open_vote(item, "rejected", by=secretary, grounds=["premises", "persons"])

    assert last_of(item).facts["grounds"] == ["persons", "premises"]
    assert set(RefusalGround.objects.values_list("seat", "code", "contested")) == {
        (None, "persons", False),
        (None, "premises", False),
    }


@pytest.mark.parametrize("ground", MARKET)
def test_a_rejection_that_rests_on_what_is_contested_alone_is_refused(item, secretary, ground):
    with pytest.raises(ContestedAlone) as refusal:
        open_vote(item, "rejected", by=secretary, grounds=[ground])

    assert "does not rest on it alone" in refusal.value.text.en and "مأخذ" in refusal.value.text.fa
    assert not item.ballots.exists()


def test_a_vote_against_an_approval_rests_on_a_ground_that_carries_it(item, secretary):
    ballot = open_vote(item, "approved", by=secretary)
    member, *_ = sitting(item.meeting.body).values()
    for grounds, refusal in (((), NoGround), (["population"], ContestedAlone), (["nothing"], NotAGround)):
        with pytest.raises(refusal):
            cast_vote(ballot, AGAINST, by=member, reasons="دفتر کافی است", grounds=grounds)
    assert not ballot.votes.exists()

    cast_vote(ballot, AGAINST, by=member, reasons="محل کوچک است", grounds=["population", "premises"])

    assert last_of(item).facts["grounds"] == ["premises", "population"]
    assert set(RefusalGround.objects.values_list("code", "contested")) == {("premises", False), ("population", True)}


def test_who_votes_for_abstains_or_against_a_rejection_names_none(item, secretary):
    ballot = open_vote(item, "approved", by=secretary)
    first, second, third = sitting(item.meeting.body).values()
    cast_vote(ballot, FOR, by=first, grounds=["saturation"])
    cast_vote(ballot, "abstain", by=second)
    cast_vote(ballot, AGAINST, by=third, reasons="محل کوچک است", grounds=["premises"])
    close_vote(item, by=secretary)
    item.refresh_from_db()

    assert item.resolution.outcome == "approved" and grounds_of(item.resolution) == []
    assert RefusalGround.objects.values_list("seat", "code").get()[1] == "premises"


def test_what_is_contested_carries_a_rejection_once_a_director_adopts_it_with_a_source():
    row, director = Number.objects.get(key="ground.saturation"), person_as(Role.DIRECTOR)
    with pytest.raises(Invalid) as refusal:
        adopt(row, decision="1401/44", province="15", by=director)
    assert "source" in refusal.value.fields
    adopt(row, decision="1401/44", source="رأی ۱۲ هیئت مقررات‌زدایی", province="15", by=director)
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    item = meeting.items.get()

    open_vote(item, "rejected", by=secretary, grounds=["saturation"])

    offer = next(offer for offer in ground_offers(item.case) if offer.code == "saturation")
    assert not offer.contested and "1401/44" in offer.citation.en and "رأی ۱۲" in offer.citation.fa
    assert RefusalGround.objects.get().contested is False
    with pytest.raises(ContestedAlone):  # of what was not adopted
        vote_on_another(secretary, ["viability"])


def vote_on_another(secretary, grounds):
    meeting, _ = meeting_about(at(NewLicence, "agenda"))
    open_vote(meeting.items.get(), "rejected", by=secretary, grounds=grounds)


def test_minutes_and_letter_tell_the_grounds_and_what_is_contested(item, secretary):
    ballot = open_vote(item, "rejected", by=secretary, grounds=["opinion", "saturation"])
    for entitled in ballot.entitlements.select_related("person"):
        cast_vote(ballot, FOR, by=entitled.person, reasons="کمیته نپذیرفت")
    close_vote(item, by=secretary)
    close_meeting(item.meeting, by=secretary)
    case = Case.objects.get(pk=item.case_id)
    take(case, "reject")

    minutes = in_lines(as_it_grows(item.meeting), "en")
    assert "grounds of refusal: The technical committee finds the place unsuitable; " in minutes
    assert "The market of the place is saturated [contested: article 7 note 2 of the Principle 44 Act]" in minutes
    letter = next(letter for letter in letters_of(case.number) if letter.kind == "refusal")
    sentences = [ground["sentence"]["en"] for ground in record_of(letter)["refusal"]["grounds"][2:]]
    assert sentences[0] == "The technical committee finds the place unsuitable."
    assert sentences[1].endswith("(This only informs: the refusal does not rest on it.)")


def test_minutes_tell_who_voted_against_on_which_grounds(item, secretary):
    ballot = open_vote(item, "approved", by=secretary)
    seat, member = next(iter(sitting(item.meeting.body).items()))
    cast_vote(ballot, AGAINST, by=member, reasons="محل کوچک است", grounds=["premises", "spacing"])

    minutes = {language: in_lines(as_it_grows(item.meeting), language) for language in ("fa", "en")}

    assert f"against, {seat.organisation.name}: The place does not meet" in minutes["en"]
    assert "Another office is near [contested: article 7 note 2" in minutes["en"]
    assert "رأی مخالف" in minutes["fa"] and "محل اختلاف" in minutes["fa"]
    room = signed_in(member).get(f"/meetings/{item.meeting.number}/")
    assert room.status_code == 200 and "رأی مخالف" in room.content.decode()


def test_the_room_offers_the_grounds_marked_and_a_refusal_is_a_sentence_there(item, secretary):
    desk, address = signed_in(secretary), f"/meetings/{item.meeting.number}/"
    page = desk.get(address).content.decode()
    assert 'value="saturation"' in page and "محل اختلاف" in page
    answer = desk.post(f"{address}move/", {"position": 1, "motion": "rejected", "grounds": ["saturation"]}, follow=True)
    assert "رد تنها بر آن استوار نمی‌ماند" in answer.content.decode() and not item.ballots.exists()

    desk.post(
        f"{address}move/", {"position": 1, "motion": "rejected", "grounds": ["saturation", "persons"]}, follow=True
    )

    assert set(RefusalGround.objects.values_list("code", flat=True)) == {"saturation", "persons"}
    member = signed_in(next(iter(sitting(item.meeting.body).values())))
    assert "متقاضی یا کسانی که معرفی کرده است" in member.get(address).content.decode()


def test_the_api_tells_the_grounds_and_takes_them(item, secretary):
    desk, address = signed_in(secretary), f"/api/meetings/{item.meeting.number}"
    (listed,) = desk.get(address).json()["items"]
    assert {"code", "sentence", "citation", "contested"} == set(listed["grounds"][0])
    alone = desk.post(
        f"{address}/items/1/ballots", {"motion": "rejected", "grounds": ["viability"]}, content_type="application/json"
    )
    assert alone.status_code == 422 and "grounds" in alone.content.decode()

    assert (
        desk.post(
            f"{address}/items/1/ballots",
            {"motion": "rejected", "grounds": ["opinion"]},
            content_type="application/json",
        ).status_code
        == 201
    )

    member = signed_in(next(iter(sitting(item.meeting.body).values())))
    assert (
        member.post(
            f"{address}/items/1/votes", {"choice": "for", "grounds": []}, content_type="application/json"
        ).status_code
        == 201
    )


def test_every_procedure_that_can_be_rejected_declares_a_ground_that_nothing_contests():
    for procedure in Procedure.register.values():
        if any(step.carries_out == Outcome.REJECTED for step in procedure.steps.values()):
            assert any(ground.adopted_by is None for ground in procedure.grounds), procedure.code


def test_an_adoption_of_what_nothing_contests_needs_no_source(secretary):
    assert not apps.get_model("regulation.Adoption").objects.filter(number__key="ground.saturation").exists()
    assert Number.objects.get(key="objection.term_days").adoptions.get().source == ""


def test_a_call_that_published_its_places_binds(item, secretary):
    """Of a call the number of places is a ground that nothing contests, and the rule of the approval stays."""
    approve = NewLicence.steps["approve"]
    assert "place_is_left" in {rule.name for rule in approve.when}
    resolution = vote_with(item, secretary, ["places"])
    assert isinstance(resolution, Resolution) and resolution.decided_on == today()
    assert grounds_of(resolution) == ["places"]


def vote_with(item, secretary, grounds):
    ballot = open_vote(item, "rejected", by=secretary, grounds=grounds)
    for entitled in ballot.entitlements.select_related("person"):
        cast_vote(ballot, FOR, by=entitled.person, reasons="پر است")
    return close_vote(item, by=secretary)


def test_an_earlier_ballot_that_was_lost_leaves_its_grounds_out(item, secretary):
    assert vote_on(item, "approved", secretary, AGAINST) is None
    item.refresh_from_db()
    resolution = vote_with(item, secretary, ["opinion"])

    assert grounds_of(resolution) == ["opinion"]


def test_a_rejection_that_was_lost_and_moved_again_rests_on_the_grounds_of_the_motion_that_carried_it(item, secretary):
    lost = open_vote(item, "rejected", by=secretary, grounds=["premises"])
    for entitled in lost.entitlements.select_related("person"):
        cast_vote(lost, AGAINST, by=entitled.person, reasons="محل بزرگ است")
    assert close_vote(item, by=secretary) is None
    item.refresh_from_db()

    resolution = vote_with(item, secretary, ["opinion"])

    assert grounds_of(resolution) == ["opinion"]
    assert set(RefusalGround.objects.values_list("code", flat=True)) == {"premises", "opinion"}
