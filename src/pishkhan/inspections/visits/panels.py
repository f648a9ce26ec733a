"""What pages show of a visit: what was found and what holds of it, the evidence, the objection, and what followed."""

from typing import Any

from pishkhan.files.selectors import name_of
from pishkhan.inspections.checklists.checklist import Kind, Severity, edition
from pishkhan.inspections.field.signing import signatures_told
from pishkhan.inspections.models import Finding, Objection, Visit, Waiver
from pishkhan.inspections.words import ANSWERS, KINDS, SEVERITIES
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.letters.models import Letter
from pishkhan.letters.selectors import letters_about
from pishkhan.offices.undertakings.lists import state_of
from pishkhan.people.models import Person

from .documents import caption_of


def findings_told(visit: Visit) -> list[dict[str, Any]]:
    """What was found, item by item: the note to it, what holds since an objection, what is owed for it."""
    declared, notes = edition(visit.edition), words_of(visit.subject)
    noted = {field: text for (_, field), text in notes.items()}
    rows = visit.findings.select_related("undertaking").order_by("pk")
    return [
        {
            "row": each,
            "item": declared.item(each.item),
            "severity": SEVERITIES[Severity(each.severity)],
            "said": ANSWERS[Finding.Answer(each.answer)],
            "note": noted.get(each.item, ""),
            "revised": ANSWERS[Finding.Answer(each.revised)] if each.revised else None,
            "owed": each.undertaking,
            "state": state_of(each.undertaking) if each.undertaking else None,
        }
        for each in rows
    ]


def evidence_told(visit: Visit) -> dict[str, Any]:
    """What came from the spot: photos, times and places, signatures, and what is odd about them."""
    declared = edition(visit.edition)
    return {
        "photos": [
            {"photo": each, "caption": caption_of(each, declared)} for each in visit.photos.order_by("taken_at", "pk")
        ],
        "flags": list(visit.flags.select_related("photo").order_by("pk")),
        "fixes": list(visit.fixes.order_by("at")),
        "signatures": signatures_told(visit),
    }


def objection_told(visit: Visit) -> dict[str, Any] | None:
    """The objection to a visit, with what was written; None if there is none."""
    found = Objection.objects.filter(visit=visit).first()
    if found is None:
        return None
    words = {field: text for (number, field), text in sorted(words_of(found.subject).items()) if number == 1}
    decided = {field: text for (number, field), text in words_of(found.subject).items() if number > 1}
    return {
        "row": found,
        "reasons": words.get("reasons", ""),
        "why": decided.get("reasons", ""),
        "outcome": Objection.Outcome(found.outcome).text if found.outcome else None,
        "files": [
            {"key": each.pk, "name": name_of(each.file)} for each in found.files.select_related("file").order_by("pk")
        ],
    }


def followed_told(visit: Visit, person: Person) -> dict[str, Any]:
    """What followed from a visit: letters, visits that follow it up; and the leave that was given for it."""
    return {
        "letters": documents_about(visit, person),
        "follow_ups": [
            {"visit": each, "kind": KINDS[Kind(each.kind)]}
            for each in visit.followed_by.select_related("inspector").order_by("pk")
        ],
        "waivers": [
            {"row": each, "rule": Waiver.Rule(each.rule).text}
            for each in visit.waivers.select_related("person").order_by("pk")
        ],
    }


def documents_about(visit: Visit, person: Person) -> list[Letter]:
    """The documents of a visit that a person may have."""
    return letters_about(person, [visit.subject])
