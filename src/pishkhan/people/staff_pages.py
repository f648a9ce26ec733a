"""Pages of the administrator: people and organisations, the roles they hold, and who may sign in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text

from .access import open_to
from .appointments.appointment_list import where_of
from .forms import Assigned, Ended, Entered, Erased, Organised
from .models import Account, Person
from .person_list import PersonList
from .roles import Role
from .selectors import masked, national_id_of, phone_of, within
from .services import (
    assign,
    close_account,
    end_assignment,
    enter_or_find_person,
    enter_organisation,
    erase,
    sign_out_everywhere,
)
from .web.form_fields import done, form_page
from .web.request_context import asker, language

TOLD = {
    "assign": Text("نقش سپرده شد.", "The role is assigned."),
    "end": Text("پایان نقش ثبت شد.", "The role is ended."),
    "close": Text("حساب بسته شد.", "The account is closed."),
    "sign-out": Text("از همهٔ دستگاه‌ها خارج شد.", "Signed out everywhere."),
    "erase": Text("آنچه این شخص را می‌شناساند پاک شد.", "What identified the person is erased."),
    "enter": Text("ثبت شد.", "Entered."),
}
ENTER = Text("ثبت", "Enter")
FORMS: dict[str, type[forms.Form]] = {
    "assign": Assigned,
    "end": Ended,
    "close": forms.Form,
    "sign-out": forms.Form,
    "erase": Erased,
}


@open_to(*PersonList.roles)
def people(request: HttpRequest) -> HttpResponse:
    """The people of one's region, by name."""
    return PersonList.answer(request)


@open_to(Role.ADMINISTRATOR)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a person, or find who has the national id."""
    form = Entered(request.POST or None)
    matches: list[Person] = []
    if request.method == "POST" and done(
        form, lambda **data: matches.append(enter_or_find_person(asker(request), role=Role.ADMINISTRATOR, **data))
    ):
        return redirect("person", key=matches[0].pk)
    return form_page(request, form, Text("ثبت شخص", "Enter a person"), ENTER)


@open_to(Role.ADMINISTRATOR)
def organise(request: HttpRequest) -> HttpResponse:
    """Enter a company, a public body or a guild."""
    form = Organised(request.POST or None)
    if request.method == "POST" and done(
        form, lambda **data: enter_organisation(asker(request), role=Role.ADMINISTRATOR, **data)
    ):
        messages.success(request, TOLD["enter"].to(language()))
        return redirect("people")
    return form_page(request, form, Text("ثبت شخص حقوقی", "Enter an organisation"), ENTER)


@open_to(Role.ADMINISTRATOR)
def person(request: HttpRequest, key: int) -> HttpResponse:
    """A person with the roles they hold and held, and how they sign in."""
    person = (
        within(Person.objects.filter(erased_on=None), asker(request), [Role.ADMINISTRATOR])
        .select_related("division")
        .filter(pk=key)
        .first()
    )
    if person is None:
        raise Missing()
    name = request.POST.get("act", "")
    tried = FORMS[name](request.POST) if name in FORMS else None
    if tried is not None and done(tried, lambda **data: _act(name, request, person, data)):
        messages.success(request, TOLD[name].to(language()))
        return redirect("people") if name == "erase" else redirect("person", key=key)
    access.note(asker(request).ref, person.subject, "person")
    held = list(person.assignments.select_related("organisation").order_by("-from_on", "-pk"))
    regions = Division.objects.in_bulk({assignment.place for assignment in held}, field_name="code")
    return render(
        request,
        "people/person.html",
        {
            "person": person,
            "national_id": masked(national_id_of(person)),
            "phone": phone_of(person),
            "assignments": [
                (assignment, where_of(assignment.place, regions.get(assignment.place))) for assignment in held
            ],
            "on": today(),
            "account": Account.objects.filter(person=person).first(),
            "assign": tried if name == "assign" else Assigned(initial={"from_on": today()}),
            "end": tried if name == "end" else Ended(initial={"on": today()}),
            "erase": tried if name == "erase" else Erased(),
            "refused": tried,
        },
        status=422 if tried is not None else 200,
    )


def _act(name: str, request: HttpRequest, person: Person, data: dict[str, Any]) -> None:
    by = asker(request)
    if name == "assign":
        division = data.pop("place")
        assign(person, place=division.code, by=by, **data)
    elif name == "end":
        key = request.POST.get("assignment", "")
        row = person.assignments.filter(pk=int(key) if key.isascii() and key.isdigit() else 0).first()
        if row is None:
            raise Missing()
        end_assignment(row, by=by, **data)
    elif name == "erase":
        erase(person, by=by, reason=data["reason"])
    elif name == "sign-out":
        sign_out_everywhere(person, by=by, role=Role.ADMINISTRATOR)
    else:
        close_account(person, by=by)
