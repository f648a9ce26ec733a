"""What the steps of a violation case note and decide, each within its act. What they do to a licence: register_acts."""

from pishkhan.casework.documents.attachments import put_with
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import FormData, effect
from pishkhan.enforcement.models import Objection, Ruling, Sanction, ViolationDossier
from pishkhan.enforcement.selectors import earlier_sanctions, edition_of, imposed_in, length_of, usual_rung
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.meetings.selectors import resolution_of
from pishkhan.offices.rows import STATUS

from . import notices
from .locks import office_and_licence
from .register_acts import end_the_order, note, undo
from .rulings import close_ruling
from .stays import end_the_stay, resume


@effect("آنچه گفته می‌شود دارنده کرده، و روز آن، نوشته می‌شود.", "What is held against the holder is noted, and its day.")
def charge(case: Case, entry: Entry, data: FormData) -> FormData:
    """What is said to have been done, and when; the holder is told, and may explain."""
    _note(case, violation=data["violation"], committed_on=data["committed_on"])
    return {"edition": edition_of(case.dossier).code}


@effect("توضیح دارنده و پیوستش در پرونده می‌ماند.", "The holder's explanation lies with the case.")
def note_the_answer(case: Case, entry: Entry, data: FormData) -> FormData:
    _note(case, answered_on=today())
    if data["file"]:
        put_with(case, entry, kind="defence", file=data["file"])
    return {}


@effect("روز رسیدگی نوشته می‌شود.", "The day of the hearing is noted.")
def note_the_hearing(case: Case, entry: Entry, data: FormData) -> FormData:
    """When the committee will hear the holder, who is called."""
    _note(case, hearing_on=data["held_on"])
    return {}


@effect("نوشته می‌شود چه کسی آمد.", "It is noted who came.")
def note_who_came(case: Case, entry: Entry, data: FormData) -> FormData:
    _note(case, attended=data["attended"])
    return {}


@effect("پیش‌نویس رأی برای رأی‌گیری نوشته می‌شود.", "The draft lies before the committee.")
def note_the_draft(case: Case, entry: Entry, data: FormData) -> FormData:
    """The decision that is put to the vote: its words lie with this entry."""
    usual = usual_rung(case.dossier)
    _note(
        case,
        rung=data["rung"],
        factors=sorted(data["factors"]),
        instrument=data["instrument"],
        article=data["article"],
        drafted=entry.number,
        usual=usual,
    )
    return {"usual": usual, "earlier": earlier_sanctions(case.dossier).count()}


@effect(
    "تنبیه نوشته می‌شود و پیش از قطعی شدن برای کسی اجرا نمی‌شود؛ تنبیه سبک‌تر تعلیق فوری را پایان می‌دهد.",
    "The sanction is entered, in force for nobody before it is final; a lighter one ends an urgent suspension.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def impose(case: Case, entry: Entry, data: FormData) -> FormData:
    """The sanction as it was drafted and adopted. It is in force for nobody before it is final.

    An urgent suspension ends where the committee found that something lighter is enough.
    """
    dossier, resolution = case.dossier, resolution_of(case)
    edition = edition_of(dossier)
    rung = edition.rung(dossier.rung)
    sanction = Sanction(
        case=case,
        office_id=dossier.office_id,
        licence_id=dossier.licence_id,
        division_id=case.division_id,
        kind=case.kind,
        edition=edition.code,
        violation=dossier.violation,
        rung=rung.code,
        imposed=rung.code,
        earlier=earlier_sanctions(dossier).count(),
        usual=dossier.usual,
        factors=dossier.factors,
        days=length_of(dossier, rung),
        resolution=resolution,
        committed_on=dossier.committed_on,
        decided_on=today(),
    )
    sanction.save(force_insert=True)
    served = "" if rung.lasts or rung.ends_it else end_the_order(case, entry, today())
    return {
        "rung": rung.code,
        "days": sanction.days,
        "earlier": sanction.earlier,
        "usual": sanction.usual,
        "resolution": resolution.number if resolution else None,
        "order": served,
    }


@effect(
    "تعلیق فوری، اگر بوده، پایان می‌یابد.",
    "An urgent suspension ends, if there is one.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def acquit(case: Case, entry: Entry, data: FormData) -> FormData:
    """Nothing was found: an urgent suspension ends."""
    return {"order": end_the_order(case, entry, today())}


@effect("پیش‌نویس و روز رسیدگی کنار گذاشته می‌شود.", "Draft and day of the hearing are set aside.")
def put_off(case: Case, entry: Entry, data: FormData) -> FormData:
    """The case is heard again, and decided on another draft."""
    _note(case, hearing_on=None, attended="", rung="", drafted=0, factors=[], usual="", instrument="", article="")
    return {}


@effect("اعتراض نوشته می‌شود و اجرا را بازمی‌دارد.", "The objection is entered, and nothing is executed meanwhile.")
def lodge(case: Case, entry: Entry, data: FormData) -> FormData:
    """An objection before the decision is final: nothing is executed while it is open."""
    return _lodged(case, entry, data, suspensive=True)


@effect("شکایت نوشته می‌شود؛ آنچه اجرا شده برقرار است.", "The objection is entered; what is in force stays so.")
def lodge_afterwards(case: Case, entry: Entry, data: FormData) -> FormData:
    """An objection after the execution, before the court: what is in force stays so until the court has spoken."""
    return _lodged(case, entry, data, suspensive=False)


@effect("روز قطعی شدن نوشته می‌شود.", "The day on which it became final is noted.", locks=(office_and_licence,))
def become_final(case: Case, entry: Entry, data: FormData) -> FormData:
    """The time to object is over."""
    note(imposed_in(case), final_on=today())
    return {}


@effect(
    "پاسخ اعتراض نوشته می‌شود؛ رأی قطعی است.", "The answer is noted; the decision is final.", locks=(office_and_licence,)
)
def uphold(case: Case, entry: Entry, data: FormData) -> FormData:
    """The decision stands."""
    _answer(case, Objection.Outcome.UPHELD)
    note(imposed_in(case), final_on=today())
    return {}


@effect(
    "تنبیه سبک‌تر جای تنبیه رأی را می‌گیرد و قطعی است.",
    "The lighter sanction takes the place of the one imposed, and is final.",
    locks=(office_and_licence,),
)
def change(case: Case, entry: Entry, data: FormData) -> FormData:
    """The decision stands with a lighter sanction."""
    ruling = _answer(case, Objection.Outcome.CHANGED)
    rung = edition_of(case.dossier).rung(ruling.rung)
    note(imposed_in(case), rung=rung.code, days=length_of(case.dossier, rung), final_on=today())
    return {"rung": rung.code}


@effect(
    "رأی می‌افتد و تعلیق فوری، اگر بوده، پایان می‌یابد.",
    "The decision falls, and an urgent suspension ends, if there is one.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def annul_before(case: Case, entry: Entry, data: FormData) -> FormData:
    """The decision falls before it was executed; so does an urgent suspension."""
    _answer(case, Objection.Outcome.ANNULLED)
    note(imposed_in(case), annulled_on=today())
    return {"order": end_the_order(case, entry, today())}


@effect(
    "از تنبیه چیزی نمی‌ماند و تعلیق فوری، اگر بوده، پایان می‌یابد.",
    "Nothing of the sanction remains, and an urgent suspension ends, if there is one.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def note_the_refusal(case: Case, entry: Entry, data: FormData) -> FormData:
    """Who issued the licence does not revoke it: nothing of the sanction remains."""
    note(imposed_in(case), declined_on=today())
    return {"order": end_the_order(case, entry, today())}


@effect(
    "آنچه اجرا شده از روز نخستش از ثبت برداشته می‌شود.",
    "What was executed is undone in the register as of its first day.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def annul_afterwards(case: Case, entry: Entry, data: FormData) -> FormData:
    """The court annuls what was executed: it is undone in the register as of its first day."""
    _answer(case, Objection.Outcome.ANNULLED)
    end_the_stay(case)
    return undo(case, entry)


@effect(
    "رأی می‌ماند و آنچه متوقف بود از سر گرفته می‌شود.",
    "The decision stands, and what was stayed goes on.",
    changes=(STATUS,),
    may_send=(notices.RESUMED,),
    locks=(office_and_licence,),
)
def uphold_afterwards(case: Case, entry: Entry, data: FormData) -> FormData:
    """The court lets stand what was executed: what it had stayed goes on."""
    _answer(case, Objection.Outcome.UPHELD)
    return resume(case, entry)


def _lodged(case: Case, entry: Entry, data: FormData, *, suspensive: bool) -> FormData:
    body = data.get("body") or Objection.Body.COURT
    Objection(case=case, body=body, suspensive=suspensive, lodged_on=today()).save(force_insert=True)
    if data["file"]:
        put_with(case, entry, kind="objection", file=data["file"])
    return {"body": body, "suspensive": suspensive}


def _answer(case: Case, outcome: Objection.Outcome) -> Ruling:
    objection, ruling = case.objections.get(outcome=""), close_ruling(case)
    objection.outcome, objection.answered_on, objection.letter = outcome, today(), ruling.letter
    objection.save()
    return ruling


def _note(case: Case, **facts: object) -> None:
    dossier: ViolationDossier = case.dossier
    for name, fact in facts.items():
        setattr(dossier, name, fact)
    dossier.save()
