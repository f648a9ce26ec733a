"""How allauth is fitted to the house: accounts are opened by acts alone, and what is secret lies encrypted."""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from pishkhan.journal.erasure.erasable_text import hide, reveal
from pishkhan.limits.address import address_of
from pishkhan.limits.rates import spend
from pishkhan.people.models import Account

from .devices import remember
from .guessing import SIGN_INS, guess_of, know_address
from .second_factor import has_second_factor

TOTP = "totp"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """No sign-up and no letters: accounts are opened by acts, and notices leave by the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        return None

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before the password is looked at, which is slow on purpose."""
        if guess_of(request, credentials.get("username", "")).is_barred():
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Whose password it is. Many tried at once gain nothing: the right one comes too late once others failed."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            self.pre_authenticate(request, **credentials)
            if not spend(SIGN_INS, account.pk):
                raise self.validation_error("too_many_login_attempts")
        return account

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        guess_of(request, credentials.get("username", "")).was_wrong()

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in, once every step is done: from now on device and address are known."""
        super().login(request, user)
        know_address(request, user)
        remember(request, user)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    """The secrets of second factors are encrypted under the master key."""

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        segno.make_qr(url).save(drawn, kind="svg", xmldecl=False, scale=4)
        return drawn.getvalue().decode()

    def is_mfa_enabled(self, user: Account, types: Any = None) -> bool:
        """Whether one of some kinds is on. Where an app or a key is asked for at all, a printed list does as well: the
        library takes it for a mere spare of theirs, but who has no smartphone has nothing else."""
        if types and Authenticator.Type.WEBAUTHN in types and len(types) > 1:
            return has_second_factor(user)
        return bool(super().is_mfa_enabled(user, types=types))

    def encrypt(self, text: str) -> str:
        return b64encode(hide(text, purpose=TOTP)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return reveal(b64decode(encrypted_text), purpose=TOTP)
