"""Codes of the second factor: each is good once, near its moment alone, and guessed slowly.

An app's code holds for its own thirty seconds and those before and after. Which were used stands with the secret, and
the row is locked while one is looked at: of two who send the same code at once, one is let in. Clocks that are set back
let no code be used again.
"""

import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction

from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.limits.rates import DAY, MINUTE, declare, forget, is_spent, spend
from pishkhan.people.models import Account
from pishkhan.people.refusals import TooManyCodes

PERIOD = 30  # seconds (RFC 6238)
TOLERATED = (0, -1, 1)  # steps by which a phone's clock and the machine's may differ
REMEMBERED = 100  # steps whose codes were used: more than anybody uses before a clock that went wrong is seen to
LONGEST = 40  # letters of what is looked at at all
CODES = declare("codes", 5, 5 * MINUTE, Text("رمز نادرست گام دوم یک حساب", "Wrong codes of an account's second factor"))
CODES_A_DAY = declare(
    "codes-a-day", 100, DAY, Text("رمز گام دوم یک حساب، درست یا نادرست", "Codes of an account, right or wrong")
)


def has_second_factor(account: Account) -> bool:
    """Whether a code is asked of an account: of an app, or of a printed list."""
    return bool(Authenticator.objects.filter(user_id=account.pk).exists())


def use_code(account: Account, code: str) -> Authenticator | None:
    """Use a code up, and return what it is a code of; None if it is wrong or was used. TooManyCodes after a few.

    It counts before it looks, so that of many guesses at once no more are looked at than one after another. Never
    within an act: what is refused there would not be counted.
    """
    if is_spent(CODES_A_DAY, account.pk) or not spend(CODES, account.pk) or not spend(CODES_A_DAY, account.pk):
        raise TooManyCodes()
    typed = "".join(ascii_digits(code).split())
    with transaction.atomic():
        for row in Authenticator.objects.select_for_update().filter(user_id=account.pk).order_by("pk"):
            if typed and len(typed) <= LONGEST and _is_used_up(row, typed):
                forget(CODES, account.pk)
                return row
    return None


def is_code_of(secret: str, code: str) -> int | None:
    """The step of which a code is one under a secret, near this moment; None if it is none."""
    step = int(time.time()) // PERIOD
    for near in TOLERATED:
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step + near))):
            return step + near
    return None


def code_now(secret: str) -> str:
    """The code that an app with a key shows at this moment: of a demo alone, whose key everybody knows."""
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))
    return code


def _is_used_up(row: Authenticator, code: str) -> bool:
    """Whether a code is one of a row that is locked, and unused; it is used from now on."""
    if row.type != Authenticator.Type.TOTP:
        return bool(row.wrap().validate_code(code))
    used = row.data.get("used", [])
    step = is_code_of(decrypt(row.data["secret"]), code)
    if step is None or step in used:
        return False
    row.data["used"] = [*used, step][-REMEMBERED:]
    row.save(update_fields=["data"])
    return True
