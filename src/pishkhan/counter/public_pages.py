"""Pages for everybody of what counter offices offer: services with tariff, papers and term, and who offers one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.journal.clock import today
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import everybody

from .staff_pages import by_agency, service_of


@everybody
def services(request: HttpRequest) -> HttpResponse:
    """What is served at counters, by agency, with what it costs."""
    q = request.GET.get("q", "").strip()[:100]
    return render(request, "counter/services.html", {"q": q, "agencies": by_agency(q)})


@everybody
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service: what it costs and cost, what to bring, and where it is offered."""
    found = service_of(code)
    tariffs = list(found.tariffs.order_by("-valid_from"))
    return render(
        request,
        "counter/service.html",
        {
            "service": found,
            "papers": found.papers.order_by("position"),
            "tariffs": tariffs,
            "on": today(),
            "kind": OfficeKind(found.kind).text if found.kind else None,
            "amount": found.amount,
            "offices": found.offerings.count(),
        },
    )
