"""Which sanctions count: of the region, of the same for the same holder, of the days that are asked; no others."""

from datetime import timedelta
from itertools import count

import pytest

from factories import division
from pishkhan.casework.models import Case
from pishkhan.enforcement.catalogue import LADDER
from pishkhan.enforcement.models import Objection, Sanction, Stay
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.enforcement.reports.figures import Period, course, tables
from pishkhan.enforcement.selectors import (
    earlier_sanctions,
    open_violations,
    public_sanctions,
    rung_called_for,
    similar_to,
    usual_rung,
)
from pishkhan.journal.clock import today
from pishkhan.offices.status import months_before
from procedure_driver import at, take
from rules_of_violations import new_report

pytestmark = pytest.mark.usefixtures("law", "papers")
serial = count(1)
ONE = timedelta(days=1)
ELSEWHERE = "1601"


def copied(row, **facts):
    row = type(row).objects.get(pk=row.pk)
    row.pk, row._state.adding = None, True
    for name, fact in facts.items():
        setattr(row, name, fact)
    row.save()
    return row


def like(first, *, case=None, **facts):
    """Another sanction, in a case of its own, that is like the first but for some facts."""
    number, place = next(serial), {name: facts[name] for name in ("division_id", "kind") if name in facts}
    values = {"number": f"VC-15-1401-9{number:03}", "tracking_code": f"like-{number}"} | place
    case = copied(first.case, **values | (case or {}))
    item = copied(first.resolution.item, case=case, position=number + 1)
    resolution = copied(first.resolution, item=item, case=case, number=f"like-{number}")
    return copied(first, case=case, resolution=resolution, **facts)


@pytest.fixture
def first():
    """A sanction that the committee imposed today."""
    return Sanction.objects.get(case=at(ViolationCase, "decided"))


@pytest.fixture
def charged():
    """The dossier of a case with a charge."""
    case = new_report()
    take(case, "notify")
    return Case.objects.get(pk=case.pk).dossier


def days(number):
    return today() + timedelta(days=number)


def test_the_report_counts_the_sanctions_and_cases_of_its_region_and_of_both_its_last_days(first):
    division(ELSEWHERE)
    begin, end = days(10), days(20)
    Sanction.objects.filter(pk=first.pk).update(decided_on=begin)
    Case.objects.filter(pk=first.case_id).update(opened_on=begin)
    kept = [first, like(first, decided_on=end, case={"opened_on": end})]
    for out in (days(9), days(21)):
        like(first, decided_on=out, case={"opened_on": out})
    like(first, division_id=ELSEWHERE)
    copied(first.case, procedure_code="closure", number="CL-15-1401-1", tracking_code="closure")

    period = Period("15", begin, end)

    assert [table.total for table in tables(period)] == [len(kept)] * 4
    assert (course(period).reported, course(period).decided) == (2, 2)
    assert course(Period("16", begin, end)).decided == 1
    assert tables(Period("17", begin, end))[0].rows == ()


def test_the_report_sorts_by_violation_county_kind_recidivism_and_by_the_rung_that_was_imposed(first):
    like(first, imposed="warning", rung="notice", earlier=2, kind="rural_ict", division_id="1504", violation="staff")

    sorts = {
        table.code: {sort: by_rung for sort, by_rung, _ in table.rows}
        for table in tables(Period("15", today(), today()))
    }

    def only(*rungs):
        return tuple(int(rung.code in rungs) for rung in LADDER)

    suspended, warned = only("suspension"), only("warning")
    assert sorts == {
        "violation": {"relocation": suspended, "staff": warned},
        "county": {"1503": suspended, "1504": warned},
        "kind": {"counter": suspended, "rural_ict": warned},
        "repeated": {"first": suspended, "repeated": warned},
    }
    assert tables(Period("15", today(), today()))[0].sums == only("suspension", "warning")


def test_the_course_tells_how_long_cases_took_and_how_alike_decisions_were(first):
    Sanction.objects.filter(pk=first.pk).update(decided_on=days(3), usual="suspension", imposed="suspension")
    like(first, decided_on=days(9), usual="warning", imposed="suspension")
    like(first, decided_on=days(4), usual="")

    result = course(Period("15", today(), days(20)))

    assert (result.median_days, result.longest_days, result.comparable, result.alike) == (4, 9, 2, 1)
    nothing = course(Period("15", days(50), days(60)))
    assert (nothing.median_days, nothing.longest_days, nothing.comparable, nothing.objections) == (None, None, 0, 0)


def test_the_course_counts_the_objections_of_its_region_and_days_by_what_became_of_them(first):
    division(ELSEWHERE)
    upheld = {"outcome": "upheld", "answered_on": today(), "letter": "1"}
    for on, facts in ((today(), upheld), (days(5), {}), (days(-1), upheld), (days(6), upheld)):
        Objection.objects.create(case=first.case, body="court", suspensive=False, lodged_on=on, **facts)
    Objection.objects.create(
        case=like(first, division_id=ELSEWHERE).case, body="court", suspensive=False, lodged_on=today()
    )

    result = course(Period("15", today(), days(5)))

    assert (result.objections, result.outcomes) == (2, (("", 1), ("upheld", 1)))


def test_earlier_is_what_became_final_in_the_window_before_the_act_for_the_same_holder_office_and_violation(
    first, charged
):
    on = charged.committed_on
    theirs = {"organisation": charged.case.organisation, "person": charged.case.person}
    begins = months_before(on, 24)

    def one(case=theirs, **facts):
        return like(first, case=case, **{"office": charged.office, "final_on": on} | facts)

    counted = [one(final_on=begins + ONE), one()]
    one(final_on=begins)  # the window of two years begins the day after
    one(final_on=on + ONE)  # what came after the act had warned nobody
    one(final_on=None)
    one(office=first.office)
    one(violation="staff")
    one(annulled_on=today())
    one(declined_on=today())
    one(case={"organisation": first.case.organisation, "person": first.case.person})

    assert list(earlier_sanctions(charged)) == counted
    assert LADDER.index(rung_called_for(charged)) == LADDER.index(rung_called_for(first.case.dossier)) + 2


def test_the_ladder_ends_at_its_highest_rung_and_one_begins_where_the_law_says(first, charged):
    theirs = {"organisation": charged.case.organisation, "person": charged.case.person}
    assert rung_called_for(charged).code == "suspension"
    for _ in LADDER:
        like(first, case=theirs, office=charged.office, final_on=charged.committed_on)
    assert rung_called_for(charged) == LADDER[-1]


def test_no_case_is_its_own_example_or_its_own_recidivism(first):
    Sanction.objects.update(final_on=first.committed_on)
    assert list(similar_to(first.case.dossier)) == list(earlier_sanctions(first.case.dossier)) == []


def test_similar_is_what_was_imposed_in_the_province_for_the_same_the_likest_first_then_the_latest(first, charged):
    division(ELSEWHERE)
    again, latest = like(first, earlier=1, decided_on=days(3)), like(first, decided_on=days(2))
    like(first, division_id=ELSEWHERE)
    like(first, violation="staff")
    like(first, kind="rural_ict")
    like(first, annulled_on=today())
    county = like(first, division_id=division("1511").code, decided_on=days(-1))

    assert similar_to(charged) == [latest, first, county, again]


def test_ten_similar_cases_are_shown_the_likest_of_the_fifty_latest(first, charged):
    Sanction.objects.update(earlier=5, decided_on=days(-1))
    alike = like(first, earlier=0, decided_on=days(-2))
    for _ in range(48):
        like(first)
    assert len(similar_to(charged)) == 10 and similar_to(charged)[0] == alike
    like(first)
    assert alike not in similar_to(charged)


def test_usual_is_what_most_similar_cases_with_as_many_earlier_sanctions_had_of_several_the_lightest(first, charged):
    assert usual_rung(charged) == "suspension"
    like(first, imposed="second_suspension")
    assert usual_rung(charged) == "suspension"
    like(first, imposed="second_suspension")
    assert usual_rung(charged) == "second_suspension"
    for _ in range(3):
        like(first, imposed="warning", earlier=1)
    assert usual_rung(charged) == "second_suspension"
    Sanction.objects.update(annulled_on=today())
    assert usual_rung(charged) == ""


def test_public_is_what_became_final_in_the_region_in_so_many_days_and_was_not_declined(first):
    division(ELSEWHERE)
    on = today()
    fresh, last = like(first, final_on=on), like(first, final_on=on - timedelta(days=364))
    like(first, final_on=on - timedelta(days=365))
    like(first, final_on=on + ONE)
    like(first, final_on=on, declined_on=on)
    like(first, final_on=on, division_id=ELSEWHERE)

    assert set(public_sanctions("15", on, 365)) == {fresh, last}


def test_stayed_is_the_sanction_whose_own_stay_has_not_ended(first):
    on = today()
    stayed, over, other = (like(first, final_on=on) for _ in range(3))
    Stay.objects.create(case=stayed.case, ordered_on=on, letter="1")
    Stay.objects.create(case=over.case, ordered_on=on, letter="2", ended_on=on)

    assert {sanction.pk: sanction.stayed for sanction in public_sanctions("15", on, 1)} == {
        stayed.pk: True,
        over.pk: False,
        other.pk: False,
    }


def test_open_about_an_office_are_its_violation_cases_whose_holder_was_told_until_they_are_executed(charged):
    case, about = charged.case, charged.office.subject
    assert list(open_violations(about)) == [case]
    assert list(open_violations("office:0")) == []
    for stage, is_open in (("reported", False), ("final", True), ("executed", False), ("stayed", True)):
        Case.objects.filter(pk=case.pk).update(stage=stage)
        assert list(open_violations(about)) == [case] * is_open, stage
    Case.objects.filter(pk=case.pk).update(procedure_code="closure", stage="check")
    assert list(open_violations(about)) == []
