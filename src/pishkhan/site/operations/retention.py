"""How long is kept what nobody needs for ever."""

from pishkhan.files.sweeping import sweep
from pishkhan.inspections.field import photos
from pishkhan.inspections.field.retention import forget_places
from pishkhan.journal.clock import today
from pishkhan.journal.verification.checkpoints import prune_access
from pishkhan.letters import pdf_store
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import number

from .deployment import deployment

ACCESS_LOG = Key("access_log.retention_days", "day", "مدت نگهداری دفتر دسترسی", "Days for which the access log is kept")


def prune_access_log() -> int:
    """Remove the lines of the access log that are older than the province keeps them; return how many."""
    found = deployment()
    if found is None:
        return 0
    return prune_access(older_than_days=number(ACCESS_LOG, on=today(), place=found.division_id).value)


def sweep_media() -> int:
    """Lay aside what lies in the media folder and belongs to no row; return of how many files."""
    return sweep({pdf_store.FOLDER: pdf_store.named, photos.FOLDER: photos.named_pieces})


def forget_old_places() -> int:
    """Forget where inspectors were, once the province keeps it no longer; return of how many reports."""
    found = deployment()
    return forget_places(found.division_id) if found else 0
