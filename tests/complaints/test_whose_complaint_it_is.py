"""Which act on a complaint from which state and by whom, what it says, and which list of whom holds which complaint."""

from datetime import timedelta

import pytest

from complained import again, expert, told
from factories import as_if, division, person, person_as
from pishkhan.complaints import refusals
from pishkhan.complaints import services as complaints
from pishkhan.complaints.deadlines import due_days, late_among
from pishkhan.complaints.escalation import escalate_overdue
from pishkhan.complaints.models import OPEN, Complaint, State
from pishkhan.complaints.pages.complaint_list import ComplaintList
from pishkhan.complaints.selectors import (
    about_office,
    alike,
    complaints_asked_of,
    complaints_seen_by,
    counts_by_kind,
    course_of,
    last_words,
    told_to_offices,
)
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.people.roles import Role
from procedure_driver import speaker_of
from rules_of_matters import licence

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)
DESK = {  # what is decided at the desk: from which states, and how
    "send": ({State.RECEIVED, State.ANSWERED}, lambda row, by: complaints.send(row, "بسته بود", by=by)),
    "publish": (
        {State.ANSWERED, State.VISITING, State.CASE, State.DISMISSED, State.CLOSED},
        lambda row, by: complaints.publish(row, "پاسخ", by=by),
    ),
    "release": (set(OPEN), lambda row, by: complaints.release(row, "متن", by=by)),
    "separate": ({State.JOINED}, lambda row, by: complaints.separate(row, by=by)),
    "ask-visit": ({State.RECEIVED, State.SENT, State.ANSWERED}, lambda row, by: complaints.ask_visit(row, by=by)),
    "open-case": (
        {State.RECEIVED, State.SENT, State.ANSWERED, State.VISITING},
        lambda row, by: complaints.open_violation(row, by=by),
    ),
    "dismiss": ({State.RECEIVED}, lambda row, by: complaints.dismiss(row, "تکراری", by=by)),
    "close": (set(OPEN), lambda row, by: complaints.close(row, "remedied", "گفته شد", by=by)),
    "reopen": ({State.CLOSED, State.DISMISSED}, lambda row, by: complaints.reopen(row, "دوباره", by=by)),
}


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def stand(row, state, beside):
    """Let a complaint stand in a state as if it had come there, joined to the one beside it or closed."""
    joined = (
        {"joined_to": beside, "joined_from": State.RECEIVED}
        if state == State.JOINED
        else {"joined_to": None, "joined_from": ""}
    )
    as_if([row], state=state, outcome="remedied" if state == State.CLOSED else "", **joined)
    return again(row)


@pytest.mark.parametrize("name", DESK)
def test_what_is_decided_at_the_desk_is_decided_from_some_states_and_by_the_desk_of_the_place(name):
    states, deed = DESK[name]
    row, beside, by = told(), told(), expert()

    for state in set(State) - states:
        with pytest.raises(refusals.StandsElsewhere):
            deed(stand(row, state, beside), by)
        assert again(row).state == state
    stand(row, min(states), beside)
    for other in (expert("16"), expert("1504"), person_as(Role.INSPECTOR), person()):
        with pytest.raises(NotPermitted):
            deed(again(row), other)
    deed(again(row), person_as(Role.DIRECTOR))

    assert (last_of(row).act, last_of(row).role) == (f"complaint.{name}", Role.DIRECTOR)


@pytest.mark.parametrize("state", State)
def test_an_answer_is_the_holders_and_only_once_it_was_asked_for(state):
    row = told()
    complaints.send(row, "بسته بود", by=expert())
    holder = speaker_of(row.office.holdings.get().organisation)
    stand(row, state, told())

    if state == State.SENT:
        for other in (person(), expert()):
            with pytest.raises(NotPermitted):
                complaints.answer(again(row), "نبود", by=other)
        complaints.answer(again(row), "نبود", by=holder)
        assert (again(row).state, last_of(row).facts["from"]) == (State.ANSWERED, State.SENT)
    else:
        with pytest.raises(refusals.StandsElsewhere):
            complaints.answer(again(row), "نبود", by=holder)


def test_what_becomes_of_a_complaint_is_told_with_from_where_and_what_was_written():
    row, by = told(), expert()

    complaints.send(row, "بسته بود", by=by)
    assert (last_of(row).facts["from"], last_of(row).facts["to"]) == ("received", "sent")
    assert last_of(row).facts["holder"] == row.office.holdings.get().organisation.ref
    complaints.ask_visit(row, by=by)
    assert last_of(row).facts == {"from": "sent", "to": "visiting", "visit": row.visit.subject}
    assert Entry.objects.get(subject=row.visit.subject, number=1).because == last_of(row).name
    complaints.open_violation(row, by=by)
    assert last_of(row).facts == {"from": "visiting", "to": "case", "case": row.case.number}
    complaints.close(row, "pursued", "گفته شد", by=by)
    assert (last_of(row).facts["outcome"], again(row).outcome, again(row).since) == ("pursued", "pursued", today())
    assert last_words(course_of(row), "told") == "گفته شد"
    complaints.reopen(row, "دوباره", by=by)
    assert (again(row).outcome, again(row).state, again(row).escalated_on) == ("", "received", None)
    assert [each.act for each in course_of(row)][1:] == ["send", "ask-visit", "open-case", "close", "reopen"]


def test_a_version_that_was_released_is_withheld_once():
    row, by = told(), expert()
    with pytest.raises(refusals.StandsElsewhere):
        complaints.withhold(row, by=by)
    complaints.release(row, "متن", by=by)
    assert again(row).released

    complaints.withhold(row, by=by)

    assert not again(row).released


def test_complaints_are_joined_in_one_province_while_open_and_never_in_a_chain():
    about, by = licence().office, expert()
    first, second, third, ended = (told(about) for _ in range(4))
    elsewhere = told(licence(code="1601011001").office)
    complaints.close(ended, "unfounded", "گفته شد", by=by)

    for row, to in ((first, first), (first, ended), (ended, first), (first, elsewhere)):
        with pytest.raises(refusals.NotToBeJoined):
            complaints.join(again(row), again(to), by=by)
    complaints.join(first, second, by=by)
    assert (again(first).state, again(first).joined_to, again(first).joined_from) == ("joined", second, "received")
    assert last_of(first).facts == {"from": "received", "to": "joined", "joined_to": second.number}
    for row, to in ((second, third), (third, first)):
        with pytest.raises(refusals.NotToBeJoined):
            complaints.join(again(row), again(to), by=by)
    complaints.separate(first, by=by)
    assert (again(first).state, again(first).joined_to, again(first).joined_from) == ("received", None, "")


def test_what_was_written_is_erased_by_the_director_once_it_has_ended():
    row, director = told(), person_as(Role.DIRECTOR)

    with pytest.raises(refusals.StandsElsewhere):
        complaints.erase(row, by=director)
    complaints.close(row, "unfounded", "گفته شد", by=director)
    with pytest.raises(NotPermitted):
        complaints.erase(row, by=expert())
    gone = complaints.erase(row, by=director)

    assert gone == last_of(row).facts["words"] > 0 and last_of(row).facts["photos"] == 0
    assert complaints.repeat_erasure(again(row)) == 0


def test_a_complaint_is_seen_at_the_desk_of_its_place_and_by_whom_it_is_asked():
    row = told()
    holder = speaker_of(row.office.holdings.get().organisation)
    seen = {role: list(complaints_seen_by(person_as(role))) for role in (Role.EXPERT, Role.DIRECTOR, Role.INSPECTOR)}

    assert seen == {Role.EXPERT: [row], Role.DIRECTOR: [row], Role.INSPECTOR: []}
    assert list(complaints_seen_by(expert("1503"))) == [row] and not complaints_seen_by(expert("1504")).exists()
    assert not complaints_asked_of(holder).exists()
    complaints.send(row, "بسته بود", by=expert())
    assert list(complaints_asked_of(holder)) == [row] and not complaints_asked_of(person()).exists()


def test_complaints_are_sought_by_each_of_what_is_told():
    by, rows = expert(), [told(kind=kind) for kind in ("closed", "closed", "waiting", "behaviour")]
    first, second, third, fourth = rows
    complaints.close(first, "unfounded", "گفته شد", by=by)
    as_if([first], settled=False)
    as_if([second], escalated_on=today(), received_on=today() - DAY)
    complaints.dismiss(fourth, "تکراری", by=by)

    def sought(who=by, **asked):
        return list(ComplaintList.select(who, **asked))

    assert sought() == [third, second] and sought(of="every") == [fourth, third, first, second]
    assert (sought(of="escalated"), sought(of="unsettled"), sought(of="dismissed")) == ([second], [first], [fourth])
    assert (sought(of="every", kind="closed"), sought(kind="behaviour")) == ([first, second], [])
    assert (sought(place="1503"), sought(place="1504")) == ([third, second], [])
    assert sought(q=third.office.code) == sought(q=third.number.lower()) == [third] and sought(q="x") == []
    assert sought(expert("16"), of="every") == [] and sought(of="late") == []
    assert counts_by_kind(ComplaintList.select(by, of="every")) == [
        ("closed", 2),
        ("behaviour", 1),
        ("waiting", 1),
    ]
    assert list(about_office(third.office)) == [third]


def test_what_may_be_the_same_is_open_of_its_kind_and_office_and_within_a_fortnight():
    about = licence().office
    row, near, far, other_kind, ended = (told(about), told(about), told(about), told(about, "waiting"), told(about))
    told()
    as_if([row], happened_on=today() - 20 * DAY)
    as_if([near], happened_on=today() - 6 * DAY)
    as_if([far], happened_on=today() - 5 * DAY)
    as_if([other_kind, ended], happened_on=today() - 20 * DAY)
    complaints.close(ended, "unfounded", "گفته شد", by=expert())

    assert list(alike(again(row))) == [near]
    as_if([far], happened_on=today() - 34 * DAY)
    assert list(alike(again(row))) == [near, far]
    as_if([far], happened_on=today() - 35 * DAY)
    assert list(alike(again(row))) == [near]


def test_offices_are_told_only_of_what_waits_for_them_or_was_founded():
    by, rows = expert(), [told() for _ in range(5)]
    lying, asked, founded, unfounded, dismissed = rows
    for row in (asked, founded, unfounded):
        complaints.send(row, "بسته بود", by=by)
    complaints.close(founded, "remedied", "گفته شد", by=by)
    complaints.close(unfounded, "unfounded", "گفته شد", by=by)
    complaints.dismiss(dismissed, "تکراری", by=by)

    assert set(told_to_offices(today())) == {asked, founded} and lying.state == State.RECEIVED
    assert not told_to_offices(today() - DAY).exists()


def test_what_is_late_is_so_from_the_day_after_its_last_and_comes_before_the_director_once():
    division("15")
    row = told()
    last = due_days([row])[row]
    with clock.at(now() + (last - today())):
        assert late_among(Complaint.objects.all()) == escalate_overdue() == []
    with clock.at(now() + (last - today()) + DAY):
        assert late_among(Complaint.objects.all()) == [row]
        assert escalate_overdue() == [row] and escalate_overdue() == []
        assert (last_of(row).facts, again(row).escalated_on) == (
            {"state": "received", "since": row.since.isoformat()},
            today(),
        )
        complaints.send(again(row), "بسته بود", by=expert())
        assert again(row).escalated_on is None and late_among(Complaint.objects.all()) == []
