"""The papers that lie with a case."""

from pishkhan.files.models import StoredFile
from pishkhan.journal.models import Entry

from .models import Case, Document


def put_with(case: Case, entry: Entry, *, kind: str, file: StoredFile) -> Document:
    """Put a paper with a case, in place of an earlier one of its kind; within the act that the entry records."""
    case.documents.filter(kind=kind, replaced=False).update(replaced=True)
    document = Document(case=case, kind=kind, file=file, number=entry.number)
    document.save(force_insert=True)
    return document
