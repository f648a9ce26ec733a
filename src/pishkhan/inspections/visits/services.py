"""Acts on visits: asking for one, giving it to an inspector, reporting what was found, accepting the report."""

from collections.abc import Collection
from datetime import date, time
from typing import Any

from pishkhan.casework.models import Case
from pishkhan.inspections import notices, refusals
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.checklists.report_validation import ask_the_answers, result_of
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

from .follow_up import let_follow, tell_party
from .selectors import items_of, last_inspector
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
        edition=checklist.edition_in_force(today()).code,
    )
    actor, holding = (because.by, because.role) if because else (by, role)
    assert actor is not None, "a visit is asked for by somebody, or because of an act"  # noqa: S101
    with begin(_Standing(actor, where), "visit.request", visit, role=holding, because=because) as entry:
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
    role: str = Role.EXPERT,
    planned_at: time | None = None,
    position: int | None = None,
) -> Visit:
    """Give a visit to an inspector for a day; to who made the visit before it there by a waiver only.

    A round tells the time of day and the visit's position among the others of the day.
    """
    with act(by, "visit.assign", on=visit, role=role) as entry:
        if visit.state not in (Visit.State.PLANNED, Visit.State.ASSIGNED):
            raise refusals.NotInThisState(visit.state)
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
    further: tuple[str, ...] = (),
    photographed: Collection[str] | None = None,
) -> Visit:
    """Report what was found, and tell the one who was visited.

    The result follows from the answers; the inspector may be stricter, never more lenient. `photographed` are the items
    of which there are photos, where the report comes from the spot; None where it is entered at a desk.
    """
    with act(by, "visit.submit", on=visit, role=Role.INSPECTOR, happened_on=visited_on) as entry:
        _ask_when_and_who(visit, visited_on, by)
        items = items_of(visit, visited_on)
        ask_the_answers(items, answers, notes or {}, photographed)
        visit.passed = result_of(items, answers, passed)
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
        visit.notice = tell_party(visit, notices.REPORTED, entry)
    return visit


@retried
def accept_visit(visit: Visit, *, by: Actor, role: str = Role.EXPERT) -> Visit:
    """Accept a report that another made, as it was submitted: its faults are to be remedied, and whoever was visited
    has it in writing."""
    with act(by, "visit.accept", on=visit, role=role) as entry:
        if visit.state != Visit.State.SUBMITTED:
            raise refusals.NotInThisState(visit.state)
        maker = visit.inspector
        if maker and by.ref == maker.ref and not use_waiver(visit, Waiver.Rule.SECOND_PAIR, maker, entry):
            raise refusals.MadeIt()
        visit.state = Visit.State.ACCEPTED
        let_follow(visit, entry)
    return visit


@retried
def cancel_visit(visit: Visit, *, by: Actor, role: str = Role.EXPERT, because: Entry | None = None) -> Visit:
    """Cancel a visit that was not made yet."""
    with act(by, "visit.cancel", on=visit, role=role, because=because):
        if visit.state not in (Visit.State.PLANNED, Visit.State.ASSIGNED):
            raise refusals.NotInThisState(visit.state)
        visit.state = Visit.State.CANCELLED
    return visit


def supersede_visits(case: Case, *, because: Entry) -> None:
    """Let what was seen of a place count no more, since it was given up; within the act that gave it up."""
    for visit in Visit.objects.filter(case=case, superseded=False).order_by("pk"):
        with act(_Standing(because.by, case), "visit.supersede", on=visit, role=because.role, because=because):
            if visit.state in (Visit.State.PLANNED, Visit.State.ASSIGNED):
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


class _Standing:
    """An actor who acts on a visit in the standing they have over its case: an applicant has none over the visit."""

    def __init__(self, actor: Actor, over: Any) -> None:
        self._actor, self._over, self.ref = actor, over, actor.ref

    def capacity(self, role: str, *, over: Any) -> Any:
        return self._actor.capacity(role, over=self._over)


def _ask_when_and_who(visit: Visit, visited_on: date, by: Person) -> None:
    if visit.state != Visit.State.ASSIGNED:
        raise refusals.NotInThisState(visit.state)
    if visit.inspector_id != by.pk:
        raise refusals.AnothersVisit()
    if visited_on > today():
        raise refusals.ADayToCome()
    asked = Entry.objects.get(subject=visit.subject, number=1)
    if visited_on < asked.happened_on:
        raise refusals.BeforeTheRequest()


@retried
def follow_up(visit: Visit, *, by: Actor) -> Visit:
    """Ask for a visit that sees to what a visit found: an expert, in one press; once, while it is still to be made."""
    with one_transaction():
        lock(visit)
        if visit.state != Visit.State.ACCEPTED or visit.case_id is not None:
            raise refusals.NotInThisState(visit.state)
        if visit.followed_by.filter(state__in=[Visit.State.PLANNED, Visit.State.ASSIGNED]).exists():
            raise refusals.FollowedAlready()
        return request_visit(
            kind=Visit.Kind.FOLLOW_UP,
            purpose=visit.purpose,
            office=visit.office,
            machine=visit.machine,
            seen=visit.seen,
            follows=visit,
            by=by,
        )
