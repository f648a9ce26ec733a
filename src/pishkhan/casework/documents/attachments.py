"""The papers that lie with a case."""

from pishkhan.casework.models import Case, Document
from pishkhan.casework.refusals import InvalidAnswers
from pishkhan.files.models import StoredFile
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text

NOT_YOURS = Text("این پرونده را شما بارگذاری نکرده‌اید.", "You did not upload this file.")


def put_with(case: Case, entry: Entry, *, kind: str, file: StoredFile) -> Document:
    """Put a paper with a case, in place of an earlier one of its kind; within the act that the entry records.

    Only whoever uploaded a file puts it with a case: to know its identifier is not enough.
    """
    if file.uploaded_by != entry.actor:
        raise InvalidAnswers({"file": NOT_YOURS})
    case.documents.filter(kind=kind, replaced=False).update(replaced=True)
    document = Document(case=case, kind=kind, file=file, number=entry.number)
    document.save(force_insert=True)
    return document
