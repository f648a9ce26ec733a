"""Acts by which an account begins and its holder comes back to it: nobody but the holder ever knows the password."""

from typing import Any

from allauth.mfa.models import Authenticator

from pishkhan.journal.acts import SYSTEM, Actor, act
from pishkhan.journal.clock import now
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.language.digits import ascii_digits
from pishkhan.language.identifiers import NotValid
from pishkhan.language.identifiers import national_id as valid_national_id
from pishkhan.language.text import Text
from pishkhan.limits.rates import DAY, HOUR, declare, spend
from pishkhan.notices.secrets import Secret
from pishkhan.people.models import Account, Person
from pishkhan.people.refusals import Erased, HasNoAccount
from pishkhan.people.roles import Role
from pishkhan.people.selectors import person_of
from pishkhan.people.services import open_account
from pishkhan.people.stated import ask_the_account, username_and_password

from . import messages, refusals
from .models import Ending, OneTimeCode, Purpose, Way
from .numbers import term_of
from .secret_codes import fresh_digits, hash_of, live, matching
from .vouching import number_is_vouched, states_the_number

BY_MESSAGE = (Way.SMS, Way.EMAIL)
WANTED = declare(
    "codes-wanted", 3, HOUR, Text("کد گذرواژهٔ فراموش‌شدهٔ یک حساب", "Codes for an account whose password is forgotten")
)
SENT = declare("codes-sent", 5, DAY, Text("کد گشودن یک حساب", "Codes that open an account"))


@retried
def open_with_code(person: Person, *, username: str, way: str, by: Actor) -> Account:
    """Open an account whose password only its holder will know: a code goes to them, or a letter is to be printed."""
    with one_transaction():
        _ask_the_way(person, way, by)
        account = open_account(person, username=username, password=None, by=by)
        if way in BY_MESSAGE:
            _send_opening_code(person, account, way, by)
    return account


@retried
def send_code(person: Person, *, way: str, by: Actor) -> None:
    """Send another code to the holder of an account that has no password yet."""
    _ask_the_way(person, way, by)
    if way not in BY_MESSAGE:
        raise refusals.NoSuchWay()
    with one_transaction():
        account = _account_of(person)
        if account.has_usable_password():
            raise refusals.HasAPassword()
        _send_opening_code(person, account, way, by)


@retried
def code_on_screen(person: Person, *, by: Actor = SYSTEM) -> str:
    """The code with which whoever begins a deployment, at the machine itself, chooses their password. Told once."""
    code = fresh_digits()
    with act(by, "accounts.send-code", on=person, role=Role.SYSTEM) as entry:
        _keep(person, Purpose.OPENING, Way.SCREEN, code, entry)
    return code


@retried
def reopen_account(person: Person, *, way: str, by: Actor) -> Account:
    """Open an account that was closed: its old password is gone, and its holder chooses another by a code."""
    _ask_the_way(person, way, by)
    with one_transaction():
        with act(by, "accounts.reopen", on=person, role=Role.ADMINISTRATOR) as entry:
            ask_the_account(by, Role.ADMINISTRATOR, person)
            if person.erased_on:
                raise Erased()
            account = Account.objects.filter(person=person).first()
            if account is None:
                raise HasNoAccount()
            if account.is_active:
                raise refusals.IsOpen()
            account.is_active = True
            account.set_unusable_password()
            account.end_sessions()
            account.save(force_update=True)
            end(person.one_time_codes.filter(ended_at=None), Ending.REPLACED)
            entry.facts = {"account": account.pk}
        if way in BY_MESSAGE:
            _send_opening_code(person, account, way, by)
    return account


@retried
def want_code(name: str) -> None:
    """Send a code to who forgot their password, if a message reaches them. Whoever asks learns nothing by it.

    `name` is a username or a national id. Only so often an hour: a stranger shall not flood anybody's phone.
    """
    person = _person_called(name)
    account = Account.objects.filter(person=person).first() if person else None
    if person is None or account is None or person.erased_on:
        return
    ways = (way for way in BY_MESSAGE if messages.reaches(person, way))
    way = next((way for way in ways if way != Way.SMS or number_is_vouched(person)), None)
    if way is None or not spend(WANTED, person.pk):
        return
    with act(SYSTEM, "accounts.want-code", on=person, role=Role.SYSTEM) as entry:
        account.refresh_from_db()
        if not account.is_active:
            entry.facts = {"way": way, "closed": True}
            messages.notify(messages.CLOSED, person, entry)
            return
        _bring(person, account, Purpose.PASSWORD, way, entry)


def choose_password(name: str, code: str, password: str) -> Account:
    """Choose a password with a one-time code: whoever has it is taken for the holder. Every session is over.

    The new password is hashed before anything is looked up: that is slow, for everybody alike.
    """
    hashed = username_and_password(name, password)
    account = Account.objects.filter(username=hashed.username, is_active=True).select_related("person").first()
    row = matching(account.person, code) if account else None
    if account is None or row is None:
        raise refusals.NotThisCode()
    return _choose(account.person, row, hashed)


@retried
def _choose(person: Person, row: OneTimeCode, hashed: Account) -> Account:
    with act(person, "accounts.choose-password", on=person, role=Role.APPLICANT) as entry:
        account = Account.objects.filter(person=person, is_active=True).first()
        # The person is locked: nobody else uses the code up, closes the account or gives its name away now.
        if account is None or account.username != hashed.username or not live(OneTimeCode.objects.filter(pk=row.pk)):
            raise refusals.NotThisCode()
        account.password = hashed.password
        account.end_sessions()
        account.save(update_fields=["password", "signed_out"])
        lost = Authenticator.objects.filter(user_id=account.pk) if row.purpose == Purpose.FACTOR else None
        gone = lost.delete()[0] if lost is not None else 0
        end(live(person.one_time_codes.filter(pk=row.pk)), Ending.USED)
        end(live(person.one_time_codes.all()), Ending.REPLACED)
        entry.facts = {"code": row.pk, "purpose": row.purpose, "way": row.way, "factors": gone}
        messages.notify(messages.CHOSEN, person, entry)
    return account


def end(codes: Any, why: Ending) -> int:
    """Let some codes be good no more, within an act on their person."""
    return int(codes.update(ended_at=now(), ending=why))


def _send_opening_code(person: Person, account: Account, way: str, by: Actor) -> None:
    if not spend(SENT, person.pk):
        raise refusals.SentOften()
    with act(by, "accounts.send-code", on=person, role=Role.ADMINISTRATOR) as entry:
        ask_the_account(by, Role.ADMINISTRATOR, person)
        _bring(person, account, Purpose.OPENING, way, entry)


def _bring(person: Person, account: Account, purpose: Purpose, way: str, entry: Entry) -> None:
    """Make a code and put it into the outbox, in place of those that messages brought before."""
    row = _keep(person, purpose, way, code := fresh_digits(), entry)
    template = messages.OPENING if purpose == Purpose.OPENING else messages.RECOVERY
    messages.bring(template, person, way, Secret({"code": code, "username": account.username}, row.until), entry)


def _keep(person: Person, purpose: Purpose, way: str, code: str, entry: Entry) -> OneTimeCode:
    end(person.one_time_codes.filter(ended_at=None).exclude(way=Way.LETTER), Ending.REPLACED)
    moment = now()
    row = OneTimeCode.objects.create(
        person=person,
        purpose=purpose,
        way=way,
        hashed=hash_of(person, code),
        made_at=moment,
        until=moment + term_of(purpose, way, person.division_id),
    )
    entry.facts = {"code": row.pk, "purpose": purpose, "way": way, "until": row.until}
    return row


def _ask_the_way(person: Person, way: str, by: Actor) -> None:
    """Refuse a way that does not reach the person, or that reaches whoever sends the code."""
    if way not in (*BY_MESSAGE, Way.LETTER):
        raise refusals.NoSuchWay()
    if way == Way.LETTER:
        return
    address = messages.reaches(person, way)
    if not address:
        raise refusals.NoSuchWay()
    if isinstance(by, Person) and address in {messages.reaches(by, own) for own in BY_MESSAGE}:
        raise refusals.ToYourself()
    if isinstance(by, Person) and way == Way.SMS and states_the_number(person, by) and not number_is_vouched(person):
        raise refusals.YourOwnWord()


def _account_of(person: Person) -> Account:
    account = Account.objects.filter(person=person, is_active=True).first()
    if account is None:
        raise HasNoAccount()
    return account


def _person_called(name: str) -> Person | None:
    """Whom somebody means by a username or a national id."""
    account = Account.objects.filter(username=ascii_digits(name).strip().lower()).select_related("person").first()
    if account is not None:
        return account.person
    try:
        return person_of(valid_national_id(name))
    except NotValid:
        return None
