"""Pages of who holds or manages an office: how it stands, what is due and when, and what was asked about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.casework.lists.case_list import rows_of
from pishkhan.casework.models import Case
from pishkhan.casework.selectors import own_cases
from pishkhan.complaints.pages.holder_pages import asked_about
from pishkhan.geography.selectors import place_name
from pishkhan.inspections.checklists.checklist import Kind as VisitKind
from pishkhan.inspections.visits.list_filters import Remedy, remedies_of, visits_told_to
from pishkhan.inspections.words import KINDS as VISIT_KINDS
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.letters.models import Letter
from pishkhan.letters.selectors import letters_about
from pishkhan.licensing.licences.holder import Due, cases_about, due_of, renewal_of, undertakings_of
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.offices.selectors import (
    Standing,
    booths_from,
    holder_on,
    names_of,
    offices_of,
    premises_of,
    standing_of,
)
from pishkhan.offices.undertakings.pages import told_undertakings
from pishkhan.offices.undertakings.services import overdue
from pishkhan.people.models import Person
from pishkhan.people.parties import acts_as, own_refs
from pishkhan.people.web.request_context import asker, language

MOST, MOST_VISITS = 50, 20


def my_offices(request: HttpRequest) -> HttpResponse:
    """The offices that one holds or manages; of a single one its page at once."""
    person, on = asker(request), today()
    offices = list(
        Office.objects.filter(pk__in=offices_of(person, on)).select_related("division").order_by("code")[:MOST]
    )
    if len(offices) == 1:
        return redirect("my_office", code=offices[0].code)
    standing, names = standing_of(offices, on), names_of(offices, on)
    late = {each.office_id for each in overdue(on).filter(office__in=offices)}
    return render(
        request,
        "site/my_offices.html",
        {
            "rows": [
                {
                    "office": each,
                    "name": names.get(each.pk, ""),
                    "label": OfficeKind(each.kind).text,
                    "standing": standing.get(each.pk),
                    "late": each.pk in late,
                }
                for each in offices
            ]
        },
    )


def my_office(request: HttpRequest, code: str) -> HttpResponse:
    """One office that one holds or manages: its licence, what is due, what was asked, what the register says."""
    person, on = asker(request), today()
    own = offices_of(person, on)
    office = Office.objects.select_related("division").filter(code=code, pk__in=own).first()
    if office is None:
        raise Missing()
    standing = standing_of([office], on).get(office.pk)
    holder = holder_on(office, on)
    holds = acts_as(holder, person) is not None
    owed = list(undertakings_of(office, holder, on)) if holder else []
    renewal, remedies = _renewal(standing), remedies_of(owed)
    due = due_of(office, holder, person, on, renewal) if holder else []
    cases = cases_about(office).filter(own_cases(person)).select_related("division", "person", "organisation")
    return render(
        request,
        "site/my_office.html",
        _of_the_register(office)
        | {
            "office": office,
            "label": OfficeKind(office.kind).text,
            "holds": holds,
            "holder": holder.name if holder else "",
            "licence": standing.licence if standing else None,
            "standing": standing,
            "renewal": renewal,
            "due": [_due(each, office, remedies, holds=holds) for each in due],
            "late": any(each.late for each in due),
            "letters": _letters(person, standing, list(cases)),
            "visits": _visits(person, office),
            "complaints": asked_about(office, person),
            "undertakings": [each | {"remedy": remedies.get(each["row"].pk)} for each in told_undertakings(owed)],
            "rows": rows_of(list(cases.order_by("-pk")[:MOST])),
            "on": on,
        },
    )


def _renewal(standing: Standing | None) -> Any:
    """How the licence stands towards its renewal; None of an agent of old, who has no licence to renew."""
    if standing is None or standing.licence.kind == OfficeKind.LEGACY_AGENT:
        return None
    return renewal_of(standing, today())


def _visits(person: Person, office: Office) -> list[dict[str, Any]]:
    """The visits to an office since it is theirs: of who holds it or manages it, their own time alone."""
    on = today()
    held = office.holdings.on(on).select_related("person", "organisation").first()
    since = [held.valid_from] if held and held.party_ref in own_refs(person) else []
    since += office.managements.on(on).filter(manager=person).values_list("valid_from", flat=True)
    if not since:
        return []
    rows = visits_told_to(office, min(since)).prefetch_related("findings").select_related("objection")[:MOST_VISITS]
    return [
        {
            "visit": each,
            "kind": VISIT_KINDS[VisitKind(each.kind)],
            "faults": sum(finding.is_fault for finding in each.findings.all()),
        }
        for each in rows
    ]


def _letters(person: Person, standing: Standing | None, cases: list[Case]) -> list[Letter]:
    """The documents of an office's licence and of what was asked about it, that whoever asks may have."""
    licence = [standing.licence.subject] if standing else []
    return letters_about(person, licence + [each.subject for each in cases])


def _due(due: Due, office: Office, remedies: dict[int, Remedy], *, holds: bool) -> dict[str, Any]:
    """What is due, with the page where it is done; without one for who manages the office and does not hold it."""
    if due.case:
        return {"due": due, "href": reverse("case", args=[due.case])}
    name, key = ("undertaking", due.undertaking) if due.undertaking else ("matters", office.code)
    return {
        "due": due,
        "href": reverse(name, args=[key]) if holds else "",
        "remedy": remedies.get(due.undertaking or 0),
    }


def _of_the_register(office: Office) -> dict[str, Any]:
    """What the register says of an office today."""
    on = today()
    people = office.managements.on(on).select_related("manager", "deputy").first()
    return {
        "name": names_of([office], on).get(office.pk, ""),
        "premises": premises_of([office], on).get(office.pk),
        "people": people,
        "booths": list(booths_from(office, on)),
        "place": place_name(office.division_id, language()),
    }
