"""Appointing without a second person, by a letter: at the machine, and the first of a province. Everybody is told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import File

from pishkhan.accounts.services import code_on_screen
from pishkhan.files.models import StoredFile
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.geography.services import open_province
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.notices.services import queue
from pishkhan.notices.templates import notice_kind
from pishkhan.people.appointments.refusals import NotVacant
from pishkhan.people.appointments.services import appoint_alone
from pishkhan.people.models import Account, Appointment, Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import staff_over
from pishkhan.people.services import enter_or_find_person, open_account

TOLD = {
    Role.DIRECTOR: notice_kind(
        "director-appointed",
        Text(
            "مدیرکل با ابلاغ شمارهٔ {letter} گماشته شد، بی تأیید نفر دوم. صفحهٔ امروز را ببینید.",
            "A director was appointed by letter {letter}, without a second person. See your page Today.",
        ),
    ),
    Role.ADMINISTRATOR: notice_kind(
        "administrator-appointed",
        Text(
            "راهبر سامانه با ابلاغ شمارهٔ {letter} گماشته شد، بی تأیید نفر دوم. صفحهٔ امروز را ببینید.",
            "An administrator was appointed by letter {letter}, without a second person. See your page Today.",
        ),
    ),
}


@dataclass(frozen=True)
class Letter:
    """By what somebody is appointed: number and day of the letter, and its scan as it was sent."""

    number: str
    on: date
    scan: "File[Any] | StoredFile"  # as it comes, or as it was uploaded before


@dataclass(frozen=True)
class Appointee:
    """Who is appointed, as the letter names them."""

    given_name: str
    family_name: str
    national_id: str
    phone: str


@dataclass(frozen=True)
class NewAccount:
    """How somebody signs in from now on: the name, and the code with which they choose a password.

    The code is told once, and empty where they could sign in already.
    """

    username: str
    code: str


@retried
def appoint_at_machine(
    appointee: Appointee,
    role: str,
    *,
    place: str,
    letter: Letter,
    operator: str,
    username: str,
    home: Division,
    from_on: date | None = None,
    acting: bool = False,
    password: str | None = None,
) -> tuple[Appointment, NewAccount]:
    """Fill a vacant directorship, or replace an administrator who is lost, on the word of the operator of the machine.

    A directorship is vacant where nobody holds it over the whole place; an administrator may be lost unseen.
    """
    with one_transaction():
        if role == Role.DIRECTOR and _is_held(role, place):
            raise NotVacant()
        person = _person(appointee, home, SYSTEM, Role.SYSTEM)
        appointment = appoint_alone(
            person,
            role,
            place=place,
            from_on=from_on or today(),
            acting=acting,
            letter=letter.number,
            letter_on=letter.on,
            scan=_stored(letter, home, person, SYSTEM, Role.SYSTEM),
            operator=operator,
            by=SYSTEM,
            announce=_announce,
        )
        return appointment, _account(person, username, password)


@retried
def open_a_province(
    code: str, *, administrator: Appointee, director: Appointee, letters: tuple[Letter, Letter], by: Person
) -> Division:
    """Open another province: by a national administrator, with its first administrator and its first director."""
    with one_transaction():
        province = open_province(code, by, role=Role.ADMINISTRATOR)
        people = [_person(appointee, province, by, Role.ADMINISTRATOR) for appointee in (administrator, director)]
        lock(
            *people
        )  # persons come before files, and the first one's letter is entrusted before the second is appointed
        for person, role, letter in zip(people, (Role.ADMINISTRATOR, Role.DIRECTOR), letters, strict=True):
            appoint_alone(
                person,
                role,
                place=province.code,
                from_on=today(),
                letter=letter.number,
                letter_on=letter.on,
                scan=_stored(letter, province, person, by, Role.APPLICANT),
                by=by,
                announce=_announce,
            )
    return province


def _person(appointee: Appointee, division: Division, by: Any, role: str) -> Person:
    return enter_or_find_person(
        by,
        role=role,
        given_name=appointee.given_name,
        family_name=appointee.family_name,
        national_id=appointee.national_id,
        phone=appointee.phone,
        division=division,
    )


def _stored(letter: Letter, division: Division, person: Person, by: Any, role: str) -> StoredFile:
    """The scan of a letter: only whoever uploaded one lays it beside an appointment."""
    if not isinstance(letter.scan, StoredFile):
        return store(letter.scan, by=by, division=division, role=role, whose=person.ref)
    if letter.scan.uploaded_by != by.ref:
        raise Missing()
    return letter.scan


def _is_held(role: str, place: str) -> bool:
    over = [place[:length] for length in range(len(place) + 1)]
    return Assignment.objects.current().filter(role=role, place__in=over).exists()


def _account(person: Person, username: str, password: str | None) -> NewAccount:
    if account := Account.objects.filter(person=person, is_active=True).first():
        return NewAccount(account.username, "")
    account = open_account(person, username=username, password=password, by=SYSTEM)
    return NewAccount(account.username, code_on_screen(person) if password is None else "")


def _announce(appointment: Appointment, entry: Entry) -> None:
    """Let everybody at work there know that one person's word made this appointment."""
    for person in staff_over(appointment.place):
        if person.pk != appointment.person_id:
            queue(TOLD[Role(appointment.role)].code, to=person, facts={"letter": appointment.letter}, because=entry)
