"""Bringing a database up to this version of the house."""

from django.core.management import call_command

from pishkhan.journal.acts import SYSTEM, act
from pishkhan.people.roles import Role
from pishkhan.site.deployment import deployment

from . import facts


def bring_up() -> list[str]:
    """Apply what migrations the database lacks, seal anew what they changed, and record it; return which they were."""
    applied, known = facts.versions()
    lacking = sorted(known - applied)
    if lacking:
        call_command("migrate", verbosity=0, interactive=False)
        reseal()
        if row := deployment():
            with act(SYSTEM, "deployment.upgrade", on=row, role=Role.SYSTEM) as entry:
                entry.facts = {"migrations": lacking}
    return lacking


def reseal() -> None:
    """Seal anew what a migration changed. Entries seal nothing of rows yet: there is nothing to do."""
