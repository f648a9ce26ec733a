"""What of a case somebody may read: pages, API and whatever else shows one ask here (docs/methods/need-to-know.md)."""

from typing import Any

from pishkhan.journal import access
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing, NotPermitted
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import read_by
from pishkhan.people.selectors import masked

from .models import Case, Document, Inquiry
from .selectors import inquiries_shown_to

Words = dict[int, dict[str, str]]
KINDS_OF_OUTCOME = dict.fromkeys(("demand_note", "amount", "payment"), Datum.MONEY)  # what a step came to
NOT_YOURS_TO_READ = Text("این مدرک برای نقش شما باز نیست.", "This paper is not open to your role.")


def datum_of_answer(case: Case, act: str, field: str) -> Datum:
    """Which kind of datum an answer is that was given when a step was taken; of anything else a reason."""
    step = case.procedure.steps.get(act.rpartition(".")[2])
    form: Any = step.form if step else None
    if form is None or field not in form.base_fields:
        return Datum.REASONS
    kind: Datum = getattr(form, "data", {}).get(field, form.datum)
    return kind


def datum_of_paper(case: Case, kind: str) -> Datum:
    """Which kind of datum a paper is: as its procedure declares it, else what a holder put with an answer."""
    return next((document.datum for document in case.procedure.documents if document.code == kind), Datum.DEFENCE)


def words_read(case: Case, readable: frozenset[Datum], entries: list[Entry], *, kept: str = "") -> Words:
    """The words of some entries that whoever reads some kinds may read, by number of the entry and field: none of the
    side that is kept from them, identity numbers masked."""
    by_number = {entry.number: entry for entry in entries}
    words: Words = {}
    for (number, field), text in words_of(case.subject).items():
        entry = by_number.get(number)
        if entry is None or entry.role == kept:
            continue
        kind = datum_of_answer(case, entry.act, field)
        if kind in readable or (kind == Datum.IDENTITY and Datum.PERSONAL in readable):
            words.setdefault(number, {})[field] = masked(text) if kind == Datum.IDENTITY else text
    return words


def facts_read(case: Case, readable: frozenset[Datum], entry: Entry) -> dict[str, Any]:
    """The facts of an entry, but for answers and outcomes of a step that whoever reads some kinds may not read."""
    data, outcome = entry.facts.get("stated"), entry.facts.get("outcome")
    facts = dict(entry.facts)
    if isinstance(data, dict):
        facts["stated"] = {
            name: fact for name, fact in data.items() if datum_of_answer(case, entry.act, name) in readable
        }
    if isinstance(outcome, dict):
        facts["outcome"] = {
            name: fact for name, fact in outcome.items() if KINDS_OF_OUTCOME.get(name, Datum.STATED) in readable
        }
    return facts


def open_paper(case: Case, kind: str, person: Person, readable: frozenset[Datum]) -> Document:
    """A paper of a case, for a person who reads some kinds. The access log says who opened it, or was refused."""
    document = case.documents.select_related("file").filter(kind=kind, replaced=False).first()
    if document is None:
        raise Missing()
    refused = datum_of_paper(case, kind) not in readable
    access.note(person.ref, case.subject, f"document {kind}", refused=refused)
    if refused:
        raise NotPermitted(NOT_YOURS_TO_READ)
    return document


def inquiries_read(case: Case, person: Person) -> list[Inquiry]:
    """The inquiries of a case whose answers a person may read."""
    return inquiries_shown_to(case, person) if Datum.INQUIRY in read_by(person, over=case) else []
