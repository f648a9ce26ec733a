"""By which way notices leave: onto a screen, into a file, or by a way for each channel (mail.py, sms.py)."""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, TextIO

from pishkhan.language.text import Text


class NotDelivered(Exception):
    """A notice could not be handed over now; it is tried again."""

    def __init__(self, code: str) -> None:
        self.code = code  # nothing personal: it is stored and shown
        super().__init__(code)


@dataclass(frozen=True)
class Message:
    """A notice as it leaves: where to, and what it says. `id` is the same whenever it is sent again."""

    id: str
    channel: str
    to: str
    language: str
    text: str


class Adapter(Protocol):
    """What hands messages over."""

    def send(self, message: Message) -> None:
        """Hand one over, or raise NotDelivered. It may be handed over twice: whoever receives knows it by its id."""
        ...


class Console:
    """Prints what would be sent, with the number masked: for a developer's eyes."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout

    def send(self, message: Message) -> None:
        print(f"[{message.channel} → …{message.to[-4:]}] {message.text}", file=self.stream, flush=True)


class Outbox:
    """Appends to a file, a JSON line for each message; the one who carries them on reads it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "outbox.jsonl"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def send(self, message: Message) -> None:
        line = json.dumps(asdict(message), ensure_ascii=False) + "\n"
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, line.encode())  # in one piece, so that two workers do not write into each other
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError:
            raise NotDelivered("outbox-not-writable") from None


@dataclass(frozen=True)
class ByChannel:
    """A way for each channel."""

    ways: Mapping[str, Adapter]

    def send(self, message: Message) -> None:
        self.ways[message.channel].send(message)


UNKNOWN_TEMPLATE, NO_ADDRESS, CUT_SHORT, TOO_LATE = "unknown-template", "no-address", "cut-short", "too-late"
TROUBLES = {
    UNKNOWN_TEMPLATE: Text(
        "متن این اطلاعیه دیگر شناخته نیست یا با داده‌های آن نمی‌خواند.",
        "The text of this notice is no longer known, or does not fit its facts.",
    ),
    NO_ADDRESS: Text("گیرنده شماره یا رایانامه‌ای ندارد.", "The recipient has no number or e-mail address."),
    TOO_LATE: Text("کد آن پیش از رسیدن از اعتبار افتاد.", "Its code ran out before it could be sent."),
    CUT_SHORT: Text("کارگر سامانه هنگام فرستادن از کار افتاد.", "The worker stopped while sending it."),
    "outbox-not-writable": Text("پروندهٔ خروجی نوشتنی نیست.", "The outbox file cannot be written."),
    "smtp-unreachable": Text("به کارساز رایانامه نرسیدیم.", "The mail server could not be reached."),
    "smtp-refused": Text("کارساز رایانامه نپذیرفت.", "The mail server refused it."),
    "sms-unreachable": Text("به سامانهٔ پیامک نرسیدیم.", "The provider of SMS could not be reached."),
    "sms-refused": Text("سامانهٔ پیامک نپذیرفت.", "The provider of SMS refused it."),
}
