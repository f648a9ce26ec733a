"""What days off that are declared or withdrawn do to terms: who is told that their day moved, and which are unsure."""

from collections.abc import Callable
from datetime import date, timedelta

from pishkhan.casework.models import Case
from pishkhan.casework.selectors import stands_where
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.notices.services import queue_to_party
from pishkhan.notices.templates import notice_kind
from pishkhan.people.roles import Role
from pishkhan.regulation.holidays.days_off import DayOff, tentative_days

from .deadlines import deadlines, term_began

ONE_DAY = timedelta(days=1)  # by which the moon may be seen earlier or later than it is reckoned
TERM_MOVED = notice_kind(
    "term.moved",
    Text(
        "با اعلام تازهٔ روزهای تعطیل، مهلت شما در پروندهٔ {number} از {before} به {after} رفت. پیگیری: {tracking_code}",
        "Days off were announced anew: your term in case {number} moves from {before} to {after}. See {tracking_code}.",
    ),
)


def party_notifier(place: str) -> Callable[[Entry], None]:
    """What tells, within an act on the days off of a place, each party whose term ends on another day than before.

    The clock's and the house's own terms are counted anew wherever they are read: nobody is written to about those.
    """
    before = _terms_of_parties(place)

    def notify(because: Entry) -> None:
        after = deadlines(list(before))
        for case, was in before.items():
            now = after[case.pk]
            if was and now and was != now:
                party = case.other_side if case.turn == Role.OTHER_SIDE else case.applicant
                facts = {
                    "number": case.number,
                    "tracking_code": case.tracking_code,
                    "before": jalali(was),
                    "after": jalali(now),
                }
                queue_to_party(
                    TERM_MOVED.code, party or case.applicant, facts=facts, because=because, division=case.division
                )

    return notify


def unsure_days(case: Case, until: date | None) -> list[DayOff]:
    """The days off by which the term of a case may yet move: reckoned, and confirmed by nobody."""
    if until is None or until < today():
        return []
    return tentative_days(term_began(case), until + ONE_DAY, place=case.division_id)


def terms_ending_from(day: date, place: str, *, most: int) -> int:
    """How many open cases of a place have a term that ends on a day or later; only of so many that end last."""
    cases = Case.objects.filter(lying_in(place), not_due_before__isnull=False).order_by("-not_due_before", "pk")
    return sum(due is not None and due >= day for due in deadlines(cases[:most]).values())


def _terms_of_parties(place: str) -> dict[Case, date | None]:
    """The open cases of a place where it is a party's turn, with the day by which."""
    theirs = stands_where(
        lambda procedure, stage: procedure.turn_at(stage) in (Role.APPLICANT, Role.OTHER_SIDE) and bool(stage.within)
    )
    related = ("division", "person", "organisation", "other_person", "other_organisation")
    cases = list(Case.objects.filter(theirs, lying_in(place)).select_related(*related).order_by("pk"))
    due = deadlines(cases)
    return {case: due[case.pk] for case in cases}
