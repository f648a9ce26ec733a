"""Beginning what concerns a licence that is on the register: its renewal, its transfer, and what else becomes of it."""

from typing import Any

from pishkhan.casework.models import Case
from pishkhan.casework.procedure import Procedure
from pishkhan.casework.services import open_case
from pishkhan.journal.acts import Actor
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import Holding, Licence, OfficeKind
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role

from .models import (
    AboutLicence,
    AddressChangeDossier,
    BoothDossier,
    ClosureDossier,
    ConversionDossier,
    CorrectionDossier,
    NameChangeDossier,
    RenewalDossier,
    SurrenderDossier,
    TransferDossier,
)

DOSSIERS: dict[str, type[AboutLicence]] = {
    "renewal": RenewalDossier, "transfer": TransferDossier, "address-change": AddressChangeDossier,
    "name-change": NameChangeDossier, "closure": ClosureDossier, "surrender": SurrenderDossier,
    "correction": CorrectionDossier, "conversion": ConversionDossier, "booth": BoothDossier,
}
NO_HOLDER = Text("این دفتر امروز دارنده‌ای ندارد.", "The office has no holder today.")


def open_matter(code: str, licence: Licence, *, by: Actor) -> Case:
    """Begin something about a licence: by who holds it or acts for its holder, or by an expert where that is said."""
    if code not in DOSSIERS:
        raise Missing()
    role = Procedure.in_force(code, today()).begins.turn or Role.APPLICANT
    kind = OfficeKind.RURAL_ICT if code == "conversion" else licence.kind
    return open_case(code, DOSSIERS[code](licence=licence), kind=kind, division=licence.division, by=by, role=role,
                     applicant=holder_of(licence), about=licence.office.subject)


def holder_of(licence: Licence) -> Person | Organisation:
    """Who holds the office of a licence today; Invalid if nobody does."""
    holdings = Holding.objects.on(today()).filter(office=licence.office_id).select_related("person", "organisation")
    holder: Person | Organisation | None = next((each.person or each.organisation for each in holdings), None)
    if holder is None:
        raise Invalid(NO_HOLDER, {"licence": NO_HOLDER})
    return holder


def matters_for(licence: Licence) -> list[dict[str, Any]]:
    """What can be begun about a licence by its holder, by code with its title."""
    codes = [code for code in DOSSIERS if (code == "conversion") == (licence.kind == OfficeKind.LEGACY_AGENT)]
    procedures = [Procedure.in_force(code, today()) for code in codes]
    return [{"code": each.code, "title": each.title} for each in procedures if each.begins.turn == Role.APPLICANT]
