"""Whether anybody but who wrote it down vouches for somebody's mobile number: a code is sent to no other by itself.

Who enters a person under a number of a friend's would otherwise come into an account of that person's alone. Told from
the journal: who entered the person, who sent codes to the number, and whether one of those was ever used.
"""

from pishkhan.journal.models import Entry
from pishkhan.people.models import Appointment, Person

from .models import Way


def states_the_number(person: Person, by: Person) -> bool:
    """Whether somebody entered a person, and so wrote the number down."""
    return _entered_by(person) == by.ref


def number_is_vouched(person: Person) -> bool:
    """Whether the person stated the number themselves, or another than who wrote it down sent a code to it, or it
    brought a code that was used, or everybody at work there saw the letter by which they were appointed."""
    by = _entered_by(person)
    if by == person.ref or not by.startswith("person:"):
        return True
    on = Entry.objects.filter(subject=person.subject, facts__way=Way.SMS)
    others = on.filter(act="accounts.send-code", actor__startswith="person:").exclude(actor=by)
    used = on.filter(act="accounts.choose-password")
    return others.exists() or used.exists() or _was_announced(person)


def _entered_by(person: Person) -> str:
    return Entry.objects.filter(subject=person.subject, number=1).values_list("actor", flat=True).first() or ""


def _was_announced(person: Person) -> bool:
    alone = Appointment.objects.filter(person=person, state=Appointment.State.CONFIRMED, decided_by=None)
    return alone.exists()
