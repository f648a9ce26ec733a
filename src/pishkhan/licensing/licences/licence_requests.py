"""Beginning what concerns a licence that is on the register: its renewal, its transfer, and what else becomes of it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from pishkhan.casework.models import Case, relation_to
from pishkhan.casework.procedures.procedure import Procedure, Rule
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.selectors import Unmet, cases_seen_by, unmet
from pishkhan.casework.services import open_case
from pishkhan.journal.acts import Actor
from pishkhan.journal.clock import now, today
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.licensing.models import AboutLicence
from pishkhan.offices.models import Licence, Office, OfficeKind
from pishkhan.offices.selectors import holder_on, offices_of
from pishkhan.people.models import Person
from pishkhan.people.parties import Party, party_fields
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

# In which order what becomes of a licence is offered. Whatever else is about a licence comes after these, by its code.
ORDER = (
    "renewal",
    "revival",
    "transfer",
    "address-change",
    "name-change",
    "closure",
    "surrender",
    "correction",
    "conversion",
)
NO_HOLDER = Text("این دفتر امروز دارنده‌ای ندارد.", "The office has no holder today.")


def _offered(item: tuple[str, type[AboutLicence]]) -> tuple[int, str]:
    """Where it stands among what is offered."""
    code, _ = item
    return [*ORDER, code].index(code), code


def matter_dossiers() -> dict[str, type[AboutLicence]]:
    """By the code of each procedure about a licence, its dossier, in the order in which they are offered."""
    dossiers = {code: procedure.dossier for (code, _), procedure in Procedure.register.items()}
    about = {code: dossier for code, dossier in dossiers.items() if issubclass(dossier, AboutLicence)}
    return dict(sorted(about.items(), key=_offered))


@dataclass(frozen=True)
class Matter:
    """What somebody can ask about a licence: what must be so before they begin, and what of it is not."""

    procedure: type[Procedure]
    met: tuple[Unmet, ...]  # told as the others are: sentence, citation, whether it would bind
    unmet: tuple[Unmet, ...]

    @property
    def code(self) -> str:
        return self.procedure.code

    @property
    def in_the_way(self) -> tuple[Unmet, ...]:
        """What stands in the way: what is not so, and binds."""
        return tuple(rule for rule in self.unmet if rule.binds)


def matters_for(licence: Licence, person: Person) -> list[Matter]:
    """What a person may begin about a licence, by the very rules that submitting it will ask.

    Each rule is asked once: what can be asked beforehand does not depend on what is begun.
    """
    holder = holder_on(licence.office, today())
    cases = [
        supposed(code, licence, holder)
        for code in matter_dossiers()
        if (code == "conversion") == (licence.kind == OfficeKind.LEGACY_AGENT)
    ]
    held = person.capacities({begun_by(other_case.procedure) for other_case in cases}, over=cases[0])
    holds: dict[Rule, bool] = {}
    matters = []
    for case in (other_case for other_case in cases if begun_by(other_case.procedure) in held):
        rules = [rule for rule in case.procedure.submitting().when if rule.beforehand and rule.concerns(case)]
        for rule in rules:
            if rule not in holds:
                holds[rule] = rule.holds(case, now(), {})
        matters.append(
            Matter(
                case.procedure,
                unmet(case, (rule for rule in rules if holds[rule])),
                unmet(case, (rule for rule in rules if not holds[rule])),
            )
        )
    return matters


def supposed(code: str, licence: Licence, holder: Party | None) -> Case:
    """The case about a licence as it would be if it were begun today. Nothing of it is kept."""
    kind = OfficeKind.RURAL_ICT if code == "conversion" else licence.kind
    case = Case(
        procedure_code=code,
        kind=kind,
        division_id=licence.division_id,
        about=licence.office.subject,
        **party_fields(holder),
    )
    dossier = matter_dossiers()[code]
    setattr(case, relation_to(dossier), dossier(licence=licence))
    return case


@retried
def begin_matter(code: str, licence: Licence, *, by: Person) -> Case:
    """Begin what can be begun now, or go on with the draft of it that was begun already.

    RulesUnmet where something stands in the way, Missing if it is not for them.
    """
    with one_transaction():
        lock(licence.office)  # of two who begin at once the second finds the first one's draft
        if code in (begun := drafts_about(licence.office, by)):
            return begun[code]
        matter = next((candidate for candidate in matters_for(licence, by) if candidate.code == code), None)
        if matter is None:
            raise Missing()
        if in_the_way := matter.in_the_way:
            raise RulesUnmet(
                [candidate.rule for candidate in in_the_way], [candidate.citation for candidate in in_the_way]
            )
        return open_matter(code, licence, by=by)


def drafts_about(office: Office, person: Person) -> dict[str, Case]:
    """By procedure, the draft about an office that was begun already and that a person may go on with."""
    rows: QuerySet[Case] = cases_seen_by(person).filter(about=office.subject, submitted_on=None).order_by("pk")
    return {row.procedure_code: row for row in rows if row.where == row.procedure.begins}


def open_matter(code: str, licence: Licence, *, by: Actor) -> Case:
    """Open a draft about a licence: by who holds it or acts for its holder, or by an expert where that is said."""
    dossier = matter_dossiers().get(code)
    if dossier is None:
        raise Missing()
    role = begun_by(Procedure.in_force(code, today()))
    kind = OfficeKind.RURAL_ICT if code == "conversion" else licence.kind
    return open_case(
        code,
        dossier(licence=licence),
        kind=kind,
        division=licence.division,
        by=by,
        role=role,
        applicant=holder_of(licence),
        about=licence.office.subject,
    )


def begun_by(procedure: type[Procedure]) -> str:
    """The role in which a matter is begun: whose turn its draft is."""
    return procedure.turn_at(procedure.begins) or Role.APPLICANT


def holder_of(licence: Licence) -> Party:
    """Who holds the office of a licence today; Invalid if nobody does."""
    holder = holder_on(licence.office, today())
    if holder is None:
        raise Invalid(NO_HOLDER, {"licence": NO_HOLDER})
    return holder


def offices_for(person: Person) -> QuerySet[Office]:
    """The offices that a person holds, in person or by whom they act for, or manages; and those of their region."""
    own = offices_of(person, today())
    return Office.objects.filter(in_places(person) | Q(pk__in=own))
