"""The figures of a bulletin, each declared once: what it counts, in which unit, and which records it counts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from pishkhan.casework.models import Case
from pishkhan.enforcement.selectors import CODE as VIOLATION
from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.models import Visit, Waiver
from pishkhan.inspections.visits.selectors import visits_made, waivers_given
from pishkhan.language.text import Text
from pishkhan.meetings.models import Body
from pishkhan.meetings.selectors import meetings_held, resolutions_adopted
from pishkhan.offices.models import Licence, LicenceStatus, OfficeKind
from pishkhan.offices.selectors import active_offices
from pishkhan.offices.status import Status

By = dict[str, str]


@dataclass(frozen=True)
class Period:
    """What a bulletin is about: a region, from one day to another (both included), as known at the end of a day."""

    region: str
    from_on: date
    to_on: date
    known_on: date | None = None  # now, if none is named


@dataclass(frozen=True)
class Count:
    """How many, of which sort: always the number of the records that are named."""

    by: By
    records: tuple[str, ...]

    @property
    def value(self) -> int:
        return len(self.records)


@dataclass(frozen=True)
class Figure:
    """A figure: its code, the sentence that says what it counts, its unit, and the query that finds the records."""

    code: str
    sentence: Text
    unit: str
    counts: Callable[[Period], Iterable[Count]]


FIGURES: dict[str, Figure] = {}


def figure(code: str, fa: str, en: str, *, unit: str) -> Callable[[Callable[[Period], Iterable[Count]]], Figure]:
    """Declare the function below as the query of a figure."""

    def declared(counts: Callable[[Period], Iterable[Count]]) -> Figure:
        if code in FIGURES:
            raise ValueError(f"The figure {code} is declared twice.")
        FIGURES[code] = Figure(code, Text(fa, en), unit, counts)
        return FIGURES[code]

    return declared


@figure(
    "offices.active",
    "دفترهایی که در روز پایان دوره فعال‌اند، به نوع",
    "Offices active on the last day of the period, by kind",
    unit="offices",
)
def offices_active(period: Period) -> Iterator[Count]:
    offices = active_offices(period.to_on, known_on=period.known_on, place=period.region)
    yield from by_sort("kind", OfficeKind.values, offices.order_by("code").values_list("kind", "code"))


@figure(
    "licences.issued",
    "پروانه‌هایی که در دوره از درخواست صدور جدید صادر شده‌اند، به نوع",
    "Licences issued in the period that began as requests for a new licence, by kind",
    unit="licences",
)
def licences_issued(period: Period) -> Iterator[Count]:
    licences = Licence.objects.filter(
        lying_in(period.region), origin=Licence.Origin.NEW, issued_on__range=(period.from_on, period.to_on)
    )
    if period.known_on:
        licences = licences.filter(recorded_on__lte=period.known_on)
    yield from by_sort("kind", OfficeKind.values, licences.order_by("number").values_list("kind", "number"))


@figure(
    "licences.ended",
    "پروانه‌هایی که واپسین روزشان در دوره است، به نوع",
    "Licences whose last day lies in the period, by kind",
    unit="licences",
)
def licences_ended(period: Period) -> Iterator[Count]:
    licences = Licence.objects.filter(lying_in(period.region), valid_until__range=(period.from_on, period.to_on))
    if period.known_on:
        licences = licences.filter(recorded_on__lte=period.known_on)
    yield from by_sort("kind", OfficeKind.values, licences.order_by("number").values_list("kind", "number"))


@figure(
    "licences.succeeded",
    "پروانه‌هایی که در دوره به جای پروانه‌ای دیگر صادر شده‌اند، به سبب و نوع",
    "Licences issued in the period in place of another, by how that came and by kind",
    unit="licences",
)
def licences_succeeded(period: Period) -> Iterator[Count]:
    in_place_of_another = Q(predecessor__isnull=False) | Q(origin=Licence.Origin.CONVERSION)
    licences = Licence.objects.filter(
        in_place_of_another, lying_in(period.region), issued_on__range=(period.from_on, period.to_on)
    )
    if period.known_on:
        licences = licences.filter(recorded_on__lte=period.known_on)
    yield from sorted_counts(("origin", "kind"), licences.order_by("number").values_list("origin", "kind", "number"))


@figure(
    "licences.waived",
    "پروانه‌هایی که مهلت درخواست تمدیدشان در دوره گذشت، به نوع",
    "Licences whose renewal was waived in the period, by kind",
    unit="licences",
)
def licences_waived(period: Period) -> Iterator[Count]:
    yield from by_sort("kind", OfficeKind.values, _statuses(period, Status.WAIVED))


@figure(
    "licences.closed",
    "پروانه‌هایی که در دوره تعطیلی موقت با مجوزشان آغاز شد، به نوع",
    "Licences whose temporary closure with permission began in the period, by kind",
    unit="licences",
)
def licences_closed(period: Period) -> Iterator[Count]:
    yield from by_sort("kind", OfficeKind.values, _statuses(period, Status.CLOSED))


@figure(
    "visits.made",
    "بازدیدهایی که در دوره انجام شده‌اند، و به هدف (بازدید با چند هدف در هر یک شمرده می‌شود)",
    "Visits made in the period, and by purpose (a visit that served several is counted under each)",
    unit="visits",
)
def visits(period: Period) -> Iterator[Count]:
    made = visits_made(period.region, period.from_on, period.to_on, known_on=period.known_on)
    made = made.order_by("visited_on", "pk")
    yield Count({}, tuple(str(key) for key in made.values_list("pk", flat=True)))
    served = [(purpose, str(key)) for key, purpose in made.values_list("pk", "purpose")]
    served += [
        (purpose, str(key)) for key, purpose in made.filter(further__isnull=False).values_list("pk", "further__purpose")
    ]
    yield from by_sort("purpose", Visit.Purpose.values, served)


@figure(
    "visits.same_inspector",
    "اجازه‌های مدیرکل در دوره برای رفتن دوبارهٔ بازرس بازدید پیشین",
    "Leave of the director in the period for the inspector of the last visit to go again",
    unit="waivers",
)
def same_inspector(period: Period) -> Iterator[Count]:
    until = min(period.to_on, period.known_on or period.to_on)
    given = waivers_given(period.region, Waiver.Rule.OTHER_INSPECTOR, period.from_on, until)
    yield Count({}, tuple(f"{waiver.visit_id}/{waiver.pk}" for waiver in given))


@figure(
    "meetings.held",
    "جلسه‌هایی که در دوره برگزار شده‌اند، به هیئت",
    "Meetings held in the period, by body",
    unit="meetings",
)
def meetings(period: Period) -> Iterator[Count]:
    held = meetings_held(period.region, period.from_on, period.to_on, known_on=period.known_on)
    yield from by_sort("body", Body.Code.values, held.order_by("held_on", "pk").values_list("body__code", "number"))


@figure(
    "resolutions.adopted",
    "مصوبه‌های دوره، به هیئت، و به هیئت و رویه و نتیجه",
    "Resolutions adopted in the period, by body, and by body, procedure and outcome",
    unit="resolutions",
)
def resolutions(period: Period) -> Iterator[Count]:
    adopted = resolutions_adopted(period.region, period.from_on, period.to_on, known_on=period.known_on)
    rows = list(
        adopted.order_by("number").values_list("item__meeting__body__code", "case__procedure_code", "outcome", "number")
    )
    yield from by_sort("body", Body.Code.values, [(body, number) for body, _, _, number in rows])
    yield from sorted_counts(("body", "procedure", "outcome"), rows)


@figure(
    "cases.submitted",
    "درخواست‌هایی که در دوره ثبت شده‌اند، به رویه و نوع",
    "Requests submitted in the period, by procedure and kind",
    unit="cases",
)
def cases_submitted(period: Period) -> Iterator[Count]:
    until = min(period.to_on, period.known_on or period.to_on)
    submitted = requests(period.region).filter(submitted_on__range=(period.from_on, until))
    yield from sorted_counts(
        ("procedure", "kind"), submitted.order_by("number").values_list("procedure_code", "kind", "number")
    )


def requests(region: str) -> QuerySet[Case]:
    """The cases of a region that somebody asked for: all but those of violations, which are figures of their own."""
    return Case.objects.filter(lying_in(region)).exclude(procedure_code=VIOLATION)


def _statuses(period: Period, status: str) -> Iterable[tuple[str, str]]:
    """Kind and number of the licences that came to a status in the period."""
    came = LicenceStatus.objects.known(period.known_on).filter(
        status=status, valid_from__range=(period.from_on, period.to_on)
    )
    licences = Licence.objects.filter(lying_in(period.region), pk__in=came.values("licence"))
    return licences.order_by("number").values_list("kind", "number")


def sorted_counts(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[Count]:
    """One count for each sort that is found; a row is the sort's codes, in the order of the names, and the record."""
    counts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for *sort, record in rows:
        counts[tuple(sort)].append(record)
    for codes, records in sorted(counts.items()):
        yield Count(dict(zip(names, codes, strict=True)), tuple(records))


def by_sort(name: str, sorts: Iterable[str], rows: Iterable[tuple[str, str]]) -> Iterator[Count]:
    """One count for each sort there is, those of which there are none included."""
    cases: dict[str, list[str]] = {sort: [] for sort in sorts}
    for sort, record in rows:
        cases[sort].append(record)
    for sort, records in cases.items():
        yield Count({name: sort}, tuple(records))
