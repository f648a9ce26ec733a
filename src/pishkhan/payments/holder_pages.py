"""The receipt of who paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.journal import access
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing
from pishkhan.people.web.request_context import asker

from .models import DemandNote
from .money_lists import PURPOSES
from .selectors import balance, receipt_for


def receipt(request: HttpRequest, number: str, entry: int) -> HttpResponse:
    """The receipt of a payment: for its payer, and for whoever holds a role in its place."""
    person = asker(request)
    receipt = receipt_for(person, number, entry)
    if receipt is None:
        access.note_refused(person.ref, DemandNote, f"receipt {number[:40]}", number=number)
        raise Missing()
    note = receipt.note
    access.note(person.ref, note.subject, "receipt")
    return render(
        request,
        "payments/receipt.html",
        {
            "payment": receipt,
            "note": note,
            "payer": note.payer.name,
            "purpose": PURPOSES.get(note.purpose),
            "balance": balance(note),
            "recorded": Entry.objects.get(subject=note.subject, number=entry),
        },
    )
