"""Things about which something can be done: each made to stand where a table of actions may find it, with what each of
its actions is told and who else has a part in it."""

from datetime import timedelta

from django.core.files.base import ContentFile

from complained import told as complained
from factories import as_if, company, division, person_as
from pishkhan.complaints import services as complaints
from pishkhan.complaints.actions import COMPLAINT_ACTIONS
from pishkhan.complaints.models import State
from pishkhan.files.services import store
from pishkhan.inspections.machine_actions import MACHINE_ACTIONS
from pishkhan.inspections.machines import PlaceFacts, enter_machine
from pishkhan.inspections.models import Machine
from pishkhan.journal.clock import today
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertaking_actions import UNDERTAKING_ACTIONS
from pishkhan.people.roles import Role
from procedure_driver import PDF, speaker_of
from undertaken import owed

REASONS = {"reasons": "دلیلی هست"}


def complaint(state):
    row, beside = complained(), complained()
    complaints.send(row, "خلاصه‌ای", by=person_as(Role.EXPERT))
    joined = {"joined_to": beside, "joined_from": State.RECEIVED} if state == State.JOINED else {}
    as_if([row], state=state, outcome="remedied" if state == State.CLOSED else "", **joined)
    stated = {
        "send": {"summary": "خلاصه‌ای"},
        "answer": {"text": "برق نبود"},
        "publish": {"text": "پاسخی هست"},
        "release": {"version": "متنی دیگر"},
        "dismiss": {"reasons": "بی دلیل"},
        "reopen": REASONS,
        "close": {"outcome": "explained", "told": "روشن شد"},
        "join": {"to": beside.number},
    }
    return row, stated, {"party": speaker_of(row.organisation)}


def undertaking(state):
    row = owed()
    as_if([row], state=state, settled_on=today() if state in ("kept", "released") else None)
    party = speaker_of(row.organisation)
    proof = store(ContentFile(PDF, name="a.pdf"), by=party, division=row.division)
    return row, {"show": {"file": str(proof.pk)}, "find-wanting": REASONS, "release": REASONS}, {"party": party}


def machine(state):
    place = PlaceFacts(division("1503011001"), "خیابان شهدا")
    begins = today() - timedelta(days=9)
    expert = person_as(Role.EXPERT)
    row = enter_machine(kind="atm", bank=company("15"), from_on=begins, by=expert, place=place)
    if state == Machine.State.RETIRED:
        MACHINE_ACTIONS["retire"].does(row, on=today(), by=expert)
    stated = {
        "move": {"place": "1503011001", "address": "میدان", "from_on": today().isoformat()},
        "retire": {"on": today().isoformat()},
    }
    return row, stated, {"party": person_as(Role.REPRESENTATIVE, organisation=row.bank)}


TABLES = [
    *((COMPLAINT_ACTIONS, complaint, each) for each in State),
    *((UNDERTAKING_ACTIONS, undertaking, each) for each in Undertaking.State),
    *((MACHINE_ACTIONS, machine, each) for each in Machine.State),
]
