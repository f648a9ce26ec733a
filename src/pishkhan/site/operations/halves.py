"""The second half of a letter at the machine, for a place where nobody else is there to print it; everybody is told."""

from pishkhan.accounts.letters import PrintedHalf, print_at_machine
from pishkhan.accounts.refusals import NoSuchAccount
from pishkhan.journal.models import Entry
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.notices.services import queue
from pishkhan.notices.templates import notice_kind
from pishkhan.people.models import Person
from pishkhan.people.selectors import staff_over

PRINTED = notice_kind(
    "second-half-at-machine",
    Text(
        "نیمهٔ دوم نامهٔ کد ورود یکی از همکاران در خود دستگاه چاپ شد، زیرا نفر دومی نبود. اگر بی‌خبرید، راهبر را آگاه "
        "کنید.",
        "The second half of a letter with a colleague's code was printed at the machine, as there was no second "
        "person. If you know nothing of it, tell the administrator.",
    ),
)


def print_second_half_here(username: str, *, operator: str) -> PrintedHalf:
    """The second half of the letter that was begun for the account of a name; told once."""
    name = ascii_digits(username).strip().lower()
    person = Person.objects.filter(account__username=name, account__is_active=True).first()
    if person is None:
        raise NoSuchAccount()
    return print_at_machine(person, operator=operator, announce=_announce)


def _announce(person: Person, entry: Entry) -> None:
    for colleague in staff_over(person.division_id):
        queue(PRINTED.code, to=colleague, facts={}, because=entry)
