"""Each rule that counts shared rows, broken by somebody else just when a step has asked it."""

from contextlib import suppress
from itertools import islice
from threading import Barrier, BrokenBarrierError, current_thread, main_thread

import pytest
from django.db import DatabaseError, connection, transaction

from factories import together
from pishkhan.casework import services
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure, Rule
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.services import advance
from pishkhan.journal.refusals import Refusal
from procedure_driver import BREAK, actor_for, answers_for, ready
from rules_of_violations import lose_the_finding, rest_on_a_visit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]
PATIENCE = 0.4  # seconds: where a lock keeps the two apart, all of them pass
COUNTING = {
    rule.name: (rule, step)
    for procedure in Procedure.register.values()
    for step in procedure.steps.values()
    for rule in step.when
    if rule.counts and rule.name in BREAK
}
if connection.vendor == "sqlite":  # where one writes at a time, whatever is held: some will do
    COUNTING = dict(islice(COUNTING.items(), 3))
ARRANGE = {"finding_stands": rest_on_a_visit}  # what is counted is there before it is lost
BREAK_IT = BREAK | {"finding_stands": lose_the_finding}
BREAK_BY_THE_CASE = {"royalty_is_unpaid", "closure_is_short", "booth_days_are_left"}  # which its own lock keeps away


class Meeting:
    """Where a step that has asked a rule, and whoever breaks it, wait for each other if nothing keeps them apart."""

    def __init__(self, monkeypatch):
        self._barrier, self._holds, self.happened = Barrier(2), Rule.holds, False

        def asked(rule, *about):
            answer = self._holds(rule, *about)
            if current_thread() is not main_thread() and rule is self._rule:
                self.wait()
            return answer

        monkeypatch.setattr(Rule, "holds", asked)

    def about(self, rule):
        self._rule, self._barrier, self.happened = rule, Barrier(2), False

    def wait(self):
        with suppress(BrokenBarrierError):
            self._barrier.wait(timeout=PATIENCE)
            self.happened = True


@pytest.fixture
def meeting(monkeypatch):
    met = Meeting(monkeypatch)
    met.about(None)
    return met


def raced(rule, step, meeting):
    """Take a step while somebody who holds what the rule counts breaks it; what that raised."""
    case = ready(step)
    ARRANGE.get(rule.name, lambda case: None)(case)
    actor, answers = actor_for(case, step), answers_for(case, step)
    meeting.about(rule)

    def breaking():  # which may come too late, or be given up for the other's sake
        with suppress(Refusal, DatabaseError), transaction.atomic():
            mine = Case.objects.get(pk=case.pk)
            for row in sorted({row for counted in rule.counts for row in counted(mine)}, key=_place):
                type(row)._base_manager.select_for_update().get(pk=row.pk)
            BREAK_IT[rule.name](mine)
            meeting.wait()

    return together(lambda: advance(Case.objects.get(pk=case.pk), step, by=actor, answers=answers), breaking)


def _place(row):
    return row._meta.label_lower, row.pk


def test_no_rule_is_broken_between_being_asked_and_what_follows(meeting, subtests):
    for rule, step in COUNTING.values():
        with subtests.test(rule=rule.name):
            raised = raced(rule, step, meeting)
            assert not meeting.happened
            assert raised in ([], [RulesUnmet])


def test_control_where_nothing_is_held_they_meet(meeting, monkeypatch, subtests):
    if connection.vendor == "sqlite":
        return  # which has one writer at a time, whatever is held
    monkeypatch.setattr(services, "_hold_what_counts", lambda case, step: None)
    for rule, step in COUNTING.values():
        if rule.name not in BREAK_BY_THE_CASE:
            with subtests.test(rule=rule.name):
                raced(rule, step, meeting)
                assert meeting.happened
