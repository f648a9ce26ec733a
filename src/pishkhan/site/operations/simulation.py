"""Rows in great number, for measuring: offices and cases beside a demo's own, in bulk, each with a whole journal.

Nothing here is a way to enter anything: it refuses wherever the database is not a demo's.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from django.db import transaction

from pishkhan.casework.deadlines import earliest_overdue
from pishkhan.casework.models import Case
from pishkhan.casework.services import stood_at
from pishkhan.counter.models import Hours, Offering, Profile, Service
from pishkhan.counter.selectors import weekday_of
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.clock import TEHRAN, today
from pishkhan.journal.models import Entry, Journalled, label_of
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.sealing.canonical import canonical
from pishkhan.journal.sealing.states import states_of
from pishkhan.language.codes import fresh_code
from pishkhan.language.identifiers import synthetic_legal_id
from pishkhan.language.search import searchable, sort_key
from pishkhan.language.text import Text
from pishkhan.licensing.models import Call, LicenceRequest, Places
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.models import Holding, Licence, LicenceStatus, Management, Office, OfficeKind, Premises
from pishkhan.offices.status import Status
from pishkhan.people.models import Organisation, Person
from pishkhan.site.models import Deployment

from .deployment import deployment

BATCH = 2000
OPEN_SHARE = 0.02  # of the cases that are under way
ONLY_A_DEMO = Text(
    "داده‌های ساختگی تنها در پایگاه داده‌ای که نمایش در آن اجرا شده ساخته می‌شود.",
    "Rows are simulated only in a database in which the demo was played.",
)
Told = Callable[[str, int, int], None]


def simulate(offices: int, cases: int, told: Told, under_way: float = OPEN_SHARE, seed: int = 1) -> None:
    """Put so many offices and cases beside what a demo holds; a share of the cases is under way."""
    found = deployment()
    if found is None or found.use != Deployment.Use.DEMO or not found.played:
        raise Refusal(ONLY_A_DEMO)
    draw = Random(seed)  # noqa: S311
    towns = list(
        Division.objects.filter(lying_in(found.division_id, field="code"), lat__isnull=False)
        .exclude(kind__in=[Division.Kind.PROVINCE, Division.Kind.COUNTY])
        .order_by("code")
    )
    manager = Person.objects.exclude(account=None).order_by("pk").first()
    for start in range(0, offices, BATCH):
        with transaction.atomic():
            _offices(start, min(BATCH, offices - start), towns, manager, draw)
        told("offices", min(start + BATCH, offices), offices)
    organisations = list(Organisation.objects.filter(kind=Organisation.Kind.COMPANY).order_by("pk")[:5000])
    call = _call(found.division_id, towns, cases) if cases else {}
    for start in range(0, cases, BATCH):
        with transaction.atomic():
            _cases(start, min(BATCH, cases - start), call, organisations, under_way, draw)
        told("cases", min(start + BATCH, cases), cases)


def _offices(start: int, count: int, towns: list[Division], manager: Person | None, draw: Random) -> None:
    there = [draw.choice(towns) for _ in range(count)]
    base = Organisation.objects.filter(legal_id__startswith="19").count()
    companies = _entered(
        (
            Organisation(
                kind=Organisation.Kind.COMPANY,
                name=name,
                division=town,
                sort_key=sort_key(name),
                search=searchable(name),
                legal_id=synthetic_legal_id(1_900_000_000 + base + number),
            )
            for number, town in enumerate(there)
            for name in [f"شرکت نمونهٔ {town.name} {base + number}"]
        )
    )
    made = Office.objects.filter(code__startswith="15-S-").count()
    offices = _entered(
        (
            Office(kind=OfficeKind.COUNTER, code=f"15-S-{made + number:06}", division=town)
            for number, town in enumerate(there)
        )
    )
    licences = _licences(offices, made, draw)
    _facts(list(zip(offices, licences, there, companies, strict=True)), manager, draw)
    _journalled(companies, "people.enter-organisation")
    _journalled(offices, "offices.enter")
    _journalled(licences, "offices.license")
    _profiles(offices, draw)


def _licences(offices: list[Office], made: int, draw: Random) -> list[Licence]:
    days = [today() - timedelta(days=draw.randrange(30, 1700)) for _ in offices]
    return _entered(
        (
            Licence(
                office=office,
                division_id=office.division_id,
                kind=office.kind,
                number=f"15/S/{made + number:06}",
                issuer="simulation",
                issuer_number=f"S{made + number:06}",
                issued_on=day,
                recorded_on=day,
                valid_from=day,
                valid_until=day + timedelta(days=1825),
                origin=Licence.Origin.IMPORT,
            )
            for number, (office, day) in enumerate(zip(offices, days, strict=True))
        )
    )


def _facts(rows: list[tuple[Office, Licence, Division, Organisation]], manager: Person | None, draw: Random) -> None:
    """What the register holds of offices: their standing, premises, holders and managers."""
    moment = _moment(today())

    def since(licence: Licence) -> dict[str, Any]:
        return {"valid_from": licence.valid_from, "recorded_at": moment, "entry": f"{licence.subject}#1"}

    LicenceStatus.objects.bulk_create(
        LicenceStatus(licence=licence, office=office, status=Status.ACTIVE, **since(licence))
        for office, licence, _, _ in rows
    )
    Premises.objects.bulk_create(
        Premises(
            office=office,
            address=f"{town.name}، خیابان نمونه، پلاک {number}",
            postal_code="6800000000",
            area=60,
            tenure="deed",
            lat=(town.lat or 0) + draw.gauss(0, 0.02),
            lon=(town.lon or 0) + draw.gauss(0, 0.02),
            quality=Division.Quality.SYNTHETIC,
            **since(licence),
        )
        for number, (office, licence, town, _) in enumerate(rows)
    )
    Holding.objects.bulk_create(
        Holding(office=office, organisation=company, **since(licence)) for office, licence, _, company in rows
    )
    Management.objects.bulk_create(
        Management(office=office, manager=manager, **since(licence)) for office, licence, _, _ in rows if manager
    )


def _profiles(offices: list[Office], draw: Random) -> None:
    services = list(Service.objects.exclude(kind=OfficeKind.RURAL_ICT).order_by("pk"))
    profiles = _entered(Profile(office=office, division_id=office.division_id) for office in offices)
    Hours.objects.bulk_create(
        Hours(profile=profile, weekday=weekday_of(today()), opens=time(8), closes=time(14)) for profile in profiles
    )
    Offering.objects.bulk_create(
        Offering(profile=profile, service=service)
        for profile in profiles
        for service in draw.sample(services, min(len(services), 8))
    )
    _journalled(profiles, "counter.describe-office")


def _call(province: str, towns: list[Division], room: int) -> dict[str, Places]:
    """A call with room for every simulated case, by town."""
    number = Call.objects.filter(code__startswith="simulated").count() + 1
    (call,) = _entered(
        [
            Call(
                code=f"simulated-{number}",
                kind=OfficeKind.COUNTER,
                division_id=province,
                opens_on=today() - timedelta(days=2000),
                closes_on=today() - timedelta(days=1),
            )
        ]
    )
    places = Places.objects.bulk_create(Places(call=call, division=town, count=room) for town in towns)
    _journalled([call], "licensing.open-call")
    return {each.division_id: each for each in places}


def _cases(
    start: int, count: int, places: dict[str, Places], organisations: Sequence[Organisation], share: float, draw: Random
) -> None:
    codes, made = list(places), Case.objects.filter(number__startswith="NL-15-S").count()
    cases, walks = [], []
    for number in range(count):
        under_way = draw.random() < share
        walk = _walk(draw.randrange(1, len(NewLicence.way) - 1) if under_way else 1, ends=not under_way)
        age = draw.randrange(1, 60) if under_way else draw.randrange(60, 1900)
        begun, stage = today() - timedelta(days=age), walk[-1][1]
        cases.append(
            stood_at(
                Case(
                    procedure_code=NewLicence.code,
                    edition=NewLicence.edition,
                    kind=OfficeKind.COUNTER,
                    number=f"NL-15-S-{made + number:07}",
                    tracking_code=fresh_code(),
                    organisation=draw.choice(organisations),
                    division_id=draw.choice(codes),
                    opened_on=begun,
                    submitted_on=begun,
                    lat=33.5 + draw.gauss(0, 0.3),
                    lon=48.4 + draw.gauss(0, 0.4),
                    not_due_before=earliest_overdue(begun, 15)
                    if under_way and NewLicence.stages[stage].within
                    else None,
                ),
                stage,
            )
        )
        walks.append(walk)
    _entered(cases)
    LicenceRequest.objects.bulk_create(
        LicenceRequest(
            case=case,
            places=places[case.division_id],
            address="خیابان نمونه",
            postal_code="6800000000",
            area=60,
            tenure="deed",
        )
        for case in cases
    )
    _journalled(cases, entries=lambda case, place: _entries(case, walks[place]))


def _walk(stages: int, *, ends: bool) -> list[tuple[str, str, str]]:
    """The steps of a case that comes so far along the usual way, each with where from and where to."""
    walk, way = [("open", "", NewLicence.begins.code)], NewLicence.way
    for here, there in pairwise(way[: stages + 1]):
        step = next(step for step in NewLicence.steps_from(here) if step.target == there)
        walk.append((step.name, here.code, there.code))
    if ends:
        walk.append((NewLicence.steps["withdraw"].name, walk[-1][2], NewLicence.steps["withdraw"].target.code))
    return [(name, there, here) for name, here, there in walk]


def _entries(case: Case, walk: list[tuple[str, str, str]]) -> Iterable[Entry]:
    for number, (name, there, here) in enumerate(walk, 1):
        facts = {"to": there} | ({"from": here, "edition": NewLicence.edition} if here else {})
        yield _entry(case, number, f"{NewLicence.code}.{name}", case.opened_on, facts)


def _entered(rows: Iterable[Any]) -> list[Any]:
    """Rows, entered in bulk."""
    found = list(rows)
    type(found[0])._base_manager.bulk_create(found, batch_size=BATCH)
    return found


def _journalled(rows: list[Any], act: str = "", entries: Callable[[Any, int], Iterable[Entry]] | None = None) -> None:
    """The entries of rows that were entered with all that they own, as acts would have left them."""
    model: type[Journalled] = type(rows[0])
    states = states_of(label_of(model), [row.pk for row in rows])
    written = []
    for place, row in enumerate(rows):
        head = ""
        for entry in entries(row, place) if entries else [_entry(row, 1, act, today(), {})]:
            entry.state = states[row.pk]
            entry.digest = head = entry.seal(head)
            row.revision = entry.number
            written.append(entry)
        row.head = head
    Entry.objects.bulk_create(written, batch_size=BATCH)
    model._base_manager.bulk_update(rows, ["revision", "head"], batch_size=500)


def _entry(row: Journalled, number: int, act: str, day: date, facts: dict[str, Any]) -> Entry:
    return Entry(
        subject=row.subject,
        number=number,
        act=act,
        actor="importer",
        role="importer",
        happened_on=day,
        at=_moment(day) + timedelta(minutes=number),
        facts=canonical(facts),
    )


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), TEHRAN)
