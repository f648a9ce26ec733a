"""Two at once in a violation case. Each race has its control: the same with the lock off."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from factories import person_as, together
from pishkhan.casework import services as casework
from pishkhan.casework.models import Case
from pishkhan.casework.refusals import NotAtThisStage
from pishkhan.casework.services import advance
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.journal.acts import CLOCK
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Busy
from pishkhan.meetings import services
from pishkhan.meetings.models import AgendaItem, Body, Outcome, Resolution
from pishkhan.meetings.refusals import NotReady
from pishkhan.meetings.selectors import ready_cases
from pishkhan.people.roles import Role
from procedure_driver import AT_NINE, answers_for, applicant_of, at, meeting_about, ready, vote_on, working_group

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers")]


def on_postgres():
    return connection.vendor == "postgresql"


def objecting_as_it_becomes_final():
    """The deeds of a holder who objects and of the clock, at the same instant."""
    case = ready(ViolationCase.steps["become_final"])
    holder, answers = applicant_of(case), answers_for(case, ViolationCase.steps["object"])
    return case, [
        lambda: advance(Case.objects.get(pk=case.pk), ViolationCase.steps["object"], by=holder, answers=answers),
        lambda: advance(Case.objects.get(pk=case.pk), ViolationCase.steps["become_final"], by=CLOCK),
    ]


def test_an_objection_and_finality_exclude_each_other():
    case, deeds = objecting_as_it_becomes_final()
    assert together(*deeds) == [NotAtThisStage]
    case = Case.objects.get(pk=case.pk)
    assert (case.stage, case.objections.count()) in (("objected", 1), ("final", 0))


def test_control_without_the_lock_only_the_journal_keeps_them_apart(unlocked, rendezvous):
    _, deeds = objecting_as_it_becomes_final()
    rendezvous.after(casework, "_move")  # both have asked their rules and written what follows
    assert together(*deeds) == [IntegrityError if on_postgres() else Busy]


def putting_on_two_agendas():
    """Two secretaries, each with a meeting of their own, and one case."""
    body, case = working_group(Body.Code.VIOLATIONS_COMMITTEE), at(ViolationCase, "heard")
    secretary = person_as(Role.SECRETARY)
    meetings = [
        services.convene(body, held_on=today() + timedelta(days=number), **AT_NINE, by=secretary) for number in (0, 1)
    ]
    return [
        lambda meeting=meeting: services.put_on_agenda(meeting, Case.objects.get(pk=case.pk), by=secretary)
        for meeting in meetings
    ]


class Asked:
    """The cases that are ready, asked so that both have the answer before either goes on."""

    def __init__(self, rows):
        self.rows = rows

    def filter(self, **wanted):
        return Asked(self.rows.filter(**wanted))

    def exists(self):
        return self.rows.exists()


@pytest.fixture
def both_have_asked(monkeypatch, rendezvous):
    monkeypatch.setattr(services, "ready_cases", lambda body: Asked(ready_cases(body)))
    rendezvous.after(Asked, "exists")


def test_a_case_comes_before_one_of_two_meetings(both_have_asked):
    assert together(*putting_on_two_agendas()) == [NotReady]
    assert AgendaItem.objects.count() == 1


def test_control_without_the_lock_it_comes_before_both(both_have_asked, monkeypatch):
    taken = services.lock
    monkeypatch.setattr(services, "lock", lambda *rows: taken(*[row for row in rows if not isinstance(row, Case)]))
    both = on_postgres()  # on SQLite IMMEDIATE keeps them apart even so
    assert together(*putting_on_two_agendas()) == ([] if both else [NotReady])
    assert AgendaItem.objects.count() == 1 + both


def test_of_two_resolutions_on_one_case_one_is_carried_out():
    """Should a case ever have two, as from before the lock: the second finds that the case has moved."""
    draft = ViolationCase.steps["draft"]
    case = ready(draft)
    advance(case, draft, by=person_as(Role.SECRETARY), answers=answers_for(case, draft))
    case = Case.objects.get(pk=case.pk)
    for _ in range(2):
        Resolution.objects.update(case_revision=0)
        meeting, secretary = meeting_about(case)
        vote_on(meeting.items.get(), Outcome.SANCTIONED, secretary)
        services.close_meeting(type(meeting).objects.get(pk=meeting.pk), by=secretary)
    Resolution.objects.update(case_revision=case.revision)
    first, second = (person_as(Role.SECRETARY) for _ in range(2))
    assert together(
        *[
            lambda by=by: advance(Case.objects.get(pk=case.pk), ViolationCase.steps["impose"], by=by)
            for by in (first, second)
        ]
    ) == [NotAtThisStage]
