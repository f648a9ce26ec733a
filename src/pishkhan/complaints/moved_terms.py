"""Telling holders, when a day off is declared or withdrawn, that they answer a complaint by another day."""

from collections.abc import Callable

from pishkhan.geography.selectors import lying_in
from pishkhan.journal.models import Entry
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.notices.services import queue_to_party
from pishkhan.notices.templates import notice_kind

from .deadlines import due_days
from .models import Complaint, State

ANSWER_MOVED = notice_kind(
    "complaint.answer_moved",
    Text(
        "با اعلام تازهٔ روزهای تعطیل، مهلت پاسخ به شکایت {number} از {before} به {after} رفت.",
        "Days off were announced anew: the term to answer complaint {number} moves from {before} to {after}.",
    ),
)


def holder_notifier(place: str) -> Callable[[Entry], None]:
    """What tells, within an act on the days off of a place, each holder who answers by another day than before."""
    before = due_days(Complaint.objects.filter(lying_in(place), state=State.SENT).order_by("pk"))

    def notify(because: Entry) -> None:
        after = due_days(list(before))
        for complaint, was in before.items():
            now = after.get(complaint)
            if now and now != was:
                facts = {"number": complaint.number, "before": jalali(was), "after": jalali(now)}
                queue_to_party(
                    ANSWER_MOVED.code, complaint.party, facts=facts, because=because, division=complaint.division
                )

    return notify
