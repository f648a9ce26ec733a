"""The page that an inspector's phone installs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from pishkhan.people.access import open_to
from pishkhan.people.roles import Role


@open_to(Role.INSPECTOR)
@require_safe
@ensure_csrf_cookie
def field(request: HttpRequest) -> HttpResponse:
    """The shell, alike for everybody: what it shows comes from what lies encrypted on the phone."""
    return render(request, "inspections/field.html")
