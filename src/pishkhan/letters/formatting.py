"""Days and amounts as documents tell them, in both languages."""

from datetime import date

from persiantools import digits

from pishkhan.language.jalali import spoken

GREGORIAN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # not by strftime: its names follow the machine's locale


def day_text(day: date) -> dict[str, str]:
    """A day in Jalali; in English with the Gregorian day beside it."""
    return {"fa": spoken(day, "fa"), "en": f"{spoken(day, 'en')} ({day.day} {GREGORIAN[day.month - 1]} {day.year})"}


def in_words(amount: int) -> str:
    """An amount in Persian words, as it stands on what is to be paid."""
    return str(digits.to_word(amount))
