"""Which documents a person may have, and whether they can be made again as they went out."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.db.models import Q, QuerySet

from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.language.text import LANGUAGES, Text
from pishkhan.people.models import Person
from pishkhan.people.parties import own_refs
from pishkhan.people.selectors import in_places

from . import pdf_store
from .kinds import KINDS
from .models import Letter
from .pictures import any_erased, owners_of, pictures_of
from .records import record_of
from .refusals import Erased
from .rendering import pdf_of

OTHERWISE = Text(
    "سند {number} ({language}) اکنون جز آن ساخته می‌شود که صادر شد.",
    "Document {number} ({language}) is now made otherwise than it went out.",
)
LOST = Text(
    "نسخهٔ نگه‌داشتهٔ سند {number} ({language}) نیست یا دگرگون شده است.",
    "The kept copy of document {number} ({language}) is gone or was altered.",
)


def letters_to(person: Person) -> QuerySet[Letter]:
    """The documents for a person or for whom they act, newest first."""
    return Letter.objects.filter(_addressed_to(person)).order_by("-pk")


def letters_seen_by(person: Person) -> QuerySet[Letter]:
    """The documents for a person or for whom they act, and those of their region that their roles may have."""
    seen = _addressed_to(person)
    for roles in {kind.read_by for kind in KINDS.values()}:
        seen |= Q(kind__in=_read_by(roles)) & in_places(person, roles or None)
    return Letter.objects.filter(seen)


def _addressed_to(person: Person) -> Q:
    return Q(to__in=own_refs(person), kind__in=[code for code, kind in KINDS.items() if kind.for_party])


def _read_by(roles: tuple[str, ...]) -> list[str]:
    return [code for code, kind in KINDS.items() if kind.read_by == roles]


def letters_about(person: Person, subjects: Iterable[str]) -> list[Letter]:
    """The documents about some subjects that a person may have, in the order in which they went out."""
    return list(letters_seen_by(person).filter(about__in=list(subjects)).order_by("pk"))


def faults_of(letter: Letter) -> Iterator[Text]:
    """What is wrong with a document, made again now and compared with what was made first; nothing if it was erased."""
    try:
        record = record_of(letter)
    except Erased:
        return
    words, pictures, pictured = words_of(letter.subject), pictures_of(record), owners_of(record)
    if any_erased(record):  # it is made without them from now on
        return
    for language in LANGUAGES:
        made = sha256(pdf_of(letter.kind, record, language, pictures)).hexdigest()
        first = next((told for (_, field), told in words.items() if field == language), "")
        if not first:
            continue
        if made != first:
            yield OTHERWISE.filled(number=letter.number, language=language)
        kept = pdf_store.read(letter, language, pictured)
        if kept is None or sha256(kept).hexdigest() != first:
            yield LOST.filled(number=letter.number, language=language)
