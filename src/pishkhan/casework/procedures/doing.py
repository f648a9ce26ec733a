"""All that a step does, in words: for the manual, the pages and the API."""

from collections.abc import Iterable
from dataclasses import dataclass

from pishkhan.language.text import Text
from pishkhan.notices.templates import NoticeKind

from .procedure import Step

SERVED = Text(" (ابلاغ می‌شود)", " (to be served)")


@dataclass(frozen=True)
class Deed:
    """One thing that a step does: of which sort, and what."""

    sort: str
    heading: Text
    text: Text


HEADINGS = {
    "effect": Text("آنچه می‌شود", "What happens"),
    "changes": Text("در ثبت تغییر می‌دهد", "Changes on the register"),
    "locks": Text("تا پایان گام نگه می‌دارد", "Holds meanwhile"),
    "notice": Text("پیام", "Notice"),
    "may_send": Text("شاید پیام", "Perhaps a notice"),
    "letter": Text("نامه", "Letter"),
}


def does(step: Step) -> list[Deed]:
    """What happens by a step, besides that the case moves; in the order in which it happens."""
    held = [lock.sentence for lock in step.locks]
    deeds: list[tuple[str, Text]] = [("locks", _listed(held))] if held else []
    if step.effect:
        deeds += [("effect", step.effect.sentence)]
        deeds += [("changes", _listed(step.effect.changes))] if step.effect.changes else []
        deeds += [("may_send", _sentence_of(notice)) for notice in step.effect.may_send]
    deeds += [("letter", step.letter.kind.title)] if step.letter else []
    deeds += [("notice", _sentence_of(notice)) for notice in step.notices]
    return [Deed(sort, HEADINGS[sort], text) for sort, text in deeds]


def sends(step: Step) -> list[Text]:
    """What goes out by a step, in a word or two each."""
    notices = [Text("پیام", "notice")] if step.notices else []
    return notices + ([step.letter.kind.title] if step.letter else [])


def _listed(texts: Iterable[Text]) -> Text:
    found = [*texts]
    return Text("، ".join(text.fa for text in found), ", ".join(text.en for text in found))


def _sentence_of(notice: NoticeKind) -> Text:
    """The sentence of a notice, with dots for what differs from case to case."""
    text = notice.text.filled(**dict.fromkeys(notice.places, "…"))
    return Text(text.fa + SERVED.fa, text.en + SERVED.en) if notice.legal else text
