"""What the register knows: of any day, as known on any other."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from numpy.typing import NDArray

from pishkhan.geography.distance import degrees_around, km_between
from pishkhan.geography.selectors import lying_in
from pishkhan.people.models import Person
from pishkhan.people.parties import Party, own_rows

from .models import Booth, Holding, Licence, LicenceStatus, Management, Name, Office, Premises
from .status import OPEN, Status

SUCCEEDED = (Status.REPLACED, Status.TRANSFERRED)


@dataclass(frozen=True)
class CurrentLicence:
    """The licence that counts for an office on a day, and its status then; None before it begins."""

    licence: Licence
    status: Status | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


def active_offices(on: date, *, known_on: date | None = None, place: str = "", kind: str = "") -> QuerySet[Office]:
    """The offices that were active on a day, as known at the end of another (now, if none is named). One query."""
    open_ones = LicenceStatus.objects.on(on, known_on=known_on).filter(status__in=OPEN)
    offices = Office.objects.filter(pk__in=open_ones.values("office"))
    if place:
        offices = offices.filter(lying_in(place))
    return offices.filter(kind=kind) if kind else offices


def count_active_by_county(on: date, *, known_on: date | None = None, place: str = "") -> dict[tuple[str, str], int]:
    """How many offices were active, by kind and county. One query."""
    rows = (
        active_offices(on, known_on=known_on, place=place)
        .annotate(county=Substr("division", 1, 4))
        .values_list("kind", "county")
        .annotate(Count("pk"))
        .order_by()
    )
    return {(kind, county): count for kind, county, count in rows}


def status_of(licence: Licence, on: date, *, known_on: date | None = None) -> str | None:
    """The status of a licence on a day; None before it began."""
    row = LicenceStatus.objects.filter(licence=licence).on(on, known_on=known_on).first()
    return row.status if row else None


def premises_of(
    offices: Iterable[Office] | QuerySet[Office], on: date, *, known_on: date | None = None
) -> dict[int, Premises]:
    """Where offices were on a day, by key of office. One query."""
    rows = Premises.objects.on(on, known_on=known_on).filter(office__in=offices)
    return {row.office_id: row for row in rows}


@dataclass(frozen=True)
class Span:
    """Where an office is or was, from a day on, up to another (not included)."""

    start: date
    end: date | None
    address: str
    is_new: bool = False


def spans_of_premises(office: Office) -> list[Span]:
    """The line of time of where an office is, as known now."""
    rows = office.premises.known().order_by("valid_from", "pk")
    return [Span(row.valid_from, row.valid_to, row.address) for row in rows]


def with_correction(spans: Iterable[Span], start: date, address: str) -> list[Span]:
    """The same line if other premises held from a day on, up to where the next that is known begins."""
    spans = list(spans)
    end = min((span.start for span in spans if span.start > start), default=None)
    cut = [
        replace(span, end=start) if span.end is None or span.end > start else span
        for span in spans
        if span.start < start
    ]
    later = [span for span in spans if span.start > start]
    return [*cut, Span(start, end, address, is_new=True), *later]


def current_licences(offices: Iterable[Office] | QuerySet[Office], on: date) -> dict[int, CurrentLicence]:
    """Under which licence offices stand on a day, by key of office. Two queries.

    A successor that has not begun does not hide the licence that still holds, nor does one that was succeeded.
    """
    statuses = dict(LicenceStatus.objects.on(on).filter(office__in=offices).values_list("licence", "status"))
    licences: dict[int, CurrentLicence] = {}
    for licence in Licence.objects.filter(office__in=offices).order_by("valid_from", "pk"):
        status = Status(statuses[licence.pk]) if licence.pk in statuses else None
        if licence.office_id not in licences or _counts(status) >= _counts(licences[licence.office_id].status):
            licences[licence.office_id] = CurrentLicence(licence, status)
    return licences


def _counts(status: Status | None) -> int:
    """How far a licence of a status counts beside the others of its office: most while it holds or was the last."""
    return 0 if status is None else 1 if status in SUCCEEDED else 2


def names_of(offices: Iterable[Office] | QuerySet[Office], on: date) -> dict[int, str]:
    """What offices are called on a day besides their codes, by key of office, where they have a name. One query."""
    return dict(Name.objects.on(on).filter(office__in=offices).values_list("office", "name"))


def booths_from(office: Office, on: date) -> QuerySet[Booth]:
    """The booths that an office has elsewhere on a day or after it, the next first."""
    return office.booths.known().filter(valid_to__gt=on).select_related("division").order_by("valid_from", "pk")


def points_of_active(on: date, *, known_on: date | None = None, place: str = "") -> NDArray[np.float64]:
    """Where the offices active on a day are, by office, shape (n, 2): latitude and longitude, WGS84. One query."""
    offices = active_offices(on, known_on=known_on, place=place)
    rows = Premises.objects.on(on, known_on=known_on).filter(office__in=offices, lat__isnull=False).order_by("office")
    return np.array(list(rows.values_list("lat", "lon")), float).reshape(-1, 2)


def offices_near(lat: float, lon: float, metres: int, on: date) -> list[Office]:
    """The offices active on a day within a straight-line distance of a point."""
    reach, wide = degrees_around(lat, metres / 1000)
    rows = (
        Premises.objects.on(on)
        .filter(
            lat__range=(lat - reach, lat + reach), lon__range=(lon - wide, lon + wide), office__in=active_offices(on)
        )
        .select_related("office")
    )
    return [
        row.office
        for row in rows
        if row.lat is not None and row.lon is not None and km_between(lat, lon, row.lat, row.lon) * 1000 <= metres
    ]


def offices_of(person: Person, on: date) -> set[int]:
    """The keys of the offices that a person holds (in person or by whom they act for) or manages on a day."""
    held = Holding.objects.on(on)
    managed = Management.objects.on(on)
    return {
        *held.filter(own_rows(person)).values_list("office", flat=True),
        *managed.filter(manager=person).values_list("office", flat=True),
    }


def holder_on(office: Office, on: date) -> Party | None:
    """Who holds an office on a day, if somebody does."""
    row = Holding.objects.on(on).filter(office=office).select_related("person", "organisation").first()
    return row.party if row else None


def expiring_between(first: date, last: date, *, place: str = "") -> QuerySet[Licence]:
    """The licences whose last day lies between two days, both included."""
    licences = Licence.objects.filter(valid_until__range=(first, last))
    return licences.filter(lying_in(place)) if place else licences
