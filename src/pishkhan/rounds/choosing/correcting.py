"""Acts on why an office would be visited: who holds or manages it says what is wrong, and an expert answers."""

from datetime import date

from django.db import IntegrityError

from pishkhan.journal.acts import act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep, words_of
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import offices_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.rounds import refusals
from pishkhan.rounds.models import Correction

from .risk import BY_CODE

UNKNOWN = Text("چنین دلیلی نیست.", "There is no such reason.")
A_DAY_TO_COME = Text("روزی از امروز به بعد بنویسید.", "Write a day from today on.")


@retried
def say_it_is_wrong(office: Office, part: str, *, words: str, by: Person) -> Correction:
    """Say that a reason is wrong, and why: who holds or manages the office."""
    if part not in BY_CODE:
        raise Invalid(UNKNOWN, {"part": UNKNOWN})
    if office.pk not in offices_of(by, today()):
        raise refusals.NotYours()
    row = Correction(office=office, division_id=office.division_id, person=by, part=part, said_on=today())
    try:
        with begin(by, "rounds.say-wrong", row, role=Role.APPLICANT) as entry:
            entry.facts = {"office": office.code, "part": part, "words": keep(entry, "words", words, whose=by.ref)}
    except IntegrityError:
        raise refusals.SaidAlready() from None
    return row


@retried
def uphold(correction: Correction, *, until_on: date, words: str, by: Person) -> Correction:
    """Find that it is wrong indeed: the part counts nothing for the office until a day."""
    if until_on < today():
        raise Invalid(A_DAY_TO_COME, {"until_on": A_DAY_TO_COME})
    return _answer(correction, Correction.State.UPHELD, until_on, words, by)


@retried
def dismiss(correction: Correction, *, words: str, by: Person) -> Correction:
    """Find that the reason stands, and say why."""
    return _answer(correction, Correction.State.DISMISSED, None, words, by)


def said_of(correction: Correction) -> dict[str, str]:
    """What was said, and what was answered; what was erased is absent."""
    return {field: text for (_, field), text in words_of(correction.subject).items()}


def _answer(
    correction: Correction, state: Correction.State, until_on: date | None, words: str, by: Person
) -> Correction:
    with act(by, f"rounds.{state.value}", on=correction, role=Role.EXPERT) as entry:
        if correction.state != Correction.State.OPEN:
            raise refusals.AnsweredAlready()
        correction.state, correction.answered_on, correction.until_on = state, today(), until_on
        entry.facts = {
            "part": correction.part,
            "until_on": until_on,
            "answer": keep(entry, "answer", words, whose=f"person:{correction.person_id}"),
        }
    return correction
