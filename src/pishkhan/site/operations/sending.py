"""By which way each channel of notices leaves this deployment: as its settings say."""

from typing import Any, cast

from django.conf import settings

from pishkhan.notices.adapters import Adapter, ByChannel, Console, Outbox
from pishkhan.notices.mail import Mailer
from pishkhan.notices.models import Notice
from pishkhan.notices.sms import Texter


def ways() -> ByChannel:
    """The way of each channel; ValueError if the settings make none. Letters are always left to whoever prints them."""
    return ByChannel(
        {
            Notice.Channel.SMS: _way(settings.SMS_WAY),
            Notice.Channel.EMAIL: _way(settings.EMAIL_WAY),
            Notice.Channel.LETTER: _way("console" if settings.NOTICE_ADAPTER == "console" else "file"),
        }
    )


def _way(name: str) -> Adapter:
    match name:
        case "console":
            return Console()
        case "file":
            return Outbox(settings.VAR / "outbox")
        case "smtp":
            return Mailer(**cast("dict[str, Any]", settings.SMTP))
        case "http":
            return Texter(**cast("dict[str, Any]", settings.SMS))
    raise ValueError(f"Notices do not leave by {name!r}: choose console, file, smtp (e-mail) or http (SMS).")
