"""Change of name: what an office is called; the old document is handed in and a licence issued anew, free of charge."""

from datetime import date

from pishkhan.casework.procedure import Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .application import Application
from .conditions import day_of_issue_has_come
from .effects import note_the_name
from .holding import (
    applicant_holds_it,
    is_the_latest,
    licence_is_in_force,
    name_is_stated,
    no_other_is_under_way,
    old_document_is_handed_in,
    what_is_locked,
)
from .issuing import ByTheRegion, HandingIn
from .register_effects import reissue_under_its_name
from .stages import CHECK, DRAFT, HAND_IN, ISSUED, REGION, RETURNED, WITHDRAWN
from .stated import NewName, Reissue


class NameChange(Application, HandingIn, ByTheRegion):
    code, edition, prefix, valid_from = "name-change", "1400", "NC", date(2021, 4, 11)
    title = Text("تغییر نام دفتر", "Change of an office's name")
    dossier, excludes_others = "namechangedossier", True
    way = (DRAFT, CHECK, HAND_IN, REGION, ISSUED)
    drops = ("attach", "attach_again")
    entitled = (applicant_holds_it, is_the_latest, licence_is_in_force)

    rename = Step(Text("نوشتن نام تازه", "State the new name"), DRAFT, DRAFT, by=Role.APPLICANT, asks=NewName,
                  then=note_the_name)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(name_is_stated, no_other_is_under_way, *entitled), locks=what_is_locked,
                  tells="request.received")
    rename_again = Step(Text("نوشتن نامی دیگر", "State another name"), RETURNED, RETURNED, by=Role.APPLICANT,
                        asks=NewName, then=note_the_name)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(name_is_stated,))
    accept = Step(Text("تأیید نام", "Find the name in order"), CHECK, HAND_IN, by=Role.EXPERT,
                  when=(name_is_stated, *entitled), tells="licence.hand_in")
    issue = Step(Text("صدور پروانه با نام تازه", "Issue the licence with the new name"), REGION, ISSUED,
                 by=Role.REGION, asks=Reissue,
                 when=(old_document_is_handed_in, *entitled, day_of_issue_has_come),
                 locks=what_is_locked, then=reissue_under_its_name, apart_from=(accept, HandingIn.take_back),
                 tells="licence.issued")
    withdraw = Step(Text("انصراف", "Withdraw"), (DRAFT, CHECK, RETURNED, HAND_IN), WITHDRAWN, by=Role.APPLICANT)
