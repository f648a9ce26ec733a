"""Which checklist holds where and on which day: those that are shipped, and those that a province adopted itself."""

from datetime import date

from django.db.models import Q, QuerySet

from pishkhan.inspections.models import ChecklistEdition, ChecklistItem
from pishkhan.journal.models import Entry
from pishkhan.journal.read_once import once
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Instrument
from pishkhan.regulation.selectors import ARTICLE, UNSOURCED

from .checklist import EDITIONS, Edition, EnteredEdition, Evidence, Item, Kind, Object, Purpose, Severity

PROVINCE = 2  # letters of its code
DRAFTERS = (Role.EXPERT, Role.ADMINISTRATOR)
READERS = (*DRAFTERS, Role.DIRECTOR, Role.INSPECTOR)
WRITING = ("checklist.draft", "checklist.put", "checklist.drop", "checklist.fill")
DECISION = Text("تصمیم شمارهٔ {decision} مدیرکل", "decision {decision} of the director-general")
State = ChecklistEdition.State
_adopted: dict[tuple[int, str], Edition] = {}  # what was adopted changes no more: by key and seal


def edition(code: str) -> Edition:
    """The edition of a code; LookupError if there is none."""
    for shipped in EDITIONS:
        if shipped.code == code:
            return shipped
    row = once(("checklist", code), lambda: ChecklistEdition.objects.filter(code=code).first())
    if row is None:
        raise LookupError(f"There is no checklist {code}.")
    return as_edition(row)


def editions_of(place: str = "") -> list[Edition]:
    """Every edition that is shipped, and those that were adopted in a place or (none named) anywhere."""
    rows = ChecklistEdition.objects.filter(state=State.ADOPTED)
    if place:
        rows = rows.filter(place=place[:PROVINCE])
    return sorted([*EDITIONS, *map(as_edition, rows.order_by("pk"))], key=lambda held: held.valid_from)


def edition_in_force(on: date, place: str) -> Edition:
    """The edition of a day in a place: its province's own, else one that is shipped; LookupError before the first."""
    row = once(
        ("checklist in force", on, place[:PROVINCE]),
        lambda: (
            ChecklistEdition.objects.filter(state=State.ADOPTED, place=place[:PROVINCE], valid_from__lte=on)
            .order_by("-valid_from")
            .first()
        ),
    )
    if row is not None:
        return as_edition(row)
    shipped = [held for held in EDITIONS if held.valid_from <= on]
    if not shipped:
        raise LookupError(f"There was no checklist on {on}.")
    return shipped[-1]


def was_in_force(on: date, place: str) -> bool:
    """Whether there was a checklist on a day in a place."""
    try:
        edition_in_force(on, place)
    except LookupError:
        return False
    return True


def held_until(code: str, on: date, place: str) -> bool:
    """Whether an edition was in force in a place on a day or before it: a phone that was away may still have it."""
    known = [held for held in editions_of(place) if held.valid_from <= on]
    return any(held.code == code and edition_in_force(held.valid_from, place).code == code for held in known)


def as_edition(row: ChecklistEdition) -> Edition:
    """An entered edition as visits read it; what was adopted is put together once."""
    if row.state != State.ADOPTED:
        return _read(row)
    if (row.pk, row.head) not in _adopted:
        _adopted[row.pk, row.head] = _read(row)
    return _adopted[row.pk, row.head]


def _read(row: ChecklistEdition) -> Edition:
    items = tuple(as_item(item) for item in row.items.select_related("instrument"))
    source = DECISION.filled(decision=row.decision) if row.decision else UNSOURCED
    return EnteredEdition(row.code, row.valid_from, items, source=source)


def as_item(row: ChecklistItem) -> Item:
    """An item as visits read it."""
    return Item(
        row.code,
        Text(row.text_fa, row.text_en),
        Severity(row.severity),
        Evidence(row.evidence),
        objects=tuple(map(Object, listed(row.objects_seen))),
        kinds=listed(row.kinds),
        visits=tuple(map(Kind, listed(row.visits))),
        purposes=tuple(map(Purpose, listed(row.purposes))),
        at_places=tuple(map(Kind, listed(row.at_places))),
        article=_citation(row.instrument, row.article),
        can_be_absent=row.can_be_absent,
    )


def listed(codes: str) -> tuple[str, ...]:
    """The codes of a list as it is kept."""
    return tuple(code for code in codes.split(",") if code)


def editions_seen_by(person: Person) -> QuerySet[ChecklistEdition]:
    """The entered editions of the provinces where somebody is at work."""
    there = Q(pk__in=())
    for assignment in person.assignments_today:
        if assignment.role in READERS:
            there |= Q(place__startswith=assignment.place[:PROVINCE])
    return ChecklistEdition.objects.filter(there).order_by("-pk")


def editions_to_adopt(person: Person) -> QuerySet[ChecklistEdition]:
    """What waits for a director to adopt it or give it back."""
    there = Q(pk__in=())
    for assignment in person.assignments_today:
        if assignment.role == Role.DIRECTOR:
            there |= Q(place__startswith=assignment.place)
    return ChecklistEdition.objects.filter(there, state=State.PROPOSED)


def drafts_of(person: Person) -> QuerySet[ChecklistEdition]:
    """The drafts that somebody began, and are not put forward."""
    return ChecklistEdition.objects.filter(state=State.DRAFT, drafted_by=person)


def wrote_it(row: ChecklistEdition, actor: str) -> bool:
    """Whether somebody drafted an edition or wrote an item of it."""
    return Entry.objects.filter(subject=row.subject, act__in=WRITING, actor=actor).exists()


def has_begun(row: ChecklistEdition, on: date) -> bool:
    """Whether the day of an edition has come: it can be adopted, or withdrawn, no more."""
    return row.valid_from <= on


def _citation(instrument: Instrument | None, article: str) -> Text | None:
    if instrument is None:
        return None
    return ARTICLE.filled(title=instrument.title, article=article) if article else instrument.title
