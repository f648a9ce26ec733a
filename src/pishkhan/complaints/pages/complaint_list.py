"""The list of complaints of the places where one decides on them."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from pishkhan.complaints.deadlines import due_days, late_among
from pishkhan.complaints.kinds import CODES, kind_of
from pishkhan.complaints.models import DESK, ENDED, OPEN, Complaint, State
from pishkhan.complaints.selectors import ESCALATED, LATE, LISTS, OPENED, UNSETTLED, complaints_seen_by, counts_by_kind
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.people.listing.columns import code, day, place, words
from pishkhan.people.listing.filters import ListQuery, OneOf, Rows, in_place, one_of, search
from pishkhan.people.listing.listing import Listing

KIND = Text("گونه", "Kind")


def complaint_rows(rows: list[Complaint]) -> list[dict[str, Any]]:
    """Complaints as lists show them."""
    on, due = today(), due_days(rows)
    return [
        {
            "row": each,
            "kind": each.declared.text,
            "state": State(each.state).text,
            "due": due.get(each),
            "late": each in due and due[each] < on,
            "door": Complaint.Door(each.door).text,
            "outcome": Complaint.Outcome(each.outcome).text if each.outcome else None,
            "badge": "bad"
            if each in due and due[each] < on
            else {State.CLOSED: "good", State.RECEIVED: "warn"}.get(State(each.state), "info" if each.is_open else ""),
        }
        for each in rows
    ]


def _of(rows: Rows, of: str, _: ListQuery) -> Rows:
    if of == OPENED:
        return rows.filter(state__in=OPEN)
    if of == LATE:
        return rows.filter(pk__in=[each.pk for each in late_among(rows)])
    if of == ESCALATED:
        return rows.filter(state__in=OPEN, escalated_on__isnull=False)
    if of == UNSETTLED:
        return rows.filter(state__in=ENDED, settled=False)
    return rows.filter(state=of) if of in State.values else rows


def _of_office_or_number(rows: Rows, written: str) -> Rows:
    number = ascii_digits(written)
    return rows.filter(Q(office__code__iexact=number) | Q(number__iexact=number))


class ComplaintList(Listing):
    """The complaints of one's places, the latest first."""

    name, template, compact = "complaints", "complaints/list.html", True
    title = Text("شکایت‌ها", "Complaints")
    about = Text(
        "آنچه مردم دربارهٔ دفترها گفته‌اند. هر بار دیدن یک شکایت ثبت می‌شود.",
        "What people told of offices. Every look at a complaint is recorded.",
    )
    counted = Text("{count} شکایت", "{count} {count:complaint|complaints}")
    empty = Text("شکایتی با این جست‌وجو نیست.", "No complaint answers this search.")
    roles, source, related = DESK, staticmethod(complaints_seen_by), ("office", "division")
    order = ("-received_on", "-number")

    columns = (
        code("number", Text("شماره", "Number"), value="row.number", sort="number", under="kind"),
        words("kind", KIND, sort="kind", link=lambda row: reverse("complaint", args=[row["row"].pk])),
        code(
            "office",
            Text("دفتر", "Office"),
            value="row.office.code",
            sort="office__code",
            link=lambda row: reverse("history", args=[row["row"].office.code]),
        ),
        place("place", Text("جا", "Place"), value="row.division", under="office"),
        day("received", Text("رسید", "Received"), value="row.received_on", sort="received_on"),
        words("state", Text("وضعیت", "State"), sort="state", badge=lambda row: row["badge"]),
        day("due", Text("مهلت", "Due"), under="state", says_label=True),
    )
    filters = (
        OneOf("of", Text("کدام", "Which"), _of, OPENED, choices=list(LISTS.items())),
        one_of("kind", KIND, [(each, kind_of(each).text) for each in CODES]),
        in_place(),
        search(_of_office_or_number, Text("کد دفتر یا شمارهٔ شکایت", "Office or number"), most=24, is_code=True),
    )

    @classmethod
    def load(cls, rows: list[Complaint], query: ListQuery) -> list[Any]:
        return complaint_rows(rows)

    @classmethod
    def extras(cls, request: HttpRequest, rows: Rows, query: ListQuery) -> dict[str, Any]:
        return {"counts": [(kind_of(kind).text, count) for kind, count in counts_by_kind(rows)]}
