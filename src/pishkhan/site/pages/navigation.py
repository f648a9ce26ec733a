"""What every page stands in: the sections at its top and foot, the day a demo stands at, and how a page refuses."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import resolve, reverse

from pishkhan.demo.stage.cast import APP_KEY, TWO_STEPS
from pishkhan.geography.models import Division
from pishkhan.journal.refusals import Refusal, Unavailable
from pishkhan.journal.storage import refusal_of
from pishkhan.language.text import Text
from pishkhan.people.access import PROGRAMS, STAFF, may_open, roles_held
from pishkhan.people.sign_in.second_factor import code_now
from pishkhan.people.web.form_fields import unavailable
from pishkhan.people.web.request_context import language, shown_province
from pishkhan.site.operations.deployment import deployment, is_demo
from pishkhan.site.provinces.served_provinces import served_provinces

FILLED_IN_WRONGLY = 422
log = logging.getLogger(__name__)
PUBLIC = (
    ("home", Text("یافتن دفتر", "Find an office")),
    ("services", Text("خدمات", "Services")),
    ("calls", Text("درخواست پروانه", "Apply for a licence")),
    ("track", Text("پیگیری درخواست", "Track a request")),
    ("verify_licence", Text("اصالت پروانه", "Verify a licence")),
    ("new_complaint", Text("شکایت", "Complain")),
    ("figures", Text("کارنامه", "Figures")),
)
WORK = (  # what is beside one another at work, each with what it is called together
    (Text("امروز", "Today"), (("today", Text("امروز", "Today")),)),
    (Text("پرونده‌ها", "Cases"), (("cases", Text("پرونده‌ها", "Cases")),)),
    (Text("جلسه‌ها", "Meetings"), (("meetings", Text("جلسه‌ها", "Meetings")),)),
    (
        Text("بازدیدها", "Visits"),
        (
            ("visits", Text("بازدیدها", "Visits")),
            ("my_round", Text("روز من", "My day")),
            ("field", Text("گوشی", "Phone")),
            ("rounds", Text("برنامهٔ بازدید", "Rounds")),
            ("handed_in", Text("گزارش‌های پذیرفته‌نشده", "Refused reports")),
            ("checklist_editions", Text("برگه‌های بازدید", "Checklists")),
        ),
    ),
    (
        Text("دفترها", "Offices"),
        (
            ("register", Text("دفترها", "Register")),
            ("undertakings", Text("تعهدها", "Undertakings")),
            ("catalogue", Text("فهرست خدمات", "Catalogue")),
        ),
    ),
    (
        Text("شکایت و تخلف", "Complaints"),
        (("complaints", Text("شکایت‌ها", "Complaints")), ("violations", Text("تخلف‌ها", "Violations"))),
    ),
    (Text("پرداخت‌ها", "Payments"), (("payments", Text("پرداخت‌ها", "Payments")),)),
    (
        Text("ابلاغ و تبادل", "Service"),
        (("legal_notices", Text("ابلاغ‌ها", "Service of notices")), ("exchange", Text("تبادل", "Exchange"))),
    ),
    (
        Text("راهبری", "Administration"),
        (
            ("people", Text("اشخاص", "People")),
            ("appointments", Text("انتصاب‌ها", "Appointments")),
            ("regulation", Text("مقررات", "Regulation")),
            ("instruments", Text("اسناد قانونی", "Instruments")),
            ("calendar", Text("تقویم", "Calendar")),
            ("system", Text("سامانه", "System")),
        ),
    ),
)
APPLICANTS = (
    (Text("دفتر من", "My office"), (("my_offices", Text("دفتر من", "My office")),)),
    (Text("درخواست‌های من", "My requests"), (("mine", Text("درخواست‌های من", "My requests")),)),
    (Text("جلسه‌ها", "Meetings"), (("meetings", Text("جلسه‌ها", "Meetings")),)),
    (Text("برای همه", "For everybody"), PUBLIC),
)
FOOT = (
    ("sanctions", Text("تنبیه‌های قطعی", "Final sanctions")),
    ("law", Text("عددهای مقررات", "The law's numbers")),
    ("decisions", Text("تصمیم‌ها", "Decisions")),
    ("draws", Text("قرعهٔ بازدیدها", "Draws of visits")),
    ("glossary", Text("واژه‌نامه", "Glossary")),
    ("methods", Text("روش‌ها", "Methods")),
    ("about", Text("درباره", "About")),
    ("accessibility", Text("دسترس‌پذیری", "Accessibility")),
    ("privacy", Text("حریم خصوصی", "Privacy")),
)
OF_A_PROVINCE = ("home", "figures", "sanctions", "decisions", "law", "checklists")  # pages that show one
Pages = tuple[tuple[str, Text], ...]
Groups = tuple[tuple[Text, Pages], ...]
Section = tuple[str, str]


@dataclass(frozen=True)
class Group:
    """Pages beside one another: what they are called together, and the ones that open."""

    name: str
    pages: list[Section]

    @property
    def address(self) -> str:
        return self.pages[0][0]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context that the base template needs."""
    if request.path.startswith(PROGRAMS):
        return {}
    current_deployment = deployment()
    at_work = bool(roles_held(request) & set(STAFF))
    groups = (
        _grouped(request, WORK)
        if at_work
        else _grouped(request, APPLICANTS)
        if request.user.is_authenticated
        else [Group(page[1], [page]) for page in _open(request, PUBLIC)]
    )
    here = max(
        (address for group in groups for address, _ in group.pages if _is_within(request.path, address)),
        key=len,
        default="",
    )
    beside = next((group for group in groups if here in dict(group.pages)), None)
    return {
        "sections": groups,
        "section": beside,
        "here": here,
        "foot": _open(request, PUBLIC + FOOT if at_work else FOOT),
        "provinces": _choices(request),
        "province": shown_province,
        "stands_on": current_deployment.stands_on if current_deployment else None,
        "second_step": _second_step_of_a_demo(request),
    }


def _choices(request: HttpRequest) -> list[Division]:
    """The provinces among which whoever asks may choose on a page that shows one; none where there is but one."""
    match = request.resolver_match
    if match is None or match.url_name not in OF_A_PROVINCE:
        return []
    provinces = served_provinces()
    return provinces if len(provinces) > 1 else []


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says why there is nothing else to see; JSON to programs, bare words where no page can be made."""
    said = refusal.text.to(language())
    if request.path.startswith(PROGRAMS):
        return JsonResponse({"refusal": said}, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    try:
        return render(request, "site/refused.html", {"refusal": said, "page": refusal.page}, status=refusal.status)
    except (Error, OSError):
        if not isinstance(refusal, Unavailable):
            raise
        return HttpResponse(said, status=refusal.status, content_type="text/plain; charset=utf-8")


class Refusals:
    """Middleware: a page that is refused says why, whichever page it is, and so does one that the disk refused."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = unavailable.set(None)
        try:
            answer = self._answer(request)
            status = unavailable.get()
        finally:
            unavailable.reset(token)
        if status and answer.status_code == FILLED_IN_WRONGLY:  # it was not the form's fault
            answer.status_code = status
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refusal):
            return refused(request, error)
        if refusal := refusal_of(error):
            log.error("%s %s: %s (%s)", request.method, request.path, refusal.text.en, error)
        return refused(request, refusal) if refusal else None


def _second_step_of_a_demo(request: HttpRequest) -> dict[str, str] | None:
    """On the page that asks for a code in a demo: whose it is there, the key of its app, and its code now."""
    if request.path != reverse("mfa_authenticate") or not is_demo():
        return None
    return {"username": TWO_STEPS, "key": APP_KEY, "code": code_now(APP_KEY)}


def _grouped(request: HttpRequest, groups: Groups) -> list[Group]:
    """The groups of which something opens; one of which a single page does is called as that page is."""
    opened = [(together, _open(request, pages)) for together, pages in groups]
    return [
        Group(together.to(language()) if len(pages) > 1 else pages[0][1], pages) for together, pages in opened if pages
    ]


def _open(request: HttpRequest, sections: Pages) -> list[Section]:
    signed_in, held = request.user.is_authenticated, roles_held(request)
    addresses = [(reverse(name), text.to(language())) for name, text in sections]
    return [
        (address, name)
        for address, name in addresses
        if may_open(resolve(address).func, signed_in=signed_in, held=held)
    ]


def _is_within(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(address))
