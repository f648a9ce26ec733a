"""The place that a case proposes for an office: a map, the gain, the neighbours. On the page of whoever weighs it."""

from typing import Any

from django.urls import reverse

from pishkhan.casework.models import Case
from pishkhan.geography.distance import nearest_km
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.measures.access import gain_of
from pishkhan.offices.selectors import offices_near, premises_of
from pishkhan.people.web.request_context import language
from pishkhan.site.pages.maps import Dot, drawn

NEIGHBOURS_KM = 8
PROPOSED = Text("جای پیشنهادی", "Proposed place")


def place_context(case: Case) -> dict[str, Any] | None:
    """Where the office would be: its neighbours, and what it would change in a straight line. None without a point."""
    if case.lat is None or case.lon is None:
        return None
    on, region = today(), case.division_id[:2]
    near = offices_near(case.lat, case.lon, NEIGHBOURS_KM * 1000, on)
    premises = premises_of(near, on)
    here = Dot(case.lat, case.lon, "here", PROPOSED.to(language()))
    dots = [
        Dot(
            premises[office.pk].lat or 0,
            premises[office.pk].lon or 0,
            "office",
            office.code,
            reverse("office", args=[office.code]),
            office.code,
        )
        for office in near
        if office.pk in premises
    ]
    return {
        "map": drawn([*dots, here], region=region, language=language(), around=here, km=NEIGHBOURS_KM),
        "gain": gain_of(case.lat, case.lon, region, on),
        "neighbours": _by_distance(here, dots),
    }


def _by_distance(here: Dot, dots: list[Dot]) -> list[dict[str, Any]]:
    """The nearest dots with their straight-line kilometres from another."""
    if not dots:
        return []
    km = nearest_km([dot.lat for dot in dots], [dot.lon for dot in dots], [here.lat], [here.lon])
    pairs = sorted(zip(dots, map(float, km), strict=True), key=lambda pair: pair[1])
    return [{"dot": dot, "km": round(distance, 1)} for dot, distance in pairs[:10]]
