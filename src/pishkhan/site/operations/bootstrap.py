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
from pishkhan.people.roles import Role
from pishkhan.people.services import assign, enter_person, open_account
from pishkhan.regulation.services import load_edition

from .appointing import Appointee, Letter, NewAccount, appoint_at_machine
from .deployment import deployment, open_live

OPENED_ALREADY = Text(
    "این پایگاه داده پیش‌تر برای استان {code} باز شده است.", "This database was opened for province {code} already."
)


@dataclass(frozen=True)
class FirstInOffice:
    """Who directs or rules a province from its first day: by a letter, on the word of the operator of the machine."""

    appointee: Appointee
    letter: Letter
    operator: str
    username: str


@retried
def open_for(
    code: str,
    username: str,
    password: str | None = None,
    *,
    director: FirstInOffice | None = None,
    ruler: FirstInOffice | None = None,
) -> tuple[NewAccount, NewAccount | None]:
    """Open an empty province with an administrator and its first director, each by their letter if it is there, wholly
    or not at all.

    Who begins it from a script states the password of their own; else a code is told, once, at the machine.
    """
    if current_deployment := deployment():
        raise Refusal(OPENED_ALREADY.filled(code=current_deployment.division_id))
    with one_transaction():
        load_edition(IMPORTER)
        province = open_province(code, SYSTEM)
        open_live(province)
        open_key(by=SYSTEM)
        ruling = (
            _first(ruler, Role.ADMINISTRATOR, province, password) if ruler else _nameless(province, username, password)
        )
        directing = _first(director, Role.DIRECTOR, province) if director else None
        record_formats()  # last: numbers are locked after people
    return ruling, directing


def _first(first: FirstInOffice, role: str, province: Division, password: str | None = None) -> NewAccount:
    _, account = appoint_at_machine(
        first.appointee,
        role,
        place=province.code,
        letter=first.letter,
        operator=first.operator,
        username=first.username,
        home=province,
        password=password,
    )
    return account


def _nameless(province: Division, username: str, password: str | None) -> NewAccount:
    """An administrator without a letter, where nobody is named: to try the house, or until another is appointed."""
    person = enter_person(SYSTEM, role=Role.SYSTEM, given_name="راهبر", family_name="سامانه", division=province)
    assign(person, Role.ADMINISTRATOR, place=province.code, from_on=today(), by=SYSTEM)
    account = open_account(person, username=username, password=password, by=SYSTEM)
    return NewAccount(account.username, code_on_screen(person) if password is None else "")
