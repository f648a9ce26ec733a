"""Opening a province: its law, its administrator, and the word that the database is live."""

from dataclasses import dataclass

from pishkhan.accounts.services import code_on_screen
from pishkhan.credentials.services import open_key
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


@retried
def open_for(code: str, username: str, password: str | None = None) -> Administrator:
    """Open an empty province with an administrator, wholly or not at all.

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
        record_formats()
    return Administrator(person, username, code)
