"""With whom packages are exchanged, and the least that each must be told to answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.parties import Party
from pishkhan.people.roles import Role
from pishkhan.people.selectors import national_id_of

ISSUER = "issuer"
Line = dict[str, str]


@dataclass(frozen=True)
class Partner:
    """Another body: what it is called, the columns it is told, and who enters its answers."""

    code: str
    label: Text
    columns: tuple[str, ...]
    enters: str  # the role
    lines: Callable[[Case], list[Line]]


def partners() -> dict[str, Partner]:
    """Everybody with whom packages are exchanged, by code: whoever some procedure asks, and the issuer."""
    kinds = {kind.code: kind for procedure in Procedure.register.values() for kind in procedure.inquiries}
    found = {
        code: Partner(
            code,
            kind.label,
            COLUMNS[code],
            Role.EXPERT,
            _persons if "national_id" in COLUMNS[code] else ABOUT[kind.about],
        )
        for code, kind in sorted(kinds.items())
    }
    issuer = Partner(ISSUER, Text("صادرکنندهٔ پروانه", "The issuer"), COLUMNS[ISSUER], Role.REGION, _file)
    return found | {ISSUER: issuer}


def told_to(partner: Partner, case: Case) -> list[Line]:
    """What a partner is told of a case, a line for each of whom or what it is asked: its columns, and nothing else."""
    return [{name: line.get(name, "") for name in partner.columns} for line in partner.lines(case)]


NAMED = ("given_name", "family_name", "father_name", "national_id")
PARTY = ("name", "identifier")
COLUMNS = {
    "security": (*NAMED, "born_on"),
    "criminal_record": NAMED,
    "addiction": ("given_name", "family_name", "national_id"),
    "tax": PARTY,
    "social_security": PARTY,
    "bank": PARTY,
    "seller_tax": PARTY,
    "seller_insurance": PARTY,
    "seller_agencies": PARTY,
    "places": ("name", "address", "postal_code"),
    ISSUER: ("procedure", "kind", "place", "name", "identifier", "address", "postal_code", "submitted_on"),
}


def _persons(case: Case) -> list[Line]:
    """The natural persons whom a case names for posts, and the party that is vetted if it is one."""
    people = [each.person for each in case.nominees.select_related("person").order_by("pk")]
    party = case.other_side or case.applicant
    return [_person(each) for each in dict.fromkeys([*people, *([party] if isinstance(party, Person) else [])])]


def _vetted(case: Case) -> list[Line]:
    """The party whose accounts are to be settled: who gets the licence."""
    return [_party(case.other_side or case.applicant)]


def _place(case: Case) -> list[Line]:
    return [_party(case.applicant) | _premises(case)]


def _seller(case: Case) -> list[Line]:
    return [_party(case.applicant)]


def _file(case: Case) -> list[Line]:
    """What the issuer needs to find the file that the province sends."""
    return [
        _party(case.other_side or case.applicant)
        | _premises(case)
        | {
            "procedure": case.procedure_code,
            "kind": case.kind,
            "place": case.division_id,
            "submitted_on": case.submitted_on.isoformat() if case.submitted_on else "",
        }
    ]


def _person(person: Person) -> Line:
    national_id = national_id_of(person)
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "father_name": person.father_name,
        "national_id": national_id,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "name": person.full_name,
        "identifier": national_id,
    }


def _party(party: Party) -> Line:
    if isinstance(party, Person):
        return _person(party)
    return {"name": party.name, "identifier": party.legal_id or ""}


def _premises(case: Case) -> Line:
    dossier: Any = case.dossier
    return {name: getattr(dossier, name, "") for name in ("address", "postal_code")}


ABOUT: dict[str, Callable[[Case], list[Line]]] = {"person": _vetted, "place": _place, "seller": _seller}
