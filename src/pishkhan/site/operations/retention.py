"""How long is kept what nobody needs for ever."""

from pishkhan.files.sweeping import sweep
from pishkhan.inspections.field import photos
from pishkhan.inspections.field.retention import forget_places
from pishkhan.journal.clock import today
from pishkhan.journal.verification.checkpoints import prune_access
from pishkhan.letters import pdf_store
from pishkhan.people.selectors import opened_provinces
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import number

from .deployment import deployment

ACCESS_LOG = Key("access_log.retention_days", "day", "مدت نگهداری دفتر دسترسی", "Days for which the access log is kept")


def prune_access_log() -> int:
    """Remove the lines of the access log that are older than the province keeps them; return how many."""
    current_deployment = deployment()
    if current_deployment is None:
        return 0
    return prune_access(older_than_days=number(ACCESS_LOG, on=today(), place=current_deployment.division_id).value)


def sweep_media() -> int:
    """Lay aside what lies in the media folder and belongs to no row; return of how many files."""
    return sweep({pdf_store.FOLDER: pdf_store.named, photos.FOLDER: photos.named_pieces})


def forget_old_places() -> int:
    """Forget where inspectors were, once a province keeps it no longer; return of how many reports."""
    current_deployment = deployment()
    here = {current_deployment.division_id} if current_deployment else set()
    others = opened_provinces().values_list("code", flat=True) if here else []
    return sum(forget_places(code) for code in sorted({*here, *others}))
