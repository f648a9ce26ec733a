"""Playing cases by their real steps: what each rule needs, what breaks it alone, what each form asks, and who acts."""

from datetime import time, timedelta
from itertools import count

from django.core.files.base import ContentFile

import remembered
from factories import company, division, fresh_national_id, person, person_as
from pishkhan.casework.models import Case
from pishkhan.casework.services import advance
from pishkhan.files.services import store
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import assign_visit, submit_visit
from pishkhan.journal.acts import CLOCK, SYSTEM
from pishkhan.journal.clock import now, today
from pishkhan.licensing.calls.services import open_call, open_request
from pishkhan.licensing.models import Degree, Nominee
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.models import Body, Entitlement, Seat
from pishkhan.meetings.services import (
    appoint,
    arrive,
    close_meeting,
    constitute,
    convene,
    give_seat,
    open_meeting,
    publish_agenda,
    put_on_agenda,
)
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.offices.models import OfficeKind, Undertaking
from pishkhan.offices.undertakings.services import show
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.services import assign

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CITY = "1503011001"
serial = count(1)
PLACE = {
    "address": "خیابان شهدا، پلاک ۱",
    "postal_code": "6813833946",
    "area": 60,
    "tenure": "deed",
    "lease_years": None,
    "lat": 33.48,
    "lon": 48.35,
}


def places(room=1, code=CITY, kind=OfficeKind.COUNTER, **conditions):
    """The places of a new call."""
    call = open_call(
        code=f"call-{next(serial)}",
        kind=kind,
        division=division("15"),
        opens_on=today(),
        closes_on=today() + timedelta(days=90),
        places={division(code).code: room},
        by=person_as(Role.DIRECTOR),
        **conditions,
    )
    return call.places.select_related("call", "division").get()


def new_request(under=None, kind=OfficeKind.COUNTER):
    """A draft under a call, by a company for a counter office and by a person for a rural one."""
    under = under or places(kind=kind)
    applicant = person(under.division_id)
    if under.call.kind != OfficeKind.COUNTER:
        return open_request(under, by=applicant)
    holder = company(under.division_id)
    assign(applicant, Role.REPRESENTATIVE, place=under.division_id, from_on=today(), organisation=holder, by=SYSTEM)
    return open_request(under, by=applicant, for_organisation=holder)


class Ways(dict):
    """What is said once, by name; where nothing is said of a name, what to write where."""

    def __init__(self, what, known=()):
        super().__init__(known)
        self.what = what

    def __missing__(self, name):
        raise LookupError(f"Write in tests/rules_of_….py {self.what.format(name)} (docs/recipes.md says how).")


OPEN = Ways("how a case of '{}' begins: OPEN", {NewLicence.code: new_request})


def speaker_of(party):
    """The person who acts for a party."""
    return party if isinstance(party, Person) else party.assignments.get(role=Role.REPRESENTATIVE).person


def applicant_of(case):
    """The person who acts for the applicant."""
    return speaker_of(case.applicant)


def actor_for(case, step):
    """Somebody who may take the step and has taken none before."""
    if step.by == Role.APPLICANT:
        return applicant_of(case)
    if step.by == Role.OTHER_SIDE:
        return speaker_of(case.other_side)
    return CLOCK if step.by == Role.CLOCK else person_as(step.by)


def nomination(post):
    return {
        "post": post,
        "given_name": "لیلا",
        "family_name": "ساکی",
        "father_name": "رضا",
        "national_id": fresh_national_id(),
        "born_on": "1365-02-03",
        "degree": int(Degree.BACHELOR),
        "state_employee": False,
        "military_settled": True,
    }


def paper(case):
    return str(store(ContentFile(PDF, name="a.pdf"), by=applicant_of(case), division=case.division).pk)


def shown_by(case):
    """An undertaking of the office that a case led to, with a proof that its holder showed."""
    undertaking = Undertaking.objects.filter(office__licences__origin_case=case).earliest("pk")
    holder = speaker_of(undertaking.person or undertaking.organisation)
    return show(undertaking, store(ContentFile(PDF, name="a.pdf"), by=holder, division=case.division), by=holder)


def first_open(case):
    inquiry = case.inquiries.filter(answered_on=None).order_by("pk").first()
    return inquiry.code if inquiry else "tax"


ANSWERS = Ways(
    "what the form {} is filled in with: ANSWERS",
    {
        "Premises": lambda case: dict(PLACE),
        "Nomination": lambda case: nomination(Nominee.Post.MANAGER),
        "Paper": lambda case: {"kind": case.procedure.documents_of(case.kind)[0].code, "file": paper(case)},
        "Reasons": lambda case: {"reasons": "سند کامل نیست."},
        "RefusalOnGrounds": lambda case: {
            "grounds": lawful_grounds(case),
            "reasons": "در آن روزها دفتر دیگری باز نیست.",
        },
        "Opinion": lambda case: {"opinion": "favourable", "grounds": "دور از دفترهای دیگر است."},
        "Answer": lambda case: {
            "inquiry": first_open(case),
            "outcome": "cleared",
            "letter": "12/34",
            "letter_on": today().isoformat(),
        },
        "Paid": lambda case: {
            "amount": case.dossier.royalty.amount,
            "paid_on": today().isoformat(),
            "reference": f"REF{next(serial)}",
        },
        "Letter": lambda case: {"letter": "1401/7"},
        "Issue": lambda case: {"issuer_number": f"CRA-{next(serial)}", "issued_on": today().isoformat(), "years": 5},
    },
)


def answers_for(case, step):
    """What the step asks, rightly filled in."""
    return ANSWERS[step.form.__name__](case) if step.form else {}


def take(case, name, **data):
    """Take a step by name, as somebody who may."""
    step = case.procedure.steps[name]
    by, answers = data.pop("by", None) or actor_for(case, step), data.pop("answers", None)
    return advance(case, step, by=by, answers=answers_for(case, step) if answers is None else answers, **data)


def visit_the_place(case, kind, *, passes):
    """Make the visit of a case that is planned: by an inspector, with the whole checklist."""
    visit_office(Visit.objects.filter(case=case, kind=kind, state=Visit.State.PLANNED).latest("pk"), passes=passes)


def visit_office(visit, *, passes=True):
    """Make a visit that is planned."""
    inspector = person_as(Role.INSPECTOR)
    assign_visit(visit, inspector, planned_on=today(), by=person_as(Role.EXPERT))
    answer = Finding.Answer.OK if passes else Finding.Answer.NOT_OK
    items = [item.code for item in items_of(visit, today())]
    submit_visit(
        visit,
        answers=dict.fromkeys(items, answer),
        visited_on=today(),
        by=inspector,
        notes={} if passes else dict.fromkeys(items, "درست نیست"),
    )


def working_group(code=Body.Code.WORKING_GROUP):
    """The working group (or another body) of the province, with a chair, a required seat and a third."""
    if body := Body.objects.filter(code=code).first():
        return body
    director = person_as(Role.DIRECTOR)
    body = constitute(code, division("15"), decision="1400/31", by=director)
    for kind in ("chairs", "required", ""):
        values = {kind: True} if kind else {}
        seat = give_seat(body, company("15", kind="public", legal_id=None), by=director, **values)
        appoint(seat, person("15"), letter="1/1", by=SYSTEM)
    return body


def sitting(body):
    """Who sits in a body, by seat."""
    return {
        seat: seat.memberships.select_related("person").first().person
        for seat in Seat.objects.filter(body=body).order_by("pk")
    }


AT_NINE = {"begins_at": time(9), "venue": "سالن جلسات"}


def meeting_about(*cases, opened=True):
    """A meeting of today with the cases on its agenda; everybody is there."""
    body, secretary = working_group(cases[0].procedure.decided_by), person_as(Role.SECRETARY)
    meeting = convene(body, held_on=today(), **AT_NINE, by=secretary)
    for case in cases:
        put_on_agenda(meeting, case, by=secretary)
    publish_agenda(meeting, by=secretary)
    if opened:
        open_meeting(meeting, by=secretary)
        for seat, member in sitting(body).items():
            arrive(meeting, seat, member, by=secretary)
    return meeting, secretary


def lawful_grounds(case):
    """A ground on which the case may be rejected, which nothing contests."""
    return [ground.code for ground in case.procedure.grounds[:1]]


def scanned(by):
    """A scan that somebody uploaded."""
    return store(ContentFile(PDF, name="scan.pdf"), by=by, division=division("15"))


def vote_on(item, motion, secretary, choice=Entitlement.Choice.FOR):
    """A ballot in which everybody who may votes alike; the resolution, if it is carried."""
    grounds = lawful_grounds(item.case)
    ballot = open_vote(item, motion, by=secretary, grounds=grounds)
    for entitled in ballot.entitlements.select_related("person"):
        cast_vote(ballot, choice, by=entitled.person, reasons="دلیل", grounds=grounds)
    return close_vote(item, by=secretary)


def resolve(case, outcome):
    """Let the working group resolve on a case."""
    meeting, secretary = meeting_about(case)
    vote_on(meeting.items.get(), outcome, secretary)
    close_meeting(meeting, by=secretary)


# How each rule is met for a case, how it and it alone is made to fail (by a fact, or by an answer), and which steps are
# come to by another way than the shortest. The modules at the foot enter theirs.
MEET = Ways("how the rule {} is met: MEET")
BREAK = Ways("how the rule {} alone is broken, by a fact: BREAK")
BREAK_BY_ANSWERS = Ways("how the rule {} alone is broken, by an answer: BREAK_BY_ANSWERS")
BY_WAY_OF = {"meet_condition": "approve_on_condition"}


def meet(case, step):
    """Bring about what every rule of the step asks that is not so yet."""
    for rule in step.when:
        case = Case.objects.get(pk=case.pk)
        if not rule.on_answers and not rule.holds(case, now(), {}):
            MEET[rule.name](case)
    return Case.objects.get(pk=case.pk)


def at(procedure, stage, by_way_of="", **opening):
    """A case at a stage, come there by real steps, so that its journal tells how."""
    if opening:  # about what the test has at hand
        return Case.objects.get(pk=_brought(procedure, stage, by_way_of, opening))
    return Case.objects.get(
        pk=remembered.once(
            (procedure.code, procedure.edition, stage, by_way_of), lambda: _brought(procedure, stage, by_way_of, {})
        )
    )


def _brought(procedure, stage, by_way_of, opening):
    """Bring a new case to a stage: from the one before, as far as that is known already; its key."""
    if by_way_of:
        step = procedure.steps[by_way_of]
        case = at(procedure, step.sources[0].code, **opening)
        walk(case, [step, *way(procedure, step.target.code, stage)])
        return case.pk
    steps = way(procedure, procedure.begins.code, stage)
    case = at(procedure, steps[-2].target.code, **opening) if len(steps) > 1 else OPEN[procedure.code](**opening)
    walk(case, steps[-1:])
    return case.pk


def walk(case, steps):
    for step in steps:
        take(meet(case, step), step.name)


def way(procedure, start, end):
    """The shortest way from one stage to another."""
    ways = [(procedure.stages[start], [])]
    for where, steps in ways:
        if where.code == end:
            return steps
        ways += [
            (step.target, [*steps, step])
            for step in procedure.steps_from(where)
            if step.target != where and step not in steps
        ]
    raise LookupError(f"{procedure.code} has no way from {start} to {end}")


def ready(step, source=None, **opening):
    """A case from which the step can be taken at once."""
    stage = source or step.sources[0]
    return meet(at(step.owner, stage.code, by_way_of=BY_WAY_OF.get(step.name, ""), **opening), step)


import rules_of_matters  # noqa: E402, F401
import rules_of_requests  # noqa: E402, F401
import rules_of_violations  # noqa: E402, F401
