"""Where a machine was is corrected without undoing where it is."""

from datetime import timedelta

import pytest
from test_objects_and_checklists import a_machine

from factories import division, person_as
from pishkhan.inspections import refusals as refusals_of_machines
from pishkhan.inspections.machines.services import PlaceFacts, move_machine, retire_machine
from pishkhan.journal.clock import today
from pishkhan.journal.verification.verify import problems
from pishkhan.people.roles import Role

pytestmark = pytest.mark.usefixtures("law", "papers")


def test_where_a_machine_was_is_corrected_and_where_it_is_stays():
    expert = person_as(Role.EXPERT)
    machine = a_machine(from_on=today() - timedelta(days=30))
    here, there = division("1504011001"), division("1503011001")
    move_machine(machine, place=PlaceFacts(here, "میدان"), from_on=today() - timedelta(days=5), by=expert)
    move_machine(machine, place=PlaceFacts(there, "کوچه"), from_on=today() - timedelta(days=20), by=expert)
    assert machine.division_id == here.code
    assert [machine.places.on(today() - timedelta(days=day)).get().address for day in (10, 0)] == ["کوچه", "میدان"]
    with pytest.raises(refusals_of_machines.MovedAfterwards):
        retire_machine(machine, on=today() - timedelta(days=10), by=expert)
    assert list(problems()) == []
