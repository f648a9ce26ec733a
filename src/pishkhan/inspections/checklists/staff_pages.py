"""Pages on which a province enters an edition of its checklist: drafted, looked at as on a phone, adopted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.casework.actions.pages import action_page, offers
from pishkhan.files.selectors import response_for
from pishkhan.geography.models import Division
from pishkhan.inspections.field.offline_bundle import on_the_phone
from pishkhan.inspections.models import ChecklistEdition
from pishkhan.inspections.words import EVIDENCE, KINDS, OBJECTS, PURPOSES, SEVERITIES
from pishkhan.journal import access
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.selectors import opened_provinces
from pishkhan.people.web.exports import csv_of
from pishkhan.people.web.form_fields import Day, done, form_page, said
from pishkhan.people.web.paging import chosen
from pishkhan.people.web.request_context import asker, language

from .actions import CHECKLIST_ACTIONS
from .checklist import Evidence, Kind, Object, Purpose, Severity
from .coverage import visits_that_cannot_fail
from .importing import FIRST, LARGEST, NotTaken, facts_of, read_items, table_of
from .refusals import NOTHING_FAILS, NotOfAProvince, of_visits
from .rows import COLUMNS, written
from .selectors import DRAFTERS, READERS, as_edition, editions_of, editions_seen_by, wrote_it
from .services import checked_items, draft_checklist, fill_checklist, what_is_missing

State = ChecklistEdition.State
BEGUN = Text("پیش‌نویس آغاز شد؛ بندها را بنویسید یا جدول را وارد کنید.", "It is begun: write its items, or import them.")
TAKEN = Text("{count} بند وارد شد.", "{count} {count:item|items} entered.")
CAN_BE_TAKEN = Text(
    "{count} بند بی‌ایراد است و می‌تواند وارد شود؛ چیزی ثبت نشد.",
    "{count} {count:item|items} can be entered; nothing was.",
)
TONES = {State.ADOPTED: "good", State.PROPOSED: "warn", State.WITHDRAWN: ""}


class DraftForm(forms.Form):
    """Which province, from which day on, and which edition it begins with."""

    place = forms.ChoiceField(label=said("استان", "Province"))
    valid_from = Day(label=said("در کار از روز", "In force from"))
    like = forms.ChoiceField(required=False, label=said("با بندهای ویرایشِ", "With the items of edition"))

    def __init__(self, *args: Any, provinces: list[Division], **named: Any) -> None:
        super().__init__(*args, **named)
        place: Any = self.fields["place"]
        like: Any = self.fields["like"]
        place.choices = [(row.code, said(*row.text)) for row in provinces]
        known = dict.fromkeys(held.code for row in provinces for held in editions_of(row.code))
        like.choices = [("", said("هیچ", "none")), *((code, code) for code in known)]


class TableForm(forms.Form):
    """A table of all the items."""

    file = forms.FileField(
        label=said("پروندهٔ CSV یا XLSX", "CSV or XLSX file"),
        help_text=said(
            "ستون‌ها: code، text، text_en، severity، photo، objects، kinds، visits، purposes، at_places، can_be_absent، "
            "instrument، article؛ هر بند یک ردیف. جای همهٔ بندها را می‌گیرد، یا هیچ‌کدام.",
            "Columns: code, text, text_en, severity, photo, objects, kinds, visits, purposes, at_places, "
            "can_be_absent, instrument, article; a row for each item. It replaces all items, or none.",
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    rehearsal = forms.BooleanField(
        required=False, label=said("تنها بررسی شود، چیزی ثبت نشود", "Only look at it, enter nothing")
    )


@open_to(*READERS)
def editions(request: HttpRequest) -> HttpResponse:
    """The checklists that one's province entered, the newest first."""
    person = asker(request)
    rows = [_context(row) for row in editions_seen_by(person).select_related("drafted_by")]
    return render(
        request, "inspections/checklist_editions.html", {"rows": rows, "may_draft": bool(_provinces(request))}
    )


@open_to(*DRAFTERS)
def new_edition(request: HttpRequest) -> HttpResponse:
    """Begin an edition for a province."""
    provinces = _provinces(request)
    if not provinces:
        raise NotOfAProvince()
    form = DraftForm(request.POST or None, provinces=provinces)
    made: list[ChecklistEdition] = []
    if request.method == "POST" and done(form, lambda **data: made.append(draft_checklist(**data, by=asker(request)))):
        messages.success(request, BEGUN.to(language()))
        return redirect("checklist_edition", code=made[0].code)
    return form_page(request, form, Text("ویرایش تازهٔ برگهٔ بازدید", "New edition"), back=reverse("checklist_editions"))


@open_to(*READERS)
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """One of them: its items, what is missing, by which decision it holds, and what one may do about it."""
    row, person = _seen(request, code), asker(request)
    items = [
        {
            "row": item,
            "severity": SEVERITIES[Severity(item.severity)],
            "evidence": EVIDENCE[Evidence(item.evidence)],
            "citation": read.citation,
            "sourced": bool(item.instrument_id and item.article),
            "objects": [OBJECTS[seen] for seen in read.objects],
            "kinds": [OfficeKind(kind).text for kind in read.kinds],
        }
        for item, read in zip(row.items.all(), as_edition(row).items, strict=True)
    ]
    waits = row.state in (State.DRAFT, State.PROPOSED)
    shown = [
        offer
        for offer in offers(row, person, lambda name: reverse("checklist_act", args=[code, name]))
        if offer.name != "drop"  # that stands beside each item
    ]
    reasons = [text for (_, field), text in sorted(words_of(row.subject).items()) if field == "reason"]
    return render(
        request,
        "inspections/checklist_edition.html",
        _context(row)
        | {
            "items": items,
            "offers": shown,
            "missing": what_is_missing(row) if waits else [],
            "cannot_fail": of_visits(NOTHING_FAILS, visits_that_cannot_fail(as_edition(row))) if waits else [],
            "reason": reasons[-1] if reasons else "",
            "writes": any(offer.name == "put" for offer in shown),
            "wrote": Role.DIRECTOR in {one.role for one in person.assignments_today} and wrote_it(row, person.ref),
            "scan": row.scan_id and person.holds(Role.DIRECTOR, over=row),
        },
    )


@open_to(*READERS)
def on_phone(request: HttpRequest, code: str) -> HttpResponse:
    """The items as an inspector's phone shows them, drawn by the phone's own parts; of a visit that is chosen."""
    row = _seen(request, code)
    held = as_edition(row)
    seen = Object(chosen(request, "seen", Object.values) or Object.OFFICE)
    visit = Kind(
        chosen(request, "visit", Kind.values) or (Kind.FINAL if seen == Object.PROPOSED_PLACE else Kind.ROUTINE)
    )
    kind = chosen(request, "kind", OfficeKind.values) or OfficeKind.COUNTER.value
    purpose = chosen(request, "purpose", Purpose.values) or Purpose.PERFORMANCE.value
    items = held.items_for(seen, visit, kind, row.valid_from, purpose)
    choices: tuple[tuple[str, Text, str, Any], ...] = (
        ("seen", Text("از چه", "Of what"), seen, OBJECTS),
        ("visit", Text("نوع بازدید", "Kind of visit"), visit, KINDS),
        ("kind", Text("نوع دفتر", "Kind of office"), kind, {one: one.text for one in OfficeKind}),
        ("purpose", Text("هدف بازدید", "Purpose"), purpose, PURPOSES),
    )
    return render(
        request,
        "inspections/checklist_on_phone.html",
        {
            "row": row,
            "items": [on_the_phone(item, [row.valid_from]) for item in items],
            "listed": items,
            "choices": [(name, label, value, list(words.items())) for name, label, value, words in choices],
        },
    )


@open_to(*READERS)
def table(request: HttpRequest, code: str) -> HttpResponse:
    """The items as the import takes them."""
    row = _seen(request, code)
    return csv_of(f"checklist-{row.code}", COLUMNS, table_of(row.items.select_related("instrument")))


@open_to(Role.DIRECTOR)
def scan(request: HttpRequest, code: str) -> FileResponse:
    """The decision by which it was adopted, as it was uploaded."""
    row, person = _seen(request, code), asker(request)
    if row.scan is None or not person.holds(Role.DIRECTOR, over=row):
        raise Missing()
    access.note(person.ref, row.subject, "decision on a checklist")
    return response_for(row.scan)


@open_to(*CHECKLIST_ACTIONS.roles)
def act(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """What one may do about a checklist: writing an item, putting it forward, adopting it."""
    row, back = _seen(request, code), reverse("checklist_edition", args=[code])
    if name == "fill":
        return _import_page(request, row, back)
    return action_page(request, row, name, back=back, initial=_initial(row, name, request.GET.get("item", "")[:30]))


def _import_page(request: HttpRequest, row: ChecklistEdition, back: str) -> HttpResponse:
    form, taken = TableForm(request.POST or None, request.FILES or None), []

    def take(file: Any, *, rehearsal: bool) -> None:
        try:
            rows = read_items(file.read(LARGEST + 1))
        except NotTaken as refused:
            raise Invalid(refused.text, {"file": refused.text}) from None
        if rehearsal:
            checked_items(rows, first=FIRST)
        else:
            fill_checklist(row, items=rows, first=FIRST, by=asker(request))
        taken.append((CAN_BE_TAKEN if rehearsal else TAKEN).filled(count=len(rows)))

    if request.method == "POST" and done(form, take):
        messages.success(request, taken[0].to(language()))
        return redirect(request.path if form.cleaned_data["rehearsal"] else back)
    label = CHECKLIST_ACTIONS["fill"].label
    return form_page(request, form, label, Text("ورود", "Import"), back=back)


def _initial(row: ChecklistEdition, name: str, code: str) -> dict[str, Any]:
    """What stands in the form of an item that is there already."""
    if name == "drop":
        return {"code": code}
    item = row.items.filter(code=code).select_related("instrument").first() if name == "put" else None
    if item is None:
        return {}
    lists = ("objects", "kinds", "visits", "purposes", "at_places")
    row_of_item: dict[str, Any] = written(facts_of(item))
    return row_of_item | {part: row_of_item[part].split(",") for part in lists} | {"can_be_absent": item.can_be_absent}


def _provinces(request: HttpRequest) -> list[Division]:
    """The provinces over which somebody may draft."""
    person = asker(request)
    places = {one.place for one in person.assignments_today if one.role in DRAFTERS}
    return [row for row in opened_provinces() if any(row.code.startswith(place) for place in places)]


def _context(row: ChecklistEdition) -> dict[str, Any]:
    return {"row": row, "state": State(row.state).text, "tone": TONES.get(State(row.state), "info")}


def _seen(request: HttpRequest, code: str) -> ChecklistEdition:
    rows = editions_seen_by(asker(request)).select_related("drafted_by", "adopted_by", "scan")
    row = rows.filter(code=code).first()
    if row is None:
        raise Missing()
    return row
