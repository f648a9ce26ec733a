"""Who sits from which day to which, what a resolution is good for and how long, and what acts of a meeting say."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from factories import as_if, company, division, person, person_as
from pishkhan.casework.models import Case
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, Capacity
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.carrying_out import NO_STEP, SPENT, carry_out
from pishkhan.meetings.minutes.services import draft_minutes, sign, sign_on_paper
from pishkhan.meetings.models import Body, Entitlement, Meeting, Outcome, Recusal, Resolution
from pishkhan.meetings.room import ACTS
from pishkhan.meetings.selectors import (
    meetings_held,
    meetings_seen_by,
    next_meeting_of,
    present_at,
    quorum_of,
    ready_cases,
    reasons_of,
    resolution_of,
    resolutions_adopted,
    resolved,
    rules_not_binding,
    seats_in_force,
    sits_on,
    suggested_recusals,
    was_resolved,
)
from pishkhan.meetings.services import (
    appoint,
    arrive,
    close_meeting,
    constitute,
    convene,
    end_membership,
    give_seat,
    leave,
    open_meeting,
    publish_agenda,
    put_on_agenda,
    recuse,
)
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.regulation.selectors import unsourced_defaults
from pishkhan.regulation.services import adopt
from procedure_driver import AT_NINE, at, meeting_about, places, scanned, sitting, take, vote_on, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)
FOR, AGAINST = Entitlement.Choice.FOR, Entitlement.Choice.AGAINST


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def decided(outcome="approved", case=None):
    """A closed meeting that resolved on a case, which nobody has carried out."""
    case = case or at(NewLicence, "agenda")
    meeting, secretary = meeting_about(case)
    resolution = vote_on(meeting.items.get(), outcome, secretary)
    close_meeting(meeting, by=secretary)
    return meeting, secretary, Case.objects.get(pk=case.pk), resolution


def test_a_resolution_on_a_case_that_has_moved_since_is_spent_though_its_step_could_be_taken():
    meeting, secretary, case, _ = decided()
    as_if([case])

    (done,) = carry_out(meeting, by=secretary)

    case.refresh_from_db()
    assert (done.refusal, case.stage) == (SPENT, "agenda")
    assert (resolution_of(case), resolved(case, "approved"), was_resolved(case, "approved")) == (None, False, True)
    assert Resolution.objects.get().carried_out == ""


def test_a_resolution_that_leads_nowhere_from_where_its_case_stands_is_refused_so():
    meeting, secretary, case, resolution = decided()
    take(case, "withdraw")
    case.refresh_from_db()
    as_if([resolution], case_revision=case.revision)

    (done,) = carry_out(meeting, by=secretary)

    assert done.refusal == NO_STEP.filled(outcome=Outcome.APPROVED.text)


def test_what_was_carried_out_says_by_which_entry_and_only_the_secretary_does_it():
    meeting, secretary, case, resolution = decided()

    (refused,) = carry_out(meeting, by=person_as(Role.EXPERT))
    assert refused.refusal is not None and resolved(case, "approved") and not resolved(case, "rejected")
    carry_out(meeting, by=secretary)

    resolution.refresh_from_db()
    assert resolution.carried_out == last_of(case).name and last_of(resolution).facts == {"by": last_of(case).name}
    case.refresh_from_db()
    assert resolution_of(case) is None and was_resolved(case, "approved") and not was_resolved(case, "rejected")
    assert not was_resolved(at(NewLicence, "agenda"), "approved")


def test_a_case_is_ready_again_when_it_was_deferred_and_not_while_a_resolution_stands():
    meeting, secretary, case, _ = decided("deferred")
    body = meeting.body

    assert list(ready_cases(body)) == []
    carry_out(meeting, by=secretary)
    assert list(ready_cases(body)) == [case]
    assert decided("approved", case)[0].number != meeting.number
    case.refresh_from_db()
    assert (was_resolved(case, "approved"), was_resolved(case, "deferred")) == (True, False)


def another_group(code="16"):
    """A working group of another province, whose rules were adopted, with a chair, a required seat and a third."""
    director = person_as(Role.DIRECTOR, code)
    for number in unsourced_defaults(today(), code):
        adopt(number, decision="1400/30", province=code, by=director)
    body = constitute(Body.Code.WORKING_GROUP, division(code), decision="1400/32", by=director)
    for data in ({"chairs": True}, {"required": True}, {}):
        seat = give_seat(body, company(code, kind="public", legal_id=None), by=director, **data)
        appoint(seat, person(code), letter="1/1", by=SYSTEM)
    return body


def test_each_province_and_each_body_has_its_own_numbers_and_cases():
    ours, theirs, committee = working_group(), another_group(), working_group(Body.Code.VIOLATIONS_COMMITTEE)
    here, there = person_as(Role.SECRETARY), person_as(Role.SECRETARY, "16")
    elsewhere = at(NewLicence, "agenda")
    as_if([elsewhere], division_id="16")

    numbers = [
        convene(body, held_on=today(), **AT_NINE, by=by).number
        for body, by in ((ours, here), (ours, here), (theirs, there), (committee, here))
    ]

    assert [(*number.split("-")[:2], number.split("-")[3]) for number in numbers] == [
        ("WG", "15", "1"),
        ("WG", "15", "2"),
        ("WG", "16", "1"),
        ("VC", "15", "1"),
    ]
    assert list(ready_cases(theirs)) == [elsewhere]
    assert not ready_cases(ours).exists() and not ready_cases(committee).exists()
    with pytest.raises(NotPermitted):
        convene(theirs, held_on=today(), **AT_NINE, by=here)


def test_resolutions_are_numbered_by_province():
    first = decided("rejected")[3]
    body, secretary = another_group(), person_as(Role.SECRETARY, "16")
    case = at(NewLicence, "agenda")
    as_if([case], division_id="16")
    meeting = convene(body, held_on=today(), **AT_NINE, by=secretary)
    put_on_agenda(meeting, case, by=secretary)
    publish_agenda(meeting, by=secretary)
    open_meeting(meeting, by=secretary)
    for seat, member in sitting(body).items():
        arrive(meeting, seat, member, by=secretary)

    second = vote_on(meeting.items.get(), "rejected", secretary)

    assert [item.number[:5] + item.number[-6:] for item in (first, second)] == ["WG-15R-0001", "WG-16R-0001"]


def test_one_sits_from_the_first_to_the_last_day_and_votes_for_the_organisation():
    body, director = working_group(), person_as(Role.DIRECTOR)
    seat, member = next(iter(sitting(body).items()))
    guest, other = person(), person()
    membership = appoint(seat, guest, letter="2", deputy=True, from_on=today(), until_on=today(), by=SYSTEM)
    assert last_of(body).facts == {
        "seat": seat.pk,
        "person": guest.ref,
        "deputy": True,
        "letter": "2",
        "from_on": today().isoformat(),
        "until_on": today().isoformat(),
    }
    coming = convene(body, held_on=today() + DAY, **AT_NINE, by=person_as(Role.SECRETARY))

    assert [sits_on(seat, guest, today() + number * DAY) for number in (-1, 0, 1)] == [False, True, False]
    assert not sits_on(seat, other, today()) and not sits_on(list(sitting(body))[1], guest, today())
    assert coming.capacity_of(Role.MEMBER, guest) == Capacity(seat.organisation.ref)
    assert coming.capacity_of(Role.APPLICANT, guest) is None and coming.capacity_of(Role.MEMBER, other) is None
    for days in (-1, 1):
        with clock.at(now() + days * DAY):
            assert coming.capacity_of(Role.MEMBER, guest) is None
    with pytest.raises(refusals.EndsBeforeItBegins):
        end_membership(membership, on=today() - DAY, by=director)
    end_membership(membership, on=today(), by=director)
    assert last_of(body).facts == {"seat": seat.pk, "person": guest.ref, "until_on": today().isoformat()}
    assert coming.capacity_of(Role.MEMBER, member) and set(meetings_seen_by(guest)) == {coming}


def test_an_appointment_does_not_end_before_it_begins():
    body = working_group()
    seat = next(iter(sitting(body)))

    for data in ({"until_on": today() - DAY}, {"from_on": today() + 2 * DAY, "until_on": today() + DAY}):
        with pytest.raises(refusals.EndsBeforeItBegins):
            appoint(seat, person(), letter="2", by=SYSTEM, **data)
    with pytest.raises(NotPermitted):
        appoint(seat, person(), letter="2", by=person_as(Role.SECRETARY))


def test_a_seat_counts_from_its_first_to_its_last_day():
    body, director = working_group(), person_as(Role.DIRECTOR)
    held_by = company("15", kind="public", legal_id=None)
    seat = give_seat(body, held_by, from_on=today() + DAY, by=director)
    assert last_of(body).facts == {
        "seat": seat.pk,
        "organisation": held_by.ref,
        "votes": True,
        "chairs": False,
        "required": False,
        "from_on": (today() + DAY).isoformat(),
    }
    body.seats.filter(pk=body.seats.order_by("pk")[2].pk).update(until_on=today() + DAY)

    assert [seats_in_force(body, today() + number * DAY).count() for number in (-1, 0, 1, 2)] == [0, 3, 4, 3]


def test_who_is_there_is_asked_of_a_moment():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    seat, _ = next(iter(sitting(meeting.body).items()))
    arrived = meeting.attendances.get(seat=seat).arrived_at
    with clock.at(arrived + timedelta(minutes=5)):
        leave(meeting, seat, by=secretary)
        with pytest.raises(refusals.NotPresent):
            leave(meeting, seat, by=secretary)
    left = meeting.attendances.get(seat=seat).left_at

    def there(moment):
        return seat.pk in [member.seat_id for member in present_at(meeting, moment)]

    tick = timedelta(microseconds=1)
    assert [there(item) for item in (arrived - tick, arrived, left - tick, left)] == [False, True, True, False]


def test_more_than_half_of_the_voting_seats_make_a_quorum():
    body, director = working_group(), person_as(Role.DIRECTOR)
    for _ in range(3):
        appoint(
            give_seat(body, company("15", kind="public", legal_id=None), by=director), person(), letter="1", by=SYSTEM
        )
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    item = meeting.items.get()
    needed = []
    for seat in list(sitting(body))[2:]:
        needed.append((quorum_of(item).present, quorum_of(item).needed, quorum_of(item).met))
        leave(meeting, seat, by=secretary)

    assert needed == [(6, 4, True), (5, 4, True), (4, 4, True), (3, 4, False)]
    assert rules_not_binding(body, today()) == []


def test_meetings_and_resolutions_are_found_from_the_first_to_the_last_day_of_a_span():
    decided()
    spans = [(0, 0, 1), (-1, 0, 1), (0, 1, 1), (-2, -1, 0), (1, 2, 0)]

    for first, last, count in spans:
        wanted = ("15", today() + first * DAY, today() + last * DAY)
        assert (meetings_held(*wanted).count(), resolutions_adopted(*wanted).count()) == (count, count)
    known = ("15", today(), today())
    assert meetings_held(*known, known_on=today()).count() == 1
    assert resolutions_adopted(*known, known_on=today()).count() == 1


def test_the_next_meeting_of_a_case_is_the_first_that_is_not_over():
    case, body, secretary = at(NewLicence, "agenda"), working_group(), person_as(Role.SECRETARY)
    assert next_meeting_of(case.tracking_code) is None
    meeting = convene(body, held_on=today(), **AT_NINE, by=secretary)
    put_on_agenda(meeting, case, by=secretary)

    assert next_meeting_of(case.tracking_code) == today()
    assert next_meeting_of(at(NewLicence, "agenda").tracking_code) is None
    with clock.at(now() + DAY):
        assert next_meeting_of(case.tracking_code) is None
    as_if([meeting], state=Meeting.State.CLOSED)
    assert next_meeting_of(case.tracking_code) is None


def test_what_is_done_in_a_meeting_stands_in_its_journal():
    under = places(2)
    first, second = at(NewLicence, "agenda", under=under), at(NewLicence, "agenda", under=under)
    meeting, secretary = meeting_about(first, second)
    item, other = meeting.items.order_by("position")
    (seat, member), (_, region), _ = sitting(meeting.body).items()

    data = {entry.act: entry for entry in Entry.objects.filter(subject=meeting.subject).order_by("number")}
    assert data["meeting.convene"].facts == {
        "body": meeting.body.subject,
        "number": meeting.number,
        "held_on": today().isoformat(),
        "begins_at": "9:00",
    }
    assert data["meeting.put-on-agenda"].facts == {"case": second.subject, "position": 2}
    assert data["meeting.publish"].facts == {"cases": [first.subject, second.subject]}
    assert (last_of(other).because, last_of(other).facts) == (
        data["meeting.put-on-agenda"].name,
        {"case": second.subject, "meeting": meeting.number},
    )
    assert Entry.objects.filter(subject=meeting.subject, facts={"seat": seat.pk, "person": member.ref}).exists()
    with pytest.raises(refusals.NotPresent):
        recuse(item, region, reason=Recusal.Reason.PARTY, by=member)
    recuse(item, region, reason=Recusal.Reason.PARTY, by=secretary, role=Role.SECRETARY)
    assert last_of(item).facts["person"] == region.ref and last_of(item).facts["reason"] == "party"
    with pytest.raises(refusals.NotPresent):
        recuse(item, person(), reason=Recusal.Reason.PARTY, by=secretary, role=Role.SECRETARY)
    leave(meeting, seat, by=secretary)
    assert last_of(meeting).facts == {"seat": seat.pk, "person": member.ref}


def test_a_ballot_says_who_might_vote_how_they_did_and_why():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    item, seats = meeting.items.get(), sitting(meeting.body)
    ballot = open_vote(item, "rejected", by=secretary, conditions="تا پایان ماه", grounds=["persons"])
    opened = last_of(item)
    assert opened.facts["entitled"] == [[seat.pk, member.ref] for seat, member in seats.items()]
    assert (opened.facts["round"], opened.facts["motion"]) == (1, "rejected")
    assert words_of(item.subject)[opened.number, "conditions"] == "تا پایان ماه"
    with pytest.raises(refusals.NotInThisState):
        open_vote(item, "approved", by=secretary)
    chair, region, third = seats.values()
    cast_vote(ballot, FOR, by=chair, reasons="دور است")
    assert last_of(item).facts | {"reasons": ""} == {
        "round": 1,
        "seat": next(iter(seats)).pk,
        "choice": "for",
        "reasons": "",
    }
    cast_vote(ballot, AGAINST, by=region, reasons="نزدیک است")
    cast_vote(ballot, FOR, by=third)

    resolution = close_vote(item, by=secretary)

    assert last_of(item).facts == {
        "round": 1,
        "result": "carried",
        "for": 2,
        "against": 1,
        "abstain": 0,
        "casting_vote": False,
        "present": 3,
        "needed": 2,
    }
    assert last_of(resolution).facts == {
        "number": resolution.number,
        "case": item.case.subject,
        "outcome": "rejected",
        "for": 2,
        "against": 1,
        "abstain": 0,
        "casting_vote": False,
    }
    assert last_of(resolution).because == last_of(item).name and reasons_of(resolution) == ["دور است"]
    assert (resolution.decided_on, resolution.case_revision) == (today(), item.case.revision)
    with pytest.raises(refusals.NotInThisState):
        cast_vote(ballot, FOR, by=third)
    with pytest.raises(refusals.NotInThisState):
        close_vote(item, by=secretary)
    with pytest.raises(refusals.NotInThisState):
        recuse(item, chair, reason=Recusal.Reason.DECLARED, by=chair)


def test_reasons_are_those_of_the_ballot_that_carried_it():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    item, members = meeting.items.get(), list(sitting(meeting.body).values())
    for motion, choice in (("approved", AGAINST), ("rejected", FOR)):
        ballot = open_vote(item, motion, by=secretary, grounds=["persons"])
        for number, member in enumerate(members):
            why, vote = f"{motion} {number}", FOR if number == 0 else choice
            cast_vote(ballot, vote, by=member, reasons=why, grounds=["persons"])
        resolution = close_vote(item, by=secretary)

    assert reasons_of(resolution) == ["rejected 0", "rejected 1", "rejected 2"]


def test_minutes_say_who_came_and_went_and_signatures_say_what_was_signed():
    meeting, secretary, _, resolution = decided()
    minutes = draft_minutes(meeting, by=secretary)
    content = minutes.content
    (_, first), (_, second), _ = sitting(meeting.body).items()

    assert [attendance_row["left_at"] is None for attendance_row in content["attendance"]] == [False] * 3
    assert (content["number"], content["items"][0]["resolution"]["number"]) == (meeting.number, resolution.number)
    assert last_of(minutes).facts == {"meeting": meeting.number, "digest": minutes.digest}
    sign(minutes, minutes.digest, by=first)
    sign(minutes, minutes.digest, by=first)
    assert last_of(minutes).facts == {"digest": minutes.digest}
    scan = scanned(secretary)
    sign_on_paper(minutes, second, scan=scan, by=secretary)
    assert last_of(minutes).facts == {
        "person": second.ref,
        "digest": minutes.digest,
        "scan": scan.digest,
        "file": str(scan.pk),
    }
    assert [signature.scan for signature in minutes.signatures.order_by("pk")] == ["", scan.digest]
    with pytest.raises(NotPermitted):
        sign(minutes, minutes.digest, by=person())


def test_in_the_room_one_signs_the_minutes_of_that_meeting():
    meetings = [decided("rejected")[0] for _ in range(2)]
    secretary = person_as(Role.SECRETARY)
    first, second = (draft_minutes(meeting, by=secretary) for meeting in meetings)
    member = next(iter(sitting(meetings[1].body).values()))

    for meeting, minutes in ((meetings[1], second), (meetings[0], first)):
        ACTS["sign"](meeting, member, QueryDict(f"digest={minutes.digest}"))

    assert [minutes.signatures.get().person for minutes in (first, second)] == [member, member]


def test_who_is_recused_already_is_not_suggested_to_be():
    meeting, _ = meeting_about(at(NewLicence, "agenda"))
    item, member = meeting.items.get(), next(iter(sitting(meeting.body).values()))
    assert list(suggested_recusals(item)) == []
    assign(member, Role.REPRESENTATIVE, place="15", from_on=today(), organisation=item.case.organisation, by=SYSTEM)
    assert [(recusal.person, recusal.reason) for recusal in suggested_recusals(item)] == [
        (member, Recusal.Reason.PARTY)
    ]

    recuse(item, member, reason=Recusal.Reason.PARTY, by=member)

    assert list(suggested_recusals(item)) == []
