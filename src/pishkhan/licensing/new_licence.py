"""New licence: from a call for requests to an office on the register.

Begins as every request does (request.py); here stands what is its own. The rules it names are in conditions.py.
"""

from datetime import date

from pishkhan.casework.inquiries import ask_all, note_answer, note_reminder
from pishkhan.casework.procedure import DocumentKind, Step
from pishkhan.language.text import Text
from pishkhan.meetings.models import Outcome
from pishkhan.people.roles import Role

from .conditions import (
    COUNTER,
    an_inquiry_is_late,
    applicant_is_a_company,
    call_is_open,
    condition_is_met,
    condition_is_open,
    day_of_issue_has_come,
    inquiries_are_cleared,
    inquiry_is_open,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    manager_meets_the_call,
    person_is_refused,
    place_is_left,
    place_is_refused,
    premises_are_large_enough,
    premises_have_failed,
    premises_have_passed,
    royalty_is_paid,
    royalty_is_unpaid,
    signatory_qualifies,
    tenure_is_secure,
    term_is_usual,
)
from .effects import (
    ask_all_on_a_condition,
    demand_the_royalty,
    enter_in_the_register,
    give_up_the_place,
    note_the_condition,
    note_the_payment,
    put_in_the_nominee,
    request_the_final_visit,
)
from .inquiries import INQUIRIES
from .law import BY_LAW, PRINCIPLES
from .request import Request, group_approved, group_approved_on_condition, papers_are_attached, place_is_stated
from .stages import (
    AGENDA,
    CHECK,
    COMMITTEE,
    DRAFT,
    ELSEWHERE,
    FINAL_VISIT,
    GIVEN_BACK,
    INITIAL_VISIT,
    ISSUED,
    LAPSED,
    REGION,
    REJECTED,
    RETURNED,
    ROYALTY,
    VETTING,
    WITHDRAWN,
)
from .stated import Answer, Issue, Letter, Nomination, Paid, Reasons


class NewLicence(Request):
    code, edition, prefix, valid_from = "new-licence", "1400", "NL", date(2021, 4, 11)
    title = Text("صدور پروانهٔ جدید", "New licence")
    dossier = "licence_request"
    way = (DRAFT, CHECK, INITIAL_VISIT, COMMITTEE, AGENDA, VETTING, FINAL_VISIT, ROYALTY, REGION, ISSUED)
    inquiries = INQUIRIES
    documents = (
        DocumentKind("tenure", Text("سند مالکیت یا اجاره‌نامه", "Deed or lease"), PRINCIPLES),
        DocumentKind("degree", Text("مدرک تحصیلی", "Certificate of education"), PRINCIPLES),
        DocumentKind("statutes", Text("اساسنامه و آگهی ثبت", "Statutes and notice of registration"), BY_LAW, COUNTER),
    )
    fit = (applicant_is_a_company, premises_are_large_enough, tenure_is_secure, signatory_qualifies,
           manager_and_deputy_are_named, manager_and_deputy_qualify, manager_meets_the_call)

    nominate = Step(Text("معرفی مدیر، جانشین یا صاحب امضا", "Name the manager, deputy or signatory"), DRAFT, DRAFT,
                    by=Role.APPLICANT, asks=Nomination, then=put_in_the_nominee)
    renominate = Step(Text("معرفی دوبارهٔ اشخاص", "Name persons again"), RETURNED, RETURNED, by=Role.APPLICANT,
                      asks=Nomination, then=put_in_the_nominee)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(place_is_stated, papers_are_attached, call_is_open, *fit), tells="request.received")
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(place_is_stated, papers_are_attached, *fit))
    approve = Step(Text("اجرای تصویب", "Carry out the approval"), AGENDA, VETTING, by=Role.SECRETARY,
                   when=(group_approved, place_is_left), locks=lambda case: [case.dossier.places], then=ask_all,
                   apart_from=(Request.accept, Request.schedule), carries_out=Outcome.APPROVED,
                   tells="request.approved")
    approve_on_condition = Step(
        Text("اجرای تصویب مشروط", "Carry out the conditional approval"), AGENDA, VETTING, by=Role.SECRETARY,
        when=(group_approved_on_condition, place_is_left), locks=lambda case: [case.dossier.places],
        then=ask_all_on_a_condition,
        apart_from=(Request.accept, Request.schedule), carries_out=Outcome.CONDITIONAL,
        tells="request.approved_on_condition")
    answer = Step(Text("ثبت پاسخ استعلام", "Note an inquiry's answer"), VETTING, VETTING, by=Role.EXPERT,
                  when=(inquiry_is_open,), asks=Answer, then=note_answer)
    remind = Step(Text("پیگیری استعلام", "Remind the bodies"), VETTING, VETTING, by=Role.CLOCK,
                  when=(an_inquiry_is_late,), then=note_reminder)
    meet_condition = Step(Text("ثبت برآورده شدن شرط", "Note that the condition is met"), VETTING, VETTING,
                          by=Role.EXPERT, when=(condition_is_open,), asks=Letter, then=note_the_condition)
    refuse_person = Step(Text("رد به سبب پاسخ استعلام", "Reject on an inquiry's answer"), VETTING, REJECTED,
                         by=Role.EXPERT, when=(person_is_refused,), tells="request.rejected")
    refuse_site = Step(Text("رد محل به سبب پاسخ استعلام", "Refuse the place on an inquiry's answer"), VETTING,
                       ELSEWHERE, by=Role.EXPERT, when=(place_is_refused,), then=give_up_the_place,
                       tells="request.place_refused")
    clear = Step(Text("پایان استعلام‌ها", "Close the inquiries"), VETTING, FINAL_VISIT, by=Role.EXPERT,
                 when=(inquiries_are_cleared, condition_is_met), then=request_the_final_visit)
    look_again = Step(Text("بازدید نهایی دوباره", "Visit once more"), FINAL_VISIT, FINAL_VISIT, by=Role.EXPERT,
                      when=(premises_have_failed,), then=request_the_final_visit)
    pass_premises = Step(Text("تأیید محل و صدور برگ مطالبه", "Ask for the royalty"), FINAL_VISIT, ROYALTY,
                         by=Role.EXPERT, when=(premises_have_passed,), then=demand_the_royalty, tells="royalty.due")
    pay = Step(Text("ثبت پرداخت", "Note the payment"), ROYALTY, ROYALTY, by=Role.ACCOUNTANT,
               when=(royalty_is_unpaid,), asks=Paid, then=note_the_payment)
    send = Step(Text("ارسال به منطقه", "Send to the CRA region"), ROYALTY, REGION, by=Role.EXPERT,
                when=(royalty_is_paid,))
    give_back = Step(Text("بازگرداندن به استان", "Return to the province"), REGION, GIVEN_BACK, by=Role.REGION,
                     asks=Reasons)
    send_again = Step(Text("ارسال دوباره به منطقه", "Send to the CRA region again"), GIVEN_BACK, REGION,
                      by=Role.EXPERT, when=(royalty_is_paid,))
    issue = Step(Text("صدور پروانه", "Issue the licence"), REGION, ISSUED, by=Role.REGION, asks=Issue,
                 when=(place_is_left, papers_are_attached, inquiries_are_cleared, condition_is_met,
                       premises_have_passed, royalty_is_paid, term_is_usual, day_of_issue_has_come),
                 locks=lambda case: [case.dossier.places], then=enter_in_the_register,
                 apart_from=(approve, approve_on_condition, send), tells="licence.issued")
    withdraw = Step(Text("انصراف", "Withdraw"),
                    (DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA, VETTING, FINAL_VISIT,
                     ROYALTY), WITHDRAWN, by=Role.APPLICANT)
    forgo = Step(Text("منتفی شدن با پرداخت نشدن", "Lapse unpaid"), ROYALTY, LAPSED, by=Role.CLOCK,
                 when=(royalty_is_unpaid,), tells="request.lapsed")
