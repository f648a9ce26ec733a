"""Who is told when days off are declared or withdrawn: each whose own term ends on another day than it did."""

from collections.abc import Callable

from pishkhan.casework.deadlines.moved_terms import party_notifier
from pishkhan.complaints.moved_terms import holder_notifier
from pishkhan.journal.models import Entry


def notifier(place: str) -> Callable[[Entry], None]:
    """What tells them, within the act. It is made before the act: it remembers which days were theirs."""
    parties, holders = party_notifier(place), holder_notifier(place)

    def notify(because: Entry) -> None:
        parties(because)
        holders(because)

    return notify
