"""The documents that go out by the steps of a violation case, and what stands in each."""

from collections.abc import Callable, Iterator

from pishkhan.casework.documents.outgoing_documents import Draft
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Article, Letter, Stated, Step
from pishkhan.geography.selectors import place_name
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.letters.formatting import day_told
from pishkhan.letters.kinds import VIOLATION_DECISION, VIOLATION_NOTICE, VIOLATION_ORDER, VIOLATION_SUMMONS, Kind
from pishkhan.letters.letterhead import pair
from pishkhan.offices.addressing import Facts, case_facts, party_facts
from pishkhan.regulation.selectors import UNSOURCED, cited

from .numbers import OBJECTION_TERM, REPLY_TERM
from .procedure.appeals import APPEALS
from .selectors import edition_of, imposed_in, violation_of

WORDS = ("evidence", "weighed", "reasons", "departure")  # of a decision, in the order in which they are told


def notice(case: Case, entry: Entry, stated: Stated) -> Facts:
    """What is held against the holder, and until when it can be explained."""
    term = case.reckoned(REPLY_TERM)
    return {"words": [stated["grounds"]], "term": {"days": term.value, "source": pair(term.citation)}}


def summons(case: Case, entry: Entry, stated: Stated) -> Facts:
    return {"held_on": day_told(stated["held_on"]), "explained": case.dossier.answered_on is not None}


def order(case: Case, entry: Entry, stated: Stated) -> Facts:
    """Why the licence is suspended at once, and until when at most."""
    told = case.interim
    return {"from_on": day_told(told.from_on), "until_on": day_told(told.until_on), "words": [stated["reasons"]]}


def decision(case: Case, entry: Entry, stated: Stated) -> Facts:
    """What was decided, on what it rests, by how many votes, and how to object."""
    sanction, edition, dossier = imposed_in(case), edition_of(case.dossier), case.dossier
    words, term, resolution = words_of(case.subject), case.reckoned(OBJECTION_TERM), sanction.resolution
    return {
        "decision": {
            "rung": pair(edition.rung(sanction.rung).text),
            "days": sanction.days,
            "earlier": sanction.earlier,
            "cites": pair(article_told(Article(dossier.instrument, dossier.article))),
            "factors": [pair(each.text) for each in edition.factors if each.code in sanction.factors],
            "resolution": resolution.number,
            "decided_on": day_told(resolution.decided_on),
            "votes_for": resolution.votes_for,
            "votes_against": resolution.votes_against,
            "words": [{"of": name, "text": text} for name in WORDS if (text := words.get((dossier.drafted, name)))],
        },
        "objection": {
            "days": term.value,
            "source": pair(term.citation),
            "bodies": [{"name": pair(name), "how": pair(how)} for name, how in APPEALS],
        },
    }


def article_told(article: Article | None) -> Text:
    """Where a violation or a decision says that it comes from."""
    return cited(article.instrument, article.number) if article else UNSOURCED


def _office(case: Case) -> Facts:
    office = case.dossier.office
    return {
        "code": office.code,
        "licence": case.dossier.licence.number,
        "place": pair(Text(place_name(office.division_id, "fa"), place_name(office.division_id, "en"))),
    }


def _violation(case: Case) -> Facts:
    found = violation_of(case.dossier)
    assert found is not None, "letters go out from the charge on"  # noqa: S101
    return {
        "text": pair(found.text),
        "on": day_told(case.dossier.committed_on),
        "source": pair(article_told(found.article)),
    }


def _letter(kind: Kind, facts: Callable[[Case, Entry, Stated], Facts]) -> Letter:
    """A letter to the holder: what stands in it besides case, party, office and violation."""

    def drafts(case: Case, step: Step, entry: Entry, stated: Stated) -> Iterator[Draft]:
        yield Draft(
            kind,
            case.subject,
            case.party_ref,
            facts(case, entry, stated)
            | {
                "case": case_facts(case),
                "to": party_facts(case.applicant),
                "office": _office(case),
                "violation": _violation(case),
            },
        )

    return Letter(kind, drafts)


NOTICE, SUMMONS = _letter(VIOLATION_NOTICE, notice), _letter(VIOLATION_SUMMONS, summons)
ORDER, DECISION = _letter(VIOLATION_ORDER, order), _letter(VIOLATION_DECISION, decision)
