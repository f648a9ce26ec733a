"""The days to remedy a fault run from when whoever was visited knew of the report, never from before."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from factories import person_as
from phone import given
from pishkhan.files.services import store
from pishkhan.inspections.visits.remedy_terms import run_from_service
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import accept_visit, submit_visit
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.notices.models import How, Notice, Outcome
from pishkhan.notices.services import prove_service
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.services import overdue
from pishkhan.people.models import Assignment
from pishkhan.people.roles import Role
from procedure_driver import PDF

pytestmark = pytest.mark.usefixtures("law", "papers")
CRITICAL = 7  # days, by the dated number


def later(days):
    return clock.at(now() + timedelta(days=days))


def accepted(*, sent):
    """An accepted report with a critical fault; its notice left at once, or is still waiting."""
    visit, inspector = given()
    if not sent:  # nobody acts for the holder: it is to be served on paper
        Assignment.objects.filter(role=Role.REPRESENTATIVE).delete()
    answers = {item.code: "not_ok" if item.code == "tariff" else "ok" for item in items_of(visit, today())}
    submit_visit(visit, answers=answers, visited_on=today(), by=inspector, notes={"tariff": "رسید نمی‌دهد"})
    if sent:
        Notice.objects.filter(pk=visit.notice_id).update(state="sent", sent_at=now())
    accept_visit(visit, by=person_as(Role.EXPERT))
    return visit, Undertaking.objects.get(item="tariff")


def served(visit):
    expert = person_as(Role.EXPERT)
    sheet = store(ContentFile(PDF, name="a.pdf"), by=expert, division=visit.division)
    data = {"how": How.HAND, "outcome": Outcome.RECEIVED, "on": today(), "server": "مأمور", "evidence": sheet}
    return prove_service(visit.notice, **data, by=expert, role=Role.EXPERT)


def test_what_was_told_at_once_is_due_as_it_was_said():
    _, undertaking = accepted(sent=True)
    with later(CRITICAL + 1):
        assert run_from_service() == []
        assert list(overdue(today())) == [undertaking]


def test_what_nobody_was_told_is_never_overdue_and_runs_from_its_service():
    visit, undertaking = accepted(sent=False)
    with later(CRITICAL - 1):
        assert run_from_service() == [], "there is time yet"
    with later(CRITICAL):
        assert [moved.pk for moved in run_from_service()] == [undertaking.pk]
        assert run_from_service() == []
    with later(CRITICAL + 3):
        assert list(overdue(today())) == []
        served(visit)
        run_from_service()
        undertaking.refresh_from_db()
        assert undertaking.due_on == today() + timedelta(days=CRITICAL)
    with later(2 * CRITICAL + 4):
        assert run_from_service() == []
        assert list(overdue(today())) == [undertaking]
    last = Entry.objects.filter(subject=undertaking.subject).last()
    assert (last.act, last.actor) == ("undertaking.postpone", "clock")
    assert [problem.en for problem in problems() if "undertaking" in problem.en] == []
