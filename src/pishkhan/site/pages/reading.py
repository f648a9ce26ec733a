"""Pages that are read: the glossary, the methods, and what the house says of itself, its accessibility and privacy."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF, everybody, open_to
from pishkhan.people.web.request_context import language

from .public_lists import DecisionList

SHIPPED = Path(__file__).parents[1] / "reading"  # in an installed package; in a checkout, the files themselves
ROOT = SHIPPED if SHIPPED.exists() else Path(__file__).parents[4]
METHODS = {
    "need-to-know": Text("چه کسی چه می‌خواند", "Who may read what"),
    "access": Text("دسترسی به خط راست", "Straight-line access"),
    "measures": Text("سنجه‌ها", "Measures"),
    "credentials": Text("پروانهٔ امضاشده", "Signed licences"),
    "legal-clock": Text("ساعت قانونی", "The legal clock"),
    "bank-file": Text("پروندهٔ بانک", "The bank's file"),
    "exchange": Text("بسته‌های تبادل", "Exchange packages"),
    "siting": Text("جایابی", "Siting"),
    "field": Text("گوشی بازرس", "The inspector's phone"),
    "rounds": Text("برنامهٔ بازدید", "Rounds of visits"),
}


@everybody
def glossary(request: HttpRequest) -> HttpResponse:
    """Every term of the field in both languages."""
    title = Text("واژه‌نامه", "Glossary")
    return render(request, "site/reading.html", {"title": title, "text": _rendered("GLOSSARY.md")})


@everybody
def methods(request: HttpRequest) -> HttpResponse:
    """How what is measured is measured."""
    return render(request, "site/methods.html", {"methods": list(METHODS.items())})


@everybody
def method(request: HttpRequest, name: str) -> HttpResponse:
    """One method."""
    if name not in METHODS:
        raise Missing()
    return render(request, "site/reading.html", {"title": METHODS[name], "text": _rendered(f"docs/methods/{name}.md")})


@everybody
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about.html")


@everybody
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@everybody
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


@everybody
def decisions(request: HttpRequest) -> HttpResponse:
    """What the working group resolved, where an adopted rule makes that public: nothing about persons."""
    return DecisionList.answer(request)


@open_to(*STAFF)
def design(request: HttpRequest) -> HttpResponse:
    """The components that pages are made of, each as it looks."""
    return render(request, "site/design.html", {"on": today(), "day_name": language()})


@cache
def _rendered(name: str) -> SafeString:
    text = (ROOT / name).read_text(encoding="utf-8")
    body = text.partition("\n")[2]  # the title stands on the page already
    options = {"html": False, "highlight": _code}  # our own text, and no markup in it
    reader = MarkdownIt("commonmark", options).enable("table")
    tokens = reader.parse(body)
    for token in tokens:
        if token.type in ("table_open", "code_block"):
            token.attrSet("tabindex", "0")
        if token.children:
            token.children = list(_with_links_that_lead(token.children))
    return SafeString(reader.renderer.render(tokens, reader.options, {}))


def _code(content: str, name: str, _: str) -> SafeString:
    """A block of code: what may scroll sideways is reached by the keyboard, as a table is."""
    return format_html('<pre tabindex="0"><code class="language-{}">{}</code></pre>', name, content)


def _with_links_that_lead(tokens: list[Token]) -> Iterator[Token]:
    """The tokens of a line without the links to files that have no page here; a method's file becomes its page."""
    leads = True
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            name = PurePosixPath(address).stem if address.endswith(".md") else ""
            leads = name in METHODS or address.startswith(("#", "https://"))
            if name in METHODS:
                token.attrs["href"] = reverse("method", args=[name])
        if leads or token.type not in ("link_open", "link_close"):
            yield token
