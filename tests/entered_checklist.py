"""A checklist that a province enters: drafted by an expert, with a source for each item, adopted by a director."""

from datetime import timedelta

from django.core.files.base import ContentFile

from factories import division, person_as
from pishkhan.files.services import store
from pishkhan.inspections.checklists.importing import facts_of
from pishkhan.inspections.checklists.rows import written
from pishkhan.inspections.checklists.services import (
    adopt_checklist,
    draft_checklist,
    fill_checklist,
    propose_checklist,
)
from pishkhan.journal.clock import today
from pishkhan.people.roles import Role
from procedure_driver import PDF

SOON = timedelta(days=10)
FIRE = {
    "code": "fire",
    "text": "کپسول آتش‌نشانی دارد و تاریخ آن نگذشته است.",
    "text_en": "It has a fire extinguisher that is in date.",
    "severity": "major",
    "photo": "of_a_fault",
    "instrument": "by-law-1388",
    "article": "20",
}


def drafted(by=None, days=SOON, place="15", like="1400", more=()):
    """A draft with the items of an edition, none without a source."""
    by = by or person_as(Role.EXPERT, place)
    row = draft_checklist(place, today() + days, by=by, like=like)
    return fill_checklist(row, items=[*sourced(row), *more], by=by)


def sourced(row):
    """The items of an edition as rows of a table, each with a source."""
    return [written(facts_of(item)) | {"instrument": "by-law-1388", "article": "20"} for item in row.items.all()]


def decision(by, place="15"):
    """A decision on a checklist, with its scan."""
    scan = store(ContentFile(PDF, name="decision.pdf"), by=by, division=division(place))
    return {"decision": "۱۴۰۱/۷۷", "decision_on": today(), "scan": scan}


def proposed_checklist(**data):
    row = drafted(**data)
    return propose_checklist(row, by=data.get("by") or person_as(Role.EXPERT, row.place))


def adopted(**data):
    row = proposed_checklist(**data)
    director = person_as(Role.DIRECTOR, row.place)
    return adopt_checklist(row, **decision(director, row.place), by=director)
