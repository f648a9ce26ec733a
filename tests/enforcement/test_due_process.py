"""Nobody is punished without notice, time to answer, quorum, finality: whichever way the steps come."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from behind_the_back import faults_of_acts
from due_process import without_due_process
from factories import person_as
from http_client import signed_in
from law import enter_law
from pishkhan.casework.deadlines import clock as casework
from pishkhan.casework.models import Case
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.services import advance
from pishkhan.casework.verify import replayed
from pishkhan.enforcement.models import Objection, Sanction
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.journal import clock
from pishkhan.journal.acts import CLOCK
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.meetings.models import Outcome
from pishkhan.meetings.selectors import resolved
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.notices.models import Proof
from pishkhan.notices.services import withdraw_proof
from pishkhan.offices.models import LicenceStatus
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import working_day_after
from procedure_driver import actor_for, answers_for, at, meeting_about, ready, resolve, take
from rules_of_violations import new_report, serve

pytestmark = pytest.mark.usefixtures("law", "papers")


def in_days(days):
    return clock.at(clock.now() + timedelta(days=days))


def again(case):
    return Case.objects.get(pk=case.pk)


def after_working_days(number, case):
    """The first working day on which so many working days from today are over."""
    return clock.at(clock.now() + (working_day_after(today(), number + 1, place=case.division_id) - today()))


@pytest.fixture
def suspended():
    """A case whose suspension is in force from today, come there in its own time."""
    case = new_report()
    take(case, "notify")
    serve(again(case), "notify")
    with after_working_days(10, case):
        casework.tick()
        hearing = today() + timedelta(days=6)
        take(again(case), "schedule", answers={"held_on": hearing.isoformat()})
        serve(again(case), "schedule")
    with clock.at(clock.now() + (hearing - today())):
        take(again(case), "hear")
        take(again(case), "draft")
        resolve(again(case), Outcome.SANCTIONED)
        take(again(case), "impose")
        serve(again(case), "impose")
        decided = clock.now()
    with clock.at(decided), after_working_days(20, case):
        casework.tick()
        yield again(case)


def test_a_suspension_comes_into_force_in_its_time_and_ends_by_itself(suspended):
    case = suspended
    assert case.stage == "final"
    licence = case.dossier.licence
    assert status_of(licence, today()) == Status.ACTIVE

    take(case, "execute")
    sanction = Sanction.objects.get(case=case)
    assert (sanction.from_on, (sanction.until_on - sanction.from_on).days + 1) == (today(), 30)
    assert [status_of(licence, day) for day in (today(), sanction.until_on, sanction.until_on + timedelta(days=1))] == [
        Status.SUSPENDED,
        Status.SUSPENDED,
        Status.ACTIVE,
    ]
    assert [without_due_process(today() + timedelta(days=day)) for day in range(40)] == [0] * 40
    assert [*faults_of_acts(), *replayed()] == []


@pytest.mark.tampers
@pytest.mark.parametrize("lacking", ["the notice", "the decision", "finality", "the votes", "time", "the objection"])
def test_the_query_notices_whatever_is_wanting(suspended, lacking):
    take(suspended, "execute")
    case, sanction = again(suspended), Sanction.objects.filter(case=suspended)
    assert without_due_process(today()) == 0
    proofs = (
        "DELETE FROM notices_proof WHERE notice_id IN (SELECT n.id FROM notices_notice n JOIN journal_entry e "
        "ON n.because = e.subject || '#' || e.number WHERE e.act = %s)"
    )
    with connection.cursor() as cursor:
        if lacking in ("the notice", "the decision"):
            cursor.execute(proofs, ["violation.notify" if lacking == "the notice" else "violation.impose"])
        elif lacking == "the votes":
            cursor.execute("DELETE FROM meetings_vote")
        elif lacking == "finality":
            sanction.update(annulled_on=today())
        elif lacking == "time":
            sanction.update(decided_on=case.submitted_on + timedelta(days=11))
        else:
            Objection.objects.create(case=case, body="court", suspensive=True, lodged_on=today())
    assert without_due_process(today()) == 1


def test_without_the_proof_of_service_nothing_is_executed_by_page_api_or_clock(suspended):
    case, expert = suspended, person_as(Role.EXPERT)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM notices_proof")
    client = signed_in(expert)

    page = client.post(f"/cases/{case.number}/steps/execute/", {"seen": case.revision}, HTTP_ACCEPT_LANGUAGE="en")
    response = client.post(f"/api/cases/{case.number}/steps/execute", {"answers": {}}, content_type="application/json")
    with in_days(30):
        assert casework.tick() == []
        with pytest.raises(Refusal):
            advance(again(case), ViolationCase.steps["execute_in_time"], by=CLOCK)

    assert (page.status_code, response.status_code) == (422, 422)
    assert {"notice_was_served", "decision_was_served"} <= {rule["name"] for rule in response.json()["rules"]}
    assert again(case).stage == "final"
    assert not LicenceStatus.objects.filter(status=Status.SUSPENDED).exists()


def test_the_clock_executes_what_is_final_when_nobody_does(suspended):
    with in_days(12):
        casework.tick()
        assert again(suspended).stage == "executed"
        assert status_of(suspended.dossier.licence, today()) == Status.SUSPENDED
        assert without_due_process(today()) == 0


def test_ten_working_days_run_from_the_service_not_from_the_letter():
    case = new_report()
    take(case, "notify")
    with in_days(40):
        casework.tick()
        assert again(case).stage == "explaining"  # nobody was served
        serve(again(case), "notify")
        last = working_day_after(today(), 10, place=case.division_id)
        with clock.at(clock.now() + (last - today())):
            casework.tick()
            assert again(case).stage == "explaining"
        with after_working_days(10, case):
            casework.tick()
            assert again(case).stage == "ready-to-hear"


def test_an_urgent_suspension_lasts_as_long_as_is_allowed_once_and_counts():
    case = at(ViolationCase, "explaining")
    licence = case.dossier.licence
    take(case, "suspend_at_once")
    assert [status_of(licence, today() + timedelta(days=day)) for day in (0, 9, 10)] == [
        Status.SUSPENDED,
        Status.SUSPENDED,
        Status.ACTIVE,
    ]
    assert without_due_process(today()) == 0
    with in_days(20):
        serve(case, "notify")
        for step in ("answer", "schedule"):
            take(again(case), step)
        serve(again(case), "schedule")
    with in_days(35):
        for step in ("hear", "draft"):
            take(again(case), step)
        resolve(again(case), Outcome.SANCTIONED)
        take(again(case), "impose")
        serve(again(case), "impose")
    with in_days(75):
        casework.tick()
        take(again(case), "execute")
        sanction = Sanction.objects.get(case=case)
        assert (sanction.until_on - sanction.from_on).days + 1 == 30 - 10
        assert without_due_process(today()) == 0


def test_what_the_court_annuls_is_undone_as_of_its_first_day_and_stays_visible(suspended):
    take(suspended, "execute")
    first, licence = today(), suspended.dossier.licence
    with in_days(8):
        take(again(suspended), "appeal")
        take(again(suspended), "record_ruling")
        take(again(suspended), "annul_in_court")
        assert [status_of(licence, first + timedelta(days=day)) for day in (0, 5, 15)] == [Status.ACTIVE] * 3
        assert status_of(licence, first + timedelta(days=5), known_on=first + timedelta(days=5)) == Status.SUSPENDED
        sanction = Sanction.objects.get(case=suspended)
        assert (sanction.annulled_on, again(suspended).stage) == (today(), "annulled")
    assert [*faults_of_acts(), *replayed()] == []


def test_what_is_voted_on_is_what_was_put_to_the_vote():
    """A draft that changes while members vote spends their resolution: none is punished by what they never saw."""
    case = ready(ViolationCase.steps["draft"])
    take(case, "draft")
    meeting, secretary = meeting_about(again(case))
    item = meeting.items.get()
    ballot = open_vote(item, Outcome.SANCTIONED, by=secretary)
    with pytest.raises(RulesUnmet):
        take(again(case), "draft")
    Case.objects.filter(pk=case.pk).update(revision=again(case).revision + 1)  # should it change all the same
    for entitled in ballot.entitlements.select_related("person"):
        cast_vote(ballot, "for", by=entitled.person)
    close_vote(type(item).objects.get(pk=item.pk), by=secretary)

    assert not resolved(again(case), Outcome.SANCTIONED)


def test_who_was_served_later_than_was_said_has_the_time_from_then():
    """A proof that was wrong is withdrawn, and another comes: what was noted in between gives no leave to go on."""
    case = new_report()
    take(case, "notify")
    serve(again(case), "notify")
    with after_working_days(10, case):
        casework.tick()
        withdraw_all_and_serve_again(case)
        with pytest.raises(RulesUnmet) as refusal:
            take(again(case), "schedule")
        assert [rule.name for rule in refusal.value.rules] == ["time_to_answer_was_given"]
        with after_working_days(10, case):
            take(again(case), "schedule")


def test_a_decision_that_was_served_later_is_executed_later(suspended):
    Proof.objects.filter(
        notice__because__in=[entry.name for entry in Entry.objects.filter(act="violation.impose")]
    ).update(on=today())
    with pytest.raises(RulesUnmet) as refusal:
        take(again(suspended), "execute")
    assert [rule.name for rule in refusal.value.rules] == ["objection_time_was_given"]


def withdraw_all_and_serve_again(case):
    expert = person_as(Role.EXPERT)
    for proof in Proof.objects.filter(withdrawn_on=None):
        withdraw_proof(proof, reason="به کس دیگری داده شده بود.", by=expert, role=Role.EXPERT)
    serve(again(case), "notify")


@pytest.mark.usefixtures("papers")
class Walk(TestCase):
    @settings(deadline=None, max_examples=20)
    @given(st.data())
    def test_no_order_of_steps_meetings_objections_and_days_leads_past_due_process(self, data):
        enter_law()
        case, now = new_report(), clock.now()
        for _ in range(data.draw(st.integers(15, 40))):
            now += timedelta(days=data.draw(st.sampled_from([0, 0, 1, 7, 16, 30])))
            with clock.at(now):
                self.do_something(again(case), data)
                assert without_due_process(today()) == 0
        with clock.at(now):
            assert [without_due_process(today() + timedelta(days=day)) for day in range(0, 120, 7)] == [0] * 18
            assert [*faults_of_acts(), *replayed()] == []

    def do_something(self, case, data):
        deeds = [step for step in case.procedure.steps_from(case.where) if step.name not in ("drop", "acquit")]
        deed = data.draw(st.sampled_from([*deeds, "serve", "vote", "tick", *[self.what_leads_on(case)] * 12]))
        event(case.stage)
        with suppress(Refusal):
            if deed == "serve":
                serve(case, {"explaining": "notify", "scheduled": "schedule"}.get(case.stage, "impose"))
            elif deed == "vote":
                resolve(case, data.draw(st.sampled_from([Outcome.SANCTIONED, Outcome.SANCTIONED, Outcome.DEFERRED])))
            elif deed == "tick":
                casework.tick()
            else:
                advance(case, deed, by=actor_for(case, deed), answers=answers_for(case, deed))

    def what_leads_on(self, case):
        """What somebody who wants a sanction would do next."""
        if case.stage == "heard":
            return (
                ViolationCase.steps["draft"]
                if not case.dossier.drafted
                else ViolationCase.steps["impose"]
                if resolved(case, Outcome.SANCTIONED)
                else "vote"
            )
        if (case.stage in ("explaining", "scheduled", "decided")) and not Proof.objects.filter(
            notice__because=f"{case.subject}#{case.revision}"
        ).exists():
            return "serve"
        names = {"reported": "notify", "ready-to-hear": "schedule", "scheduled": "hear", "final": "execute"}
        return ViolationCase.steps[names[case.stage]] if case.stage in names else "tick"


def test_the_walk_would_come_to_an_execution():
    """What leads on, done again and again with time going by, ends in a suspension: the walk is not idle."""
    walk, case, now = Walk("what_leads_on"), new_report(), clock.now()
    for _ in range(30):
        now += timedelta(days=7)
        with clock.at(now), suppress(Refusal):
            deed = walk.what_leads_on(again(case))
            if deed == "serve":
                serve(again(case), {"explaining": "notify", "scheduled": "schedule"}.get(again(case).stage, "impose"))
            elif deed == "vote":
                resolve(again(case), Outcome.SANCTIONED)
            elif deed == "tick":
                casework.tick()
            else:
                take(again(case), deed.name)
    assert again(case).stage == "executed"
