"""A temporary booth elsewhere: for one month a year at most, by a decision of the working group."""

from datetime import date

from pishkhan.casework.procedure import Step
from pishkhan.language.text import Text
from pishkhan.meetings.models import Outcome
from pishkhan.people.roles import Role

from .deciding import Decided, group_approved
from .effects import note_the_booth
from .holding import applicant_holds_it, booth_days_are_left, days_are_stated, licence_is_in_force, what_is_locked
from .register_effects import put_up_the_booth
from .stages import AGENDA, CHECK, DRAFT, PERMITTED, RETURNED, WITHDRAWN
from .stated import BoothAsked


class TemporaryBooth(Decided):
    code, edition, prefix, valid_from = "booth", "1400", "TB", date(2021, 4, 11)
    title = Text("باجهٔ موقت", "Temporary booth")
    dossier = "boothdossier"
    way = (DRAFT, CHECK, AGENDA, PERMITTED)
    drops = ("attach", "attach_again", "schedule", "approve_on_condition")
    entitled = (applicant_holds_it, licence_is_in_force)

    describe = Step(Text("نوشتن جا و روزهای باجه", "State the place and the days"), DRAFT, DRAFT, by=Role.APPLICANT,
                    asks=BoothAsked, then=note_the_booth)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(days_are_stated, booth_days_are_left, *entitled), tells="request.received")
    describe_again = Step(Text("اصلاح جا و روزها", "Correct the place and the days"), RETURNED, RETURNED,
                          by=Role.APPLICANT, asks=BoothAsked, then=note_the_booth)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(days_are_stated, booth_days_are_left))
    accept = Step(Text("تأیید و ارسال به کارگروه", "Find complete and send to the working group"), CHECK, AGENDA,
                  by=Role.EXPERT, when=(days_are_stated, booth_days_are_left, *entitled))
    approve = Step(Text("اجرای تصویب باجه", "Carry out the approval of the booth"), AGENDA, PERMITTED,
                   by=Role.SECRETARY, when=(group_approved, booth_days_are_left, licence_is_in_force),
                   locks=what_is_locked, then=put_up_the_booth, apart_from=(accept,),
                   carries_out=Outcome.APPROVED, tells="request.approved")
    withdraw = Step(Text("انصراف", "Withdraw"), (DRAFT, CHECK, RETURNED, AGENDA), WITHDRAWN, by=Role.APPLICANT)
