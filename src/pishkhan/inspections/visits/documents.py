"""What stands in the documents about a visit: the report to whoever was visited, and the letter to a bank."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pishkhan.geography.selectors import place_name
from pishkhan.inspections.checklists.checklist import Edition, Purpose, Severity
from pishkhan.inspections.checklists.checklist import Kind as VisitKind
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.checklists.terms import OBJECTION, REMEDY
from pishkhan.inspections.field.signing import signatures_of
from pishkhan.inspections.models import Finding, Photo, Visit
from pishkhan.inspections.wording import code_of, what_of, whose_words
from pishkhan.inspections.words import KINDS, PURPOSES, SEVERITIES
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.letters.formatting import day_text
from pishkhan.letters.kinds import MACHINE_FAULTS, VISIT_REPORT, Kind
from pishkhan.letters.letterhead import pair
from pishkhan.letters.pictures import PICTURES, kept_for_print
from pishkhan.letters.records import Personal
from pishkhan.offices.addressing import party_facts
from pishkhan.offices.selectors import premises_of
from pishkhan.regulation.selectors import number

Facts = dict[str, Any]
MOST_PHOTOS = 12
OF_THE_WHOLE = Text("نمای کلی", "General view")


def drafts_about(visit: Visit, entry: Entry) -> Iterator[tuple[Kind, str, Facts]]:
    """The documents that go out when a report is accepted: of which kind, to whom, with what in them."""
    party = visit.party
    if party is None:
        return
    items, about = _items(visit), {"to": party_facts(party), "visit": _visit_facts(visit)}
    yield (
        VISIT_REPORT,
        party.ref,
        about
        | {
            "items": items,
            "flags": [pair(flag.text) for flag in visit.flags.order_by("pk")],
            PICTURES: _photos(visit, entry),
            "signatures": signatures_of(visit),
            "objection": _term(visit),
        },
    )
    faults = [item for item in items if item["answer"] == Finding.Answer.NOT_OK]
    if visit.machine is not None and faults:
        term = number(REMEDY[Severity.MAJOR], on=today(), place=visit.division_id)
        yield MACHINE_FAULTS, party.ref, about | {"items": faults, "term": {"source": pair(term.citation)}}


def _visit_facts(visit: Visit) -> Facts:
    """What a document says of the visit itself."""
    assert visit.inspector is not None and visit.visited_on is not None, "it was made"  # noqa: S101
    return {
        "what": pair(what_of(visit)),
        "code": code_of(visit),
        "kind": pair(KINDS[VisitKind(visit.kind)]),
        "purpose": pair(PURPOSES[Purpose(visit.purpose)]),
        "visited_on": day_text(visit.visited_on),
        "place": pair(Text(place_name(visit.division_id, "fa"), place_name(visit.division_id, "en"))),
        "address": _address(visit),
        "edition": visit.edition,
        "passed": visit.passed,
        "number": visit.machine.number if visit.machine else "",
        "inspector": Personal(visit.inspector.full_name, visit.inspector.ref),
    }


def _address(visit: Visit) -> str | None:
    assert visit.visited_on is not None, "it was made"  # noqa: S101
    if visit.machine is not None:
        there = visit.machine.places.on(visit.visited_on).first()
    else:
        there = premises_of([visit.office], visit.visited_on).get(visit.office.pk) if visit.office else None
    return there.address if there else None


def _items(visit: Visit) -> list[Facts]:
    """What was found, item by item; of a fault the note to it, and until when it is to be remedied."""
    notes = {field: text for (_, field), text in words_of(visit.subject).items()}
    items, declared = [], edition(visit.edition)
    for finding in visit.findings.select_related("undertaking").order_by("pk"):
        due_on, note = _due_on(finding, visit), notes.get(finding.item)
        items.append(
            {
                "text": pair(declared.item(finding.item).text),
                "severity": pair(SEVERITIES[Severity(finding.severity)]),
                "answer": finding.answer,
                "due_on": day_text(due_on) if due_on else None,
                "note": Personal(note, whose_words(visit)) if note else None,
            }
        )
    return items


def _due_on(finding: Finding, visit: Visit) -> date | None:
    """Until when a fault is to be remedied: by what its holder owes, or, of a bank's machine, by the number."""
    if finding.undertaking is not None:
        return finding.undertaking.due_on
    if visit.machine is None or not finding.is_fault:
        return None
    term = number(REMEDY[Severity(finding.severity)], on=today(), place=visit.division_id)
    return today() + timedelta(days=term.value)


def _photos(visit: Visit, entry: Entry) -> list[Facts]:
    """The photos that came with a report, made bare of metadata and kept for print."""
    declared, shown = edition(visit.edition), []
    for photo in visit.photos.exclude(file=None).select_related("file").order_by("taken_at", "pk")[:MOST_PHOTOS]:
        kept = kept_for_print(photo.file, division=visit.division, because=entry) if photo.file else None
        if kept:
            shown.append(kept | {"caption": pair(caption_of(photo, declared)), "at": day_text(photo.taken_at.date())})
    return shown


def caption_of(photo: Photo, declared: Edition) -> Text:
    """What a photo shows."""
    return next((item.text for item in declared.items if item.code == photo.item), OF_THE_WHOLE)


def _term(visit: Visit) -> Facts:
    term = number(OBJECTION, on=today(), kind=visit.office.kind if visit.office else "", place=visit.division_id)
    return {"days": term.value, "source": pair(term.citation)}
