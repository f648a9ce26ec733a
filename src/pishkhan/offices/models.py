"""The register of record: offices, their licences, and facts about them with two times."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.parties import HasParty, one_party

from .bitemporal import TwoTimes
from .status import Status


class OfficeKind(models.TextChoices):
    COUNTER = "counter"
    RURAL_ICT = "rural_ict"
    LEGACY_AGENT = "legacy_agent"

    @property
    def text(self) -> Text:
        return KIND_NAMES[self]


KIND_NAMES = {
    OfficeKind.COUNTER: Text("دفتر پیشخوان خدمات دولت", "counter office"),
    OfficeKind.RURAL_ICT: Text("دفتر ICT روستایی", "rural ICT office"),
    OfficeKind.LEGACY_AGENT: Text("کارگزار قدیمی بی‌پروانه", "legacy agent, unlicensed"),
}


class Tenure(models.TextChoices):
    DEED = "deed"
    LEASE = "lease"


class Office(Journalled):
    """A counter office, a rural ICT office, or an agent of old without a licence."""

    sealed = Sealed("office")

    kind = models.CharField(max_length=20, choices=OfficeKind)
    code = models.CharField(max_length=12, unique=True)  # "15-C-0031": public, gap-free by province and kind
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")

    class Meta:
        indexes = [models.Index(fields=["kind", "division"], name="offices_by_kind_and_place")]


class Licence(Journalled):
    """A licence as the provincial register knows it; who issued it, under which number, are facts of it."""

    sealed = Sealed("licence")

    class Origin(models.TextChoices):
        NEW = "new"
        IMPORT = "import"
        RENEWAL = "renewal"
        TRANSFER = "transfer"
        REISSUE = "reissue"  # of the same rights, after a change of address or name
        CONVERSION = "conversion"  # of an agent of old
        REVIVAL = "revival"  # of an office whose licence ran out

    office = models.ForeignKey(Office, models.PROTECT, related_name="licences")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    kind = models.CharField(max_length=20, choices=OfficeKind)
    number = models.CharField(max_length=20, unique=True)  # "15/1401/0012", gap-free in the register
    issuer = models.CharField(max_length=20)  # "cra"
    issuer_number = models.CharField(max_length=40)
    issued_on = models.DateField()
    recorded_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField()  # its last day
    origin = models.CharField(max_length=10, choices=Origin)
    origin_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="licences")
    predecessor = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="successor")
    reminded_on = models.DateField(null=True, blank=True)  # of its renewal, last

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="a_licence_holds_for_a_day"),
            models.CheckConstraint(
                condition=Q(origin="import", origin_case=None, predecessor=None)
                | ~Q(origin="import") & Q(origin_case__isnull=False),
                name="a_licence_has_its_case",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["renewal", "transfer", "reissue", "revival"], predecessor__isnull=False)
                | ~Q(origin__in=["renewal", "transfer", "reissue", "revival"]),
                name="a_successor_has_its_predecessor",
            ),
            models.UniqueConstraint(fields=["issuer", "issuer_number"], name="one_licence_per_issuers_number"),
        ]
        indexes = [
            models.Index(fields=["issued_on", "division"], name="licences_by_day"),
            models.Index(fields=["valid_until"], name="licences_by_last_day"),
        ]


class LicenceStatus(TwoTimes):
    """The status of a licence for a time."""

    sealed = Sealed("licence-status", of="licence")

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="statuses")
    office = models.ForeignKey(Office, models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=20, choices=Status)

    class Meta(TwoTimes.Meta):
        indexes = [
            models.Index(fields=["status", "valid_from"], name="statuses_by_day", condition=Q(superseded_at=None)),
            models.Index(fields=["licence", "valid_from"], name="statuses_of_a_licence"),
        ]


class Premises(TwoTimes):
    """Where an office is."""

    sealed = Sealed("premises", of="office")

    office = models.ForeignKey(Office, models.PROTECT, related_name="premises")
    address = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=10, blank=True)
    area = models.PositiveIntegerField(null=True, blank=True)  # square metres
    tenure = models.CharField(max_length=10, choices=Tenure, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    quality = models.CharField(max_length=10, choices=Division.Quality)

    class Meta(TwoTimes.Meta):
        indexes = [models.Index(fields=["lat", "lon"], name="premises_by_point", condition=Q(superseded_at=None))]


class Holding(HasParty, TwoTimes):
    """Who holds an office."""

    sealed = Sealed("holding", of="office")

    office = models.ForeignKey(Office, models.PROTECT, related_name="holdings")

    class Meta(TwoTimes.Meta):
        constraints = [
            *TwoTimes.Meta.constraints,
            one_party("an_office_has_one_holder"),
        ]


class Management(TwoTimes):
    """Who manages an office, and who stands in."""

    sealed = Sealed("management", of="office")

    office = models.ForeignKey(Office, models.PROTECT, related_name="managements")
    manager = models.ForeignKey(Person, models.PROTECT, related_name="managements")
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="deputyships")

    class Meta(TwoTimes.Meta):
        pass


class Name(TwoTimes):
    """What an office is called on its signboard, besides its code."""

    sealed = Sealed("office-name", of="office")

    office = models.ForeignKey(Office, models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)

    class Meta(TwoTimes.Meta):
        pass


class Booth(TwoTimes):
    """A booth that an office has elsewhere for a time, by decision."""

    sealed = Sealed("booth", of="office")

    office = models.ForeignKey(Office, models.PROTECT, related_name="booths")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    address = models.CharField(max_length=200)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    class Meta(TwoTimes.Meta):
        pass

    @property
    def last_day(self) -> date | None:
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class Undertaking(HasParty, Journalled):
    """What the holder of an office owes (تعهد): by a day, shown by a proof; or, to refrain, until a day."""

    sealed = Sealed("undertaking")

    class Kind(models.TextChoices):
        OPENING = "opening"
        INSURANCE = "insurance"
        GUARANTEE = "guarantee"
        REMEDY = "remedy"
        HOLDING_PERIOD = "holding_period"

        @property
        def text(self) -> Text:
            return UNDERTAKING_NAMES[self]

    class State(models.TextChoices):
        OPEN = "open"
        SHOWN = "shown"  # a proof lies with it and waits to be looked at
        KEPT = "kept"
        RELEASED = "released"

    office = models.ForeignKey(Office, models.PROTECT, related_name="undertakings")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    item = models.CharField(max_length=30, blank=True)  # of the checklist, that is to be remedied
    because = models.CharField(max_length=100)  # the entry by which it was given
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    proof = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_party("an_undertaking_has_one_giver"),
            models.CheckConstraint(
                condition=Q(state__in=["kept", "released"], settled_on__isnull=False)
                | Q(state__in=["open", "shown"], settled_on=None),
                name="what_is_settled_has_its_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "division"], name="undertakings_due", condition=Q(state__in=["open", "shown"])
            )
        ]


UNDERTAKING_NAMES = {
    Undertaking.Kind.OPENING: Text("گشایش دفتر تا روز مقرر", "to open the office by a day"),
    Undertaking.Kind.INSURANCE: Text("ارائهٔ بیمه‌نامهٔ کارکنان", "to show the insurance of the staff"),
    Undertaking.Kind.GUARANTEE: Text("سپردن ضمانت‌نامه", "to lodge the guarantee"),
    Undertaking.Kind.REMEDY: Text("رفع نقص دیده‌شده در بازدید", "to remedy what a visit found"),
    Undertaking.Kind.HOLDING_PERIOD: Text(
        "انتقال ندادن تا پایان دورهٔ نگهداری", "not to transfer before the holding period ends"
    ),
}
