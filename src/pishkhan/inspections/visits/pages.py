"""Pages of visits: the list, asking for one, and the page of one with all that can be done with it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.casework.actions.actions import DONE, offered
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.actions.pages import action_page
from pishkhan.files.selectors import response_for
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.forms import LeaveForm, VisitRequestForm
from pishkhan.inspections.lists.filters import machines_seen_by
from pishkhan.inspections.lists.visit_lists import RELATED, VisitList
from pishkhan.inspections.models import Photo, Visit, Waiver
from pishkhan.inspections.objections.actions import OBJECTION_ACTIONS
from pishkhan.inspections.wording import code_of, what_of
from pishkhan.inspections.words import HINDRANCES, KINDS, PURPOSES
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import readers_of
from pishkhan.people.roles import Role
from pishkhan.people.selectors import rules_the_country, within
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language

from .actions import VISIT_ACTIONS
from .panels import evidence_context, findings_context, follow_up_context, objection_context
from .publication import finality_of
from .selectors import MADE, visits_seen_by
from .services import request_visit
from .waivers import waive, withdraw_leave

ASKED = Text("بازدید خواسته شد.", "The visit is asked for.")
POSTED = (
    "assign",
    "cancel",
    "report",
    "hinder",
    "accept",
    "follow",
    "serve",
)  # the actions that the page of a visit does itself
LEAVE_TAKEN_BACK, LONGEST_KEY = Text("اجازه پس گرفته شد.", "The leave is taken back."), 19
GIVE_LEAVE = Text("ثبت اجازه", "Give leave")
WORKING = readers_of(Datum.PHOTOS)  # with visits: they see what persons wrote


@open_to(*VisitList.roles)
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of one's region, or those one is to make."""
    return VisitList.answer(request)


@open_to(Role.EXPERT)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a visit to an office or a bank's machine of one's region."""
    person = asker(request)
    form = VisitRequestForm(request.POST or None, initial={"what": request.GET.get("office", "")})

    def plan(what: str, kind: str, purpose: str) -> None:
        code = ascii_digits(what).upper()
        office = within(Office.objects.all(), person).filter(code=code).first()
        machine = None if office else machines_seen_by(person).filter(code=code).first()
        if office is None and machine is None:
            raise Missing()
        request_visit(kind=kind, purpose=purpose, office=office, machine=machine, by=person)

    if request.method == "POST" and done(form, plan):
        messages.success(request, ASKED.to(language()))
        return redirect("visits")
    return form_page(request, form, Text("درخواست بازدید", "Ask for a visit"), Text("درخواست", "Ask"))


@open_to(*STAFF)
def visit(request: HttpRequest, key: UUID) -> HttpResponse:
    """A visit: what is asked and found, what became of it, and what whoever asks may do with it."""
    visit, person = visit_of(request, key), asker(request)
    name, tried = request.POST.get("act", ""), None
    if request.method == "POST" and name in POSTED:
        taken = VISIT_ACTIONS[name]
        tried = taken.form(request.POST, row=visit, by=person)
        if done(tried, partial(taken.does, visit, by=person)):
            messages.success(request, taken.done.to(language()))
            return redirect("visit", key=key)
    access.note(person.ref, visit.subject, "visit")
    held = person.capacities(WORKING, over=visit)
    made = visit.state in MADE
    works = made and bool(held)
    objection = objection_context(visit) if works else None
    return render(
        request,
        "inspections/visit.html",
        {
            "visit": visit,
            "kind": KINDS[checklist.Kind(visit.kind)],
            **_actions(visit, person, name, tried),
            "purpose": PURPOSES[checklist.Purpose(visit.purpose)],
            "hindrance": HINDRANCES[checklist.Hindrance(visit.hindrance)] if visit.hindrance else None,
            "findings": findings_context(visit) if made else [],
            "code": code_of(visit),
            "what": what_of(visit),
            "evidence": evidence_context(visit) if works else {},
            "objection": objection,
            "decides": objection is not None and OBJECTION_ACTIONS["decide"] in offered(objection["row"], person),
            "finality": finality_of([visit])[visit.pk] if made and not visit.case_id else None,
            "paper": visit.notice if visit.notice and visit.notice.legal else None,
            "followed": follow_up_context(visit, person),
            "may_take_leave_back": person.holds(Role.DIRECTOR, over=visit),
            "expert": Role.EXPERT in held,
            "made": made,
        },
        status=422 if tried is not None and tried.errors else 200,
    )


@open_to(Role.DIRECTOR, Role.ADMINISTRATOR)
def waive_rule(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let somebody do, for this visit and with a reason, what a rule about who does what forbids them.

    For who directs there a national administrator does, too, and sees nothing of the visit.
    """
    if Role.DIRECTOR not in roles_held(request):
        return _leave_for_a_director(request, key)
    if request.method == "POST" and "withdraw" in request.POST:
        withdraw_leave(visit_of(request, key), _key(request.POST["withdraw"]), by=asker(request))
        messages.success(request, LEAVE_TAKEN_BACK.to(language()))
        return redirect("visit", key=key)
    return action_page(
        request,
        visit_of(request, key),
        "waive",
        back=reverse("visit", args=[key]),
        button=GIVE_LEAVE,
        initial={"rule": request.GET.get("rule", Waiver.Rule.OTHER_INSPECTOR)},
    )


def _key(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < LONGEST_KEY else 0


def _leave_for_a_director(request: HttpRequest, key: UUID) -> HttpResponse:
    giver = asker(request)
    visit = Visit.objects.select_related(*RELATED).filter(pk=key).first() if rules_the_country(giver) else None
    if visit is None:
        raise Missing()
    form = LeaveForm(request.POST or None, row=visit, by=giver)
    if request.method == "POST" and done(form, lambda **data: waive(visit, by=giver, **data)):
        messages.success(request, DONE.to(language()))
        return redirect("today")
    return form_page(request, form, GIVE_LEAVE, GIVE_LEAVE)


@open_to(*WORKING)
def photo(request: HttpRequest, key: UUID, photo: UUID) -> FileResponse:
    """A photo as it was taken, bare of what the camera wrote into it: evidence, for who works with the visit."""
    visit, person = visit_of(request, key), asker(request)
    held = person.capacities(WORKING, over=visit)
    row = Photo.objects.filter(visit=visit, pk=photo).select_related("file").first() if held else None
    if row is None or row.file is None:
        access.note(person.ref, visit.subject, "photo", refused=True)
        raise Missing()
    access.note(person.ref, visit.subject, f"photo {row.pk}")
    return response_for(row.file)


def visit_of(request: HttpRequest, key: UUID) -> Visit:
    """A visit of the region of whoever asks."""
    visit = visits_seen_by(asker(request)).select_related(*RELATED).filter(pk=key).first()
    if visit is None:
        raise Missing()
    return visit


def _actions(visit: Visit, person: Person, name: str, tried: ActionForm | None) -> dict[str, Any]:
    """What a person may do about a visit, for its page: buttons, and forms; the one that was refused as it was told."""
    may = {action.name: action for action in offered(visit, person)}
    asks = {item.name: item.form(row=visit, by=person) for item in may.values() if item.form.base_fields}
    return {
        "may": may,
        "presses": [item for item in may.values() if item.name in POSTED and item.at_once and item.name != "cancel"],
        "forms": asks | ({name: tried} if name in asks else {}),
        "refused": tried if name not in asks else None,
    }
