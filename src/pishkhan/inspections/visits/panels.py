"""What pages show of a visit: what was found and what holds of it, the evidence, the objection, and what followed."""

from typing import Any

from pishkhan.files.selectors import name_of
from pishkhan.inspections.checklists.checklist import Kind, Severity
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.field.signing import signatures_context
from pishkhan.inspections.models import Finding, Objection, Visit, Waiver
from pishkhan.inspections.words import ANSWERS, KINDS, SEVERITIES
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.letters.models import Letter
from pishkhan.letters.selectors import letters_about
from pishkhan.offices.undertakings.lists import state_of
from pishkhan.people.models import Person

from .documents import caption_of


def findings_context(visit: Visit) -> list[dict[str, Any]]:
    """What was found, item by item: the note to it, what holds since an objection, what is owed for it."""
    declared, notes = edition(visit.edition), words_of(visit.subject)
    noted = {field: text for (_, field), text in notes.items()}
    rows = visit.findings.select_related("undertaking").order_by("pk")
    return [
        {
            "row": row,
            "item": declared.item(row.item),
            "severity": SEVERITIES[Severity(row.severity)],
            "said": ANSWERS[Finding.Answer(row.answer)],
            "note": noted.get(row.item, ""),
            "revised": ANSWERS[Finding.Answer(row.revised)] if row.revised else None,
            "owed": row.undertaking,
            "state": state_of(row.undertaking) if row.undertaking else None,
        }
        for row in rows
    ]


def evidence_context(visit: Visit) -> dict[str, Any]:
    """What came from the spot: photos, times and places, signatures, and what is odd about them."""
    declared = edition(visit.edition)
    return {
        "photos": [
            {"photo": photo, "caption": caption_of(photo, declared)}
            for photo in visit.photos.order_by("taken_at", "pk")
        ],
        "flags": list(visit.flags.select_related("photo").order_by("pk")),
        "fixes": list(visit.fixes.order_by("at")),
        "signatures": signatures_context(visit),
    }


def objection_context(visit: Visit) -> dict[str, Any] | None:
    """The objection to a visit, with what was written; None if there is none."""
    objection = Objection.objects.filter(visit=visit).first()
    if objection is None:
        return None
    words = {field: text for (number, field), text in sorted(words_of(objection.subject).items()) if number == 1}
    decided = {field: text for (number, field), text in words_of(objection.subject).items() if number > 1}
    return {
        "row": objection,
        "reasons": words.get("reasons", ""),
        "why": decided.get("reasons", ""),
        "outcome": Objection.Outcome(objection.outcome).text if objection.outcome else None,
        "files": [
            {"key": file.pk, "name": name_of(file.file)}
            for file in objection.files.select_related("file").order_by("pk")
        ],
    }


def follow_up_context(visit: Visit, person: Person) -> dict[str, Any]:
    """What followed from a visit: letters, visits that follow it up; and the leave that was given for it."""
    return {
        "letters": documents_about(visit, person),
        "follow_ups": [
            {"visit": follow_up, "kind": KINDS[Kind(follow_up.kind)]}
            for follow_up in visit.followed_by.select_related("inspector").order_by("pk")
        ],
        "waivers": [
            {
                "row": follow_up,
                "rule": Waiver.Rule(follow_up.rule).text,
                "taken_back": follow_up.used.startswith(f"{follow_up.subject}#"),
            }
            for follow_up in visit.waivers.select_related("person").order_by("pk")
        ],
    }


def documents_about(visit: Visit, person: Person) -> list[Letter]:
    """The documents of a visit that a person may have."""
    return letters_about(person, [visit.subject])
