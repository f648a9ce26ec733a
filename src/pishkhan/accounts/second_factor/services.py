"""Acts on one's own second factor: turning it on by an app or a printed list, making a new list, turning it off.

Whoever calls has confirmed the identity of who asks (`people.sign_in.confirming`), before the act.
"""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from pishkhan.accounts import messages
from pishkhan.journal.acts import act
from pishkhan.journal.locks import retried
from pishkhan.language.digits import ascii_digits
from pishkhan.people.models import Account, Person
from pishkhan.people.refusals import HasNoAccount
from pishkhan.people.roles import Role
from pishkhan.people.sign_in.second_factor import is_code_of

from . import refusals

APP, LIST = "app", "list"


def step_shown(secret: str, code: str) -> int:
    """The step whose code an app with a key shows: asked before it is turned on, and before anything else is used "
    "up."""
    step = is_code_of(secret, "".join(ascii_digits(code).split()))
    if step is None:
        raise refusals.NotOfThisApp()
    return step


@retried
def turn_on_app(person: Person, *, secret: str, step: int) -> list[str]:
    """Let codes of an app be asked, of the one that showed that of a step; an app before it is none any more.

    Returns the codes of a list for the day on which the phone is lost: told once.
    """
    with act(person, "accounts.turn-on-second-factor", on=person, role=Role.APPLICANT) as entry:
        account = _account_of(person)
        gone, _ = Authenticator.objects.filter(user_id=account.pk).delete()
        row = TOTP.activate(account, secret).instance
        row.data["used"] = [step]
        row.save(update_fields=["data"])
        codes = _fresh_list(account)
        entry.facts = {"kind": APP, "replaced": bool(gone)}
        messages.notify(messages.FACTOR_ON, person, entry)
    return codes


@retried
def make_list(person: Person) -> list[str]:
    """Make a list of codes, each good once, in place of the one before: of who has no app it is the second factor."""
    with act(person, "accounts.make-list-of-codes", on=person, role=Role.APPLICANT) as entry:
        account = _account_of(person)
        gone, _ = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).delete()
        codes = _fresh_list(account)
        entry.facts = {"kind": LIST, "replaced": bool(gone)}
        messages.notify(messages.FACTOR_ON, person, entry)
    return codes


@retried
def turn_off(person: Person) -> None:
    """Let only the password be asked."""
    with act(person, "accounts.turn-off-second-factor", on=person, role=Role.APPLICANT) as entry:
        account = _account_of(person)
        gone, _ = Authenticator.objects.filter(user_id=account.pk).delete()
        if not gone:
            raise refusals.IsOff()
        account.end_sessions()
        account.save(update_fields=["signed_out"])
        entry.facts = {"factors": gone}
        messages.notify(messages.FACTOR_OFF, person, entry)


def codes_left(account: Account) -> int:
    """How many codes of one's list are unused."""
    row = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(row.wrap().get_unused_codes()) if row else 0


def has_app(account: Account) -> bool:
    """Whether codes of an app are asked."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists())


def _fresh_list(account: Account) -> list[str]:
    """A new list, and every other session over: whoever sat at one has to give a code now."""
    account.end_sessions()
    account.save(update_fields=["signed_out"])
    codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    return codes


def _account_of(person: Person) -> Account:
    account = Account.objects.filter(person=person, is_active=True).first()
    if account is None:
        raise HasNoAccount()
    return account
