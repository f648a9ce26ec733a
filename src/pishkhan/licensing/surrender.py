"""Surrender: a holder gives a licence up, hands the document in, and the issuer takes note."""

from datetime import date

from pishkhan.casework.procedure import Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .application import Application
from .effects import note_the_days
from .holding import (
    applicant_holds_it,
    days_are_stated,
    licence_can_be_given_up,
    no_other_is_under_way,
    old_document_is_handed_in,
    what_is_locked,
)
from .issuing import ByTheRegion, HandingIn
from .register_effects import surrender
from .stages import CHECK, DRAFT, HAND_IN, REGION, RETURNED, SURRENDERED, WITHDRAWN
from .stated import FromDay


class Surrender(Application, HandingIn, ByTheRegion):
    code, edition, prefix, valid_from = "surrender", "1400", "SU", date(2021, 4, 11)
    title = Text("تحویل پروانه", "Surrender of a licence")
    dossier, excludes_others = "surrenderdossier", True
    way = (DRAFT, CHECK, HAND_IN, REGION, SURRENDERED)
    drops = ("attach", "attach_again", "issue")
    entitled = (applicant_holds_it, licence_can_be_given_up)

    describe = Step(Text("نوشتن روز و دلیل", "State the day and the reasons"), DRAFT, DRAFT, by=Role.APPLICANT,
                    asks=FromDay, then=note_the_days)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(days_are_stated, no_other_is_under_way, *entitled), locks=what_is_locked,
                  tells="request.received")
    describe_again = Step(Text("اصلاح روز و دلیل", "Correct the day and the reasons"), RETURNED, RETURNED,
                          by=Role.APPLICANT, asks=FromDay, then=note_the_days)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(days_are_stated,))
    accept = Step(Text("تأیید درخواست", "Find in order"), CHECK, HAND_IN, by=Role.EXPERT,
                  when=(days_are_stated, *entitled), tells="licence.hand_in")
    confirm = Step(Text("ثبت پایان پروانه", "Take note of the end"), REGION, SURRENDERED, by=Role.REGION,
                   when=(old_document_is_handed_in, *entitled), locks=what_is_locked, then=surrender,
                   apart_from=(accept, HandingIn.take_back), tells="licence.surrendered")
    withdraw = Step(Text("انصراف", "Withdraw"), (DRAFT, CHECK, RETURNED, HAND_IN), WITHDRAWN, by=Role.APPLICANT)
