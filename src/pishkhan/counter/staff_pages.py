"""Pages of the expert who keeps the service catalogue."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.calendar_names import WEEK
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language

from .forms import AgencyForm, Described, Papers, ServiceForm, TariffForm
from .models import Agency, Profile
from .selectors import offices_by_service, services_on
from .services import (
    ask_papers,
    describe_office,
    enter_agency,
    enter_service,
    set_tariff,
    withdraw_service,
)

SAVED = Text("ثبت شد.", "Saved.")


@open_to(Role.EXPERT)
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue to be edited."""
    q = request.GET.get("q", "").strip()[:100]
    return render(request, "counter/catalogue.html", {"q": q, "agencies": by_agency(q)})


@open_to(Role.EXPERT)
def new_agency(request: HttpRequest) -> HttpResponse:
    """Enter an agency."""
    form, by = AgencyForm(request.POST or None), asker(request)
    if request.method == "POST" and done(
        form,
        lambda code, name_fa, name_en, division: enter_agency(
            code=code, name=Text(name_fa, name_en), division=division, by=by
        ),
    ):
        return _saved(request, "catalogue")
    return form_page(request, form, Text("دستگاه تازه", "New agency"))


@open_to(Role.EXPERT)
def new_service(request: HttpRequest) -> HttpResponse:
    """Enter a service, with its first tariff and papers."""
    by = asker(request)
    form = ServiceForm(
        request.POST or None, agencies=within(Agency.objects.order_by("pk"), by), initial={"valid_from": today()}
    )

    def enter(name_fa: str, name_en: str, papers: list[Text], **data: Any) -> None:
        enter_service(name=Text(name_fa, name_en), papers=papers, by=by, **data)

    if request.method == "POST" and done(form, enter):
        return _saved(request, "catalogue")
    return form_page(request, form, Text("خدمت تازه", "New service"))


@open_to(Role.EXPERT)
def edit_service(request: HttpRequest, code: str) -> HttpResponse:
    """A service to be edited: its next tariff, its papers, and withdrawing it."""
    by, service = asker(request), service_of(code)
    name = request.POST.get("act", "")
    tariff = TariffForm(request.POST if name == "tariff" else None, initial={"valid_from": today()})
    papers = Papers(
        request.POST if name == "papers" else None,
        initial={"papers": Papers.written([paper.name for paper in service.papers.order_by("position")])},
    )
    if (name == "tariff" and done(tariff, lambda **data: set_tariff(service, by=by, **data))) or (
        name == "papers" and done(papers, lambda papers: ask_papers(service, papers, by=by))
    ):
        return _saved(request, "edit_service", code=code)
    if name == "withdraw":
        withdraw_service(service, by=by)
        return _saved(request, "catalogue")
    return render(
        request,
        "counter/edit_service.html",
        {"service": service, "tariffs": service.tariffs.order_by("-valid_from"), "tariff": tariff, "papers": papers},
        status=422 if tariff.errors or papers.errors else 200,
    )


@open_to(Role.EXPERT)
def describe(request: HttpRequest, code: str) -> HttpResponse:
    """What an office says of itself: when it is open, what it offers."""
    by = asker(request)
    office = within(Office.objects.all(), by).filter(code=code).first()
    if office is None:
        raise Missing()
    profile = Profile.objects.filter(office=office).prefetch_related("hours", "offerings").first()
    offered = services_on(today()).filter(kind__in=["", office.kind])
    form = Described(request.POST or None, services=offered, initial=_described(profile))
    if request.method == "POST" and done(
        form, lambda **data: describe_office(office, by=by, **Described.values_of(data))
    ):
        return _saved(request, "history", code=code)
    return form_page(request, form, Text("آنچه دفتر از خود می‌گوید", "What the office says of itself"))


def _described(profile: Profile | None) -> dict[str, Any]:
    if profile is None:
        return {}
    hours: dict[int, list[str]] = {}
    for hour in sorted(profile.hours.all(), key=lambda row: row.opens):
        hours.setdefault(hour.weekday, []).append(f"{hour.opens:%H:%M}-{hour.closes:%H:%M}")
    return {
        "phone": profile.phone,
        "step_free": profile.step_free,
        "services": [offering.service_id for offering in profile.offerings.all()],
    } | {f"day-{day}": " ".join(hours.get(day, ())) for day in range(len(WEEK))}


def by_agency(q: str) -> list[dict[str, Any]]:
    agencies: dict[int, dict[str, Any]] = {}
    offices = offices_by_service()
    for service in services_on(today(), q=q):
        service.offices = offices.get(service.pk, 0)
        agencies.setdefault(service.agency_id, {"agency": service.agency, "services": []})["services"].append(service)
    return list(agencies.values())


def service_of(code: str) -> Any:
    service = services_on(today()).filter(code=code).first()
    if service is None:
        raise Missing()
    return service


def _saved(request: HttpRequest, name: str, **parts: str) -> HttpResponse:
    messages.success(request, SAVED.to(language()))
    return redirect(reverse(name, kwargs=parts))
