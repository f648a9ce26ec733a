"""The law as dated data: instruments, numbers with their sources, adoptions by directors, and days off."""

from django.db import models
from django.db.models import F, Q

from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text


class Confidence(models.TextChoices):
    """How far a row can be relied on."""

    OFFICIAL = "official"  # read on an official page
    SECONDARY = "secondary"  # told by a secondary source
    DEFAULT = "default"  # no source was found: a default of ours


class Instrument(Journalled):
    """A law, by-law or resolution."""

    sealed = Sealed("instrument", version=2)

    code = models.CharField(max_length=40, unique=True)
    title_fa = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    issuer = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=60, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it holds no more
    confidence = models.CharField(max_length=10, choices=Confidence)
    place = models.CharField(max_length=16, blank=True)  # whose it is, as the beginning of an SCI code; of the country
    link = models.URLField(max_length=400, blank=True)  # where it can be read
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    @property
    def division_id(self) -> str:
        return self.place

    @property
    def title(self) -> Text:
        return Text(self.title_fa, self.title_en)


class Article(models.Model):
    """What an instrument says in one place. Written by acts on it."""

    sealed = Sealed("instrument-article", of="instrument")

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="articles")
    number = models.CharField(max_length=40)
    text = models.TextField(max_length=20_000)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["instrument", "number"], name="one_article_of_a_number")]


class Number(Journalled):
    """The value of a key, for a kind of office and a place, from one day to another, and where it comes from."""

    sealed = Sealed("legal-number")

    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, blank=True)  # any, if empty
    place = models.CharField(max_length=16, blank=True)  # the beginning of an SCI code; anywhere, if empty
    value = models.BigIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it holds no more
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, blank=True, related_name="numbers")
    article = models.CharField(max_length=40, blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence)
    source = models.CharField(max_length=300, blank=True)  # where it was read, or why there is a default

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "kind", "place", "valid_from"], name="one_number_per_scope_and_day"),
            models.CheckConstraint(
                condition=Q(confidence="default", instrument=None)
                | ~Q(confidence="default") & Q(instrument__isnull=False),
                name="a_default_has_no_instrument_and_all_else_has",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="a_number_holds_for_a_day_at_least"
            ),
        ]

    @property
    def division_id(self) -> str:
        return self.place


class Adoption(Journalled):
    """A director's numbered decision that a default shall bind in a province from a day on."""

    sealed = Sealed("adoption", version=2)

    number = models.ForeignKey(Number, models.PROTECT, related_name="adoptions")
    division_id = models.CharField(max_length=16)  # of the province
    decision = models.CharField(max_length=60)
    source = models.CharField(max_length=300, blank=True)  # what it rests on, where the law is contested
    adopted_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "division_id"], name="one_adoption_per_province")]


class Holiday(Journalled):
    """A day off besides the weekend, declared perhaps late: so nothing counted in working days is stored.

    The country's own are rules (holidays/rules.py): a row of the same name says on which day one falls, or that it
    does not.
    """

    sealed = Sealed("holiday", version=2)

    class Kind(models.TextChoices):
        SOLAR = "solar"
        LUNAR = "lunar"
        DECLARED = "declared"

    class Whom(models.TextChoices):
        ALL = "all"
        ADMINISTRATIONS = "administrations"  # whose days off the terms of the law are counted by
        SERVICE_CENTRES = "service_centres"  # the offices that serve people

    day = models.DateField()
    division_id = models.CharField(max_length=16, blank=True)  # where; everywhere, if empty
    name_fa = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=Kind)
    for_whom = models.CharField(max_length=20, choices=Whom, default=Whom.ALL)
    source = models.CharField(max_length=300, blank=True)  # who announced it, and where
    withdrawn = models.BooleanField(default=False)
    withdrawal = models.CharField(max_length=300, blank=True)  # who announced that it is not off

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "division_id", "name_en"], name="one_holiday_of_a_name")]
        indexes = [models.Index(fields=["day"], name="holidays_by_day")]
