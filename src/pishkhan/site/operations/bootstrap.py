"""Opening a province: its law, its administrator, and the word that the database is live."""

from dataclasses import dataclass

from pishkhan.accounts.services import code_on_screen
from pishkhan.credentials.services import open_key
from pishkhan.geography.models import Division
from pishkhan.geography.services import open_province
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.checkpoints import record_formats
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.services import assign, enter_person, open_account
from pishkhan.regulation.services import load_edition

from .appointing import Appointee, Letter, NewAccount, appoint_at_machine
from .deployment import deployment, open_live

OPENED_ALREADY = Text(
    "این پایگاه داده پیش‌تر برای استان {code} باز شده است.", "This database was opened for province {code} already."
)


@dataclass(frozen=True)
class Administrator:
    """The first account of a province, and the code with which its holder chooses the password; empty if they did."""

    person: Person
    username: str
    code: str


@dataclass(frozen=True)
class FirstDirector:
    """Who directs a province from its first day: by a letter, on the word of the operator of the machine."""

    appointee: Appointee
    letter: Letter
    operator: str
    username: str


@retried
def open_for(
    code: str, username: str, password: str | None = None, *, director: FirstDirector | None = None
) -> tuple[Administrator, NewAccount | None]:
    """Open an empty province with an administrator, and with its first director if the letter is there, wholly or not
    at all.

    Who begins it from a script states the password of their own; else a code is told, once, at the machine.
    """
    if current_deployment := deployment():
        raise Refusal(OPENED_ALREADY.filled(code=current_deployment.division_id))
    with one_transaction():
        load_edition(IMPORTER)
        province = open_province(code, SYSTEM)
        open_live(province)
        open_key(by=SYSTEM)
        person = enter_person(SYSTEM, role=Role.SYSTEM, given_name="راهبر", family_name="سامانه", division=province)
        assign(person, Role.ADMINISTRATOR, place=province.code, from_on=today(), by=SYSTEM)
        open_account(person, username=username, password=password, by=SYSTEM)
        code = code_on_screen(person) if password is None else ""
        account = _first_director(director, province) if director else None
        record_formats()  # last: numbers are locked after people
    return Administrator(person, username, code), account


def _first_director(director: FirstDirector, province: Division) -> NewAccount:
    _, account = appoint_at_machine(
        director.appointee,
        Role.DIRECTOR,
        place=province.code,
        letter=director.letter,
        operator=director.operator,
        username=director.username,
        home=province,
    )
    return account
