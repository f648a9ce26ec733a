"""Pages of visits: the list, asking for one, and the page of one with all that can be done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.files.selectors import response_for
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.forms import Given, Reported, VisitRequestForm, Waived
from pishkhan.inspections.models import Photo, Visit, Waiver
from pishkhan.inspections.wording import code_of, what_of
from pishkhan.inspections.words import ANSWERS, KINDS, PURPOSES, SEVERITIES
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.access import STAFF, open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language

from .list_filters import machines_seen_by
from .panels import evidence_told, findings_told, followed_told, objection_told
from .publication import finality_of
from .selectors import MADE, items_of, visits_seen_by
from .services import accept_visit, assign_visit, cancel_visit, follow_up, request_visit, submit_visit
from .unserved_reports import may_be_served, serve_report
from .visit_lists import RELATED, VisitList
from .waivers import waive

TOLD = {
    "assign": Text("بازدید به بازرس سپرده شد.", "The visit is given to the inspector."),
    "report": Text("گزارش ثبت شد.", "The report is submitted."),
    "accept": Text("گزارش پذیرفته شد.", "The report is accepted."),
    "cancel": Text("بازدید لغو شد.", "The visit is cancelled."),
    "follow": Text("بازدید پیگیری خواسته شد.", "A follow-up visit is asked for."),
    "serve": Text(
        "گزارش روی کاغذ ابلاغ می‌شود؛ ابلاغ آن را که انجام شد ثبت کنید.",
        "The report is to be served on paper; record the service once it is done.",
    ),
    "ask": Text("بازدید خواسته شد.", "The visit is asked for."),
    "waive": Text("اجازه با دلیل ثبت شد.", "The leave is recorded, with its reason."),
}
WORKING = (Role.EXPERT, Role.DIRECTOR, Role.INSPECTOR, Role.SECRETARY)  # with visits: they see what persons wrote


@open_to(*VisitList.roles)
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of one's region, or those one is to make."""
    return VisitList.answer(request)


@open_to(Role.EXPERT)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a visit to an office or a bank's machine of one's region."""
    person = asker(request)
    form = VisitRequestForm(request.POST or None, initial={"what": request.GET.get("office", "")})

    def asked(what: str, kind: str, purpose: str) -> None:
        code = ascii_digits(what).upper()
        office = within(Office.objects.all(), person).filter(code=code).first()
        machine = None if office else machines_seen_by(person).filter(code=code).first()
        if office is None and machine is None:
            raise Missing()
        request_visit(kind=kind, purpose=purpose, office=office, machine=machine, by=person)

    if request.method == "POST" and done(form, asked):
        messages.success(request, TOLD["ask"].to(language()))
        return redirect("visits")
    return form_page(request, form, Text("درخواست بازدید", "Ask for a visit"), Text("درخواست", "Ask"))


@open_to(*STAFF)
def visit(request: HttpRequest, key: UUID) -> HttpResponse:
    """A visit: what is asked and found, what became of it, and what whoever asks may do with it."""
    found, person = visit_of(request, key), asker(request)
    form, name = _form(request, found, person), request.POST.get("act", "")
    if request.method == "POST" and name in TOLD and _done(name, found, form, person):
        messages.success(request, TOLD[name].to(language()))
        return redirect("visit", key=key)
    access.note(person.ref, found.subject, "visit")
    held = person.capacities(WORKING, over=found)
    made = found.state in MADE
    works = made and bool(held)
    return render(
        request,
        "inspections/visit.html",
        {
            "visit": found,
            "kind": KINDS[checklist.Kind(found.kind)],
            "form": form,
            "purpose": PURPOSES[checklist.Purpose(found.purpose)],
            "findings": findings_told(found) if made else [],
            "code": code_of(found),
            "what": what_of(found),
            "evidence": evidence_told(found) if works else {},
            "objection": objection_told(found) if works else None,
            "finality": finality_of([found])[found.pk] if made and not found.case_id else None,
            "may_serve": may_be_served(found),
            "paper": found.notice if found.notice and found.notice.legal else None,
            "followed": followed_told(found, person),
            "expert": Role.EXPERT in held,
            "director": Role.DIRECTOR in held,
            "to_report": found.state == Visit.State.ASSIGNED and found.inspector_id == person.pk,
            "made": made,
            "open": found.state in (Visit.State.PLANNED, Visit.State.ASSIGNED),
        },
        status=422 if form is not None and form.errors else 200,
    )


@open_to(Role.DIRECTOR)
def waive_rule(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody do, for this visit and with a reason, what a rule about who does what forbids them."""
    found, person = visit_of(request, key), asker(request)
    form = Waived(request.POST or None, initial={"rule": request.GET.get("rule", Waiver.Rule.OTHER_INSPECTOR)})
    if request.method == "POST" and done(
        form, lambda rule, whom, reason: waive(found, rule, person=whom, reason=reason, by=person)
    ):
        messages.success(request, TOLD["waive"].to(language()))
        return redirect("visit", key=key)
    return form_page(
        request,
        form,
        Text("اجازهٔ کار بدون یک قاعده", "Leave to do without a rule"),
        Text("ثبت اجازه", "Give leave"),
        back=f"/visits/{key}/",
    )


@open_to(*WORKING)
def photo(request: HttpRequest, key: UUID, photo: UUID) -> FileResponse:
    """A photo as it was taken, bare of what the camera wrote into it: evidence, for who works with the visit."""
    found, person = visit_of(request, key), asker(request)
    held = person.capacities(WORKING, over=found)
    row = Photo.objects.filter(visit=found, pk=photo).select_related("file").first() if held else None
    if row is None or row.file is None:
        access.note(person.ref, found.subject, "photo", refused=True)
        raise Missing()
    access.note(person.ref, found.subject, f"photo {row.pk}")
    return response_for(row.file)


def visit_of(request: HttpRequest, key: UUID) -> Visit:
    """A visit of the region of whoever asks."""
    found = visits_seen_by(asker(request)).select_related(*RELATED).filter(pk=key).first()
    if found is None:
        raise Missing()
    return found


def _form(request: HttpRequest, visit: Visit, person: Person) -> Any:
    """The form that belongs to where a visit stands, for whoever asks."""
    posted = request.POST or None
    if visit.state == Visit.State.ASSIGNED and visit.inspector_id == person.pk:
        return Reported(
            posted,
            items=items_of(visit, today()),
            answers=ANSWERS,
            severities=SEVERITIES,
            initial={"visited_on": today()},
        )
    return Given(posted, visit=visit, initial={"inspector": visit.inspector_id, "planned_on": visit.planned_on})


def _done(name: str, visit: Visit, form: Any, by: Person) -> bool:
    if name == "assign":
        return done(form, lambda inspector, planned_on: assign_visit(visit, inspector, planned_on=planned_on, by=by))
    if name == "report":
        return done(form, lambda **told: submit_visit(visit, by=by, **Reported.told(told)))
    acts: dict[str, Any] = {"accept": accept_visit, "cancel": cancel_visit, "follow": follow_up, "serve": serve_report}
    form.fields.clear()
    return name in acts and done(form, lambda: acts[name](visit, by=by))
