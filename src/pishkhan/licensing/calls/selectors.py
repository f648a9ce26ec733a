"""Which calls are open, and how many places they have left."""

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from pishkhan.casework.models import Case
from pishkhan.licensing.models import Call, Places
from pishkhan.licensing.procedures.stages import DRAFT, HOLDING_A_PLACE, LAPSED, REJECTED, WITHDRAWN
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places


def open_places(on: date) -> QuerySet[Any]:
    """The places of calls that are open on a day, each with how many of its places are `.taken` and `.left`."""
    taken = Q(requests__office__isnull=False) | Q(requests__case__stage__in=[stage.code for stage in HOLDING_A_PLACE])
    return (
        Places.objects.filter(call__opens_on__lte=on, call__closes_on__gte=on, call__withdrawn_on=None)
        .annotate(taken=Count("requests", filter=taken), left=F("count") - F("taken"))
        .select_related("call", "division")
        .order_by("call__code", "division")
    )


def drafts_under(call: Call) -> QuerySet[Case]:
    """The requests that are prepared under a call, and that nobody has submitted."""
    return Case.objects.filter(licence_request__places__call=call, stage=DRAFT.code).order_by("pk")


def stands_on(call: Call) -> bool:
    """Whether somebody has applied under a call and not given up: then it binds who opened it."""
    ended = (WITHDRAWN.code, LAPSED.code, REJECTED.code)
    under = Case.objects.filter(licence_request__places__call=call).exclude(stage__in=(DRAFT.code, *ended))
    return under.exists()


def calls_to_withdraw(person: Person, on: date) -> QuerySet[Call]:
    """The calls of a director's places that are not over."""
    mine = Call.objects.filter(in_places(person, [Role.DIRECTOR]), withdrawn_on=None, closes_on__gte=on)
    return mine.select_related("division").order_by("code")
