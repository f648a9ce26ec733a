"""Pages of banks' ATMs and booths: the register, entering or importing some, and one with what becomes of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.casework.actions.pages import action_page, offers
from pishkhan.geography.rows import NotImported
from pishkhan.inspections.checklists.checklist import Kind
from pishkhan.inspections.forms import MachineFile, MachineForm
from pishkhan.inspections.lists.filters import machines_seen_by
from pishkhan.inspections.lists.where_lists import MachineList
from pishkhan.inspections.models import Machine
from pishkhan.inspections.words import KINDS
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF, open_to
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language

from .actions import ENTERED, MACHINE_ACTIONS
from .importing import LARGEST, checked_machines, import_machines, read_machines
from .services import enter_machine

FAULTS_TOLD, MOST_VISITS = 20, 50
TAKEN = Text("{count} خودپرداز و باجه ثبت شد.", "{count} {count:machine|machines} {count:is|are} on the register.")


@open_to(*MachineList.roles)
def machines(request: HttpRequest) -> HttpResponse:
    """The ATMs and booths of one's region; or exported exactly as shown, or as the import takes them."""
    return MachineList.answer(request)


@open_to(Role.EXPERT)
def new_machine(request: HttpRequest) -> HttpResponse:
    """Enter an ATM or booth on the register."""
    person = asker(request)
    form = MachineForm(request.POST or None, by=person, initial={"from_on": today()})
    if request.method == "POST" and done(form, partial(enter_machine, by=person)):
        messages.success(request, ENTERED.to(language()))
        return redirect("machines")
    return form_page(
        request, form, Text("ثبت خودپرداز یا باجه", "Enter an ATM or bank booth"), back="/visits/machines/"
    )


@open_to(Role.EXPERT)
def import_page(request: HttpRequest) -> HttpResponse:
    """Enter a table of them, wholly or not at all."""
    person, faults = asker(request), []
    form = MachineFile(request.POST or None, request.FILES or None)

    def take(file: Any) -> None:
        places = [assignment.place for assignment in person.assignments_today if assignment.role == Role.EXPERT]
        try:
            rows = checked_machines(read_machines(file.read(LARGEST + 1)), places=places)
        except NotImported as refused:
            raise Invalid(refused.text, {"file": _faults_text(refused)}) from None
        faults.append(import_machines(rows, by=person, role=Role.EXPERT))

    if request.method == "POST" and done(form, take):
        messages.success(request, TAKEN.filled(count=faults[0]).to(language()))
        return redirect("machines")
    return form_page(
        request,
        form,
        Text("ورود فهرست خودپردازها و باجه‌ها", "Import ATMs and bank booths"),
        Text("ورود", "Import"),
        back="/visits/machines/",
    )


@open_to(*STAFF)
def machine(request: HttpRequest, code: str) -> HttpResponse:
    """One of them: whose it is, where it stands and stood, and the visits to it."""
    machine = _machine(request, code)
    visits = machine.visits.select_related("inspector").order_by("-pk")[:MOST_VISITS]
    return render(
        request,
        "inspections/machine.html",
        {
            "machine": machine,
            "label": Machine.Kind(machine.kind).text,
            "on": today(),
            "places": machine.places.known().select_related("division", "host").order_by("-valid_from", "-pk"),
            "visits": [{"visit": visit, "kind": KINDS[Kind(visit.kind)]} for visit in visits],
            "offers": offers(machine, asker(request), lambda name: reverse("machine_act", args=[code, name])),
        },
    )


@open_to(*MACHINE_ACTIONS.roles)
def machine_act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Moving one of them, or retiring it."""
    return action_page(request, _machine(request, code), name, back=reverse("machine", args=[code]))


def _machine(request: HttpRequest, code: str) -> Machine:
    machine = machines_seen_by(asker(request)).select_related("bank", "division").filter(code=code).first()
    if machine is None:
        raise Missing()
    return machine


def _faults_text(refused: NotImported) -> Text:
    faults = refused.faults[:FAULTS_TOLD]
    return Text("؛ ".join(fault.fa for fault in faults), "; ".join(fault.en for fault in faults))
