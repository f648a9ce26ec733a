"""One's own account."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.geography.models import Division
from pishkhan.language.text import Text

from .appointments.appointment_list import where_of
from .forms import Reached
from .models import Account
from .selectors import email_of, masked, national_id_of, organisations_of
from .services import reach, sign_out_everywhere
from .web.form_fields import done
from .web.request_context import asker, language

KEPT = Text("ثبت شد.", "Saved.")
SIGNED_OUT = Text("از همهٔ دستگاه‌ها خارج شدید. دوباره وارد شوید.", "You are signed out everywhere. Sign in again.")


def account(request: HttpRequest) -> HttpResponse:
    """Who one is here: roles, organisations, and how one signs in."""
    person = asker(request)
    user = request.user
    assert isinstance(user, Account), "a page that asks to sign in"  # noqa: S101
    if request.POST.get("act") == "sign-out":
        sign_out_everywhere(person, by=person)
        messages.success(request, SIGNED_OUT.to(language()))
        return redirect("account_login")
    form = Reached(request.POST or None, initial={"language": person.language, "email": email_of(person)})
    if request.method == "POST" and done(form, lambda **data: reach(person, by=person, **data)):
        messages.success(request, KEPT.to(language()))
        return redirect("account")
    held = person.assignments_today
    regions = Division.objects.in_bulk({assignment.place for assignment in held}, field_name="code")
    return render(
        request,
        "people/account.html",
        {
            "person": person,
            "national_id": masked(national_id_of(person)),
            "username": user.username,
            "assignments": [
                (assignment, where_of(assignment.place, regions.get(assignment.place))) for assignment in held
            ],
            "organisations": organisations_of(person),
            "has_second_factor": is_mfa_enabled(user),
            "form": form,
        },
        status=422 if form.errors else 200,
    )
