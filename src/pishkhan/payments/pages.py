"""Pages about money: the reconciliation, the bank's files and their rows, demand notes, receipts."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import counties_of
from pishkhan.journal import access
from pishkhan.journal.erasable_text import reveal, words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.people.access import open_to, roles_held
from pishkhan.people.exports import csv_of
from pishkhan.people.form_fields import done, form_page
from pishkhan.people.models import Person
from pishkhan.people.paging import asked_day, chosen, chosen_place, paged
from pishkhan.people.request_context import asker, language
from pishkhan.people.roles import Role

from .bank_file import LARGEST, reference_of
from .forms import BankFileForm, Repaid, Settled
from .importing import WRITTEN, counts_of, import_bank_file
from .models import BankRow, DemandNote
from .repaying import repay
from .resolving import resolve
from .selectors import (
    SETTLING,
    BankRowFilter,
    balance,
    by_day_and_county,
    files_within,
    not_told_by_a_bank,
    notes_within,
    places_of,
    receipt_for,
    rows_sought,
    totals_of,
    unpaid,
)

MOST_EXPORTED, GROUPS = 5000, 31
STATES = {
    "open": Text("باز", "Open"),
    "booked": Text("ثبت‌شده", "Booked"),
    "returned": Text("بازگرداندنی", "To be returned"),
    "repaid": Text("بازگردانده", "Returned"),
}
NOTES = {"unpaid": Text("پرداخت‌نشده", "Unpaid"), "paid": Text("پرداخت‌شده", "Paid")}
HEADINGS = (
    Text("سطر", "Row"),
    Text("شمارهٔ پیگیری", "Reference"),
    Text("مبلغ (ریال)", "Amount (rial)"),
    Text("تاریخ", "Date"),
    Text("شناسهٔ پرداخت", "Payer's reference"),
    Text("برگ مطالبه", "Demand note"),
    Text("جا", "Place"),
    Text("نتیجه", "Outcome"),
    Text("تصمیم", "Resolution"),
    Text("بازگرداندنی (ریال)", "To be returned (rial)"),
    Text("بازگردانده (ریال)", "Returned (rial)"),
)
PURPOSES = {"royalty": Text("حق امتیاز", "Royalty")}
TAKEN = Text("{count} سطر وارد شد.", "{count} rows are taken in.")
SETTLED = Text("تصمیم ثبت شد.", "The decision is recorded.")
REPAID = Text("بازگرداندن ثبت شد.", "The return is recorded.")


@open_to(*SETTLING)
def payments(request: HttpRequest) -> HttpResponse:
    """What the bank told of: what is booked, what is open, by day and county; as a table, or exported as shown."""
    person, sought = asker(request), _sought(request)
    rows = rows_sought(person, sought)
    if request.GET.get("export") == "csv":
        access.note(person.ref, "bank rows", "export")
        return csv_of(
            "payments",
            [each.to(language()) for each in HEADINGS],
            [_cells(row) for row in rows.select_related("note", "division")[:MOST_EXPORTED]],
        )
    page = paged(request, rows.select_related("note", "division", "file", "payment"))
    counties = dict(counties_of([each.place for each in person.assignments_today]))
    groups = [{**each, "place": counties.get(each["county"], "")} for each in by_day_and_county(rows)[:GROUPS]]
    owing = unpaid(notes_within(person))
    return render(
        request,
        "payments/payments.html",
        {
            "sought": sought,
            "page": page.with_rows([_told(row) for row in page.rows]),
            "totals": totals_of(rows),
            "groups": groups,
            "states": list(STATES.items()),
            "counties": list(counties.items()),
            "unpaid": owing.order_by().count(),
            "untold": not_told_by_a_bank(person).count(),
            "may_settle": Role.ACCOUNTANT in roles_held(request),
        },
    )


@open_to(Role.ACCOUNTANT)
def import_file(request: HttpRequest) -> HttpResponse:
    """Take in a bank's file."""
    person, found = asker(request), []
    places = places_of(person, [Role.ACCOUNTANT])
    divisions = list(Division.objects.filter(code__in=places).order_by("code"))
    form = BankFileForm(request.POST or None, request.FILES or None, divisions=divisions)

    def take(file: Any, bank: str, division: str) -> None:
        place = next(each for each in divisions if each.code == division)
        found.append(import_bank_file(file.read(LARGEST + 1), bank=bank, division=place, by=person))

    if request.method == "POST" and done(form, take):
        messages.success(request, TAKEN.filled(count=found[0].count).to(language()))
        return redirect("bank_file", key=found[0].pk)
    return form_page(
        request, form, Text("ورود پروندهٔ بانک", "Take in a bank's file"), Text("ورود", "Take in"), back="/payments/"
    )


@open_to(*SETTLING)
def bank_file(request: HttpRequest, key: int) -> HttpResponse:
    """A bank's file: every row of it, and what became of it."""
    person = asker(request)
    found = files_within(person).select_related("division").filter(pk=key).first()
    if found is None:
        raise Missing()
    counts = counts_of(found)
    page = paged(request, found.rows.select_related("note", "division", "file", "payment").order_by("number"))
    return render(
        request,
        "payments/bank_file.html",
        {
            "file": found,
            "page": page.with_rows([_told(row) for row in page.rows]),
            "may_settle": Role.ACCOUNTANT in roles_held(request),
            "counts": [(each.text, counts[each.value]) for each in BankRow.Outcome if counts.get(each.value)],
        },
    )


@open_to(Role.ACCOUNTANT)
def settle(request: HttpRequest, key: int) -> HttpResponse:
    """Settle a row that was left open."""
    person, row = asker(request), _row(request, key)
    form = Settled(request.POST or None, initial={"note": row.note.number if row.note else ""})

    def settled(resolution: str, note: str, reason: str) -> None:
        resolve(row, resolution, reason=reason, by=person, note=note_of(person, note))

    if request.method == "POST" and done(form, settled):
        messages.success(request, SETTLED.to(language()))
        return redirect("bank_file", key=row.file_id)
    access.note(person.ref, row.file.subject, "bank row")
    return render(
        request,
        "payments/settle.html",
        {
            "told": _told(row),
            "written": written_of(row),
            "form": form,
            "reason": _reason(row),
            "repayments": list(row.repayments.all()),
        },
        status=422 if form.errors else 200,
    )


@open_to(Role.ACCOUNTANT)
def repaid(request: HttpRequest, key: int) -> HttpResponse:
    """Record that what was overpaid was returned to the payer."""
    person, row = asker(request), _row(request, key)
    form = Repaid(request.POST or None, initial={"amount": row.left_to_return})
    if request.method == "POST" and done(form, lambda **told: repay(row, by=person, **told)):
        messages.success(request, REPAID.to(language()))
        return redirect("settle", key=key)
    return form_page(
        request,
        form,
        Text("ثبت بازگرداندن اضافه‌پرداخت", "Record the return of what was overpaid"),
        Text("ثبت", "Record"),
        back=f"/payments/rows/{key}/",
    )


@open_to(*SETTLING)
def demand_notes(request: HttpRequest) -> HttpResponse:
    """The demand notes of one's region, with what is paid on each and its receipts."""
    person, state = asker(request), chosen(request, "state", list(NOTES))
    found = notes_within(person)
    if state:
        owing = unpaid(found)
        found = owing if state == "unpaid" else found.exclude(pk__in=owing.order_by().values("pk"))
    page = paged(request, found.select_related("person", "organisation", "division").prefetch_related("payments"))
    return render(
        request,
        "payments/demand_notes.html",
        {
            "page": page,
            "state": state,
            "states": list(NOTES.items()),
            "rows": [
                {"note": each, "payer": payer_name(each), "purpose": PURPOSES.get(each.purpose)} for each in page.rows
            ],
        },
    )


def receipt(request: HttpRequest, number: str, entry: int) -> HttpResponse:
    """The receipt of a payment: for its payer, and for whoever holds a role in its place."""
    person = asker(request)
    found = receipt_for(person, number, entry)
    if found is None:
        access.note(person.ref, f"receipt {number[:40]}", "receipt", refused=True)
        raise Missing()
    note = found.note
    access.note(person.ref, note.subject, "receipt")
    return render(
        request,
        "payments/receipt.html",
        {
            "payment": found,
            "note": note,
            "payer": payer_name(note),
            "purpose": PURPOSES.get(note.purpose),
            "balance": balance(note),
            "recorded": Entry.objects.get(subject=note.subject, number=entry),
        },
    )


def _row(request: HttpRequest, key: int) -> BankRow:
    """A row of a bank's file in the region of whoever asks."""
    rows = rows_sought(asker(request), BankRowFilter()).select_related("file", "division", "note")
    row = rows.filter(pk=key).first()
    if row is None:
        raise Missing()
    return row


def payer_name(note: DemandNote) -> str:
    return note.payer.name


def note_of(person: Person, number: str) -> DemandNote | None:
    """The demand note of a number in a person's region, however it is typed."""
    return notes_within(person).filter(number=reference_of(number)).first() if number.strip() else None


def written_of(row: BankRow) -> list[str]:
    """The cells of a row as they stood in the bank's file."""
    cells: list[str] = json.loads(reveal(bytes(row.written), purpose=WRITTEN))
    return cells


def _sought(request: HttpRequest) -> BankRowFilter:
    return BankRowFilter(
        state=chosen(request, "state", list(STATES)),
        from_on=asked_day(request, "from"),
        until_on=asked_day(request, "until"),
        q=reference_of(request.GET.get("q", "")[:60]),
        place=chosen_place(request),
    )


def _told(row: BankRow) -> dict[str, Any]:
    outcome = BankRow.Outcome(row.outcome)
    return {
        "row": row,
        "outcome": outcome.text,
        "open": not row.resolution and row.payment_id is None,
        "left": row.left_to_return,
        "resolution": BankRow.Resolution(row.resolution).text if row.resolution else None,
    }


def _cells(row: BankRow) -> list[Any]:
    told = _told(row)
    return [
        row.number,
        row.reference,
        row.amount if row.amount is not None else "",
        jalali(row.paid_on) if row.paid_on else "",
        row.payer_reference,
        row.note.number if row.note else "",
        row.division.name,
        told["outcome"].to(language()),
        told["resolution"].to(language()) if told["resolution"] else "",
        told["left"],
        row.repaid,
    ]


def _reason(row: BankRow) -> str:
    """Why a row was settled as it was."""
    if not row.resolution:
        return ""
    entry = next(
        (
            each
            for each in Entry.objects.filter(subject=row.file.subject, act="payments.resolve")
            if each.facts["row"] == row.number
        ),
        None,
    )
    return words_of(row.file.subject).get((entry.number, "reason"), "") if entry else ""
