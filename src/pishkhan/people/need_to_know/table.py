"""Who may read what: by role and kind of datum, over the rows in the place of the role. Every door asks here.

The same table stands, with its reasons, in docs/methods/need-to-know.md; a test compares them.
"""

from typing import Any

from pishkhan.people.models import Person
from pishkhan.people.roles import BY_NATURE, Role

from .kinds import Datum

_D = Datum
_DECIDED_ON = {_D.STATED, _D.REASONS, _D.DRAFT, _D.PAPERS, _D.PHOTOS}
_A_PARTYS = set(_D) - {_D.IDENTITY, _D.COMPLAINT, _D.RISK}
READ_BY: dict[str, frozenset[Datum]] = {
    Role.EXPERT: frozenset(_D),
    Role.INSPECTOR: frozenset({_D.STATED, _D.PHOTOS}),
    Role.COMMITTEE: frozenset(_DECIDED_ON),
    Role.SECRETARY: frozenset(_DECIDED_ON | {_D.DEFENCE}),
    Role.ACCOUNTANT: frozenset({_D.STATED, _D.MONEY}),
    Role.REGION: frozenset(
        _DECIDED_ON - {_D.PHOTOS} | {_D.PERSONAL, _D.DEFENCE, _D.IDENTITY_PAPERS, _D.INQUIRY},
    ),
    Role.DIRECTOR: frozenset(set(_D) - {_D.IDENTITY, _D.CONTACT, _D.IDENTITY_PAPERS}),
    Role.ADMINISTRATOR: frozenset({_D.IDENTITY, _D.CONTACT}),
    Role.MEMBER: frozenset(_DECIDED_ON | {_D.DEFENCE}),  # of what is before the body: meetings.dossiers says when
    Role.APPLICANT: frozenset(_A_PARTYS),
    Role.OTHER_SIDE: frozenset(_A_PARTYS - {_D.PHOTOS}),
}


def read_by(person: Person, *, over: Any) -> frozenset[Datum]:
    """The kinds of datum about a row that a person may read today, by all that they hold over it."""
    return frozenset().union(*(READ_BY[role] for role in person.capacities(READ_BY, over=over)))


def readers_of(*data: Datum) -> tuple[str, ...]:
    """The assigned roles that read all of some kinds of datum in their place."""
    return tuple(role for role, read in READ_BY.items() if read.issuperset(data) and role not in BY_NATURE)
