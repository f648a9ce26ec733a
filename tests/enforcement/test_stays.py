"""What a court stays rests in the register as of its day, and goes on or falls as the court says."""

from datetime import timedelta

import pytest
from test_due_process import again, in_days, suspended

from behind_the_back import faults_of_acts
from due_process import without_due_process
from factories import person_as
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.services import advance
from pishkhan.casework.verify import replayed
from pishkhan.enforcement.models import Sanction, Stay
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.enforcement.selectors import open_violations, public_sanctions
from pishkhan.journal.clock import today
from pishkhan.notices.models import Notice
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import at, take
from rules_of_violations import ruling

__all__ = ["suspended"]
pytestmark = pytest.mark.usefixtures("law", "papers")
DAYS = 30
SAYS = {"stay": "stayed", "lift_stay": "lifted", "uphold_in_court": "upheld", "annul_in_court": "annulled"}


def days_suspended(licence, first, number=120):
    return [day for day in range(number) if status_of(licence, first + timedelta(days=day)) == Status.SUSPENDED]


def stayed(case, on=None):
    """The court's order is entered, of a day (today, if none is told)."""
    return decided(case, "stay", on)


def decided(case, step, on=None):
    """What the court ruled is entered by one and carried out by another."""
    answers = ruling(case, SAYS[step], ruled_on=(on or today()).isoformat())
    entered = advance(again(case), ViolationCase.steps["record_ruling"], by=person_as(Role.SECRETARY), answers=answers)
    return advance(entered, ViolationCase.steps[step], by=person_as(Role.DIRECTOR))


@pytest.mark.parametrize(("late", "step"), [(0, "uphold_in_court"), (3, "uphold_in_court"), (0, "lift_stay")])
def test_what_rests_as_of_the_day_of_the_order_goes_on_for_the_days_that_were_left(suspended, late, step):
    take(suspended, "execute")
    first, licence = today(), suspended.dossier.licence
    with in_days(8):
        take(again(suspended), "appeal")
    with in_days(10 + late):
        stayed(suspended, first + timedelta(days=10))
        assert days_suspended(licence, first) == list(range(10))
        assert status_of(licence, first + timedelta(days=11), known_on=first + timedelta(days=9)) == Status.SUSPENDED
        assert list(open_violations(licence.office.subject)) == [again(suspended)]
        assert [sanction.stayed for sanction in public_sanctions("15", today(), 999)] == [True]
        assert Notice.objects.filter(template="violation.stayed").exists()
    with in_days(50):
        decided(suspended, step)
        assert days_suspended(licence, first) == [*range(10), *range(50, 50 + DAYS - 10)]
        assert Stay.objects.get().ended_on == today()
        assert Sanction.objects.get().until_on == first + timedelta(days=50 + DAYS - 10 - 1)
        assert again(suspended).stage == "executed"
        assert [sanction.stayed for sanction in public_sanctions("15", today(), 999)] == [False]
        assert again(suspended).objections.filter(outcome="").exists() == (step == "lift_stay")
    for day in range(0, 75, 5):
        with in_days(day):
            assert without_due_process(today()) == 0
    assert [*faults_of_acts(), *replayed()] == []


def test_what_was_stayed_and_is_annulled_falls_as_of_its_first_day(suspended):
    take(suspended, "execute")
    first, licence = today(), suspended.dossier.licence
    with in_days(8):
        take(again(suspended), "appeal")
        stayed(suspended)
    with in_days(20):
        decided(suspended, "annul_in_court")
        assert days_suspended(licence, first) == []
        assert (Stay.objects.get().ended_on, again(suspended).stage) == (today(), "annulled")
    assert [*faults_of_acts(), *replayed()] == []


def test_it_can_be_stayed_again_and_never_longer_than_was_imposed(suspended):
    take(suspended, "execute")
    first, licence = today(), suspended.dossier.licence
    with in_days(5):
        take(again(suspended), "appeal")
        stayed(suspended)
    with in_days(20):
        decided(suspended, "lift_stay")
    with in_days(25):
        stayed(suspended)
    with in_days(60):
        decided(suspended, "uphold_in_court")
        assert days_suspended(licence, first) == [*range(5), *range(20, 25), *range(60, 80)]
    assert [*faults_of_acts(), *replayed()] == []


def test_a_revocation_rests_and_holds_again(suspended):
    case = at(ViolationCase, "revocation-proposed")
    take(case, "revoke")
    licence, first = case.dossier.licence, today()
    assert status_of(licence, first) == Status.REVOKED
    take(again(case), "appeal")
    with in_days(4):
        stayed(case, first + timedelta(days=2))
        assert [status_of(licence, first + timedelta(days=day)) for day in (1, 2, 9)] == [
            Status.REVOKED,
            Status.ACTIVE,
            Status.ACTIVE,
        ]
        assert Stay.objects.get().left is None
    with in_days(9):
        decided(case, "uphold_in_court")
        assert [status_of(licence, first + timedelta(days=day)) for day in (1, 8, 9, 99)] == [
            Status.REVOKED,
            Status.ACTIVE,
            Status.REVOKED,
            Status.REVOKED,
        ]
    assert [*faults_of_acts(), *replayed()] == []


@pytest.mark.parametrize(
    ("day", "rule", "words"),
    [
        (-1, "order_came_after_the_execution", "دستور موقت پس از اجراست"),
        (1, "day_of_the_ruling_has_come", "روز رأی یا دستور رسیده است"),
    ],
)
def test_an_order_of_a_day_before_the_execution_or_to_come_is_refused_in_words(suspended, day, rule, words):
    take(suspended, "execute")
    take(again(suspended), "appeal")
    with pytest.raises(RulesUnmet) as refused:
        stayed(suspended, today() + timedelta(days=day))
    assert [broken.name for broken in refused.value.rules] == [rule]
    assert words in refused.value.text.fa
    assert not Stay.objects.exists()


def test_what_is_over_or_nobody_went_to_court_about_is_not_stayed(suspended):
    take(suspended, "execute")
    with pytest.raises(RulesUnmet):
        stayed(suspended)
    with in_days(DAYS - 1):
        take(again(suspended), "appeal")
    with in_days(DAYS), pytest.raises(RulesUnmet):
        stayed(suspended)
    assert not Stay.objects.exists()
