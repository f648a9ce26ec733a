"""The figures of a bulletin about complaints: how many came, and what became of those that ended."""

from collections.abc import Iterator

from pishkhan.complaints.kinds import CODES
from pishkhan.complaints.models import Complaint
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.models import Entry, label_of
from pishkhan.offices.bitemporal import end_of

from .figures import Count, Period, by_sort, figure


@figure(
    "complaints.received",
    "شکایت‌هایی که در دوره رسیده‌اند، به گونه",
    "Complaints received in the period, by kind",
    unit="complaints",
)
def complaints_received(period: Period) -> Iterator[Count]:
    until = min(period.to_on, period.known_on or period.to_on)
    came = Complaint.objects.filter(lying_in(period.region), received_on__range=(period.from_on, until))
    yield from by_sort("complaint", CODES, came.order_by("number").values_list("kind", "number"))


@figure(
    "complaints.closed",
    "شکایت‌هایی که در دوره بسته شده‌اند، به نتیجه (پیوسته‌ها و ردشده‌ها شمرده نمی‌شود)",
    "Complaints closed in the period, by outcome (those joined to another or dismissed are not counted)",
    unit="complaints",
)
def complaints_closed(period: Period) -> Iterator[Count]:
    yield from by_sort("ending", Complaint.Outcome.values, closed_in(period))


def closed_in(period: Period) -> list[tuple[str, str]]:
    """The complaints that were closed in a period and have not been taken up again: how each ended, and its number.

    As known on a day, what was done about them since is not known.
    """
    there = Complaint.objects.filter(lying_in(period.region))
    if period.known_on is None:
        rows = there.filter(state=Complaint.State.CLOSED, since__range=(period.from_on, period.to_on))
        return list(rows.order_by("number").values_list("outcome", "number"))
    done = Entry.objects.filter(
        subject__startswith=f"{label_of(Complaint)}:",
        at__lt=end_of(period.known_on),
        act__in=("complaint.close", "complaint.reopen"),
    ).order_by("number")
    last = {entry.subject: entry for entry in done}
    numbers = {row.subject: row.number for row in there.only("number")}
    return sorted(
        (
            (entry.facts["outcome"], numbers[subject])
            for subject, entry in last.items()
            if subject in numbers
            and entry.act == "complaint.close"
            and period.from_on <= entry.happened_on <= period.to_on
        ),
        key=lambda row: row[1],
    )
