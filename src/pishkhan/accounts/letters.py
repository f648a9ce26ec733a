"""A letter in two halves: for whom no message reaches, or who lost their second factor. Two people see them.

Neither half says anything without the other, each is shown once, and neither of the two is the holder. So an
administrator alone gets into nobody's account, and no copy of a code lies anywhere.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from pishkhan.journal.acts import act
from pishkhan.journal.clock import now
from pishkhan.journal.locks import retried
from pishkhan.language.digits import ascii_digits
from pishkhan.people.models import Account, Person
from pishkhan.people.refusals import HasNoAccount
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

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
        row = _begun(row)
        if row.first_by == by.ref:
            raise refusals.SecondPerson()
        row.hashed_second, row.second_by = hash_of(person, half), by.ref
        row.save(update_fields=["hashed_second", "second_by"])
        entry.facts = {"code": row.pk}
    return PrintedHalf(row, 2, half)


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
    return letters_seen_by(person).filter(second_by="").exclude(first_by=person.ref).exclude(person=person)


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


def _ask_not_for_oneself(person: Person, by: Person) -> None:
    if by.pk == person.pk:
        raise refusals.NotForYourself()


def _begun(row: OneTimeCode) -> OneTimeCode:
    """The letter as it stands now, its second half not printed yet. Its person is locked."""
    fresh = live(OneTimeCode.objects.filter(pk=row.pk, way=Way.LETTER, second_by="")).first()
    if fresh is None:
        raise refusals.NoLetter()
    return fresh
