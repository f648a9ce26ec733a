"""Leave to do without a rule, for once and with a reason: the director gives it, and what it allows uses it up."""

from typing import Any, TypeVar

from django.db import IntegrityError

from pishkhan.journal.acts import act, begin
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .models import OneTimeWaiver
from .refusals import WaivedAlready, WaivesForOneself

W = TypeVar("W", bound=OneTimeWaiver)


@retried
def give_waiver(waiver: W, name: str, *, about: dict[str, Any], reason: str, whose: str, by: Person) -> W:
    """Let a person do, for this once, what a rule forbids them: by the director, for another.

    Not twice before it is used.
    """
    try:
        with begin(by, name, waiver, role=Role.DIRECTOR) as entry:
            if waiver.person_id == by.pk:
                raise WaivesForOneself()
            entry.facts = about | {"person": waiver.person.ref, "reason": keep(entry, "reason", reason, whose=whose)}
    except IntegrityError:
        raise WaivedAlready() from None
    return waiver


def use_up(waiver: OneTimeWaiver, name: str, *, role: str, because: Entry) -> str:
    """Use up a waiver for what the entry records; its subject."""
    with act(because.by, name, on=waiver, role=role, because=because):
        waiver.used = because.name
    return waiver.subject
