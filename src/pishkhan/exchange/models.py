"""Packages that leave for other bodies and come back from them, and what became of each row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pishkhan.casework.models import Case, Inquiry
from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text


class Package(Journalled):
    """A package, known by its reference and checksum. What it said is not kept: it can be made again, or is spent."""

    sealed = Sealed("package")

    class Direction(models.TextChoices):
        OUT = "out"
        IN = "in"

    direction = models.CharField(max_length=3, choices=Direction)
    partner = models.CharField(max_length=30)  # the code of an inquiry, or "issuer"
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    reference = models.CharField(max_length=60)  # "X-tax-15-1401-0003", or the partner's own
    sequence = models.PositiveIntegerField()  # without gaps of ours, per partner, province and Jalali year
    answers_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answers")
    digest = models.CharField(max_length=64)  # SHA-256 of its table
    count = models.PositiveIntegerField()  # of its rows
    made_on = models.DateField()
    at = models.DateTimeField()  # made or taken in

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "reference"],
                condition=Q(direction="out"),
                name="one_outgoing_package_of_a_reference",
            ),
            models.UniqueConstraint(
                fields=["partner", "division", "sequence"],
                condition=Q(direction="in"),
                name="one_incoming_package_of_a_number",
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="package_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(direction="out", answers_to=None) | Q(direction="in", answers_to__isnull=False),
                name="answers_answer_something",
            ),
        ]
        indexes = [models.Index(fields=["division", "-id"], name="packages_of_a_place")]


class Item(models.Model):
    """A row of a package: what was asked about, or what became of an answer. Written by acts on its package."""

    sealed = Sealed("package-item", of="package")

    class Outcome(models.TextChoices):
        ASKED = "asked"
        PENDING = "pending"
        TAKEN = "taken"
        UNKNOWN = "unknown"
        DUPLICATE = "duplicate"
        ANSWERED = "answered"
        FUTURE = "future"
        TOO_EARLY = "too_early"
        ILL_FORMED = "ill_formed"
        MOVED_ON = "moved_on"
        NOT_YOURS = "not_yours"
        RULES = "rules"

        @property
        def text(self) -> Text:
            return OUTCOMES[self]

    package = models.ForeignKey(Package, models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()  # of the row in the table of answers; of ours, as they come
    reference = models.CharField(max_length=80)  # "X-tax-15-1401-0003/12"
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="exchanged")
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, null=True, blank=True, related_name="exchanged")
    revision = models.PositiveIntegerField(default=0)  # of the case, when it was asked about
    outcome = models.CharField(max_length=12, choices=Outcome)
    told = models.BinaryField(null=True, blank=True)  # an answer that waits, encrypted; nothing once it is carried out

    class Meta:
        ordering: ClassVar[list[str]] = ["package", "number"]
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="one_item_of_a_number"),
            models.CheckConstraint(
                condition=Q(outcome="pending", told__isnull=False) | ~Q(outcome="pending") & Q(told=None),
                name="only_what_waits_is_told",
            ),
        ]
        indexes = [models.Index(fields=["reference"], name="items_by_reference")]


OUTCOMES = {
    Item.Outcome.ASKED: Text("پرسیده شد", "Asked"),
    Item.Outcome.PENDING: Text("در انتظار ثبت", "Waiting to be entered"),
    Item.Outcome.TAKEN: Text("ثبت شد", "Entered"),
    Item.Outcome.UNKNOWN: Text("شناسهٔ ناشناخته", "Unknown reference"),
    Item.Outcome.DUPLICATE: Text("سطر تکراری در همین بسته", "The reference stands in the package twice"),
    Item.Outcome.ANSWERED: Text("پیش‌تر پاسخ داده شده", "Answered before"),
    Item.Outcome.FUTURE: Text("روز نامه در آینده است", "The day of the letter lies in the future"),
    Item.Outcome.TOO_EARLY: Text("روز نامه پیش از پرسش است", "The letter is older than the question"),
    Item.Outcome.ILL_FORMED: Text("سطر ناخوانا", "Unreadable row"),
    Item.Outcome.MOVED_ON: Text("پرونده دیگر در این مرحله نیست", "The case stands elsewhere by now"),
    Item.Outcome.NOT_YOURS: Text("ثبت آن با شما نیست", "It is not yours to enter"),
    Item.Outcome.RULES: Text("شرط گام برآورده نیست", "A rule of the step is not met"),
}
