"""A sentence of the house in both its languages, written once, where it is meant."""

from typing import Any, NamedTuple, Self

LANGUAGES = ("fa", "en")
ISOLATE, END_ISOLATE = "\u2066", "\u2069"  # what stands between them is written from left to right (Unicode, UAX 9)


class Text(NamedTuple):
    """The same sentence in Persian and in English. Never stored: codes and facts are."""

    fa: str
    en: str

    def to(self, language: str) -> str:
        """The sentence in a language; Persian unless English is asked for."""
        return self.en if language.startswith("en") else self.fa

    def filled(self, **facts: Any) -> Self:
        """The sentence with facts set in; a fact that is itself a Text is set in its own language."""
        return type(self)(
            *(
                getattr(self, language).format(
                    **{name: fact.to(language) if isinstance(fact, Text) else fact for name, fact in facts.items()}
                )
                for language in LANGUAGES
            )
        )

    def __str__(self) -> str:
        return self.en


def verbatim(written: object) -> Text:
    """A path or command set into a sentence: in Persian it keeps its own direction, and its digits when shown."""
    return Text(f"{ISOLATE}{written}{END_ISOLATE}", str(written))
