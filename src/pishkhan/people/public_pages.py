"""What to do when the password is forgotten."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .access import everybody


@everybody
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who helps when a password is forgotten: no letter is sent, the administrator opens the account anew."""
    return render(request, "people/forgotten.html")
