"""What is paid, and what is still owed."""

from django.db.models import Sum

from .models import DemandNote


def paid(note: DemandNote) -> int:
    """How much was paid on a demand note, in rial."""
    return note.payments.aggregate(paid=Sum("amount"))["paid"] or 0


def balance(note: DemandNote) -> int:
    """How much is still owed on a demand note, in rial; nothing on one that was cancelled."""
    return 0 if note.cancelled_on else note.amount - paid(note)


def is_paid(note: DemandNote) -> bool:
    """Whether a demand note that stands is paid in full."""
    return note.cancelled_on is None and balance(note) == 0
