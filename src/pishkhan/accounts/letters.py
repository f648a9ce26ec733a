"""A letter in two halves: for whom no message reaches, or who lost their second factor. Two people see them.

Neither half says anything without the other, each is shown once, and neither of the two is the holder. So an
administrator alone gets into nobody's account, and no copy of a code lies anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.clock import now
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.language.digits import ascii_digits
from pishkhan.people.models import Account, Assignment, Person
from pishkhan.people.refusals import HasNoAccount
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places, places_held
from pishkhan.people.stated import Within, ask_the_account, words

from . import messages, refusals
from .models import Ending, OneTimeCode, Purpose, Way
from .numbers import term_of
from .secret_codes import fresh_half, hash_of, live
from .services import end

PRINTERS = (Role.ADMINISTRATOR, Role.DIRECTOR)


@dataclass(frozen=True)
class PrintedHalf:
    """A half as it is shown to who prints it, this once."""

    row: OneTimeCode
    number: int
    half: str


@retried
def print_first_half(person: Person, *, purpose: str, by: Person) -> PrintedHalf:
    """Begin a letter: make its first half, for who sees that it is really the holder who asks."""
    half = fresh_half()
    with act(by, "accounts.print-first-half", on=person, role=role_over(by, person)) as entry:
        _ask_not_for_oneself(person, by)
        ask_the_account(by, entry.role, person)
        account = Account.objects.filter(person=person, is_active=True).first()
        if account is None:
            raise HasNoAccount()
        if live(person.one_time_codes.filter(way=Way.LETTER)).exists():
            raise refusals.LetterUnderWay()
        end(person.one_time_codes.filter(way=Way.LETTER, ended_at=None), Ending.REPLACED)  # one that ran out
        moment = now()
        row = OneTimeCode.objects.create(
            person=person,
            purpose=purpose if account.has_usable_password() and purpose in Purpose else Purpose.OPENING,
            way=Way.LETTER,
            hashed=hash_of(person, half),
            first_by=by.ref,
            made_at=moment,
            until=moment + term_of(purpose, Way.LETTER, person.division_id),
        )
        entry.facts = {"code": row.pk, "purpose": row.purpose, "until": row.until}
        messages.notify(messages.LETTER, person, entry)
    return PrintedHalf(row, 1, half)


@retried
def print_second_half(row: OneTimeCode, *, by: Person) -> PrintedHalf:
    """Make the second half of a letter: by another person than the first, and not by the holder."""
    person, half = row.person, fresh_half()
    with act(by, "accounts.print-second-half", on=person, role=role_over(by, person)) as entry:
        _ask_not_for_oneself(person, by)
        ask_the_account(by, entry.role, person)
        row = _begun(row)
        if row.first_by == by.ref:
            raise refusals.SecondPerson()
        row.hashed_second, row.second_by = hash_of(person, half), by.ref
        row.save(update_fields=["hashed_second", "second_by"])
        entry.facts = {"code": row.pk}
    return PrintedHalf(row, 2, half)


@retried
def print_at_machine(person: Person, *, operator: str, announce: Callable[[Person, Entry], None]) -> PrintedHalf:
    """Make the second half where nobody else is there to print it: at the machine, on the word of its operator.

    `announce` lets everybody at work there know, within the act.
    """
    half = fresh_half()
    with act(SYSTEM, "accounts.print-second-half", on=person, role=Role.SYSTEM) as entry:
        row = live(person.one_time_codes.filter(way=Way.LETTER, second_by="")).first()
        if row is None:
            raise refusals.NoLetter()
        if others := printers_beside(row):
            raise refusals.OthersPrint(len(others))
        row.hashed_second, row.second_by = hash_of(person, half), SYSTEM.ref
        row.save(update_fields=["hashed_second", "second_by"])
        by = keep(entry, "operator", words("operator", operator, 120), whose=person.ref)
        entry.facts = {"code": row.pk, "operator": by}
        announce(person, entry)
    return PrintedHalf(row, 2, half)


def printers_beside(row: OneTimeCode) -> list[Person]:
    """Who may print the second half of a letter today, and can sign in."""
    person = row.person
    above = [person.division_id[:length] for length in range(len(person.division_id) + 1)]
    ruling = Assignment.objects.current().filter(role__in=PRINTERS, place__in=above, person__account__is_active=True)
    others = Person.objects.filter(pk__in=ruling.values("person")).exclude(pk=person.pk).order_by("pk")
    return [other for other in others if other.ref != row.first_by and _looks_after(other, person)]


@retried
def withdraw_letter(row: OneTimeCode, *, by: Person) -> None:
    """Call a letter off: a half was lost, or it was asked for by somebody else."""
    with act(by, "accounts.withdraw-letter", on=row.person, role=role_over(by, row.person)) as entry:
        if not end(live(OneTimeCode.objects.filter(pk=row.pk, way=Way.LETTER)), Ending.WITHDRAWN):
            raise refusals.NoLetter()
        entry.facts = {"code": row.pk}


def letters_seen_by(person: Person) -> "QuerySet[OneTimeCode]":
    """The letters under way of those for whom somebody may print one, the oldest first."""
    mine = Person.objects.filter(in_places(person, PRINTERS))
    rows = OneTimeCode.objects.filter(way=Way.LETTER, person__in=mine).select_related("person__account")
    return live(rows).order_by("pk")


def halves_to_print(person: Person) -> "QuerySet[OneTimeCode]":
    """Those of them that wait for somebody: whose second half they may print."""
    waiting = letters_seen_by(person).filter(second_by="").exclude(first_by=person.ref).exclude(person=person)
    return waiting.filter(pk__in=[row.pk for row in waiting if _looks_after(person, row.person)])


def holder_of(username: str, by: Person) -> Person:
    """Whose account has a name, of those for whom somebody may print; Missing if it is nobody's there."""
    name = ascii_digits(username).strip().lower()
    person = Person.objects.filter(in_places(by, PRINTERS), account__username=name, erased_on=None).first()
    if person is None:
        raise refusals.NoSuchAccount()
    return person


def role_over(by: Person, person: Person) -> str:
    """The role in which somebody prints: as an administrator, else as a director."""
    return next((role for role in PRINTERS if by.holds(role, over=person)), Role.ADMINISTRATOR)


def _looks_after(by: Person, person: Person) -> bool:
    role = role_over(by, person)
    return all(by.capacity(role, over=Within(place)) for place in places_held(person))


def _ask_not_for_oneself(person: Person, by: Person) -> None:
    if by.pk == person.pk:
        raise refusals.NotForYourself()


def _begun(row: OneTimeCode) -> OneTimeCode:
    """The letter as it stands now, its second half not printed yet. Its person is locked."""
    fresh = live(OneTimeCode.objects.filter(pk=row.pk, way=Way.LETTER, second_by="")).first()
    if fresh is None:
        raise refusals.NoLetter()
    return fresh
