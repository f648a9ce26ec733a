"""Demand notes, and what was paid on them."""

from django.db import models
from django.db.models import F, Q

from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.people.parties import HasParty, Party, one_party


class DemandNote(HasParty, Journalled):
    """What somebody must pay, for what, and how it was reckoned."""

    sealed = Sealed("demand-note")

    number = models.CharField(max_length=30, unique=True)  # "D-15-1401-0007": no gaps, per province and Jalali year
    purpose = models.CharField(max_length=40)  # "royalty"
    about = models.CharField(max_length=80, db_index=True)  # "case:42"
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    amount = models.PositiveBigIntegerField()  # rial
    reckoning = models.JSONField()  # the dated number it follows, and where that comes from
    issued_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_party("a_demand_note_has_one_payer"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="what_is_demanded_is_something"),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("issued_on")), name="a_demand_is_due_after_it_is_issued"
            ),
        ]

    @property
    def payer(self) -> Party:
        return self.party


class Payment(models.Model):
    """What was paid on a demand note, by a bank's reference. Written by acts on its note."""

    sealed = Sealed("payment", of="note")

    note = models.ForeignKey(DemandNote, models.PROTECT, related_name="payments")
    amount = models.PositiveBigIntegerField()  # rial
    paid_on = models.DateField()
    bank = models.CharField(max_length=20, blank=True)  # its code, where references are unique per bank only
    reference = models.CharField(max_length=40)
    number = models.PositiveIntegerField()  # of the entry about its note that recorded it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank", "reference"], name="one_payment_per_bank_reference"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="what_is_paid_is_something"),
            models.CheckConstraint(condition=~Q(reference=""), name="a_payment_has_a_reference"),
        ]


class BankFile(Journalled):
    """A file of a bank, taken in once: equal contents are refused. The file itself is not kept; its rows are."""

    sealed = Sealed("bank-file")

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of its content
    bank = models.CharField(max_length=20, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")  # whose notes it may pay
    count = models.PositiveIntegerField()  # of its rows
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="bank_file_digest_is_sha256_in_hex"
            )
        ]


class BankRow(models.Model):
    """A row of a bank's file, and what became of it. Written by acts on its file; none is ever left out."""

    sealed = Sealed("bank-row", of="file")

    class Outcome(models.TextChoices):
        MATCHED = "matched"
        CONFIRMED = "confirmed"
        WRONG_AMOUNT = "wrong_amount"
        UNKNOWN = "unknown"
        ALREADY_PAID = "already_paid"
        CANCELLED = "cancelled"
        DUPLICATE = "duplicate"
        WRONG_DAY = "wrong_day"
        ILL_FORMED = "ill_formed"

        @property
        def text(self) -> Text:
            return OUTCOMES[self]

    class Resolution(models.TextChoices):
        BOOKED = "booked"
        RETURN = "return"
        DISMISSED = "dismissed"

        @property
        def text(self) -> Text:
            return RESOLUTIONS[self]

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()  # in the file
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")  # of note or file
    written = models.BinaryField()  # its cells as they stood, encrypted: a payer may have written anything
    reference = models.CharField(max_length=40, blank=True)
    amount = models.PositiveBigIntegerField(null=True, blank=True)  # rial
    paid_on = models.DateField(null=True, blank=True)
    payer_reference = models.CharField(max_length=40, blank=True)
    note = models.ForeignKey(DemandNote, models.PROTECT, null=True, blank=True, related_name="bank_rows")
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, blank=True, related_name="bank_row")
    outcome = models.CharField(max_length=20, choices=Outcome)
    resolution = models.CharField(max_length=20, choices=Resolution, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    overpaid = models.PositiveBigIntegerField(default=0)  # rial of it that are to be returned to the payer
    repaid = models.PositiveBigIntegerField(default=0)  # rial of those that were returned

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_row_of_a_number"),
            models.CheckConstraint(
                condition=Q(payment__isnull=False) & (Q(outcome__in=["matched", "confirmed"]) | Q(resolution="booked"))
                | Q(payment=None) & ~Q(outcome__in=["matched", "confirmed"]) & ~Q(resolution="booked"),
                name="what_is_booked_has_its_payment",
            ),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_on=None) | ~Q(resolution="") & Q(resolved_on__isnull=False),
                name="what_is_resolved_has_its_day",
            ),
            models.CheckConstraint(condition=Q(repaid__lte=F("overpaid")), name="no_more_is_repaid_than_was_overpaid"),
        ]
        indexes = [
            models.Index(fields=["division", "-id"], name="bank_rows_of_a_place"),
            models.Index(fields=["reference"], name="bank_rows_by_reference"),
            models.Index(fields=["division", "paid_on"], name="bank_rows_by_day"),
        ]

    @property
    def left_to_return(self) -> int:
        """How much of what was overpaid is still to be returned, in rial."""
        return self.overpaid - self.repaid


class Repayment(models.Model):
    """What was returned of an overpayment, by a paper. Written by acts on the file of its row."""

    sealed = Sealed("repayment", of="row")

    row = models.ForeignKey(BankRow, models.PROTECT, related_name="repayments")
    amount = models.PositiveBigIntegerField()  # rial
    repaid_on = models.DateField()
    paper = models.CharField(max_length=40)  # the number of the order or transfer by which it went

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["row", "paper"], name="one_repayment_per_paper"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="what_is_repaid_is_something"),
            models.CheckConstraint(condition=~Q(paper=""), name="a_repayment_has_a_paper"),
        ]


OUTCOMES = {
    BankRow.Outcome.MATCHED: Text("ثبت شد", "Booked"),
    BankRow.Outcome.CONFIRMED: Text("پیش‌تر ثبت شده، بانک تأیید کرد", "Recorded before, confirmed"),
    BankRow.Outcome.WRONG_AMOUNT: Text("مبلغ نمی‌خواند", "Wrong amount"),
    BankRow.Outcome.UNKNOWN: Text("شناسهٔ ناشناخته", "Unknown reference"),
    BankRow.Outcome.ALREADY_PAID: Text("پیش‌تر پرداخت شده", "Paid already"),
    BankRow.Outcome.CANCELLED: Text("برگ مطالبه باطل است", "Demand note cancelled"),
    BankRow.Outcome.DUPLICATE: Text("سطر تکراری", "Duplicate row"),
    BankRow.Outcome.WRONG_DAY: Text("روز نمی‌خواند", "Impossible day"),
    BankRow.Outcome.ILL_FORMED: Text("سطر ناخوانا", "Unreadable row"),
}
RESOLUTIONS = {
    BankRow.Resolution.BOOKED: Text("بر برگ مطالبه ثبت شد", "Booked on a demand note"),
    BankRow.Resolution.RETURN: Text("به پرداخت‌کننده بازمی‌گردد", "To be returned to the payer"),
    BankRow.Resolution.DISMISSED: Text("کنار گذاشته شد", "Dismissed"),
}
