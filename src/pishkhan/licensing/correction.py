"""Correction of the register: what an expert saw on a visit or a paper shows, looked at by a second expert."""

from datetime import date

from pishkhan.casework.procedure import Procedure, Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .effects import note_the_correction
from .holding import correction_was_seen, days_are_stated, what_is_locked
from .register_effects import correct
from .stages import CORRECTED, PROPOSED, REJECTED, SECOND_LOOK
from .stated import CorrectedPremises, Reasons


class Correction(Procedure):
    code, edition, prefix, valid_from = "correction", "1400", "CO", date(2021, 4, 11)
    title = Text("اصلاح ثبت", "Correction of the register")
    dossier = "correctiondossier"
    begins = PROPOSED
    way = (PROPOSED, SECOND_LOOK, CORRECTED)

    describe = Step(Text("نوشتن آنچه باید در ثبت باشد", "State what the register should say"), PROPOSED, PROPOSED,
                    by=Role.EXPERT, asks=CorrectedPremises, then=note_the_correction)
    propose = Step(Text("پیشنهاد اصلاح", "Propose the correction"), PROPOSED, SECOND_LOOK, by=Role.EXPERT,
                   when=(days_are_stated, correction_was_seen))
    correct = Step(Text("اصلاح ثبت", "Correct the register"), SECOND_LOOK, CORRECTED, by=Role.EXPERT,
                   when=(days_are_stated, correction_was_seen), locks=what_is_locked, then=correct,
                   apart_from=(propose,), tells="register.corrected")
    refuse = Step(Text("نپذیرفتن اصلاح", "Refuse the correction"), SECOND_LOOK, REJECTED, by=Role.EXPERT,
                  asks=Reasons, apart_from=(propose,))
    drop = Step(Text("صرف‌نظر", "Drop it"), PROPOSED, REJECTED, by=Role.EXPERT)
