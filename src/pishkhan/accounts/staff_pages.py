"""Accounts as those see them who open them, and the letters in two halves: nobody here sees a password or a whole "
"code."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.models import Account, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language

from .forms import SENT, WAYS_OFFERED, LetterForm, OpeningForm, WayForm
from .letters import (
    PRINTERS,
    PrintedHalf,
    halves_to_print,
    holder_of,
    letters_seen_by,
    print_first_half,
    print_second_half,
    printers_beside,
    withdraw_letter,
)
from .models import OneTimeCode, Way
from .refusals import NoLetter
from .secret_codes import live
from .services import BY_MESSAGE, open_with_code, reopen_account, send_code

OPENED = Text("حساب باز شد؛ گذرواژه را دارندهٔ آن برمی‌گزیند.", "The account is open; its holder chooses the password.")
WITHDRAWN = Text("نامه پس گرفته شد.", "The letter is withdrawn.")
FORMS: dict[str, type[WayForm]] = {"open": OpeningForm, "send": WayForm, "reopen": WayForm}
ACTS: dict[str, Callable[..., Any]] = {"open": open_with_code, "send": send_code, "reopen": reopen_account}
DONE = {"open": OPENED, "send": SENT, "reopen": OPENED}


@open_to(Role.ADMINISTRATOR)
def person_account(request: HttpRequest, key: int) -> HttpResponse:
    """How a person comes to sign in: opening their account, or again, and sending a code."""
    person = within(Person.objects.filter(erased_on=None), asker(request), [Role.ADMINISTRATOR]).filter(pk=key).first()
    if person is None:
        raise Missing()
    name = request.POST.get("act", "")
    tried = FORMS[name](request.POST, ways=_ways(name)) if name in FORMS else None
    if tried is not None and done(tried, lambda **data: ACTS[name](person, by=asker(request), **data)):
        messages.success(request, DONE[name].to(language()))
        return redirect("person_account", key=key)
    access.note(asker(request).ref, person.subject, "account")
    account = Account.objects.filter(person=person).first()
    codes = live(OneTimeCode.objects.filter(person=person)).order_by("-pk")
    return render(
        request,
        "accounts/person_account.html",
        {
            "person": person,
            "account": account,
            "has_password": account is not None and account.has_usable_password(),
            "codes": [(code, code.purpose_text(language()), code.way_text(language())) for code in codes],
            "refused": tried,
            **{other: tried if other == name else form(ways=_ways(other)) for other, form in FORMS.items()},
        },
        status=422 if tried is not None else 200,
    )


@open_to(*PRINTERS)
def account_letters(request: HttpRequest) -> HttpResponse:
    """The letters under way: beginning one, and printing the second halves of those that others began."""
    by, name = asker(request), request.POST.get("act", "")
    form = LetterForm(request.POST if name == "first" else None, initial={"username": request.GET.get("username", "")})
    tried = form if name == "first" else forms.Form(request.POST or None)
    results: list[PrintedHalf | None] = []
    if request.method == "POST" and done(tried, lambda **data: results.append(_letter_act(request, by, data))):
        if printed := results[0]:
            address = request.build_absolute_uri(reverse("account_code"))
            return render(request, "accounts/half.html", {"printed": printed, "address": address})
        messages.success(request, WITHDRAWN.to(language()))
        return redirect("account_letters")
    rows = list(letters_seen_by(by))
    waiting = set(halves_to_print(by).values_list("pk", flat=True))
    printers = Person.objects.in_bulk([_key_in(row.first_by) for row in rows])
    letters = [
        (row, row.purpose_text(language()), printers.get(_key_in(row.first_by)), row.pk in waiting, _is_stuck(row))
        for row in rows
    ]
    return render(
        request,
        "accounts/letters.html",
        {"form": form, "refused": tried, "letters": letters},
        status=422 if tried.errors else 200,
    )


def _is_stuck(row: OneTimeCode) -> bool:
    """Whether nobody is there to print the second half."""
    return not row.second_by and not printers_beside(row)


def _ways(name: str) -> tuple[Way, ...]:
    return BY_MESSAGE if name == "send" else WAYS_OFFERED


def _key_in(ref: str) -> int:
    return int(ref.rpartition(":")[2])


def _letter_act(request: HttpRequest, by: Person, data: dict[str, Any]) -> PrintedHalf | None:
    if data:
        return print_first_half(holder_of(data["username"], by), purpose=data["purpose"], by=by)
    key = request.POST.get("letter", "")
    row = letters_seen_by(by).filter(pk=int(key) if key.isascii() and key.isdigit() else 0).first()
    if row is None:
        raise NoLetter()
    if request.POST.get("act") == "withdraw":
        withdraw_letter(row, by=by)
        return None
    return print_second_half(row, by=by)
