"""Beginning a request under a call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.casework.models import Case
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.licensing.models import Places
from pishkhan.limits.posting import once, posting_of
from pishkhan.offices.models import OfficeKind
from pishkhan.people.models import Organisation
from pishkhan.people.selectors import organisations_of
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.quotas import ask_draft
from pishkhan.people.web.request_context import asker

from .forms import Requested
from .selectors import open_places
from .services import open_request


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
