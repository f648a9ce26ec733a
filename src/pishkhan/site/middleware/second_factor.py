"""Staff and members set up a second factor: reminded after signing in, and led there first once it is required.

Nobody is locked out by it: one's own account, the pages for everybody and signing out stay open. The demo is exempt, as
its accounts share a password that is told to everybody.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from pishkhan.accounts.second_factor.refusals import SecondFactorFirst
from pishkhan.accounts.second_factor.requirement import Requirement, requirement_in
from pishkhan.journal.clock import today
from pishkhan.journal.read_once import once
from pishkhan.language.text import Text
from pishkhan.meetings.models import Membership
from pishkhan.people.access import PROGRAMS, STAFF, roles_held
from pishkhan.people.models import Account
from pishkhan.people.sign_in.second_factor import has_second_factor
from pishkhan.people.web.request_context import asker, language
from pishkhan.site.operations.deployment import is_demo

OPEN = ("/account/", "/sign-out/", "/sign-in/", "/language/")
OPEN_TO_PROGRAMS = "/api/me"
WHERE = "/account/second-factor/"
REMINDED = "reminded_of_second_factor"  # in the session: once is enough
REMINDER = Text(
    "گام دوم ورود برای حساب شما خاموش است. برای کارکنان و اعضا لازم می‌شود: در «حساب من» روشنش کنید.",
    "The second step of signing in is off for your account. Staff and members will need it: turn it on in “My "
    "account”.",
)


class SecondFactor:
    """Middleware: whoever needs a second factor and has none is reminded, or led to where it is set up."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._answer(request)

    def process_view(self, request: HttpRequest, page: Any, args: Any, named: Any) -> HttpResponseBase | None:
        if request.path.startswith(WHERE):
            request.second_factor_due = missing_second_factor(request)  # type: ignore[attr-defined]  # said by the page
        if request.path.startswith((*PROGRAMS, *OPEN)) or not getattr(page, "login_required", True):
            return None
        requirement = missing_second_factor(request)
        if requirement is None:
            return None
        if requirement.binds:
            return redirect("mfa_index")
        if not request.session.get(REMINDED):
            request.session[REMINDED] = True
            messages.warning(request, REMINDER.to(language()))
        return None


def ask_second_factor(request: HttpRequest) -> None:
    """Refuse a program of who needs a second factor today and has none; one's own account stays open to it."""
    if request.path.startswith(OPEN_TO_PROGRAMS):
        return
    requirement = missing_second_factor(request)
    if requirement is not None and requirement.binds:
        raise SecondFactorFirst()


def missing_second_factor(request: HttpRequest) -> Requirement | None:
    """What is required of whoever asks and not done: None for who has a second factor, or needs none."""
    return once((Requirement, request.user.pk), lambda: _missing(request))  # pages ask what the middleware asked


def _missing(request: HttpRequest) -> Requirement | None:
    account = request.user
    if not isinstance(account, Account) or has_second_factor(account) or is_demo():
        return None
    if not roles_held(request) & set(STAFF) and not _is_member(request):
        return None
    return requirement_in(account.person.division_id)


def _is_member(request: HttpRequest) -> bool:
    """Whether whoever asks sits somewhere today, as a member or a deputy."""
    on = today()
    in_force = Q(until_on=None) | Q(until_on__gte=on)
    of_seats = Q(seat__until_on=None) | Q(seat__until_on__gte=on)
    return Membership.objects.filter(in_force, of_seats, person_id=asker(request).pk, from_on__lte=on).exists()
