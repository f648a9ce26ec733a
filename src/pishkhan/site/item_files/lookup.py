"""Opening the file of an item by the address of its meeting and its place on the agenda, for pages and API."""

from uuid import UUID

from django.http import FileResponse, HttpRequest

from pishkhan.casework.reading import open_paper
from pishkhan.files.selectors import response_for
from pishkhan.journal.refusals import Missing
from pishkhan.meetings.dossiers import open_file
from pishkhan.meetings.models import AgendaItem
from pishkhan.meetings.selectors import meetings_seen_by
from pishkhan.people.web.request_context import asker

from .contents import Contents


def contents_of(request: HttpRequest, number: str, position: int, what: str = "file") -> Contents:
    """The file of an item for whoever asks. Refused: what is not theirs to read, or not now."""
    person = asker(request)
    item = (
        AgendaItem.objects.filter(meeting__in=meetings_seen_by(person), meeting__number=number, position=position)
        .select_related("meeting__body", "meeting__minutes", "case__division", "case__person", "case__organisation")
        .first()
    )
    if item is None:
        raise Missing()
    return Contents(item, open_file(item, person, what))


def paper_of(request: HttpRequest, number: str, position: int, kind: str) -> FileResponse:
    """A paper of the case of an item, if papers of its kind are open to whoever asks."""
    contents = contents_of(request, number, position, f"document {kind}")
    return response_for(open_paper(contents.case, kind, asker(request), contents.readable).file)


def photo_of(request: HttpRequest, number: str, position: int, key: UUID) -> FileResponse:
    """A photo of a visit of the case of an item."""
    row = contents_of(request, number, position, f"photo {key}").photos().select_related("file").filter(pk=key).first()
    if row is None or row.file is None:
        raise Missing()
    return response_for(row.file)
