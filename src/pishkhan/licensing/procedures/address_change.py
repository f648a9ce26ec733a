"""Address change (تغییر نشانی): a new place in the same city or village, seen and decided on; free of charge."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import (
    give_up_the_place,
    note_where_it_moves,
    note_where_it_moves_anew,
    request_the_initial_visit,
)
from pishkhan.licensing.effects.register_effects import reissue_elsewhere
from pishkhan.licensing.effects.working_group_steps import approval, deferral, group_rejected
from pishkhan.licensing.grounds import IS_NEAR, OPINION, PREMISES, UNTRUE
from pishkhan.licensing.inquiries import ABOUT_THE_PLACE
from pishkhan.licensing.models import AddressChangeDossier
from pishkhan.licensing.papers import TENURE
from pishkhan.licensing.rules.applicant_rules import (
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    premises_are_large_enough,
    tenure_is_secure,
)
from pishkhan.licensing.rules.licence_rules import (
    applicant_holds_it,
    is_the_latest,
    licence_is_in_force,
    no_other_is_under_way,
    no_violation_is_open,
    old_document_is_handed_in,
    stays_in_its_place,
)
from pishkhan.licensing.stated import NewPremises, Reissue
from pishkhan.meetings.models import Outcome
from pishkhan.people.roles import Role

from .application import lapsing, papers, papers_again, papers_are_attached, returning, withdrawing
from .issuing import answers, given_back, handing_in, refusal_of_the_place
from .request import first_visit, place_is_stated, technical_committee
from .stages import (
    AGENDA,
    CHECK,
    COMMITTEE,
    DRAFT,
    ELSEWHERE,
    GIVEN_BACK,
    HAND_IN,
    INITIAL_VISIT,
    ISSUED,
    REGION,
    RETURNED,
    VETTING,
)

ENTITLED = (applicant_holds_it, is_the_latest, licence_is_in_force, no_violation_is_open)
FIT = (place_is_stated, stays_in_its_place, premises_are_large_enough, tenure_is_secure)


class AddressChange(Procedure):
    code, edition, prefix, valid_from = "address-change", "1400", "AC", date(2021, 4, 11)
    title = Text("تغییر نشانی", "Change of address")
    purpose = Text("دفتر در همان شهر یا روستا به جای دیگری می‌رود.", "The office moves within its city or village.")
    dossier, excludes_others = AddressChangeDossier, True
    way = (DRAFT, CHECK, INITIAL_VISIT, COMMITTEE, AGENDA, VETTING, HAND_IN, REGION, ISSUED)
    inquiries, documents = ABOUT_THE_PLACE, (TENURE,)
    grounds = (PREMISES, OPINION, UNTRUE, IS_NEAR)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder states the new place.
        Step("describe", Text("نوشتن جای تازه", "State the new place"), DRAFT, DRAFT, by=Role.APPLICANT,
             form=NewPremises, effect=note_where_it_moves),
        *papers(at=DRAFT),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(papers_are_attached, *FIT, no_other_is_under_way, *ENTITLED),
             notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether the request is complete.
        *returning(
            Step("correct_place", Text("اصلاح مشخصات محل", "Correct the place"), RETURNED, RETURNED,
                 by=Role.APPLICANT, form=NewPremises, effect=note_where_it_moves),
            *papers_again(at=RETURNED),
            at=CHECK, to=RETURNED, complete_when=(papers_are_attached, *FIT)),
        Step("accept", Text("تأیید کامل بودن", "Find complete"), CHECK, INITIAL_VISIT, by=Role.EXPERT,
             when=(place_is_stated, papers_are_attached, no_violation_is_open), effect=request_the_initial_visit),

        # The place is visited, the technical committee says what it thinks of it, and the working group decides.
        # A place that is refused, by whomever, is followed by another: the request does not end there.
        *first_visit(
            Step("move", Text("معرفی جای دیگر", "State another place"), ELSEWHERE, INITIAL_VISIT, by=Role.APPLICANT,
                 form=NewPremises, effect=note_where_it_moves_anew),
            at=INITIAL_VISIT, then=COMMITTEE, elsewhere=ELSEWHERE, examine_when=FIT),
        *technical_committee(at=COMMITTEE, then=AGENDA),
        *approval(at=AGENDA, then=VETTING, approve_when=(no_violation_is_open,), apart_from=("accept", "schedule")),
        *deferral(at=AGENDA),
        Step("reject", Text("اجرای رد محل", "Carry out the refusal of the place"), AGENDA, ELSEWHERE,
             by=Role.SECRETARY, when=(group_rejected,), apart_from=("accept", "schedule"),
             carries_out=Outcome.REJECTED, effect=give_up_the_place,
             notice=notices.PLACE_REFUSED, letter=letters.PLACE_REFUSAL),

        # The police are asked about the place.
        *answers(at=VETTING),
        *refusal_of_the_place(at=VETTING, elsewhere=ELSEWHERE),
        Step("clear", Text("پایان استعلام", "Close the inquiry"), VETTING, HAND_IN, by=Role.EXPERT,
             when=(inquiries_are_cleared, condition_is_met), notice=notices.HAND_IN),
        *handing_in(at=HAND_IN, then=REGION),

        # The region of the CRA issues the licence.
        *given_back(at=REGION, to=GIVEN_BACK),
        Step("issue", Text("صدور پروانه با نشانی تازه", "Issue the licence with the new address"), REGION, ISSUED,
             by=Role.REGION, form=Reissue,
             when=(papers_are_attached, *FIT, inquiries_are_cleared, condition_is_met, old_document_is_handed_in,
                   *ENTITLED, day_of_issue_has_come),
             effect=reissue_elsewhere,
             apart_from=("approve", "approve_on_condition", "take_back"),
             notice=notices.ISSUED, letter=letters.LICENCE_DOCUMENT),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA, VETTING, HAND_IN,
                         REGION, GIVEN_BACK)),
        *lapsing(at=(RETURNED, ELSEWHERE)),
    )
    # fmt: on
