"""The lists that say where to go: offices by their last visit, findings to follow up, the banks' machines."""

from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pishkhan.inspections.checklists.checklist import Severity
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.machines.importing import COLUMNS
from pishkhan.inspections.models import Machine, MachinePlace
from pishkhan.inspections.wording import code_of
from pishkhan.inspections.words import SEVERITIES
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.offices.models import OfficeKind
from pishkhan.offices.selectors import names_of
from pishkhan.offices.undertakings.lists import state_of
from pishkhan.people.access import STAFF, roles_held
from pishkhan.people.listing.columns import action, code, day, number, person, place, words, written
from pishkhan.people.listing.filters import ListQuery, OneOf, Rows, Tick, in_place, of_enum, one_of, search
from pishkhan.people.listing.listing import Listing
from pishkhan.people.roles import Role
from pishkhan.people.web.exports import csv_of

from .filters import LONG, LONG_AGO, NEVER, faults_to_follow_by, machines_seen_by, offices_by_last_visit
from .visit_lists import ACT, KIND, PLACE

SINCE = {NEVER: Text("هرگز بازدید نشده", "Never visited"), LONG: Text("بیش از شش ماه پیش", "More than six months ago")}
LAST = Text("آخرین بازدید", "Last visit")
SEVERITY = Text("اهمیت", "Severity")


def _since(rows: Rows, since: str, _: ListQuery) -> Rows:
    if since == NEVER:
        return rows.filter(last_on=None)
    return rows.filter(last_on__lt=today() - LONG_AGO) if since == LONG else rows


class UnvisitedList(Listing):
    """The active offices of one's region, the never visited first, then the longest ago."""

    name, template = "last-visits", "inspections/list.html"
    title = Text("هرگز یا دیر بازدید شده", "Never visited, or long ago")
    about = Text("دفترهای فعال، نخست آن‌ها که هرگز بازدید نشده‌اند.", "Active offices, those never visited first.")
    counted = Text("{count} دفتر", "{count} {count:office|offices}")
    empty = Text("دفتری با این جست‌وجو نیست.", "No office answers this search.")
    roles, source = STAFF, staticmethod(offices_by_last_visit)
    related, order = ("division",), (F("last_on").asc(nulls_first=True), "code")
    most = 30_000

    columns = (
        code(
            "code",
            Text("دفتر", "Office"),
            value="office.code",
            sort="code",
            link=lambda row: reverse("history", args=[row["office"].code]),
        ),
        written("name", Text("نام", "Name"), under="code"),
        place("place", PLACE, value="office.division", under="code"),
        words("kind", KIND, value=lambda row: OfficeKind(row["office"].kind).text, sort="kind"),
        day("last", LAST, value="office.last_on", sort="last_on", nothing=Text("هرگز", "never")),
        number("days", Text("روز گذشته", "Days since")),
        action("ask", ACT, template="inspections/cells/ask.html", roles=(Role.EXPERT,)),
    )
    filters = (
        OneOf("since", LAST, _since, choices=list(SINCE.items())),
        one_of("kind", KIND, of_enum(OfficeKind)),
        in_place(),
    )

    @classmethod
    def load(cls, rows: list[Any], query: ListQuery) -> list[Any]:
        names, on = names_of([row.pk for row in rows], today()), today()
        return [
            {
                "office": row,
                "name": names.get(row.pk, ""),
                "days": (on - row.last_on).days if row.last_on else None,
            }
            for row in rows
        ]


class FaultList(Listing):
    """The faults that want somebody to go and look, each with a follow-up visit in one press."""

    name, template = "findings", "inspections/list.html"
    title = Text("یافته‌هایی که باید پیگیری شود", "Findings to follow")
    about = Text(
        "ایرادهایی که مهلت رفعشان گذشته، و ایرادهای بحرانی که گفته شده رفع شده‌اند و باید دیده شوند.",
        "Faults whose term is over, and critical ones said to be remedied, which somebody must see.",
    )
    counted = Text("{count} یافته", "{count} {count:finding|findings}")
    empty = Text("یافته‌ای برای پیگیری نمانده است.", "No finding waits to be followed up.")
    roles, source = (Role.EXPERT, Role.DIRECTOR, Role.SECRETARY), staticmethod(faults_to_follow_by)
    related = ("visit__office", "visit__machine__bank", "visit__case", "visit__division", "undertaking")
    order = ("undertaking__due_on", "pk")

    columns = (
        words(
            "item",
            Text("آنچه درست نبود", "What was not in order"),
            value=lambda row: edition(row.visit.edition).item(row.item).text,
            sort="item",
            link=lambda row: reverse("visit", args=[row.visit_id]),
        ),
        words(
            "severity", SEVERITY, value=lambda row: SEVERITIES[Severity(row.severity)], sort="severity", under="item"
        ),
        day("visited", Text("بازدید", "Visited"), value="visit.visited_on", sort="visit__visited_on", under="item"),
        code("about", Text("دفتر", "Office"), value=lambda row: code_of(row.visit)),
        place("place", PLACE, value="visit.division", sort="visit__division__sort_key", under="about"),
        day(
            "due",
            Text("مهلت رفع", "To be remedied by"),
            value="undertaking.due_on",
            sort="undertaking__due_on",
            link=lambda row: reverse("undertaking", args=[row.undertaking_id]),
        ),
        words(
            "state",
            Text("وضعیت", "State"),
            value=lambda row: state_of(row.undertaking)[0],
            badge=lambda row: state_of(row.undertaking)[1],
            under="due",
        ),
        action("follow", ACT, template="inspections/cells/follow.html", roles=(Role.EXPERT,)),
    )
    filters = (
        one_of("severity", SEVERITY, list(SEVERITIES.items())),
        in_place("visit__division"),
    )


def _bank_or_number(rows: Rows, written: str) -> Rows:
    number = ascii_digits(written)
    return rows.filter(Q(code__iexact=number) | Q(number=number) | Q(bank__name__contains=written))


def places_of(rows: list[Machine]) -> dict[int, MachinePlace]:
    """Where machines stand today (or stood last), by key. One query."""
    last = MachinePlace.objects.known().filter(machine__in=rows).select_related("host").order_by("valid_from", "pk")
    return {visit.machine_id: visit for visit in last}


def _where(field: str) -> Subquery:
    last = MachinePlace.objects.known().filter(machine=OuterRef("pk")).order_by("-valid_from", "-pk")
    return Subquery(last.values(field)[:1])


class MachineList(Listing):
    """The ATMs and booths of one's region, by code; also as a table that the import takes."""

    name, template = "machines", "inspections/machines.html"
    title = Text("خودپردازها و باجه‌های بانکی", "ATMs and bank booths")
    counted = Text("{count} خودپرداز و باجه", "{count} {count:machine|machines}")
    empty = Text("خودپرداز یا باجه‌ای با این جست‌وجو نیست.", "No machine answers this search.")
    roles, source = STAFF, staticmethod(machines_seen_by)
    related, order, most = ("bank", "division"), ("code",), 20_000

    columns = (
        code(
            "code",
            Text("کد", "Code"),
            value="machine.code",
            sort="code",
            link=lambda row: reverse("machine", args=[row["machine"].code]),
        ),
        words("kind", KIND, value=lambda row: Machine.Kind(row["machine"].kind).text, sort="kind", under="code"),
        person("bank", Text("بانک", "Bank"), value="machine.bank.name", sort="bank__sort_key"),
        code("number", Text("شمارهٔ بانک", "The bank's number"), value="machine.number", sort="number", under="bank"),
        place("place", PLACE, value="machine.division"),
        written("address", Text("نشانی", "Address"), value="place.address", under="place"),
        code(
            "host",
            Text("دفتر میزبان", "Host office"),
            value="place.host.code",
            sort=_where("host__code"),
            under="place",
        ),
        day("since", Text("از روز", "Since"), value="machine.from_on", sort="from_on"),
    )
    filters = (
        search(_bank_or_number, Text("کد، شماره یا بانک", "Code, number or bank"), most=60),
        one_of("kind", KIND, of_enum(Machine.Kind)),
        in_place(),
        Tick("retired", Text("برچیده‌ها", "Retired ones"), lambda rows, _, query: rows.filter(until_on__isnull=False)),
    )

    @classmethod
    def rows(cls, query: ListQuery) -> Rows:
        """Those that are there, unless the retired ones are asked for."""
        rows = super().rows(query)
        return rows if query["retired"] else rows.filter(until_on=None)

    @classmethod
    def load(cls, rows: list[Machine], query: ListQuery) -> list[Any]:
        places = places_of(rows)
        return [{"machine": row, "place": places.get(row.pk)} for row in rows]

    @classmethod
    def extras(cls, request: HttpRequest, rows: Rows, query: ListQuery) -> dict[str, Any]:
        return {"may_enter": Role.EXPERT in roles_held(request)}

    @classmethod
    def export(cls, query: ListQuery, given: str) -> HttpResponse:
        """What is shown; or, as `import`, the columns in which the import takes it."""
        if given != "import":
            return super().export(query, given)
        access.note(query.person.ref, "machines", "export")
        return csv_of("machines-import", COLUMNS, [_imported(row) for row in cls.load(list(cls.rows(query)), query)])


def _imported(row: dict[str, Any]) -> list[Any]:
    machine, stands = row["machine"], row["place"]
    return [
        machine.kind,
        machine.bank.name,
        machine.bank.legal_id or "",
        machine.number,
        machine.division_id,
        stands.address,
        stands.lat or "",
        stands.lon or "",
        stands.host.code if stands.host else "",
        jalali(machine.from_on),
    ]
