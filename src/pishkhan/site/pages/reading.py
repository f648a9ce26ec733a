"""Pages that are read: the glossary, the methods, and what the house says of itself, its accessibility and privacy."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path, PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.meetings.models import Body, Outcome, Resolution
from pishkhan.meetings.selectors import DECISIONS_ARE_PUBLIC
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import STAFF, everybody, open_to
from pishkhan.people.web.paging import paged
from pishkhan.people.web.request_context import language
from pishkhan.regulation.selectors import NoNumber, number
from pishkhan.site.operations.deployment import deployment

SHIPPED = Path(__file__).parents[1] / "reading"  # in an installed package; in a checkout, the files themselves
ROOT = SHIPPED if SHIPPED.exists() else Path(__file__).parents[4]
METHODS = {
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
    found = deployment()
    place = found.division_id if found else ""
    rule = None
    with suppress(NoNumber):
        rule = number(DECISIONS_ARE_PUBLIC, on=today(), place=place)
    public = rule is not None and rule.binds and bool(rule.value)
    rows = (
        Resolution.objects.filter(item__meeting__body__code=Body.Code.WORKING_GROUP)
        .select_related("case__division")
        .order_by("-decided_on", "-pk")
    )
    page = paged(request, rows if public else rows.none())
    return render(
        request,
        "site/decisions.html",
        {
            "public": public,
            "page": page,
            "citation": rule.citation if rule else None,
            "rows": [
                {
                    "resolution": each,
                    "outcome": Outcome(each.outcome).text,
                    "title": each.case.procedure.title,
                    "kind": OfficeKind(each.case.kind).text,
                }
                for each in page.rows
            ],
        },
    )


@open_to(*STAFF)
def design(request: HttpRequest) -> HttpResponse:
    """The components that pages are made of, each as it looks."""
    return render(request, "site/design.html", {"on": today(), "day_name": language()})


@cache
def _rendered(name: str) -> SafeString:
    text = (ROOT / name).read_text(encoding="utf-8")
    body = text.partition("\n")[2]  # the title stands on the page already
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")  # our own text, and no markup in it
    tokens = reader.parse(body)
    for token in tokens:
        if token.children:
            token.children = list(_with_links_that_lead(token.children))
    html = str(reader.renderer.render(tokens, reader.options, {}))
    return SafeString(html.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<table tabindex="0">'))


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
