"""A small region for rounds: offices on the register at points, inspectors with a place to set out from."""

from datetime import timedelta
from itertools import count

from factories import as_if, describe_division, division, fresh_national_id, person_as
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import assign_visit, request_visit, submit_visit
from pishkhan.journal.clock import today
from pishkhan.offices.importing import checked_register, enter_row
from pishkhan.people.roles import Role
from pishkhan.rounds.services import open_plan, route

serial = count(1)
CITY = "1503011001"
SEED = "0123456789abcdef"


def offices(number, *, kind="rural_ict", place=CITY, spread=0.04, ends_in=1000):
    """So many offices on the register, in a row from the centre of a city outwards; their licences end in some days."""
    division(place)
    begins, ends = today() - timedelta(days=400), today() + timedelta(days=ends_in)
    first = next(serial) * 1000
    rows = [
        {
            "kind": kind,
            "division": place,
            "address": "خیابان شهدا",
            "postal_code": "6813833946",
            "area": 60,
            "tenure": "deed",
            "lat": round(33.48 + spread * each, 5),
            "lon": round(48.35 + spread * (each % 3), 5),
            "quality": "surveyed",
            "issuer_number": f"CRA/{first + each}",
            "issued_on": begins,
            "valid_from": begins,
            "valid_until": ends,
            "manager_given_name": "زهرا",
            "manager_family_name": "رضایی",
            "manager_national_id": fresh_national_id(),
            "deputy_given_name": "رضا",
            "deputy_family_name": "رضایی",
            "deputy_national_id": fresh_national_id(),
        }
        for each in range(number)
    ]
    return [enter_row(row) for row in checked_register(rows)]


def inspectors(number, place="15", home=CITY):
    """So many inspectors of a province, who set out from a city."""
    division(home)
    describe_division(home, lat=33.48, lon=48.35, quality="surveyed", kind="city")
    found = [person_as(Role.INSPECTOR, place) for _ in range(number)]
    as_if(found, division_id=home)
    return found


def visited(office, inspector, *wrong, on=None):
    """A visit to an office, made on a day (today, if none is told) with faults in some items."""
    expert = person_as(Role.EXPERT)
    visit = request_visit(kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.PERFORMANCE, office=office, by=expert)
    assign_visit(visit, inspector, planned_on=today(), by=expert)
    answers = {
        item.code: Finding.Answer.NOT_OK if item.code in wrong else Finding.Answer.OK
        for item in items_of(visit, today())
    }
    return submit_visit(
        visit, answers=answers, visited_on=on or today(), by=inspector, notes=dict.fromkeys(wrong, "چنین نیست")
    )


def planned(wanted=5, crew=2, days=3, *, people=None, seed=SEED, begins=1, **told):
    """A plan of the next days."""
    people = people or inspectors(crew)
    first = today() + timedelta(days=begins)
    return open_plan(
        division("15"),
        first_on=first,
        last_on=first + timedelta(days=days - 1),
        inspectors=people,
        wanted=wanted,
        by=told.pop("by", None) or person_as(Role.EXPERT),
        seed=seed,
        iterations=told.pop("iterations", 100),
        **told,
    )


def routed(*args, **told):
    """A plan that the worker routed."""
    return route(planned(*args, **told))
