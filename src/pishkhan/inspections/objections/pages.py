"""Pages of objections: for the one who was visited the report and its objection; for the expert who decides on it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.casework.pages import filled_form
from pishkhan.files.selectors import response_for
from pishkhan.inspections.checklists.checklist import Kind
from pishkhan.inspections.forms import Decided, Objected
from pishkhan.inspections.models import Finding, Objection, ObjectionFile, Visit
from pishkhan.inspections.visits.pages import WORKING, visit_of
from pishkhan.inspections.visits.panels import documents_about, findings_told, objection_told
from pishkhan.inspections.visits.publication import finality_of, term_of
from pishkhan.inspections.visits.selectors import MADE, visits_seen_by
from pishkhan.inspections.visits.visit_lists import RELATED, ObjectionList
from pishkhan.inspections.wording import code_of, what_of
from pishkhan.inspections.words import KINDS
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.limits.posting import once, posting_of
from pishkhan.offices.models import Management
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language

from .services import decide_objection, object_to, open_faults

LODGED = Text(
    "اعتراض ثبت شد؛ کارشناس دیگری دربارهٔ آن تصمیم می‌گیرد.", "Your objection is lodged: another expert decides on it."
)
DECIDED = Text("تصمیم ثبت شد.", "The decision is recorded.")


def my_visit(request: HttpRequest, key: UUID) -> HttpResponse:
    """A visit as the one who was visited sees it: what was found, what is owed, until when one may object."""
    found, person = _told_of(request, key), asker(request)
    access.note(person.ref, found.subject, "visit")
    finality = finality_of([found])[found.pk]
    may_object = person.holds(Role.APPLICANT, over=found)
    return render(
        request,
        "inspections/my_visit.html",
        {
            "visit": found,
            "kind": KINDS[Kind(found.kind)],
            "findings": findings_told(found),
            "code": code_of(found),
            "what": what_of(found),
            "objection": objection_told(found),
            "finality": finality,
            "term": term_of(found, finality.told_on or today()),
            "letters": documents_about(found, person),
            "over": finality.until is not None and today() > finality.until,
            "holds": may_object,
            "may_object": may_object and bool(open_faults(found)),
        },
    )


def object_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """Objecting to findings, with reasons and files."""
    found, person = _told_of(request, key), asker(request)
    if not person.holds(Role.APPLICANT, over=found):
        raise Missing()
    faults = [each for each in findings_told(found) if each["row"].answer == Finding.Answer.NOT_OK]
    form: Any = Objected(faults=faults)
    if request.method == "POST":
        form = filled_form(request, partial(Objected, faults=faults))
        if not form.errors and done(
            form,
            lambda items, reasons, **files: once(
                posting_of(request, "objection", person.ref),
                lambda: object_to(
                    found, items=items, reasons=reasons, files=[each for each in files.values() if each], by=person
                ),
                Objection.objects.all(),
            ),
        ):
            messages.success(request, LODGED.to(language()))
            return redirect("my_visit", key=key)
    return render(
        request,
        "inspections/object.html",
        {"visit": found, "form": form, "code": code_of(found), "what": what_of(found)},
        status=422 if form.errors else 200,
    )


@open_to(*ObjectionList.roles)
def objections(request: HttpRequest) -> HttpResponse:
    """The objections that wait for an expert of their region, the oldest first."""
    return ObjectionList.answer(request)


@open_to(Role.EXPERT)
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Deciding on an objection: upheld, changed or annulled, with reasons."""
    found, person = visit_of(request, key), asker(request)
    told = objection_told(found)
    if told is None:
        raise Missing()
    disputed = [each for each in findings_told(found) if each["row"].disputed]
    form = Decided(request.POST or None, disputed=disputed)

    def decided(outcome: str, reasons: str, **changes: str) -> None:
        changed = {name.partition("-")[2]: answer for name, answer in changes.items() if answer}
        decide_objection(told["row"], outcome, reasons=reasons, changes=changed, by=person)

    if request.method == "POST" and done(form, decided):
        messages.success(request, DECIDED.to(language()))
        return redirect("visit", key=key)
    return render(
        request,
        "inspections/decide.html",
        {
            "visit": found,
            "objection": told,
            "disputed": disputed,
            "form": form,
            "code": code_of(found),
            "what": what_of(found),
        },
        status=422 if form.errors else 200,
    )


def objection_file(request: HttpRequest, key: UUID, file: int) -> FileResponse:
    """A file that lies with an objection: for the one who objected, and for who works with the visit."""
    person = asker(request)
    found = visits_seen_by(person).filter(pk=key).first()
    if found is None or not person.capacities(WORKING, over=found):
        found = _told_of(request, key)
    row = ObjectionFile.objects.filter(objection__visit=found, pk=file).select_related("file").first()
    if row is None:
        raise Missing()
    access.note(person.ref, found.subject, "objection file")
    return response_for(row.file)


def _told_of(request: HttpRequest, key: UUID) -> Visit:
    """A visit that was made to whom whoever asks is, acts for, or manages an office for."""
    person = asker(request)
    found = Visit.objects.filter(pk=key, state__in=MADE).select_related(*RELATED).first()
    if found is None or not (person.holds(Role.APPLICANT, over=found) or _manages(person, found)):
        access.note(person.ref, f"visit {key}", "visit", refused=True)
        raise Missing()
    return found


def _manages(person: Person, visit: Visit) -> bool:
    """Whether a person manages the office that was visited, today and on the day of the visit."""
    if visit.office is None or visit.visited_on is None:
        return False
    managed = Management.objects.filter(office=visit.office, manager=person)
    return managed.on(today()).exists() and managed.on(visit.visited_on).exists()
