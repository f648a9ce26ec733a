"""Leave to do without a rule, for once and with a reason: the director gives it, and what it allows uses it up.

What a director needs, their acting head or another director gives; where there is none, a national administrator.
"""

from typing import Any, TypeVar

from django.db import IntegrityError

from pishkhan.journal.acts import act, begin
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import rules_the_country

from .models import OneTimeWaiver
from .refusals import WaivedAlready, WaiverIsGone, WaivesForOneself

W = TypeVar("W", bound=OneTimeWaiver)


@retried
def give_waiver(waiver: W, name: str, *, about: dict[str, Any], reason: str, whose: str, by: Person) -> W:
    """Let a person do, for this once, what a rule forbids them: by the director, for another.

    Not twice before it is used.
    """
    try:
        with begin(by, name, waiver, role=giving_role(by, waiver.person, over=waiver)) as entry:
            if waiver.person_id == by.pk:
                raise WaivesForOneself()
            entry.facts = about | {"person": waiver.person.ref, "reason": keep(entry, "reason", reason, whose=whose)}
    except IntegrityError:
        raise WaivedAlready() from None
    return waiver


@retried
def withdraw_waiver(waiver: W, name: str, *, by: Person) -> W:
    """Take back leave that nobody has used: by who could give it."""
    with act(by, name, on=waiver, role=giving_role(by, waiver.person, over=waiver)) as entry:
        _ask_that_it_is_unused(waiver)
        waiver.used = entry.name
        entry.facts = {"person": waiver.person.ref}
    return waiver


def giving_role(by: Person, person: Person, *, over: Any) -> str:
    """The role in which somebody gives leave to a person over a row: the director's; or, to who directs there, that of
    a national administrator. Whoever holds neither is refused by the act."""
    by_country = rules_the_country(by) and person.holds(Role.DIRECTOR, over=over)
    return Role.ADMINISTRATOR if by_country and not by.holds(Role.DIRECTOR, over=over) else Role.DIRECTOR


def use_up(waiver: OneTimeWaiver, name: str, *, role: str, because: Entry) -> str:
    """Use up a waiver for what the entry records; its subject."""
    with act(because.by, name, on=waiver, role=role, because=because):
        _ask_that_it_is_unused(waiver)
        waiver.used = because.name
    return waiver.subject


def _ask_that_it_is_unused(waiver: OneTimeWaiver) -> None:
    if waiver.used:
        raise WaiverIsGone()
