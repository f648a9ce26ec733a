"""A sentence of the house in both its languages, written once, where it is meant."""

from string import Formatter
from typing import Any, NamedTuple, Self

LANGUAGES = ("fa", "en")
ISOLATE, END_ISOLATE = "\u2066", "\u2069"  # what stands between them is written from left to right (Unicode, UAX 9)


def plural(count: object, one: str, many: str) -> str:
    """Which word stands after a number in English; a number may be written already."""
    return one if str(count) == "1" else many


def counted(count: int, one: str, many: str) -> str:
    """A number and what is counted, in English: "1 office", "1,200 offices"."""
    return f"{count:,} {plural(count, one, many)}"


class _Sentence(Formatter):
    """Sets facts into a sentence, and chooses between two words by a number: "{count:case|cases}"."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            return plural(value, *format_spec.split("|"))
        return str(super().format_field(value, format_spec))


FORMATTER = _Sentence()


class Text(NamedTuple):
    """The same sentence in Persian and in English. Never stored: codes and facts are."""

    fa: str
    en: str

    def to(self, language: str) -> str:
        """The sentence in a language; Persian unless English is asked for."""
        return self.en if language.startswith("en") else self.fa

    def filled(self, **facts: Any) -> Self:
        """The sentence with facts set in; a fact that is itself a Text is set in its own language.

        What stands after a number agrees with it: "{count} {count:case|cases}". Persian counts without a plural.
        """
        return type(self)(
            *(
                FORMATTER.vformat(
                    getattr(self, language),
                    (),
                    {name: fact.to(language) if isinstance(fact, Text) else fact for name, fact in facts.items()},
                )
                for language in LANGUAGES
            )
        )

    def __str__(self) -> str:
        return self.en


def verbatim(written: object) -> Text:
    """A path or command set into a sentence: in Persian it keeps its own direction, and its digits when shown."""
    return Text(f"{ISOLATE}{written}{END_ISOLATE}", str(written))
