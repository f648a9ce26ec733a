"""How often a wrong password may be given: counted so that guesses are slow, and a stranger's lock nobody out.

Only failures count. A guess from a device on which the account signed in before counts against that device alone.
Every other counts against the account at that address, against the address, and against the account as a whole; the
last keeps out nobody who comes from where the account signed in lately. Why so: docs/decisions/0034.
"""

from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest

from pishkhan.language.text import Text
from pishkhan.limits.address import address_of
from pishkhan.limits.rates import DAY, HOUR, MINUTE, declare, has_begun, is_spent, spend
from pishkhan.people.models import Account

from .devices import device_of

HERE = declare(
    "guesses",
    5,
    5 * MINUTE,
    Text("گذرواژهٔ نادرست یک حساب از یک نشانی", "Wrong passwords of an account from an address"),
)
HERE_A_DAY = declare("guesses-a-day", 30, DAY, Text("همان، در یک روز", "The same in a day"))
OF_ADDRESS = declare(
    "guesses-of-address",
    30,
    10 * MINUTE,
    Text("گذرواژهٔ نادرست هر حسابی از یک نشانی", "Wrong passwords of any account from an address"),
)
OF_ACCOUNT = declare(
    "guesses-of-account",
    100,
    HOUR,
    Text("گذرواژهٔ نادرست یک حساب از همه‌جا", "Wrong passwords of an account from everywhere"),
)
BY_DEVICE = declare(
    "guesses-by-device", 10, 5 * MINUTE, Text("گذرواژهٔ نادرست از دستگاهی آشنا", "Wrong passwords from a known device")
)
BY_DEVICE_A_DAY = declare("guesses-by-device-a-day", 50, DAY, Text("همان، در یک روز", "The same in a day"))
SIGN_INS = declare("sign-ins", 60, 10 * MINUTE, Text("ورود درست به یک حساب", "Right sign-ins to an account"))
FROM_HERE = declare(
    "known-address",
    1,
    30 * DAY,
    Text("نشانی‌ای که از آن وارد شده‌اند تا کی آشناست", "For how long an address of a sign-in is known"),
)


@dataclass(frozen=True)
class Guess:
    """A password that somebody gives for an account, and from where."""

    username: str
    address: str
    device: str

    def is_barred(self) -> bool:
        """Whether so many were wrong that this one is not even looked at."""
        if self.device:
            return is_spent(BY_DEVICE, self.device) or is_spent(BY_DEVICE_A_DAY, self.device)
        here = (self.username, self.address)
        return (
            is_spent(HERE, *here)
            or is_spent(HERE_A_DAY, *here)
            or is_spent(OF_ADDRESS, self.address)
            or (is_spent(OF_ACCOUNT, self.username) and not has_begun(FROM_HERE, *here))
        )

    def was_wrong(self) -> None:
        """Count it."""
        with transaction.atomic():
            if self.device:
                spend(BY_DEVICE, self.device)
                spend(BY_DEVICE_A_DAY, self.device)
                return
            spend(HERE, self.username, self.address)
            spend(HERE_A_DAY, self.username, self.address)
            spend(OF_ADDRESS, self.address)
            spend(OF_ACCOUNT, self.username)


def guess_of(request: HttpRequest, username: str) -> Guess:
    """The guess that a request makes for a name, whether there is such an account or not."""
    name = username.strip().lower()
    account = Account.objects.filter(username=name).first()
    return Guess(name, address_of(request), device_of(request, account))


def know_address(request: HttpRequest, account: Account) -> None:
    """Let the address of somebody who signed in be known as one of theirs."""
    spend(FROM_HERE, account.username, address_of(request))
