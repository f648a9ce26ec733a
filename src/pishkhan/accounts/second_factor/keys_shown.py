"""The key of an app while it is shown and not yet on: it lies in no table, only in the page itself, for its holder."""

from dataclasses import dataclass
from typing import cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.utils import decrypt, encrypt
from django.core import signing

from pishkhan.people.models import Account

from . import refusals

SALT, GOOD = "pishkhan.accounts.second_factor", 60 * 60  # seconds


@dataclass(frozen=True)
class ShownKey:
    """A key as its holder sees it: to be read by the app, and the token with which it comes back."""

    secret: str
    token: str
    address: str  # otpauth://

    @property
    def picture(self) -> str:
        """The QR code, as SVG."""
        return cast("str", get_adapter().build_totp_svg(self.address))


def show_key(account: Account, token: str = "") -> ShownKey:
    """A new key for an account; or that of a token, for a form that was filled in wrongly."""
    secret = secret_of(account, token) if token else generate_totp_secret()
    token = token or signing.dumps({"account": account.pk, "secret": encrypt(secret)}, salt=SALT)
    return ShownKey(secret, token, get_adapter().build_totp_url(account, secret))


def secret_of(account: Account, token: str) -> str:
    """The key of a token: of this account, and not older than an hour."""
    try:
        data = signing.loads(token, salt=SALT, max_age=GOOD)
    except signing.BadSignature:
        raise refusals.OutOfDate() from None
    if data["account"] != account.pk:
        raise refusals.OutOfDate()
    return cast("str", decrypt(data["secret"]))
