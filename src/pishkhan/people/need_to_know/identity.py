"""Identity numbers are told one at a time, to who may read them, for a reason that the access log keeps."""

from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.people.models import Person
from pishkhan.people.selectors import national_id_of

from .kinds import Datum
from .table import read_by

SHORTEST, LONGEST = 3, 60  # letters of a reason


def may_read_identity(by: Person, of: Person) -> bool:
    """Whether somebody reads the identity number of a person, by the roles that they hold where the person is."""
    return Datum.IDENTITY in read_by(by, over=of)


def reveal_national_id(of: Person, reason: str, *, by: Person) -> str:
    """A person's national id in the clear. Who asked, and what for, stands in the access log, refused or not."""
    permitted = may_read_identity(by, of)
    access.note(by.ref, of.subject, f"national id: {reason}", refused=not permitted)
    if not permitted:
        raise Missing()
    return national_id_of(of)
