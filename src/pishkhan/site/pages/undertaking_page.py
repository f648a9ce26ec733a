"""The page of an undertaking: of the register, with what a visit found, if it is to be remedied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.inspections.visits.list_filters import remedies_of
from pishkhan.offices.undertakings.pages import undertaking_told


def undertaking(request: HttpRequest, key: int) -> HttpResponse:
    """One undertaking: what is owed and of what it is the remedy, its proof, what was done about it and can be."""
    told = undertaking_told(request, key)
    return render(request, "site/undertaking.html", told | {"remedy": remedies_of([told["row"]]).get(key)})
