"""Deadlines: in working days, standing still while the applicant must answer, and taken by the clock when they pass."""

from datetime import UTC, date, datetime, timedelta

import pytest

from factories import person_as
from pishkhan.casework.deadlines.clock import overdue, tick, to_be_reminded
from pishkhan.casework.deadlines.deadlines import days_used, deadline, earliest_overdue
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.verify import replayed
from pishkhan.journal import clock
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import working_days
from pishkhan.regulation.holidays.services import declare_holiday
from pishkhan.regulation.models import Adoption
from procedure_driver import at, take
from rules_of_requests import answer_all
from rules_of_violations import serve

pytestmark = [pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]
SATURDAY = datetime(2022, 7, 23, 8, tzinfo=UTC)  # 1 Mordad 1401: Tasua and Ashura fall on 7 and 8 August


def on(days):
    return clock.at(SATURDAY + timedelta(days=days))


def nth_working_day(number):
    """How many days after the Saturday its so-manieth working day is."""
    day, left = SATURDAY.date(), number
    while left:
        day += timedelta(days=1)
        left -= working_days(day - timedelta(days=1), day, place="15")
    return (day - SATURDAY.date()).days


def test_the_day_begins_at_midnight_in_tehran():
    with clock.at(datetime(2022, 9, 16, 19, 30, tzinfo=UTC)):
        assert clock.today() == date(2022, 9, 17)
    with clock.at(datetime(2022, 9, 16, 19, 29, tzinfo=UTC)):
        assert clock.today() == date(2022, 9, 16)


TIMED = [
    (procedure, stage)
    for procedure in Procedure.register.values()
    for stage in procedure.stages.values()
    if stage.within
]


# The step whose notice starts the term of a stage.
SERVED = {
    "explaining": ["notify"],
    "decided": ["impose"],
    "returned": ["send_back"],
    "elsewhere": ["refuse_place"],
    "royalty": ["pass_premises", "clear", "undertake"],
    "agreement": ["submit"],
    "undertaking": ["clear"],
    "hand-in": ["accept", "clear"],
}


def let_be_served(case):
    """Serve the notice by which a case came to where it stands."""
    for step in SERVED[case.stage]:
        serve(case, step)


@pytest.mark.parametrize("timed", TIMED, ids=lambda item: item[1].code)
def test_each_term_ends_on_its_last_working_day_and_not_before(timed):
    procedure, stage = timed
    with on(0):
        case = at(procedure, stage.code)
        term = case.reckoned(stage.within).value
        if stage.from_service:
            assert deadline(case) is None
            let_be_served(case)
    last = nth_working_day(term)
    with on(last):
        assert deadline(case) == clock.today()
        assert case.pk not in {item.pk for item, _ in overdue(clock.today())}
    with on(nth_working_day(term + 1)):
        assert deadline(case) == (SATURDAY + timedelta(days=last)).date()
        by_the_clock = [step for step in procedure.steps_from(stage) if step.by == Role.CLOCK]
        assert [(item.pk, step) for item, step in overdue(clock.today())] == [(case.pk, step) for step in by_the_clock]


def test_an_unanswered_return_lapses_on_the_day_after_its_term():
    with on(0):
        case = at(NewLicence, "returned")
        let_be_served(case)
    with on(nth_working_day(15)):
        assert tick() == []
    with on(nth_working_day(16)):
        assert [event.pk for event in tick()] == [case.pk]
        assert tick() == []
    last = Entry.objects.filter(subject=case.subject).last()
    assert (last.actor, last.act) == ("clock", "new-licence.lapse")
    assert list(replayed()) == []


def test_no_term_to_lapse_runs_before_its_notice_is_served():
    with on(0):
        case = at(NewLicence, "returned")
        unpaid = at(NewLicence, "royalty")
    with on(200):
        assert (deadline(case), deadline(unpaid)) == (None, None)
        assert tick() == []
        let_be_served(case)
    with on(200 + 90):
        assert [event.pk for event in tick()] == [case.pk]


def test_a_holiday_declared_afterwards_gives_another_day():
    with on(0):
        let_be_served(at(NewLicence, "returned"))
    with on(nth_working_day(16)):
        declare_holiday(
            SATURDAY.date() + timedelta(days=2),
            name=Text("آلودگی هوا", "Air pollution"),
            source="1401/7",
            by=person_as(Role.ADMINISTRATOR),
            place="15",
        )
        assert tick() == []
    with on(nth_working_day(16)):
        assert len(tick()) == 1


def test_a_holiday_of_another_province_gives_none():
    with on(0):
        let_be_served(at(NewLicence, "returned"))
    with on(nth_working_day(16)):
        declare_holiday(
            SATURDAY.date() + timedelta(days=2),
            name=Text("برف", "Snow"),
            source="1401/7",
            by=person_as(Role.ADMINISTRATOR, place="16"),
            place="16",
        )
        assert len(tick()) == 1


def test_the_examination_stands_still_while_the_applicant_answers():
    with on(0):
        case = at(NewLicence, "check")
    with on(2):
        take(case, "send_back")
    with on(9):
        take(case, "complete")
    until = SATURDAY.date() + timedelta(days=11)
    assert days_used(case, until) == 2 + working_days(SATURDAY.date() + timedelta(days=9), until, place="15")


def test_each_return_gives_the_applicant_the_whole_term():
    with on(0):
        case = at(NewLicence, "returned")
        let_be_served(case)
    with on(4):
        take(case, "complete")
        take(case, "send_back")
        let_be_served(case)
    assert days_used(case, SATURDAY.date() + timedelta(days=7)) == 1


def test_a_payment_stops_the_clock_that_would_end_the_request():
    with on(0):
        case = at(NewLicence, "royalty")
        let_be_served(case)
        take(case, "pay")
    with on(60):
        assert len(list(overdue(clock.today()))) == 1
        assert tick() == []


def test_a_term_that_is_no_more_than_a_default_takes_nothing_from_anybody():
    with on(0):
        case = at(NewLicence, "returned")
        let_be_served(case)
    Adoption.objects.filter(number__key="stage.returned").delete()
    with on(90):
        assert case.reckoned(case.where.within).value == 15
        assert tick() == []


def test_a_body_that_does_not_answer_in_its_own_time_is_reminded_once():
    with on(0):
        case = at(NewLicence, "inquiries")
    with on(nth_working_day(10)):
        assert list(to_be_reminded(clock.today())) == []
    with on(nth_working_day(11)):
        assert [event.pk for event in tick()] == [case.pk]
        assert tick() == []
    assert set(case.inquiries.filter(reminded_on__isnull=False).values_list("code", flat=True)) == {"addiction"}
    with on(nth_working_day(31)):
        tick()
    assert not case.inquiries.filter(reminded_on=None).exists()


def test_who_has_answered_is_not_reminded():
    with on(0):
        case = at(NewLicence, "inquiries")
        answer_all(case)
    with on(90):
        assert tick() == []


def test_the_hint_never_lies_later_than_the_true_day():
    for days in range(1, 40):
        hint = earliest_overdue(SATURDAY.date(), days)
        assert working_days(SATURDAY.date(), hint - timedelta(days=1), place="15") <= days


def test_the_clock_asks_a_constant_number_of_questions_of_cases_that_are_not_due(django_assert_max_num_queries):
    with on(0):
        let_be_served(at(NewLicence, "returned"))
    with on(1), django_assert_max_num_queries(2):
        assert tick() == []


def test_who_is_quicker_than_the_clock_is_let_be():
    with on(0):
        case = at(NewLicence, "returned")
        let_be_served(case)
    with on(nth_working_day(16)):
        late = list(overdue(clock.today()))
        take(Case.objects.get(pk=case.pk), "complete")
        assert [item.pk for item, _ in late] == [case.pk]
        assert tick() == []
