"""A ceiling of time for all of a request: it warns the secretary, the director and the applicant, and moves nothing."""

from datetime import UTC, date, datetime

import pytest

from factories import person_as
from http_client import as_read, signed_in
from pishkhan.casework.deadlines.ceiling import ceiling_of
from pishkhan.casework.deadlines.clock import tick
from pishkhan.casework.lists.case_list import CaseList
from pishkhan.casework.models import Case
from pishkhan.journal import clock
from pishkhan.licensing.procedures.closure import Closure
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from procedure_driver import at, speaker_of, take

pytestmark = pytest.mark.usefixtures("law", "papers")
BEGIN = datetime(2022, 4, 9, 7, tzinfo=UTC)  # 20 Farvardin 1401, a Saturday
# Sunday to Wednesday of that week are 4 working days; the weeks from 16 April to 6 July hold 5, 4, 3, 5, 5, 5, 5, 3, 5,
# 5, 5 and 5 (off are 3, 13 and 14 Ordibehesht, 14 and 15 Khordad): 59 by 6 July, and Saturday is the sixtieth.
CEILING = date(2022, 7, 9)
GOVERNOR = date(2022, 7, 20)  # 19 and 27 Tir are off


@pytest.fixture
def case():
    with clock.at(BEGIN):
        yield at(NewLicence, "check")


def on(day):
    return clock.at(datetime(day.year, day.month, day.day, 7, tzinfo=UTC))


def test_the_ceiling_is_so_many_working_days_after_the_request_was_submitted(case):
    ceiling = ceiling_of(case)

    assert (ceiling.near, ceiling.passed) == (False, False)
    assert (ceiling.until, ceiling.governor_until) == (CEILING, GOVERNOR)


@pytest.mark.parametrize(
    ("day", "near", "passed"),
    [
        (date(2022, 6, 27), False, False),
        (date(2022, 6, 28), True, False),  # seven working days are left, as many as the governor has
        (CEILING, True, False),
        (date(2022, 7, 10), True, True),
    ],
)
def test_it_warns_when_no_more_days_are_left_than_the_governor_has_and_once_it_has_passed(case, day, near, passed):
    with on(day):
        ceiling = ceiling_of(case)
        listed = [CaseList.select(person_as(role), ceiling=True).count() for role in (Role.SECRETARY, Role.DIRECTOR)]

    assert (ceiling.near, ceiling.passed) == (near, passed)
    assert listed == [int(near), int(near)]


def test_secretary_director_and_applicant_are_told_and_others_have_no_card(case):
    with on(date(2022, 7, 11)):
        for role, warned in ((Role.SECRETARY, True), (Role.DIRECTOR, True), (Role.EXPERT, False)):
            page = as_read(signed_in(person_as(role)).get("/today/"))
            assert ("نزدیک سقف زمان یا گذشته از آن" in page) is warned, role
        page = as_read(signed_in(speaker_of(case.applicant)).get(f"/cases/{case.number}/"))
        answer = signed_in(person_as(Role.EXPERT)).get(f"/api/cases/{case.number}").json()

    assert "از سقف زمان گذشته" in page and "استاندار تا" in page and "پیش‌فرض" not in page
    assert answer["ceiling"] == {
        "until": CEILING.isoformat(),
        "governor_until": GOVERNOR.isoformat(),
        "near": True,
        "passed": True,
        "paused_days": 0,
    }


def test_it_stands_still_while_the_applicant_completes_and_the_page_says_so(case):
    with on(date(2022, 4, 16)):
        take(case, "send_back")
    with on(date(2022, 4, 19)):  # Sunday to Tuesday: three working days
        row = Case.objects.get(pk=case.pk)
        waiting = ceiling_of(row)
        page = as_read(signed_in(speaker_of(case.applicant)).get(f"/cases/{case.number}/"))
        take(row, "complete")
    with on(date(2022, 6, 1)):
        ceiling = ceiling_of(Case.objects.get(pk=case.pk))

    assert (waiting.paused_days, ceiling.paused_days) == (3, 3)
    assert ceiling.until == waiting.until == date(2022, 7, 13), "three working days after 9 July; 10 July is off"
    assert "۳ روز کاری که پرونده نزد متقاضی بوده" in page


def test_it_moves_nothing(case):
    with on(date(2022, 12, 1)):
        tick()

        assert Case.objects.get(pk=case.pk).stage == "check" and ceiling_of(case).passed


def test_a_draft_a_case_that_ended_and_a_procedure_without_one_have_none(case):
    with on(date(2022, 12, 1)):
        take(case, "withdraw")

        assert ceiling_of(Case.objects.get(pk=case.pk)) is None
        assert ceiling_of(at(NewLicence, "draft")) is None
        assert ceiling_of(at(Closure, "check")) is None
        assert CaseList.select(person_as(Role.SECRETARY), ceiling=True).count() == 0


def test_another_province_sees_nothing_of_it(case):
    with on(date(2022, 7, 11)):
        assert CaseList.select(person_as(Role.SECRETARY, "16"), ceiling=True).count() == 0
