"""Hours of the day as people write and read them, in any digits."""

import re
from datetime import time

from .text import Text
from .typed import typed_code

_SHAPE = re.compile(r"(\d{1,2})[:٫.](\d{2})")
NO_HOUR = Text("«{given}» ساعت نیست؛ ساعت را مانند ۹:۳۰ بنویسید.", "'{given}' is no hour; write one like 9:30.")


class NotAnHour(ValueError):
    """The text names no hour of the day; `.text` says why."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def parse_hour(text: str) -> time:
    """The hour that a text names, from 0:00 to 23:59."""
    shape = _SHAPE.fullmatch(typed_code(text))
    if shape and int(shape[1]) < 24 and int(shape[2]) < 60:
        return time(int(shape[1]), int(shape[2]))
    raise NotAnHour(NO_HOUR.filled(given=text[:20]))


def hour_text(hour: time) -> str:
    """The hour as it is written: "9:30"."""
    return f"{hour.hour}:{hour.minute:02}"
