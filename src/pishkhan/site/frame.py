"""What every page stands in: the sections at its top and foot, the day a demo stands at, and how a page refuses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse

from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text
from pishkhan.people.asking import language
from pishkhan.people.doors import PROGRAMS, STAFF, may_open, roles_held

from .deployment import deployment

PUBLIC = (
    ("home", Text("یافتن دفتر", "Find an office")), ("services", Text("خدمات", "Services")),
    ("calls", Text("درخواست پروانه", "Apply for a licence")),
    ("track", Text("پیگیری درخواست", "Track a request")), ("verify_licence", Text("اصالت پروانه", "Verify a licence")),
    ("new_complaint", Text("شکایت", "Complain")), ("figures", Text("کارنامه", "Figures")),
)
WORK = (
    ("today", Text("امروز", "Today")), ("cases", Text("پرونده‌ها", "Cases")),
    ("meetings", Text("جلسه‌ها", "Meetings")), ("visits", Text("بازدیدها", "Visits")),
    ("field", Text("گوشی", "Phone")),
    ("rounds", Text("برنامهٔ بازدید", "Rounds")), ("my_round", Text("روز من", "My day")),
    ("register", Text("دفترها", "Register")), ("undertakings", Text("تعهدها", "Undertakings")),
    ("complaints", Text("شکایت‌ها", "Complaints")), ("violations", Text("تخلف‌ها", "Violations")),
    ("people", Text("اشخاص", "People")),
    ("regulation", Text("مقررات", "Regulation")), ("catalogue", Text("فهرست خدمات", "Catalogue")),
    ("exchange", Text("تبادل", "Exchange")), ("payments", Text("پرداخت‌ها", "Payments")),
    ("legal_notices", Text("ابلاغ‌ها", "Service")), ("system", Text("سامانه", "System")),
    ("handed_in", Text("ردشده‌ها", "Refused reports")),
)
APPLICANTS = (("my_offices", Text("دفتر من", "My office")), ("mine", Text("درخواست‌های من", "My requests")),
              ("meetings", Text("جلسه‌ها", "Meetings")))
FOOT = (
    ("sanctions", Text("تنبیه‌های قطعی", "Final sanctions")),
    ("law", Text("عددهای مقررات", "The law's numbers")), ("decisions", Text("تصمیم‌ها", "Decisions")),
    ("draws", Text("قرعهٔ بازدیدها", "Draws of visits")),
    ("glossary", Text("واژه‌نامه", "Glossary")), ("methods", Text("روش‌ها", "Methods")),
    ("about", Text("درباره", "About")), ("accessibility", Text("دسترس‌پذیری", "Accessibility")),
    ("privacy", Text("حریم خصوصی", "Privacy")),
)
Sections = list[tuple[str, str]]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the base template needs."""
    if request.path.startswith(PROGRAMS):
        return {}
    found = deployment()
    at_work = bool(roles_held(request) & set(STAFF))
    own = WORK if at_work else APPLICANTS if request.user.is_authenticated else ()
    sections = _open(request, own) if at_work else _open(request, own + PUBLIC)
    return {"sections": sections, "foot": _open(request, PUBLIC + FOOT if at_work else FOOT),
            "here": next((address for address, _ in reversed(sections) if _is_within(request.path, address)), ""),
            "stands_on": found.stands_on if found else None}


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says why there is nothing else to see."""
    return render(request, "site/refused.html", {"refusal": refusal.text.to(language())}, status=refusal.status)


class Refusals:
    """Middleware: a page that is refused says why, whichever page it is."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refused(request, error) if isinstance(error, Refusal) else None


def _open(request: HttpRequest, sections: tuple[tuple[str, Text], ...]) -> Sections:
    signed_in, held = request.user.is_authenticated, roles_held(request)
    addresses = [(reverse(name), text.to(language())) for name, text in sections]
    return [(address, name) for address, name in addresses
            if may_open(resolve(address).func, signed_in=signed_in, held=held)]


def _is_within(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
