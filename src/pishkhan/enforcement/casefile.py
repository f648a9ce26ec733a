"""The file of a violation case: what was reported, the ladder, similar cases, who would lose access, the outcome."""

from typing import Any

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Article
from pishkhan.casework.selectors import cases_seen_by, works_on
from pishkhan.files.selectors import name_of
from pishkhan.inspections.checklists.checklist import edition as checklist_edition
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.language.text import Text
from pishkhan.meetings.dossiers import declare_file
from pishkhan.people.models import Person

from .access_impact import loss_of
from .catalogue import edition
from .documents import WORDS, article_told
from .models import Attended, Objection, Sanction, Source, ViolationDossier
from .procedure.stages import DROPPED, REPORTED
from .selectors import (
    CODE,
    earlier_sanctions,
    edition_of,
    length_of,
    of_the_act,
    rung_called_for,
    sanction_of,
    served_by,
    similar_to,
    usual_rung,
    violation_of,
)

TEMPLATE = "enforcement/file.html"
FILES = {
    "defence": Text("پیوست توضیح", "Attached to the explanation"),
    "objection": Text("پیوست اعتراض", "Attached to the objection"),
}
NAMED = {
    "evidence": Text("دلیل‌های اثبات", "Evidence"),
    "weighed": Text("اثر عوامل", "How the factors weigh"),
    "reasons": Text("استدلال", "Reasons"),
    "departure": Text("دلیل تفاوت", "Why it departs"),
}


@declare_file(CODE)
def file_of(case: Case, person: Person) -> dict[str, Any]:
    """What whoever asks may see of a violation case: the parties what concerns them, who decides what they weigh."""
    dossier, sanction, at_work = case.dossier, sanction_of(case), works_on(case, person)
    violation = violation_of(dossier)
    found = {
        "template": TEMPLATE,
        "case": case,
        "dossier": dossier,
        "source": Source(dossier.source).text,
        "violation": violation,
        "cites": article_told(violation.article) if violation else None,
        "item": _item(dossier),
        "files": _files(case),
        "sanction": _sanction(sanction) if sanction else None,
        "attended": Attended(dossier.attended).text if dossier.attended else None,
        "notice_on": served_by(case, "notify"),
        "summons_on": served_by(case, "schedule"),
        "decision_on": served_by(case, "impose"),
        "interim": getattr(case, "interim", None),
        "objections": [_objection(each) for each in case.objections.all()],
        "at_work": at_work,
        "stays": list(case.stays.all()),
        "escalates": dossier.escalates.case.number if dossier.escalates else "",
    }
    if not at_work or case.where in (REPORTED, DROPPED) or violation is None:
        return found
    return found | _weighed(case, dossier, person)


def _weighed(case: Case, dossier: ViolationDossier, person: Person) -> dict[str, Any]:
    """What stands beside the decision: the ladder, earlier and similar cases, the draft, who would lose access."""
    called, usual, found = rung_called_for(dossier), usual_rung(dossier), edition_of(dossier)
    violation = violation_of(dossier)
    assert violation is not None, "asked once there is a charge"  # noqa: S101
    similar = similar_to(dossier)
    seen = set(cases_seen_by(person).filter(pk__in=[each.case_id for each in similar]).values_list("pk", flat=True))
    return {
        "ladder": [
            {
                "code": rung.code,
                "text": rung.text,
                "days": length_of(dossier, rung),
                "called": rung == called,
                "usual": rung.code == usual,
                "drafted": rung.code == dossier.rung,
            }
            for rung in found.ladder
        ],
        "begins": of_the_act(dossier, violation.begins),
        "earlier": [_sanction(each) for each in earlier_sanctions(dossier)],
        "similar": [_sanction(each) | {"opens": each.case_id in seen} for each in similar],
        "usual": found.rung(usual).text if usual else None,
        "draft": _draft(case, dossier),
        "loss": loss_of(dossier.office, today()),
        "office": dossier.office,
    }


def _draft(case: Case, dossier: ViolationDossier) -> dict[str, Any] | None:
    """The decision that is put to the vote, as it stands."""
    if not dossier.drafted:
        return None
    found, words = edition_of(dossier), words_of(case.subject)
    return {
        "rung": found.rung(dossier.rung).text,
        "cites": article_told(Article(dossier.instrument, dossier.article)),
        "factors": [each.text for each in found.factors if each.code in dossier.factors],
        "words": [(NAMED[name], text) for name in WORDS if (text := words.get((dossier.drafted, name)))],
    }


def _sanction(row: Sanction) -> dict[str, Any]:
    found = edition(row.edition)
    return {
        "row": row,
        "rung": found.rung(row.rung).text,
        "imposed": found.rung(row.imposed).text,
        "changed": row.rung != row.imposed,
        "resolution": row.resolution.number,
        "office": row.office.code,
        "factors": [each.text for each in found.factors if each.code in row.factors],
    }


def _objection(row: Objection) -> dict[str, Any]:
    return {
        "row": row,
        "body": Objection.Body(row.body).text,
        "outcome": Objection.Outcome(row.outcome).text if row.outcome else None,
    }


def _files(case: Case) -> list[dict[str, Any]]:
    rows = case.documents.filter(replaced=False, kind__in=FILES).select_related("file").order_by("pk")
    return [{"kind": each.kind, "label": FILES[each.kind], "name": name_of(each.file)} for each in rows]


def _item(dossier: ViolationDossier) -> Text | None:
    """The item of the checklist that a visit found wanting, in words."""
    if dossier.visit is None or not dossier.item:
        return None
    return next(
        (each.text for each in checklist_edition(dossier.visit.edition).items if each.code == dossier.item), None
    )
