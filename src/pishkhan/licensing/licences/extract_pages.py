"""Asking for the document of a licence, as the register knows it today."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import Licence
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language

from .extracts import issue_extract

TITLE = Text("صدور رونوشت ثبت", "Issue an extract of the register")
INTRO = Text(
    "سندی با شماره و تاریخ امروز از آنچه ثبت اکنون دربارهٔ پروانهٔ {number} می‌داند صادر می‌شود.",
    "A document with a number and today's date goes out, of what the register knows of licence {number} now.",
)
ISSUED = Text("سند صادر شد.", "The document is issued.")


@open_to(Role.EXPERT)
def extract(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Let a document of a licence go out: an expert of its place."""
    expert = asker(request)
    licence = (
        Licence.objects.filter(in_places(expert, (Role.EXPERT,)), office__code=code, pk=key)
        .select_related("office", "division")
        .first()
    )
    if licence is None:
        raise Missing()
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(form, lambda: issue_extract(licence, by=expert)):
        messages.success(request, ISSUED.to(language()))
        return redirect("history", code=code)
    return form_page(
        request, form, TITLE, TITLE, intro=INTRO.filled(number=licence.number).to(language()), back=f"/register/{code}/"
    )
