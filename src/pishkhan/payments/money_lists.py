"""The lists about money: the rows of the bank's files, and the demand notes."""

from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse

from pishkhan.geography.selectors import counties_of
from pishkhan.language.text import Text
from pishkhan.people.access import roles_held
from pishkhan.people.listing.columns import action, code, day, money, number, person, place, words
from pishkhan.people.listing.filters import ListQuery, OneOf, Rows, between, in_place, search
from pishkhan.people.listing.listing import Listing
from pishkhan.people.roles import Role

from .bank_file import reference_of
from .models import BankRow
from .selectors import (
    SETTLING,
    STATES,
    bank_rows_within,
    by_day_and_county,
    not_confirmed_by_a_bank,
    notes_within,
    totals_of,
    unpaid,
)

GROUPS = 31
STATE, PLACE = Text("وضعیت", "State"), Text("جا", "Place")
STATE_NAMES = {
    "open": Text("باز", "Open"),
    "booked": Text("ثبت‌شده", "Booked"),
    "returned": Text("بازگرداندنی", "To be returned"),
    "repaid": Text("بازگردانده", "Returned"),
}
UNPAID, PAID = Text("پرداخت‌نشده", "Unpaid"), Text("پرداخت‌شده", "Paid")
CANCELLED = Text("باطل", "Cancelled")
PURPOSES = {"royalty": Text("حق امتیاز", "Royalty")}


def is_open(row: BankRow) -> bool:
    """Whether somebody must still say what becomes of a row."""
    return not row.resolution and row.payment_id is None


def _matching(rows: Rows, written: str) -> Rows:
    reference = reference_of(written)
    if not reference:
        return rows.none()  # many rows have none
    return rows.filter(Q(reference=reference) | Q(payer_reference=reference) | Q(note__number=reference))


class BankRowList(Listing):
    """The rows of the bank's files in one's region, the newest first: what is booked, and what is open."""

    name, template = "payments", "payments/payments.html"
    title = Text("پرداخت‌ها و مغایرت‌گیری", "Payments and reconciliation")
    counted = Text("{count} سطر بانک", "{count} {count:row|rows} of the bank")
    empty = Text("سطری با این جست‌وجو نیست.", "No row answers this search.")
    roles, source = SETTLING, staticmethod(bank_rows_within)
    related, most = ("note", "division", "file", "payment"), 5000

    columns = (
        number(
            "row",
            Text("سطر", "Row"),
            value="number",
            sort="number",
            link=lambda row: reverse("bank_file", args=[row.file_id]),
            under="reference",
            says_label=True,
        ),
        code("reference", Text("شمارهٔ پیگیری", "Reference"), sort="reference"),
        money("amount", Text("مبلغ (ریال)", "Amount (rial)"), sort="amount"),
        day("paid", Text("تاریخ", "Date"), value="paid_on", sort="paid_on"),
        code("payer_reference", Text("شناسهٔ پرداخت", "Payer's reference"), sort="payer_reference", under="note"),
        code("note", Text("برگ مطالبه", "Demand note"), value="note.number", sort="note__number"),
        place("place", PLACE, value="division", under="note"),
        words(
            "outcome",
            Text("نتیجه", "Outcome"),
            value=lambda row: BankRow.Outcome(row.outcome).text,
            sort="outcome",
            badge=lambda row: "warn" if is_open(row) else "good" if row.payment_id else "",
        ),
        words(
            "resolution",
            Text("تصمیم", "Resolution"),
            value=lambda row: BankRow.Resolution(row.resolution).text if row.resolution else None,
            under="outcome",
        ),
        money(
            "to_return",
            Text("بازگرداندنی (ریال)", "To be returned (rial)"),
            value=lambda row: row.left_to_return or None,
            under="outcome",
            says_label=True,
        ),
        money(
            "repaid",
            Text("بازگردانده (ریال)", "Returned (rial)"),
            value=lambda row: row.repaid or None,
            sort="repaid",
            under="outcome",
            says_label=True,
        ),
        action(
            "settle",
            Text("تعیین تکلیف", "Settle"),
            value=lambda row: row.pk if is_open(row) else None,
            template="payments/cells/settle.html",
            under="outcome",
            roles=(Role.ACCOUNTANT,),
        ),
        action(
            "receipt",
            Text("رسید", "Receipt"),
            value=lambda row: row.payment_id if row.note_id else None,
            template="payments/cells/receipt.html",
            under="outcome",
        ),
        action(
            "return",
            Text("ثبت بازگرداندن", "Record the return"),
            value=lambda row: row.left_to_return or None,
            template="payments/cells/return.html",
            under="outcome",
            roles=(Role.ACCOUNTANT,),
        ),
    )
    filters = (
        search(_matching, Text("شمارهٔ پیگیری یا برگ مطالبه", "Reference or demand note"), most=60, is_code=True),
        OneOf(
            "state",
            STATE,
            lambda rows, state, _: rows.filter(STATES[state]),
            choices=list(STATE_NAMES.items()),
        ),
        in_place(),
        *between("paid_on"),
    )

    @classmethod
    def extras(cls, request: HttpRequest, rows: Rows, query: ListQuery) -> dict[str, Any]:
        """What is booked and open of the rows that were found, together and by day and county."""
        person = query.person
        counties = dict(counties_of([assignment.place for assignment in person.assignments_today]))
        return {
            "totals": totals_of(rows),
            "groups": [
                {**group, "place": counties.get(group["county"], "")} for group in by_day_and_county(rows)[:GROUPS]
            ],
            "unpaid": unpaid(notes_within(person)).order_by().count(),
            "untold": not_confirmed_by_a_bank(person).count(),
            "may_settle": Role.ACCOUNTANT in roles_held(request),
        }


def _of_state(rows: Rows, state: str, _: ListQuery) -> Rows:
    owing = unpaid(rows)
    return owing if state == "unpaid" else rows.exclude(pk__in=owing.order_by().values("pk"))


class DemandNoteList(Listing):
    """The demand notes of one's region, with what is paid on each and its receipts."""

    name, template = "demand-notes", "payments/demand_notes.html"
    title, counted = (
        Text("برگ‌های مطالبه", "Demand notes"),
        Text("{count} برگ مطالبه", "{count} demand {count:note|notes}"),
    )
    empty = Text("برگ مطالبه‌ای نیست.", "There is no demand note.")
    roles, source = SETTLING, staticmethod(notes_within)
    related = ("person", "organisation", "division")

    columns = (
        code("number", Text("شماره", "Number"), sort="number"),
        words("purpose", Text("بابت", "For"), value=lambda row: PURPOSES.get(row.purpose), under="number"),
        place("place", PLACE, value="division", under="number"),
        person(
            "payer",
            Text("پرداخت‌کننده", "Payer"),
            value="payer.name",
            sort=Coalesce("organisation__sort_key", "person__sort_key"),
        ),
        money("amount", Text("مبلغ (ریال)", "Amount (rial)"), sort="amount"),
        money("paid", Text("پرداخت‌شده (ریال)", "Paid (rial)"), sort="paid"),
        day("issued", Text("صدور", "Issued"), value="issued_on", sort="issued_on"),
        words("state", STATE, value=lambda row: _state(row)[0], badge=lambda row: _state(row)[1]),
        action(
            "receipts", Text("رسیدها", "Receipts"), value="paid", template="payments/cells/receipts.html", under="state"
        ),
    )
    filters = (
        OneOf("state", STATE, _of_state, choices=[("unpaid", UNPAID), ("paid", PAID)]),
        search(
            lambda rows, written: rows.filter(number=reference_of(written)),
            Text("شمارهٔ برگ", "Number of the note"),
            most=60,
            is_code=True,
        ),
        in_place(),
        *between("issued_on"),
    )

    @classmethod
    def load(cls, rows: list[Any], query: ListQuery) -> list[Any]:
        """With the payments on them, for their receipts. One query."""
        prefetch_related_objects(rows, "payments")
        return rows


def _state(note: Any) -> tuple[Text, str]:
    if note.cancelled_on:
        return CANCELLED, ""
    return (UNPAID, "warn") if note.paid < note.amount else (PAID, "good")
