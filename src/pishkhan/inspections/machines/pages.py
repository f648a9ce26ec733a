"""Pages of banks' ATMs and booths: the register, entering or importing some, and one with what becomes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.geography.rows import NotImported
from pishkhan.inspections import refusals
from pishkhan.inspections.checklists.checklist import Kind
from pishkhan.inspections.forms import MachineFile, MachineForm, MachineMoved, MachineRetired
from pishkhan.inspections.models import Machine
from pishkhan.inspections.visits.list_filters import machines_seen_by
from pishkhan.inspections.visits.where_lists import MachineList
from pishkhan.inspections.words import KINDS
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.access import STAFF, open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language

from .importing import LARGEST, checked_machines, import_machines, read_machines
from .services import PlaceFacts, enter_machine, move_machine, retire_machine

FAULTS_TOLD, MOST_VISITS = 20, 50
ENTERED = Text("ثبت شد.", "It is on the register.")
TAKEN = Text("{count} خودپرداز و باجه ثبت شد.", "{count} {count:machine|machines} {count:is|are} on the register.")
TITLES = {"move": Text("جابه‌جایی", "Move it"), "retire": Text("برچیدن", "Retire it")}


@open_to(*MachineList.roles)
def machines(request: HttpRequest) -> HttpResponse:
    """The ATMs and booths of one's region; or exported exactly as shown, or as the import takes them."""
    return MachineList.answer(request)


@open_to(Role.EXPERT)
def new_machine(request: HttpRequest) -> HttpResponse:
    """Enter an ATM or booth on the register."""
    person = asker(request)
    form = MachineForm(request.POST or None, initial={"from_on": today()})

    def enter(kind: str, bank: Any, number: str, **told: Any) -> None:
        enter_machine(
            kind=kind, bank=bank, number=number, from_on=told["from_on"], by=person, place=_place(told, person)
        )

    if request.method == "POST" and done(form, enter):
        messages.success(request, ENTERED.to(language()))
        return redirect("machines")
    return form_page(
        request, form, Text("ثبت خودپرداز یا باجه", "Enter an ATM or bank booth"), back="/visits/machines/"
    )


@open_to(Role.EXPERT)
def import_page(request: HttpRequest) -> HttpResponse:
    """Enter a table of them, wholly or not at all."""
    person, found = asker(request), []
    form = MachineFile(request.POST or None, request.FILES or None)

    def take(file: Any) -> None:
        places = [each.place for each in person.assignments_today if each.role == Role.EXPERT]
        try:
            rows = checked_machines(read_machines(file.read(LARGEST + 1)), places=places)
        except NotImported as refused:
            raise Invalid(refused.text, {"file": _told(refused)}) from None
        found.append(import_machines(rows, by=person, role=Role.EXPERT))

    if request.method == "POST" and done(form, take):
        messages.success(request, TAKEN.filled(count=found[0]).to(language()))
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
    found = _machine(request, code)
    visits = found.visits.select_related("inspector").order_by("-pk")[:MOST_VISITS]
    return render(
        request,
        "inspections/machine.html",
        {
            "machine": found,
            "label": Machine.Kind(found.kind).text,
            "on": today(),
            "places": found.places.known().select_related("division", "host").order_by("-valid_from", "-pk"),
            "visits": [{"visit": each, "kind": KINDS[Kind(each.kind)]} for each in visits],
            "expert": asker(request).holds(Role.EXPERT, over=found) and found.until_on is None,
        },
    )


@open_to(Role.EXPERT)
def machine_act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Moving one of them, or retiring it."""
    if name not in TITLES:
        raise Missing()
    found, person = _machine(request, code), asker(request)
    asks: Any = MachineMoved if name == "move" else MachineRetired
    form = asks(request.POST or None, initial={"from_on": today(), "on": today()})

    def do(**told: Any) -> None:
        if name == "retire":
            retire_machine(found, on=told["on"], by=person)
        else:
            move_machine(found, _place(told, person), from_on=told["from_on"], by=person)

    if request.method == "POST" and done(form, do):
        messages.success(request, ENTERED.to(language()))
        return redirect("machine", code=code)
    return form_page(request, form, TITLES[name], TITLES[name], back=f"/visits/machines/{code}/")


def _machine(request: HttpRequest, code: str) -> Machine:
    found = machines_seen_by(asker(request)).select_related("bank", "division").filter(code=code).first()
    if found is None:
        raise Missing()
    return found


def _place(told: dict[str, Any], person: Person) -> PlaceFacts:
    """Where it is stated to stand; its host office is one of the region of whoever states it."""
    host = None
    if told["host"]:
        host = within(Office.objects.all(), person).filter(code=ascii_digits(told["host"]).upper()).first()
        if host is None:
            raise refusals.HostIsElsewhere()
    return PlaceFacts(told["place"], told["address"], told["lat"], told["lon"], host)


def _told(refused: NotImported) -> Text:
    faults = refused.faults[:FAULTS_TOLD]
    return Text("؛ ".join(each.fa for each in faults), "; ".join(each.en for each in faults))
