"""Whom the closing of an office touches, who would take them, and who sits in judgement over a neighbour."""

from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from factories import company, division, person_as
from pishkhan.casework.models import Case
from pishkhan.enforcement import access_impact
from pishkhan.enforcement.access_impact import MOST_NEIGHBOURS, Loss, loss_of
from pishkhan.enforcement.models import Source
from pishkhan.enforcement.procedure.recusals import of_a_violation
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.enforcement.reporting import report
from pishkhan.geography.models import Division, Population
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.closure import Closure
from pishkhan.meetings.models import Ballot, Body, Entitlement
from pishkhan.offices.models import Licence, Office, Premises
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from procedure_driver import at, sitting, take, working_group
from rules_of_matters import licence
from rules_of_violations import new_report

pytestmark = pytest.mark.usefixtures("law", "papers")
DEGREE = 6371.0088 * np.pi / 180  # kilometres on a meridian


def village(number, lat, people):
    row = division(f"15030110{number:02}")
    Division.objects.filter(pk=row.pk).update(lat=lat, lon=48.0, kind="city", quality="surveyed")
    Population.objects.create(division=row, year=1395, people=people, quality="census")


def office_at(lat, lon=48.0, **data):
    office = licence(**data).office
    Premises.objects.filter(office=office).update(lat=lat, lon=lon)
    return office


def test_who_is_as_near_to_another_office_loses_nothing():
    village(10, 33.5, 100)
    office, _ = office_at(33.0), office_at(33.0)
    loss = loss_of(office, today())
    assert (loss.people, loss.mean_km, loss.mean_km_then, loss.added_km, loss.neighbours) == (
        0,
        0.0,
        None,
        None,
        (),
    )


def test_the_neighbours_are_told_that_take_most_first_with_how_far_it_is_to_each():
    for number, lat, people in ((10, 33.0, 30), (11, 32.9, 100), (12, 33.1, 20)):
        village(number, lat, people)
    office = office_at(33.0)
    north, south, north_too = office_at(33.3), office_at(32.6), office_at(33.7)
    Premises.objects.filter(office=north_too).update(lat=None, lon=None)

    loss = loss_of(office, today())

    assert [(neighbour.office, neighbour.people) for neighbour in loss.neighbours] == [(south, 100), (north, 50)]
    assert [neighbour.km for neighbour in loss.neighbours] == [
        pytest.approx(0.3 * DEGREE, rel=1e-4),
        pytest.approx((0.3 * 30 + 0.2 * 20) / 50 * DEGREE, rel=1e-4),
    ]
    then = (0.3 * 100 + 0.3 * 30 + 0.2 * 20) / 150 * DEGREE
    assert loss.people == 150
    assert loss.mean_km == pytest.approx(0.1 * 120 / 150 * DEGREE, rel=1e-4)
    assert loss.mean_km_then == pytest.approx(then, rel=1e-4)
    assert loss.added_km == pytest.approx(then - 0.1 * 120 / 150 * DEGREE, rel=1e-4)


def test_no_more_than_six_neighbours_are_told():
    offices = [office_at(33.0 + 0.1 * np.cos(turn), 48.0 + 0.1 * np.sin(turn)) for turn in range(MOST_NEIGHBOURS + 1)]
    for number, turn in enumerate(range(MOST_NEIGHBOURS + 1)):
        village(10 + number, 33.0, 10)
        Division.objects.filter(code=f"15030110{10 + number}").update(
            lat=33.0 + 0.04 * np.cos(turn), lon=48.0 + 0.04 * np.sin(turn)
        )
    loss = loss_of(office_at(33.0), today())
    assert len(offices) == 7 and len(loss.neighbours) == 6 and loss.people == 70


def test_where_no_other_office_has_a_point_nobody_takes_them_and_no_one_says_how_far():
    village(10, 33.1, 10)
    office, other = office_at(33.0), office_at(33.2)
    Premises.objects.filter(office=other).delete()
    elsewhere = Office.objects.exclude(pk__in=[office.pk, other.pk])
    assert not elsewhere.exists()
    loss = loss_of(office, today())
    assert (loss.people, loss.mean_km_then, loss.added_km, loss.neighbours) == (10, None, None, ())
    assert Loss(1, 2.0, 5.0, ()).added_km == 3.0


def test_the_other_offices_of_the_province_take_them_whichever_county_they_are_in_and_no_other_provinces():
    village(10, 33.1, 10)
    office, far = office_at(33.0), office_at(34.0, code="1511011001")
    abroad = office_at(33.2)
    division("1601")
    Office.objects.filter(pk=abroad.pk).update(division="1601")
    loss = loss_of(office, today())
    assert [neighbour.office for neighbour in loss.neighbours] == [far]


@pytest.mark.parametrize("missing", ["premises", "lat", "lon", "people"])
def test_nothing_is_said_where_the_point_of_the_office_or_the_people_are_not_known(missing):
    office = office_at(33.0)
    assert loss_of(office, today()) is None  # no place has people
    village(10, 33.1, 10)
    assert loss_of(office, today()) is not None
    if missing == "premises":
        Premises.objects.filter(office=office).delete()
    elif missing == "people":
        Population.objects.all().delete()
    else:
        Premises.objects.filter(office=office).update(lat=None, lon=None)
    assert loss_of(office, today()) is None


def test_a_place_alone_in_its_point_is_asked_of_the_first_of_the_others_too():
    """The first of the other offices takes people as the others do."""
    village(10, 33.1, 10)
    office = office_at(33.0)
    others = [office_at(33.3), office_at(34.0)]
    assert [neighbour.office for neighbour in loss_of(office, today()).neighbours] == others[:1]
    assert access_impact.loss_of(others[1], today()).people == 0


@pytest.fixture
def members():
    """Who sits in the committee of violations."""
    return list(sitting(working_group(Body.Code.VIOLATIONS_COMMITTEE)).values())


def reasons(case, members):
    return of_a_violation(Case.objects.get(pk=case.pk), [SimpleNamespace(person=member) for member in members])


def ready_to_hear(about):
    return Case.objects.get(pk=new_report(about).pk)


def voted_to_license(people, office, *, result="carried"):
    """Some of them voted in a ballot on a case by which an office came to its licence."""
    body = working_group()
    case = at(ViolationCase, "decided")
    ballot = Ballot.objects.get(item__case=case)
    Ballot.objects.filter(pk=ballot.pk).update(result=result)
    Entitlement.objects.filter(ballot=ballot).delete()
    for seat, someone in zip(sitting(body), people, strict=False):
        Entitlement.objects.create(ballot=ballot, seat=seat, person=someone)
    Licence.objects.filter(office=office).update(origin_case=case, origin=Licence.Origin.NEW)


def test_who_voted_for_the_licence_of_the_office_is_suggested_to_step_aside(members):
    about = licence()
    voted_to_license(members[:1], about.office)
    assert reasons(ready_to_hear(about), members) == {members[0].pk: "licensed_it"}


def test_who_voted_for_another_office_or_for_nothing_that_was_carried_stays(members):
    about = licence()
    voted_to_license(members[:1], licence().office)
    assert reasons(ready_to_hear(about), members) == {}
    voted_to_license(members[:1], about.office, result="lost")
    assert reasons(ready_to_hear(about), members) == {}


def competing(member, lat, lon):
    rival = licence(holder=company())
    Premises.objects.filter(office=rival.office).update(lat=lat, lon=lon)
    assign(
        member,
        Role.REPRESENTATIVE,
        place="15",
        from_on=today(),
        by=SYSTEM,
        organisation=rival.office.holdings.get().organisation,
    )


def test_who_holds_an_office_within_a_kilometre_competes_and_who_holds_one_farther_away_does_not(members):
    about = licence()
    Premises.objects.filter(office=about.office).update(lat=33.0, lon=48.0)
    competing(members[0], 33.0 + 0.99 / DEGREE, 48.0)
    competing(members[1], 33.0 + 1.01 / DEGREE, 48.0)
    case = ready_to_hear(about)
    assert reasons(case, members) == {members[0].pk: "competitor"}
    voted_to_license(members[:1], about.office)
    assert reasons(ready_to_hear(about), members)[members[0].pk] == "licensed_it"  # that comes first


def test_nobody_competes_with_an_office_whose_point_is_not_known_or_with_their_own(members):
    about = licence(holder=company())
    assign(
        members[0],
        Role.REPRESENTATIVE,
        place="15",
        from_on=today(),
        by=SYSTEM,
        organisation=about.office.holdings.get().organisation,
    )
    case = ready_to_hear(about)
    assert "competitor" not in reasons(case, members).values()
    competing(members[1], 33.49, 48.36)
    Premises.objects.filter(office=about.office).update(lat=None, lon=None)
    assert "competitor" not in reasons(case, members).values()
    Premises.objects.filter(office=about.office).delete()
    assert "competitor" not in reasons(case, members).values()


def test_the_expert_who_opened_the_case_and_the_person_who_reported_it_are_suggested_and_nobody_else(members):
    about = licence()
    expert = members[2]
    assign(expert, Role.EXPERT, place="15", from_on=today() - timedelta(days=1), by=SYSTEM)
    case = report(about.office, Source.AGENCY, by=expert, letter="1")
    assert reasons(case, members) == {expert.pk: "reported_it"}
    case.dossier.reporter = members[1]
    case.dossier.save()
    assert reasons(case, members) == {expert.pk: "reported_it", members[1].pk: "reported_it"}
    take(Case.objects.get(pk=case.pk), "notify", by=person_as(Role.EXPERT))
    assert expert.pk in reasons(case, members)
    assert reasons(at(Closure, "draft"), members) == {}  # no violation
