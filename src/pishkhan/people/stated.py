"""What is stated about people and organisations, checked before anything is written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.acts import SYSTEM, Actor
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid
from pishkhan.language.digits import ascii_digits
from pishkhan.language.identifiers import NotValid
from pishkhan.language.text import LANGUAGES, Text

from . import refusals
from .models import Account, Assignment, Person
from .roles import BY_NATURE, COUNTRY, Role
from .selectors import places_held

JOINERS = "\u200c\u200d"  # which Persian is written with
USERNAME = re.compile(r"[a-z0-9._@+-]{3,60}")


@dataclass(frozen=True)
class Within:
    """A place, as what somebody holds a role over."""

    division_id: str


def words(field: str, text: str, room: int, *, needed: bool = True) -> str:
    """The text as typed, without what no eye can see; refused if it is missing or has more letters than room."""
    seen = "".join(letter for letter in text if letter.isprintable() or letter in JOINERS).strip()
    if needed and not seen.strip(JOINERS):
        raise refusals.Incomplete(field)
    if len(seen) > room:
        raise refusals.TooLong(field)
    return seen


def identifier(valid: Callable[[str], str], field: str, text: str | None) -> str | None:
    """The identifier in its one form, None if none is stated; refused if it is none."""
    if not text:
        return None
    try:
        return valid(text)
    except NotValid as wrong:
        raise Invalid(wrong.text, {field: wrong.text}) from None


def past_day(field: str, day: date | None) -> date | None:
    """A day that has come, if one is stated."""
    if day and day > today():
        raise refusals.NotYet(field)
    return day


def username_and_password(username: str, password: str | None) -> Account:
    """An account of that name, of nobody yet, with the password hashed."""
    account = Account(username=ascii_digits(username).strip().lower())
    if not USERNAME.fullmatch(account.username):
        raise refusals.IllFormedUsername()
    if password is not None:
        _ask_the_password(password, account)
    account.set_password(password)
    return account


def ask_the_assignment(new: Assignment) -> None:
    """Refuse an assignment that nobody could make."""
    if new.role not in Role.values or new.role in BY_NATURE:
        raise refusals.NotAssignable()
    if new.until_on and new.until_on < new.from_on:
        raise refusals.EndsBeforeItBegins()
    if new.acting and not new.letter:
        raise refusals.ActingNeedsALetter()
    if new.role == Role.REPRESENTATIVE and new.organisation is None:
        raise refusals.RepresentsNobody()
    if new.place == COUNTRY and new.role == Role.ADMINISTRATOR:
        return
    if (
        not re.fullmatch(r"[0-9]{1,16}", new.place)
        or not Division.objects.filter(lying_in(new.place, field="code")).exists()
    ):
        raise refusals.NoSuchPlace(new.place)


def ask_the_place(by: Actor, place: str) -> None:
    """An administrator rules in its own place: over the person (the act asks that), and over the place assigned."""
    if by is not SYSTEM and by.capacity(Role.ADMINISTRATOR, over=Within(place)) is None:
        raise refusals.OutsideYourPlace(place)


def ask_to_enter(by: Actor, role: str, division: Division) -> None:
    """Only who may enter somebody there learns whether they are entered already."""
    if by.capacity(role, over=Within(division.code)) is None:
        raise refusals.EntersNobody()


def ask_the_account(by: Actor, role: str, person: Person) -> None:
    """Who looks after somebody's account rules over all that its holder decides about: not over their home alone."""
    if by is SYSTEM or by.ref == person.ref:
        return
    if any(by.capacity(role, over=Within(place)) is None for place in places_held(person)):
        raise refusals.HoldsMore()


def _ask_the_password(password: str, account: Account) -> None:
    messages = {}
    for language in LANGUAGES:
        try:
            with override(language):
                validate_password(password, account)
        except ValidationError as weak:
            with override(language):
                messages[language] = " ".join(weak.messages)
    if messages:
        raise refusals.WeakPassword(Text(**messages))
