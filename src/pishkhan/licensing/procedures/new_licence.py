"""New licence: from a call for requests to an office on the register."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import request_the_final_visit, request_the_initial_visit
from pishkhan.licensing.effects.register_effects import enter_in_the_register
from pishkhan.licensing.effects.working_group_steps import approval, deferral, rejection
from pishkhan.licensing.grounds import OF_A_PLACE, OF_THE_MARKET, PLACES
from pishkhan.licensing.inquiries import INQUIRIES
from pishkhan.licensing.models import LicenceRequest
from pishkhan.licensing.numbers import CEILING
from pishkhan.licensing.papers import DEGREE, STATUTES, TENURE
from pishkhan.licensing.rules.applicant_rules import (
    applicant_is_a_company,
    call_is_open,
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    manager_meets_the_call,
    no_second_request,
    place_is_left,
    premises_are_large_enough,
    premises_have_passed,
    royalty_is_paid,
    signatory_qualifies,
    tenure_is_secure,
    term_is_usual,
)
from pishkhan.licensing.stated import Issue
from pishkhan.people.roles import Role

from .application import lapsing, papers, papers_again, papers_are_attached, returning, withdrawing
from .issuing import answers, given_back, refusal_of_persons, refusal_of_the_place, royalty
from .request import (
    another_place,
    final_visit,
    first_visit,
    place_and_people,
    place_and_people_again,
    place_is_stated,
    technical_committee,
)
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
    REGION,
    RETURNED,
    ROYALTY,
    VETTING,
)

FIT = (
    applicant_is_a_company,
    premises_are_large_enough,
    tenure_is_secure,
    signatory_qualifies,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    manager_meets_the_call,
)


class NewLicence(Procedure):
    code, edition, prefix, valid_from = "new-licence", "1400", "NL", date(2021, 4, 11)
    title = Text("صدور پروانهٔ جدید", "New licence")
    dossier = LicenceRequest
    way = (DRAFT, CHECK, INITIAL_VISIT, COMMITTEE, AGENDA, VETTING, FINAL_VISIT, ROYALTY, REGION, ISSUED)
    inquiries, documents = INQUIRIES, (TENURE, DEGREE, STATUTES)
    grounds = (*OF_A_PLACE, PLACES, *OF_THE_MARKET)
    ceiling = CEILING

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The applicant prepares the request and submits it while the call is open.
        *place_and_people(at=DRAFT),
        *papers(at=DRAFT),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(place_is_stated, papers_are_attached, call_is_open, no_second_request, *FIT),
             notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether it is complete.
        *returning(
            *place_and_people_again(at=RETURNED),
            *papers_again(at=RETURNED),
            at=CHECK, to=RETURNED, complete_when=(place_is_stated, papers_are_attached, *FIT)),
        Step("accept", Text("تأیید کامل بودن", "Find complete"), CHECK, INITIAL_VISIT, by=Role.EXPERT,
             when=(place_is_stated, papers_are_attached, no_second_request), effect=request_the_initial_visit),

        # The place is visited, the technical committee says what it thinks of it, and the working group decides.
        *first_visit(
            *another_place(at=ELSEWHERE, then=INITIAL_VISIT),
            at=INITIAL_VISIT, then=COMMITTEE, elsewhere=ELSEWHERE),
        *technical_committee(at=COMMITTEE, then=AGENDA),
        *approval(at=AGENDA, then=VETTING, approve_when=(place_is_left,),
                  apart_from=("accept", "schedule")),
        *deferral(at=AGENDA),
        *rejection(at=AGENDA, apart_from=("accept", "schedule")),

        # Other bodies are asked about persons and place.
        *answers(at=VETTING),
        *refusal_of_persons(at=VETTING),
        *refusal_of_the_place(at=VETTING, elsewhere=ELSEWHERE),
        Step("clear", Text("پایان استعلام‌ها", "Close the inquiries"), VETTING, FINAL_VISIT, by=Role.EXPERT,
             when=(inquiries_are_cleared, condition_is_met), effect=request_the_final_visit),

        # The premises are visited as they will be used.
        *final_visit(at=FINAL_VISIT, then=ROYALTY),
        *royalty(at=ROYALTY, then=REGION),

        # The region of the CRA issues the licence.
        *given_back(at=REGION, to=GIVEN_BACK, send_again_when=(royalty_is_paid,)),
        Step("issue", Text("صدور پروانه", "Issue the licence"), REGION, ISSUED, by=Role.REGION, form=Issue,
             when=(place_is_left, papers_are_attached, inquiries_are_cleared, condition_is_met,
                   premises_have_passed, royalty_is_paid, term_is_usual, day_of_issue_has_come),
             effect=enter_in_the_register,
             apart_from=("approve", "approve_on_condition", "send"),
             notice=notices.ISSUED, letter=letters.LICENCE_DOCUMENT),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA, VETTING, FINAL_VISIT,
                         ROYALTY, REGION, GIVEN_BACK)),
        *lapsing(at=(RETURNED, ELSEWHERE)),
    )
    # fmt: on
