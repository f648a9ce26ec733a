"""What stands in a letter: kept encrypted, each person's part under their own secret, so that erasing reaches it."""

import json
from dataclasses import dataclass
from typing import Any

from pishkhan.journal.erasure.erasable_text import keep, words_of
from pishkhan.journal.models import Entry

from .models import Letter
from .refusals import Erased

RECORD, PART = "record", "part"
Record = dict[str, Any]


@dataclass(frozen=True)
class Personal:
    """A text in a record that is about a person: erased with them."""

    text: str
    whose: str  # "person:17"


def keep_record(entry: Entry, record: Record, *, whose: str) -> dict[str, Any]:
    """Keep a record with the entry that issues its letter; return the keyed digests that the journal may hold of it.

    What is `Personal` lies under the secret of its person, the rest under that of the party the letter is for.
    """
    digests: list[str] = []

    def apart(fact: Any) -> Any:
        if isinstance(fact, Personal):
            digests.append(keep(entry, f"{PART}{len(digests)}", fact.text, whose=fact.whose))
            return {PART: len(digests) - 1}
        if isinstance(fact, dict):
            return {name: apart(each) for name, each in fact.items()}
        return [apart(each) for each in fact] if isinstance(fact, list | tuple) else fact

    told = json.dumps(apart(record), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return {"record": keep(entry, RECORD, told, whose=whose), "parts": digests}


def record_of(letter: Letter) -> Record:
    """The record of a letter as it went out; Erased if any person's part of it is gone."""
    words = words_of(letter.subject)
    if (1, RECORD) not in words:
        raise Erased(letter.number)

    def whole(fact: Any) -> Any:
        if isinstance(fact, dict) and fact.keys() == {PART}:
            if (1, f"{PART}{fact[PART]}") not in words:
                raise Erased(letter.number)
            return words[1, f"{PART}{fact[PART]}"]
        if isinstance(fact, dict):
            return {name: whole(each) for name, each in fact.items()}
        return [whole(each) for each in fact] if isinstance(fact, list) else fact

    found: Record = whole(json.loads(words[1, RECORD]))
    return found
