"""What documents say of a case and of whom they are for."""

from typing import Any

from pishkhan.casework.models import Case
from pishkhan.geography.selectors import place_name
from pishkhan.language.text import Text
from pishkhan.letters.letterhead import pair
from pishkhan.letters.records import Personal
from pishkhan.people.models import Person
from pishkhan.people.parties import Party

from .models import OfficeKind

Facts = dict[str, Any]


def case_facts(case: Case) -> Facts:
    """What every document says of its case."""
    return {
        "number": case.number,
        "tracking_code": case.tracking_code,
        "title": pair(case.procedure.title),
        "kind": pair(OfficeKind(case.kind).text),
        "place": place_facts(case.division_id),
    }


def place_facts(code: str) -> Facts:
    """A place with what it lies in, in both languages."""
    return pair(Text(place_name(code, "fa"), place_name(code, "en")))


def party_facts(party: Party) -> Facts:
    """A party as a letter addresses it."""
    if isinstance(party, Person):
        return {"name": Personal(party.full_name, party.ref), "legal_id": None}
    return {"name": party.name, "legal_id": party.legal_id}
