"""What is odd about where and when a visit was made, reckoned from dated numbers. It is flagged and refuses nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from pishkhan.geography.distance import km_between
from pishkhan.inspections.evidence import Fix, Flag, Photo, Placed
from pishkhan.inspections.models import Visit
from pishkhan.journal.clock import day_of
from pishkhan.offices.selectors import premises_of
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import DatedValue, number

DISTANCE = Key(
    "field.distance",
    "metre",
    "فاصلهٔ عادی بازرس از نقطهٔ ثبت‌شدهٔ محل",
    "Usual distance of an inspector from the registered point",
)
ACCURACY = Key("field.accuracy", "metre", "دقت عادی موقعیت گوشی", "Usual accuracy of a phone's position")
CLOCK = Key("field.clock_minutes", "minute", "اختلاف عادی ساعت گوشی", "Usual error of a phone's clock")
SHORTEST = Key("field.shortest_minutes", "minute", "کمترین مدت عادی بازدید", "Usual least length of a visit")
SPEED = Key(
    "field.speed",
    "kilometre_per_hour",
    "تندترین رفت‌وآمد عادی میان دو بازدید",
    "Usual greatest speed between two visits",
)
LATE = Key("field.late_days", "day", "مهلت عادی رسیدن گزارش", "Usual days for a report to come")
PHOTO_TIME = Key(
    "field.photo_minutes",
    "minute",
    "فاصلهٔ عادی زمان عکس از بازدید",
    "Usual minutes of a photo before or after the visit",
)
What = Flag.What
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
Point = tuple[float, float]
Odd = tuple[Flag.What, Photo | None, int | None, DatedValue | None]


@dataclass(frozen=True)
class Made:
    """A visit as it was told: when and where the inspector came and left, the photos, by how much a clock was off."""

    visit: Visit
    arrived: Fix
    left: Fix
    photos: list[Photo]
    skew: timedelta
    received_at: datetime


def flags_of(made: Made) -> list[Flag]:
    """Everything odd about a visit, each with what was measured and what is usual."""
    point, usual = registered_point(made.visit, day_of(made.arrived.at)), _Usual(made)
    found = [
        *_of_the_place(made, point, usual),
        *_of_the_time(made, usual),
        *_between_visits(made, usual),
        *(flag for photo in made.photos for flag in _of_a_photo(made, photo, point, usual)),
        *_seen_before(made),
    ]
    return [
        Flag(
            visit=made.visit,
            what=what,
            photo=photo,
            measured=measured,
            usual=usual.value if usual else None,
            number=usual.ref if usual else "",
        )
        for what, photo, measured, usual in found
    ]


def registered_point(visit: Visit, on: date) -> tuple[float, float] | None:
    """Where the register has what is visited on a day, if it knows."""
    where: Any = visit.case
    if visit.machine:
        where = visit.machine.places.on(on).first()
    elif visit.office:
        where = premises_of([visit.office], on).get(visit.office.pk)
    lat, lon = getattr(where, "lat", None), getattr(where, "lon", None)
    return None if lat is None or lon is None else (lat, lon)


class _Usual:
    """What the numbers say on the day of a visit, for its place."""

    def __init__(self, made: Made) -> None:
        self._on, self._place = day_of(made.arrived.at), made.visit.division_id

        self._found: dict[str, DatedValue] = {}

    def __call__(self, key: Key) -> DatedValue:
        if key.code not in self._found:
            self._found[key.code] = number(key, on=self._on, place=self._place)
        return self._found[key.code]


def _of_the_place(made: Made, point: Point | None, usual: _Usual) -> Iterator[Odd]:
    if made.arrived.lat is None:
        yield What.NO_POSITION, None, None, None
        return
    if (accuracy := ceil(made.arrived.accuracy or 0)) > (allowed := usual(ACCURACY)).value:
        yield What.INACCURATE, None, accuracy, allowed
    if (metres := _beyond(made.arrived, point)) > (allowed := usual(DISTANCE)).value:
        yield What.FAR, None, metres, allowed


def _of_the_time(made: Made, usual: _Usual) -> Iterator[Odd]:
    if (minutes := abs(made.skew) // MINUTE) > (allowed := usual(CLOCK)).value:
        yield What.CLOCK, None, minutes, allowed
    if (minutes := (made.left.at - made.arrived.at) // MINUTE) < (allowed := usual(SHORTEST)).value:
        yield What.SHORT, None, minutes, allowed
    if (days := (made.received_at - made.left.at).days) > (allowed := usual(LATE)).value:
        yield What.LATE, None, days, allowed


def _of_a_photo(made: Made, photo: Photo, point: Point | None, usual: _Usual) -> Iterator[Odd]:
    outside = max(made.arrived.at - photo.taken_at, photo.taken_at - made.left.at) // MINUTE
    if outside > (allowed := usual(PHOTO_TIME)).value:
        yield What.PHOTO_OUT_OF_TIME, photo, outside, allowed
    if (metres := _beyond(photo, point)) > (allowed := usual(DISTANCE)).value:
        yield What.PHOTO_FAR, photo, metres, allowed


def _between_visits(made: Made, usual: _Usual) -> Iterator[Odd]:
    """The speed at which the inspector must have come from the visit before, or gone to the one after."""
    if made.arrived.lat is None:
        return
    theirs = Fix.objects.filter(visit__inspector=made.visit.inspector_id, lat__isnull=False).exclude(visit=made.visit)
    before = theirs.filter(what=Fix.What.LEFT, at__lte=made.left.at).order_by("-at").first()
    after = theirs.filter(what=Fix.What.ARRIVED, at__gte=made.arrived.at).order_by("at").first()
    speeds = [_speed(one, other) for one, other in ((before, made.arrived), (made.left, after)) if one and other]
    if speeds and max(speeds) > (allowed := usual(SPEED)).value:
        yield What.TOO_FAST, None, max(speeds), allowed


def _seen_before(made: Made) -> Iterator[Odd]:
    """Photos whose very content another report has."""
    known = set(
        Photo.objects.filter(digest__in=[photo.digest for photo in made.photos])
        .exclude(visit=made.visit)
        .values_list("digest", flat=True)
    )
    yield from ((What.PHOTO_TWICE, photo, None, None) for photo in made.photos if photo.digest in known)


def _beyond(placed: Placed, point: Point | None) -> int:
    """By how many metres at least a phone was away from a point, its accuracy in its favour."""
    if point is None or placed.lat is None or placed.lon is None:
        return 0
    return round(km_between(placed.lat, placed.lon, *point) * 1000 - (placed.accuracy or 0))


def _speed(left: Fix, arrived: Fix) -> int:
    """Kilometres an hour at least, in a straight line, accuracies in their favour."""
    if left.lat is None or left.lon is None or arrived.lat is None or arrived.lon is None:
        return 0
    way = km_between(left.lat, left.lon, arrived.lat, arrived.lon) * 1000
    metres = max(way - (left.accuracy or 0) - (arrived.accuracy or 0), 0)
    return round(metres / 1000 / (max(arrived.at - left.at, MINUTE) / HOUR))
