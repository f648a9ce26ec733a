"""The file of a violation case: what was reported, the ladder, similar cases, who would lose access, the outcome."""

from typing import Any

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Article
from pishkhan.casework.selectors import cases_seen_by
from pishkhan.files.selectors import name_of
from pishkhan.inspections.checklists.selectors import edition as checklist_edition
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.language.text import Text
from pishkhan.meetings.dossiers import Reader, declare_file
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum

from .access_impact import loss_of
from .catalogue import edition
from .documents import WORDS, article_text
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
    "ruling": Text("تصویر رأی یا دستور", "Scan of the ruling"),
}
NAMED = {
    "evidence": Text("دلیل‌های اثبات", "Evidence"),
    "weighed": Text("اثر عوامل", "How the factors weigh"),
    "reasons": Text("استدلال", "Reasons"),
    "departure": Text("دلیل تفاوت", "Why it departs"),
}


@declare_file(CODE)
def file_of(case: Case, reader: Reader) -> dict[str, Any]:
    """What whoever reads may see of a violation case: the parties what concerns them, who decides what they weigh."""
    dossier, sanction, violation = case.dossier, sanction_of(case), violation_of(case.dossier)
    context = {
        "template": TEMPLATE,
        "case": case,
        "dossier": dossier,
        "source": Source(dossier.source).text,
        "violation": violation,
        "cites": article_text(violation.article) if violation else None,
        "item": _item(dossier),
        "files": _files(case, reader) if Datum.DEFENCE in reader.readable else [],
        "sanction": _sanction(sanction) if sanction else None,
        "attended": Attended(dossier.attended).text if dossier.attended else None,
        "notice_on": served_by(case, "notify"),
        "summons_on": served_by(case, "schedule"),
        "decision_on": served_by(case, "impose"),
        "interim": getattr(case, "interim", None),
        "objections": [_objection(objection) for objection in case.objections.all()],
        "at_work": reader.works,
        "stays": list(case.stays.all()),
        "escalates": dossier.escalates.case.number if dossier.escalates else "",
    }
    if (
        Datum.DRAFT not in reader.readable
        or not reader.weighs
        or case.where in (REPORTED, DROPPED)
        or violation is None
    ):
        return context
    return context | _weighed(case, dossier, reader.person)


def _weighed(case: Case, dossier: ViolationDossier, person: Person) -> dict[str, Any]:
    """What stands beside the decision: the ladder, earlier and similar cases, the draft, who would lose access."""
    called, usual, edition = rung_called_for(dossier), usual_rung(dossier), edition_of(dossier)
    violation = violation_of(dossier)
    assert violation is not None, "asked once there is a charge"  # noqa: S101
    similar = similar_to(dossier)
    seen = set(
        cases_seen_by(person).filter(pk__in=[sanction.case_id for sanction in similar]).values_list("pk", flat=True)
    )
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
            for rung in edition.ladder
        ],
        "begins": of_the_act(dossier, violation.begins),
        "earlier": [_sanction(sanction) for sanction in earlier_sanctions(dossier)],
        "similar": [_sanction(sanction) | {"opens": sanction.case_id in seen} for sanction in similar],
        "usual": edition.rung(usual).text if usual else None,
        "draft": _draft(case, dossier),
        "loss": loss_of(dossier.office, today()),
        "office": dossier.office,
    }


def _draft(case: Case, dossier: ViolationDossier) -> dict[str, Any] | None:
    """The decision that is put to the vote, as it stands."""
    if not dossier.drafted:
        return None
    edition, words = edition_of(dossier), words_of(case.subject)
    return {
        "rung": edition.rung(dossier.rung).text,
        "cites": article_text(Article(dossier.instrument, dossier.article)),
        "factors": [factor.text for factor in edition.factors if factor.code in dossier.factors],
        "words": [(NAMED[name], text) for name in WORDS if (text := words.get((dossier.drafted, name)))],
    }


def _sanction(row: Sanction) -> dict[str, Any]:
    catalogue = edition(row.edition)
    return {
        "row": row,
        "rung": catalogue.rung(row.rung).text,
        "imposed": catalogue.rung(row.imposed).text,
        "changed": row.rung != row.imposed,
        "resolution": row.resolution.number,
        "office": row.office.code,
        "factors": [factor.text for factor in catalogue.factors if factor.code in row.factors],
    }


def _objection(row: Objection) -> dict[str, Any]:
    return {
        "row": row,
        "body": Objection.Body(row.body).text,
        "outcome": Objection.Outcome(row.outcome).text if row.outcome else None,
    }


def _files(case: Case, reader: Reader) -> list[dict[str, Any]]:
    rows = case.documents.filter(replaced=False, kind__in=FILES).select_related("file").order_by("pk")
    return [{"label": FILES[row.kind], "name": name_of(row.file), "href": reader.paper(row.kind)} for row in rows]


def _item(dossier: ViolationDossier) -> Text | None:
    """The item of the checklist that a visit found wanting, in words."""
    if dossier.visit is None or not dossier.item:
        return None
    return next(
        (item.text for item in checklist_edition(dossier.visit.edition).items if item.code == dossier.item), None
    )
