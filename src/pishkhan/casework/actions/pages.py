"""The pages of actions: the buttons beside a row, the form of one, and doing it. All from the table of actions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.casework.pages import filled_form
from pishkhan.journal.models import Journalled
from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text
from pishkhan.limits.posting import APART
from pishkhan.people.models import Person
from pishkhan.people.web.form_fields import done, tell_refusal
from pishkhan.people.web.request_context import asker, language

from .actions import offered, permitted
from .forms import UNREADABLE, ActionForm

TO_FORMS = (*APART, "act", "seen")  # what a form sends along that no action asks
STORED = "_stored"  # of a file that came before


@dataclass(frozen=True)
class Offer:
    """A button: what it is called, where it leads, and whether a press does it."""

    name: str
    label: Text
    href: str
    at_once: bool
    final: bool


def offers(row: Journalled, person: Person, address: Callable[[str], str]) -> list[Offer]:
    """The buttons of what a person may do about a row; `address` says where each action has its page."""
    return [Offer(each.name, each.label, address(each.name), each.at_once, each.final) for each in offered(row, person)]


def action_page(
    request: HttpRequest, row: Journalled, name: str, *, back: str, template: str, more: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """What an action asks, and doing it; `back` is where one goes then, `more` is what else the page shows."""
    found, person = permitted(row, name, asker(request)), asker(request)
    asks = partial(found.form, row=row, by=person)
    form: ActionForm = filled(request, asks) if request.method == "POST" else asks()
    if request.method == "POST" and not form.errors and done(form, partial(found.does, row, by=person)):
        messages.success(request, found.done.to(language()))
        return redirect(back)
    context = {"form": form, "action": found, "title": found.label, "back": back}
    return render(request, template, more() | context, status=422 if form.errors else 200)


def filled(request: HttpRequest, asks: Callable[..., ActionForm]) -> ActionForm:
    """A form as it was posted; what states something that is not asked is refused in it."""
    form = filled_form(request, asks)
    odd = {name for name in request.POST if name not in TO_FORMS and not name.endswith(STORED)} - set(form.fields)
    if odd and not form.errors:
        tell_refusal(form, Invalid(UNREADABLE))
    return form
