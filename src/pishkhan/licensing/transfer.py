"""Transfer (انتقال): both sides sign, the buyer is vetted, the seller settles, and a successor licence is issued."""

from datetime import date

from pishkhan.casework.procedure import Step
from pishkhan.language.text import Text
from pishkhan.meetings.models import Outcome
from pishkhan.people.roles import Role

from .application import papers_are_attached
from .conditions import (
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    royalty_is_paid,
    signatory_qualifies,
)
from .deciding import Decided, group_approved, group_approved_on_condition
from .effects import name_the_buyer, note_the_agreement, note_the_undertaking, put_in_the_nominee
from .fees import demand_for_transfer
from .holding import (
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
    what_is_locked,
)
from .inquiries import ABOUT_PERSONS, SETTLEMENTS
from .issuing import ByTheRegion, Paying, Vetted
from .papers import ACTIVITY, AGREED
from .register_effects import transfer
from .stages import (
    AGENDA,
    AGREEMENT,
    CHECK,
    DRAFT,
    ISSUED,
    LAPSED,
    REGION,
    RETURNED,
    ROYALTY,
    UNDERTAKING,
    VETTING,
    WITHDRAWN,
)
from .stated import Agreement, Buyer, Nomination, Reissue, Undertaken


class Transfer(Decided, Vetted, Paying, ByTheRegion):
    code, edition, prefix, valid_from = "transfer", "1400", "TR", date(2021, 4, 11)
    title = Text("انتقال پروانه", "Transfer of a licence")
    dossier, excludes_others, drops = "transferdossier", True, ("schedule",)
    way = (DRAFT, AGREEMENT, CHECK, AGENDA, VETTING, UNDERTAKING, ROYALTY, REGION, ISSUED)
    inquiries, documents = ABOUT_PERSONS + SETTLEMENTS, (AGREED, ACTIVITY)
    entitled = (applicant_holds_it, is_the_latest, licence_is_in_force, holding_period_is_over,
                no_violation_is_open)
    bought = (buyer_is_named, buyer_is_a_company, buyer_has_agreed, beneficiary_is_declared, signatory_qualifies,
              manager_and_deputy_are_named, manager_and_deputy_qualify)

    # The holder offers, the buyer agrees: nobody else can sign for either.
    name_buyer = Step(Text("معرفی خریدار", "Name the buyer"), DRAFT, DRAFT, by=Role.APPLICANT, asks=Buyer,
                      when=(signs_without_a_proxy,), then=name_the_buyer)
    submit = Step(Text("امضا و فرستادن برای خریدار", "Sign and send to the buyer"), DRAFT, AGREEMENT,
                  by=Role.APPLICANT,
                  when=(papers_are_attached, buyer_is_named, buyer_is_a_company, enough_is_left,
                        no_other_is_under_way, *entitled),
                  locks=what_is_locked, tells="transfer.offered")
    nominate = Step(Text("معرفی مدیر، جانشین یا صاحب امضا", "Name the manager, deputy or signatory"), AGREEMENT,
                    AGREEMENT, by=Role.OTHER_SIDE, asks=Nomination, then=put_in_the_nominee)
    agree = Step(Text("موافقت و امضای خریدار", "Agree and sign as the buyer"), AGREEMENT, AGREEMENT,
                 by=Role.OTHER_SIDE, asks=Agreement, when=(signs_without_a_proxy,), then=note_the_agreement)
    deliver = Step(Text("ثبت درخواست دو طرف", "Submit for both sides"), AGREEMENT, CHECK, by=Role.OTHER_SIDE,
                   when=(buyer_has_agreed, beneficiary_is_declared, signatory_qualifies,
                         manager_and_deputy_are_named, manager_and_deputy_qualify), tells="request.received")
    decline = Step(Text("نپذیرفتن", "Decline"), (AGREEMENT, UNDERTAKING), WITHDRAWN, by=Role.OTHER_SIDE)
    lapse = Step(Text("منتفی شدن با گذشت مهلت", "Lapse"), (AGREEMENT, RETURNED, UNDERTAKING), LAPSED, by=Role.CLOCK,
                 tells="request.lapsed")
    accept = Step(Text("تأیید کامل بودن و ارسال به کارگروه", "Find complete and send to the working group"), CHECK,
                  AGENDA, by=Role.EXPERT, when=(papers_are_attached, *entitled, *bought))
    approve = Step(Text("اجرای تصویب", "Carry out the approval"), AGENDA, VETTING, by=Role.SECRETARY,
                   when=(group_approved, licence_is_in_force, no_violation_is_open), locks=what_is_locked,
                   then=Decided.approve.then, apart_from=(accept,), carries_out=Outcome.APPROVED,
                   tells="request.approved")
    approve_on_condition = Step(
        Text("اجرای تصویب مشروط", "Carry out the conditional approval"), AGENDA, VETTING, by=Role.SECRETARY,
        when=(group_approved_on_condition, licence_is_in_force, no_violation_is_open), locks=what_is_locked,
        then=Decided.approve_on_condition.then, apart_from=(accept,), carries_out=Outcome.CONDITIONAL,
        tells="request.approved_on_condition")
    clear = Step(Text("پایان استعلام‌ها و مفاصاحساب‌ها", "Close the inquiries and settlements"), VETTING, UNDERTAKING,
                 by=Role.EXPERT, when=(inquiries_are_cleared, condition_is_met), tells="transfer.undertake")
    undertake = Step(Text("تعهد به انتقال ندادن", "Undertake not to transfer"), UNDERTAKING, ROYALTY,
                     by=Role.OTHER_SIDE, asks=Undertaken, then=lambda case, entry, stated: (
                         note_the_undertaking(case, entry, stated) | demand_for_transfer(case, entry, stated)),
                     tells="royalty.due")
    issue = Step(Text("صدور پروانه به نام خریدار", "Issue the licence to the buyer"), REGION, ISSUED, by=Role.REGION,
                 asks=Reissue,
                 when=(papers_are_attached, inquiries_are_cleared, condition_is_met, buyer_has_undertaken,
                       royalty_is_paid, *entitled, *bought, day_of_issue_has_come),
                 locks=what_is_locked, then=transfer,
                 apart_from=(approve, approve_on_condition, Paying.send), tells="licence.issued")
    withdraw = Step(Text("انصراف", "Withdraw"), (DRAFT, AGREEMENT, CHECK, RETURNED, AGENDA, VETTING, UNDERTAKING,
                                                 ROYALTY), WITHDRAWN, by=Role.APPLICANT)
