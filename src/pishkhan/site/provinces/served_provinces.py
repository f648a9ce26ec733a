"""The provinces that this database serves: the one it was opened for, and those that were opened later."""

from pishkhan.geography.models import Division
from pishkhan.journal.read_once import once
from pishkhan.people.selectors import opened_provinces
from pishkhan.site.operations.deployment import deployment


def served_provinces() -> list[Division]:
    """The provinces, that of the deployment first; none before `init` or `demo`."""
    current_deployment = deployment()
    if current_deployment is None:
        return []
    rows = once("served provinces", lambda: list(opened_provinces()))
    code = current_deployment.division_id
    own = next((row for row in rows if row.code == code), None) or current_deployment.division
    return [own, *(row for row in rows if row.code != code)]
