"""Acts on visits: asking for one, giving it to an inspector, reporting what was found."""

from datetime import date, time
from typing import Any

from pishkhan.casework.models import Case
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import now, today
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.journal.secrecy import keep
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from . import checklist, refusals
from .models import Finding, FurtherPurpose, Visit
from .selectors import items_of, last_inspector

UNANSWERED = Text("به این بند پاسخ داده نشده است.", "This item is not answered.")
UNKNOWN = Text("این بند در برگهٔ این بازدید نیست.", "This item is not on the checklist of this visit.")
NO_SUCH_ANSWER = Text("پاسخ یکی از اینهاست: {answers}", "The answer is one of {answers}.").filled(
    answers=", ".join(Finding.Answer.values))


def request_visit(*, kind: str, purpose: str, because: Entry | None = None, case: Case | None = None,
                  office: Office | None = None, seen: str = "", by: Actor | None = None,
                  role: str = Role.EXPERT) -> Visit:
    """Ask for a visit to the place of a case or to an office: in another act (`because`), or as one of its own."""
    where: Any = case or office
    visit = Visit(kind=kind, purpose=purpose, case=case, office=office, division_id=where.division_id,
                  seen=seen or (Visit.Object.OFFICE if office else Visit.Object.PROPOSED_PLACE),
                  edition=checklist.edition_in_force(today()).code)
    actor, holding = (because.by, because.role) if because else (by, role)
    assert actor is not None, "a visit is asked for by somebody, or because of an act"  # noqa: S101
    with begin(_Standing(actor, where), "visit.request", visit, role=holding, because=because) as entry:
        entry.facts = {"kind": kind, "seen": visit.seen, "about": where.subject, "purpose": purpose,
                       "edition": visit.edition}
    return visit


@retried
def assign_visit(visit: Visit, inspector: Person, *, planned_on: date, by: Actor, role: str = Role.EXPERT,
                 planned_at: time | None = None, position: int | None = None) -> Visit:
    """Give a visit to an inspector for a day; never to who made the visit before it at the same place.

    A round tells the time of day and the visit's position among the others of the day.
    """
    with act(by, "visit.assign", on=visit, role=role) as entry:
        if visit.state not in (Visit.State.PLANNED, Visit.State.ASSIGNED):
            raise refusals.NotInThisState(visit.state)
        if not inspector.holds(Role.INSPECTOR, over=visit):
            raise refusals.NotAnInspector()
        if last_inspector(visit) == inspector.pk:
            raise refusals.TheSameInspector()
        visit.inspector, visit.planned_on, visit.state = inspector, planned_on, Visit.State.ASSIGNED
        visit.planned_at, visit.position = planned_at, position
        entry.facts = {"inspector": inspector.ref, "planned_on": planned_on,
                       "planned_at": planned_at.isoformat() if planned_at else None, "position": position}
    return visit


@retried
def submit_visit(visit: Visit, *, answers: dict[str, str], visited_on: date, by: Person, passed: bool | None = None,
                 notes: dict[str, str] | None = None, further: tuple[str, ...] = ()) -> Visit:
    """Report what was found. The result follows from the answers; the inspector may be stricter, never more lenient."""
    with act(by, "visit.submit", on=visit, role=Role.INSPECTOR, happened_on=visited_on) as entry:
        _ask_when_and_who(visit, visited_on, by)
        items = items_of(visit, visited_on)
        _ask_the_answers(items, answers, notes or {})
        visit.passed = _result(items, answers, passed)
        visit.state, visit.visited_on, visit.submitted_at = Visit.State.SUBMITTED, visited_on, now()
        severity = {item.code: item.severity for item in items}
        Finding.objects.bulk_create(Finding(visit=visit, item=code, answer=answer, severity=severity[code])
                                    for code, answer in answers.items())
        served = sorted(set(further) - {visit.purpose})
        FurtherPurpose.objects.bulk_create(FurtherPurpose(visit=visit, purpose=purpose) for purpose in served)
        entry.facts = {"visited_on": visited_on, "passed": visit.passed, "answers": answers, "further": served,
                       "notes": {item: keep(entry, item, note, whose=_whose(visit))
                                 for item, note in (notes or {}).items()}}
    return visit


@retried
def accept_visit(visit: Visit, *, by: Actor, role: str = Role.EXPERT) -> Visit:
    """Accept a report as it was submitted."""
    with act(by, "visit.accept", on=visit, role=role):
        if visit.state != Visit.State.SUBMITTED:
            raise refusals.NotInThisState(visit.state)
        visit.state = Visit.State.ACCEPTED
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
        raise refusals.BeforeItWasAsked()


def _ask_the_answers(items: tuple[checklist.Item, ...], answers: dict[str, str], notes: dict[str, str]) -> None:
    asked = {item.code for item in items}
    wrong = dict.fromkeys(asked - set(answers), UNANSWERED)
    wrong |= dict.fromkeys((set(answers) | set(notes)) - asked, UNKNOWN)
    wrong |= {code: NO_SUCH_ANSWER for code, answer in answers.items() if answer not in Finding.Answer.values}
    if wrong:
        raise refusals.WrongAnswers(wrong)


def _result(items: tuple[checklist.Item, ...], answers: dict[str, str], told: bool | None) -> bool:
    """A critical item that is not in order fails a visit, and so do three major ones (a default of ours)."""
    faults = [item for item in items if answers[item.code] == Finding.Answer.NOT_OK]
    critical = [item for item in faults if item.severity == checklist.Severity.CRITICAL]
    if critical and told:
        raise refusals.TooLenient(critical[0].code)
    reckoned = not critical and sum(item.severity == checklist.Severity.MAJOR for item in faults) < 3
    return reckoned if told is None else told and reckoned


def _whose(visit: Visit) -> str:
    return visit.case.applicant_ref if visit.case else f"office:{visit.office_id}"
