"""The documents that go out by the steps of procedures, and what stands in each."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils.translation import override

from pishkhan.casework.documents.outgoing_documents import Draft
from pishkhan.casework.grounds import ground_offers
from pishkhan.casework.models import Case, Inquiry
from pishkhan.casework.procedures.procedure import Letter as StepLetter
from pishkhan.casework.procedures.procedure import Step
from pishkhan.casework.selectors import citation_of
from pishkhan.enforcement.procedure.appeals import APPEALS
from pishkhan.journal.models import Entry
from pishkhan.language.text import LANGUAGES, Text
from pishkhan.letters.formatting import day_text, in_words
from pishkhan.letters.kinds import ACKNOWLEDGEMENT, DEMAND, INQUIRY, LICENCE, REFUSAL, Kind
from pishkhan.letters.letterhead import pair
from pishkhan.letters.models import Letter
from pishkhan.letters.records import Personal
from pishkhan.letters.selectors import letters_about
from pishkhan.meetings.models import Resolution
from pishkhan.meetings.refusing.grounds import grounds_of
from pishkhan.meetings.selectors import reasons_of
from pishkhan.offices.addressing import Facts, case_facts, party_facts
from pishkhan.offices.models import Licence
from pishkhan.payments.models import DemandNote
from pishkhan.people.models import Organisation, Person
from pishkhan.people.parties import Party
from pishkhan.people.selectors import national_id_of
from pishkhan.regulation.keys import KEYS, Key, unit_of
from pishkhan.regulation.selectors import citation_of as source_of
from pishkhan.regulation.selectors import in_force

from .effects.case_effects import FormData
from .inquiries import PERSON, PLACE
from .licences.extracts import licence_facts
from .models import Nominee
from .stated import POSTS

OBJECTION_TERM = Key("objection.term_days", "day", "مهلت اعتراض به رد درخواست", "Days to object to a refusal")
RESOLVED = Text(
    "مصوبهٔ {number} در {day}: {votes_for} رأی موافق رد، {votes_against} رأی مخالف.",
    "Resolution {number} of {day}: {votes_for} {votes_for:vote|votes} for the refusal, {votes_against} against.",
)
CONTESTED = Text(
    "{ground} (تنها آگاهی است؛ رد بر آن استوار نیست.)", "{ground} (This only informs: the refusal does not rest on it.)"
)
NOT_CLEARED = Text("پاسخ «{body}» بلامانع نبود (نامهٔ {letter}).", "{body} did not clear it (letter {letter}).")
APPLICANT, BUYER, SELLER = Text("متقاضی", "Applicant"), Text("خریدار", "Buyer"), Text("فروشنده", "Seller")


def inquiries(case: Case, step: Step, entry: Entry, data: FormData) -> Iterator[Draft]:
    """A letter to each body that is asked by the step."""
    for code in entry.facts["outcome"]["asked"]:
        yield Draft(INQUIRY, case.subject, party_of(case).ref, inquiry_facts(case, code))


def acknowledgement(case: Case, step: Step, entry: Entry, data: FormData) -> Iterator[Draft]:
    """That a request was received, and what lies ahead of it."""
    way, there = case.procedure.way, set(case.documents.filter(replaced=False).values_list("kind", flat=True))
    ahead = way[way.index(case.where) :] if case.where in way else ()
    yield _to_applicant(
        ACKNOWLEDGEMENT,
        case,
        {
            "submitted_on": day_text(case.judged_on),
            "licence": _licence_of(case),
            "way": [
                {"label": pair(stage.label), "days": case.reckoned(stage.within).value if stage.within else None}
                for stage in ahead
                if not stage.ends
            ],
            "papers": [
                pair(document.label) for document in case.procedure.documents_of(case.kind) if document.code in there
            ],
        },
    )


def demand_note(case: Case, step: Step, entry: Entry, data: FormData) -> Iterator[Draft]:
    """What is to be paid, and how it was reckoned."""
    note: DemandNote = DemandNote.objects.get(number=entry.facts["outcome"]["demand_note"])
    term = case.reckoned(case.where.within).value if case.where.within else None
    yield Draft(
        DEMAND,
        case.subject,
        note.payer.ref,
        {
            "case": case_facts(case),
            "to": party_facts(note.payer),
            "demand": {
                "number": note.number,
                "amount": note.amount,
                "in_words": in_words(note.amount),
                "due_on": day_text(note.due_on) if note.due_on else None,
                "days": None if note.due_on else term,
                "from_service": case.where.from_service,
                "reckoning": _reckoned(case, note.reckoning),
            },
        },
    )


def refusal(case: Case, step: Step, entry: Entry, data: FormData) -> Iterator[Draft]:
    """That a request was refused: the rules that say so, what they rest on, and how to object."""
    yield _refused(case, step, data, of="request", days=None)


def refusal_of_place(case: Case, step: Step, entry: Entry, data: FormData) -> Iterator[Draft]:
    """That the place of a request was refused, and until when another may be stated."""
    yield _refused(
        case, step, data, of="place", days=case.reckoned(case.where.within).value if case.where.within else None
    )


def licence(case: Case, step: Step, entry: Entry, data: FormData) -> Iterator[Draft]:
    """The licence that a step issued, or the extract of the register about it."""
    issued: Licence = Licence.objects.select_related("office").get(number=entry.facts["outcome"]["licence"])
    facts = licence_facts(issued)
    if not facts["licence"]["is_the_licence"]:
        facts["signed"] = None  # who took the step signed the licence, elsewhere; the extract is the register's own
    yield Draft(LICENCE, issued.subject, facts.pop("held_by"), facts | {"case": case_facts(case)})


# What steps name: which document goes out.
RECEIPT, DEMAND_NOTE = StepLetter(ACKNOWLEDGEMENT, acknowledgement), StepLetter(DEMAND, demand_note)
REFUSAL_LETTER, PLACE_REFUSAL = StepLetter(REFUSAL, refusal), StepLetter(REFUSAL, refusal_of_place)
INQUIRY_LETTERS, LICENCE_DOCUMENT = StepLetter(INQUIRY, inquiries), StepLetter(LICENCE, licence)


def letters_of(number: str) -> list[Letter]:
    """The documents of a case or of a licence, or the one of a number, in the order in which they went out."""
    cases, licences = (
        Case.objects.filter(number=number),
        Licence.objects.filter(Q(number=number) | Q(origin_case__number=number)),
    )
    about = [row.subject for rows in (cases, licences) for row in rows]
    return list(Letter.objects.filter(Q(number=number) | Q(about__in=about)).order_by("pk"))


def letters_beside(person: Person, case: Case) -> list[Letter]:
    """The documents of a case, and of the licences that came of it, that a person may have."""
    return letters_about(
        person, [case.subject, *(licence.subject for licence in Licence.objects.filter(origin_case=case))]
    )


def party_of(case: Case) -> Party:
    """Whom inquiries about persons are about: who wants to hold a licence."""
    return case.other_side or case.applicant


def inquiry_facts(case: Case, code: str) -> Facts:
    """What a body is asked: about whom or what, within how long."""
    kind = case.procedure.inquiry(code)
    term, is_place = case.reckoned(kind.within), kind.about == PLACE
    return {
        "case": case_facts(case),
        "inquiry": {
            "body": pair(kind.label),
            "about": PLACE if is_place else PERSON,
            "days": term.value,
            "source": pair(term.citation),
            "silence_clears": kind.silence_clears,
            "place": _place_facts(case) if is_place else None,
            "persons": [] if is_place else list(_persons(case, kind.about)),
        },
    }


def _persons(case: Case, about: str) -> Iterator[Facts]:
    """Who an inquiry is about: the seller alone; or the party that wants to hold a licence, with whom it names."""
    if about != PERSON:
        yield _identified(SELLER, case.applicant)
        return
    party = party_of(case)
    yield _identified(APPLICANT if party == case.applicant else BUYER, party)
    posts = dict(POSTS)
    for nominee in case.nominees.select_related("person").order_by("pk"):
        yield _identified(_post_label(posts[Nominee.Post(nominee.post)]), nominee.person)


def _post_label(label: str) -> Text:
    """The label of a field, which follows whoever reads it, in both languages."""
    labels = []
    for language in LANGUAGES:
        with override(language):
            labels.append(str(label))
    return Text(*labels)


def _identified(role: Text, party: Party) -> Facts:
    if isinstance(party, Organisation):
        return {"standing": pair(role), "name": party.name, "father_name": "", "id": party.legal_id or ""}
    return {
        "standing": pair(role),
        **{
            name: Personal(fact, party.ref)
            for name, fact in (
                ("name", party.full_name),
                ("father_name", party.father_name),
                ("id", national_id_of(party)),
            )
        },
    }


def _place_facts(case: Case) -> Facts:
    return {name: getattr(case.dossier, name) for name in ("address", "postal_code", "area")}


def _refused(case: Case, step: Step, data: FormData, *, of: str, days: int | None) -> Draft:
    term = case.reckoned(OBJECTION_TERM)
    grounds, words = (
        [*_grounds(case, step), *_declared(case, step, data)],
        [data["reasons"]] if data.get("reasons") else [],
    )
    if resolution := _resolution_behind(case, step):
        words += reasons_of(resolution)
    return _to_applicant(
        REFUSAL,
        case,
        {
            "submitted_on": day_text(case.judged_on),
            "refusal": {
                "of": of,
                "grounds": grounds,
                "words": words,
                "days": days,
                "from_service": case.where.from_service,
            },
            "objection": {
                "days": term.value,
                "source": pair(term.citation),
                "bodies": [{"name": pair(name), "how": pair(how)} for name, how in APPEALS],
            },
        },
    )


def _grounds(case: Case, step: Step) -> Iterator[Facts]:
    """The rules by which the step was open, each with its article; the resolution and the answers they rest on."""
    for rule in step.when:
        if rule.concerns(case):
            yield {"sentence": pair(rule.sentence), "source": pair(citation_of(case, rule))}
    if resolution := _resolution_behind(case, step):
        yield {
            "source": None,
            "sentence": pair(
                RESOLVED.filled(
                    number=resolution.number,
                    day=Text(**day_text(resolution.decided_on)),
                    votes_for=resolution.votes_for,
                    votes_against=resolution.votes_against,
                )
            ),
        }
    else:
        for inquiry in _not_cleared(case):
            yield {
                "source": None,
                "sentence": pair(
                    NOT_CLEARED.filled(body=case.procedure.inquiry(inquiry.code).label, letter=inquiry.letter)
                ),
            }


def _declared(case: Case, step: Step, data: FormData) -> Iterator[Facts]:
    """The declared grounds on which a body, or whoever decides, refuses; what the law contests is told as such."""
    resolution = _resolution_behind(case, step)
    codes = grounds_of(resolution) if resolution else data.get("grounds", [])
    for offer in ground_offers(case):
        if offer.code in codes:
            sentence = CONTESTED.filled(ground=offer.ground.sentence) if offer.contested else offer.ground.sentence
            yield {"sentence": pair(sentence), "source": pair(offer.citation)}


def _resolution_behind(case: Case, step: Step) -> Resolution | None:
    if not step.carries_out:
        return None
    return Resolution.objects.filter(case=case, outcome=step.carries_out).select_related("item").order_by("-pk").first()


def _not_cleared(case: Case) -> Iterable[Inquiry]:
    """The latest answers that did not clear a case: of which body, by which letter, and no more."""
    latest = {inquiry.code: inquiry for inquiry in case.inquiries.filter(answered_on__isnull=False).order_by("pk")}
    return [inquiry for inquiry in latest.values() if not inquiry.cleared]


def _to_applicant(kind: Kind, case: Case, facts: Facts) -> Draft:
    return Draft(
        kind, case.subject, case.party_ref, {"case": case_facts(case), "to": party_facts(case.applicant)} | facts
    )


def _licence_of(case: Case) -> Facts | None:
    held = getattr(case.dossier, "licence", None)
    return {"number": held.number} if held else None


def _reckoned(case: Case, refs: list[str]) -> list[Facts]:
    """The dated numbers that an amount follows, each with its meaning, unit and source."""
    keys = [int(ref.partition(":")[2]) for ref in refs]
    rows = {row.pk: row for row in in_force(case.judged_on, case.division_id).filter(pk__in=keys)}
    lines = [rows[key] for key in keys if key in rows]
    return [
        {
            "meaning": pair(KEYS[row.key].meaning),
            "value": row.value,
            "unit": pair(unit_of(KEYS[row.key].unit, row.value)),
            "source": pair(source_of(row)),
        }
        for row in lines
    ]
