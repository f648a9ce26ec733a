"""Derived from every table of actions: what is offered is accepted, what is not is refused and writes nothing."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction

from complained import told
from factories import as_if, person, person_as
from pishkhan.casework.actions.actions import BadAction, action, offered, take, taking
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.complaints import services as complaints
from pishkhan.complaints.actions import COMPLAINT_ACTIONS
from pishkhan.complaints.models import State
from pishkhan.files.services import store
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, Missing, NotPermitted, Refusal
from pishkhan.language.text import Text
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.actions import UNDERTAKING_ACTIONS
from pishkhan.people.roles import BY_NATURE, Role
from procedure_driver import PDF, speaker_of
from undertaken import owed

pytestmark = pytest.mark.usefixtures("law", "papers")
ASSIGNED = [role for role in Role if role not in (*BY_NATURE, Role.REPRESENTATIVE)]


def complaint(state):
    row, beside = told(), told()
    complaints.send(row, "خلاصه‌ای", by=person_as(Role.EXPERT))
    joined = {"joined_to": beside, "joined_from": State.RECEIVED} if state == State.JOINED else {}
    as_if([row], state=state, outcome="remedied" if state == State.CLOSED else "", **joined)
    stated = {
        "send": {"summary": "خلاصه‌ای"},
        "answer": {"text": "برق نبود"},
        "publish": {"text": "پاسخی هست"},
        "release": {"version": "متنی دیگر"},
        "dismiss": {"reasons": "بی دلیل"},
        "reopen": {"reasons": "دلیلی هست"},
        "close": {"outcome": "explained", "told": "روشن شد"},
        "join": {"to": beside.number},
    }
    return row, stated


def undertaking(state):
    row = owed()
    as_if([row], state=state, settled_on=today() if state in ("kept", "released") else None)
    proof = store(ContentFile(PDF, name="a.pdf"), by=speaker_of(row.organisation), division=row.division)
    reasons = {"reasons": "دلیلی هست"}
    return row, {"show": {"file": str(proof.pk)}, "find-wanting": reasons, "release": reasons}


TABLES = [(COMPLAINT_ACTIONS, complaint, each) for each in State] + [
    (UNDERTAKING_ACTIONS, undertaking, each) for each in Undertaking.State
]


def everybody(row):
    """Somebody of each role here and elsewhere, by what they are; who the row is about; and a stranger."""
    here = {role: person_as(role) for role in ASSIGNED}
    elsewhere = {f"{role} elsewhere": person_as(role, "16") for role in (Role.EXPERT, Role.DIRECTOR)}
    return here | elsewhere | {"party": speaker_of(row.organisation), "stranger": person()}


def tried(row, name, stated, who):
    """The refusal of an action, or None; whatever it wrote is undone."""
    row = type(row).objects.get(pk=row.pk)
    try:
        with transaction.atomic():
            take(row, name, stated, by=who)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal
    return None


@pytest.mark.parametrize(
    ("table", "made", "state"), TABLES, ids=[f"{table.prefix}-{state}" for table, _, state in TABLES]
)
def test_what_is_offered_is_accepted_and_nothing_else(table, made, state):
    row, stated = made(state)
    for what, who in everybody(row).items():
        shown = {each.name for each in offered(row, who)}
        for name, found in table.items():
            refusal = tried(row, name, stated.get(name, {}), who)
            assert (refusal is None) == (name in shown), (what, name, refusal)
            if not any(who.holds(role, over=row) for role in found.roles):
                assert isinstance(refusal, NotPermitted), (what, name)


@pytest.mark.parametrize(
    ("made", "state", "name"), [(complaint, State.RECEIVED, "dismiss"), (undertaking, "shown", "release")]
)
def test_the_second_of_two_presses_finds_it_done(made, state, name):
    row, stated = made(state)
    director = person_as(Role.DIRECTOR)
    take(row, name, stated[name], by=director)
    entries = Entry.objects.count()

    assert isinstance(tried(row, name, stated[name], director), Refusal)
    assert Entry.objects.count() == entries


def test_what_no_action_asks_and_what_is_no_action_is_refused():
    row, stated = complaint(State.RECEIVED)
    director = person_as(Role.DIRECTOR)

    assert isinstance(tried(row, "dismiss", stated["dismiss"] | {"state": "closed"}, director), Invalid)
    assert isinstance(tried(row, "dismiss", {}, director), Invalid)
    assert isinstance(tried(row, "delete", {}, director), Missing)


def test_a_table_is_refused_whose_form_asks_what_its_service_does_not_take():
    class Odd(ActionForm):
        odd = COMPLAINT_ACTIONS["dismiss"].form.base_fields["reasons"]

    with pytest.raises(BadAction, match="odd"):
        action("x", roles=[], states=[], label=Text("", ""), does=complaints.withhold, form=Odd)


def test_a_service_does_not_act_where_its_table_says_no():
    row, _ = complaint(State.CLOSED)
    with pytest.raises(Refusal), taking(row, "dismiss", by=person_as(Role.EXPERT)):
        raise AssertionError
