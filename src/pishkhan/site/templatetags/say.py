"""How templates say things: sentences in both languages where they are meant; numbers, days, codes as people read."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pishkhan.language import digits, jalali
from pishkhan.language.text import Text
from pishkhan.people.asking import language

register = template.Library()


@register.simple_tag
def say(fa: str, en: str, **facts: Any) -> str:
    """The sentence in the language of the request, with facts set in."""
    return Text(fa, en).filled(**{name: number(fact) if isinstance(fact, int) else fact
                                  for name, fact in facts.items()}).to(language())


@register.filter
def told(text: Text) -> str:
    """A sentence of the house in the language of the request."""
    return text.to(language())


@register.filter
def number(value: Any) -> str:
    """A number with groups of thousands, in the digits of the language."""
    grouped = f"{value:,}" if isinstance(value, int | float) else str(value)
    return grouped if language().startswith("en") else digits.persian(grouped.replace(",", "٬").replace(".", "٫"))


@register.filter(name="digits")
def in_digits(text: Any) -> str:
    """What somebody wrote, in the digits of the language."""
    return str(text) if language().startswith("en") else digits.persian(str(text))


@register.filter
def day(value: date | None) -> str:
    """A day as it is said: «۲۵ شهریور ۱۴۰۱»."""
    return jalali.spoken(value, language()) if value else ""


@register.filter
def code(value: Any) -> SafeString:
    """A code, left to right in any sentence."""
    return format_html('<bdi dir="ltr" lang="en">{}</bdi>', value)
