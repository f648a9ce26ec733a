"""The sentences of notices, each declared once, by code, by whoever sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from pishkhan.language.text import LANGUAGES, Text

_declared: dict[str, Text] = {}
_legal: set[str] = set()


@dataclass(frozen=True)
class NoticeKind:
    """A sentence that is sent, by its code, and whether a term runs from its service."""

    code: str
    text: Text
    legal: bool = False

    @property
    def places(self) -> set[str]:
        """The names of the facts that it calls for."""
        return places_in(self.text.fa)


def notice_kind(code: str, text: Text, *, legal: bool = False) -> NoticeKind:
    """Declare a sentence, as an object that steps name."""
    return NoticeKind(declare(code, text, legal=legal), text, legal)


def declare(code: str, text: Text, *, legal: bool = False) -> str:
    """Declare the sentence of a code, with {places} for facts; return the code. Of a legal one service is proved."""
    if _declared.setdefault(code, text) != text:
        raise ValueError(f"The notice {code} is declared twice, with different sentences.")
    if len({frozenset(places_in(text.to(language))) for language in LANGUAGES}) > 1:
        raise ValueError(f"The notice {code} names other facts in one language than in the other.")
    if legal:
        _legal.add(code)
    return code


def declared() -> Mapping[str, Text]:
    """Every sentence that can be sent, by code."""
    return dict(_declared)


def is_legal(code: str) -> bool:
    """Whether a term runs from the service of such a notice."""
    return code in _legal


def facts_of(code: str) -> set[str]:
    """The names of the facts that the sentence of a code calls for."""
    return places_in(_declared[code].fa)


def rendered(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a code, filled with facts, in a language."""
    return _declared[code].filled(**facts).to(language)


def places_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
