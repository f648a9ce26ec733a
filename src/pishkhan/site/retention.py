"""How long what is no act is kept."""

from pishkhan.journal.access import prune
from pishkhan.journal.clock import today
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import number

from .deployment import deployment

ACCESS_LOG = Key("access_log.retention_days", "day", "مدت نگهداری دفتر دسترسی", "Days for which the access log is kept")


def prune_access_log() -> int:
    """Remove the lines of the access log that are older than the province keeps them; return how many."""
    found = deployment()
    if found is None:
        return 0
    return prune(older_than_days=number(ACCESS_LOG, on=today(), place=found.division_id).value)
