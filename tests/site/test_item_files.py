"""Members read before they vote, and no more than that: who, when, and what of it (docs/methods/need-to-know.md)."""

from datetime import timedelta

import pytest

from factories import person, person_as
from http_client import signed_in
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Access
from pishkhan.language.digits import persian
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.meetings.minutes.services import draft_minutes, sign
from pishkhan.meetings.models import Meeting, Membership
from pishkhan.meetings.services import appoint, close_meeting, convene, publish_agenda, put_on_agenda, recuse
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import masked, national_id_of
from procedure_driver import AT_NINE, applicant_of, at, meeting_about, resolve, sitting, take, vote_on, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")


def before(case, *, opened=True):
    """An item about a case before a meeting of today, the secretary, and who sits, in order of their seats."""
    meeting, secretary = meeting_about(case, opened=opened)
    return meeting.items.get(), secretary, list(sitting(meeting.body).values())


def doors(item):
    number, position = item.meeting.number, item.position
    return (
        f"/api/meetings/{number}/items/{position}/file",
        f"/api/meetings/{number}/items/{position}/papers/tenure",
        f"/meetings/{number}/items/{position}/",
        f"/meetings/{number}/items/{position}/papers/tenure/",
    )


def statuses(item, someone):
    client = signed_in(someone)
    return [client.get(door).status_code for door in doors(item)]


OPEN, SHUT, NOT_THERE = [200] * 4, [403] * 4, [404] * 4


def test_members_and_deputies_of_seats_in_force_read_it_and_nobody_else():
    item, _, (chair, region, third) = before(at(NewLicence, "agenda"))
    deputy, stranger = person("15"), person("15")
    seat = item.meeting.body.seats.get(memberships__person=third)
    appoint(seat, deputy, letter="2", deputy=True, by=SYSTEM)

    assert [statuses(item, someone) for someone in (chair, region, third, deputy)] == [OPEN] * 4
    assert statuses(item, stranger) == NOT_THERE
    assert statuses(item, applicant_of(item.case)) == NOT_THERE
    assert statuses(item, person_as(Role.INSPECTOR)) == statuses(item, person_as(Role.ACCOUNTANT)) == SHUT
    assert statuses(item, person_as(Role.SECRETARY)) == statuses(item, person_as(Role.DIRECTOR)) == OPEN
    assert statuses(item, person_as(Role.DIRECTOR, place="16")) == NOT_THERE


@pytest.mark.parametrize("field", ["until_on", "from_on"])
def test_who_sits_no_more_or_not_yet_reads_nothing(field):
    item, _, (chair, *_) = before(at(NewLicence, "agenda"))
    Membership.objects.filter(person=chair).update(**{field: today() + timedelta(days=1 if field == "from_on" else -1)})

    assert statuses(item, chair) == NOT_THERE


def test_it_opens_with_the_published_agenda():
    case = at(NewLicence, "agenda")
    secretary = person_as(Role.SECRETARY)
    meeting = convene(working_group(), held_on=today(), **AT_NINE, by=secretary)
    put_on_agenda(meeting, case, by=secretary)
    item, chair = meeting.items.get(), next(iter(sitting(meeting.body).values()))

    assert statuses(item, chair) == SHUT
    publish_agenda(meeting, by=secretary)
    assert statuses(item, chair) == OPEN


def test_it_closes_with_the_signed_minutes():
    item, secretary, members = before(at(NewLicence, "agenda"))
    vote_on(item, "approved", secretary)
    close_meeting(item.meeting, by=secretary)
    minutes = draft_minutes(item.meeting, by=secretary)
    for member in members[:-1]:
        sign(minutes, minutes.digest, by=member)

    assert statuses(item, members[0]) == OPEN
    sign(minutes, minutes.digest, by=members[-1])
    assert statuses(item, members[0]) == SHUT


def test_who_is_recused_from_an_item_reads_nothing_of_it_and_the_other_items_still():
    meeting, _ = meeting_about(at(NewLicence, "agenda"), at(NewLicence, "agenda"))
    first, second = meeting.items.order_by("position")
    chair = next(iter(sitting(meeting.body).values()))
    recuse(first, chair, reason="declared", by=chair, role=Role.MEMBER)

    assert statuses(first, chair) == SHUT and statuses(second, chair) == OPEN
    room = signed_in(chair).get(f"/meetings/{meeting.number}/").content.decode()
    assert f"/items/{second.position}/" in room and f"/items/{first.position}/" not in room


def test_each_opening_and_each_refusal_is_in_the_access_log():
    item, _, (chair, *_) = before(at(NewLicence, "agenda"))
    inspector = person_as(Role.INSPECTOR)
    statuses(item, chair)
    statuses(item, inspector)

    looked = Access.objects.filter(subject=item.subject)
    assert set(looked.values_list("actor", "what", "refused")) == {
        (chair.ref, "file", False),
        (chair.ref, "document tenure", False),
        (inspector.ref, "file", True),
        (inspector.ref, "document tenure", True),
    }


@pytest.mark.parametrize("procedure", [NewLicence, Transfer])
def test_what_members_read_shows_nobodys_identity_number(procedure):
    item, _, (chair, *_) = before(at(procedure, "agenda"))
    client = signed_in(chair)
    numbers = [national_id_of(one) for one in Person.objects.exclude(national_id=None)]

    shown = [client.get(doors(item)[place]).content.decode() for place in (0, 2)]

    assert len(numbers) > 3
    forms = [form for number in numbers for form in (number, masked(number))]
    assert not any(form in text or persian(form) in text for form in forms for text in shown)


def test_papers_with_identity_numbers_and_inquiries_stay_closed():
    item, _, (chair, *_) = before(at(NewLicence, "agenda"))
    client, (address, *_) = signed_in(chair), doors(item)

    data = client.get(address).json()

    assert {paper["kind"]: paper["opens"] for paper in data["papers"]} == {
        "tenure": True,
        "degree": False,
        "statutes": False,
    }
    assert client.get(address.replace("file", "papers/degree")).status_code == 403
    assert data["inquiries"] == {"sent": 0, "answered": 0}


def test_members_read_who_asks_for_what_where_with_which_conditions_and_what_was_thought_of_it():
    resolve(at(NewLicence, "agenda"), "approved")
    case = at(NewLicence, "agenda")
    item, _, (chair, *_) = before(case)
    client = signed_in(chair)

    data = client.get(doors(item)[0]).json()
    page = client.get(doors(item)[2]).content.decode()

    assert data["applicant"] == case.applicant.name and case.applicant.name in page
    assert {answer["text"] for answer in data["answers"]} >= {case.dossier.address, persian(60)}
    assert all(condition["met"] for condition in data["conditions"])
    assert {"premises_are_large_enough", "place_is_left"} <= {condition["name"] for condition in data["conditions"]}
    (opinion,) = data["statements"]
    assert opinion["role"] == Role.COMMITTEE and "دور از دفترهای دیگر است." in opinion["answers"][1]["text"]
    assert "دور از دفترهای دیگر است." in page
    assert data["place"]["lat"] == case.lat and data["place"]["people_nearer"] >= 0
    (visited,) = data["visits"]
    assert (visited["kind"], visited["passed"]) == ("initial", True)
    assert [like["outcome"] for like in data["like_cases"]] == ["approved"]


def test_a_condition_that_is_not_met_is_shown_so():
    case = at(NewLicence, "agenda")
    case.dossier.__class__.objects.filter(case=case).update(area=10)
    item, _, (chair, *_) = before(case)

    conditions = signed_in(chair).get(doors(item)[0]).json()["conditions"]

    assert [condition["name"] for condition in conditions if not condition["met"]] == ["premises_are_large_enough"]


def test_before_a_violation_case_members_read_evidence_and_defence():
    case = at(ViolationCase, "heard")
    take(case, "draft")
    item, _, (chair, *_) = before(case)
    client = signed_in(chair)
    words = {text for (_, field), text in words_of(case.subject).items() if field in ("grounds", "evidence", "reasons")}

    data = client.get(doors(item)[0]).json()
    page = client.get(doors(item)[2])

    shown = {answer["text"] for statement in data["statements"] for answer in statement["answers"]}
    assert words and words <= shown
    assert page.status_code == 200 and all(text in page.content.decode() for text in words)
    assert client.get(f"/cases/{case.number}/").status_code == 404  # the case itself is not theirs


def test_a_meeting_is_seen_by_who_sat_then_or_sits_now():
    item, _, (chair, *_) = before(at(NewLicence, "agenda"))
    meeting = Meeting.objects.filter(pk=item.meeting_id)
    address = f"/api/meetings/{item.meeting.number}"
    client = signed_in(chair)

    yesterday = today() - timedelta(days=1)
    Membership.objects.filter(person=chair).update(from_on=yesterday, until_on=yesterday)
    assert client.get(address).status_code == 404
    meeting.update(held_on=yesterday)
    assert client.get(address).status_code == 200  # they sat in it
    Membership.objects.filter(person=chair).update(from_on=today(), until_on=None)
    assert client.get(address).status_code == 200  # and who sits now reads what was decided before
