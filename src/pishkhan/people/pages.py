"""Pages about oneself: joining, one's account, and what to do when the password is forgotten."""

from allauth.decorators import rate_limit
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from pishkhan.geography.models import Division
from pishkhan.language.text import Text

from .asking import asker, language
from .doors import everybody
from .forms import Joined, Reached
from .models import Account
from .selectors import email_of, masked, national_id_of, organisations_of
from .services import reach, register_applicant
from .stating import done

KEPT = Text("ثبت شد.", "Saved.")
JOINED = Text("نام شما ثبت شد. اکنون وارد شوید.", "You are registered. Sign in now.")


@everybody
@rate_limit(action="signup")  # type: ignore[untyped-decorator]  # allauth is not typed
@sensitive_post_parameters("password")
def join(request: HttpRequest) -> HttpResponse:
    """Enter oneself, to be able to apply."""
    form = Joined(request.POST or None)
    if request.method == "POST" and done(form, lambda **told: register_applicant(
            language="en" if language().startswith("en") else "fa", **told)):
        messages.success(request, JOINED.to(language()))
        return redirect("account_login")
    return render(request, "people/join.html", {"form": form}, status=422 if form.errors else 200)


@everybody
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who helps when a password is forgotten: no letter is sent, the administrator opens the account anew."""
    return render(request, "people/forgotten.html")


def account(request: HttpRequest) -> HttpResponse:
    """Who one is here: roles, organisations, and how one signs in."""
    person = asker(request)
    user = request.user
    assert isinstance(user, Account), "a page that asks to sign in"  # noqa: S101
    form = Reached(request.POST or None, initial={"language": person.language, "email": email_of(person)})
    if request.method == "POST" and done(form, lambda **told: reach(person, by=person, **told)):
        messages.success(request, KEPT.to(language()))
        return redirect("account")
    held = person.assignments_today
    regions = Division.objects.in_bulk({each.place for each in held}, field_name="code")
    return render(request, "people/account.html", {
        "person": person, "national_id": masked(national_id_of(person)), "username": user.username,
        "assignments": [(each, regions.get(each.place)) for each in held],
        "organisations": organisations_of(person), "has_second_factor": is_mfa_enabled(user),
        "form": form}, status=422 if form.errors else 200)
