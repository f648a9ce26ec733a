"""Handing notices to a mail server, over TLS."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from pishkhan.journal.clock import now
from pishkhan.language.text import Text

from .adapters import Message, NotDelivered

SUBJECT = Text("اطلاعیهٔ پیشخوان", "A notice from Pishkhan")
HERE = ("localhost", "127.0.0.1", "::1")
TLS, STARTTLS, NONE = "tls", "starttls", "none"
PORTS = {TLS: 465, STARTTLS: 587, NONE: 25}


@dataclass(frozen=True)
class Mailer:
    """A mail server (RFC 5321). The Message-ID of a notice is the same whenever it is sent again (RFC 5322, 3.6.4)."""

    host: str
    sender: str
    security: str = TLS
    port: int = 0  # that of the security, if none is told
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 20.0  # seconds, for each answer of the server
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    def __post_init__(self) -> None:
        if self.security not in PORTS:
            raise ValueError(f"A mail server is spoken to by {', '.join(PORTS)}, not {self.security!r}.")
        if not (self.sender.isascii() and self.sender.isprintable() and "@" in self.sender):
            raise ValueError(f"Letters are sent from an address of e-mail, not {self.sender!r}.")
        if self.security == NONE and self.host not in HERE:
            raise ValueError("Without TLS a mail server is spoken to on this machine only.")

    def send(self, message: Message) -> None:
        letter = self._letter(message)
        try:
            server = self._connected()
            try:
                server.send_message(letter)
            finally:
                with suppress(smtplib.SMTPException, OSError):  # what was taken is taken, however it says goodbye
                    server.quit()
        except smtplib.SMTPServerDisconnected:
            raise NotDelivered("smtp-unreachable") from None
        except smtplib.SMTPException:
            raise NotDelivered("smtp-refused") from None
        except (OSError, UnicodeError):  # that of a host that none can be called
            raise NotDelivered("smtp-unreachable") from None

    def _connected(self) -> smtplib.SMTP:
        port = self.port or PORTS[self.security]
        if self.security == TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, port, timeout=self.timeout, context=self.trust)
        else:
            server = smtplib.SMTP(self.host, port, timeout=self.timeout)
        try:
            if self.security == STARTTLS:
                server.starttls(context=self.trust)
            if self.username:
                server.login(self.username, self.password)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server

    def _letter(self, message: Message) -> EmailMessage:
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"] = self.sender, message.to
        letter["Subject"] = SUBJECT.to(message.language)
        letter["Date"] = format_datetime(now())
        letter["Message-ID"] = f"<{message.id}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        letter["Content-Language"] = message.language
        return letter
