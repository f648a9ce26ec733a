"""How templates say things: sentences in both languages where they are meant; numbers, days, codes as people read."""

import re
from datetime import date, datetime, time
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token, token_kwargs
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from pishkhan.geography.models import Division
from pishkhan.inspections.models import Visit
from pishkhan.inspections.words import STATES
from pishkhan.journal.clock import TEHRAN
from pishkhan.language import digits, jalali
from pishkhan.language.calendar_names import WEEKDAYS
from pishkhan.language.hours import hour_text
from pishkhan.language.text import END_ISOLATE, ISOLATE, Text
from pishkhan.licensing.stated import POSTS
from pishkhan.limits.posting import FIELD
from pishkhan.limits.posting import form_key as key_of_form
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import Day
from pishkhan.people.web.request_context import language

register = template.Library()
MOST_OF_A_DAY = 40  # letters: its weekday may be written before it
LATIN = re.compile(r"((?<!\w)[A-Za-z][A-Za-z0-9._]+(?:[-/][A-Za-z0-9_]+)*)")  # words and codes
VERBATIM = re.compile(f"({ISOLATE}[^{END_ISOLATE}]*{END_ISOLATE})")


class Counted(int):
    """A number that is written into a sentence as pages write it."""

    def __str__(self) -> str:
        return number(int(self))

    def __format__(self, spec: str) -> str:
        return str(self)


@register.simple_tag
def say(fa: str, en: str, **facts: Any) -> str:
    """The sentence in the language of the request, with facts set in."""
    return (
        Text(fa, en)
        .filled(**{name: Counted(fact) if isinstance(fact, int) else fact for name, fact in facts.items()})
        .to(language())
    )


class LongSentence(Node):
    """A sentence in both languages with what is set into it: `text`."""

    def __init__(self, fa: str, en: str, facts: dict[str, FilterExpression]) -> None:
        self.fa, self.en, self.facts = fa, en, facts

    def render(self, context: Context) -> str:
        return str(conditional_escape(say(self.fa, self.en, **self._set_in(context))))

    def _set_in(self, context: Context) -> dict[str, Any]:
        return {name: expression.resolve(context) for name, expression in self.facts.items()}


@register.tag(name="text")
def long_sentence(parser: Parser, token: Token) -> LongSentence:
    """What is too long for `say` on one line: {% text days=… %} Persian {% english %} English {% endtext %}."""
    facts = token_kwargs(token.split_contents()[1:], parser)
    fa, en = _words_before(parser, "english"), _words_before(parser, "endtext")
    return LongSentence(fa, en, facts)


def _words_before(parser: Parser, end: str) -> str:
    nodes = parser.parse((end,))
    parser.delete_first_token()
    if any(not isinstance(node, TextNode) for node in nodes):
        raise TemplateSyntaxError("What `text` says is plain words: facts stand in it as {name}.")
    return " ".join("".join(node.s for node in nodes if isinstance(node, TextNode)).split())


@register.filter
def translated(text: Text) -> SafeString:
    """A sentence of the house in the language of the request, for the text of a page."""
    return words(text.to(language()))


@register.filter
def plain(text: Text) -> str:
    """The same for an attribute or an option, where there is no markup."""
    return text.to(language())


@register.filter
def words(text: Any) -> SafeString:
    """A text for a page: Latin words and codes in Persian are told apart, so that they are read and ordered rightly."""
    if isinstance(text, SafeString) or language().startswith("en"):
        return conditional_escape(text)
    return SafeString(
        "".join(_set_apart(part, apart=place % 2 == 1) for place, part in enumerate(LATIN.split(str(text))))
    )


def _set_apart(part: str, *, apart: bool) -> SafeString:
    return code(part) if apart else conditional_escape(digits.persian(part))


@register.filter
def sentence(text: str) -> SafeString:
    """A sentence for a page that may hold paths and commands: those stand as they are typed, from left to right."""
    return SafeString(
        "".join(
            format_html('<bdi dir="ltr" lang="en">{}</bdi>', part[1:-1]) if part.startswith(ISOLATE) else words(part)
            for part in VERBATIM.split(text)
        )
    )


@register.filter
def number(value: Any) -> str:
    """A number with groups of thousands, in the digits of the language."""
    grouped = f"{value:,}" if isinstance(value, int | float) else str(value)
    return grouped if language().startswith("en") else digits.persian(grouped.replace(",", "٬").replace(".", "٫"))


@register.filter(name="digits")
def in_digits(text: Any) -> str:
    """What somebody wrote, in the digits of the language. What `told` or `words` made markup of has them already."""
    return text if isinstance(text, SafeString) or language().startswith("en") else digits.persian(str(text))


@register.filter
def day(value: date | None) -> str:
    """A day as it is said: «۲۵ شهریور ۱۴۰۱»."""
    return jalali.spoken(value, language()) if value else ""


@register.filter
def written_day(value: date) -> str:
    """A day in numbers, as its field shows it: «۱۴۰۱/۰۶/۲۵»."""
    return jalali.written(value, language())


@register.filter
def short_day(value: date) -> str:
    """A day as it stands in an address: "1401-06-25"."""
    return jalali.jalali(value)


@register.filter
def code(value: Any) -> SafeString:
    """A code, left to right in any sentence."""
    return format_html('<bdi dir="ltr" lang="en">{}</bdi>', value)


@register.filter
def hour(value: time) -> str:
    """An hour of the day as it is written: «۹:۳۰»."""
    return in_digits(hour_text(value))


@register.filter
def moment(value: datetime | None) -> str:
    """A day with the time of day, as in Iran."""
    if value is None:
        return ""
    there = value.astimezone(TEHRAN)
    return in_digits(
        f"{jalali.spoken(there.date(), language())}، {there:%H:%M}"
        if not language().startswith("en")
        else f"{jalali.spoken(there.date(), language())}, {there:%H:%M}"
    )


@register.filter
def role(value: str) -> str:
    """A role by its code, as it is called."""
    return Role(value).text.to(language()) if value in Role.values else value


@register.simple_tag
def day_box(name: str, value: str, described_by: str = "") -> SafeString:
    """The input of a day where no form draws it; `described_by` is where its fault stands."""
    wrong = {"aria-invalid": "true", "aria-describedby": described_by} if described_by else {}
    return Day().widget.render(name, value, {"maxlength": MOST_OF_A_DAY} | wrong)


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changed: Any) -> str:
    """The query of this page with some of it changed: for links to another page, order or export of what is shown."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changed.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def form_key(context: Any) -> SafeString:
    """The key under which a form is one posting, however often it is posted."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, key_of_form(context["request"]))


@register.filter
def place(division: Division) -> str:
    """A place, as it is called."""
    return in_digits(division.text.to(language()))


@register.filter
def weekday(value: date) -> str:
    """The day of the week, as it is called."""
    return WEEKDAYS[value.weekday()].to(language())


@register.filter
def unlocalised(value: float) -> str:
    """A number as markup wants it, whatever the language."""
    return f"{value:g}"


@register.filter
def post(value: str) -> str:
    """What somebody is named for in a request."""
    return str(next((name for code, name in POSTS if code == value), value))


@register.filter
def visit_state(value: str) -> str:
    """How a visit stands."""
    return STATES[Visit.State(value)].to(language())
