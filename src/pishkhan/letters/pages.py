"""Handing a document over to who may have it."""

from django.http import HttpRequest, HttpResponse

from pishkhan.files.selectors import HEADERS
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import LANGUAGES
from pishkhan.people.web.request_context import asker

from .models import Letter
from .selectors import letters_seen_by
from .services import document


def letter(request: HttpRequest, number: str, edition: str) -> HttpResponse:
    """The PDF of a document in a language, as it went out."""
    person = asker(request)
    letter = letters_seen_by(person).filter(number=number).first() if edition in LANGUAGES else None
    if letter is None:
        access.note_refused(person.ref, Letter, f"letter {number[:40]}", number=number)
        raise Missing()
    access.note(person.ref, letter.subject, f"letter {edition}")
    return HttpResponse(
        document(letter, edition),
        content_type="application/pdf",
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="{letter.number}-{edition}.pdf"'},
    )
