"""Lists of complaints: who may see which, what is sought, which may be the same. Pages and API ask here."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from pishkhan.counter.models import Tariff
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.parties import own_rows
from pishkhan.people.selectors import in_places

from .models import DESK, FOUNDED, OPEN, STATES, Complaint, State

OPENED, LATE, ESCALATED, UNSETTLED, EVERY = "open", "late", "escalated", "unsettled", "every"
LISTS = {
    OPENED: Text("باز", "Open"),
    LATE: Text("از مهلت گذشته", "Overdue"),
    ESCALATED: Text("نزد مدیرکل", "Before the director"),
    UNSETTLED: Text("بسته، ولی شاکی راضی نیست", "Closed, not settled for the complainant"),
    EVERY: Text("همه", "All"),
} | {each.value: text for each, text in STATES.items()}
NEAR = timedelta(days=14)  # between the days of two complaints that may be about the same
MOST_ALIKE = 5


def complaints_seen_by(person: Person) -> QuerySet[Complaint]:
    """Those of the places where one decides on complaints. Nobody else sees one, but who is asked to answer it."""
    return Complaint.objects.filter(in_places(person, DESK))


def complaints_asked_of(person: Person) -> QuerySet[Complaint]:
    """Those that a person, or an organisation they act for, was asked to answer."""
    return Complaint.objects.filter(own_rows(person))


def counts_by_kind(rows: QuerySet[Complaint]) -> list[tuple[str, int]]:
    """How many complaints of a list are of each kind, the most frequent first."""
    return list(rows.order_by().values_list("kind").annotate(count=Count("pk")).order_by("-count", "kind"))


def alike(complaint: Complaint) -> QuerySet[Complaint]:
    """Those that may be about the same: of the same kind, near in time, of the same office or the same place."""
    there = Q(office=complaint.office_id) if complaint.office_id else Q(office=None, division=complaint.division_id)
    near = Q(happened_on__range=(complaint.happened_on - NEAR, complaint.happened_on + NEAR))
    return (
        Complaint.objects.filter(there, near, kind=complaint.kind, state__in=OPEN)
        .exclude(pk=complaint.pk)
        .order_by("received_on", "number")
    )


def about_office(office: Office) -> QuerySet[Complaint]:
    """The complaints about an office, the latest first."""
    return Complaint.objects.filter(office=office).order_by("-received_on", "-number")


def told_to_offices(on: date) -> QuerySet[Complaint]:
    """What offices know was complained of by a day, and what of it was founded or waits for their answer.

    Of what lies at the desk alone, or was dismissed, no office is told, and nothing may let it guess. What is joined to
    another counts once, with the other.
    """
    asked = Q(person__isnull=False) | Q(organisation__isnull=False)
    pursued = Q(visit__isnull=False) | Q(case__isnull=False)
    return Complaint.objects.filter(
        asked | pursued, Q(state=State.SENT) | Q(outcome__in=FOUNDED), office__isnull=False, received_on__lte=on
    )


def tariff_on(complaint: Complaint) -> Tariff | None:
    """What the service should have cost on the day of which a complaint tells."""
    if complaint.service_id is None:
        return None
    return Tariff.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=complaint.happened_on),
        service=complaint.service_id,
        valid_from__lte=complaint.happened_on,
    ).first()


@dataclass(frozen=True)
class ComplaintEvent:
    """What was done about a complaint: an act by its name, on which day, by which role, with what was written."""

    act: str
    entry: Entry
    words: dict[str, str]

    @property
    def on(self) -> date:
        return self.entry.happened_on


def course_of(complaint: Complaint) -> list[ComplaintEvent]:
    """All that was done about a complaint, the first first, with what was written and is not erased."""
    words: dict[int, dict[str, str]] = {}
    for (number, field), text in words_of(complaint.subject).items():
        words.setdefault(number, {})[field] = text
    return [
        ComplaintEvent(entry.act.removeprefix("complaint."), entry, words.get(entry.number, {}))
        for entry in Entry.objects.filter(subject=complaint.subject).order_by("number")
    ]


def last_words(course: list[ComplaintEvent], field: str) -> str:
    """What was last written in a field; empty if nothing was, or it is erased."""
    return next((each.words[field] for each in reversed(course) if field in each.words), "")
