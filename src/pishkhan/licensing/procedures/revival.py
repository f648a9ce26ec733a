"""Revival (احیا): an office whose licence ran out serves again, by a decision of the working group. Needs no call."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import request_the_initial_visit
from pishkhan.licensing.effects.register_effects import revive
from pishkhan.licensing.effects.working_group_steps import approval, deferral, rejection
from pishkhan.licensing.grounds import CONDUCT, OF_A_PLACE
from pishkhan.licensing.inquiries import INQUIRIES
from pishkhan.licensing.models import RevivalDossier
from pishkhan.licensing.numbers import CEILING
from pishkhan.licensing.papers import DEGREE, STATUTES, TENURE
from pishkhan.licensing.rules.applicant_rules import (
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    premises_are_large_enough,
    royalty_is_paid,
    signatory_qualifies,
    tenure_is_secure,
    term_is_usual,
)
from pishkhan.licensing.rules.fees import demand_for_revival
from pishkhan.licensing.rules.licence_rules import (
    applicant_holds_it,
    is_the_latest,
    no_other_is_under_way,
    no_violation_is_open,
)
from pishkhan.licensing.rules.revival_rules import licence_ran_out, revival_is_in_time
from pishkhan.licensing.stated import Issue
from pishkhan.people.roles import Role

from .application import lapsing, papers, papers_again, papers_are_attached, returning, withdrawing
from .issuing import answers, given_back, refusal_of_persons, refusal_of_the_place, royalty
from .request import (
    another_place,
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
    GIVEN_BACK,
    INITIAL_VISIT,
    ISSUED,
    REGION,
    RETURNED,
    ROYALTY,
    VETTING,
)

ENTITLED = (licence_ran_out, applicant_holds_it, is_the_latest, no_violation_is_open)
FIT = (
    premises_are_large_enough,
    tenure_is_secure,
    signatory_qualifies,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
)


class Revival(Procedure):
    code, edition, prefix, valid_from = "revival", "1400", "RV", date(2021, 4, 11)
    title = Text("احیای پروانه", "Revival of a licence")
    purpose = Text(
        "پروانه پایان یافته است و دفتر می‌خواهد دوباره کار کند.",
        "The licence ran out, and the office wants to serve again.",
    )
    dossier, excludes_others = RevivalDossier, True
    way = (DRAFT, CHECK, INITIAL_VISIT, COMMITTEE, AGENDA, VETTING, ROYALTY, REGION, ISSUED)
    inquiries, documents = INQUIRIES, (TENURE, DEGREE, STATUTES)
    grounds = (*OF_A_PLACE, CONDUCT)
    ceiling = CEILING

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder states the premises and the people as they are now, and submits the request in time.
        *place_and_people(at=DRAFT),
        *papers(at=DRAFT),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(place_is_stated, papers_are_attached, revival_is_in_time, no_other_is_under_way, *FIT, *ENTITLED),
             notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether it is complete.
        *returning(
            *place_and_people_again(at=RETURNED),
            *papers_again(at=RETURNED),
            at=CHECK, to=RETURNED, complete_when=(place_is_stated, papers_are_attached, *FIT)),
        Step("accept", Text("تأیید کامل بودن", "Find complete"), CHECK, INITIAL_VISIT, by=Role.EXPERT,
             when=(place_is_stated, papers_are_attached, *ENTITLED), effect=request_the_initial_visit),

        # The place is visited, the technical committee says what it thinks of it, and the working group decides.
        *first_visit(
            *another_place(at=ELSEWHERE, then=INITIAL_VISIT),
            at=INITIAL_VISIT, then=COMMITTEE, elsewhere=ELSEWHERE),
        *technical_committee(at=COMMITTEE, then=AGENDA),
        *approval(at=AGENDA, then=VETTING, approve_when=(licence_ran_out, no_violation_is_open),
                  apart_from=("accept", "schedule")),
        *deferral(at=AGENDA),
        *rejection(at=AGENDA, apart_from=("accept", "schedule")),

        # Other bodies are asked again about persons and place, and the royalty falls due.
        *answers(at=VETTING),
        *refusal_of_persons(at=VETTING),
        *refusal_of_the_place(at=VETTING, elsewhere=ELSEWHERE),
        Step("clear", Text("پایان استعلام‌ها و صدور برگ مطالبه", "Close the inquiries and ask for the royalty"), VETTING,
             ROYALTY, by=Role.EXPERT, when=(inquiries_are_cleared, condition_is_met, *ENTITLED),
             effect=demand_for_revival, notice=notices.ROYALTY_DUE, letter=letters.DEMAND_NOTE),
        *royalty(at=ROYALTY, then=REGION),

        # The region of the CRA issues the licence.
        *given_back(at=REGION, to=GIVEN_BACK, send_again_when=(royalty_is_paid,)),
        Step("issue", Text("صدور پروانهٔ احیاشده", "Issue the revived licence"), REGION, ISSUED, by=Role.REGION,
             form=Issue,
             when=(papers_are_attached, inquiries_are_cleared, condition_is_met, royalty_is_paid, *ENTITLED,
                   term_is_usual, day_of_issue_has_come),
             effect=revive, apart_from=("approve", "approve_on_condition", "send"),
             notice=notices.ISSUED, letter=letters.LICENCE_DOCUMENT),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA, VETTING, ROYALTY,
                         REGION, GIVEN_BACK)),
        *lapsing(at=(RETURNED, ELSEWHERE)),
    )
    # fmt: on
