"""What becomes of a complaint: staff dismiss it, join it, ask the office, a visit or the committee, and close it."""

from pishkhan.casework.actions.actions import taking
from pishkhan.enforcement.catalogue import edition_on
from pishkhan.enforcement.models import Source
from pishkhan.enforcement.refusals import NobodyHoldsIt
from pishkhan.enforcement.reporting import report
from pishkhan.files.services import erase_contents
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.services import request_visit
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import destroy, keep
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.notices.services import queue_to_party
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import holder_on
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from . import refusals
from .deadlines import moved
from .models import OPEN, Complaint, State
from .notices import ASKED_TO_ANSWER


@retried
def send(complaint: Complaint, summary: str, *, by: Person) -> Complaint:
    """Ask the holder of the office for an answer: told the kind, the day and a summary that staff wrote."""
    with taking(complaint, "send", by=by) as entry:
        office = _office_of(complaint)
        holder = holder_on(office, today())
        if holder is None:
            raise NobodyHoldsIt()
        complaint.party = holder
        _move(complaint, State.SENT, entry)
        entry.facts |= {"holder": holder.ref, "summary": keep(entry, "summary", summary, whose=complaint.whose)}
        about = {"number": complaint.number, "office": office.code}
        queue_to_party(ASKED_TO_ANSWER.code, holder, because=entry, division=complaint.division, facts=about)
    return complaint


@retried
def answer(complaint: Complaint, text: str, *, by: Person) -> Complaint:
    """Answer a complaint: whoever was asked. Staff read it, and tell the complainant what they publish of it."""
    with taking(complaint, "answer", by=by) as entry:
        _move(complaint, State.ANSWERED, entry)
        entry.facts["answer"] = keep(entry, "answer", text, whose=complaint.whose)
    return complaint


@retried
def publish(complaint: Complaint, text: str, *, by: Person) -> Complaint:
    """Tell the complainant what the office answered, as staff let it stand."""
    with taking(complaint, "publish", by=by) as entry:
        entry.facts = {"published": keep(entry, "published", text, whose=complaint.whose)}
    return complaint


@retried
def release(complaint: Complaint, version: str, *, by: Person) -> Complaint:
    """Let whoever is asked to answer read a moderated version of the text; each version is kept, the original too."""
    with taking(complaint, "release", by=by) as entry:
        complaint.released = True
        entry.facts = {"version": keep(entry, "version", version, whose=complaint.whose)}
    return complaint


@retried
def withhold(complaint: Complaint, *, by: Person) -> Complaint:
    """Let the moderated version be read by staff alone again."""
    with taking(complaint, "withhold", by=by):
        complaint.released = False
    return complaint


@retried
def join(complaint: Complaint, to: Complaint, *, by: Person) -> Complaint:
    """Let a complaint go with another that is about the same. Both keep their codes, texts and what was done."""
    with one_transaction():
        lock(complaint, to)
        if complaint.pk == to.pk or to.state not in OPEN or complaint.division_id[:2] != to.division_id[:2]:
            raise refusals.NotToBeJoined()
        with taking(complaint, "join", by=by) as entry:
            complaint.joined_to, complaint.joined_from = to, complaint.state
            _move(complaint, State.JOINED, entry)
            entry.facts["joined_to"] = to.number
    return complaint


@retried
def separate(complaint: Complaint, *, by: Person) -> Complaint:
    """Undo a joining: the complaint goes on from where it stood."""
    with taking(complaint, "separate", by=by) as entry:
        state = complaint.joined_from
        complaint.joined_to, complaint.joined_from = None, ""
        _move(complaint, state, entry)
    return complaint


@retried
def ask_visit(complaint: Complaint, *, by: Person) -> Complaint:
    """Ask for a visit to the office because of a complaint."""
    with taking(complaint, "ask-visit", by=by) as entry:
        complaint.visit = request_visit(
            kind=Visit.Kind.COMPLAINT, purpose=Visit.Purpose.PERFORMANCE, office=_office_of(complaint), because=entry
        )
        _move(complaint, State.VISITING, entry)
        entry.facts["visit"] = complaint.visit.subject
    return complaint


@retried
def open_violation(complaint: Complaint, *, by: Person) -> Complaint:
    """Open a violation case from a complaint: of what it is a sign of by the catalogue of its day."""
    with taking(complaint, "open-case", by=by) as entry:
        complaint.case = report(
            _office_of(complaint),
            Source.COMPLAINT,
            by=by,
            role=entry.role,
            violation=_sign_of(complaint),
            committed_on=complaint.happened_on,
            because=entry,
        )
        _move(complaint, State.CASE, entry)
        entry.facts["case"] = complaint.case.number
    return complaint


@retried
def dismiss(complaint: Complaint, reasons: str, *, by: Person) -> Complaint:
    """Dismiss a complaint with reasons, which the complainant is told."""
    with taking(complaint, "dismiss", by=by) as entry:
        _move(complaint, State.DISMISSED, entry)
        entry.facts["told"] = keep(entry, "told", reasons, whose=complaint.whose)
    return complaint


@retried
def close(complaint: Complaint, outcome: str, told: str, *, by: Person) -> Complaint:
    """Close a complaint with an outcome, and with what the complainant is told of it."""
    with taking(complaint, "close", by=by) as entry:
        complaint.outcome = Complaint.Outcome(outcome)
        _move(complaint, State.CLOSED, entry)
        entry.facts |= {"outcome": outcome, "told": keep(entry, "told", told, whose=complaint.whose)}
    return complaint


@retried
def reopen(complaint: Complaint, reasons: str, *, by: Person) -> Complaint:
    """Take up again what was closed or dismissed."""
    with taking(complaint, "reopen", by=by) as entry:
        complaint.outcome = ""
        _move(complaint, State.RECEIVED, entry)
        entry.facts["reasons"] = keep(entry, "reasons", reasons, whose=complaint.whose)
    return complaint


@retried
def erase(complaint: Complaint, *, by: Person) -> int:
    """Erase what was written in a complaint that has ended, its photos and how to reach who made it: the director."""
    with taking(complaint, "erase", by=by) as entry:
        return _erased(complaint, entry)


@retried
def repeat_erasure(complaint: Complaint) -> int:
    """Erase a complaint again that was erased before, when an older database was restored."""
    with act(SYSTEM, "complaint.repeat-erasure", on=complaint, role=Role.SYSTEM) as entry:
        return _erased(complaint, entry)


def _erased(complaint: Complaint, entry: Entry) -> int:
    gone = destroy(complaint.whose, entry) + destroy(complaint.whose_contact, entry)
    complaint.photos.all().delete()
    entry.facts = {"words": gone, "photos": erase_contents(complaint.whose)}
    return gone


def _move(complaint: Complaint, state: str, entry: Entry) -> None:
    entry.facts = {"from": complaint.state, "to": state}
    moved(complaint, state)


def _office_of(complaint: Complaint) -> Office:
    assert complaint.office is not None, "asked by the table of actions"  # noqa: S101
    return complaint.office


def _sign_of(complaint: Complaint) -> str:
    """The violation of which a complaint is a sign, if the catalogue of its day knows it."""
    catalogue = edition_on(complaint.happened_on)
    known = {each.code for each in catalogue.violations} if catalogue else set()
    return complaint.declared.violation if complaint.declared.violation in known else ""
