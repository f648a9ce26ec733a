"""Address change (تغییر نشانی): a new place in the same city or village, seen and decided on; free of charge."""

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
    place_is_refused,
    premises_are_large_enough,
    tenure_is_secure,
)
from .deciding import group_rejected, unless_a_violation_is_open
from .effects import give_up_the_place, note_where_it_moves, note_where_it_moves_anew
from .holding import (
    applicant_holds_it,
    is_the_latest,
    licence_is_in_force,
    no_other_is_under_way,
    no_violation_is_open,
    old_document_is_handed_in,
    stays_in_its_place,
    what_is_locked,
)
from .inquiries import ABOUT_THE_PLACE
from .issuing import ByTheRegion, HandingIn, Vetted
from .papers import TENURE
from .register_effects import reissue_elsewhere
from .request import Request, place_is_stated
from .stages import (
    AGENDA,
    CHECK,
    COMMITTEE,
    DRAFT,
    ELSEWHERE,
    HAND_IN,
    INITIAL_VISIT,
    ISSUED,
    REGION,
    RETURNED,
    VETTING,
    WITHDRAWN,
)
from .stated import NewPremises, Reissue


class AddressChange(Request, Vetted, HandingIn, ByTheRegion):
    code, edition, prefix, valid_from = "address-change", "1400", "AC", date(2021, 4, 11)
    title = Text("تغییر نشانی", "Change of address")
    dossier, excludes_others, drops = "addresschangedossier", True, ("refuse_person", "ask_again")
    way = (DRAFT, CHECK, INITIAL_VISIT, COMMITTEE, AGENDA, VETTING, HAND_IN, REGION, ISSUED)
    inquiries, documents = ABOUT_THE_PLACE, (TENURE,)
    entitled = (applicant_holds_it, is_the_latest, licence_is_in_force, no_violation_is_open)
    fit = (place_is_stated, stays_in_its_place, premises_are_large_enough, tenure_is_secure)

    describe = Step(Text("نوشتن جای تازه", "State the new place"), DRAFT, DRAFT, by=Role.APPLICANT,
                    asks=NewPremises, then=note_where_it_moves)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(papers_are_attached, *fit, no_other_is_under_way, *entitled), locks=what_is_locked,
                  tells="request.received")
    correct_place = Step(Text("اصلاح مشخصات محل", "Correct the place"), RETURNED, RETURNED, by=Role.APPLICANT,
                         asks=NewPremises, then=note_where_it_moves)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(papers_are_attached, *fit))
    move = Step(Text("معرفی جای دیگر", "State another place"), ELSEWHERE, INITIAL_VISIT, by=Role.APPLICANT,
                asks=NewPremises, then=note_where_it_moves_anew)
    examine = Step(Text("ارجاع به کمیتهٔ فنی", "Send to the technical committee"), INITIAL_VISIT, COMMITTEE,
                   by=Role.EXPERT, when=(*Request.examine.when, *fit))
    accept = unless_a_violation_is_open(Request.accept)
    approve = unless_a_violation_is_open(Request.approve)
    approve_on_condition = unless_a_violation_is_open(Request.approve_on_condition)
    # A place that the working group or the police refuse is followed by another: the request does not end there.
    reject = Step(Text("اجرای رد محل", "Carry out the refusal of the place"), AGENDA, ELSEWHERE, by=Role.SECRETARY,
                  when=(group_rejected,), apart_from=(Request.accept, Request.schedule), carries_out=Outcome.REJECTED,
                  then=give_up_the_place, tells="request.place_refused")
    refuse_site = Step(Text("رد محل به سبب پاسخ استعلام", "Refuse the place on an inquiry's answer"), VETTING,
                       ELSEWHERE, by=Role.EXPERT, when=(place_is_refused,), then=give_up_the_place,
                       tells="request.place_refused")
    clear = Step(Text("پایان استعلام", "Close the inquiry"), VETTING, HAND_IN, by=Role.EXPERT,
                 when=(inquiries_are_cleared, condition_is_met), tells="licence.hand_in")
    issue = Step(Text("صدور پروانه با نشانی تازه", "Issue the licence with the new address"), REGION, ISSUED,
                 by=Role.REGION, asks=Reissue,
                 when=(papers_are_attached, *fit, inquiries_are_cleared, condition_is_met, old_document_is_handed_in,
                       *entitled, day_of_issue_has_come),
                 locks=what_is_locked, then=reissue_elsewhere,
                 apart_from=(Request.approve, Request.approve_on_condition, HandingIn.take_back),
                 tells="licence.issued")
    withdraw = Step(Text("انصراف", "Withdraw"), (DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA,
                                                 VETTING, HAND_IN), WITHDRAWN, by=Role.APPLICANT)
