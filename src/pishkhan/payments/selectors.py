"""What is paid, what is still owed, what of the bank's files is booked, and what is open."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Substr

from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import readers_of
from pishkhan.people.parties import own_rows
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

from .models import BankFile, BankRow, DemandNote, Payment

SETTLING = (Role.ACCOUNTANT, Role.DIRECTOR)  # who looks at the reconciliation
OPEN = Q(payment=None, resolution="")
BOOKED = Q(payment__isnull=False)
STATES = {"open": OPEN, "booked": BOOKED, "returned": Q(overpaid__gt=F("repaid")), "repaid": Q(repaid__gt=0)}
COUNTY = 4  # digits of the code of a county


def paid(note: DemandNote) -> int:
    """How much was paid on a demand note, in rial."""
    return note.payments.aggregate(paid=Sum("amount"))["paid"] or 0


def balance(note: DemandNote) -> int:
    """How much is still owed on a demand note, in rial; nothing on one that was cancelled."""
    return 0 if note.cancelled_on else note.amount - paid(note)


def is_paid(note: DemandNote) -> bool:
    """Whether a demand note that stands is paid in full."""
    return note.cancelled_on is None and balance(note) == 0


def bank_rows_within(person: Person) -> QuerySet[BankRow]:
    """The rows of the bank's files in a person's region."""
    return BankRow.objects.filter(in_places(person, SETTLING))


def by_day_and_county(rows: QuerySet[BankRow]) -> Any:
    """Of some rows, by day and county, how many and how much is booked and how much is open; the latest day first."""
    return (
        rows.order_by()
        .annotate(county=Substr("division_id", 1, COUNTY))
        .values("paid_on", "county")
        .annotate(
            booked=Count("pk", filter=BOOKED),
            booked_amount=_sum(BOOKED),
            open=Count("pk", filter=OPEN),
            open_amount=_sum(OPEN),
        )
        .order_by(F("paid_on").desc(nulls_first=True), "county")
    )


def totals_of(rows: QuerySet[BankRow]) -> dict[str, int]:
    """The same of all of them together, how much is still to be returned, and how much was."""
    return rows.order_by().aggregate(
        booked=Count("pk", filter=BOOKED),
        booked_amount=_sum(BOOKED),
        open=Count("pk", filter=OPEN),
        open_amount=_sum(OPEN),
        to_return=Coalesce(Sum(F("overpaid") - F("repaid")), 0),
        repaid=Coalesce(Sum("repaid"), 0),
    )


def notes_within(person: Person) -> QuerySet[Any]:
    """The demand notes of a person's region, each with what is `.paid` on it, the newest first."""
    return (
        DemandNote.objects.filter(in_places(person, SETTLING))
        .annotate(paid=Coalesce(Sum("payments__amount"), 0))
        .order_by("-pk")
    )


def unpaid(notes: QuerySet[Any]) -> QuerySet[Any]:
    """Of demand notes with what is paid on them, those on which something is owed."""
    return notes.filter(cancelled_on=None, paid__lt=F("amount"))


def not_confirmed_by_a_bank(person: Person) -> QuerySet[Payment]:
    """The payments of a person's region that an officer recorded and no bank's file has told of yet."""
    there = DemandNote.objects.filter(in_places(person, SETTLING)).values("pk")
    return Payment.objects.filter(note__in=there, bank_row=None)


def files_within(person: Person) -> QuerySet[BankFile]:
    """The bank's files of a person's region, the newest first."""
    return BankFile.objects.filter(in_places(person, SETTLING)).order_by("-pk")


def receipt_for(person: Person, number: str, entry: int) -> Payment | None:
    """The payment that an entry about a demand note recorded, if it is for this person to see.

    Its payer's, and whoever reads of money in its place.
    """
    own = own_rows(person, side="note__")
    there = DemandNote.objects.filter(in_places(person, readers_of(Datum.MONEY))).values("pk")
    return (
        Payment.objects.filter(own | Q(note__in=there), note__number=number, number=entry)
        .select_related("note__person", "note__organisation", "note__division")
        .first()
    )


def places_of(person: Person, roles: Iterable[str]) -> list[str]:
    """The places in which a person holds some role, the widest first."""
    return sorted(
        {assignment.place for assignment in person.assignments_today if assignment.role in roles},
        key=lambda place: (len(place), place),
    )


def _sum(those: Q) -> Any:
    return Coalesce(Sum("amount", filter=those), 0)
