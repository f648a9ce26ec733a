"""Objections: the one who was visited says what is wrong with findings; an expert who did not accept them decides."""

from collections.abc import Iterable, Mapping

from pishkhan.casework.actions.actions import refuse_unfit, taking
from pishkhan.files.models import StoredFile
from pishkhan.inspections import notices, refusals
from pishkhan.inspections.checklists.report_validation import major_faults, passes
from pishkhan.inspections.models import Finding, Objection, ObjectionFile, Visit, Waiver
from pishkhan.inspections.visits.follow_up import notify_party, owe_for
from pishkhan.inspections.visits.publication import finality_of, term_of
from pishkhan.inspections.visits.waivers import use_waiver
from pishkhan.inspections.wording import whose_words
from pishkhan.journal.acts import act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.offices.undertakings.services import let_go
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

Outcome = Objection.Outcome
MOST_FILES = 5
DECISIONS = (Outcome.UPHELD, Outcome.CHANGED, Outcome.ANNULLED)
UNFOUNDED = Text("بازدید ایرادی به این نام ندارد.", "The visit found no such fault.")


@retried
def object_to(
    visit: Visit, *, items: Iterable[str], reasons: str, files: Iterable[StoredFile] = (), by: Person
) -> Objection:
    """Object to findings of a visit, within the term: the one who was visited, once, with reasons and files."""
    disputed, papers = sorted(set(items)), list(files)
    with one_transaction():
        lock(visit)
        refuse_unfit(visit, "object", by=by)
        late = _ask_whether_one_may(visit, disputed)
        if any(file.uploaded_by != by.ref for file in papers) or len(papers) > MOST_FILES:
            raise refusals.AnothersFile()
        objection = Objection(
            visit=visit,
            division_id=visit.division_id,
            person=by,
            lodged_on=today(),
            late=late,
            passed_before=bool(visit.passed),
        )
        with begin(by, "objection.lodge", objection, role=Role.APPLICANT) as entry:
            with act(by, "visit.dispute", on=visit, role=Role.APPLICANT, because=entry):
                Finding.objects.filter(visit=visit, item__in=disputed).update(disputed=True)
            ObjectionFile.objects.bulk_create(ObjectionFile(objection=objection, file=file) for file in papers)
            entry.facts = {
                "visit": visit.subject,
                "items": disputed,
                "late": late,
                "files": [{"file": file.pk, "digest": file.digest} for file in papers],
                "reasons": keep(entry, "reasons", reasons, whose=whose_words(visit)),
            }
    return objection


@retried
def decide_objection(
    objection: Objection, outcome: str, *, reasons: str, changes: Mapping[str, str] | None = None, by: Person
) -> Objection:
    """Decide on an objection, with reasons: an expert who did not accept the report.

    Changed says how some of the disputed findings stand otherwise (`changes`, by item); annulled takes back every one
    of them. What was found first remains beside what holds now, and the result follows from what holds.
    """
    with one_transaction():
        visit = objection.visit
        lock(visit)
        with taking(objection, "decide", by=by) as entry:
            waived = _ask_the_second_pair(visit, by, entry)
            revised = _revised(objection, outcome, dict(changes or {}))
            objection.outcome, objection.decided_on = outcome, today()
            entry.facts = {
                "outcome": outcome,
                "revised": revised,
                "waived": waived,
                "reasons": keep(entry, "reasons", reasons, whose=whose_words(visit)),
            }
            _let_it_count(visit, objection, revised, entry)
    return objection


@retried
def take_back(objection: Objection, *, by: Person) -> Objection:
    """Take an objection back that nobody has decided on: the one who was visited. The findings stand as they were
    reported, what follows from them follows now, and nobody objects to them once more."""
    with one_transaction():
        visit = objection.visit
        lock(visit)
        with taking(objection, "take-back", by=by) as entry:
            objection.outcome, objection.decided_on = Outcome.TAKEN_BACK, today()
            with act(by, "visit.dispute-no-more", on=visit, role=entry.role, because=entry):
                visit.findings.filter(disputed=True).update(disputed=False)
            faults = list(visit.findings.select_related("undertaking").order_by("pk"))
            accepted = visit.state == Visit.State.ACCEPTED
            undertakings = owe_for(visit, [fault for fault in faults if fault.is_fault], entry) if accepted else []
            entry.facts = {"outcome": objection.outcome, "owed": undertakings}
    return objection


def _ask_whether_one_may(visit: Visit, disputed: list[str]) -> bool:
    """Whether it comes late, after a term that refuses nobody yet; a refusal if one may not object at all."""
    faults = set(visit.findings.filter(answer=Finding.Answer.NOT_OK).values_list("item", flat=True))
    if unfounded := set(disputed) - faults:
        raise refusals.WrongAnswers(dict.fromkeys(unfounded, UNFOUNDED))
    if not disputed:
        raise refusals.NothingToObjectTo()
    stands = finality_of([visit])[visit.pk]
    if stands.told_on is None or stands.until is None or today() <= stands.until:
        return False
    if term_of(visit, stands.told_on).binds:
        raise refusals.TermIsOver(stands.until)
    return True


def _ask_the_second_pair(visit: Visit, by: Person, entry: Entry) -> str:
    """The waiver that is used up where the one who decides made the visit or accepted it; empty where others did."""
    accepted = Entry.objects.filter(subject=visit.subject, act="visit.accept").last()
    if visit.inspector_id != by.pk and (accepted is None or accepted.actor != by.ref):
        return ""
    waived = use_waiver(visit, Waiver.Rule.SECOND_PAIR, by, entry)
    if not waived:
        raise refusals.AcceptedIt()
    return waived


def _revised(objection: Objection, outcome: str, changes: dict[str, str]) -> dict[str, str]:
    """What holds of the disputed findings by a decision: by item; those that stand are not named."""
    disputed = set(objection.visit.findings.filter(disputed=True).values_list("item", flat=True))
    otherwise = {Finding.Answer.OK.value, Finding.Answer.NOT_APPLICABLE.value}
    if outcome == Outcome.ANNULLED:
        return dict.fromkeys(sorted(disputed), Finding.Answer.NOT_APPLICABLE.value)
    if outcome not in DECISIONS or (outcome == Outcome.CHANGED) != bool(changes):
        raise refusals.ChangesNothing()
    if set(changes) - disputed or set(changes.values()) - otherwise:
        raise refusals.ChangesNothing()
    return dict(sorted(changes.items()))


def _revise(visit: Visit, revised: dict[str, str]) -> None:
    for finding in visit.findings.filter(item__in=revised).order_by("pk"):
        finding.revised = revised[finding.item]
        finding.save(update_fields=["revised"])


def _let_it_count(visit: Visit, objection: Objection, revised: dict[str, str], entry: Entry) -> None:
    """The result as it holds now; whoever owes the remedy of what stands no more is let go, of what stands owes it."""
    with act(entry.by, "visit.revise", on=visit, role=entry.role, because=entry) as revision:
        _revise(visit, revised)
        findings = list(visit.findings.select_related("undertaking").order_by("pk"))
        if any(finding.revised for finding in findings):
            assert visit.visited_on is not None, "it was made"  # noqa: S101
            stands = (finding.severity for finding in findings if finding.is_fault)
            visit.passed = passes(stands, major_faults(visit, visit.visited_on))
        revision.facts = {"passed": visit.passed, "before": objection.passed_before, "objection": objection.subject}
        entry.facts["owed"] = owe_for(visit, [finding for finding in findings if finding.is_fault], entry)
    for fault in findings:
        if fault.undertaking is not None and not fault.is_fault:
            let_go(fault.undertaking, because=entry)
    notify_party(visit, notices.DECIDED, entry)
