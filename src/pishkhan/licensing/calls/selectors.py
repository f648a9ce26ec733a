"""Which calls are open, and how many places they have left."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from pishkhan.licensing.models import Places
from pishkhan.licensing.procedures.stages import HOLDING_A_PLACE


def open_places(on: date) -> QuerySet[Any]:
    """The places of calls that are open on a day, each with how many of its places are `.taken` and `.left`."""
    taken = Q(requests__office__isnull=False) | Q(requests__case__stage__in=[stage.code for stage in HOLDING_A_PLACE])
    return (
        Places.objects.filter(call__opens_on__lte=on, call__closes_on__gte=on)
        .annotate(taken=Count("requests", filter=taken), left=F("count") - F("taken"))
        .select_related("call", "division")
        .order_by("call__code", "division")
    )
