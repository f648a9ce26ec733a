"""Temporary closure with the director's permission, and the reopening."""

from datetime import date

from pishkhan.casework.procedure import Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .application import Application
from .effects import note_the_days
from .holding import applicant_holds_it, closure_is_short, days_are_stated, licence_is_in_force, what_is_locked
from .register_effects import close_for_now, open_again
from .stages import CHECK, CLOSED, DIRECTION, DRAFT, REJECTED, REOPENED, RETURNED, WITHDRAWN
from .stated import Days, Reasons


class Closure(Application):
    code, edition, prefix, valid_from = "closure", "1400", "CL", date(2021, 4, 11)
    title = Text("تعطیلی موقت با مجوز", "Temporary closure with permission")
    dossier = "closuredossier"
    way = (DRAFT, CHECK, DIRECTION, CLOSED, REOPENED)
    drops = ("attach", "attach_again")
    entitled = (applicant_holds_it, licence_is_in_force)

    describe = Step(Text("نوشتن روزهای تعطیلی", "State the days"), DRAFT, DRAFT, by=Role.APPLICANT, asks=Days,
                    then=note_the_days)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(days_are_stated, closure_is_short, *entitled), tells="request.received")
    describe_again = Step(Text("اصلاح روزهای تعطیلی", "Correct the days"), RETURNED, RETURNED, by=Role.APPLICANT,
                          asks=Days, then=note_the_days)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(days_are_stated, closure_is_short))
    accept = Step(Text("تأیید و ارسال به مدیرکل", "Find complete and send to the director"), CHECK, DIRECTION,
                  by=Role.EXPERT, when=(days_are_stated, closure_is_short, *entitled))
    permit = Step(Text("اجازهٔ تعطیلی", "Permit the closure"), DIRECTION, CLOSED, by=Role.DIRECTOR,
                  when=(closure_is_short, *entitled), locks=what_is_locked, then=close_for_now, apart_from=(accept,),
                  tells="closure.permitted")
    refuse = Step(Text("رد درخواست", "Refuse"), DIRECTION, REJECTED, by=Role.DIRECTOR, asks=Reasons,
                  tells="request.rejected")
    reopen = Step(Text("اعلام بازگشایی", "Tell that it is open again"), CLOSED, REOPENED, by=Role.APPLICANT,
                  locks=what_is_locked, then=open_again)
    note_reopening = Step(Text("ثبت بازگشایی", "Note that it is open again"), CLOSED, REOPENED, by=Role.EXPERT,
                          locks=what_is_locked, then=open_again)
    withdraw = Step(Text("انصراف", "Withdraw"), (DRAFT, CHECK, RETURNED, DIRECTION), WITHDRAWN, by=Role.APPLICANT)
