"""Two people at once, on SQLite and on PostgreSQL. Each race has its control: the same with the lock off."""

from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from behind_the_back import faults_of_acts
from factories import person_as, together
from pishkhan.casework import services
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Rule
from pishkhan.casework.refusals import NotAtThisStage, RulesUnmet
from pishkhan.casework.services import advance
from pishkhan.casework.verify import replayed
from pishkhan.journal.refusals import Busy
from pishkhan.licensing.models import Places
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.models import Entitlement, Resolution
from pishkhan.meetings.refusals import VotedAlready
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.offices.models import Licence, Office
from pishkhan.people.roles import Role
from procedure_driver import answers_for, at, meeting_about, places, ready

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers")]


def on_postgres():
    return connection.vendor == "postgresql"


def whole():
    return [*faults_of_acts(), *replayed()]


def issue(case):
    region, answers = person_as(Role.REGION), answers_for(case, NewLicence.steps["issue"])
    return lambda: advance(Case.objects.get(pk=case.pk), NewLicence.steps["issue"], by=region, answers=answers)


@pytest.fixture
def rendezvous(rendezvous):
    """They meet after the last rules of their steps."""
    rendezvous.after(
        Rule, "holds", where=lambda rule, *arguments: rule.name in ("day_of_issue_has_come", "place_is_left")
    )


def test_one_case_issued_twice_yields_one_office(rendezvous):
    case = ready(NewLicence.steps["issue"])
    assert together(issue(case), issue(case)) == [NotAtThisStage]
    assert Office.objects.count() == 1
    assert whole() == []


def test_control_without_the_lock_only_the_database_stops_the_second(rendezvous, unlocked):
    case = ready(NewLicence.steps["issue"])
    assert together(issue(case), issue(case)) == [IntegrityError if on_postgres() else Busy]
    assert Office.objects.count() == 1


def test_the_last_place_goes_to_one_of_two_cases(rendezvous):
    assert together(*map(approve, two_for_one_place())) == [RulesUnmet]
    assert Case.objects.filter(stage="inquiries").count() == 1
    assert whole() == []


def test_control_without_the_lock_both_get_the_last_place(rendezvous, monkeypatch):
    monkeypatch.setattr(services, "_hold_what_counts", lambda case, step: None)
    both = on_postgres()  # on SQLite IMMEDIATE keeps them apart even so
    assert together(*map(approve, two_for_one_place())) == ([] if both else [RulesUnmet])
    assert Case.objects.filter(stage="inquiries").count() == 1 + both


def two_for_one_place():
    """Two requests that the working group has approved under a call with one place. It is held from the approval."""
    under = places(1)
    return [ready(NewLicence.steps["approve"], under=under) for _ in range(2)]


def approve(case):
    secretary = person_as(Role.SECRETARY)
    return lambda: advance(Case.objects.get(pk=case.pk), NewLicence.steps["approve"], by=secretary)


@pytest.mark.parametrize(("change", "loser"), [({"count": 0}, [RulesUnmet]), ({"count": 1}, [])])
def test_rules_see_the_shared_row_as_it_is_after_the_wait(change, loser):
    case, taken = ready(NewLicence.steps["issue"]), Event()
    issuing = issue(case)

    def shrink():
        with transaction.atomic():
            Places.objects.select_for_update().get()
            taken.set()
            Event().wait(0.5)  # meanwhile the other loads the row and waits for its lock
            Places.objects.update(**change)

    assert together(shrink, lambda: taken.wait() and issuing()) == loser


def test_numbers_of_licences_and_offices_have_no_gaps_and_no_doubles():
    cases = [ready(NewLicence.steps["issue"], under=places(1, code)) for code in ("1503011001", "1504011001", "1503")]
    assert together(*map(issue, cases)) == []
    assert sorted(number[-4:] for number in Licence.objects.values_list("number", flat=True)) == [
        "0001",
        "0002",
        "0003",
    ]
    assert sorted(Office.objects.values_list("code", flat=True)) == ["15-C-0001", "15-C-0002", "15-C-0003"]


def test_a_seat_votes_once():
    _, _, ballot = ballot_of_one()
    voter = ballot.entitlements.first().person
    vote = [
        lambda choice=choice: cast_vote(ballot, choice, by=voter, reasons="دلیل", grounds=["persons"])
        for choice in (Entitlement.Choice.FOR, Entitlement.Choice.AGAINST)
    ]
    assert together(*vote) == [VotedAlready]
    assert ballot.votes.count() == 1
    assert whole() == []


def test_control_without_the_lock_the_constraint_still_keeps_it_to_one_vote(unlocked):
    _, _, ballot = ballot_of_one()
    voter = ballot.entitlements.first().person
    raised = together(*[lambda: cast_vote(ballot, Entitlement.Choice.FOR, by=voter)] * 2)
    assert ballot.votes.count() == 1
    assert len(raised) == 1


def ballot_of_one():
    case = at(NewLicence, "agenda")
    meeting, secretary = meeting_about(case)
    item = meeting.items.get()
    return item, secretary, open_vote(item, "approved", by=secretary)


def test_two_resolutions_of_one_instant_have_numbers_without_gap():
    under = places(2)
    cases = [at(NewLicence, "agenda", under=under) for _ in range(2)]
    meeting, secretary = meeting_about(*cases)
    items = list(meeting.items.all())
    for item in items:
        ballot = open_vote(item, "approved", by=secretary)
        for entitled in ballot.entitlements.all():
            cast_vote(ballot, Entitlement.Choice.FOR, by=entitled.person)
    assert together(*[lambda item=item: close_vote(item, by=secretary) for item in items]) == []
    assert sorted(number[-4:] for number in Resolution.objects.values_list("number", flat=True)) == ["0001", "0002"]


def test_one_ballot_counted_twice_yields_one_resolution():
    item, secretary, ballot = ballot_of_one()
    for entitled in ballot.entitlements.all():
        cast_vote(ballot, Entitlement.Choice.FOR, by=entitled.person)
    again = [lambda: close_vote(type(item).objects.get(pk=item.pk), by=secretary)] * 2
    assert len(together(*again)) == 1
    assert Resolution.objects.count() == 1
    assert whole() == []
