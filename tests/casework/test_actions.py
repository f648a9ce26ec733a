"""Derived from every table of actions: what is offered is accepted, what is not is refused and writes nothing."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from ninja import Router
from ninja.testing import TestClient

from actionable import TABLES, complaint, machine, undertaking
from factories import person, person_as
from pishkhan.casework.actions.actions import BadAction, action, actions_on, offered, take, taking
from pishkhan.casework.actions.api import Route, add_routes
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.complaints import services as complaints
from pishkhan.complaints.actions import COMPLAINT_ACTIONS
from pishkhan.complaints.models import State
from pishkhan.inspections.machines.actions import MACHINE_ACTIONS
from pishkhan.inspections.models import Machine
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, Missing, NotPermitted, Refusal
from pishkhan.language.text import Text
from pishkhan.people.roles import BY_NATURE, Role

pytestmark = pytest.mark.usefixtures("law", "papers")
ASSIGNED = [role for role in Role if role not in (*BY_NATURE, Role.REPRESENTATIVE)]


def everybody(involved):
    """Somebody of each role here and elsewhere, by what they are; who has a part in it; and a stranger."""
    here = {role: person_as(role) for role in ASSIGNED}
    elsewhere = {f"{role} elsewhere": person_as(role, "16") for role in (Role.EXPERT, Role.DIRECTOR)}
    return here | elsewhere | involved | {"stranger": person()}


def tried(row, name, data, who):
    """The refusal of an action, or None; whatever it wrote is undone."""
    row = type(row).objects.get(pk=row.pk)
    try:
        with transaction.atomic():
            take(row, name, data, by=who)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal
    return None


@pytest.mark.parametrize(
    ("table", "made", "state"), TABLES, ids=[f"{table.prefix}-{state}" for table, _, state in TABLES]
)
def test_what_is_offered_is_accepted_and_nothing_else(table, made, state):
    row, data, involved = made(state)
    for what, who in everybody(involved).items():
        shown = {action.name for action in offered(row, who)}
        for name, result in table.items():
            refusal = tried(row, name, data.get(name, {}), who)
            assert (refusal is None) == (name in shown), (what, name, refusal)
            if not any(who.holds(role, over=row) for role in result.roles):
                assert isinstance(refusal, NotPermitted), (what, name)


@pytest.mark.parametrize(
    ("made", "state", "name"),
    [(complaint, State.RECEIVED, "dismiss"), (undertaking, "shown", "release"), (machine, "in_place", "retire")],
)
def test_the_second_of_two_presses_finds_it_done(made, state, name):
    row, data, _ = made(state)
    who = person_as(actions_on(row)[name].roles[-1])
    take(row, name, data[name], by=who)
    entries = Entry.objects.count()

    assert isinstance(tried(row, name, data[name], who), Refusal)
    assert Entry.objects.count() == entries


def test_what_no_action_asks_and_what_is_no_action_is_refused():
    row, data, _ = complaint(State.RECEIVED)
    director = person_as(Role.DIRECTOR)

    assert isinstance(tried(row, "dismiss", data["dismiss"] | {"state": "closed"}, director), Invalid)
    assert isinstance(tried(row, "dismiss", {}, director), Invalid)
    assert isinstance(tried(row, "delete", {}, director), Missing)


def test_a_table_is_refused_whose_form_asks_what_its_service_does_not_take():
    class Odd(ActionForm):
        odd = COMPLAINT_ACTIONS["dismiss"].form.base_fields["reasons"]

    with pytest.raises(BadAction, match="odd"):
        action("x", roles=[], states=[], label=Text("", ""), does=complaints.withhold, form=Odd)


def test_a_service_does_not_act_where_its_table_says_no():
    row, _, _ = complaint(State.CLOSED)
    with pytest.raises(Refusal), taking(row, "dismiss", by=person_as(Role.EXPERT)):
        raise AssertionError


def test_a_program_is_told_which_role_is_wanted_as_by_the_act_itself():
    row, data, _ = machine("in_place")
    director = person_as(Role.DIRECTOR)
    refusal = tried(row, "retire", data["retire"], director)
    with pytest.raises(NotPermitted) as of_the_act, taking(row, "retire", by=director):
        raise AssertionError

    assert refusal.text == of_the_act.value.text


def test_a_route_has_as_many_parts_as_the_address_of_a_row_and_tells_what_its_action_made():
    row, data, _ = machine("in_place")
    router = Router()
    add_routes(
        router,
        MACHINE_ACTIONS,
        at="/{place}/machines/{code}",
        keys={"place": str, "code": str},
        find=lambda request, place, code: Machine.objects.get(division=place, code=code),
        out=str,
        shape=lambda row: row.code,
        routes={
            "retire": Route(
                "post_end", status=201, out=dict[str, str], shape=lambda request, made: {"last": made.state}
            )
        },
    )
    client = TestClient(router)
    address, asks = f"/{row.division_id}/machines/{row.code}", SimpleNamespace(person=person_as(Role.EXPERT))

    assert client.post(f"{address}/retirement", json={"on": "yesterday"}, user=asks).status_code == 422
    answer = client.post(f"{address}/retirement", json=data["retire"], user=asks)
    assert (answer.status_code, answer.json()) == (201, {"last": "retired"})
