"""Change of name: what an office is called; the old document is handed in and a licence issued anew, free of charge."""

from datetime import date

from pishkhan.casework.procedures.procedure import Procedure, Step, Steps
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import note_the_name
from pishkhan.licensing.effects.register_effects import reissue_under_its_name
from pishkhan.licensing.models import NameChangeDossier
from pishkhan.licensing.rules.applicant_rules import day_of_issue_has_come
from pishkhan.licensing.rules.licence_rules import (
    applicant_holds_it,
    is_the_latest,
    licence_is_in_force,
    name_is_stated,
    no_other_is_under_way,
    old_document_is_handed_in,
)
from pishkhan.licensing.stated import NewName, Reissue
from pishkhan.people.roles import Role

from .application import lapsing, returning, withdrawing
from .issuing import given_back, handing_in
from .stages import CHECK, DRAFT, GIVEN_BACK, HAND_IN, ISSUED, REGION, RETURNED

ENTITLED = (applicant_holds_it, is_the_latest, licence_is_in_force)


class NameChange(Procedure):
    code, edition, prefix, valid_from = "name-change", "1400", "NC", date(2021, 4, 11)
    title = Text("تغییر نام دفتر", "Change of an office's name")
    purpose = Text("نام تابلوی دفتر عوض می‌شود.", "The name on the signboard changes.")
    dossier, excludes_others = NameChangeDossier, True
    way = (DRAFT, CHECK, HAND_IN, REGION, ISSUED)

    # A table, for lawyers too.
    # fmt: off
    steps = Steps(
        # The holder states the new name.
        Step("rename", Text("نوشتن نام تازه", "State the new name"), DRAFT, DRAFT, by=Role.APPLICANT, form=NewName,
             effect=note_the_name),
        Step("submit", Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
             when=(name_is_stated, no_other_is_under_way, *ENTITLED),
             notice=notices.RECEIVED, letter=letters.RECEIPT),

        # An expert looks at the name.
        *returning(
            Step("rename_again", Text("نوشتن نامی دیگر", "State another name"), RETURNED, RETURNED, by=Role.APPLICANT,
                 form=NewName, effect=note_the_name),
            at=CHECK, to=RETURNED, complete_when=(name_is_stated,)),
        Step("accept", Text("تأیید نام", "Find the name in order"), CHECK, HAND_IN, by=Role.EXPERT,
             when=(name_is_stated, *ENTITLED), notice=notices.HAND_IN),
        *handing_in(at=HAND_IN, then=REGION),

        # The region of the CRA issues the licence.
        *given_back(at=REGION, to=GIVEN_BACK),
        Step("issue", Text("صدور پروانه با نام تازه", "Issue the licence with the new name"), REGION, ISSUED,
             by=Role.REGION, form=Reissue, when=(old_document_is_handed_in, *ENTITLED, day_of_issue_has_come),
             effect=reissue_under_its_name, apart_from=("accept", "take_back"),
             notice=notices.ISSUED, letter=letters.LICENCE_DOCUMENT),

        *withdrawing(at=(DRAFT, CHECK, RETURNED, HAND_IN, REGION, GIVEN_BACK)),
        *lapsing(at=(RETURNED,)),
    )
    # fmt: on
