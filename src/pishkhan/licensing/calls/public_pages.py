"""Pages for everybody of calls: where a licence can be asked for, and whether one fits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.casework.selectors import binds, citation_of
from pishkhan.journal.clock import now, today
from pishkhan.licensing.rules.eligibility import FIT, Eligibility, supposed
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import everybody, roles_held
from pishkhan.people.roles import Role
from pishkhan.people.web.request_context import asker

from .selectors import calls_to_withdraw, open_places


@everybody
def calls(request: HttpRequest) -> HttpResponse:
    """Where a licence can be asked for today, and how many places are left."""
    rows = [{"places": place, "label": OfficeKind(place.call.kind).text} for place in open_places(today())]
    directs = Role.DIRECTOR in roles_held(request)
    to_withdraw = list(calls_to_withdraw(asker(request), today())) if directs else []
    context = {"rows": rows, "may_call": directs, "to_withdraw": to_withdraw}
    return render(request, "licensing/calls.html", context)


@everybody
def eligibility(request: HttpRequest) -> HttpResponse:
    """Whether one fits, by the very rules that will be asked of the request. Nothing of it is kept."""
    form = Eligibility(request.GET or None)
    rules: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        case = supposed(**form.cleaned_data)
        rules = [
            {
                "sentence": rule.sentence,
                "citation": citation_of(case, rule),
                "binds": binds(case, rule),
                "unmet": not rule.holds(case, now(), {}),
            }
            for rule in FIT
            if rule.concerns(case)
        ]
    fits = bool(rules) and not any(rule["unmet"] and rule["binds"] for rule in rules)
    return render(
        request,
        "licensing/eligibility.html",
        {"form": form, "rules": rules, "fits": fits},
        status=422 if form.errors else 200,
    )
