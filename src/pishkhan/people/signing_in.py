"""How allauth is fitted to the house: accounts are opened by acts alone, and what is secret lies encrypted."""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from pishkhan.journal.secrecy import hide, reveal

TOTP = "totp"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """No sign-up and no letters: accounts are opened by acts, and notices leave by the outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        return None


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is not typed
    """The secrets of second factors are encrypted under the master key."""

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        segno.make_qr(url).save(drawn, kind="svg", xmldecl=False, scale=4)
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return b64encode(hide(text, purpose=TOTP)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return reveal(b64decode(encrypted_text), purpose=TOTP)
