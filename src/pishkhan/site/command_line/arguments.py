"""What options of commands may say: each takes the text that was typed, or says in a sentence what it should be."""

import math
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path

LAST_PORT = 65535
MOST = 10**9


def a_path(text: str) -> Path:
    """A file or folder; an empty text, which a variable of a shell that is not set leaves, is not the working one."""
    if not text.strip():
        raise ArgumentTypeError("an empty text names no file or folder")
    return Path(text)


def a_digest(text: str) -> str:
    """The digest of a checkpoint: with none at all everything would seem to be proven."""
    if not text.strip():
        raise ArgumentTypeError("an empty text is no digest")
    return text.strip()


def port(text: str) -> int:
    """A port to listen at."""
    return number(1, LAST_PORT)(text)


def number(least: int, most: int = MOST) -> Callable[[str], int]:
    """A whole number between two others, both included."""

    def read(text: str) -> int:
        try:
            found = int(text)
        except ValueError:
            raise ArgumentTypeError(f"'{text}' is no whole number") from None
        if not least <= found <= most:
            raise ArgumentTypeError(f"{text} does not lie between {least} and {most}")
        return found

    return read


def seconds(text: str) -> float:
    """A time of some length."""
    return _between(text, 0.01, MOST)


def share(text: str) -> float:
    """A part of a whole, from 0 to 1."""
    return _between(text, 0.0, 1.0)


def _between(text: str, least: float, most: float) -> float:
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not least <= found <= most:  # nor is what is no number
        raise ArgumentTypeError(f"'{text}' is no number between {least:g} and {most:g}")
    return found
