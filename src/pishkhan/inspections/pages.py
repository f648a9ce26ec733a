"""Pages of visits: the list, asking for one, giving it to an inspector, reporting what was found."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.asking import asker, language
from pishkhan.people.doors import STAFF, open_to
from pishkhan.people.models import Person
from pishkhan.people.paging import chosen, paged
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.stating import done, form_page

from . import checklist
from .forms import Asked, Given, Reported
from .models import Finding, Visit
from .selectors import items_of, visits_seen_by, visits_to_make
from .services import accept_visit, assign_visit, cancel_visit, request_visit, submit_visit
from .words import ANSWERS, KINDS, SEVERITIES, STATES

TOLD = {"assign": Text("بازدید به بازرس سپرده شد.", "The visit is given to the inspector."),
        "report": Text("گزارش ثبت شد.", "The report is submitted."),
        "accept": Text("گزارش پذیرفته شد.", "The report is accepted."),
        "cancel": Text("بازدید لغو شد.", "The visit is cancelled."),
        "ask": Text("بازدید خواسته شد.", "The visit is asked for.")}


@open_to(*STAFF)
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of one's region, or those one is to make."""
    person, mine = asker(request), bool(request.GET.get("mine"))
    found = visits_to_make(person) if mine else visits_seen_by(person).order_by("-pk")
    if state := chosen(request, "state", Visit.State.values):
        found = found.filter(state=state)
    page = paged(request, found.select_related("case", "office", "division", "inspector"))
    return render(request, "inspections/visits.html", {
        "page": page, "rows": [{"visit": each, "kind": KINDS[checklist.Kind(each.kind)]} for each in page.rows],
        "mine": mine, "state": state, "states": list(STATES.items())})


@open_to(Role.EXPERT)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a visit to an office of one's region."""
    person = asker(request)
    form = Asked(request.POST or None, initial={"office": request.GET.get("office", "")})

    def asked(office: str, kind: str, purpose: str) -> None:
        found = within(Office.objects.all(), person).filter(code=office).first()
        if found is None:
            raise Missing()
        request_visit(kind=kind, purpose=purpose, office=found, by=person)

    if request.method == "POST" and done(form, asked):
        messages.success(request, TOLD["ask"].to(language()))
        return redirect("visits")
    return form_page(request, form, Text("درخواست بازدید", "Ask for a visit"), Text("درخواست", "Ask"))


@open_to(*STAFF)
def visit(request: HttpRequest, key: UUID) -> HttpResponse:
    """A visit: what is asked and found, and what whoever asks may do with it."""
    person = asker(request)
    found = visits_seen_by(person).select_related("case", "office", "division", "inspector").filter(pk=key).first()
    if found is None:
        raise Missing()
    form, name = _form(request, found, person), request.POST.get("act", "")
    if request.method == "POST" and name in TOLD and _done(name, found, form, person):
        messages.success(request, TOLD[name].to(language()))
        return redirect("visit", key=key)
    access.note(person.ref, found.subject, "visit")
    held = person.capacities([Role.EXPERT, Role.INSPECTOR], over=found)
    return render(request, "inspections/visit.html", {
        "visit": found, "kind": KINDS[checklist.Kind(found.kind)], "form": form, "findings": _findings(found),
        "expert": Role.EXPERT in held,
        "to_report": found.state == Visit.State.ASSIGNED and found.inspector_id == person.pk,
        "open": found.state in (Visit.State.PLANNED, Visit.State.ASSIGNED)},
        status=422 if form is not None and form.errors else 200)


def _form(request: HttpRequest, visit: Visit, person: Person) -> Any:
    """The form that belongs to where a visit stands, for whoever asks."""
    posted = request.POST or None
    if visit.state == Visit.State.ASSIGNED and visit.inspector_id == person.pk:
        return Reported(posted, items=items_of(visit, today()), answers=ANSWERS, severities=SEVERITIES,
                        initial={"visited_on": today()})
    return Given(posted, visit=visit, initial={"inspector": visit.inspector_id, "planned_on": visit.planned_on})


def _done(name: str, visit: Visit, form: Any, by: Person) -> bool:
    if name == "assign":
        return done(form, lambda inspector, planned_on: assign_visit(visit, inspector, planned_on=planned_on, by=by))
    if name == "report":
        return done(form, lambda **told: submit_visit(visit, by=by, **Reported.told(told)))
    acts = {"accept": accept_visit, "cancel": cancel_visit}
    form.fields.clear()
    return name in acts and done(form, lambda: acts[name](visit, by=by))


def _findings(visit: Visit) -> list[dict[str, Any]]:
    if visit.visited_on is None:
        return []
    answers = dict(visit.findings.values_list("item", "answer"))
    return [{"item": item, "answer": answers.get(item.code, ""), "severity": SEVERITIES[item.severity],
             "said": ANSWERS[Finding.Answer(answers[item.code])] if item.code in answers else None}
            for item in items_of(visit, visit.visited_on)]
