"""What a phone takes along for the days to come: the round, what is known of each place, checklists, offices."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pishkhan.geography.models import Division
from pishkhan.journal.clock import now, today
from pishkhan.language.text import Text
from pishkhan.offices.credential import list_numbers, published_keys
from pishkhan.offices.models import Holding, Management, Office
from pishkhan.offices.selectors import names_of, premises_of, standing_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

from . import checklist
from .models import Finding, Visit
from .selectors import MADE, visits_to_make
from .syncing import ON_THE_SPOT

DAYS = 7  # ahead of today
PAST = 5  # visits told of each place
MOST_OFFICES = 3000
Bilingual = dict[str, str]


def said(text: Text) -> Bilingual:
    """A sentence in both languages: a phone chooses."""
    return {"fa": text.fa, "en": text.en}


def taken_along(person: Person) -> dict[str, Any]:
    """Everything an inspector needs until the phone is online again. The number of queries follows from nothing."""
    on = today()
    visits = list(visits_to_make(person).filter(Q(planned_on=None) | Q(planned_on__lte=on + timedelta(days=DAYS)))
                  .select_related("office", "case", "division"))
    offices = _offices_of(person)
    facts = _facts_of([visit.office for visit in visits if visit.office], on)
    lists: dict[str, list[dict[str, Any]]] = {}
    return {
        "now": now(), "today": on, "inspector": {"id": person.pk, "name": person.full_name},
        "visits": [_visit(visit, facts, lists, on) for visit in visits],
        "offices": offices, "spot": _on_the_spot(offices, lists, on), "checklists": lists,
        "keys": published_keys().published(), "status_lists": list(list_numbers())}


def _visit(visit: Visit, facts: dict[int, dict[str, Any]], lists: dict[str, Any], on: date) -> dict[str, Any]:
    where: Any = visit.case or visit.office
    about = facts[visit.office_id] if visit.office_id else {
        "code": where.number, "point": _point(where), "place": _place(visit.division)}
    return {"id": visit.pk, "kind": visit.kind, "purpose": visit.purpose, "seen": visit.seen, "edition": visit.edition,
            "planned_on": visit.planned_on, "about": about, "past": about.get("past", []),
            "checklist": _listed(visit.edition, visit.seen, visit.kind, where.kind, lists, on)}


def _listed(edition: str, seen: str, kind: str, office_kind: str, lists: dict[str, Any], on: date) -> str:
    """The name of a checklist, entered among the others: every item, with the days on which it is looked at."""
    name = f"{edition}/{seen}/{kind}/{office_kind}"
    if name not in lists:
        days = [on + timedelta(days=ahead) for ahead in range(-DAYS, DAYS + 1)]
        by_day = {day: checklist.edition(edition).items_for(
            checklist.Object(seen), checklist.Kind(kind), office_kind, day) for day in days}
        items = dict.fromkeys(item for listed in by_day.values() for item in listed)
        lists[name] = [{"code": item.code, "text": said(item.text), "severity": item.severity,
                        "days": [day for day, listed in by_day.items() if item in listed]} for item in items]
    return name


def _on_the_spot(offices: list[dict[str, Any]], lists: dict[str, Any], on: date) -> dict[str, Any]:
    """Which checklist a visit that is begun on the spot has, by kind of visit and of office."""
    edition = checklist.edition_in_force(on).code
    kinds = sorted({office["kind"] for office in offices})
    return {"edition": edition, "kinds": list(ON_THE_SPOT), "checklists": {
        f"{kind}/{office_kind}": _listed(edition, checklist.Object.OFFICE, kind, office_kind, lists, on)
        for kind in ON_THE_SPOT for office_kind in kinds}}


def _offices_of(person: Person) -> list[dict[str, Any]]:
    """The offices of the region, briefly: to begin a visit at one that nobody planned."""
    rows = (Office.objects.filter(in_places(person, [Role.INSPECTOR])).select_related("division")
            .order_by("code")[:MOST_OFFICES])
    return [{"code": row.code, "kind": row.kind, "place": _place(row.division)} for row in rows]


def _facts_of(offices: list[Office], on: date) -> dict[int, dict[str, Any]]:
    """What an inspector should know of some offices before going there."""
    standing, premises, names = standing_of(offices, on), premises_of(offices, on), names_of(offices, on)
    people, past = _people_of(offices, on), _past_of(offices)
    return {office.pk: {
        "code": office.code, "kind": office.kind, "name": names.get(office.pk, ""), "place": _place(office.division),
        "address": premises[office.pk].address if office.pk in premises else "",
        "point": _point(premises.get(office.pk)), "licence": _licence(standing.get(office.pk)),
        **people.get(office.pk, {}), "past": past.get(office.pk, [])} for office in offices}


def _licence(standing: Any) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {"number": standing.licence.number, "until": standing.licence.valid_until,
            "status": said(standing.status.text) if standing.status else None,
            "open": standing.is_open}


def _people_of(offices: Iterable[Office], on: date) -> dict[int, dict[str, str]]:
    """Who holds and who manages offices. Two queries."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in Holding.objects.on(on).filter(office__in=offices).select_related("person", "organisation"):
        found[row.office_id]["holder"] = row.person.full_name if row.person else row.organisation.name
    for row in Management.objects.on(on).filter(office__in=offices).select_related("manager"):
        found[row.office_id]["manager"] = row.manager.full_name
    return found


def _past_of(offices: Iterable[Office]) -> dict[int, list[dict[str, Any]]]:
    """The last visits to offices, newest first, with what was not in order. Two queries."""
    found: dict[int, list[Visit]] = defaultdict(list)
    for visit in Visit.objects.filter(office__in=offices, state__in=MADE).order_by("-visited_on", "-pk"):
        if visit.office_id and len(found[visit.office_id]) < PAST:
            found[visit.office_id].append(visit)
    kept = [visit for visits in found.values() for visit in visits]
    faults: dict[Any, list[Bilingual]] = defaultdict(list)
    editions = {visit.pk: {item.code: item for item in checklist.edition(visit.edition).items} for visit in kept}
    for finding in Finding.objects.filter(visit__in=kept, answer=Finding.Answer.NOT_OK).order_by("pk"):
        faults[finding.visit_id].append(said(editions[finding.visit_id][finding.item].text))
    return {office: [{"on": visit.visited_on, "kind": visit.kind, "passed": visit.passed, "faults": faults[visit.pk]}
                     for visit in visits] for office, visits in found.items()}


def _place(division: Division) -> Bilingual:
    return {"fa": division.name, "en": division.name_en or division.name}


def _point(row: Any) -> list[float] | None:
    return [row.lat, row.lon] if row is not None and row.lat is not None and row.lon is not None else None
