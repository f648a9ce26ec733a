"""Transfer (انتقال): both sides sign, the buyer is vetted, the seller settles, and a successor licence is issued."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import name_the_buyer, note_the_agreement, put_in_the_nominee
from pishkhan.licensing.effects.register_effects import transfer
from pishkhan.licensing.effects.working_group_steps import approval, deferral, rejection
from pishkhan.licensing.grounds import CONDUCT, PERSONS, UNTRUE
from pishkhan.licensing.inquiries import ABOUT_PERSONS, SETTLEMENTS
from pishkhan.licensing.models import TransferDossier
from pishkhan.licensing.papers import ACTIVITY, AGREED
from pishkhan.licensing.rules.activity_rules import office_was_active
from pishkhan.licensing.rules.applicant_rules import (
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    royalty_is_paid,
    signatory_qualifies,
)
from pishkhan.licensing.rules.fees import undertake_and_pay
from pishkhan.licensing.rules.licence_rules import (
    applicant_holds_it,
    beneficiary_is_declared,
    buyer_has_agreed,
    buyer_has_undertaken,
    buyer_is_a_company,
    buyer_is_named,
    enough_is_left,
    holding_period_is_over,
    is_the_latest,
    licence_is_in_force,
    no_other_is_under_way,
    no_violation_is_open,
    signs_without_a_proxy,
)
from pishkhan.licensing.stated import Agreement, Buyer, Nomination, Reissue, Undertaken
from pishkhan.people.roles import Role

from .application import lapsing, papers, papers_again, papers_are_attached, returning, withdrawing
from .issuing import answers, asking_again, given_back, refusal_of_persons, royalty
from .stages import (
    AGENDA,
    AGREEMENT,
    CHECK,
    DRAFT,
    GIVEN_BACK,
    ISSUED,
    REGION,
    RETURNED,
    ROYALTY,
    UNDERTAKING,
    VETTING,
    WITHDRAWN,
)

ENTITLED = (applicant_holds_it, is_the_latest, licence_is_in_force, holding_period_is_over, no_violation_is_open)
BOUGHT = (
    buyer_is_named,
    buyer_is_a_company,
    buyer_has_agreed,
    beneficiary_is_declared,
    signatory_qualifies,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
)


class Transfer(Procedure):
    code, edition, prefix, valid_from = "transfer", "1400", "TR", date(2021, 4, 11)
    title = Text("انتقال پروانه", "Transfer of a licence")
    purpose = Text(
        "دفتر به دیگری سپرده می‌شود؛ هر دو طرف امضا می‌کنند.", "The office passes to somebody else; both sides sign."
    )
    dossier, excludes_others = TransferDossier, True
    way = (DRAFT, AGREEMENT, CHECK, AGENDA, VETTING, UNDERTAKING, ROYALTY, REGION, ISSUED)
    inquiries, documents = ABOUT_PERSONS + SETTLEMENTS, (AGREED, ACTIVITY)
    grounds = (PERSONS, UNTRUE, CONDUCT)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder offers, the buyer agrees: nobody else can sign for either.
        Step("name_buyer", Text("معرفی خریدار", "Name the buyer"), DRAFT, DRAFT, by=Role.APPLICANT, form=Buyer,
             when=(signs_without_a_proxy,), effect=name_the_buyer),
        *papers(at=DRAFT),
        Step("submit", Text("امضا و فرستادن برای خریدار", "Sign and send to the buyer"), DRAFT, AGREEMENT,
             by=Role.APPLICANT,
             when=(papers_are_attached, buyer_is_named, buyer_is_a_company, enough_is_left, office_was_active,
                   no_other_is_under_way, *ENTITLED),
             notice=notices.OFFERED),
        Step("nominate", Text("معرفی مدیر، جانشین یا صاحب امضا", "Name the manager, deputy or signatory"), AGREEMENT,
             AGREEMENT, by=Role.OTHER_SIDE, form=Nomination, effect=put_in_the_nominee),
        Step("agree", Text("موافقت و امضای خریدار", "Agree and sign as the buyer"), AGREEMENT, AGREEMENT,
             by=Role.OTHER_SIDE, form=Agreement, when=(signs_without_a_proxy,), effect=note_the_agreement),
        Step("deliver", Text("ثبت درخواست دو طرف", "Submit for both sides"), AGREEMENT, CHECK, by=Role.OTHER_SIDE,
             when=(buyer_has_agreed, beneficiary_is_declared, signatory_qualifies, manager_and_deputy_are_named,
                   manager_and_deputy_qualify), notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether it is complete, and the working group decides.
        *returning(
            *papers_again(at=RETURNED),
            at=CHECK, to=RETURNED, complete_when=(papers_are_attached,)),
        Step("accept", Text("تأیید کامل بودن و ارسال به کارگروه", "Find complete and send to the working group"),
             CHECK, AGENDA, by=Role.EXPERT, when=(papers_are_attached, office_was_active, *ENTITLED, *BOUGHT)),
        *approval(at=AGENDA, then=VETTING, approve_when=(licence_is_in_force, no_violation_is_open),
                  apart_from=("accept",)),
        *deferral(at=AGENDA),
        *rejection(at=AGENDA, apart_from=("accept",)),

        # Other bodies vet the buyer and settle with the seller.
        *answers(at=VETTING),
        *asking_again(at=VETTING),
        *refusal_of_persons(at=VETTING),
        Step("clear", Text("پایان استعلام‌ها و مفاصاحساب‌ها", "Close the inquiries and settlements"), VETTING,
             UNDERTAKING, by=Role.EXPERT, when=(inquiries_are_cleared, condition_is_met), notice=notices.UNDERTAKE),
        Step("undertake", Text("تعهد به انتقال ندادن", "Undertake not to transfer"), UNDERTAKING, ROYALTY,
             by=Role.OTHER_SIDE, form=Undertaken, effect=undertake_and_pay,
             notice=notices.ROYALTY_DUE, letter=letters.DEMAND_NOTE),
        *royalty(at=ROYALTY, then=REGION),

        # The region of the CRA issues the licence.
        *given_back(at=REGION, to=GIVEN_BACK, send_again_when=(royalty_is_paid,)),
        Step("issue", Text("صدور پروانه به نام خریدار", "Issue the licence to the buyer"), REGION, ISSUED,
             by=Role.REGION, form=Reissue,
             when=(papers_are_attached, inquiries_are_cleared, condition_is_met, buyer_has_undertaken,
                   royalty_is_paid, *ENTITLED, *BOUGHT, day_of_issue_has_come),
             effect=transfer, apart_from=("approve", "approve_on_condition", "send"),
             notice=notices.ISSUED, letter=letters.LICENCE_DOCUMENT),

        # The buyer does not want it after all; the holder gives it up; or one of them lets the term pass.
        Step("decline", Text("نپذیرفتن", "Decline"), (AGREEMENT, UNDERTAKING), WITHDRAWN, by=Role.OTHER_SIDE),
        *withdrawing(at=(DRAFT, AGREEMENT, CHECK, RETURNED, AGENDA, VETTING, UNDERTAKING, ROYALTY, REGION,
                         GIVEN_BACK)),
        *lapsing(at=(AGREEMENT, RETURNED, UNDERTAKING)),
    )
    # fmt: on
