"""What requests for a place share: stating it and its people, its visits, another place where it failed, the technical
committee."""

from datetime import datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Rule, Stage, Stated, Step, rule
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import has_failed, has_passed
from pishkhan.language.text import Text
from pishkhan.licensing import documents as letters
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import (
    note_the_opinion,
    note_the_place,
    note_the_place_anew,
    put_in_the_nominee,
    request_the_final_visit,
)
from pishkhan.licensing.law import BY_LAW, PRINCIPLES
from pishkhan.licensing.rules.applicant_rules import premises_have_failed, premises_have_passed
from pishkhan.licensing.rules.fees import demand_the_royalty
from pishkhan.licensing.rules.locks import visits_of_the_case
from pishkhan.licensing.stated import Nomination, Opinion, Premises
from pishkhan.people.roles import Role


@rule(
    "نشانی، کدپستی، مساحت و نوع تصرف محل نوشته شده است.",
    "The address, postal code, area and tenure of the place are stated.",
    article=PRINCIPLES,
)
def place_is_stated(case: Case, at: datetime, stated: Stated) -> bool:
    return bool(case.dossier.address)


@rule(
    "محل در بازدید نخست تأیید شده است.",
    "The place has passed the initial visit.",
    article=BY_LAW,
    counts=(visits_of_the_case,),
)
def place_has_passed(case: Case, at: datetime, stated: Stated) -> bool:
    return has_passed(case, Visit.Kind.INITIAL)


@rule(
    "محل در بازدید نخست تأیید نشده است.",
    "The place has failed the initial visit.",
    article=BY_LAW,
    counts=(visits_of_the_case,),
)
def place_has_failed(case: Case, at: datetime, stated: Stated) -> bool:
    return has_failed(case, Visit.Kind.INITIAL)


def place_and_people(*, at: Stage) -> tuple[Step, ...]:
    """The applicant states the place of a new office, and who will answer for it."""
    return (
        Step(
            "describe",
            Text("نوشتن مشخصات محل", "State the place"),
            at,
            at,
            by=Role.APPLICANT,
            form=Premises,
            effect=note_the_place,
        ),
        Step(
            "nominate",
            Text("معرفی مدیر، جانشین یا صاحب امضا", "Name the manager, deputy or signatory"),
            at,
            at,
            by=Role.APPLICANT,
            form=Nomination,
            effect=put_in_the_nominee,
        ),
    )


def place_and_people_again(*, at: Stage) -> tuple[Step, ...]:
    """The applicant corrects the place or the people of what was returned."""
    return (
        Step(
            "correct_place",
            Text("اصلاح مشخصات محل", "Correct the place"),
            at,
            at,
            by=Role.APPLICANT,
            form=Premises,
            effect=note_the_place,
        ),
        Step(
            "renominate",
            Text("معرفی دوبارهٔ اشخاص", "Name persons again"),
            at,
            at,
            by=Role.APPLICANT,
            form=Nomination,
            effect=put_in_the_nominee,
        ),
    )


def another_place(*, at: Stage, then: Stage) -> tuple[Step, ...]:
    """The applicant states another place in place of one that was refused."""
    return (
        Step(
            "move",
            Text("معرفی جای دیگر", "State another place"),
            at,
            then,
            by=Role.APPLICANT,
            form=Premises,
            effect=note_the_place_anew,
        ),
    )


def first_visit(
    *moves: Step, at: Stage, then: Stage, elsewhere: Stage, examine_when: tuple[Rule, ...] = ()
) -> tuple[Step, ...]:
    """The place is visited: it goes on if it passed, and `moves` by steps of the applicant if it failed.

    What must be so besides that it passed, `examine_when` says.
    """
    return (
        Step(
            "examine",
            Text("ارجاع به کمیتهٔ فنی", "Send to the technical committee"),
            at,
            then,
            by=Role.EXPERT,
            when=(place_has_passed, *examine_when),
        ),
        Step(
            "refuse_place",
            Text("رد محل پس از بازدید", "Refuse the place after the visit"),
            at,
            elsewhere,
            by=Role.EXPERT,
            when=(place_has_failed,),
            notice=notices.PLACE_REFUSED,
            letter=letters.PLACE_REFUSAL,
        ),
        *moves,
    )


def technical_committee(*, at: Stage, then: Stage) -> tuple[Step, ...]:
    """The technical committee says what it thinks, and the working group decides."""
    return (
        Step(
            "schedule",
            Text("اعلام نظر و ارسال به کارگروه", "Give an opinion and send to the working group"),
            at,
            then,
            by=Role.COMMITTEE,
            form=Opinion,
            effect=note_the_opinion,
        ),
    )


def final_visit(*, at: Stage, then: Stage) -> tuple[Step, ...]:
    """The premises are visited as they will be used, once more if they failed; the royalty falls due if they passed."""
    return (
        Step(
            "look_again",
            Text("بازدید نهایی دوباره", "Visit once more"),
            at,
            at,
            by=Role.EXPERT,
            when=(premises_have_failed,),
            effect=request_the_final_visit,
        ),
        Step(
            "pass_premises",
            Text("تأیید محل و صدور برگ مطالبه", "Ask for the royalty"),
            at,
            then,
            by=Role.EXPERT,
            when=(premises_have_passed,),
            effect=demand_the_royalty,
            notice=notices.ROYALTY_DUE,
            letter=letters.DEMAND_NOTE,
        ),
    )
