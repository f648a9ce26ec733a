"""Acts of letters: a document goes out with its record; its PDF is made when first wanted, and kept from then on."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM, Actor, act, begin
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.language.jalali import jalali_year
from pishkhan.language.prefixes import number_prefix
from pishkhan.people.roles import BY_NATURE, NAMES, Role

from . import pdf_store
from .formatting import day_text
from .kinds import Kind
from .letterhead import letterhead, pair
from .models import Letter
from .pictures import owners_of, pictures_of
from .records import keep_record, record_of
from .rendering import pdf_of

PREFIX = number_prefix("L", "letters")


@retried
def issue(
    kind: Kind,
    *,
    about: str,
    to: str,
    division: Division,
    facts: Mapping[str, Any],
    because: Entry | None = None,
    by: Actor = SYSTEM,
    role: str = Role.SYSTEM,
) -> Letter:
    """Let a document go out today about something, to (or about) a party, with what stands in it.

    Who signs is whoever took the step that it goes out by. A series is locked for its number: take locks before.
    """
    with one_transaction():
        on, province = today(), division.code[:2]
        year = jalali_year(on)
        number = f"{PREFIX}-{province}-{year}-{next_number(f'outgoing:{province}', year=year):05}"
        letter = Letter(number=number, kind=kind.code, about=about, to=to, division=division, issued_on=on)
        with begin(by, "letters.issue", letter, role=role, because=because) as entry:
            record = {
                "number": number,
                "issued_on": day_text(on),
                "made": [*now().utctimetuple()[:6]],
                "house": letterhead(division.code),
                "signed": _signed(because or entry),
                "case": None,
                **facts,
            }
            entry.facts = {
                "number": number,
                "kind": kind.code,
                "about": about,
                "to": to,
                **keep_record(entry, record, whose=to),
            }
    return letter


def document(letter: Letter, language: str) -> bytes:
    """The PDF of a letter in a language: the kept copy, or made now and kept. Erased if a person in it was.

    A picture that was erased is missing from it, and the document says so.
    """
    record = record_of(letter)
    pictured = owners_of(record)
    if letter.copy(language) and (kept := pdf_store.read(letter, language, pictured)):
        return kept
    made = pdf_of(letter.kind, record, language, pictures_of(record))
    if not letter.copy(language):
        _keep_copy(letter, language, made, pictured)
    return made


@retried
def _keep_copy(letter: Letter, language: str, made: bytes, pictured: Collection[str]) -> None:
    """Keep what was made first; who makes it at the same time makes the same."""
    with act(SYSTEM, "letters.make", on=letter, role=Role.SYSTEM) as entry:
        if letter.copy(language):
            entry.facts = {"language": language, "again": True}
            return
        digest = keep(entry, language, sha256(made).hexdigest(), whose=letter.to)
        entry.facts = {"language": language, "digest": digest}
        pdf_store.write(letter, digest, made, pictured)
        setattr(letter, f"copy_{language}", digest)


def _signed(entry: Entry) -> dict[str, Any] | None:
    """In which role the one who acted signs; None for a machine or a party, whose act is merely answered."""
    if entry.role in BY_NATURE:
        return None
    return {"role": pair(NAMES[Role(entry.role)]), "acting": entry.acting}
