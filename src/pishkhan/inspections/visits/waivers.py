"""The director's leave to do without a rule about who does what, for one visit and one person."""

from pishkhan.casework.actions.actions import refuse_unfit
from pishkhan.casework.waivers import give_waiver, use_up, withdraw_waiver
from pishkhan.inspections.models import Visit, Waiver
from pishkhan.inspections.wording import whose_words
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person


@retried
def waive(visit: Visit, rule: str, *, person: Person, reason: str, by: Person) -> Waiver:
    """Let a person do, for this once, what a rule about who does what forbids them: by the director, with a reason."""
    with one_transaction():
        lock(visit)
        refuse_unfit(visit, "waive", by=by)
        waiver = Waiver(visit=visit, division_id=visit.division_id, rule=rule, person=person)
        about = {"visit": visit.subject, "rule": rule}
        return give_waiver(waiver, "visit.waive", about=about, reason=reason, whose=whose_words(visit), by=by)


def withdraw_leave(visit: Visit, waiver: int, *, by: Person) -> Waiver:
    """Take back leave about a visit, by key, that nobody has used: by who could give it."""
    row = Waiver.objects.filter(visit=visit, pk=waiver).select_related("person").first()
    if row is None:
        raise Missing()
    return withdraw_waiver(row, "visit.withdraw-waiver", by=by)


def use_waiver(visit: Visit, rule: str, person: Person, entry: Entry) -> str:
    """Use up the waiver that lets a person do what the entry records; its subject, empty if there is none."""
    waiver = Waiver.objects.filter(visit=visit, rule=rule, person=person, used="").first()
    return use_up(waiver, "visit.use-waiver", role=entry.role, because=entry) if waiver else ""
