"""The list of offices: the register as it stood on a day, of one's region."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in, searched
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.search import folded
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF
from pishkhan.people.listing.columns import code, day, place, words, written
from pishkhan.people.listing.filters import ListQuery, OnDay, OneOf, Rows, Search, Tick, in_place, of_enum, one_of
from pishkhan.people.listing.listing import Listing
from pishkhan.people.models import Organisation, Person
from pishkhan.people.selectors import in_places, within

from .models import Holding, Licence, LicenceStatus, Management, Name, Office, OfficeKind, Premises
from .selectors import SUCCEEDED, CurrentLicence, current_licences, names_of, premises_of
from .status import OPEN, Status

SOON = 90  # days
ITS_STATUS = Text("وضعیت", "Status")


def expiring_soon(person: Person) -> QuerySet[Licence]:
    """The licences of one's region that serve now and end within three months."""
    on = today()
    serving = LicenceStatus.objects.on(on).filter(status__in=OPEN).values("licence")
    return Licence.objects.filter(
        in_places(person), pk__in=serving, valid_until__gte=on, valid_until__lte=on + timedelta(days=SOON)
    )


def offices_within(person: Person) -> QuerySet[Office]:
    """The offices of one's region."""
    return within(Office.objects.all(), person)


def with_status(rows: Rows, status: str, query: ListQuery) -> Rows:
    """The offices one of whose licences had a status on the day that is asked."""
    return rows.filter(pk__in=LicenceStatus.objects.on(query["on"]).filter(status=status).values("office"))


def called(written: str, on: date) -> Q:
    """The offices of a code, a licence's number or a place, and those of a name, holder or manager on a day."""
    holds = searched(written)
    condition = Q(code__iexact=ascii_digits(written))
    condition |= Q(pk__in=Licence.objects.filter(number=ascii_digits(written)).values("office"))
    for row in Division.objects.filter(holds).order_by("code").values_list("code", flat=True)[:40]:
        condition |= lying_in(row)
    held = Holding.objects.on(on).filter(
        Q(organisation__in=Organisation.objects.filter(holds)) | Q(person__in=Person.objects.filter(holds))
    )
    managed = Management.objects.on(on).filter(manager__in=Person.objects.filter(holds))
    names = Name.objects.on(on).filter(Q(name__contains=written) | Q(name__contains=folded(written)))
    return (
        condition
        | Q(pk__in=held.values("office"))
        | Q(pk__in=managed.values("office"))
        | Q(pk__in=names.values("office"))
    )


def current_licence(field: str) -> Any:
    """Of the licence under which an office stood on the day that is asked (see `standing_of`), a field: to sort by."""

    def of_day(query: ListQuery) -> Subquery:
        last = Case(When(status__in=SUCCEEDED, then=1), default=0)
        rows = LicenceStatus.objects.on(query["on"]).filter(office=OuterRef("pk"))
        return Subquery(rows.order_by(last, "-licence__valid_from", "-licence").values(field)[:1])

    return of_day


class OfficeList(Listing):
    """The offices of one's region with their standing, as it was on a day."""

    name, template = "register", "offices/register.html"
    title, counted = Text("دفترها", "Register of offices"), Text("{count} دفتر", "{count} {count:office|offices}")
    empty = Text("دفتری با این جست‌وجو نیست.", "No office answers this search.")
    roles, source = STAFF, staticmethod(offices_within)
    related, order = ("division",), ("code",)
    most = 30_000

    columns = (
        code(
            "code",
            Text("کد", "Code"),
            value="office.code",
            sort="code",
            link=lambda row: reverse("history", args=[row["office"].code]),
        ),
        written(
            "name",
            Text("نام", "Name"),
            sort=lambda query: Subquery(Name.objects.on(query["on"]).filter(office=OuterRef("pk")).values("name")[:1]),
            under="code",
        ),
        place("place", Text("جا", "Place"), value="office.division", under="code"),
        words("kind", Text("نوع", "Kind"), sort="kind"),
        written("address", Text("نشانی", "Address")),
        words(
            "status",
            ITS_STATUS,
            sort=current_licence("status"),
            badge=lambda row: "good" if row["open"] else "bad",
        ),
        day("until", Text("پایان پروانه", "Licence until"), sort=current_licence("licence__valid_until")),
    )
    filters = (
        Search(
            "q",
            Text("جست‌وجو", "Search"),
            lambda rows, value, query: rows.filter(called(value, query["on"])),
            hint=Text("کد، جا، دارنده", "code, place, holder"),
        ),
        one_of("kind", Text("نوع", "Kind"), of_enum(OfficeKind)),
        in_place(),
        OneOf("status", ITS_STATUS, with_status, choices=of_enum(Status)),
        OnDay("on", Text("در روز", "On the day"), lambda rows, value, query: rows, default=today),
        Tick(
            "expiring",
            Text("پایان تا سه ماه", "Ends within three months"),
            lambda rows, value, query: rows.filter(pk__in=expiring_soon(query.person).values("office")),
        ),
    )

    @classmethod
    def load(cls, rows: list[Office], query: ListQuery) -> list[Any]:
        on = query["on"]
        premises, names, standings = premises_of(rows, on), names_of(rows, on), current_licences(rows, on)
        return [_row(row, premises.get(row.pk), names.get(row.pk, ""), standings.get(row.pk)) for row in rows]


def _row(office: Office, premises: Premises | None, name: str, current: CurrentLicence | None) -> dict[str, Any]:
    status = current.status if current else None
    return {
        "office": office,
        "kind": OfficeKind(office.kind).text,
        "name": name,
        "address": premises.address if premises else "",
        "status": status.text if status else None,
        "open": status in OPEN,
        "until": current.licence.valid_until if current and status else None,
    }
