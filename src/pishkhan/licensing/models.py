"""Calls, which set how many offices a place may have, and the dossiers of cases."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.offices.models import Licence, Office, OfficeKind, Tenure
from pishkhan.payments.models import DemandNote
from pishkhan.people.models import Person


class Degree(models.IntegerChoices):
    """Education, ordered, so that rules can ask for at least so much."""

    NONE = 0
    DIPLOMA = 1
    BACHELOR = 2
    MASTER = 3


class Call(Journalled):
    """A call for requests, open from one day to another, with the conditions that calls differ in."""

    sealed = Sealed("call", version=2)

    code = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=20, choices=OfficeKind)
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField()
    manager_age = models.PositiveSmallIntegerField(default=0)  # least age in years
    manager_degree = models.PositiveSmallIntegerField(choices=Degree, default=Degree.NONE)
    withdrawn_on = models.DateField(null=True, blank=True)  # opened by mistake, and nobody had applied

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_call_closes_after_it_opens")
        ]

    def is_open(self, on: date) -> bool:
        return self.withdrawn_on is None and self.opens_on <= on <= self.closes_on


class Places(models.Model):
    """How many offices a call has room for in a division: the quota. Written by acts on its call."""

    sealed = Sealed("call-places", of="call")

    call = models.ForeignKey(Call, models.PROTECT, related_name="places")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "division"], name="one_quota_per_call_and_division")]


class Dossier(models.Model):
    """What every dossier has: its case, and by way of it whom the case names. Written by the steps of the case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="%(class)s")

    class Meta:
        abstract = True

    @cached_property
    def named(self) -> "dict[str, Nominee]":
        """By post, whom the case names. One query."""
        return {nominee.post: nominee for nominee in self.case.nominees.select_related("person")}


class StatedPlace(models.Model):
    """The premises that an applicant states, and what the technical committee thinks of them."""

    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    area = models.PositiveIntegerField(null=True, blank=True)  # square metres
    tenure = models.CharField(max_length=10, choices=Tenure, blank=True)
    lease_years = models.PositiveSmallIntegerField(null=True, blank=True)
    committee_is_favourable = models.BooleanField(null=True, blank=True)

    class Meta:
        abstract = True


class Licensing(models.Model):
    """What leads to a licence: a condition the working group may set, and the royalty."""

    condition_met_on = models.DateField(null=True, blank=True)
    royalty = models.ForeignKey(DemandNote, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class LicenceRequest(Dossier, StatedPlace, Licensing):
    """The dossier of a new licence: where, under which call, and the office it led to."""

    sealed = Sealed("new-licence-dossier", of="case")

    case = models.OneToOneField(Case, models.PROTECT, related_name="licence_request")
    places = models.ForeignKey(Places, models.PROTECT, related_name="requests")
    office = models.OneToOneField(Office, models.PROTECT, null=True, blank=True, related_name="+")


class AboutLicence(Dossier):
    """A dossier about a licence that is on the register."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    handed_in_on = models.DateField(null=True, blank=True)  # the document of old

    class Meta:
        abstract = True


class RenewalDossier(AboutLicence, Licensing):
    """A renewal: whether premises or people have changed since the licence was issued."""

    sealed = Sealed("renewal-dossier", of="case")

    changed = models.BooleanField(null=True, blank=True)
    committee_is_favourable = models.BooleanField(null=True, blank=True)


class TransferDossier(AboutLicence, Licensing):
    """A transfer to the other side of its case: what it undertook, and when each side signed."""

    sealed = Sealed("transfer-dossier", of="case")

    agreed_on = models.DateField(null=True, blank=True)  # by the other side
    beneficiary_is_declared = models.BooleanField(default=False)
    undertaken_on = models.DateField(null=True, blank=True)


class AddressChangeDossier(AboutLicence, StatedPlace, Licensing):
    """A change of address: the place the office is to move to, in which city or village."""

    sealed = Sealed("address-change-dossier", of="case")

    moves_to = models.ForeignKey(Division, models.PROTECT, to_field="code", null=True, blank=True, related_name="+")


class NameChangeDossier(AboutLicence):
    """A change of name: what the office is to be called."""

    sealed = Sealed("name-change-dossier", of="case")

    name = models.CharField(max_length=200, blank=True)


class ClosureDossier(AboutLicence):
    """A temporary closure: from one day to another, both included, and the day it was opened again before that."""

    sealed = Sealed("closure-dossier", of="case")

    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)


class SurrenderDossier(AboutLicence):
    """A surrender, from a day on."""

    sealed = Sealed("surrender-dossier", of="case")

    from_on = models.DateField(null=True, blank=True)


class CorrectionDossier(AboutLicence, StatedPlace):
    """A correction of what the register says of an office's premises, from a day on that may lie behind."""

    sealed = Sealed("correction-dossier", of="case")

    from_on = models.DateField(null=True, blank=True)


class ConversionDossier(AboutLicence, StatedPlace, Licensing):
    """An agent of old who asks to become a rural ICT office, and the office it led to."""

    sealed = Sealed("conversion-dossier", of="case")

    office = models.OneToOneField(Office, models.PROTECT, null=True, blank=True, related_name="+")


class RevivalDossier(AboutLicence, StatedPlace, Licensing):
    """A revival of an office whose licence ran out: the premises as they are now."""

    sealed = Sealed("revival-dossier", of="case")


class BoothDossier(AboutLicence):
    """A temporary booth elsewhere, from one day to another, both included."""

    sealed = Sealed("booth-dossier", of="case")

    place = models.ForeignKey(Division, models.PROTECT, to_field="code", null=True, blank=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)


class Nominee(models.Model):
    """Whom a case names for a post, and what they declare. Written by its steps."""

    sealed = Sealed("nominee", of="case", personal=("degree", "state_employee", "military_settled"))

    class Post(models.TextChoices):
        SIGNATORY = "signatory"
        MANAGER = "manager"
        DEPUTY = "deputy"

    case = models.ForeignKey(Case, models.PROTECT, related_name="nominees")
    post = models.CharField(max_length=10, choices=Post)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    degree = models.PositiveSmallIntegerField(choices=Degree)
    state_employee = models.BooleanField()
    military_settled = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "post"], name="one_nominee_per_post_of_a_case")]

    def is_aged(self, years: int, on: date) -> bool:
        """Whether the nominee has turned that many years old by a day; of an unknown age only if none is asked."""
        if years == 0:
            return True
        born = self.person.born_on
        return born is not None and on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= years
