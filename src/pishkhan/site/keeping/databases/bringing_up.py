"""Bringing a database up to this version of the house."""

from django.core.management import call_command
from django.core.management.commands import migrate

from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.locks import retried
from pishkhan.journal.sealing.resealing import problems_before, reseal
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.regulation.services import load_unknown_keys
from pishkhan.site.keeping.refusals import NotKept
from pishkhan.site.operations.deployment import deployment

from . import facts

ALTERED = Text(
    "دفتر پیش از روزآمد شدن درست نیست؛ کاری نشد.", "The journal is not whole before the upgrade: nothing was done."
)


@retried
def bring_up() -> list[str]:
    """Apply what migrations the database lacks, seal anew what they changed, and record it; return which they were."""
    applied, known = facts.versions()
    lacking = sorted(known - applied)
    if lacking:
        if facts.of_database()["entries"] and (faults := list(problems_before())):
            raise NotKept(ALTERED, faults)
        call_command(migrate.Command(), verbosity=0, interactive=False)  # Django's own, for the journal was asked
        reseal()
        if row := deployment():
            numbers = load_unknown_keys()
            with act(SYSTEM, "deployment.upgrade", on=row, role=Role.SYSTEM) as entry:
                entry.facts = {"migrations": lacking} | ({"numbers": numbers} if numbers else {})
    return lacking
