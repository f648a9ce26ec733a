"""Acts on visits: asking for one, giving it to an inspector, reporting what was found, accepting the report."""

from collections.abc import Collection
from datetime import date, time
from typing import Any

from pishkhan.casework.actions.actions import refuse_unfit, taking
from pishkhan.casework.models import Case
from pishkhan.inspections import notices, refusals
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.checklists.report_validation import (
    ask_the_answers,
    ask_the_hindrance,
    hindered_item,
    major_faults,
    result_of,
)
from pishkhan.inspections.checklists.selectors import edition_in_force
from pishkhan.inspections.models import Finding, FurtherPurpose, Machine, Visit, Waiver
from pishkhan.inspections.wording import whose_words
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .follow_up import let_follow, notify_party
from .selectors import TO_BE_MADE, items_of, last_inspector
from .waivers import use_waiver


@retried
def request_visit(
    *,
    kind: str,
    purpose: str,
    because: Entry | None = None,
    case: Case | None = None,
    office: Office | None = None,
    machine: Machine | None = None,
    seen: str = "",
    follows: Visit | None = None,
    by: Actor | None = None,
    role: str = Role.EXPERT,
) -> Visit:
    """Ask for a visit to the place of a case, an office or a bank's machine: in another act (`because`), or alone.

    `follows` is the visit whose findings are to be seen to.
    """
    where: Any = case or office or machine
    if machine is not None and machine.until_on is not None:
        raise refusals.RetiredAlready()
    seen = seen or _seen(office, machine)
    if not _is_possible(kind, purpose, seen, case):
        raise refusals.NoSuchVisit()
    visit = Visit(
        kind=kind,
        purpose=purpose,
        case=case,
        office=office,
        machine=machine,
        follows=follows,
        division_id=where.division_id,
        seen=seen,
        edition=edition_in_force(today(), where.division_id).code,
    )
    actor, holding = (because.by, because.role) if because else (by, role)
    assert actor is not None, "a visit is asked for by somebody, or because of an act"  # noqa: S101
    with begin(_CaseActor(actor, where), "visit.request", visit, role=holding, because=because) as entry:
        entry.facts = {
            "kind": kind,
            "seen": visit.seen,
            "about": where.subject,
            "purpose": purpose,
            "edition": visit.edition,
        }
        if follows is not None:
            entry.facts["follows"] = follows.subject
    return visit


@retried
def assign_visit(
    visit: Visit,
    inspector: Person,
    *,
    planned_on: date,
    by: Actor,
    planned_at: time | None = None,
    position: int | None = None,
) -> Visit:
    """Give a visit to an inspector for a day; to who made the visit before it there by a waiver only.

    A round tells the time of day and the visit's position among the others of the day.
    """
    with taking(visit, "assign", by=by) as entry:
        if not inspector.holds(Role.INSPECTOR, over=visit):
            raise refusals.NotAnInspector()
        waived = ""
        if last_inspector(visit) == inspector.pk:
            waived = use_waiver(visit, Waiver.Rule.OTHER_INSPECTOR, inspector, entry)
            if not waived:
                raise refusals.TheSameInspector()
        visit.inspector, visit.planned_on, visit.state = inspector, planned_on, Visit.State.ASSIGNED
        visit.planned_at, visit.position = planned_at, position
        entry.facts = {
            "inspector": inspector.ref,
            "planned_on": planned_on,
            "planned_at": planned_at.isoformat() if planned_at else None,
            "position": position,
        }
        if waived:
            entry.facts["waived"] = waived
    return visit


@retried
def submit_visit(
    visit: Visit,
    *,
    answers: dict[str, str],
    visited_on: date,
    by: Person,
    passed: bool | None = None,
    notes: dict[str, str] | None = None,
    further: Collection[str] = (),
    photographed: Collection[str] | None = None,
) -> Visit:
    """Report what was found, and tell the one who was visited.

    The result follows from the answers; the inspector may be stricter, never more lenient. `photographed` are the items
    of which there are photos, where the report comes from the spot; None where it is entered at a desk.
    """
    with taking(visit, "report", by=by, happened_on=visited_on) as entry:
        _ask_when(visit, visited_on)
        items = items_of(visit, visited_on)
        ask_the_answers(items, answers, notes or {}, photographed)
        visit.passed = result_of(items, answers, passed, major_faults(visit, visited_on))
        visit.state, visit.visited_on, visit.submitted_at = Visit.State.SUBMITTED, visited_on, now()
        severity = {item.code: item.severity for item in items}
        Finding.objects.bulk_create(
            Finding(visit=visit, item=code, answer=answer, severity=severity[code]) for code, answer in answers.items()
        )
        served = sorted(set(further) - {visit.purpose})
        FurtherPurpose.objects.bulk_create(FurtherPurpose(visit=visit, purpose=purpose) for purpose in served)
        entry.facts = {
            "visited_on": visited_on,
            "passed": visit.passed,
            "answers": answers,
            "further": served,
            "notes": {item: keep(entry, item, note, whose=whose_words(visit)) for item, note in (notes or {}).items()},
        }
        visit.notice = notify_party(visit, notices.REPORTED, entry)
    return visit


@retried
def submit_hindered_visit(
    visit: Visit, *, what: str, note: str, visited_on: date, by: Person, photographed: Collection[str] | None = None
) -> Visit:
    """Report that entry was refused, that it was closed, or that nothing was found there: in a sentence.

    The visit is not passed, and what follows is what follows from that one fault: it is told, objected to, remedied,
    followed up, reported as a violation.
    """
    hindrance = checklist.Hindrance(what)
    with taking(visit, "hinder", by=by, happened_on=visited_on) as entry:
        _ask_when(visit, visited_on)
        ask_the_hindrance(hindrance, note, photographed)
        item = hindered_item(items_of(visit, visited_on), hindrance)
        visit.passed, visit.hindrance = False, hindrance
        visit.state, visit.visited_on, visit.submitted_at = Visit.State.SUBMITTED, visited_on, now()
        Finding.objects.create(visit=visit, item=item.code, answer=Finding.Answer.NOT_OK, severity=item.severity)
        entry.facts = {
            "visited_on": visited_on,
            "passed": False,
            "hindrance": hindrance,
            "answers": {item.code: Finding.Answer.NOT_OK},
            "notes": {item.code: keep(entry, item.code, note, whose=whose_words(visit))},
        }
        visit.notice = notify_party(visit, notices.REPORTED, entry)
    return visit


@retried
def accept_visit(visit: Visit, *, by: Actor) -> Visit:
    """Accept a report that another made, as it was submitted: its faults are to be remedied, and whoever was visited
    has it in writing."""
    with taking(visit, "accept", by=by) as entry:
        maker = visit.inspector
        if maker and by.ref == maker.ref and not use_waiver(visit, Waiver.Rule.SECOND_PAIR, maker, entry):
            raise refusals.MadeIt()
        visit.state = Visit.State.ACCEPTED
        let_follow(visit, entry)
    return visit


@retried
def cancel_visit(visit: Visit, *, by: Actor) -> Visit:
    """Cancel a visit that was not made yet."""
    with taking(visit, "cancel", by=by):
        visit.state = Visit.State.CANCELLED
    return visit


def supersede_visits(case: Case, *, because: Entry) -> None:
    """Let what was seen of a place count no more, since it was given up; within the act that gave it up."""
    for visit in Visit.objects.filter(case=case, superseded=False).order_by("pk"):
        with act(_CaseActor(because.by, case), "visit.supersede", on=visit, role=because.role, because=because):
            if visit.state in TO_BE_MADE:
                visit.state = Visit.State.CANCELLED
            visit.superseded = True


def _seen(office: Office | None, machine: Machine | None) -> str:
    """What is looked at, if nobody said otherwise."""
    if machine is not None:
        return machine.kind
    return Visit.Object.OFFICE if office else Visit.Object.PROPOSED_PLACE


def _is_possible(kind: str, purpose: str, seen: str, case: Case | None) -> bool:
    """Whether somebody can go there for that: first and last to the place of a request, else to what there is."""
    of_a_place = kind in (checklist.Kind.INITIAL, checklist.Kind.FINAL)
    return (not of_a_place or purpose == Visit.Purpose.ESTABLISHMENT) and (
        case is not None or not (of_a_place or seen == Visit.Object.PROPOSED_PLACE)
    )


class _CaseActor:
    """An actor who acts on a visit in the standing they have over its case: an applicant has none over the visit."""

    def __init__(self, actor: Actor, over: Any) -> None:
        self._actor, self._over, self.ref = actor, over, actor.ref

    def capacity(self, role: str, *, over: Any) -> Any:
        return self._actor.capacity(role, over=self._over)


def _ask_when(visit: Visit, visited_on: date) -> None:
    if visited_on > today():
        raise refusals.ADayToCome()
    entry = Entry.objects.get(subject=visit.subject, number=1)
    if visited_on < entry.happened_on:
        raise refusals.BeforeTheRequest()


@retried
def follow_up(visit: Visit, *, by: Actor) -> Visit:
    """Ask for a visit that sees to what a visit found: an expert, in one press; once, while it is still to be made."""
    with one_transaction():
        lock(visit)
        refuse_unfit(visit, "follow", by=by)
        return request_visit(
            kind=Visit.Kind.FOLLOW_UP,
            purpose=visit.purpose,
            office=visit.office,
            machine=visit.machine,
            seen=visit.seen,
            follows=visit,
            by=by,
        )
