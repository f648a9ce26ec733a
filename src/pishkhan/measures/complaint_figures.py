"""The figures of a bulletin about complaints: how many came, and what became of those that ended."""

from collections.abc import Iterator

from django.db.models import QuerySet

from pishkhan.enforcement.complaint import Complaint
from pishkhan.enforcement.complaint_kinds import CODES
from pishkhan.geography.selectors import lying_in

from .figures import Count, Period, each_sort, figure


@figure("complaints.received", "شکایت‌هایی که در دوره رسیده‌اند، به گونه", "Complaints received in the period, by kind",
        unit="complaints")
def complaints_received(period: Period) -> Iterator[Count]:
    until = min(period.to_on, period.known_on or period.to_on)
    came = Complaint.objects.filter(lying_in(period.region), received_on__range=(period.from_on, until))
    yield from each_sort("complaint", CODES, came.order_by("number").values_list("kind", "number"))


@figure("complaints.closed", "شکایت‌هایی که در دوره بسته شده‌اند، به نتیجه (پیوسته‌ها و ردشده‌ها شمرده نمی‌شود)",
        "Complaints closed in the period, by outcome (those joined to another or dismissed are not counted)",
        unit="complaints")
def complaints_closed(period: Period) -> Iterator[Count]:
    yield from each_sort("ending", Complaint.Outcome.values,
                         closed_in(period).order_by("number").values_list("outcome", "number"))


def closed_in(period: Period) -> QuerySet[Complaint]:
    """The complaints that were closed in a period and have not been taken up again."""
    until = min(period.to_on, period.known_on or period.to_on)
    return Complaint.objects.filter(lying_in(period.region), state=Complaint.State.CLOSED,
                                    since__range=(period.from_on, until))
