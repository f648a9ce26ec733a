"""Pages that are read: the glossary, the methods, and what the house says of itself, its accessibility and privacy."""

from contextlib import suppress
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.meetings.models import Outcome, Resolution
from pishkhan.meetings.selectors import DECISIONS_ARE_PUBLIC
from pishkhan.offices.models import OfficeKind
from pishkhan.people.asking import language
from pishkhan.people.doors import STAFF, everybody, open_to
from pishkhan.people.paging import paged
from pishkhan.regulation.selectors import NoNumber, number

from .deployment import deployment

SHIPPED = Path(__file__).parent / "reading"  # in an installed package; in a checkout, the files themselves
ROOT = SHIPPED if SHIPPED.exists() else Path(__file__).parents[3]
METHODS = {"access": Text("دسترسی به خط راست", "Straight-line access"), "measures": Text("سنجه‌ها", "Measures"),
           "credentials": Text("پروانهٔ امضاشده", "Signed licences")}


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
    rows = Resolution.objects.select_related("case__division").order_by("-decided_on", "-pk")
    page = paged(request, rows if public else rows.none())
    return render(request, "site/decisions.html", {
        "public": public, "page": page, "citation": rule.citation if rule else None,
        "rows": [{"resolution": each, "outcome": Outcome(each.outcome).text, "title": each.case.procedure.title,
                  "kind": OfficeKind(each.case.kind).text} for each in page.rows]})


@open_to(*STAFF)
def design(request: HttpRequest) -> HttpResponse:
    """The components that pages are made of, each as it looks."""
    return render(request, "site/design.html", {"on": today(), "day_name": language()})


@cache
def _rendered(name: str) -> SafeString:
    text = (ROOT / name).read_text(encoding="utf-8")
    body = text.partition("\n")[2]  # the title stands on the page already
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)  # our own text, and no markup in it
    return SafeString(html.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<table tabindex="0">'))
