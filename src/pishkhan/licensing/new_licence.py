"""New licence: from a call for requests to an office on the register.

Begins as every request for a place does (request.py), and ends as every licence does (deciding.py, issuing.py); here
stands what is its own. The rules it names are in conditions.py.
"""

from datetime import date

from pishkhan.casework.procedure import Rule, Step
from pishkhan.language.text import Text
from pishkhan.meetings.models import Outcome
from pishkhan.people.roles import Role

from .application import papers_are_attached
from .conditions import (
    applicant_is_a_company,
    call_is_open,
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    manager_meets_the_call,
    place_is_left,
    place_is_refused,
    premises_are_large_enough,
    premises_have_failed,
    premises_have_passed,
    royalty_is_paid,
    signatory_qualifies,
    tenure_is_secure,
    term_is_usual,
)
from .deciding import group_approved, group_approved_on_condition
from .effects import give_up_the_place, put_in_the_nominee, request_the_final_visit
from .fees import demand_the_royalty
from .inquiries import INQUIRIES
from .issuing import ByTheRegion, Paying, Vetted
from .papers import DEGREE, STATUTES, TENURE
from .register_effects import enter_in_the_register
from .request import Request, place_is_stated
from .stages import (
    AGENDA,
    CHECK,
    COMMITTEE,
    DRAFT,
    ELSEWHERE,
    FINAL_VISIT,
    INITIAL_VISIT,
    ISSUED,
    REGION,
    RETURNED,
    ROYALTY,
    VETTING,
    WITHDRAWN,
)
from .stated import Issue, Nomination


class NewLicence(Request, Vetted, Paying, ByTheRegion):
    code, edition, prefix, valid_from = "new-licence", "1400", "NL", date(2021, 4, 11)
    title = Text("صدور پروانهٔ جدید", "New licence")
    dossier, drops = "licence_request", ("ask_again",)
    way = (DRAFT, CHECK, INITIAL_VISIT, COMMITTEE, AGENDA, VETTING, FINAL_VISIT, ROYALTY, REGION, ISSUED)
    inquiries, documents = INQUIRIES, (TENURE, DEGREE, STATUTES)
    fit: tuple[Rule, ...] = (
        applicant_is_a_company, premises_are_large_enough, tenure_is_secure, signatory_qualifies,
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
                   when=(group_approved, place_is_left), locks=lambda case: [case.dossier.places],
                   then=Request.approve.then, apart_from=(Request.accept, Request.schedule),
                   carries_out=Outcome.APPROVED, tells="request.approved")
    approve_on_condition = Step(
        Text("اجرای تصویب مشروط", "Carry out the conditional approval"), AGENDA, VETTING, by=Role.SECRETARY,
        when=(group_approved_on_condition, place_is_left), locks=lambda case: [case.dossier.places],
        then=Request.approve_on_condition.then, apart_from=(Request.accept, Request.schedule),
        carries_out=Outcome.CONDITIONAL, tells="request.approved_on_condition")
    refuse_site = Step(Text("رد محل به سبب پاسخ استعلام", "Refuse the place on an inquiry's answer"), VETTING,
                       ELSEWHERE, by=Role.EXPERT, when=(place_is_refused,), then=give_up_the_place,
                       tells="request.place_refused")
    clear = Step(Text("پایان استعلام‌ها", "Close the inquiries"), VETTING, FINAL_VISIT, by=Role.EXPERT,
                 when=(inquiries_are_cleared, condition_is_met), then=request_the_final_visit)
    look_again = Step(Text("بازدید نهایی دوباره", "Visit once more"), FINAL_VISIT, FINAL_VISIT, by=Role.EXPERT,
                      when=(premises_have_failed,), then=request_the_final_visit)
    pass_premises = Step(Text("تأیید محل و صدور برگ مطالبه", "Ask for the royalty"), FINAL_VISIT, ROYALTY,
                         by=Role.EXPERT, when=(premises_have_passed,), then=demand_the_royalty, tells="royalty.due")
    issue = Step(Text("صدور پروانه", "Issue the licence"), REGION, ISSUED, by=Role.REGION, asks=Issue,
                 when=(place_is_left, papers_are_attached, inquiries_are_cleared, condition_is_met,
                       premises_have_passed, royalty_is_paid, term_is_usual, day_of_issue_has_come),
                 locks=lambda case: [case.dossier.places], then=enter_in_the_register,
                 apart_from=(approve, approve_on_condition, Paying.send), tells="licence.issued")
    withdraw = Step(Text("انصراف", "Withdraw"),
                    (DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA, VETTING, FINAL_VISIT,
                     ROYALTY), WITHDRAWN, by=Role.APPLICANT)
