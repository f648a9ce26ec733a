"""What requests for a place share: its first visit, another place where it failed, the technical committee."""

from datetime import datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedure import Rule, Stage, Stated, Step, rule
from pishkhan.inspections.models import Visit
from pishkhan.inspections.selectors import has_failed, has_passed
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from . import documents as letters
from . import notices
from .effects import note_the_opinion
from .law import BY_LAW, PRINCIPLES
from .stated import Opinion


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


def first_visit(*moves: Step, at: Stage, then: Stage, elsewhere: Stage,
                examine_when: tuple[Rule, ...] = ()) -> tuple[Step, ...]:
    """The place is visited: it goes on if it passed, and `moves` by steps of the applicant if it failed.

    What must be so besides that it passed, `examine_when` says.
    """
    return (
        Step("examine", Text("ارجاع به کمیتهٔ فنی", "Send to the technical committee"), at, then, by=Role.EXPERT,
             when=(place_has_passed, *examine_when)),
        Step("refuse_place", Text("رد محل پس از بازدید", "Refuse the place after the visit"), at, elsewhere,
             by=Role.EXPERT, when=(place_has_failed,), notice=notices.PLACE_REFUSED, letter=letters.PLACE_REFUSAL),
        *moves,
    )


def technical_committee(*, at: Stage, then: Stage) -> tuple[Step, ...]:
    """The technical committee says what it thinks, and the working group decides."""
    return (
        Step("schedule", Text("اعلام نظر و ارسال به کارگروه", "Give an opinion and send to the working group"), at,
             then, by=Role.COMMITTEE, form=Opinion, effect=note_the_opinion),
    )
