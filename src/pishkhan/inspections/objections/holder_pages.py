"""Pages of whoever was visited: the report, what is public of it when, and objecting to what it found."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.casework.actions.actions import offered
from pishkhan.casework.actions.pages import action_page
from pishkhan.casework.pages import filled_form
from pishkhan.files.selectors import response_for
from pishkhan.inspections.checklists.checklist import Kind
from pishkhan.inspections.lists.visit_lists import RELATED
from pishkhan.inspections.models import Objection, ObjectionFile, Visit
from pishkhan.inspections.visits.actions import VISIT_ACTIONS
from pishkhan.inspections.visits.pages import WORKING
from pishkhan.inspections.visits.panels import documents_about, findings_context, objection_context
from pishkhan.inspections.visits.publication import finality_of, term_of
from pishkhan.inspections.visits.selectors import MADE, visits_seen_by
from pishkhan.inspections.wording import code_of, what_of
from pishkhan.inspections.words import KINDS
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.limits.posting import once, posting_of
from pishkhan.offices.models import Management
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language

from .actions import OBJECTION_ACTIONS


def my_visit(request: HttpRequest, key: UUID) -> HttpResponse:
    """A visit as the one who was visited sees it: what was found, what is owed, until when one may object."""
    visit, person = _visit_of_party(request, key), asker(request)
    access.note(person.ref, visit.subject, "visit")
    finality, objection = finality_of([visit])[visit.pk], objection_context(visit)
    return render(
        request,
        "inspections/my_visit.html",
        {
            "visit": visit,
            "kind": KINDS[Kind(visit.kind)],
            "findings": findings_context(visit),
            "code": code_of(visit),
            "what": what_of(visit),
            "objection": objection,
            "finality": finality,
            "term": term_of(visit, finality.told_on or today()),
            "letters": documents_about(visit, person),
            "over": finality.until is not None and today() > finality.until,
            "holds": person.holds(Role.APPLICANT, over=visit),
            "takes_back": objection is not None and OBJECTION_ACTIONS["take-back"] in offered(objection["row"], person),
            "objects": VISIT_ACTIONS["object"] in offered(visit, person),
        },
    )


def object_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Objecting to findings, with reasons and files."""
    visit, person = _visit_of_party(request, key), asker(request)
    if not person.holds(Role.APPLICANT, over=visit):
        raise Missing()
    taken = VISIT_ACTIONS["object"]
    form = taken.form(row=visit, by=person)
    if request.method == "POST":
        form = filled_form(request, partial(taken.form, row=visit, by=person))
        posting = posting_of(request, "objection", person.ref)

        def lodge(**data: Any) -> Any:
            return once(posting, partial(taken.does, visit, by=person, **data), Objection.objects.all())

        if not form.errors and done(form, lodge):
            messages.success(request, taken.done.to(language()))
            return redirect("my_visit", key=key)
    return render(
        request,
        "inspections/object.html",
        {"visit": visit, "form": form, "code": code_of(visit), "what": what_of(visit)},
        status=422 if form.errors else 200,
    )


def take_back_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Taking an objection back that waits for a decision."""
    visit = _visit_of_party(request, key)
    objection = Objection.objects.filter(visit=visit).select_related("visit").first()
    if objection is None:
        raise Missing()
    return action_page(request, objection, "take-back", back=reverse("my_visit", args=[key]))


def objection_file(request: HttpRequest, key: UUID, file: int) -> FileResponse:
    """A file that lies with an objection: for the one who objected, and for who works with the visit."""
    person = asker(request)
    visit = visits_seen_by(person).filter(pk=key).first()
    if visit is None or not person.capacities(WORKING, over=visit):
        visit = _visit_of_party(request, key)
    row = ObjectionFile.objects.filter(objection__visit=visit, pk=file).select_related("file").first()
    if row is None:
        raise Missing()
    access.note(person.ref, visit.subject, "objection file")
    return response_for(row.file)


def _visit_of_party(request: HttpRequest, key: UUID) -> Visit:
    """A visit that was made to whom whoever asks is, acts for, or manages an office for."""
    person = asker(request)
    visit = Visit.objects.filter(pk=key, state__in=MADE).select_related(*RELATED).first()
    if visit is None or not (person.holds(Role.APPLICANT, over=visit) or _manages(person, visit)):
        access.note_refused(person.ref, Visit, f"visit {key}", pk=key)
        raise Missing()
    return visit


def _manages(person: Person, visit: Visit) -> bool:
    """Whether a person manages the office that was visited, today and on the day of the visit."""
    if visit.office is None or visit.visited_on is None:
        return False
    managed = Management.objects.filter(office=visit.office, manager=person)
    return managed.on(today()).exists() and managed.on(visit.visited_on).exists()
