"""The front page: which office, for what, near where; and the page of one office. Public, nothing about persons."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from pishkhan.counter.hours_in_words import hours_of_day
from pishkhan.counter.models import Profile
from pishkhan.counter.selectors import SOON, is_open, offering, open_at, profiles_of, services_on
from pishkhan.credentials.models import SigningKey
from pishkhan.credentials.selectors import usable_keys
from pishkhan.geography.distance import nearest_km
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in, place_name, searched
from pishkhan.inspections.visits.publication import public_visit
from pishkhan.journal.clock import now, today
from pishkhan.language.calendar_names import WEEK
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import spoken
from pishkhan.language.search import folded
from pishkhan.language.text import Text
from pishkhan.offices.credential import shown_url, verification_path
from pishkhan.offices.models import Licence, LicenceStatus, Name, Office, OfficeKind, Premises
from pishkhan.offices.pages import QUALITIES
from pishkhan.offices.selectors import (
    SUCCEEDED,
    active_offices,
    booths_from,
    current_licences,
    names_of,
    premises_of,
)
from pishkhan.offices.status import OPEN, Status
from pishkhan.people.access import everybody
from pishkhan.people.web.paging import chosen, paged
from pishkhan.people.web.request_context import language, shown_province
from pishkhan.register.qr import qr_code
from pishkhan.regulation.calendar import Calendar
from pishkhan.site.provinces.served_provinces import served_provinces

from .maps import Dot, drawn
from .public_lists import sanctions_of_office

PAGE = 20
MOST_PLACES = 60  # places whose name is meant at once: more are a matter of a longer word
MOST_DOTS = 400
PROVINCE = 2  # letters of its code
ONE_DAY = timedelta(days=1)
YOU = Text("شما", "You")
TO_VERIFY = Text("رمزینهٔ پروانهٔ {number}", "Code of licence {number}")
BEGINS = Text("از {day} آغاز می‌شود", "begins on {day}")
Point = tuple[float, float]


@everybody
def find(request: HttpRequest) -> HttpResponse:
    """The active offices of a place, or nearest to a point, that offer a service and are open."""
    q, kind = request.GET.get("q", "").strip()[:100], chosen(request, "kind", OfficeKind.values)
    service, is_now = request.GET.get("service", "")[:30], bool(request.GET.get("open"))
    offices = active_offices(today(), kind=kind)
    if service:
        offices = offering(offices, service)
    near, codes = _point(request), _places(q)
    if near is None and not codes and len(served_provinces()) > 1:  # where they are, or what they name, says it better
        offices = offices.filter(lying_in(shown_province()))
    here = offices.filter(_meant(q, codes)) if q and near is None else offices
    matches = open_at(here, now(), _calendar()) if is_now else here
    closed = is_now and not matches.exists() and here.exists()  # they are there, and say when they open
    if closed:
        matches = here
    if q and near is None and codes and not matches.exists():
        near = _middle(codes)  # there is none: the nearest are meant
        matches = open_at(offices, now(), _calendar()) if is_now else offices
    km = _by_distance(matches, near) if near else {}
    page = paged(request, list(km) if near else matches.order_by("code").values_list("pk", flat=True), size=PAGE)
    shown = _offices_context(page.rows, km)
    marked = _points(matches) if near is None else shown
    return render(
        request,
        "site/home.html",
        {
            "q": q,
            "kind": kind,
            "service": service,
            "is_now": is_now,
            "near": near,
            "elsewhere": near and q,
            "closed": closed,
            "near_told": request.GET.get("near", "")[:40],
            "page": page,
            "offices": shown,
            "kinds": [(offered.value, offered.text) for offered in OfficeKind],
            "services": [(offered.code, offered.name) for offered in services_on(today())],
            "map": _map(marked, near, shown_province()),
        },
    )


@everybody
def office(request: HttpRequest, code: str) -> HttpResponse:
    """One office: whether it may serve today, where and when, what it offers, and its licences."""
    office = Office.objects.select_related("division").filter(code=code).first()
    if office is None:
        raise Http404
    on = today()
    statuses = {
        licence_status.licence_id: licence_status.status
        for licence_status in LicenceStatus.objects.on(on).filter(office=office)
    }
    counts = current_licences([office], on).get(office.pk)
    rows = sorted(
        office.licences.select_related("successor").order_by("-valid_from"),
        key=lambda licence: counts is None or licence != counts.licence,
    )  # the one that counts leads
    keys = usable_keys()
    licences = [_licence_context(row, statuses.get(row.pk), keys) for row in rows]
    premises = premises_of([office], on).get(office.pk)
    profile = Profile.objects.filter(office=office).prefetch_related("hours").first()
    serves = any(licence["open"] for licence in licences)
    offered = services_on(on).filter(offerings__profile__office=office) if profile else []
    return render(
        request,
        "site/office.html",
        {
            "office": office,
            "label": OfficeKind(office.kind).text,
            "licences": licences,
            "premises": premises,
            "place": place_name(office.division_id, language()),
            "serves": serves,
            "profile": profile,
            "status": licences[0]["label"] if licences else "",
            "code": _code(licences),
            "visit": public_visit(office),
            "sanctions": sanctions_of_office(office),
            "name": names_of([office], on).get(office.pk, ""),
            "booths": list(booths_from(office, on)),
            "on": on,
            "services": offered,
            "hours": _hours(profile),
            "times": hours_of_day(profile, now(), _calendar()) if profile and serves else None,
            "quality": QUALITIES[Division.Quality(premises.quality)] if premises else None,
            "map": _map_of(office, premises),
        },
    )


def _calendar() -> Calendar:
    return Calendar(today() - ONE_DAY, today() + SOON * ONE_DAY)


def _point(request: HttpRequest) -> Point | None:
    """Where whoever asks is, in WGS84 degrees, if the address says it rightly."""
    try:
        lat, lon = (float(part) for part in ascii_digits(request.GET.get("near", "")).split(","))
    except ValueError:
        return None
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def _places(q: str) -> list[str]:
    """The codes of the places whose name holds what was written."""
    if not q:
        return []
    return list(
        Division.objects.filter(searched(q))
        .exclude(kind=Division.Kind.PROVINCE)
        .order_by("code")
        .values_list("code", flat=True)[:MOST_PLACES]
    )


def _meant(q: str, codes: list[str]) -> Q:
    named = Name.objects.on(today()).filter(Q(name__contains=q) | Q(name__contains=folded(q)))
    places = Q(code__iexact=ascii_digits(q)) | Q(pk__in=named.values("office"))
    for code in codes:
        places |= lying_in(code)
    return places


def _middle(codes: list[str]) -> Point | None:
    """The point of the first of some places that has one."""
    row = Division.objects.filter(code__in=codes, lat__isnull=False).order_by("code").first()
    return (row.lat, row.lon) if row and row.lat is not None and row.lon is not None else None


def _by_distance(offices: QuerySet[Office], near: Point) -> dict[int, float]:
    """The offices that have a point, by key, with their straight-line kilometres from another; the nearest first."""
    rows = list(
        Premises.objects.on(today()).filter(office__in=offices, lat__isnull=False).values_list("office", "lat", "lon")
    )
    if not rows:
        return {}
    km = nearest_km([lat for _, lat, _ in rows], [lon for _, _, lon in rows], [near[0]], [near[1]])
    pairs = sorted((float(distance), key) for distance, (key, _, _) in zip(km, rows, strict=True))
    return {key: distance for distance, key in pairs}


def _points(offices: QuerySet[Office]) -> list[dict[str, Any]]:
    """The points of offices, for a map; of very many the first."""
    rows = Premises.objects.on(today()).filter(office__in=offices, lat__isnull=False).order_by("office")
    return [
        {"code": code, "lat": lat, "lon": lon}
        for code, lat, lon in rows.values_list("office__code", "lat", "lon")[:MOST_DOTS]
    ]


def _offices_context(keys: list[int], km: dict[int, float]) -> list[dict[str, Any]]:
    offices = {office.pk: office for office in Office.objects.filter(pk__in=keys).select_related("division")}
    rows = [offices[key] for key in keys]
    premises, profiles, calendar, at = premises_of(rows, today()), profiles_of(rows), _calendar(), now()
    names = names_of(rows, today())
    return [
        {
            "code": row.code,
            "name": names.get(row.pk, ""),
            "label": OfficeKind(row.kind).text,
            "place": row.division,
            "km": km.get(row.pk),
            "address": premises[row.pk].address if row.pk in premises else "",
            "lat": premises[row.pk].lat if row.pk in premises else None,
            "lon": premises[row.pk].lon if row.pk in premises else None,
            "open": is_open(profiles[row.pk], at, calendar) if row.pk in profiles else None,
            "times": hours_of_day(profiles[row.pk], at, calendar) if row.pk in profiles else None,
            "step_free": row.pk in profiles and profiles[row.pk].step_free,
        }
        for row in rows
    ]


def _map(offices: list[dict[str, Any]], near: Point | None, region: str) -> dict[str, Any] | None:
    dots = [
        Dot(office["lat"], office["lon"], "office", code := office["code"], reverse("office", args=[code]), code)
        for office in offices
        if office["lat"] is not None
    ]
    if near:
        dots.append(Dot(near[0], near[1], "here", YOU.to(language())))
    return drawn(dots, region=region, language=language()) if dots and region else None


def _map_of(office: Office, premises: Premises | None) -> dict[str, Any] | None:
    """Where an office is, on the map of its own province."""
    if premises is None or not shown_province():
        return None
    dot = {"code": office.code, "lat": premises.lat, "lon": premises.lon}
    return _map([dot], None, office.division_id[:PROVINCE])


def _hours(profile: Profile | None) -> list[dict[str, Any]]:
    if profile is None:
        return []
    spans: dict[int, list[tuple[str, str]]] = {}
    for hour in sorted(profile.hours.all(), key=lambda row: row.opens):
        spans.setdefault(hour.weekday, []).append((f"{hour.opens:%H:%M}", f"{hour.closes:%H:%M}"))
    return [{"day": day, "spans": spans.get(number, [])} for number, day in enumerate(WEEK)]


def _code(licences: list[dict[str, Any]]) -> SafeString | None:
    """The code to scan of the licence under which an office serves, if it does and its address is known."""
    serving = next((licence for licence in licences if licence["open"] and licence["address"]), None)
    return qr_code(serving["address"], TO_VERIFY.filled(number=serving["number"]).to(language())) if serving else None


def _licence_context(licence: Licence, status: str | None, keys: Sequence[SigningKey]) -> dict[str, Any]:
    successor = getattr(licence, "successor", None)
    label = Status(status).text if status else BEGINS.filled(day=spoken(licence.valid_from, language()))
    return {
        "number": licence.number,
        "issued_on": licence.issued_on,
        "valid_until": licence.valid_until,
        "valid_from": licence.valid_from,
        "open": status in OPEN,
        "status": status or "",
        "address": shown_url(licence, keys),
        "verify": verification_path(licence, keys),
        "label": label.to(language()),
        "successor": successor.number if successor else "",
        "badge": "good" if status in OPEN else "info" if status is None else "" if status in SUCCEEDED else "bad",
    }
