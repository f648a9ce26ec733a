"""What follows from a report: whoever was visited is told (on paper, if nobody acts for them), owes the remedy of its
faults, and has it in writing."""

from collections.abc import Iterable
from datetime import timedelta

from pishkhan.inspections import notices
from pishkhan.inspections.checklists.checklist import Severity
from pishkhan.inspections.checklists.terms import REMEDY
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.wording import code_of
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.language.jalali import jalali
from pishkhan.letters.services import issue
from pishkhan.notices.models import Notice
from pishkhan.notices.services import queue
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.services import undertake
from pishkhan.people.parties import Party
from pishkhan.people.selectors import representatives_of
from pishkhan.regulation.selectors import DatedValue, number

from .documents import drafts_about


def tell_party(visit: Visit, template: str, entry: Entry) -> Notice | None:
    """Queue a notice to whoever was visited or acts for them, within the act of the entry; the first of them.

    What a visit to the place of a request means, its applicant is told by the steps of the case.
    """
    party = visit.party
    if party is None or visit.case is not None:
        return None
    told = [_queue(visit, template, person, entry) for person in representatives_of(party)]
    return told[0] if told else None


def serve_party(visit: Visit, entry: Entry) -> Notice | None:
    """Let the report be served on paper on whoever was visited, within the act of the entry."""
    party = visit.party
    return _queue(visit, notices.ON_PAPER, party, entry) if party is not None and visit.case is None else None


def let_follow(visit: Visit, entry: Entry) -> None:
    """What follows from the acceptance of a report, within its act. The letters come last: their numbers are locked."""
    if visit.case is not None:
        return  # what it means for a case, the case's rules ask
    owed = owe_for(visit, faults_of(visit), entry)
    entry.facts = {"owed": owed}
    told = tell_party(visit, notices.ACCEPTED, entry) or serve_party(visit, entry)
    visit.notice = visit.notice or told
    entry.facts["letters"] = [
        issue(kind, about=visit.subject, to=to, division=visit.division, facts=facts, because=entry).number
        for kind, to, facts in drafts_about(visit, entry)
    ]


def _queue(visit: Visit, template: str, to: Party, entry: Entry) -> Notice:
    assert visit.visited_on is not None, "it was made"  # noqa: S101
    return queue(
        template,
        to=to,
        because=entry,
        division=visit.division,
        facts={"day": jalali(visit.visited_on), "what": code_of(visit)},
    )


def owe_for(visit: Visit, faults: Iterable[Finding], entry: Entry) -> list[int]:
    """Let the holder of an office owe the remedy of faults, each by its day; a bank is written to instead."""
    holder = visit.party
    if visit.office is None or visit.seen != Visit.Object.OFFICE or holder is None:
        return []
    owed = []
    for fault in faults:
        if fault.undertaking_id is None:
            due_on = today() + timedelta(days=term_to_remedy(visit, fault.severity).value)
            fault.undertaking = undertake(
                visit.office, Undertaking.Kind.REMEDY, by_whom=holder, due_on=due_on, because=entry, item=fault.item
            )
            fault.save(update_fields=["undertaking"])
            owed.append(fault.undertaking.pk)
    return owed


def term_to_remedy(visit: Visit, severity: str) -> DatedValue:
    """Within how many days a fault of a severity is to be remedied."""
    kind = visit.office.kind if visit.office else ""
    return number(REMEDY[Severity(severity)], on=today(), kind=kind, place=visit.division_id)


def faults_of(visit: Visit) -> list[Finding]:
    """The faults of a visit that stand, and that no undecided objection is against."""
    objection = getattr(visit, "objection", None)
    waits = objection is not None and not objection.outcome
    return [each for each in visit.findings.order_by("pk") if each.is_fault and not (waits and each.disputed)]
