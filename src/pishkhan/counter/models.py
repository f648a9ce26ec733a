"""What is served at the counters: services of agencies, what they cost from when, and which office offers which."""

from django.db import models
from django.db.models import F, Q

from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.offices.models import Office, OfficeKind


class Agency(Journalled):
    """A public body whose services are served at counters."""

    sealed = Sealed("agency")

    code = models.CharField(max_length=30, unique=True)
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")  # whose catalogue it is
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    @property
    def name(self) -> Text:
        return Text(self.name_fa, self.name_en)


class Service(Journalled):
    """A kind of service, as the catalogue has it."""

    sealed = Sealed("service")

    code = models.CharField(max_length=30, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="services")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OfficeKind, blank=True)  # of office that may offer it; any, if empty
    search = models.CharField(max_length=820)
    withdrawn_on = models.DateField(null=True, blank=True)  # the first day on which it is served no more

    @property
    def name(self) -> Text:
        return Text(self.name_fa, self.name_en)


class Tariff(models.Model):
    """What a service costs from one day to another. Written by acts on its service."""

    sealed = Sealed("tariff", of="service")

    service = models.ForeignKey(Service, models.PROTECT, related_name="tariffs")
    amount = models.PositiveBigIntegerField()  # rial, for the counter: what the agency itself takes comes on top
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it holds no more
    source = models.CharField(max_length=200)  # where it was read, or that it is a default

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "valid_from"], name="one_tariff_per_service_and_day"),
            models.UniqueConstraint(fields=["service"], condition=Q(valid_to=None), name="one_open_tariff"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="a_tariff_holds_for_a_day_at_least"
            ),
        ]


class RequiredPaper(models.Model):
    """What a client must bring for a service. Written by acts on the service."""

    sealed = Sealed("required-paper", of="service")

    service = models.ForeignKey(Service, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name_fa = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "position"], name="one_paper_per_position")]

    @property
    def name(self) -> Text:
        return Text(self.name_fa, self.name_en)


class Profile(Journalled):
    """What an office tells the public of itself: how to reach it, when it is open, what it offers."""

    sealed = Sealed("office-profile")

    office = models.OneToOneField(Office, models.PROTECT, related_name="profile")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    phone = models.CharField(max_length=20, blank=True)  # the office's own, public
    step_free = models.BooleanField(null=True, blank=True)  # for wheelchairs; unknown, if none

    class Meta:
        indexes = [models.Index(fields=["division"], name="profiles_by_place")]


class Hours(models.Model):
    """When an office is open on a day of the week. Written by acts on its profile."""

    sealed = Sealed("opening-hours", of="profile")

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Saturday
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "weekday", "opens"], name="one_opening_per_hour"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="closes_after_it_opens"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
        ]


class Offering(models.Model):
    """That an office offers a service. Written by acts on the office's profile."""

    sealed = Sealed("offering", of="profile")

    profile = models.ForeignKey(Profile, models.PROTECT, related_name="offerings")
    service = models.ForeignKey(Service, models.PROTECT, related_name="offerings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "service"], name="offered_once")]
