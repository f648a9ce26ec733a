"""Acts on instruments of the law: entering one with its articles, correcting what was typed, writing an article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError

from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text
from pishkhan.regulation.models import Article, Confidence, Instrument

ADMINISTRATOR = "administrator"  # a role of people, a floor above
CODE = re.compile(r"[a-z][a-z0-9-]{1,39}")
BAD_CODE = Text(
    "کد با حرف لاتین کوچک آغاز می‌شود و تنها حرف، رقم و خط تیره دارد.",
    "A code begins with a small letter, and has letters, digits and hyphens alone.",
)
CODE_IS_TAKEN = Text("سند دیگری با کد «{code}» هست.", "There is an instrument of the code '{code}' already.")
DAYS_OUT_OF_ORDER = Text("روز پایان پیش از روز آغاز است.", "The last day lies before the first.")
NO_SOURCE = Text(
    "نشانی متن سند یا دست‌کم یک ماده از آن لازم است.", "The address of the text, or an article of it, is needed."
)
NO_LINK = Text(
    "برای سند رسمی، نشانی صفحهٔ رسمی لازم است.", "For an official one the address of the official page is needed."
)
BAD_LINK = Text("نشانی با https:// آغاز می‌شود.", "An address begins with https://.")
REPLACES_ITSELF = Text("سند جایگزین خود نمی‌شود.", "An instrument does not replace itself.")
NO_TEXT = Text("شماره و متن ماده لازم است.", "The number and the text of the article are needed.")


@dataclass(frozen=True)
class InstrumentFacts:
    """What is stated of an instrument, besides its code and its articles."""

    title_fa: str
    title_en: str
    issuer: str = ""
    number: str = ""
    adopted_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    confidence: str = Confidence.SECONDARY
    link: str = ""
    replaces: Instrument | None = None


@retried
def enter_instrument(
    code: str,
    facts: InstrumentFacts,
    *,
    by: Actor,
    place: str,
    articles: Sequence[tuple[str, str]] = (),
    role: str = ADMINISTRATOR,
) -> Instrument:
    """Enter an instrument, of a place the actor is in charge of, with what it says."""
    if not CODE.fullmatch(code):
        raise Invalid(BAD_CODE, {"code": BAD_CODE})
    if not facts.link and not articles:
        raise Invalid(NO_SOURCE, {"link": NO_SOURCE})
    _ask(facts)
    row = Instrument(code=code, place=place, **vars(facts))
    try:
        with begin(by, "regulation.enter-instrument", row, role=role) as entry:
            _note(row, entry)
            for number, text in articles:
                _write(row, number, text)
            entry.facts["articles"] = [number for number, _ in articles]
    except IntegrityError:
        taken = CODE_IS_TAKEN.filled(code=code)
        raise Invalid(taken, {"code": taken}) from None
    return row


@retried
def correct_instrument(
    instrument: Instrument, facts: InstrumentFacts, *, by: Actor, role: str = ADMINISTRATOR
) -> Instrument:
    """Correct what was typed of an instrument; its code, by which others name it, stays."""
    _ask(facts)
    if facts.replaces is not None and facts.replaces.pk == instrument.pk:
        raise Invalid(REPLACES_ITSELF, {"replaces": REPLACES_ITSELF})
    with act(by, "regulation.correct-instrument", on=instrument, role=role) as entry:
        if not facts.link and not instrument.articles.exists():
            raise Invalid(NO_SOURCE, {"link": NO_SOURCE})
        for name, value in vars(facts).items():
            setattr(instrument, name, value)
        _note(instrument, entry)
    return instrument


@retried
def write_article(
    instrument: Instrument, *, number: str, text: str, by: Actor, role: str = ADMINISTRATOR
) -> Instrument:
    """Write what an instrument says in a place; what was written of that place before is replaced."""
    with act(by, "regulation.write-article", on=instrument, role=role) as entry:
        _write(instrument, number, text)
        entry.facts = {"code": instrument.code, "article": number.strip()}
    return instrument


@retried
def enter_instruments(
    rows: Sequence[tuple[str, InstrumentFacts, Sequence[tuple[str, str]]]], *, by: Actor, place: str, role: str
) -> int:
    """Enter several with their articles, wholly or not at all; return how many."""
    with one_transaction():
        for code, facts, articles in rows:
            enter_instrument(code, facts, by=by, place=place, articles=articles, role=role)
    return len(rows)


def _ask(facts: InstrumentFacts) -> None:
    if facts.valid_from and facts.valid_to and facts.valid_to <= facts.valid_from:
        raise Invalid(DAYS_OUT_OF_ORDER, {"valid_to": DAYS_OUT_OF_ORDER})
    if facts.link and not facts.link.startswith(("https://", "http://")):
        raise Invalid(BAD_LINK, {"link": BAD_LINK})
    if facts.confidence == Confidence.OFFICIAL and not facts.link:
        raise Invalid(NO_LINK, {"link": NO_LINK})


def _note(row: Instrument, entry: Entry) -> None:
    entry.facts = {
        "code": row.code,
        "number": row.number,
        "adopted_on": row.adopted_on,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "confidence": row.confidence,
        "replaces": row.replaces.code if row.replaces else None,
    }


def _write(instrument: Instrument, number: str, text: str) -> None:
    number, text = number.strip(), text.strip()
    if not number or not text:
        raise Invalid(NO_TEXT, {"text": NO_TEXT})
    Article.objects.update_or_create(instrument=instrument, number=number, defaults={"text": text})
