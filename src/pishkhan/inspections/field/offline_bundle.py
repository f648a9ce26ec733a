"""What a phone takes along for the days to come: the round, what is known of each place, checklists, offices."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from pishkhan.geography.models import Division
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.checklists.selectors import PROVINCE, edition_in_force
from pishkhan.inspections.checklists.selectors import edition as edition_of
from pishkhan.inspections.models import Machine, MachinePlace, Visit
from pishkhan.inspections.visits.selectors import MADE, faults_that_stand, visits_to_make
from pishkhan.inspections.wording import code_of, what_of
from pishkhan.journal.clock import now, today
from pishkhan.language.text import Text
from pishkhan.offices.credential import list_numbers, published_keys
from pishkhan.offices.models import Holding, Management, Office
from pishkhan.offices.selectors import current_licences, names_of, premises_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

from .syncing import ON_THE_SPOT

DAYS = 7  # ahead of today
PAST = 5  # visits told of each place
MOST_OFFICES = 3000
Bilingual = dict[str, str]
Facts = dict[str, dict[str, Any]]  # by subject


def said(text: Text) -> Bilingual:
    """A sentence in both languages: a phone chooses."""
    return {"fa": text.fa, "en": text.en}


def taken_along(person: Person) -> dict[str, Any]:
    """Everything an inspector needs until the phone is online again. The number of queries follows from nothing."""
    on = today()
    visits = list(
        visits_to_make(person)
        .filter(Q(planned_on=None) | Q(planned_on__lte=on + timedelta(days=DAYS)))
        .select_related("office__division", "case", "machine__bank", "division")
    )
    offices = _offices_of(person)
    facts = _facts_of([visit.office for visit in visits if visit.office], on) | _machines(
        [visit.machine for visit in visits if visit.machine], on
    )
    lists: dict[str, list[dict[str, Any]]] = {}
    return {
        "now": now(),
        "today": on,
        "inspector": {"id": person.pk, "name": person.full_name},
        "visits": [_visit(visit, facts, lists, on) for visit in visits],
        "offices": offices,
        "spot": _on_the_spot(offices, lists, on),
        "checklists": lists,
        "keys": published_keys().published(),
        "status_lists": list(list_numbers()),
    }


def _visit(visit: Visit, facts: Facts, lists: dict[str, Any], on: date) -> dict[str, Any]:
    if visit.machine is not None:
        about, office_kind = facts[visit.machine.subject], ""
    else:
        office_kind = visit.about.kind
        about = (
            facts[visit.office.subject]
            if visit.office
            else {"code": code_of(visit), "point": _point(visit.case), "place": _place(visit.division)}
        )
    return {
        "id": visit.pk,
        "kind": visit.kind,
        "purpose": visit.purpose,
        "seen": visit.seen,
        "edition": visit.edition,
        "planned_on": visit.planned_on,
        "about": about | {"what": said(what_of(visit))},
        "checklist": _listed(visit.edition, visit.seen, visit.kind, office_kind, visit.purpose, lists, on),
    }


def _listed(edition: str, seen: str, kind: str, office_kind: str, purpose: str, lists: dict[str, Any], on: date) -> str:
    """The name of a checklist, entered among the others: every item, with the days on which it is looked at."""
    name = "/".join((edition, seen, kind, office_kind, purpose))
    if name not in lists:
        days = [on + timedelta(days=ahead) for ahead in range(-DAYS, DAYS + 1)]
        held = edition_of(edition)
        by_day = {
            day: held.items_for(checklist.Object(seen), checklist.Kind(kind), office_kind, day, purpose) for day in days
        }
        items = dict.fromkeys(item for listed in by_day.values() for item in listed)
        lists[name] = [on_the_phone(item, [day for day, listed in by_day.items() if item in listed]) for item in items]
    return name


def on_the_phone(item: checklist.Item, days: list[date]) -> dict[str, Any]:
    """An item as a phone shows it, with the days on which it is looked at."""
    return {
        "code": item.code,
        "text": said(item.text),
        "severity": item.severity,
        "photo": item.evidence,
        "article": said(item.citation),
        "absent": item.can_be_absent,
        "days": days,
    }


def _on_the_spot(offices: list[dict[str, Any]], lists: dict[str, Any], on: date) -> dict[str, Any]:
    """Which checklist a visit that is begun on the spot has, by kind of visit and of office; of an inspector of several
    provinces by province as well."""
    provinces = sorted({office["province"] for office in offices}) or [""]
    of_provinces = {province: _in_province(province, offices, lists, on) for province in provinces}
    first = of_provinces[provinces[0]]
    return {"kinds": list(ON_THE_SPOT), **first, "provinces": of_provinces if len(provinces) > 1 else {}}


def _in_province(province: str, offices: list[dict[str, Any]], lists: dict[str, Any], on: date) -> dict[str, Any]:
    edition = edition_in_force(on, province).code
    kinds = sorted({office["kind"] for office in offices if office["province"] == province})
    return {
        "edition": edition,
        "checklists": {
            f"{kind}/{office_kind}": _listed(
                edition, checklist.Object.OFFICE, kind, office_kind, checklist.Purpose.PERFORMANCE, lists, on
            )
            for kind in ON_THE_SPOT
            for office_kind in kinds
        },
    }


def _offices_of(person: Person) -> list[dict[str, Any]]:
    """The offices of the region, briefly: to begin a visit at one that nobody planned."""
    rows = (
        Office.objects.filter(in_places(person, [Role.INSPECTOR]))
        .select_related("division")
        .order_by("code")[:MOST_OFFICES]
    )
    return [
        {"code": row.code, "kind": row.kind, "place": _place(row.division), "province": row.division_id[:PROVINCE]}
        for row in rows
    ]


def _facts_of(offices: list[Office], on: date) -> Facts:
    """What an inspector should know of some offices before going there."""
    licences, premises, names = current_licences(offices, on), premises_of(offices, on), names_of(offices, on)
    people, past = _people_of(offices, on), _past_of(offices, "office")
    return {
        office.subject: {
            "code": office.code,
            "kind": office.kind,
            "name": names.get(office.pk, ""),
            "place": _place(office.division),
            "address": premises[office.pk].address if office.pk in premises else "",
            "point": _point(premises.get(office.pk)),
            "licence": _licence(licences.get(office.pk)),
            **people.get(office.pk, {}),
            "past": past.get(office.pk, []),
        }
        for office in offices
    }


def _machines(machines: list[Machine], on: date) -> Facts:
    """The same of banks' ATMs and booths. Two queries."""
    places = {
        row.machine_id: row
        for row in MachinePlace.objects.on(on).filter(machine__in=machines).select_related("division", "host")
    }
    past = _past_of(machines, "machine")
    return {
        machine.subject: {
            "code": machine.code,
            "name": machine.bank.name,
            "number": machine.number,
            "past": past.get(machine.pk, []),
            "place": _place(places[machine.pk].division) if machine.pk in places else {},
            "address": places[machine.pk].address if machine.pk in places else "",
            "point": _point(places.get(machine.pk)),
        }
        for machine in machines
    }


def _licence(current: Any) -> dict[str, Any] | None:
    if current is None:
        return None
    return {
        "number": current.licence.number,
        "until": current.licence.valid_until,
        "status": said(current.status.text) if current.status else None,
        "open": current.is_open,
    }


def _people_of(offices: Iterable[Office], on: date) -> dict[int, dict[str, str]]:
    """Who holds and who manages offices. Two queries."""
    people: dict[int, dict[str, str]] = defaultdict(dict)
    for row in Holding.objects.on(on).filter(office__in=offices).select_related("person", "organisation"):
        people[row.office_id]["holder"] = row.person.full_name if row.person else row.organisation.name
    for row in Management.objects.on(on).filter(office__in=offices).select_related("manager"):
        people[row.office_id]["manager"] = row.manager.full_name
    return people


def _past_of(rows: Sequence[Office | Machine], name: str) -> dict[int, list[dict[str, Any]]]:
    """The last visits to offices, or to machines, newest first, with what was not in order. Two queries."""
    past: dict[int, list[Visit]] = defaultdict(list)
    for visit in Visit.objects.filter(**{f"{name}__in": rows}, state__in=MADE).order_by("-visited_on", "-pk"):
        if len(past[getattr(visit, f"{name}_id")]) < PAST:
            past[getattr(visit, f"{name}_id")].append(visit)
    editions = {visit.pk: edition_of(visit.edition) for visits in past.values() for visit in visits}
    faults: dict[Any, list[Bilingual]] = defaultdict(list)
    for finding in faults_that_stand().filter(visit__in=editions).order_by("pk"):
        faults[finding.visit_id].append(said(editions[finding.visit_id].item(finding.item).text))
    return {
        key: [
            {"on": visit.visited_on, "kind": visit.kind, "passed": visit.passed, "faults": faults[visit.pk]}
            for visit in visits
        ]
        for key, visits in past.items()
    }


def _place(division: Division) -> Bilingual:
    return said(division.text)


def _point(row: Any) -> list[float] | None:
    return [row.lat, row.lon] if row is not None and row.lat is not None and row.lon is not None else None
