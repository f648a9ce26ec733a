"""The violation case: reported, explained, heard, decided by the committee, open to objection, executed, remedied."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.enforcement import documents as letters
from pishkhan.enforcement import reporting
from pishkhan.enforcement.models import ViolationDossier
from pishkhan.enforcement.notify import addressees
from pishkhan.enforcement.selectors import CODE
from pishkhan.language.text import Text
from pishkhan.meetings.models import Body, Outcome
from pishkhan.people.roles import Role

from . import effects, notices, register_acts
from .court_steps import before_the_court
from .due_process import (
    act_has_happened,
    article_is_cited,
    committee_found_it,
    committee_found_nothing,
    committee_has_jurisdiction,
    committee_put_it_off,
    decision_is_drafted,
    decision_was_served,
    departure_is_reasoned,
    evidence_is_named,
    factors_are_weighed,
    finding_stands,
    hearing_day_has_come,
    hearing_follows_service,
    hearing_leaves_time,
    holder_held_it_then,
    no_objection_is_open,
    no_suspensive_objection_is_open,
    no_vote_is_open,
    notice_was_served,
    objection_time_was_given,
    quorum_was_there,
    reasons_are_written,
    rung_follows_the_ladder,
    sanction_has_a_source,
    summons_was_served,
    time_to_answer_was_given,
    violation_was_known,
)
from .rulings import (
    day_of_the_ruling_has_come,
    enter_the_ruling,
    nobody_is_worse_off,
    ruling_annuls,
    ruling_changes,
    ruling_upholds,
    set_aside,
)
from .sanction_rules import (
    day_of_the_letter_has_come,
    interim_has_a_source,
    it_begins_in_time,
    licence_can_be_revoked,
    licence_can_be_suspended,
    licence_can_bear_it,
    no_interim_order_yet,
    remedy_was_not_seen,
    remedy_was_seen,
    sanction_is_lighter,
    sanction_is_revocation,
)
from .stages import (
    ANNULLED,
    ANSWERED,
    DECIDED,
    DECLINED,
    DROPPED,
    ESCALATED,
    EXECUTED,
    EXPLAINING,
    FINAL,
    HEARD,
    OBJECTED,
    PROPOSED,
    READY,
    REMEDIED,
    REPORTED,
    SCHEDULED,
    SETTLED,
    UNFOUNDED,
)
from .stated import (
    Answered,
    Charge,
    Defence,
    Draft,
    FromDay,
    Heard,
    Hearing,
    Objected,
    Reasons,
    Refused,
    Revoked,
)

HEARD_FAIRLY = (notice_was_served, time_to_answer_was_given)
DUE = (*HEARD_FAIRLY, quorum_was_there, decision_was_served, objection_time_was_given, no_suspensive_objection_is_open)


class ViolationCase(Procedure):
    code, edition, prefix, valid_from = CODE, "1400", "VI", date(2021, 4, 11)
    title = Text("رسیدگی به تخلف", "Violation case")
    party = Text("دارندهٔ دفتر", "Holder of the office")
    dossier, decided_by = ViolationDossier, Body.Code.VIOLATIONS_COMMITTEE
    addressees = addressees
    way = (REPORTED, EXPLAINING, READY, SCHEDULED, HEARD, DECIDED, FINAL, EXECUTED, REMEDIED)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        Step("notify", Text("اخطار به دارنده", "Notify the holder"), REPORTED, EXPLAINING, by=Role.EXPERT, form=Charge,
             when=(committee_has_jurisdiction, finding_stands, act_has_happened, violation_was_known,
                   holder_held_it_then), effect=effects.charge,
             notice=notices.NOTICE, letter=letters.NOTICE),
        Step("drop", Text("کنار گذاشتن گزارش", "Drop the report"), REPORTED, DROPPED, by=Role.EXPERT, form=Reasons),
        Step("answer", Text("توضیح دادن", "Explain"), EXPLAINING, READY, by=Role.APPLICANT, form=Defence,
             effect=effects.note_the_answer),
        Step("pass_over", Text("گذشت مهلت بی توضیح", "The time to explain has passed"), EXPLAINING, READY,
             by=Role.CLOCK, when=HEARD_FAIRLY),
        Step("suspend_at_once", Text("تعلیق فوری و موقت", "Suspend at once, for some days"), EXPLAINING, EXPLAINING,
             by=Role.DIRECTOR, form=Reasons,
             when=(interim_has_a_source, no_interim_order_yet, licence_can_be_suspended),
             effect=register_acts.order_at_once, notice=notices.INTERIM, letter=letters.ORDER),
        # Called again, to another day, whom the call did not reach in time.
        Step("schedule", Text("دعوت به کمیته", "Call before the committee"), (READY, SCHEDULED), SCHEDULED,
             by=Role.SECRETARY, form=Hearing, when=(*HEARD_FAIRLY, hearing_leaves_time),
             effect=effects.note_the_hearing, notice=notices.SUMMONS, letter=letters.SUMMONS),
        Step("hear", Text("ثبت رسیدگی", "Note the hearing"), SCHEDULED, HEARD, by=Role.SECRETARY, form=Heard,
             when=(summons_was_served, hearing_follows_service, hearing_day_has_come), effect=effects.note_who_came),
        Step("draft", Text("نوشتن پیش‌نویس رأی", "Draft the decision"), HEARD, HEARD, by=Role.SECRETARY, form=Draft,
             when=(no_vote_is_open, sanction_has_a_source, article_is_cited, evidence_is_named, reasons_are_written,
                   factors_are_weighed, rung_follows_the_ladder, departure_is_reasoned), effect=effects.note_the_draft,
             inward=True),
        # Who charged the holder does not carry out what the committee decided.
        Step("impose", Text("صدور رأی", "Issue the decision"), HEARD, DECIDED, by=Role.SECRETARY,
             when=(*HEARD_FAIRLY, decision_is_drafted, committee_found_it), votable=(decision_is_drafted,),
             effect=effects.impose, apart_from=("notify",), carries_out=Outcome.SANCTIONED,
             notice=notices.DECIDED, letter=letters.DECISION),
        Step("acquit", Text("ثبت احراز نشدن تخلف", "Enter that no violation was found"), HEARD, UNFOUNDED,
             by=Role.SECRETARY, when=(committee_found_nothing,), effect=effects.acquit,
             apart_from=("notify",), carries_out=Outcome.UNFOUNDED, notice=notices.UNFOUNDED),
        Step("defer", Text("اجرای تعویق", "Carry out the deferral"), (SCHEDULED, HEARD), READY, by=Role.SECRETARY,
             when=(committee_put_it_off,), effect=effects.put_off, carries_out=Outcome.DEFERRED,
             notice=notices.DEFERRED),
        Step("object", Text("اعتراض به رأی", "Object to the decision"), DECIDED, OBJECTED, by=Role.APPLICANT,
             form=Objected, effect=effects.lodge),
        Step("become_final", Text("قطعی شدن رأی", "Become final"), DECIDED, FINAL, by=Role.CLOCK,
             when=(decision_was_served, objection_time_was_given), effect=effects.become_final, notice=notices.FINAL),
        # Who enters a ruling from outside, with its scan, does not carry it out.
        Step("record_answer", Text("ثبت پاسخ اعتراض با تصویر", "Enter the answer, with its scan"), OBJECTED, ANSWERED,
             by=Role.SECRETARY, form=Answered, when=(day_of_the_ruling_has_come, nobody_is_worse_off),
             effect=enter_the_ruling, inward=True),
        Step("uphold", Text("تأیید رأی در اعتراض", "Confirm that it is upheld"), ANSWERED, FINAL, by=Role.DIRECTOR,
             when=(ruling_upholds,), effect=effects.uphold, apart_from=("record_answer",), notice=notices.REVIEWED),
        Step("change", Text("تغییر رأی در اعتراض", "Confirm that it is changed"), ANSWERED, FINAL, by=Role.DIRECTOR,
             when=(ruling_changes,), effect=effects.change, apart_from=("record_answer",), notice=notices.REVIEWED),
        Step("annul", Text("باطل شدن رأی در اعتراض", "Confirm that it is annulled"), ANSWERED, ANNULLED,
             by=Role.DIRECTOR, when=(ruling_annuls,), effect=effects.annul_before, apart_from=("record_answer",),
             notice=notices.REVIEWED),
        Step("return_answer", Text("نپذیرفتن پاسخ ثبت‌شده", "Set aside what was entered"), ANSWERED, OBJECTED,
             by=Role.DIRECTOR, form=Reasons, effect=set_aside, inward=True),
        Step("execute", Text("اجرای رأی قطعی", "Execute the final decision"), FINAL, EXECUTED, by=Role.EXPERT,
             form=FromDay, when=(*DUE, sanction_is_lighter, licence_can_bear_it, it_begins_in_time),
             effect=register_acts.execute, notice=notices.EXECUTED),
        Step("execute_in_time", Text("اجرا در پایان مهلت", "Execute when the term is over"), FINAL, EXECUTED,
             by=Role.CLOCK, when=(*DUE, sanction_is_lighter, licence_can_bear_it),
             effect=register_acts.execute, notice=notices.EXECUTED),
        Step("propose", Text("پیشنهاد لغو به صادرکننده", "Propose the revocation to the issuer"), FINAL, PROPOSED,
             by=Role.EXPERT, when=(*DUE, sanction_is_revocation), notice=notices.PROPOSED),
        Step("revoke", Text("لغو پروانه به پاسخ صادرکننده", "Revoke, as the issuer answers"), PROPOSED, EXECUTED,
             by=Role.REGION, form=Revoked, when=(*DUE, licence_can_be_revoked, day_of_the_letter_has_come),
             effect=register_acts.revoke, notice=notices.EXECUTED),
        Step("decline", Text("نپذیرفتن لغو", "Decline to revoke"), PROPOSED, DECLINED, by=Role.REGION, form=Refused,
             effect=effects.note_the_refusal, notice=notices.DECLINED),
        Step("verify", Text("تأیید رفع تخلف", "Verify the remedy"), EXECUTED, REMEDIED, by=Role.EXPERT,
             when=(sanction_is_lighter, no_objection_is_open, remedy_was_seen), notice=notices.CLOSED),
        Step("escalate", Text("گزارش رفع نشدن", "Report that it is not remedied"), EXECUTED, ESCALATED, by=Role.EXPERT,
             when=(sanction_is_lighter, no_objection_is_open, remedy_was_not_seen), effect=reporting.escalate,
             notice=notices.CLOSED),
        Step("settle", Text("بستن پروندهٔ لغو", "Close the case of the revocation"), EXECUTED, SETTLED, by=Role.EXPERT,
             when=(sanction_is_revocation, no_objection_is_open), notice=notices.CLOSED),
        *before_the_court(),
    )
    # fmt: on
