"""What the steps of an application do to its case: place, people, papers, visits, conditions. Each within its act."""

from typing import Any

from pishkhan.casework.inquiries import ask_all, forget_the_place
from pishkhan.casework.models import Case
from pishkhan.casework.papers import put_with
from pishkhan.inspections.models import Visit
from pishkhan.inspections.services import request_visit, supersede_visits
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.people.roles import Role
from pishkhan.people.services import enter_or_find_person

from .models import Nominee

Stated = dict[str, Any]


def note_the_place(case: Case, entry: Entry, stated: Stated) -> Stated:
    dossier = case.dossier
    for name in ("address", "postal_code", "area", "tenure", "lease_years"):
        setattr(dossier, name, stated[name])
    dossier.save()
    case.lat, case.lon = stated["lat"], stated["lon"]
    return {}


def note_the_place_anew(case: Case, entry: Entry, stated: Stated) -> Stated:
    """Another place than the one refused: what was seen of the old one counts no more."""
    supersede_visits(case, because=entry)
    return note_the_place(case, entry, stated) | request_the_initial_visit(case, entry, stated)


def give_up_the_place(case: Case, entry: Entry, stated: Stated) -> Stated:
    forget_the_place(case)
    return {}


def attach_the_paper(case: Case, entry: Entry, stated: Stated) -> Stated:
    put_with(case, entry, kind=stated["kind"], file=stated["file"])
    return {}


def put_in_the_nominee(case: Case, entry: Entry, stated: Stated) -> Stated:
    person = enter_or_find_person(
        SYSTEM, role=Role.SYSTEM, division=case.division, because=entry, born_on=stated["born_on"],
        given_name=stated["given_name"], family_name=stated["family_name"], father_name=stated["father_name"],
        national_id=stated["national_id"])
    Nominee.objects.update_or_create(case=case, post=stated["post"], defaults={
        "person": person, "degree": stated["degree"], "state_employee": stated["state_employee"],
        "military_settled": stated["military_settled"]})
    return {"person": person.ref}


def request_the_initial_visit(case: Case, entry: Entry, stated: Stated) -> Stated:
    visit = request_visit(kind=Visit.Kind.INITIAL, purpose=Visit.Purpose.ESTABLISHMENT, case=case, because=entry)
    return {"visit": visit.pk}


def request_the_final_visit(case: Case, entry: Entry, stated: Stated) -> Stated:
    visit = request_visit(kind=Visit.Kind.FINAL, purpose=Visit.Purpose.ESTABLISHMENT, case=case, because=entry)
    return {"visit": visit.pk}


def note_the_opinion(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.committee_is_favourable = stated["opinion"] == "favourable"
    case.dossier.save()
    return {}


def ask_all_on_a_condition(case: Case, entry: Entry, stated: Stated) -> Stated:
    """What the working group asks now is still to be met, whatever was met before."""
    case.dossier.condition_met_on = None
    case.dossier.save()
    return ask_all(case, entry, stated)


def note_the_condition(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.condition_met_on = today()
    case.dossier.save()
    return {}


def take_the_document_back(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.handed_in_on = today()
    case.dossier.save()
    return {}


def note_what_changed(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.changed = stated["changed"] == "yes"
    case.dossier.save()
    return {}


def name_the_buyer(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.other_person, case.other_organisation = stated["person"], stated["organisation"]
    case.dossier.agreed_on, case.dossier.beneficiary_is_declared = None, False
    case.dossier.save()
    return {}


def note_the_agreement(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.agreed_on, case.dossier.beneficiary_is_declared = today(), bool(stated["beneficiary"])
    case.dossier.save()
    return {}


def note_the_undertaking(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.undertaken_on = today()
    case.dossier.save()
    return {}


def note_where_it_moves(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.moves_to = stated["moves_to"]
    return note_the_place(case, entry, stated)


def note_where_it_moves_anew(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.moves_to = stated["moves_to"]
    forget_the_place(case)
    return note_the_place_anew(case, entry, stated)


def note_the_name(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.name = stated["name"]
    case.dossier.save()
    return {}


def note_the_days(case: Case, entry: Entry, stated: Stated) -> Stated:
    for name in ("from_on", "until_on"):
        if name in stated:
            setattr(case.dossier, name, stated[name])
    case.dossier.save()
    return {}


def note_the_booth(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.place, case.dossier.address = stated["place"], stated["address"]
    case.lat, case.lon = stated["lat"], stated["lon"]
    return note_the_days(case, entry, stated)


def note_the_correction(case: Case, entry: Entry, stated: Stated) -> Stated:
    note_the_place(case, entry, stated)
    return note_the_days(case, entry, stated)
