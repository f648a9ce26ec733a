"""What every page stands in: the sections at its top, and the day a demo stands at."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text
from pishkhan.people.asking import language

from .deployment import deployment

SECTIONS = (
    ("home", Text("یافتن دفتر", "Find an office")), ("track", Text("پیگیری درخواست", "Track a request")),
    ("figures", Text("کارنامه", "Figures")), ("law", Text("عددهای مقررات", "The law's numbers")),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the base template needs."""
    if request.path.startswith(("/api/", "/_allauth/")):
        return {}
    found = deployment()
    return {"sections": [(reverse(name), text.to(language())) for name, text in SECTIONS],
            "stands_on": found.stands_on if found else None}


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says why there is nothing else to see."""
    return render(request, "site/refused.html", {"refusal": refusal.text.to(language())}, status=refusal.status)
