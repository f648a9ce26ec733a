"""Opening a call, for the director."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language

from .forms import Called, CallWithdrawn
from .selectors import calls_to_withdraw
from .services import open_call, withdraw_call

IS_WITHDRAWN = Text("فراخوان پس گرفته شد.", "The call is withdrawn.")


@open_to(Role.DIRECTOR)
def call(request: HttpRequest) -> HttpResponse:
    """Call for requests: the director."""
    form = Called(request.POST or None, initial={"opens_on": today()})
    if request.method == "POST" and done(
        form,
        lambda division, count, **data: open_call(
            division=data.pop("within"), places={division.code: count}, by=asker(request), **data
        ),
    ):
        return redirect("calls")
    return form_page(request, form, Text("فراخوان تازه", "New call"), Text("باز کردن", "Open"))


@open_to(Role.DIRECTOR)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a call back that was opened by mistake."""
    by = asker(request)
    row = calls_to_withdraw(by, today()).filter(pk=key).first()
    if row is None:
        raise Missing()
    form = CallWithdrawn(request.POST or None)
    if request.method == "POST" and done(form, lambda reasons: withdraw_call(row, reasons=reasons, by=by)):
        messages.success(request, IS_WITHDRAWN.to(language()))
        return redirect("calls")
    context = {"form": form, "call": row}
    return render(request, "licensing/withdraw_call.html", context, status=422 if form.errors else 200)
