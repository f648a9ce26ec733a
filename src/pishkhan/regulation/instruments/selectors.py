"""Which instruments there are, and on which day one is replaced."""

from datetime import date
from typing import Any

from django.db.models import Min, Q, QuerySet

from pishkhan.regulation.models import Instrument


def instruments_with_ends() -> QuerySet[Any]:
    """Every instrument, each with the first day on which another replaces it (`.replaced_on`), the newest first."""
    return (
        Instrument.objects.select_related("replaces")
        .annotate(replaced_on=Min("replaced_by__valid_from", filter=Q(replaced_by__valid_from__isnull=False)))
        .order_by("-valid_from", "-pk")
    )


def end_of_instrument(row: Any) -> date | None:
    """The first day on which an instrument holds no more: it ended, or another replaces it."""
    return min((day for day in (row.valid_to, row.replaced_on) if day is not None), default=None)


def holds_on(row: Any, on: date) -> bool:
    """Whether an instrument holds on a day, as far as its days are known."""
    end = end_of_instrument(row)
    return (row.valid_from is None or row.valid_from <= on) and (end is None or on < end)
