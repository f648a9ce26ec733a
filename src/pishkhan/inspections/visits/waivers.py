"""The director's leave to do without a rule about who does what, for one visit and one person."""

from pishkhan.inspections import refusals
from pishkhan.inspections.models import Visit, Waiver
from pishkhan.inspections.wording import whose_words
from pishkhan.journal.acts import act, begin
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.people.models import Person
from pishkhan.people.roles import Role


@retried
def waive(visit: Visit, rule: str, *, person: Person, reason: str, by: Person) -> Waiver:
    """Let a person do, for this once, what a rule about who does what forbids them: by the director, with a reason."""
    if Waiver.objects.filter(visit=visit, rule=rule, person=person, used="").exists():
        raise refusals.WaivedAlready()
    waiver = Waiver(visit=visit, division_id=visit.division_id, rule=rule, person=person)
    with begin(by, "visit.waive", waiver, role=Role.DIRECTOR) as entry:
        entry.facts = {
            "visit": visit.subject,
            "rule": rule,
            "person": person.ref,
            "reason": keep(entry, "reason", reason, whose=whose_words(visit)),
        }
    return waiver


def use_waiver(visit: Visit, rule: str, person: Person, entry: Entry) -> str:
    """Use up the waiver that lets a person do what the entry records; its subject, empty if there is none."""
    found = Waiver.objects.filter(visit=visit, rule=rule, person=person, used="").first()
    if found is None:
        return ""
    with act(entry.by, "visit.use-waiver", on=found, role=entry.role, because=entry):
        found.used = entry.name
    return found.subject
