"""Every figure counts its region, its days and what was known, and nothing else: asked of each with a record in it."""

from datetime import timedelta

import numpy as np
import pytest
from test_bulletin import haversine, routine, values

from complained import expert
from complained import told as complaint
from factories import describe_division, division, person_as
from pishkhan.complaints import services as complaints
from pishkhan.complaints.models import Complaint
from pishkhan.enforcement.models import Objection, Sanction
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.geography.models import Population
from pishkhan.inspections.models import Waiver
from pishkhan.inspections.visits.waivers import waive
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid
from pishkhan.language.jalali import jalali_date
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.measures.access import gain_of, straight_line_access
from pishkhan.measures.bulletin import as_json, as_text, asked_for
from pishkhan.measures.figures import FIGURES, Count, Period, each_sort, figure, sorted_counts
from pishkhan.measures.goals import SYNTHETIC, measured
from pishkhan.measures.series import by_month
from pishkhan.measures.words import unit_of
from pishkhan.meetings.models import Body, Resolution
from pishkhan.meetings.services import close_meeting
from pishkhan.offices.changes import Issued, succeed
from pishkhan.offices.models import Licence
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import at, meeting_about, vote_on
from rules_of_matters import licence, matter

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)


def succeeded(issued_on=None):
    before = licence()
    cause = Entry.objects.filter(subject=before.subject).latest("number")
    cause.by, cause.role = SYSTEM, Role.SYSTEM
    begins = today() + 2 * DAY
    return succeed(
        before,
        Issued("S-1", issued_on or today(), begins, begins + 365 * DAY),
        origin="renewal",
        case=matter("closure", before),
        because=cause,
    )


def put(status, months_left=30):
    change_status(licence(months_left=months_left), status, from_on=today(), by=IMPORTER, role="importer")


def resolved():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    vote_on(meeting.items.get(), "rejected", secretary)
    close_meeting(meeting, by=secretary)


def waived_inspector():
    visit = routine(licence().office)
    waive(visit, Waiver.Rule.OTHER_INSPECTOR, person=visit.inspector, reason="تنها بازرس", by=person_as(Role.DIRECTOR))


def made_final():
    Sanction.objects.filter(case=at(ViolationCase, "decided")).update(final_on=today())


def answered():
    Objection.objects.create(
        case=at(ViolationCase, "decided"),
        body="disputes",
        suspensive=True,
        lodged_on=today(),
        outcome="upheld",
        answered_on=today(),
        letter="1",
    )


def closed():
    complaints.close(complaint(), "remedied", "گفته شد.", by=expert())


MADE = {  # how a record of today comes into each figure
    "offices.active": licence,
    "licences.issued": lambda: at(NewLicence, "issued"),
    "licences.ended": lambda: licence(months_left=0),
    "licences.succeeded": succeeded,
    "licences.waived": lambda: put(Status.WAIVED, 2),
    "licences.closed": lambda: put(Status.CLOSED),
    "visits.made": lambda: routine(licence().office),
    "visits.same_inspector": waived_inspector,
    "meetings.held": resolved,
    "resolutions.adopted": resolved,
    "cases.submitted": lambda: at(NewLicence, "committee"),
    "violations.reported": lambda: at(ViolationCase, "explaining"),
    "sanctions.final": made_final,
    "objections.answered": answered,
    "complaints.received": complaint,
    "complaints.closed": closed,
}


def counted(code, region="15", first=0, last=0, known=None):
    """How many records a figure names, of days counted from today."""
    known_on = None if known is None else today() + known * DAY
    period = Period(region, today() + first * DAY, today() + last * DAY, known_on)
    return len({record for count in FIGURES[code].counts(period) for record in count.records})


def test_there_is_a_record_for_every_figure():
    assert set(MADE) == set(FIGURES)


@pytest.mark.parametrize("code", MADE)
def test_a_figure_counts_what_lies_in_its_region_and_its_days_and_was_known(code):
    MADE[code]()

    assert counted(code) == 1
    assert counted(code, "1503") == (code != "meetings.held")  # a meeting is the province's
    assert counted(code, "16") == counted(code, "1504") == 0
    assert counted(code, first=-1) == counted(code, first=-9, last=0) == 1
    assert counted(code, known=0) == counted(code, known=1) == 1
    if code != "offices.active":
        assert counted(code, last=1) == 1
        assert counted(code, first=1, last=2) == counted(code, first=-2, last=-1) == 0
    if code not in ("sanctions.final", "objections.answered"):
        assert counted(code, first=-5, known=-1) == 0


def test_what_is_issued_in_the_period_and_recorded_after_it_counts_once_it_is_known():
    succeeded(issued_on=today() - 3 * DAY)

    assert counted("licences.succeeded", first=-3, last=-3) == 1
    assert counted("licences.succeeded", first=-3, last=-3, known=0) == 1
    assert counted("licences.succeeded", first=-3, last=-3, known=-1) == 0


def test_a_sanction_that_was_annulled_is_not_counted_from_the_day_it_is_known():
    made_final()
    Sanction.objects.update(final_on=today() - 5 * DAY, annulled_on=today())

    assert counted("sanctions.final", first=-5) == 0
    assert [counted("sanctions.final", first=-5, known=each) for each in (-6, -5, -1, 0, 1)] == [0, 1, 1, 0, 0]


def test_an_office_that_was_imported_or_succeeded_was_not_newly_issued():
    succeeded()

    assert counted("licences.issued") == 0 and Licence.objects.count() == 2
    assert counted("licences.ended") == 0


def test_a_complaint_closed_in_the_period_is_counted_as_known_on_any_later_day():
    closed()
    complaints.publish(Complaint.objects.get(), "پاسخ دفتر", by=expert())  # what is done since takes it up no more

    assert [counted("complaints.closed", known=each) for each in (-1, 0, 3)] == [0, 1, 1]
    assert counted("complaints.closed", "16", known=0) == counted("complaints.closed", first=1, last=1, known=3) == 0


def test_sorts_of_which_there_are_none_are_told_and_those_found_are_sorted():
    assert [(each.by, each.value) for each in each_sort("body", Body.Code.values, [("working_group", "1")])] == [
        ({"body": "working_group"}, 1),
        ({"body": "violations_committee"}, 0),
    ]
    found = list(sorted_counts(("a", "b"), [("y", "1", "r"), ("x", "2", "s"), ("y", "1", "t")]))
    assert found == [Count({"a": "x", "b": "2"}, ("s",)), Count({"a": "y", "b": "1"}, ("r", "t"))]


def test_a_figure_is_declared_once():
    with pytest.raises(ValueError, match=r"offices\.active is declared twice"):
        figure("offices.active", "", "", unit="offices")(lambda period: ())


def test_a_bulletin_is_of_a_region_there_is_and_of_one_day_at_least():
    division("15")
    assert asked_for(Period("15", today(), today())).region == "15"
    for wrong, field in ((Period("77", today(), today()), "region"), (Period("15", today(), today() - DAY), "to")):
        with pytest.raises(Invalid) as refused:
            asked_for(wrong)
        assert list(refused.value.fields) == [field]


def test_what_was_done_month_by_month_is_of_the_region_and_of_new_licences():
    at(NewLicence, "issued")
    succeeded()
    done = by_month(Period("15", today(), today()))

    assert [(each.requests, each.visits, each.licences) for each in done] == [(1, 2, 1)]
    (none,) = by_month(Period("16", today(), today()))
    assert (none.requests, none.visits, none.licences) == (0, 0, 0)


def test_months_run_through_the_turn_of_the_year_and_the_last_two_years_are_drawn():
    def months(first, last):
        return [(each.year, each.month) for each in by_month(Period("15", jalali_date(*first), jalali_date(*last)))]

    assert months((1400, 11, 30), (1401, 2, 1)) == [(1400, 11), (1400, 12), (1401, 1), (1401, 2)]
    assert months((1401, 3, 1), (1401, 3, 31)) == [(1401, 3)]
    assert months((1398, 12, 1), (1401, 1, 1))[0] == (1399, 2) and len(months((1398, 1, 1), (1401, 1, 1))) == 24
    assert by_month(Period("15", jalali_date(1401, 12, 1), jalali_date(1401, 12, 1)))[0].name.en == "Esfand"


TOWNS = {"1503011001": (33.48, 48.35, 1000), "1504011001": (33.90, 48.75, 3000), "1601011001": (33.5, 48.4, 500)}


@pytest.fixture
def towns():
    for code, (lat, lon, people) in TOWNS.items():
        division(code[:2]), division(code)
        describe_division(code, kind="city", lat=lat, lon=lon, quality="geocoded")
        Population.objects.create(division_id=code, year=1395, people=people, quality="census")


def test_access_is_of_the_people_and_offices_of_the_region(towns):
    licence()  # at (33.49, 48.36)

    found, without = straight_line_access("15", today()), straight_line_access("16", today())

    assert (found.people, found.synthetic, without.people) == (4000, 0, 500)
    assert (without.mean_km, without.beyond) == (None, {}) and found.beyond == {5: 3000, 10: 3000, 20: 3000}
    assert straight_line_access("15", today() - 10_000 * DAY).mean_km is None
    goals = {goal.code: rows for goal, rows in measured(Period("15", today(), today()))}
    assert [(each.value, each.note) for each in goals["access"][:1]] == [(4000, None)]


def test_a_point_gains_those_who_would_be_nearer_to_it(towns):
    none_yet = gain_of(33.90, 48.75, "15", today())
    licence()

    there, here = gain_of(33.90, 48.75, "15", today()), gain_of(20.0, 40.0, "15", today())

    assert (none_yet.people_nearer, none_yet.mean_km) == (4000, None)
    assert none_yet.mean_km_then == pytest.approx(haversine(33.48, 48.35, 33.90, 48.75) / 4, rel=1e-6)
    assert (there.people_nearer, there.mean_km_then) == (3000, pytest.approx(0, abs=1e-6))
    assert there.mean_km == pytest.approx(haversine(33.90, 48.75, 33.49, 48.36), rel=1e-6)
    assert (here.people_nearer, here.mean_km, here.mean_km_then) == (0, None, 0.0)
    assert np.isfinite(there.mean_km)


def test_resolutions_are_told_by_body_and_by_body_procedure_and_outcome():
    resolved()

    told = values(as_json(Period("15", today(), today())), "resolutions.adopted")

    assert set(told.values()) == {1} and len(told) == 2 and Resolution.objects.count() == 1


def test_the_text_names_each_value_of_a_goal_and_what_limits_it(towns):
    licence()
    Population.objects.filter(division="1504011001").update(quality="synthetic")
    period = Period("15", today(), today())

    text = as_text(period, "en").splitlines()

    values = [each for _, found in measured(period) if isinstance(found, list) for each in found]
    assert len(values) == 5 and {each.note for each in values} == {SYNTHETIC.filled(percent=75)}
    wanting = [found.en for _, found in measured(period) if not isinstance(found, list)]
    assert all(any(line.endswith(because) for line in text) for because in wanting) and len(wanting) == 10
    for each in values:
        (line,) = [line for line in text if line.endswith(f"  {unit_of(each.code, round(each.value)).en}")]
        assert line.split()[0] == (f"{each.value:,.1f}" if each.unit == "km" else f"{each.value:,.0f}")
    assert [line.strip() for line in text].count(values[0].note.en) == 1
