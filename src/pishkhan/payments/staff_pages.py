"""Pages about money for who keeps the books: the reconciliation, the bank's files and their rows, demand notes."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.geography.models import Division
from pishkhan.journal import access
from pishkhan.journal.erasure.erasable_text import reveal, words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.paging import paged
from pishkhan.people.web.request_context import asker, language

from .bank_file import LARGEST, reference_of
from .forms import BankFileForm, Repaid, Settled
from .importing import WRITTEN, counts_of, import_bank_file
from .models import BankRow, DemandNote
from .money_lists import BankRowList, DemandNoteList, is_open
from .repaying import repay
from .resolving import resolve
from .selectors import SETTLING, bank_rows_within, files_within, notes_within, places_of

TAKEN = Text("{count} سطر وارد شد.", "{count} {count:row|rows} {count:is|are} taken in.")
SETTLED = Text("تصمیم ثبت شد.", "The decision is recorded.")
REPAID = Text("بازگرداندن ثبت شد.", "The return is recorded.")


@open_to(*BankRowList.roles)
def payments(request: HttpRequest) -> HttpResponse:
    """What the bank told of: what is booked, what is open, by day and county; as a table, or exported as shown."""
    return BankRowList.answer(request)


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
            "page": page,
            "list": BankRowList,
            "table": BankRowList.table(page.rows, BankRowList.query(person)),
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


@open_to(*DemandNoteList.roles)
def demand_notes(request: HttpRequest) -> HttpResponse:
    """The demand notes of one's region, with what is paid on each and its receipts."""
    return DemandNoteList.answer(request)


def _row(request: HttpRequest, key: int) -> BankRow:
    """A row of a bank's file in the region of whoever asks."""
    rows = bank_rows_within(asker(request)).select_related("file", "division", "note")
    row = rows.filter(pk=key).first()
    if row is None:
        raise Missing()
    return row


def note_of(person: Person, number: str) -> DemandNote | None:
    """The demand note of a number in a person's region, however it is typed."""
    return notes_within(person).filter(number=reference_of(number)).first() if number.strip() else None


def written_of(row: BankRow) -> list[str]:
    """The cells of a row as they stood in the bank's file."""
    cells: list[str] = json.loads(reveal(bytes(row.written), purpose=WRITTEN))
    return cells


def _told(row: BankRow) -> dict[str, Any]:
    outcome = BankRow.Outcome(row.outcome)
    return {
        "row": row,
        "outcome": outcome.text,
        "open": is_open(row),
        "left": row.left_to_return,
        "resolution": BankRow.Resolution(row.resolution).text if row.resolution else None,
    }


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
