"""The rules of a violation case: what must be so before a holder is charged, heard, punished."""

from datetime import date, datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import FormData, rule
from pishkhan.enforcement.catalogue import edition_on
from pishkhan.enforcement.law import DISPUTES, NOTICE
from pishkhan.enforcement.numbers import HEARING_NOTICE, JURISDICTION, OBJECTION_TERM, REPLY_TERM
from pishkhan.enforcement.selectors import (
    edition_of,
    imposed_in,
    of_the_act,
    rung_called_for,
    sanction_of,
    served_by,
    usual_rung,
    violation_of,
)
from pishkhan.inspections.visits.follow_up import faults_of
from pishkhan.journal.clock import day_of
from pishkhan.meetings.models import Ballot, Outcome
from pishkhan.meetings.selectors import QUORUM, resolved, rule_of, seats_in_force
from pishkhan.offices.models import Holding
from pishkhan.regulation.calendar import working_days

from .locks import office_and_licence, proofs_of_service, visit_reported


@rule(
    "رسیدگی به تخلف این نوع دفتر با کمیتهٔ استان است.",
    "The province's committee hears violations of this kind of office.",
    article=DISPUTES,
    relies_on=(JURISDICTION,),
)
def committee_has_jurisdiction(case: Case, at: datetime, data: FormData) -> bool:
    return bool(case.reckoned(JURISDICTION).value)


@rule("کار گزارش‌شده رخ داده است.", "The act has happened.", article=DISPUTES, on_answers=True, beside=("committed_on",))
def act_has_happened(case: Case, at: datetime, data: FormData) -> bool:
    return bool(data["committed_on"] <= day_of(at))


@rule(
    "این کار در روز خود تخلف شمرده می‌شد.",
    "The act was a violation on its day.",
    article=DISPUTES,
    on_answers=True,
    beside=("violation",),
)
def violation_was_known(case: Case, at: datetime, data: FormData) -> bool:
    edition = edition_on(data["committed_on"])
    violation = edition.violation(data["violation"]) if edition else None
    return violation is not None and (not violation.kinds or case.kind in violation.kinds)


@rule(
    "دارنده‌ای که گزارش از اوست امروز دفتر را در دست دارد و در آن روز هم داشته است.",
    "The holder who was reported holds the office now, and held it on that day.",
    article=DISPUTES,
    on_answers=True,
    beside=("committed_on",),
    counts=(office_and_licence,),
)
def holder_held_it_then(case: Case, at: datetime, data: FormData) -> bool:
    theirs = Holding.objects.filter(office=case.dossier.office_id, **case.party_keys())
    return all(theirs.on(day).exists() for day in (data["committed_on"], day_of(at)))


@rule(
    "آنچه بازدید یافته بر جاست و اعتراضی به آن باز نیست.",
    "What the visit found stands, and no objection to it is open.",
    article=DISPUTES,
    counts=(visit_reported,),
)
def finding_stands(case: Case, at: datetime, data: FormData) -> bool:
    visit, item = case.dossier.visit, case.dossier.item
    return visit is None or item in [fault.item for fault in faults_of(visit)]


@rule(
    "اخطاریهٔ توضیح به دارنده ابلاغ شده است.",
    "The notice to explain was served on the holder.",
    article=NOTICE,
    counts=(proofs_of_service,),
)
def notice_was_served(case: Case, at: datetime, data: FormData) -> bool:
    return served_by(case, "notify") is not None


@rule(
    "دارنده توضیح داده یا مهلت قانونی توضیح از ابلاغ گذشته است.",
    "The holder has explained, or had the lawful time from service to explain.",
    article=NOTICE,
    counts=(proofs_of_service,),
)
def time_to_answer_was_given(case: Case, at: datetime, data: FormData) -> bool:
    served, sanction = served_by(case, "notify"), sanction_of(case)
    until = sanction.decided_on if sanction else day_of(at)
    answered = case.dossier.answered_on
    return (
        served is None
        or (answered is not None and answered <= until)
        or working_days(served, until, place=case.division_id) > case.reckoned(REPLY_TERM).value
    )


@rule(
    "از دعوت تا رسیدگی فرصت مقرر هست.",
    "The hearing leaves the time prescribed for its call.",
    article=DISPUTES,
    on_answers=True,
    relies_on=(HEARING_NOTICE,),
    beside=("held_on",),
)
def hearing_leaves_time(case: Case, at: datetime, data: FormData) -> bool:
    return bool((data["held_on"] - day_of(at)).days >= case.reckoned(HEARING_NOTICE).value)


@rule(
    "دعوت به رسیدگی تا روز آن به دارنده ابلاغ شده است.",
    "The call to the hearing was served on the holder by its day.",
    article=DISPUTES,
    counts=(proofs_of_service,),
)
def summons_was_served(case: Case, at: datetime, data: FormData) -> bool:
    served, hearing = served_by(case, "schedule"), case.dossier.hearing_on
    return served is not None and hearing is not None and served <= hearing


@rule("روز رسیدگی رسیده است.", "The day of the hearing has come.", article=DISPUTES)
def hearing_day_has_come(case: Case, at: datetime, data: FormData) -> bool:
    hearing: date | None = case.dossier.hearing_on
    return hearing is not None and hearing <= day_of(at)


@rule("رأی‌گیری دربارهٔ پرونده باز نیست.", "No vote on the case is open.", article=DISPUTES)
def no_vote_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return not Ballot.objects.filter(item__case=case, closed_at=None).exists()


@rule(
    "پلهٔ تنبیه و مدت آن در روز تخلف مأخذ داشته یا تصویب شده بوده است.",
    "The rung of the ladder and its lengths had a source, or were adopted, on the day of the act.",
    article=DISPUTES,
)
def sanction_has_a_source(case: Case, at: datetime, data: FormData) -> bool:
    violation, ladder = violation_of(case.dossier), edition_of(case.dossier).ladder
    keys = [*([violation.begins] if violation else []), *(rung.lasts for rung in ladder if rung.lasts)]
    return all(of_the_act(case.dossier, key).binds for key in keys)


@rule(
    "رأی به مادهٔ قانون استناد دارد.",
    "The decision cites an article.",
    article=DISPUTES,
    on_answers=True,
    beside=("instrument",),
)
def article_is_cited(case: Case, at: datetime, data: FormData) -> bool:
    return bool(data["instrument"])


@rule(
    "رأی دلیل‌های اثبات را نام می‌برد.",
    "The decision names the evidence.",
    article=DISPUTES,
    on_answers=True,
    beside=("evidence",),
)
def evidence_is_named(case: Case, at: datetime, data: FormData) -> bool:
    return bool(data["evidence"].strip())


@rule("رأی مستدل است.", "The decision gives its reasons.", article=DISPUTES, on_answers=True, beside=("reasons",))
def reasons_are_written(case: Case, at: datetime, data: FormData) -> bool:
    return bool(data["reasons"].strip())


@rule(
    "اثر عوامل تشدید و تخفیف نوشته شده است.",
    "How aggravating and mitigating factors weigh is written.",
    article=DISPUTES,
    on_answers=True,
    beside=("weighed",),
)
def factors_are_weighed(case: Case, at: datetime, data: FormData) -> bool:
    return not data["factors"] or bool(data["weighed"].strip())


@rule(
    "تنبیه بر پلهٔ مقرر است؛ بالاتر تنها یک پله و با عامل تشدید، پایین‌تر تنها با عامل تخفیف.",
    "The sanction stands on the rung called for: one higher only for what aggravates, lower only for what mitigates.",
    article=DISPUTES,
    on_answers=True,
    beside=("rung",),
    counts=(office_and_licence,),
)
def rung_follows_the_ladder(case: Case, at: datetime, data: FormData) -> bool:
    edition = edition_of(case.dossier)
    above = edition.place_of(data["rung"]) - edition.place_of(rung_called_for(case.dossier).code)
    weighs = {factor.aggravates for factor in edition.factors if factor.code in data["factors"]}
    return above == 0 or (above == 1 and True in weighs) or (above < 0 and False in weighs)


@rule(
    "تنبیه همان است که نردبان و پرونده‌های همانند می‌گویند، یا دلیل تفاوت نوشته شده است.",
    "The sanction is what the ladder and similar cases call for, or why it departs from them is written.",
    article=DISPUTES,
    on_answers=True,
    beside=("departure",),
    counts=(office_and_licence,),
)
def departure_is_reasoned(case: Case, at: datetime, data: FormData) -> bool:
    usual = usual_rung(case.dossier)
    as_usual = data["rung"] == rung_called_for(case.dossier).code and data["rung"] == (usual or data["rung"])
    return as_usual or bool(data["departure"].strip())


@rule(
    "پیش‌نویس رأی کامل است: ماده، دلیل‌ها و استدلال.",
    "The decision is drafted wholly: article, evidence, reasons.",
    article=DISPUTES,
)
def decision_is_drafted(case: Case, at: datetime, data: FormData) -> bool:
    return case.dossier.drafted > 0 and bool(case.dossier.rung)


@rule(
    "کمیته تخلف را احراز و پیش‌نویس رأی را تصویب کرده است.",
    "The committee has found the violation and adopted the decision as drafted.",
    article=DISPUTES,
    asks_body=True,
)
def committee_found_it(case: Case, at: datetime, data: FormData) -> bool:
    return resolved(case, Outcome.SANCTIONED)


@rule("کمیته تخلفی احراز نکرده است.", "The committee has found no violation.", article=DISPUTES, asks_body=True)
def committee_found_nothing(case: Case, at: datetime, data: FormData) -> bool:
    return resolved(case, Outcome.UNFOUNDED)


@rule(
    "کمیته تصمیم را به جلسهٔ دیگر گذاشته است.",
    "The committee has put the decision off.",
    article=DISPUTES,
    asks_body=True,
)
def committee_put_it_off(case: Case, at: datetime, data: FormData) -> bool:
    return resolved(case, Outcome.DEFERRED)


@rule("رأی با حد نصاب کمیته صادر شده است.", "The committee had its quorum when it decided.", article=DISPUTES)
def quorum_was_there(case: Case, at: datetime, data: FormData) -> bool:
    sanction = sanction_of(case)
    if sanction is None:
        return False
    item = sanction.resolution.item
    body, on = item.meeting.body, item.meeting.held_on
    needed = seats_in_force(body, on).filter(votes=True).count() * rule_of(body, QUORUM, on).value // 100 + 1
    ballot = item.ballots.filter(result=Ballot.Result.CARRIED).first()
    return ballot is not None and ballot.votes.count() >= needed


@rule(
    "رأی به دارنده ابلاغ شده است.",
    "The decision was served on the holder.",
    article=DISPUTES,
    counts=(proofs_of_service,),
)
def decision_was_served(case: Case, at: datetime, data: FormData) -> bool:
    return served_by(case, "impose") is not None


@rule(
    "مهلت اعتراض از ابلاغ رأی گذشته یا به اعتراض پاسخ داده شده است.",
    "The time to object has passed since the decision was served, or an objection was answered.",
    article=DISPUTES,
    counts=(proofs_of_service,),
)
def objection_time_was_given(case: Case, at: datetime, data: FormData) -> bool:
    served = served_by(case, "impose")
    return (
        served is None
        or case.objections.exclude(outcome="").exists()
        or working_days(served, day_of(at), place=case.division_id) > case.reckoned(OBJECTION_TERM).value
    )


@rule("اعتراضی که اجرا را نگه می‌دارد باز نیست.", "No objection that holds up the execution is open.", article=DISPUTES)
def no_suspensive_objection_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return not case.objections.filter(suspensive=True, outcome="").exists()


@rule("اعتراضی باز نیست.", "No objection is open.", article=DISPUTES)
def no_objection_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return not case.objections.filter(outcome="").exists()


@rule("اعتراضی باز است.", "An objection is open.", article=DISPUTES)
def an_objection_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return case.objections.filter(outcome="").exists()


@rule(
    "تنبیه تازه از تنبیه رأی سبک‌تر است.",
    "The sanction that remains is lighter than the one imposed.",
    article=DISPUTES,
    on_answers=True,
)
def nobody_is_worse_off(case: Case, at: datetime, data: FormData) -> bool:
    ladder, imposed = edition_of(case.dossier).ladder, imposed_in(case).rung
    return data["rung"] in [rung.code for rung in ladder[: edition_of(case.dossier).place_of(imposed)]]
