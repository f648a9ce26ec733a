"""What every request for a place has in common, from the draft to the working group: visit, technical committee."""

from datetime import datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedure import Stated, Step, rule
from pishkhan.inspections.models import Visit
from pishkhan.inspections.selectors import has_failed, has_passed
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .application import papers_are_attached
from .deciding import Decided
from .effects import note_the_opinion, note_the_place, note_the_place_anew, request_the_initial_visit
from .law import BY_LAW, PRINCIPLES
from .stages import AGENDA, CHECK, COMMITTEE, DRAFT, ELSEWHERE, INITIAL_VISIT, LAPSED, RETURNED, WITHDRAWN
from .stated import Opinion, Premises


@rule("نشانی، کدپستی، مساحت و نوع تصرف محل نوشته شده است.",
      "The address, postal code, area and tenure of the place are stated.", article=PRINCIPLES)
def place_is_stated(case: Case, at: datetime, stated: Stated) -> bool:
    return bool(case.dossier.address)


@rule("محل در بازدید نخست تأیید شده است.", "The place has passed the initial visit.", article=BY_LAW)
def place_has_passed(case: Case, at: datetime, stated: Stated) -> bool:
    return has_passed(case, Visit.Kind.INITIAL)


@rule("محل در بازدید نخست تأیید نشده است.", "The place has failed the initial visit.", article=BY_LAW)
def place_has_failed(case: Case, at: datetime, stated: Stated) -> bool:
    return has_failed(case, Visit.Kind.INITIAL)


class Request(Decided):
    describe = Step(Text("نوشتن مشخصات محل", "State the place"), DRAFT, DRAFT, by=Role.APPLICANT,
                    asks=Premises, then=note_the_place)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(place_is_stated, papers_are_attached), tells="request.received")
    correct_place = Step(Text("اصلاح مشخصات محل", "Correct the place"), RETURNED, RETURNED, by=Role.APPLICANT,
                         asks=Premises, then=note_the_place)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(place_is_stated, papers_are_attached))
    accept = Step(Text("تأیید کامل بودن", "Find complete"), CHECK, INITIAL_VISIT, by=Role.EXPERT,
                  when=(place_is_stated, papers_are_attached), then=request_the_initial_visit)
    examine = Step(Text("ارجاع به کمیتهٔ فنی", "Send to the technical committee"), INITIAL_VISIT, COMMITTEE,
                   by=Role.EXPERT, when=(place_has_passed,))
    refuse_place = Step(Text("رد محل پس از بازدید", "Refuse the place after the visit"), INITIAL_VISIT, ELSEWHERE,
                        by=Role.EXPERT, when=(place_has_failed,), tells="request.place_refused")
    move = Step(Text("معرفی جای دیگر", "State another place"), ELSEWHERE, INITIAL_VISIT, by=Role.APPLICANT,
                asks=Premises, then=note_the_place_anew)
    schedule = Step(Text("اعلام نظر و ارسال به کارگروه", "Give an opinion and send to the working group"),
                    COMMITTEE, AGENDA, by=Role.COMMITTEE, asks=Opinion, then=note_the_opinion)
    withdraw = Step(Text("انصراف", "Withdraw"),
                    (DRAFT, CHECK, RETURNED, INITIAL_VISIT, ELSEWHERE, COMMITTEE, AGENDA), WITHDRAWN,
                    by=Role.APPLICANT)
    lapse = Step(Text("منتفی شدن با گذشت مهلت", "Lapse"), (RETURNED, ELSEWHERE), LAPSED, by=Role.CLOCK,
                 tells="request.lapsed")
