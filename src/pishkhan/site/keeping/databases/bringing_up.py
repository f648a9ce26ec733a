"""Bringing a database up to this version of the house."""

from dataclasses import dataclass

from django.core.management import call_command
from django.core.management.commands import migrate

from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.locks import retried
from pishkhan.journal.sealing.resealing import problems_before, reseal
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.regulation.services import lacking_of_edition, load_edition
from pishkhan.site.keeping.refusals import NotKept
from pishkhan.site.operations.deployment import deployment

from . import facts

ALTERED = Text(
    "دفتر پیش از روزآمد شدن درست نیست؛ کاری نشد.", "The journal is not whole before the upgrade: nothing was done."
)


@dataclass(frozen=True)
class BroughtUp:
    """What a database lacked of this version: migrations, and rows of the law that is shipped."""

    migrated: list[str]
    law: int


@retried
def bring_up(*, law: bool = False) -> BroughtUp:
    """Apply what migrations the database lacks, seal anew what they changed, and record it.

    With them, or where it is asked, comes in what it lacks of the law that is shipped: a default is adopted by nobody.
    """
    applied, known = facts.versions()
    lacking = sorted(known - applied)
    if lacking:
        if facts.of_database()["entries"] and (faults := list(problems_before())):
            raise NotKept(ALTERED, faults)
        call_command(migrate.Command(), verbosity=0, interactive=False)  # Django's own, for the journal was asked
        reseal()
    row = deployment() if lacking or law else None
    entered = load_edition() if row else 0
    if row and (lacking or entered):
        with act(SYSTEM, "deployment.upgrade", on=row, role=Role.SYSTEM) as entry:
            entry.facts = {"migrations": lacking, "law": entered}
    return BroughtUp(lacking, entered)


def lacking_law() -> int:
    """How many rows of the law that is shipped a deployment of this version lacks."""
    return lacking_of_edition() if deployment() else 0
