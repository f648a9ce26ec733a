"""Renewal: asked for in its window, without the technical committee if nothing changed, at a share of the royalty."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import note_what_changed
from pishkhan.licensing.effects.register_effects import renew
from pishkhan.licensing.effects.working_group_steps import approval, deferral, rejection
from pishkhan.licensing.grounds import CONDUCT, OF_A_PLACE
from pishkhan.licensing.inquiries import CLEARANCES
from pishkhan.licensing.models import RenewalDossier
from pishkhan.licensing.papers import INSURANCE, TENURE
from pishkhan.licensing.rules.applicant_rules import (
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    royalty_is_paid,
    term_is_usual,
)
from pishkhan.licensing.rules.fees import demand_for_renewal
from pishkhan.licensing.rules.licence_rules import (
    applicant_holds_it,
    is_the_latest,
    licence_can_be_replaced,
    licence_is_in_force,
    no_other_is_under_way,
    no_violation_is_open,
    nothing_has_changed,
    renewal_is_in_time,
    something_has_changed,
    what_has_changed_is_stated,
    window_is_open,
)
from pishkhan.licensing.stated import Declared, Issue
from pishkhan.people.roles import Role

from .application import lapsing, papers, papers_again, papers_are_attached, returning, withdrawing
from .issuing import answers, asking_again, given_back, royalty
from .request import technical_committee
from .stages import AGENDA, CHECK, COMMITTEE, DRAFT, GIVEN_BACK, ISSUED, REGION, RETURNED, ROYALTY, VETTING

ENTITLED = (applicant_holds_it, is_the_latest, licence_is_in_force, no_violation_is_open)


class Renewal(Procedure):
    code, edition, prefix, valid_from = "renewal", "1400", "RN", date(2021, 4, 11)
    title = Text("تمدید پروانه", "Renewal of a licence")
    purpose = Text("پیش از پایان پروانه، برای دوره‌ای تازه.", "Before the licence ends, for another term.")
    dossier, excludes_others = RenewalDossier, True
    way = (DRAFT, CHECK, AGENDA, VETTING, ROYALTY, REGION, ISSUED)
    inquiries, documents = CLEARANCES, (TENURE, INSURANCE)
    grounds = (*OF_A_PLACE, CONDUCT)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder says whether anything has changed, and submits the request in its window.
        Step("declare", Text("اعلام تغییرات", "Say whether anything has changed"), DRAFT, DRAFT, by=Role.APPLICANT,
             form=Declared, effect=note_what_changed),
        *papers(at=DRAFT),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(papers_are_attached, what_has_changed_is_stated, window_is_open, renewal_is_in_time,
                   no_other_is_under_way, *ENTITLED),
             notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether it is complete. Where something changed, the technical committee sees it first.
        *returning(
            Step("declare_again", Text("اعلام دوبارهٔ تغییرات", "Say again whether anything has changed"), RETURNED,
                 RETURNED, by=Role.APPLICANT, form=Declared, effect=note_what_changed),
            *papers_again(at=RETURNED),
            at=CHECK, to=RETURNED, complete_when=(papers_are_attached,)),
        Step("accept", Text("تأیید کامل بودن و ارسال به کارگروه", "Find complete and send to the working group"),
             CHECK, AGENDA, by=Role.EXPERT, when=(papers_are_attached, nothing_has_changed, *ENTITLED)),
        Step("examine", Text("ارجاع به کمیتهٔ فنی", "Send to the technical committee"), CHECK, COMMITTEE,
             by=Role.EXPERT, when=(papers_are_attached, something_has_changed, *ENTITLED)),
        *technical_committee(at=COMMITTEE, then=AGENDA),

        # The working group decides.
        *approval(at=AGENDA, then=VETTING, approve_when=(no_violation_is_open,), apart_from=("accept", "schedule")),
        *deferral(at=AGENDA),
        *rejection(at=AGENDA, apart_from=("accept", "schedule")),

        # Tax office and social security clear the holder.
        *answers(at=VETTING),
        *asking_again(at=VETTING),
        Step("clear", Text("پایان استعلام‌ها و صدور برگ مطالبه", "Close the inquiries and ask for the fee"), VETTING,
             ROYALTY, by=Role.EXPERT, when=(inquiries_are_cleared, condition_is_met, licence_can_be_replaced),
             effect=demand_for_renewal, notice=notices.ROYALTY_DUE, letter=letters.DEMAND_NOTE),
        *royalty(at=ROYALTY, then=REGION),

        # The region of the CRA issues the licence.
        *given_back(at=REGION, to=GIVEN_BACK, send_again_when=(royalty_is_paid,)),
        Step("issue", Text("صدور پروانهٔ تمدیدشده", "Issue the renewed licence"), REGION, ISSUED, by=Role.REGION,
             form=Issue,
             when=(papers_are_attached, inquiries_are_cleared, condition_is_met, royalty_is_paid,
                   applicant_holds_it, is_the_latest, licence_can_be_replaced, no_violation_is_open, term_is_usual,
                   day_of_issue_has_come),
             effect=renew, apart_from=("approve", "approve_on_condition", "send"),
             notice=notices.ISSUED, letter=letters.LICENCE_DOCUMENT),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, COMMITTEE, AGENDA, VETTING, ROYALTY, REGION, GIVEN_BACK)),
        *lapsing(at=(RETURNED,)),
    )
    # fmt: on
