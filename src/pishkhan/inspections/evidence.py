"""What a visit leaves as evidence: photos, signatures, where and when the inspector was, and what is odd about it."""

from django.db import models
from django.db.models import Q

from pishkhan.files.models import StoredFile
from pishkhan.geography.models import Division
from pishkhan.journal.acts import Capacity
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

PLACES = "places"  # the field in which the words of a report that was handed in tell where the phone was


class Placed(models.Model):
    """Where a phone said it was: WGS84 degrees, and how sure it was, in metres; nothing where it did not say."""

    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    accuracy = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False),
                name="%(class)s_has_both_or_none",
            )
        ]


class Submission(Journalled):
    """A report as a phone sent it, once for all: the same identifier gives the same answer however often it is sent.

    Its entry seals what was told; what persons wrote or drew lies with it as erasable words. Evidence of a visit is
    written by the act that begins it.
    """

    sealed = Sealed("visit-report")

    class Outcome(models.TextChoices):
        TAKEN = "taken"
        HANDED_IN = "handed_in"  # it was refused; the inspector left it with the house to be seen

    id = models.UUIDField(primary_key=True, editable=False)  # UUIDv7, made on the phone
    visit = models.ForeignKey("inspections.Visit", models.PROTECT, null=True, blank=True, related_name="submissions")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")  # who sent it
    device = models.UUIDField()  # made by the phone when it was made ready
    outcome = models.CharField(max_length=10, choices=Outcome)
    because = models.CharField(max_length=60, blank=True)  # the name of the refusal, of what was handed in
    digest = models.CharField(max_length=64)  # SHA-256 of what was told, in canonical form
    sent_at = models.DateTimeField()  # by the phone's clock
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="taken", visit__isnull=False, because="") | Q(outcome="handed_in") & ~Q(because=""),
                name="a_submission_says_what_became",
            ),
            models.UniqueConstraint(fields=["visit"], condition=Q(outcome="taken"), name="a_visit_is_taken_in_once"),
        ]
        indexes = [models.Index(fields=["outcome", "division", "-received_at"], name="submissions_by_outcome")]

    @property
    def places(self) -> str:
        """Under whose secret lies where the phone was: destroyed by itself when its time is over."""
        return f"{self.subject}/places"

    def standing(self, role: str, person: Person) -> Capacity | None:
        """Whoever sent it did so in their own right."""
        return Capacity() if role == Role.APPLICANT and person.pk == self.person_id else None


class Fix(Placed):
    """When and where the inspector came, or left, by the phone. Written by acts on the visit."""

    sealed = Sealed("position-fix", of="visit")

    class What(models.TextChoices):
        ARRIVED = "arrived"
        LEFT = "left"

    visit = models.ForeignKey("inspections.Visit", models.PROTECT, related_name="fixes")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()

    class Meta(Placed.Meta):
        constraints = [
            *Placed.Meta.constraints,
            models.UniqueConstraint(fields=["visit", "what"], name="one_fix_of_each_sort"),
        ]


class Photo(Placed, Journalled):
    """A photo that a report names by its digest; its content comes after, and is taken in only if it is that one."""

    sealed = Sealed("visit-photo")

    id = models.UUIDField(primary_key=True, editable=False)  # UUIDv7, made on the phone
    visit = models.ForeignKey("inspections.Visit", models.PROTECT, related_name="photos")
    item = models.CharField(max_length=30, blank=True)  # of the checklist; empty: of the whole
    digest = models.CharField(max_length=64)  # SHA-256 of its content
    size = models.PositiveIntegerField()  # bytes
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta(Placed.Meta):
        constraints = [
            *Placed.Meta.constraints,
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_photo_has_its_digest"),
        ]
        indexes = [models.Index(fields=["digest"], name="photos_by_digest")]

    @property
    def division_id(self) -> str:
        """Where the visit was."""
        return str(self.visit.division_id)


class Signature(models.Model):
    """Who signed a report, or would not. Name, strokes and reason are erasable words of its submission."""

    sealed = Sealed("visit-signature", of="visit")

    class Whose(models.TextChoices):
        INSPECTOR = "inspector"
        OFFICE = "office"  # whoever stood for it

    class How(models.TextChoices):
        DRAWN = "drawn"
        TYPED = "typed"  # the name typed and confirmed, by keyboard
        REFUSED = "refused"

    visit = models.ForeignKey("inspections.Visit", models.PROTECT, related_name="signatures")
    whose = models.CharField(max_length=10, choices=Whose)
    how = models.CharField(max_length=10, choices=How)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "whose"], name="each_signs_once"),
            models.CheckConstraint(condition=~Q(whose="inspector", how="refused"), name="an_inspector_signs"),
        ]


class Flag(models.Model):
    """Something odd about the evidence of a visit: measured, beside what is usual. It refuses nothing."""

    sealed = Sealed("plausibility-flag", of="visit")

    class What(models.TextChoices):
        FAR = "far"
        NO_POSITION = "no_position"
        INACCURATE = "inaccurate"
        CLOCK = "clock"
        SHORT = "short"
        TOO_FAST = "too_fast"
        LATE = "late"
        PHOTO_OUT_OF_TIME = "photo_out_of_time"
        PHOTO_FAR = "photo_far"
        PHOTO_TWICE = "photo_twice"

        @property
        def text(self) -> Text:
            return FLAGGED[self]

    visit = models.ForeignKey("inspections.Visit", models.PROTECT, related_name="flags")
    what = models.CharField(max_length=20, choices=What)
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, related_name="flags")
    measured = models.BigIntegerField(null=True, blank=True)  # in the unit of the number
    usual = models.BigIntegerField(null=True, blank=True)  # what the number said
    number = models.CharField(max_length=80, blank=True)  # "legal-number:12", whence the usual comes

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "what"], condition=Q(photo=None), name="each_flag_once"),
            models.UniqueConstraint(fields=["photo", "what"], name="each_flag_of_a_photo_once"),
        ]

    @property
    def told(self) -> Text:
        """What is odd, with how much, in words."""
        return Flag.What(self.what).text.filled(measured=self.measured, usual=self.usual)


FLAGGED = {
    Flag.What.FAR: Text(
        "{measured} متر دور از نقطهٔ ثبت‌شده (تا {usual} متر عادی است)",
        "{measured} {measured:metre|metres} from the registered point (up to {usual} is usual)",
    ),
    Flag.What.NO_POSITION: Text("بی موقعیت مکانی", "without a position"),
    Flag.What.INACCURATE: Text(
        "دقت موقعیت {measured} متر (تا {usual} متر عادی است)",
        "a position accurate to {measured} {measured:metre|metres} (up to {usual} is usual)",
    ),
    Flag.What.CLOCK: Text(
        "ساعت گوشی {measured} دقیقه با ساعت سامانه فرق داشت (تا {usual} دقیقه عادی است)",
        "the phone's clock was {measured} {measured:minute|minutes} off (up to {usual} is usual)",
    ),
    Flag.What.SHORT: Text(
        "بازدیدی {measured} دقیقه‌ای (کمتر از {usual} دقیقه غیرعادی است)",
        "a visit of {measured} {measured:minute|minutes} (less than {usual} is unusual)",
    ),
    Flag.What.TOO_FAST: Text(
        "از بازدید کناری با سرعت {measured} کیلومتر در ساعت (تا {usual} عادی است)",
        "{measured} km/h from or to the next visit (up to {usual} is usual)",
    ),
    Flag.What.LATE: Text(
        "{measured} روز پس از بازدید رسید (تا {usual} روز عادی است)",
        "came {measured} {measured:day|days} after the visit (up to {usual} is usual)",
    ),
    Flag.What.PHOTO_OUT_OF_TIME: Text(
        "عکسی {measured} دقیقه بیرون از زمان بازدید (تا {usual} دقیقه عادی است)",
        "a photo {measured} {measured:minute|minutes} outside the visit (up to {usual} is usual)",
    ),
    Flag.What.PHOTO_FAR: Text(
        "عکسی {measured} متر دور از نقطهٔ ثبت‌شده (تا {usual} متر عادی است)",
        "a photo {measured} {measured:metre|metres} from the registered point (up to {usual} is usual)",
    ),
    Flag.What.PHOTO_TWICE: Text("همین عکس در گزارش دیگری هم هست", "the same photo is in another report too"),
}
