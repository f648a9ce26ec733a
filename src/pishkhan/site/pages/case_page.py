"""The page of one case: where it stands, what can be done, what lies with it. Composed from what each app knows."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from pishkhan.casework import pages
from pishkhan.casework.deadlines.ceiling import ceiling_of, citation_of_ceiling
from pishkhan.casework.deadlines.deadlines import deadline
from pishkhan.casework.deadlines.moved_terms import unsure_days
from pishkhan.casework.lists.case_list import applicant_name
from pishkhan.casework.lists.lookup import case_of
from pishkhan.casework.models import Case
from pishkhan.casework.pages import rule_context
from pishkhan.casework.reading import Words, datum_of_paper, inquiries_read, words_read
from pishkhan.casework.selectors import entries_shown_to, kept_from, offers
from pishkhan.files.selectors import name_of
from pishkhan.inspections.checklists.checklist import Kind
from pishkhan.inspections.models import Visit
from pishkhan.inspections.words import KINDS
from pishkhan.journal import access
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.licensing.documents import letters_beside
from pishkhan.meetings.dossiers import file_before, reader_of
from pishkhan.meetings.models import AgendaItem, Outcome, Resolution
from pishkhan.meetings.room import SET_ASIDE
from pishkhan.meetings.selectors import meetings_seen_by, next_meeting_of
from pishkhan.payments.models import DemandNote
from pishkhan.people.access import STAFF, everybody, roles_held
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import read_by
from pishkhan.people.roles import Role
from pishkhan.people.selectors import masked, national_id_of
from pishkhan.regulation.calendar import working_days
from pishkhan.site.item_files.proposed_place import place_context

from .dossier_panel import panel

REASONS = ("reasons", "grounds")  # the fields whose words are told in the course of a case
OPENED = Text("پرونده باز شد", "The case was opened")


@everybody
@never_cache  # whoever has the code is one the request is about
def track(request: HttpRequest) -> HttpResponse:
    """Where the request of a tracking code stands."""
    return pages.track(request, next_meeting_of)


def case(request: HttpRequest, number: str) -> HttpResponse:
    """All that whoever asks may see of a case, and may do with it."""
    row, person = case_of(request, number)
    access.note(person.ref, row.subject, "case")
    entries, until = entries_shown_to(row, person), deadline(row)
    at_work, kept = bool(roles_held(request) & set(STAFF)), kept_from(row, person)
    readable = read_by(person, over=row)
    return render(
        request,
        "site/case.html",
        {
            "case": row,
            "applicant": applicant_name(row),
            "stages": way_of(row, entries),
            "deadline": until,
            "late": until is not None and until < today(),
            "ceiling": ceiling_of(row),
            "ceiling_citation": citation_of_ceiling(row),
            "unsure": unsure_days(row, until),
            "at_work": at_work,
            "may_waive": Role.DIRECTOR in roles_held(request) and not row.where.ends,
            "leave": _unused_leave(row) if Role.DIRECTOR in roles_held(request) else [],
            "offers": _offers(row, person),
            "inquiries": _inquiries(row, person),
            "documents": _documents(row, readable),
            "dossier": row.dossier,
            "panel": panel(row, person, at_work=at_work),
            "nominees": [] if kept == Role.OTHER_SIDE else _nominees(row),
            "your_turn": _is_turn_of(person, row),
            "buys": not at_work and person.holds(Role.OTHER_SIDE, over=row),
            "timeline": _timeline(row, entries, words_read(row, readable, entries, kept=kept), named=at_work),
            "visits": _visits(row) if at_work else [],
            "items": _items(row, person),
            "reads_identity": Datum.IDENTITY in readable and at_work,
            "notes": _notes(row) if Datum.MONEY in readable else [],
            "letters": letters_beside(person, row),
            "place": place_context(row) if at_work else None,
            "file": file_before(row, reader_of(row, person)),
            "wizard": _left_to_do(row) if row.where == row.procedure.begins else [],
        },
    )


def way_of(case: Case, entries: list[Entry]) -> list[dict[str, Any]]:
    """The stages of a case in a row: those it went through with their days, where it stands, those that lie ahead."""
    reached = {entry.facts.get("to"): entry.happened_on for entry in reversed(entries)}
    way, here = list(case.procedure.way), case.where
    if here not in way:
        passed = max((place for place, stage in enumerate(way) if stage.code in reached), default=-1) + 1
        way = [*way[:passed], here, *(() if here.ends else way[passed:])]
    now_at = way.index(here)
    return [
        {
            "label": stage.label,
            "on": reached.get(stage.code) if place <= now_at else None,
            "state": "done" if place < now_at else "now" if place == now_at else "ahead",
        }
        for place, stage in enumerate(way)
    ]


def _unused_leave(case: Case) -> list[dict[str, Any]]:
    """The leave that was given for steps of a case and that nobody has used."""
    named = {step.path: (name, step.label) for name, step in case.procedure.steps.items()}
    unused = case.waivers.filter(used="").select_related("person").order_by("pk")
    return [
        {"person": waiver.person, "step": named[waiver.step][0], "label": named[waiver.step][1]}
        for waiver in unused
        if waiver.step in named
    ]


def _offers(case: Case, person: Person) -> list[dict[str, Any]]:
    """What may be done: first what leads the case on its way and can be done now, then as the procedure declares."""
    way, here = case.procedure.way, case.where
    at = way.index(here) if here in way else -1
    shown = []
    for offer in offers(case, person):
        step, unmet = offer.step, [rule_context(rule) for rule in offer.unmet]
        shown.append(
            {
                "name": step.name,
                "label": step.label,
                "ends": step.target.ends and not step.carries_out,
                "unmet": unmet,
                "blocked": any(rule["binds"] for rule in unmet),
                "leads_on": step.target in way and way.index(step.target) > at >= 0,
            }
        )
    return sorted(shown, key=lambda offer: (not offer["leads_on"] or offer["blocked"], offer["ends"]))


def _left_to_do(case: Case) -> list[dict[str, Any]]:
    """What the rules of submitting still want of a draft, and which do already."""
    step = case.procedure.submitting()
    broken = set(step.broken(case, now()))
    return [{"sentence": rule.sentence, "met": rule not in broken} for rule in step.when if rule.concerns(case)]


def _is_turn_of(person: Person, case: Case) -> bool:
    """Whether a case waits for the side that a person is on, or acts for."""
    turn = case.turn
    return turn in (Role.APPLICANT, Role.OTHER_SIDE) and person.holds(turn, over=case)


def _inquiries(case: Case, person: Person) -> list[dict[str, Any]]:
    on = today()
    return [
        {
            "inquiry": inquiry,
            "label": case.procedure.inquiry(inquiry.code).label,
            "days": working_days(inquiry.asked_on, inquiry.answered_on or on, place=case.division_id),
        }
        for inquiry in inquiries_read(case, person)
    ]


def _documents(case: Case, readable: frozenset[Datum]) -> list[dict[str, Any]]:
    there = {document.kind: document for document in case.documents.filter(replaced=False).select_related("file")}
    return [
        {
            "kind": kind.code,
            "label": kind.label,
            "file": there[kind.code].file if kind.code in there else None,
            "name": name_of(there[kind.code].file) if kind.code in there else "",
            "opens": datum_of_paper(case, kind.code) in readable,
        }
        for kind in case.procedure.documents_of(case.kind)
    ]


def _nominees(case: Case) -> list[dict[str, Any]]:
    rows = case.nominees.select_related("person").order_by("pk")
    return [{"nominee": row, "national_id": masked(national_id_of(row.person))} for row in rows]


def _notes(case: Case) -> Iterable[DemandNote]:
    return DemandNote.objects.filter(about=case.subject).prefetch_related("payments", "bank_rows__repayments")


def _timeline(case: Case, entries: list[Entry], words: Words, *, named: bool) -> list[dict[str, Any]]:
    """What was done, the latest first: in words, by whom (to the applicant by role alone), with the reasons that
    whoever asks may read."""
    people = _named({entry.actor for entry in entries}) if named else {}
    steps = case.procedure.steps
    events = []
    for entry in reversed(entries):
        name = entry.act.rpartition(".")[2]
        events.append(
            {
                "what": steps[name].label if name in steps else OPENED,
                "at": entry.at,
                "role": entry.role,
                "who": people.get(entry.actor, ""),
                "acting": entry.acting,
                "words": [text for field, text in words.get(entry.number, {}).items() if field in REASONS],
            }
        )
    return events


def _named(refs: set[str]) -> dict[str, str]:
    keys = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("person:")]
    return {person.ref: person.full_name for person in Person.objects.filter(pk__in=keys)}


def _visits(case: Case) -> list[dict[str, Any]]:
    rows = Visit.objects.filter(case=case).select_related("inspector").order_by("-pk")
    return [{"visit": row, "kind": KINDS[Kind(row.kind)]} for row in rows]


def _items(case: Case, person: Person) -> list[dict[str, Any]]:
    rows = AgendaItem.objects.filter(case=case).select_related("meeting").order_by("-pk")
    resolutions = {resolution.item_id: resolution for resolution in Resolution.objects.filter(case=case)}
    opens = set(meetings_seen_by(person).filter(items__case=case).values_list("pk", flat=True))
    return [
        {
            "meeting": row.meeting,
            "opens": row.meeting_id in opens,
            "set_aside": SET_ASIDE.get(AgendaItem.State(row.state)),
            "resolution": resolutions.get(row.pk),
            "outcome": Outcome(resolutions[row.pk].outcome).text if row.pk in resolutions else None,
        }
        for row in rows
    ]
