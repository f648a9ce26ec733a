"""What visits tell."""

from datetime import date

from django.db.models import F, QuerySet

from pishkhan.casework.models import Case
from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.models import Finding, Visit, Waiver
from pishkhan.journal.models import Entry
from pishkhan.offices.bitemporal import end_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places, within

TO_BE_MADE = (Visit.State.PLANNED, Visit.State.ASSIGNED)
MADE = (Visit.State.SUBMITTED, Visit.State.ACCEPTED)


def has_passed(case: Case, kind: str) -> bool:
    """Whether the latest visit of a kind to the place of a case was made and passed."""
    return _latest(case, kind) is True


def has_failed(case: Case, kind: str) -> bool:
    """Whether the latest visit of a kind to the place of a case was made and not passed."""
    return _latest(case, kind) is False


def visits_made(place: str, from_on: date, to_on: date, *, known_on: date | None = None) -> QuerySet[Visit]:
    """The visits made in a region from one day to another, both included, as known at the end of a day."""
    visits = Visit.objects.filter(lying_in(place), state__in=MADE, visited_on__range=(from_on, to_on))
    return visits.filter(submitted_at__lt=end_of(known_on)) if known_on else visits


def waivers_given(place: str, rule: str, from_on: date, to_on: date) -> list[Waiver]:
    """The leave to do without a rule that the director gave in a region from one day to another, used or not."""
    waivers = {waiver.subject: waiver for waiver in Waiver.objects.filter(lying_in(place), rule=rule)}
    given = Entry.objects.filter(subject__in=waivers, number=1, happened_on__range=(from_on, to_on))
    return sorted(
        (waivers[subject] for subject in given.values_list("subject", flat=True)), key=lambda waiver: waiver.pk
    )


def visits_seen_by(person: Person) -> QuerySet[Visit]:
    return within(Visit.objects.all(), person)


def visits_to_make(person: Person) -> QuerySet[Visit]:
    """What an inspector was given where they are one today, and has not reported, by day."""
    mine = Visit.objects.filter(in_places(person, [Role.INSPECTOR]), inspector=person, state=Visit.State.ASSIGNED)
    return mine.order_by("planned_on", F("position").asc(nulls_last=True), "pk")


def faults_that_stand() -> QuerySet[Finding]:
    """What visits found wanting, but what an objection has changed since."""
    return Finding.objects.filter(answer=Finding.Answer.NOT_OK, revised="")


def items_of(visit: Visit, on: date) -> tuple[checklist.Item, ...]:
    """What a visit looks at on a day, by the edition of the checklist it was asked for under."""
    kind = "" if visit.machine_id else visit.about.kind
    return edition(visit.edition).items_for(
        checklist.Object(visit.seen), checklist.Kind(visit.kind), kind, on, visit.purpose
    )


def last_inspector(visit: Visit) -> int | None:
    """The key of who made the last visit at the object of a visit."""
    before = Visit.objects.filter(state__in=MADE, seen=visit.seen).exclude(pk=visit.pk)
    at_it = before.filter(case=visit.case_id, office=visit.office_id, machine=visit.machine_id)
    return at_it.order_by("-visited_on", "-pk").values_list("inspector", flat=True).first()


def _latest(case: Case, kind: str) -> bool | None:
    visit = (
        Visit.objects.filter(case=case, kind=kind, superseded=False)
        .exclude(state=Visit.State.CANCELLED)
        .order_by("-pk")
        .first()
    )
    return visit.passed if visit else None
