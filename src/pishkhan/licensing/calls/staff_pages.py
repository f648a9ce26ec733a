"""Opening a call, for the director."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker

from .forms import Called
from .services import open_call


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
