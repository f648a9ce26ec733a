"""What the steps of a request do in the world, each within the act that took the step."""

from typing import Any

from pishkhan.casework.inquiries import ask_all, forget_the_place
from pishkhan.casework.models import Case
from pishkhan.casework.papers import put_with
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import people_in
from pishkhan.inspections.models import Visit
from pishkhan.inspections.services import request_visit, supersede_visits
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.offices.models import OfficeKind
from pishkhan.offices.services import PremisesFacts, license_office
from pishkhan.payments.services import demand, record_payment
from pishkhan.people.roles import Role
from pishkhan.people.services import enter_or_find_person
from pishkhan.regulation.selectors import Found, number

from .models import Nominee
from .numbers import LARGE_CITY, ROYALTY_LARGE_CITY, ROYALTY_SMALL_CITY, ROYALTY_VILLAGE

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
    Nominee.objects.update_or_create(request=case.dossier, post=stated["post"], defaults={
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


def demand_the_royalty(case: Case, entry: Entry, stated: Stated) -> Stated:
    """A demand note for the royalty as it is today: a fee follows the edition of its demand note."""
    royalty = royalty_of(case)
    note = demand(payer=case.applicant, purpose="royalty", about=case.subject, division=case.division,
                  amount=royalty.value, reckoning=royalty.ref, because=entry)
    case.dossier.royalty = note
    case.dossier.save()
    return {"demand_note": note.number, "amount": note.amount}


def royalty_of(case: Case) -> Found:
    """The royalty due today for an office of the case's kind in its place."""
    key = ROYALTY_VILLAGE
    if case.kind == OfficeKind.COUNTER:
        threshold = number(LARGE_CITY, on=today(), place=case.division_id).value
        large = (people_in(case.division_id) or 0) > threshold
        key = ROYALTY_LARGE_CITY if large else ROYALTY_SMALL_CITY
    return number(key, on=today(), kind=case.kind, place=case.division_id)


def note_the_payment(case: Case, entry: Entry, stated: Stated) -> Stated:
    payment = record_payment(case.dossier.royalty, amount=stated["amount"], paid_on=stated["paid_on"],
                             reference=stated["reference"], by=entry.by, role=entry.role, because=entry)
    return {"payment": payment.pk}


def enter_in_the_register(case: Case, entry: Entry, stated: Stated) -> Stated:
    dossier = case.dossier
    posts = {nominee.post: nominee.person for nominee in dossier.nominees.select_related("person")}
    premises = PremisesFacts(address=dossier.address, postal_code=dossier.postal_code, area=dossier.area,
                             tenure=dossier.tenure, lat=case.lat, lon=case.lon, quality=Division.Quality.GEOCODED)
    office, licence = license_office(
        kind=case.kind, division=case.division, holder=case.applicant, premises=premises,
        manager=posts[Nominee.Post.MANAGER], deputy=posts[Nominee.Post.DEPUTY], valid_from=stated["issued_on"],
        years=stated["years"], issuer_number=stated["issuer_number"], issued_on=stated["issued_on"],
        origin_case=case, because=entry)
    dossier.office = office
    dossier.save()
    return {"office": office.code, "licence": licence.number, "until": licence.valid_until}
