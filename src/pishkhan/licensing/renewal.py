"""Renewal: asked for in its window, without the technical committee if nothing changed, at a share of the royalty."""

from datetime import date

from pishkhan.casework.procedure import Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .application import papers_are_attached
from .conditions import (
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    royalty_is_paid,
    term_is_usual,
)
from .deciding import Decided, unless_a_violation_is_open
from .effects import note_the_opinion, note_what_changed
from .fees import demand_for_renewal
from .holding import (
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
    what_is_locked,
    window_is_open,
)
from .inquiries import CLEARANCES
from .issuing import ByTheRegion, Paying, Vetted
from .papers import INSURANCE, TENURE
from .register_effects import renew
from .stages import AGENDA, CHECK, COMMITTEE, DRAFT, ISSUED, REGION, RETURNED, ROYALTY, VETTING, WITHDRAWN
from .stated import Declared, Issue, Opinion


class Renewal(Decided, Vetted, Paying, ByTheRegion):
    code, edition, prefix, valid_from = "renewal", "1400", "RN", date(2021, 4, 11)
    title = Text("تمدید پروانه", "Renewal of a licence")
    dossier, excludes_others, drops = "renewaldossier", True, ("refuse_person",)
    way = (DRAFT, CHECK, AGENDA, VETTING, ROYALTY, REGION, ISSUED)
    inquiries, documents = CLEARANCES, (TENURE, INSURANCE)
    entitled = (applicant_holds_it, is_the_latest, licence_is_in_force, no_violation_is_open)

    declare = Step(Text("اعلام تغییرات", "Say whether anything has changed"), DRAFT, DRAFT, by=Role.APPLICANT,
                   asks=Declared, then=note_what_changed)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(papers_are_attached, what_has_changed_is_stated, window_is_open, renewal_is_in_time,
                        no_other_is_under_way, *entitled),
                  locks=what_is_locked, tells="request.received")
    declare_again = Step(Text("اعلام دوبارهٔ تغییرات", "Say again whether anything has changed"), RETURNED, RETURNED,
                         by=Role.APPLICANT, asks=Declared, then=note_what_changed)
    accept = Step(Text("تأیید کامل بودن و ارسال به کارگروه", "Find complete and send to the working group"), CHECK,
                  AGENDA, by=Role.EXPERT, when=(papers_are_attached, nothing_has_changed, *entitled))
    examine = Step(Text("ارجاع به کمیتهٔ فنی", "Send to the technical committee"), CHECK, COMMITTEE, by=Role.EXPERT,
                   when=(papers_are_attached, something_has_changed, *entitled))
    schedule = Step(Text("اعلام نظر و ارسال به کارگروه", "Give an opinion and send to the working group"), COMMITTEE,
                    AGENDA, by=Role.COMMITTEE, asks=Opinion, then=note_the_opinion)
    approve = unless_a_violation_is_open(Decided.approve)
    approve_on_condition = unless_a_violation_is_open(Decided.approve_on_condition)
    clear = Step(Text("پایان استعلام‌ها و صدور برگ مطالبه", "Close the inquiries and ask for the fee"), VETTING,
                 ROYALTY, by=Role.EXPERT,
                 when=(inquiries_are_cleared, condition_is_met, licence_can_be_replaced),
                 then=demand_for_renewal, tells="royalty.due")
    issue = Step(Text("صدور پروانهٔ تمدیدشده", "Issue the renewed licence"), REGION, ISSUED, by=Role.REGION,
                 asks=Issue,
                 when=(papers_are_attached, inquiries_are_cleared, condition_is_met, royalty_is_paid,
                       applicant_holds_it, is_the_latest, licence_can_be_replaced, no_violation_is_open, term_is_usual,
                       day_of_issue_has_come),
                 locks=what_is_locked, then=renew,
                 apart_from=(Decided.approve, Decided.approve_on_condition, Paying.send), tells="licence.issued")
    withdraw = Step(Text("انصراف", "Withdraw"), (DRAFT, CHECK, RETURNED, COMMITTEE, AGENDA, VETTING, ROYALTY),
                    WITHDRAWN, by=Role.APPLICANT)
