"""Surrender: a holder gives a licence up, hands the document in, and the issuer takes note."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import note_the_days
from pishkhan.licensing.effects.register_effects import surrender
from pishkhan.licensing.models import SurrenderDossier
from pishkhan.licensing.rules.licence_rules import (
    applicant_holds_it,
    days_are_stated,
    licence_can_be_given_up,
    no_other_is_under_way,
    old_document_is_handed_in,
)
from pishkhan.licensing.stated import FromDay
from pishkhan.people.roles import Role

from .application import lapsing, returning, withdrawing
from .issuing import given_back, handing_in
from .stages import CHECK, DRAFT, GIVEN_BACK, HAND_IN, REGION, RETURNED, SURRENDERED

ENTITLED = (applicant_holds_it, licence_can_be_given_up)


class Surrender(Procedure):
    code, edition, prefix, valid_from = "surrender", "1400", "SU", date(2021, 4, 11)
    title = Text("تحویل پروانه", "Surrender of a licence")
    purpose = Text("کار دفتر برای همیشه پایان می‌یابد.", "The office comes to its end for good.")
    dossier, excludes_others = SurrenderDossier, True
    way = (DRAFT, CHECK, HAND_IN, REGION, SURRENDERED)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder says from which day, and why.
        Step("describe", Text("نوشتن روز و دلیل", "State the day and the reasons"), DRAFT, DRAFT, by=Role.APPLICANT,
             form=FromDay, effect=note_the_days),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(days_are_stated, no_other_is_under_way, *ENTITLED),
             notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks whether it is in order.
        *returning(
            Step("describe_again", Text("اصلاح روز و دلیل", "Correct the day and the reasons"), RETURNED, RETURNED,
                 by=Role.APPLICANT, form=FromDay, effect=note_the_days),
            at=CHECK, to=RETURNED, complete_when=(days_are_stated,)),
        Step("accept", Text("تأیید درخواست", "Find in order"), CHECK, HAND_IN, by=Role.EXPERT,
             when=(days_are_stated, *ENTITLED), notice=notices.HAND_IN),
        *handing_in(at=HAND_IN, then=REGION),

        # The region of the CRA takes note.
        *given_back(at=REGION, to=GIVEN_BACK),
        Step("confirm", Text("ثبت پایان پروانه", "Take note of the end"), REGION, SURRENDERED, by=Role.REGION,
             when=(old_document_is_handed_in, *ENTITLED), effect=surrender,
             apart_from=("accept", "take_back"), notice=notices.SURRENDERED),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, HAND_IN, REGION, GIVEN_BACK)),
        *lapsing(at=(RETURNED,)),
    )
    # fmt: on
