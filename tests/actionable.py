"""Things about which something can be done: each made to stand where a table of actions may find it, with what each of
its actions is told and who else has a part in it."""

from datetime import timedelta

from django.core.files.base import ContentFile

from complained import complaint_made as complained
from entered_checklist import FIRE, adopted, decision, drafted, proposed_checklist
from factories import as_if, company, division, fresh_national_id, person_as
from phone import given
from pishkhan.complaints import services as complaints
from pishkhan.complaints.actions import COMPLAINT_ACTIONS
from pishkhan.complaints.models import State
from pishkhan.files.services import store
from pishkhan.inspections.checklists.actions import CHECKLIST_ACTIONS
from pishkhan.inspections.machines.actions import MACHINE_ACTIONS
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine
from pishkhan.inspections.models import ChecklistEdition, Machine, Objection, Visit, Waiver
from pishkhan.inspections.objections.actions import OBJECTION_ACTIONS
from pishkhan.inspections.objections.services import object_to
from pishkhan.inspections.visits.actions import VISIT_ACTIONS
from pishkhan.inspections.visits.selectors import TO_BE_MADE, items_of
from pishkhan.inspections.visits.services import accept_visit, cancel_visit, submit_visit
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.actions import MEETING_ACTIONS
from pishkhan.meetings.course.services import adjourn
from pishkhan.meetings.minutes.actions import MINUTES_ACTIONS
from pishkhan.meetings.minutes.services import draft_minutes, sign
from pishkhan.meetings.models import Meeting, Minutes
from pishkhan.meetings.services import close_meeting, leave
from pishkhan.notices.models import Notice
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.actions import UNDERTAKING_ACTIONS
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.rounds.actions import PLAN_ACTIONS
from pishkhan.rounds.models import Plan
from pishkhan.rounds.services import publish
from procedure_driver import PDF, at, meeting_about, places, scanned, sitting, speaker_of, vote_on
from region import offices, planned, routed
from undertaken import new_undertaking

REASONS = {"reasons": "دلیلی هست"}


def complaint(state):
    row, beside = complained(), complained()
    complaints.send(row, "خلاصه‌ای", by=person_as(Role.EXPERT))
    joined = {"joined_to": beside, "joined_from": State.RECEIVED} if state == State.JOINED else {}
    as_if([row], state=state, outcome="remedied" if state == State.CLOSED else "", **joined)
    values = {
        "send": {"summary": "خلاصه‌ای"},
        "answer": {"text": "برق نبود"},
        "publish": {"text": "پاسخی هست"},
        "release": {"version": "متنی دیگر"},
        "dismiss": {"reasons": "بی دلیل"},
        "reopen": REASONS,
        "close": {"outcome": "explained", "told": "روشن شد"},
        "join": {"to": beside.number},
    }
    return row, values, {"party": speaker_of(row.organisation)}


def undertaking(state):
    row = new_undertaking()
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
    values = {
        "move": {"place": "1503011001", "address": "میدان", "from_on": today().isoformat()},
        "retire": {"on": today().isoformat()},
    }
    return row, values, {"party": person_as(Role.REPRESENTATIVE, organisation=row.bank)}


def checklist(state):
    row = {
        ChecklistEdition.State.DRAFT: drafted,
        ChecklistEdition.State.PROPOSED: proposed_checklist,
        ChecklistEdition.State.ADOPTED: adopted,
        ChecklistEdition.State.WITHDRAWN: drafted,
    }[state]()
    if state == ChecklistEdition.State.WITHDRAWN:
        CHECKLIST_ACTIONS["discard"].does(row, by=person_as(Role.EXPERT))
    author, director = Person.objects.get(pk=row.drafted_by_id), person_as(Role.DIRECTOR)
    assign(author, Role.DIRECTOR, place="15", from_on=today(), by=SYSTEM)  # who may not adopt what they wrote
    values = {
        "put": FIRE,
        "drop": {"code": "access"},
        "fill": {"table": f"{','.join(FIRE)}\n{','.join(FIRE.values())}"},
        "set-day": {"valid_from": (today() + timedelta(days=30)).isoformat()},
        "return": {"reason": "مأخذ بندی درست نیست"},
        "withdraw": {"reason": "تصمیم عوض شد"},
    }
    scan = str(decision(director)["scan"].pk)
    values["adopt"] = {"decision": "۷۷", "decision_on": today().isoformat(), "scan": scan}
    return row, values, {"author": author, Role.DIRECTOR: director}


def reported(*wrong):
    """A visit that was reported with faults, to an office whose holder was not reached; and the inspector."""
    row, inspector = given()
    answers = {item.code: "not_ok" if item.code in wrong else "ok" for item in items_of(row, today())}
    submit_visit(row, answers=answers, visited_on=today(), by=inspector, notes=dict.fromkeys(wrong, "چنین نیست"))
    Notice.objects.filter(pk=row.notice_id).update(state="failed")
    return row, inspector


def visit(state):
    row, inspector = given() if state in (*TO_BE_MADE, Visit.State.CANCELLED) else reported("tariff")
    if state == Visit.State.ACCEPTED:
        accept_visit(row, by=person_as(Role.EXPERT))
    elif state == Visit.State.CANCELLED:
        cancel_visit(row, by=person_as(Role.EXPERT))
    elif state == Visit.State.PLANNED:
        as_if([row], state=state, inspector=None, planned_on=None)
    whom, another = fresh_national_id(), person_as(Role.INSPECTOR)
    person_as(Role.EXPERT, national_id=whom)
    values = {
        "assign": {"inspector": str(another.pk), "planned_on": today().isoformat()},
        "report": {"visited_on": today().isoformat()}
        | {f"answer-{item.code}": "ok" for item in items_of(row, today())},
        "hinder": {"what": "closed", "note": "در بسته بود", "visited_on": today().isoformat()},
        "waive": {"rule": Waiver.Rule.OTHER_INSPECTOR, "whom": whom, "reason": "تنها بازرس"},
        "object": {"items": ["tariff"], "reasons": "چنین نبود"},
    }
    return row, values, {"party": speaker_of(row.party), "inspector": inspector, "another inspector": another}


def objection(outcome):
    seen, inspector = reported("tariff")
    expert = person_as(Role.EXPERT)
    accept_visit(seen, by=expert)
    party = speaker_of(seen.party)
    row = object_to(seen, items=["tariff"], reasons="چنین نبود", by=party)
    values = {"decide": {"outcome": "changed", "reasons": "بررسی شد", "change-tariff": "ok"}}
    if outcome:
        as_if([row], outcome=outcome, decided_on=today())
    return row, values, {"party": party, "inspector": inspector}


def plan(state):
    offices(3)
    made = planned(wanted=3) if state in (Plan.State.WAITING, Plan.State.DROPPED) else routed(wanted=3)
    row = Plan.objects.get(pk=made.pk)
    if state in (Plan.State.DROPPED, Plan.State.IMPOSSIBLE):
        as_if([row], state=state)
    elif state == Plan.State.PUBLISHED:
        publish(row, by=person_as(Role.EXPERT))
    stop = row.stops.order_by("position").first()
    return row, {"change": {"stop": str(stop.pk), "shift": "", "confirmed": str(row.revision)}}, {}


def meeting(state):
    under = places(3)
    case, second, another = (at(NewLicence, "agenda", under=under) for _ in range(3))
    row, secretary = meeting_about(case, second, opened=state in (Meeting.State.OPEN, Meeting.State.CLOSED))
    (_, chair), (taken, _), (free, member) = sitting(row.body).items()
    if state in (Meeting.State.OPEN, Meeting.State.CLOSED):
        leave(row, free, by=secretary)
        as_if(row.items.filter(position=1), state="decided")
    if state == Meeting.State.CLOSED:
        adjourn(row, reasons="دیر شد", by=secretary)
    elif state not in (Meeting.State.OPEN, Meeting.State.PUBLISHED):
        as_if([row], state=state)
    votes = {"votes_for": 2, "votes_against": 0}
    elsewhere = {"held_on": (today() + timedelta(days=1)).isoformat(), "begins_at": "۱۰:۳۰", "venue": "استانداری"}
    values = {
        "put": {"case": another.number},
        "arrive": {"seat": str(free.pk), "person": str(member.pk)},
        "leave": {"seat": str(taken.pk)},
        "postpone": REASONS | elsewhere,
        "cancel": REASONS,
        "take-off": REASONS | {"item": "2"},
        "take-off-by-vote": REASONS | {"item": "2"} | votes,
        "add-by-vote": {"case": another.number} | votes,
        "adjourn": REASONS | elsewhere,
    }
    return row, values, {"member": member, "chair": chair}


def minutes(state):
    row, secretary = meeting_about(at(NewLicence, "agenda"))
    members = list(sitting(row.body).values())
    vote_on(row.items.get(), "approved", secretary)
    close_meeting(row, by=secretary)
    drafted = draft_minutes(row, by=secretary)
    if state == "whole":
        for member in members[:2]:
            sign(drafted, drafted.digest, by=member)
    other = str(members[2].pk)
    values = {
        "sign-on-paper": {"person": other, "scan": str(scanned(secretary).pk)},
        "note-declined": REASONS | {"person": other},
        "decline": REASONS,
    }
    return (
        Minutes.objects.get(),
        values,
        {Role.SECRETARY: secretary, "member": members[2], "chair": members[0]},
    )


TABLES = [
    *((MINUTES_ACTIONS, minutes, state) for state in ("drafted", "whole")),
    *((MEETING_ACTIONS, meeting, state) for state in Meeting.State),
    *((PLAN_ACTIONS, plan, state) for state in Plan.State),
    *((VISIT_ACTIONS, visit, state) for state in Visit.State),
    *((COMPLAINT_ACTIONS, complaint, state) for state in State),
    *((UNDERTAKING_ACTIONS, undertaking, state) for state in Undertaking.State),
    *((CHECKLIST_ACTIONS, checklist, state) for state in ChecklistEdition.State),
    *((MACHINE_ACTIONS, machine, state) for state in Machine.State),
    *((OBJECTION_ACTIONS, objection, outcome) for outcome in ("", *Objection.Outcome)),
]
