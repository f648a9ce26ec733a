"""Pages of applicants: where a licence can be asked for, whether one fits, and beginning a request."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.casework.models import Case
from pishkhan.casework.selectors import binds, citation_of
from pishkhan.journal.clock import now, today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.licensing.models import Places
from pishkhan.licensing.rules.eligibility import FIT, Eligibility, supposed
from pishkhan.limits.posting import once, posting_of
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import everybody, open_to, roles_held
from pishkhan.people.models import Organisation
from pishkhan.people.quotas import ask_draft
from pishkhan.people.roles import Role
from pishkhan.people.selectors import organisations_of
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker

from .forms import Called, Requested
from .selectors import open_places
from .services import open_call, open_request


@everybody
def calls(request: HttpRequest) -> HttpResponse:
    """Where a licence can be asked for today, and how many places are left."""
    rows = [{"places": each, "label": OfficeKind(each.call.kind).text} for each in open_places(today())]
    return render(request, "licensing/calls.html", {"rows": rows, "may_call": Role.DIRECTOR in roles_held(request)})


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
    fits = bool(rules) and not any(each["unmet"] and each["binds"] for each in rules)
    return render(
        request,
        "licensing/eligibility.html",
        {"form": form, "rules": rules, "fits": fits},
        status=422 if form.errors else 200,
    )


def begin(request: HttpRequest, key: int) -> HttpResponse:
    """Begin a request under a call: a draft, which can be gone on with on any device."""
    places = open_places(today()).filter(pk=key).first()
    if places is None:
        raise Missing()
    person = asker(request)
    form = Requested(
        request.POST or None,
        organisations=organisations_of(person),
        needs_company=places.call.kind == OfficeKind.COUNTER,
    )
    found: list[Any] = []

    def ask(applicant: str) -> None:
        organisation = Organisation.objects.filter(pk=int(applicant)).first() if applicant != "me" else None
        place = Places.objects.select_related("call", "division").get(pk=key)

        def begun() -> Case:
            ask_draft(request)
            return open_request(place, by=person, for_organisation=organisation)

        found.append(once(posting_of(request, "request", person.ref), begun, Case.objects.all()))

    if request.method == "POST" and done(form, ask):
        return redirect("case", number=found[0].number)
    return render(
        request,
        "licensing/begin.html",
        {"form": form, "places": places, "label": OfficeKind(places.call.kind).text},
        status=422 if form.errors else 200,
    )


@open_to(Role.DIRECTOR)
def call(request: HttpRequest) -> HttpResponse:
    """Call for requests: the director."""
    form = Called(request.POST or None, initial={"opens_on": today()})
    if request.method == "POST" and done(
        form,
        lambda division, count, **told: open_call(
            division=told.pop("within"), places={division.code: count}, by=asker(request), **told
        ),
    ):
        return redirect("calls")
    return form_page(request, form, Text("فراخوان تازه", "New call"), Text("باز کردن", "Open"))
