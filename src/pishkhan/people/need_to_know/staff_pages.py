"""The page on which one identity number is told, for a reason."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.journal.refusals import Missing
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import said
from pishkhan.people.web.request_context import asker

from .identity import LONGEST, SHORTEST, may_read_identity, reveal_national_id
from .kinds import Datum
from .table import readers_of


class WhatFor(forms.Form):
    reason = forms.CharField(
        min_length=SHORTEST,
        max_length=LONGEST,
        label=said("برای چه کاری", "What for"),
        help_text=said("در دفتر دسترسی‌ها می‌ماند.", "It is kept in the access log."),
    )


@open_to(*readers_of(Datum.IDENTITY))
def national_id(request: HttpRequest, key: int) -> HttpResponse:
    """The national id of a person in the clear, once, after a reason was given."""
    by, person = asker(request), Person.objects.filter(pk=key, erased_on=None).select_related("division").first()
    if person is None or not may_read_identity(by, person):
        raise Missing()
    form = WhatFor(request.POST or None)
    shown = reveal_national_id(person, form.cleaned_data["reason"], by=by) if form.is_valid() else None
    return render(
        request,
        "people/national_id.html",
        {"person": person, "form": form, "number": shown, "reads_people": by.holds(Role.ADMINISTRATOR, over=person)},
        status=422 if form.errors else 200,
    )
