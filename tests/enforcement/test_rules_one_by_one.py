"""What each rule of a violation case says, to the day and to the rung: asked directly of a case that stands so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from factories import company, person, person_as
from pishkhan.casework.models import Case
from pishkhan.enforcement import catalogue
from pishkhan.enforcement.models import InterimOrder, Objection, Sanction
from pishkhan.enforcement.numbers import EXECUTION_TERM, HEARING_NOTICE
from pishkhan.enforcement.procedure import due_process, rulings, sanction_rules
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import now, today
from pishkhan.meetings.models import Ballot, Body, Outcome, Vote
from pishkhan.meetings.services import give_seat
from pishkhan.meetings.voting import open_vote
from pishkhan.offices.models import Undertaking
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import working_day_after
from procedure_driver import at, meeting_about, take, visit_office, working_group
from rules_of_violations import new_report, proofs_of, rest_on_a_visit, serve

pytestmark = pytest.mark.usefixtures("law", "papers")
LAST_DAY_BEFORE_ALL = date(2009, 10, 12)


def days(number):
    return today() + timedelta(days=number)


def holds(rule, case, **data):
    return rule.holds(Case.objects.get(pk=case.pk), now(), data)


def note(case, **facts):
    type(case.dossier).objects.filter(case=case).update(**facts)


@pytest.fixture
def charged():
    case = new_report()
    take(case, "notify")
    return case


@pytest.fixture
def decided():
    return at(ViolationCase, "decided")


def sanction(case, **facts):
    Sanction.objects.filter(case=case).update(**facts)


def test_an_act_of_today_has_happened_and_one_of_tomorrow_has_not(charged):
    assert [holds(due_process.act_has_happened, charged, committed_on=days(day)) for day in (-1, 0, 1)] == [
        True,
        True,
        False,
    ]


def test_a_violation_was_known_if_the_catalogue_of_its_day_names_it_for_the_kind_of_office(charged, monkeypatch):
    def known(code, on=today()):  # noqa: B008
        return holds(due_process.violation_was_known, charged, violation=code, committed_on=on)

    assert [known("staff"), known("poetry")] == [True, False]
    assert [known("staff", LAST_DAY_BEFORE_ALL + timedelta(days=day)) for day in (0, 1)] == [False, True]
    edition, staff = catalogue.EDITIONS[-1], catalogue.EDITIONS[-1].violation("staff")
    for kinds, is_known in ((("rural_ict",), False), (("rural_ict", "counter"), True)):
        monkeypatch.setattr(catalogue, "EDITIONS", (replace(edition, violations=(replace(staff, kinds=kinds),)),))
        assert known("staff") == is_known


def test_the_holder_held_it_on_the_day_of_the_act_and_today(charged):
    begun = charged.dossier.office.holdings.get().valid_from
    new_report()  # of another office with another holder
    assert [
        holds(due_process.holder_held_it_then, charged, committed_on=begun + timedelta(days=day)) for day in (-1, 0)
    ] == [False, True]
    charged.dossier.office.holdings.update(organisation=company())
    assert not holds(due_process.holder_held_it_then, charged, committed_on=begun)


def test_what_no_visit_found_rests_on_no_finding_and_what_one_did_on_its_own_item_alone(charged):
    assert holds(due_process.finding_stands, charged)
    rest_on_a_visit(charged)
    assert holds(due_process.finding_stands, charged)
    note(charged, item="poetry")
    assert not holds(due_process.finding_stands, charged)


def test_the_holder_had_time_who_answered_by_the_day_of_the_decision(decided):
    serve(decided, "notify")
    sanction(decided, decided_on=days(3))
    for answered, had_time in ((None, False), (days(3), True), (days(4), False)):
        note(decided, answered_on=answered)
        assert holds(due_process.time_to_answer_was_given, decided) == had_time, answered


def test_a_hearing_leaves_the_days_of_its_call_to_the_day(charged):
    notice = charged.reckoned(HEARING_NOTICE).value
    assert [holds(due_process.hearing_leaves_time, charged, held_on=days(notice + day)) for day in (-1, 0, 1)] == [
        False,
        True,
        True,
    ]


def test_a_call_is_served_before_the_day_of_the_hearing_never_on_it():
    case = at(ViolationCase, "scheduled")
    assert not holds(due_process.summons_was_served, case)
    proofs_of(case, "schedule").delete()
    serve(case, "schedule")
    for hearing, in_time in ((None, False), (days(-1), False), (today(), False), (days(1), True)):
        note(case, hearing_on=hearing)
        assert holds(due_process.summons_was_served, case) == in_time, hearing


def test_the_days_of_a_call_run_from_its_service_to_the_day():
    case = at(ViolationCase, "scheduled")
    notice = case.reckoned(HEARING_NOTICE).value
    note(case, hearing_on=today())
    assert holds(due_process.hearing_follows_service, case)  # of a call that was never served another rule speaks
    serve(case, "schedule")
    for hearing, in_time in ((0, False), (notice - 1, False), (notice, True), (notice + 1, True)):
        note(case, hearing_on=days(hearing))
        assert holds(due_process.hearing_follows_service, case) == in_time, hearing


def test_the_day_of_the_hearing_has_come_when_it_is_there(charged):
    for hearing, has_come in ((None, False), (days(-1), True), (today(), True), (days(1), False)):
        note(charged, hearing_on=hearing)
        assert holds(due_process.hearing_day_has_come, charged) == has_come, hearing


def test_a_vote_on_another_case_and_one_that_is_closed_are_not_an_open_vote(decided):
    other = at(ViolationCase, "heard")
    meeting, secretary = meeting_about(other)
    open_vote(meeting.items.get(), Outcome.UNFOUNDED, by=secretary)
    assert Ballot.objects.filter(item__case=decided).exclude(closed_at=None).exists()
    assert [holds(due_process.no_vote_is_open, case) for case in (decided, other)] == [True, False]


@pytest.mark.parametrize(
    ("rung", "factors", "follows"),
    [
        ("suspension", [], True),
        ("suspension", ["hidden"], True),
        ("second_suspension", ["hidden"], True),
        ("second_suspension", ["hidden", "admitted"], True),
        ("second_suspension", ["admitted"], False),
        ("second_suspension", [], False),
        ("revocation", ["hidden"], False),
        ("second_warning", ["admitted"], True),
        ("notice", ["admitted"], True),
        ("second_warning", ["hidden"], False),
        ("second_warning", [], False),
    ],
)
def test_a_sanction_is_one_rung_higher_only_for_what_aggravates_and_lower_only_for_what_mitigates(
    charged, rung, factors, follows
):
    assert holds(due_process.rung_follows_the_ladder, charged, rung=rung, factors=factors) == follows


def test_every_factor_weighs_for_or_against_as_the_catalogue_says(charged):
    heavier, lighter = (
        {
            factor.code
            for factor in catalogue.FACTORS
            if holds(due_process.rung_follows_the_ladder, charged, rung=rung, factors=[factor.code])
        }
        for rung in ("second_suspension", "second_warning")
    )
    assert heavier == {"harmed_many", "for_gain", "hidden"}
    assert lighter == {"remedied", "admitted", "beyond_control"}


def test_only_the_highest_rung_ends_a_licence_and_only_suspensions_last():
    assert [rung.code for rung in catalogue.LADDER if rung.ends_it] == ["revocation"]
    assert [rung.code for rung in catalogue.LADDER if rung.lasts] == ["suspension", "second_suspension"]
    assert len({violation.begins.code for violation in catalogue.EDITIONS[-1].violations}) == len(
        catalogue.EDITIONS[-1].violations
    )


def test_what_weighs_is_written_where_something_weighs(charged):
    for factors, weighed, written in (([], "", True), (["hidden"], " ", False), (["hidden"], "پنهان کرد.", True)):
        assert holds(due_process.factors_are_weighed, charged, factors=factors, weighed=weighed) == written


@pytest.mark.parametrize(
    ("usual", "rung", "departure", "is_reasoned"),
    [
        ("", "suspension", "", True),
        ("", "warning", " ", False),
        ("", "warning", "سبک بود.", True),
        ("suspension", "suspension", "", True),
        ("warning", "warning", "", False),  # as similar cases, another than the ladder
        ("warning", "suspension", "", False),  # as the ladder, another than similar cases
        ("warning", "suspension", "سنگین بود.", True),
    ],
)
def test_what_departs_from_the_ladder_or_from_similar_cases_says_why(
    charged, monkeypatch, usual, rung, departure, is_reasoned
):
    monkeypatch.setattr(due_process, "usual_rung", lambda dossier: usual)
    assert holds(due_process.departure_is_reasoned, charged, rung=rung, departure=departure) == is_reasoned


def test_a_decision_is_drafted_with_its_rung_by_an_entry(charged):
    for drafted, rung, is_drafted in ((0, "warning", False), (1, "", False), (1, "warning", True)):
        note(charged, drafted=drafted, rung=rung)
        assert holds(due_process.decision_is_drafted, charged) == is_drafted


def test_a_quorum_is_more_than_half_of_the_seats_that_vote_in_the_ballot_that_carried_it(decided):
    body = working_group(Body.Code.VIOLATIONS_COMMITTEE)
    votes, director = Vote.objects.filter(ballot__item__case=decided), person_as(Role.DIRECTOR)
    assert votes.count() == 3
    votes.first().delete()
    assert holds(due_process.quorum_was_there, decided)  # two of three
    give_seat(body, company("15", kind="public", legal_id=None), by=director, votes=False)
    assert holds(due_process.quorum_was_there, decided)  # a seat without a vote is none of them
    give_seat(body, company("15", kind="public", legal_id=None), by=director)
    assert not holds(due_process.quorum_was_there, decided)  # two of four are not more than half
    assert not holds(due_process.quorum_was_there, new_report())


def test_there_is_no_quorum_in_a_ballot_that_carried_nothing(decided):
    Ballot.objects.filter(item__case=decided).update(result=Ballot.Result.LOST)
    assert not holds(due_process.quorum_was_there, decided)


def objection(case, *, suspensive=True, outcome=""):
    answer = {"outcome": outcome, "answered_on": today(), "letter": "1"} if outcome else {}
    return Objection.objects.create(case=case, body="disputes", suspensive=suspensive, lodged_on=today(), **answer)


def test_an_objection_holds_up_the_execution_while_it_is_open_and_suspends(decided):
    rules = (
        due_process.no_suspensive_objection_is_open,
        due_process.no_objection_is_open,
        due_process.an_objection_is_open,
    )
    objection(at(ViolationCase, "final"))  # to another decision
    assert [holds(rule, decided) for rule in rules] == [True, True, False]
    objection(decided, outcome="upheld")
    assert [holds(rule, decided) for rule in rules] == [True, True, False]
    row = objection(decided, suspensive=False)
    assert [holds(rule, decided) for rule in rules] == [True, False, True]
    row.delete()
    objection(decided)
    assert [holds(rule, decided) for rule in rules] == [False, False, True]


def test_an_objection_that_was_answered_makes_up_for_the_time_to_object_and_an_open_one_does_not(decided):
    serve(decided, "impose")
    assert not holds(due_process.objection_time_was_given, decided)
    row = objection(decided)
    assert not holds(due_process.objection_time_was_given, decided)
    row.delete()
    objection(decided, outcome="upheld")
    assert holds(due_process.objection_time_was_given, decided)


def test_an_objection_makes_it_lighter_and_never_the_same_or_heavier(decided):
    lighter = [
        rung.code
        for rung in catalogue.LADDER
        if holds(rulings.nobody_is_worse_off, decided, says="changed", rung=rung.code)
    ]
    assert lighter == ["notice", "warning", "second_warning"]


def test_a_suspension_can_follow_the_urgent_one_of_its_own_case_that_holds_and_no_other(decided):
    held = decided.dossier.licence
    sanction(decided, days=10)
    assert holds(sanction_rules.licence_can_bear_it, decided)
    change_status(held, Status.SUSPENDED, from_on=today(), until_on=days(5), by=IMPORTER, role="importer")
    assert not holds(sanction_rules.licence_can_bear_it, decided)
    about = {"licence": held, "ordered_on": today(), "from_on": days(-9), "most_days": 9}
    InterimOrder.objects.create(case=new_report(), until_on=today(), **about)
    assert not holds(sanction_rules.licence_can_bear_it, decided)
    InterimOrder.objects.create(case=decided, until_on=days(-1), **about)
    for facts, can_bear in (({}, False), ({"until_on": today()}, True), ({"ended_on": today()}, False)):
        InterimOrder.objects.filter(case=decided).update(**facts)
        assert holds(sanction_rules.licence_can_bear_it, decided) == can_bear, facts
    sanction(decided, days=None)
    assert holds(sanction_rules.licence_can_bear_it, decided)  # a warning asks nothing of the licence


def test_another_case_may_be_given_its_own_urgent_suspension(charged):
    other = new_report()
    InterimOrder.objects.create(
        case=other, licence=other.dossier.licence, ordered_on=today(), from_on=today(), until_on=today(), most_days=1
    )
    assert [holds(sanction_rules.no_interim_order_yet, case) for case in (charged, other)] == [True, False]


def test_an_urgent_suspension_reaches_from_its_first_day_to_its_last_and_no_longer_than_was_allowed():
    order = InterimOrder(from_on=today(), until_on=days(9), most_days=10)
    assert [order.reaches(days(day)) for day in (-1, 0, 9, 10)] == [False, True, True, False]
    order.most_days = 4
    assert [order.reaches(days(day)) for day in (3, 4)] == [True, False]


def test_a_sanction_departs_if_similar_cases_had_another():
    assert [Sanction(usual=usual, imposed="notice").departs for usual in ("", "notice", "warning")] == [
        False,
        False,
        True,
    ]


def test_a_sanction_begins_by_the_last_day_of_the_term_of_its_execution(decided):
    rule, term = sanction_rules.it_begins_in_time, decided.reckoned(EXECUTION_TERM).value
    assert holds(rule, decided, from_on=days(900))  # it is not final: another rule's affair
    sanction(decided, final_on=today())
    last = working_day_after(today(), term, place=decided.division_id)
    assert [holds(rule, decided, from_on=day) for day in (None, today(), last, last + timedelta(days=1))] == [
        True,
        True,
        True,
        False,
    ]
    sanction(decided, final_on=days(-900))
    assert holds(rule, decided, from_on=today())


def test_the_letter_of_the_issuer_may_be_of_today(decided):
    assert [holds(sanction_rules.day_of_the_letter_has_come, decided, issued_on=days(day)) for day in (-1, 0, 1)] == [
        True,
        True,
        False,
    ]


def test_a_licence_that_ended_or_stands_so_already_comes_to_nothing_else(decided):
    held = decided.dossier.licence
    rules = (sanction_rules.licence_can_be_suspended, sanction_rules.licence_can_be_revoked)
    assert [holds(rule, decided) for rule in rules] == [True, True]
    change_status(held, Status.SUSPENDED, from_on=today(), until_on=days(5), by=IMPORTER, role="importer")
    assert [holds(rule, decided) for rule in rules] == [False, True]
    change_status(held, Status.REVOKED, from_on=today(), by=IMPORTER, role="importer")
    assert [holds(rule, decided) for rule in rules] == [False, False]


def seen(case, *, passes=True, kind=Visit.Kind.FOLLOW_UP, office=None, accepted=True, **facts):
    """A visit that was made, after the execution unless it is told otherwise."""
    visit = request_visit(
        kind=kind,
        purpose=Visit.Purpose.PERFORMANCE,
        office=office or case.dossier.office,
        by=person_as(Role.EXPERT),
    )
    visit_office(visit, passes=passes)
    if accepted:
        accept_visit(visit, by=person_as(Role.EXPERT))
    Visit.objects.filter(pk=visit.pk).update(**facts)
    return visit


def test_remedied_is_what_the_last_accepted_visit_since_the_execution_saw(decided):
    assert sanction_rules.remedied(decided) is None  # it is not executed
    seen(decided)
    assert sanction_rules.remedied(decided) is None
    sanction(decided, final_on=today(), executed_on=today())
    Visit.objects.all().update(visited_on=days(-1))
    seen(decided, accepted=False)
    seen(decided, kind=Visit.Kind.ROUTINE)
    seen(decided, office=new_report().dossier.office)
    assert sanction_rules.remedied(decided) is None
    seen(decided, passes=False, visited_on=days(1))
    seen(decided, passes=True)
    assert sanction_rules.remedied(decided) is False
    seen(decided, passes=True, visited_on=days(1))
    assert sanction_rules.remedied(decided) is True
    assert [holds(rule, decided) for rule in (sanction_rules.remedy_was_seen, sanction_rules.remedy_was_not_seen)] == [
        True,
        False,
    ]


def test_of_an_item_it_counts_what_was_found_of_the_item(decided):
    sanction(decided, final_on=today(), executed_on=today())
    visit = seen(decided, passes=False)
    note(decided, item="address")
    Finding.objects.filter(visit=visit, item="address").update(answer=Finding.Answer.OK)
    assert sanction_rules.remedied(Case.objects.get(pk=decided.pk)) is True
    Finding.objects.filter(visit=visit).update(answer=Finding.Answer.OK)
    Finding.objects.filter(visit=visit, item="address").update(answer=Finding.Answer.NOT_OK)
    Visit.objects.filter(pk=visit.pk).update(passed=True)
    assert sanction_rules.remedied(Case.objects.get(pk=decided.pk)) is False
    note(decided, item="poetry")
    assert sanction_rules.remedied(Case.objects.get(pk=decided.pk)) is True


def test_an_undertaking_is_remedied_once_it_is_kept(decided):
    undertaking = Undertaking.objects.create(
        office=decided.dossier.office,
        division=decided.division,
        kind="insurance",
        because="x#1",
        due_on=days(-5),
        person=person(),
    )
    note(decided, undertaking=undertaking)
    assert sanction_rules.remedied(Case.objects.get(pk=decided.pk)) is None
    Undertaking.objects.filter(pk=undertaking.pk).update(settled_on=today(), state="kept")
    assert sanction_rules.remedied(Case.objects.get(pk=decided.pk)) is True
