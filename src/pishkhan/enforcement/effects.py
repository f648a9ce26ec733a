"""What the steps of a violation case note and decide, each within its act. What they do to a licence: register_acts."""

from pishkhan.casework.models import Case
from pishkhan.casework.papers import put_with
from pishkhan.casework.procedure import Stated
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.meetings.selectors import resolution_of

from .models import Objection, Sanction, ViolationDossier
from .register_acts import end_the_order, note, undo
from .selectors import earlier_sanctions, edition_of, imposed_in, length_of, usual_rung
from .stays import end_the_stay, resume
from .telling import tell


def charge(case: Case, entry: Entry, stated: Stated) -> Stated:
    """What is said to have been done, and when; the holder is told, and may explain."""
    _note(case, violation=stated["violation"], committed_on=stated["committed_on"])
    tell(case, "violation.notice", because=entry)
    return {"edition": edition_of(case.dossier).code}


def note_the_answer(case: Case, entry: Entry, stated: Stated) -> Stated:
    _note(case, answered_on=today())
    if stated["file"]:
        put_with(case, entry, kind="defence", file=stated["file"])
    return {}


def note_the_hearing(case: Case, entry: Entry, stated: Stated) -> Stated:
    """When the committee will hear the holder, who is called."""
    _note(case, hearing_on=stated["held_on"])
    tell(case, "violation.summons", because=entry)
    return {}


def note_who_came(case: Case, entry: Entry, stated: Stated) -> Stated:
    _note(case, attended=stated["attended"])
    return {}


def note_the_draft(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The decision that is put to the vote: its words lie with this entry."""
    usual = usual_rung(case.dossier)
    _note(case, rung=stated["rung"], factors=sorted(stated["factors"]), instrument=stated["instrument"],
          article=stated["article"], drafted=entry.number, usual=usual)
    return {"usual": usual, "earlier": earlier_sanctions(case.dossier).count()}


def impose(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The sanction as it was drafted and adopted. It is in force for nobody before it is final.

    An urgent suspension ends where the committee found that something lighter is enough.
    """
    dossier, resolution = case.dossier, resolution_of(case)
    edition = edition_of(dossier)
    rung = edition.rung(dossier.rung)
    sanction = Sanction(
        case=case, office_id=dossier.office_id, licence_id=dossier.licence_id, division_id=case.division_id,
        kind=case.kind, edition=edition.code, violation=dossier.violation, rung=rung.code, imposed=rung.code,
        earlier=earlier_sanctions(dossier).count(), usual=dossier.usual, factors=dossier.factors,
        days=length_of(dossier, rung), resolution=resolution, committed_on=dossier.committed_on, decided_on=today())
    sanction.save(force_insert=True)
    tell(case, "violation.decided", because=entry)
    served = "" if rung.lasts or rung.ends_it else end_the_order(case, entry, today())
    return {"rung": rung.code, "days": sanction.days, "earlier": sanction.earlier, "usual": sanction.usual,
            "resolution": resolution.number if resolution else None, "order": served}


def acquit(case: Case, entry: Entry, stated: Stated) -> Stated:
    """Nothing was found: an urgent suspension ends."""
    tell(case, "violation.unfounded", because=entry)
    return {"order": end_the_order(case, entry, today())}


def put_off(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The case is heard again, and decided on another draft."""
    _note(case, hearing_on=None, attended="", rung="", drafted=0, factors=[], usual="", instrument="", article="")
    tell(case, "violation.deferred", because=entry)
    return {}


def lodge(case: Case, entry: Entry, stated: Stated) -> Stated:
    """An objection before the decision is final: nothing is executed while it is open."""
    return _lodged(case, entry, stated, suspensive=True)


def lodge_afterwards(case: Case, entry: Entry, stated: Stated) -> Stated:
    """An objection after the execution, before the court: what is in force stays so until the court has spoken."""
    return _lodged(case, entry, stated, suspensive=False)


def become_final(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The time to object is over."""
    note(imposed_in(case), final_on=today())
    tell(case, "violation.final", because=entry)
    return {}


def uphold(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The decision stands."""
    _answer(case, entry, stated, Objection.Outcome.UPHELD)
    note(imposed_in(case), final_on=today())
    return {}


def change(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The decision stands with a lighter sanction."""
    _answer(case, entry, stated, Objection.Outcome.CHANGED)
    rung = edition_of(case.dossier).rung(stated["rung"])
    note(imposed_in(case), rung=rung.code, days=length_of(case.dossier, rung), final_on=today())
    return {"rung": rung.code}


def annul_before(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The decision falls before it was executed; so does an urgent suspension."""
    _answer(case, entry, stated, Objection.Outcome.ANNULLED)
    note(imposed_in(case), annulled_on=today())
    return {"order": end_the_order(case, entry, today())}


def propose(case: Case, entry: Entry, stated: Stated) -> Stated:
    """Who issued the licence is asked to revoke it; until it answers the licence stands."""
    tell(case, "violation.proposed", because=entry)
    return {}


def note_the_refusal(case: Case, entry: Entry, stated: Stated) -> Stated:
    """Who issued the licence does not revoke it: nothing of the sanction remains."""
    note(imposed_in(case), declined_on=today())
    tell(case, "violation.declined", because=entry)
    return {"order": end_the_order(case, entry, today())}


def close(case: Case, entry: Entry, stated: Stated) -> Stated:
    tell(case, "violation.closed", because=entry)
    return {}


def annul_afterwards(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The court annuls what was executed: it is undone in the register as of its first day."""
    _answer(case, entry, stated, Objection.Outcome.ANNULLED)
    end_the_stay(case)
    return undo(case, entry)


def uphold_afterwards(case: Case, entry: Entry, stated: Stated) -> Stated:
    """The court lets stand what was executed: what it had stayed goes on."""
    _answer(case, entry, stated, Objection.Outcome.UPHELD)
    return resume(case, entry)


def _lodged(case: Case, entry: Entry, stated: Stated, *, suspensive: bool) -> Stated:
    body = stated.get("body") or Objection.Body.COURT
    Objection(case=case, body=body, suspensive=suspensive, lodged_on=today()).save(force_insert=True)
    if stated["file"]:
        put_with(case, entry, kind="objection", file=stated["file"])
    return {"body": body, "suspensive": suspensive}


def _answer(case: Case, entry: Entry, stated: Stated, outcome: Objection.Outcome) -> None:
    objection = case.objections.get(outcome="")
    objection.outcome, objection.answered_on, objection.letter = outcome, today(), stated["letter"]
    objection.save()
    tell(case, "violation.reviewed", because=entry)


def _note(case: Case, **facts: object) -> None:
    dossier: ViolationDossier = case.dossier
    for name, fact in facts.items():
        setattr(dossier, name, fact)
    dossier.save()
