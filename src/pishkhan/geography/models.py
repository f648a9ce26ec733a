"""Divisions of the country by SCI code, with their people and points."""

from django.db import models
from django.db.models import F, Q

from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text


class Gazetteer(Journalled):
    """The list of all divisions with their people and points: one for a database. It owns their rows in the journal."""

    sealed = Sealed("gazetteer")

    country = models.CharField(max_length=2, unique=True, default="IR")  # ISO 3166-1

    @property
    def division_id(self) -> str:
        """It lies in no province: who rules the country rules over it."""
        return ""


class Division(models.Model):
    """A province, county, district, rural district, city or settlement. Its code begins with that of what it lies in.

    Written by imports, in acts on the gazetteer.
    """

    sealed = Sealed("division", of="gazetteer")

    class Kind(models.TextChoices):
        PROVINCE = "province"
        COUNTY = "county"
        DISTRICT = "district"
        RURAL_DISTRICT = "rural_district"
        CITY = "city"
        SETTLEMENT = "settlement"

    class Quality(models.TextChoices):
        """How a point was found."""

        SURVEYED = "surveyed"
        GEOCODED = "geocoded"
        CENTROID = "centroid"
        SYNTHETIC = "synthetic"
        NONE = "none"

    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    name = models.CharField(max_length=100)  # as it was typed
    name_en = models.CharField(max_length=100, blank=True)
    search = models.CharField(max_length=300, blank=True)
    sort_key = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)  # always, if none
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it is no more
    lat = models.FloatField(null=True, blank=True)  # WGS84 degrees
    lon = models.FloatField(null=True, blank=True)
    quality = models.CharField(max_length=10, choices=Quality, default=Quality.NONE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{2,16}$"), name="a_division_has_an_sci_code"),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None, quality="none")
                | Q(lat__range=(-90, 90), lon__range=(-180, 180)) & ~Q(quality="none"),
                name="a_point_is_whole_and_has_a_quality",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="a_division_lasts_for_a_day_at_least",
            ),
        ]
        indexes = [models.Index(fields=["kind", "code"], name="divisions_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def text(self) -> Text:
        """What it is called; in English as in Persian, where no English name is known."""
        return Text(self.name, self.name_en or self.name)


class Population(models.Model):
    """How many people a division had in a census year, and how that is known. Written by imports."""

    sealed = Sealed("population", of="division")

    class Quality(models.TextChoices):
        CENSUS = "census"
        ESTIMATE = "estimate"
        DEFAULT = "default"
        SYNTHETIC = "synthetic"

    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="populations")
    year = models.PositiveSmallIntegerField()  # Jalali
    people = models.PositiveIntegerField()
    quality = models.CharField(max_length=10, choices=Quality)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["division", "year"], name="one_population_per_year")]


class Import(Journalled):
    """A file, or a set of rows, from which divisions were entered, wholly or not at all."""

    sealed = Sealed("geography-import")

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of what was read
    division_id = models.CharField(max_length=16)  # of what all rows lie in
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
