"""Correction of the register: what an expert saw on a visit or a paper shows, looked at by a second expert."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import note_the_correction
from pishkhan.licensing.effects.register_effects import correct
from pishkhan.licensing.models import CorrectionDossier
from pishkhan.licensing.rules.licence_rules import correction_was_seen, days_are_stated
from pishkhan.licensing.stated import CorrectedPremises, Reasons
from pishkhan.people.roles import Role

from .stages import CORRECTED, PROPOSED, REJECTED, SECOND_LOOK


class Correction(Procedure):
    code, edition, prefix, valid_from = "correction", "1400", "RC", date(2021, 4, 11)
    former_prefixes = ("CO",)  # as complaints have it: two things were called CO-15-1401-0001
    title = Text("اصلاح ثبت", "Correction of the register")
    purpose = Text(
        "ثبت چیزی جز آن می‌گوید که در محل دیده شد.", "The register says otherwise than what was seen on the spot."
    )
    dossier = CorrectionDossier
    way = (PROPOSED, SECOND_LOOK, CORRECTED)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        Step("describe", Text("نوشتن آنچه باید در ثبت باشد", "State what the register should say"), PROPOSED, PROPOSED,
             by=Role.EXPERT, form=CorrectedPremises, effect=note_the_correction),
        Step("propose", Text("پیشنهاد اصلاح", "Propose the correction"), PROPOSED, SECOND_LOOK, by=Role.EXPERT,
             when=(days_are_stated, correction_was_seen)),
        Step("drop", Text("صرف‌نظر", "Drop it"), PROPOSED, REJECTED, by=Role.EXPERT),

        # Another expert than the one who proposed it.
        Step("correct", Text("اصلاح ثبت", "Correct the register"), SECOND_LOOK, CORRECTED, by=Role.EXPERT,
             when=(days_are_stated, correction_was_seen), effect=correct,
             apart_from=("propose",), notice=notices.CORRECTED),
        Step("refuse", Text("نپذیرفتن اصلاح", "Refuse the correction"), SECOND_LOOK, REJECTED, by=Role.EXPERT,
             form=Reasons, apart_from=("propose",)),
    )
    # fmt: on
