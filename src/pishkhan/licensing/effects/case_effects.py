"""What the steps of an application do to its case: place, people, papers, visits, conditions. Each within its act."""

from typing import Any

from pishkhan.casework.documents.attachments import put_with
from pishkhan.casework.inquiries import ask_all, forget_the_place
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import effect
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.services import request_visit, supersede_visits
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.licensing.models import Nominee
from pishkhan.people.roles import Role
from pishkhan.people.services import enter_or_find_person

Stated = dict[str, Any]


@effect("مشخصات محل در پرونده نوشته می‌شود.", "The place is noted in the case.")
def note_the_place(case: Case, entry: Entry, stated: Stated) -> Stated:
    dossier = case.dossier
    for name in ("address", "postal_code", "area", "tenure", "lease_years"):
        setattr(dossier, name, stated[name])
    dossier.save()
    case.lat, case.lon = stated["lat"], stated["lon"]
    return {}


@effect(
    "جای دیگر نوشته و برای آن بازدید نخست خواسته می‌شود؛ بازدید جای پیشین دیگر به شمار نمی‌آید.",
    "Another place is noted and an initial visit asked for; what was seen of the old one counts no more.",
)
def note_the_place_anew(case: Case, entry: Entry, stated: Stated) -> Stated:
    """Another place than the one refused: what was seen of the old one counts no more."""
    supersede_visits(case, because=entry)
    return note_the_place(case, entry, stated) | request_the_initial_visit(case, entry, stated)


@effect("پاسخ‌ها دربارهٔ این محل دیگر به شمار نمی‌آید.", "What bodies said of this place counts no more.")
def give_up_the_place(case: Case, entry: Entry, stated: Stated) -> Stated:
    forget_the_place(case)
    return {}


@effect(
    "مدرک در پرونده می‌ماند، به جای مدرک پیشین از همین نوع.",
    "The paper lies with the case, in place of an earlier one of its kind.",
)
def attach_the_paper(case: Case, entry: Entry, stated: Stated) -> Stated:
    put_with(case, entry, kind=stated["kind"], file=stated["file"])
    return {}


@effect("شخص معرفی‌شده در پرونده نوشته می‌شود.", "The person named is entered in the case.")
def put_in_the_nominee(case: Case, entry: Entry, stated: Stated) -> Stated:
    person = enter_or_find_person(
        SYSTEM,
        role=Role.SYSTEM,
        division=case.division,
        because=entry,
        born_on=stated["born_on"],
        given_name=stated["given_name"],
        family_name=stated["family_name"],
        father_name=stated["father_name"],
        national_id=stated["national_id"],
    )
    Nominee.objects.update_or_create(
        case=case,
        post=stated["post"],
        defaults={
            "person": person,
            "degree": stated["degree"],
            "state_employee": stated["state_employee"],
            "military_settled": stated["military_settled"],
        },
    )
    return {"person": person.ref}


@effect("بازدید نخست خواسته می‌شود.", "The initial visit is asked for.")
def request_the_initial_visit(case: Case, entry: Entry, stated: Stated) -> Stated:
    visit = request_visit(kind=Visit.Kind.INITIAL, purpose=Visit.Purpose.ESTABLISHMENT, case=case, because=entry)
    return {"visit": visit.pk}


@effect("بازدید نهایی خواسته می‌شود.", "The final visit is asked for.")
def request_the_final_visit(case: Case, entry: Entry, stated: Stated) -> Stated:
    visit = request_visit(kind=Visit.Kind.FINAL, purpose=Visit.Purpose.ESTABLISHMENT, case=case, because=entry)
    return {"visit": visit.pk}


@effect("نظر کمیتهٔ فنی در پرونده نوشته می‌شود.", "The opinion of the technical committee is noted.")
def note_the_opinion(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.committee_is_favourable = stated["opinion"] == "favourable"
    case.dossier.save()
    return {}


@effect(
    "از دستگاه‌ها استعلام می‌شود؛ شرط کارگروه هنوز برآورده نشده است.",
    "Other bodies are asked; the condition of the working group is still to be met.",
)
def ask_all_on_a_condition(case: Case, entry: Entry, stated: Stated) -> Stated:
    """What the working group asks now is still to be met, whatever was met before."""
    case.dossier.condition_met_on = None
    case.dossier.save()
    return ask_all(case, entry, stated)


@effect("برآورده شدن شرط نوشته می‌شود.", "It is noted that the condition is met.")
def note_the_condition(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.condition_met_on = today()
    case.dossier.save()
    return {}


@effect("روز تحویل پروانهٔ پیشین نوشته می‌شود.", "The day on which the document of old came back is noted.")
def take_the_document_back(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.handed_in_on = today()
    case.dossier.save()
    return {}


@effect("نوشته می‌شود که چیزی تغییر کرده یا نه.", "It is noted whether anything has changed.")
def note_what_changed(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.changed = stated["changed"] == "yes"
    case.dossier.save()
    return {}


@effect(
    "خریدار طرف دیگر پرونده می‌شود؛ موافقت خریدار پیشین از میان می‌رود.",
    "The buyer becomes the other side; an earlier buyer's agreement falls.",
)
def name_the_buyer(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.other_person, case.other_organisation = stated["person"], stated["organisation"]
    case.dossier.agreed_on, case.dossier.beneficiary_is_declared = None, False
    case.dossier.save()
    return {}


@effect("موافقت خریدار و ذی‌نفع واقعی نوشته می‌شود.", "The buyer's agreement and the beneficial owner are noted.")
def note_the_agreement(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.agreed_on, case.dossier.beneficiary_is_declared = today(), bool(stated["beneficiary"])
    case.dossier.save()
    return {}


@effect("تعهد خریدار نوشته می‌شود.", "The buyer's undertaking is noted.")
def note_the_undertaking(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.undertaken_on = today()
    case.dossier.save()
    return {}


@effect("جای تازه در پرونده نوشته می‌شود.", "The new place is noted in the case.")
def note_where_it_moves(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.moves_to = stated["moves_to"]
    return note_the_place(case, entry, stated)


@effect(
    "جای دیگر نوشته و برای آن بازدید نخست خواسته می‌شود؛ آنچه از جای پیشین گفته و دیده شده به شمار نمی‌آید.",
    "Another place is noted and an initial visit asked for; what was said and seen of the old one counts no more.",
)
def note_where_it_moves_anew(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.moves_to = stated["moves_to"]
    forget_the_place(case)
    return note_the_place_anew(case, entry, stated)


@effect("نام تازه در پرونده نوشته می‌شود.", "The new name is noted in the case.")
def note_the_name(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.name = stated["name"]
    case.dossier.save()
    return {}


@effect("روزها در پرونده نوشته می‌شود.", "The days are noted in the case.")
def note_the_days(case: Case, entry: Entry, stated: Stated) -> Stated:
    for name in ("from_on", "until_on"):
        if name in stated:
            setattr(case.dossier, name, stated[name])
    case.dossier.save()
    return {}


@effect("جا و روزهای باجه در پرونده نوشته می‌شود.", "Place and days of the booth are noted in the case.")
def note_the_booth(case: Case, entry: Entry, stated: Stated) -> Stated:
    case.dossier.place, case.dossier.address = stated["place"], stated["address"]
    case.lat, case.lon = stated["lat"], stated["lon"]
    return note_the_days(case, entry, stated)


@effect("آنچه باید در ثبت باشد در پرونده نوشته می‌شود.", "What the register should say is noted in the case.")
def note_the_correction(case: Case, entry: Entry, stated: Stated) -> Stated:
    note_the_place(case, entry, stated)
    return note_the_days(case, entry, stated)
