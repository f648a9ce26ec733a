"""Violation cases: what was reported about an office, the sanction that was imposed, and objections to it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.inspections.models import Visit
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.meetings.models import Resolution
from pishkhan.offices.models import Licence, Office, Undertaking
from pishkhan.people.models import Person

__all__ = [
    "Attended",
    "InterimOrder",
    "Objection",
    "Sanction",
    "Source",
    "Stay",
    "ViolationDossier",
]


class Source(models.TextChoices):
    """How a violation came to be known."""

    VISIT = "visit"
    COMPLAINT = "complaint"
    UNDERTAKING = "undertaking"
    AGENCY = "agency"
    SYSTEM = "system"

    @property
    def text(self) -> Text:
        return SOURCES[self]


SOURCES = {
    Source.VISIT: Text("بازدید", "visit"),
    Source.COMPLAINT: Text("شکایت", "complaint"),
    Source.UNDERTAKING: Text("تعهد از موعد گذشته", "overdue undertaking"),
    Source.AGENCY: Text("دستگاه خدمت‌دهنده", "agency"),
    Source.SYSTEM: Text("سامانه", "the system"),
}


class Attended(models.TextChoices):
    """Who came to the hearing for the holder."""

    HOLDER = "holder"
    REPRESENTED = "represented"
    NOBODY = "nobody"

    @property
    def text(self) -> Text:
        return ATTENDED[self]


ATTENDED = {
    Attended.HOLDER: Text("دارنده آمد", "the holder came"),
    Attended.REPRESENTED: Text("نمایندهٔ دارنده آمد", "a representative came"),
    Attended.NOBODY: Text("کسی نیامد", "nobody came"),
}


class ViolationDossier(models.Model):
    """What a violation case is about: the office, what was seen, and the decision as it is drafted.

    Written by the steps of the case. What was written in words lies with the entries of the case.
    """

    sealed = Sealed("violation-dossier", of="case")

    case = models.OneToOneField(Case, models.PROTECT, related_name="violationdossier")
    office = models.ForeignKey(Office, models.PROTECT, related_name="violations")
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")  # in force when it was reported
    source = models.CharField(max_length=15, choices=Source)
    reporter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="+")
    undertaking = models.ForeignKey(Undertaking, models.PROTECT, null=True, blank=True, related_name="+")
    escalates = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    letter = models.CharField(max_length=60, blank=True)  # by which an agency told of it
    item = models.CharField(max_length=30, blank=True)  # of the checklist, that the visit found wanting
    violation = models.CharField(max_length=30, blank=True)  # by the catalogue of the day of the act
    committed_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    hearing_on = models.DateField(null=True, blank=True)
    attended = models.CharField(max_length=15, choices=Attended, blank=True)
    rung = models.CharField(max_length=20, blank=True)  # of the decision as it is drafted
    drafted = models.PositiveIntegerField(default=0)  # the entry of the case that drafted it; 0 while none did
    factors = models.JSONField(default=list, blank=True)  # that were weighed in it
    instrument = models.CharField(max_length=40, blank=True)  # that it cites
    article = models.CharField(max_length=40, blank=True)
    usual = models.CharField(max_length=20, blank=True)  # what similar cases had when it was drafted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "item"], name="a_fault_is_reported_once"),
            models.UniqueConstraint(fields=["undertaking"], name="an_undertaking_is_reported_once"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="a_violation_has_a_known_source"),
        ]
        indexes = [models.Index(fields=["violation", "office"], name="violations_of_a_sort")]


class Sanction(models.Model):
    """What the committee imposed, and what became of it. Written by the steps of its case."""

    sealed = Sealed("sanction", of="case")

    case = models.OneToOneField(Case, models.PROTECT, related_name="sanction")
    office = models.ForeignKey(Office, models.PROTECT, related_name="sanctions")
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="sanctions")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    kind = models.CharField(max_length=20)  # of office
    edition = models.CharField(max_length=20)  # of the catalogue
    violation = models.CharField(max_length=30)
    rung = models.CharField(max_length=20)
    imposed = models.CharField(max_length=20)  # the rung that the committee imposed, whatever an objection made of it
    earlier = models.PositiveSmallIntegerField()  # sanctions for the same within the window
    usual = models.CharField(max_length=20, blank=True)  # the rung of similar cases, if there were any
    factors = models.JSONField(default=list)
    days = models.PositiveIntegerField(null=True, blank=True)  # of a suspension
    resolution = models.OneToOneField(Resolution, models.PROTECT, related_name="sanction")
    committed_on = models.DateField()
    decided_on = models.DateField()
    final_on = models.DateField(null=True, blank=True)
    executed_on = models.DateField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)  # its last day, of a suspension
    annulled_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(executed_on=None) | Q(final_on__lte=F("executed_on")),
                name="nothing_is_executed_before_it_is_final",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(from_on__gte=F("executed_on")),
                name="nothing_is_in_force_before_it_is_executed",
            ),
        ]
        indexes = [
            models.Index(fields=["violation", "kind", "division"], name="sanctions_of_a_sort"),
            models.Index(fields=["decided_on", "division"], name="sanctions_by_day"),
            models.Index(fields=["final_on"], name="sanctions_by_finality"),
        ]

    @property
    def departs(self) -> bool:
        """Whether it is another than similar cases had."""
        return bool(self.usual) and self.imposed != self.usual


class InterimOrder(models.Model):
    """An urgent suspension by the director, for so many days and no longer. Written by the step that orders it."""

    sealed = Sealed("interim-order", of="case")

    case = models.OneToOneField(Case, models.PROTECT, related_name="interim")
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="+")
    ordered_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField()  # its last day
    most_days = models.PositiveIntegerField()  # that the law of that day allowed
    ended_on = models.DateField(null=True, blank=True)  # before that, because nothing was found

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="an_interim_order_lasts_for_a_day")
        ]

    def reaches(self, day: date) -> bool:
        """Whether it holds on a day, and may: no longer than was allowed."""
        last = min(self.until_on, self.from_on + timedelta(days=self.most_days - 1))
        return self.from_on <= day <= last


class Objection(models.Model):
    """An objection to a decision: before whom, whether it suspends, and what came of it. Written by steps."""

    sealed = Sealed("case-objection", of="case")

    class Body(models.TextChoices):
        DISPUTES = "disputes"
        ISSUER = "issuer"
        COURT = "court"

        @property
        def text(self) -> Text:
            return OBJECTION_BODIES[self]

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        CHANGED = "changed"
        ANNULLED = "annulled"

        @property
        def text(self) -> Text:
            return OBJECTION_OUTCOMES[self]

    case = models.ForeignKey(Case, models.PROTECT, related_name="objections")
    body = models.CharField(max_length=10, choices=Body)
    suspensive = models.BooleanField()  # nothing is executed while it is open
    lodged_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    letter = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(outcome=""), name="one_open_objection"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None, letter="")
                | ~Q(outcome="") & Q(answered_on__isnull=False) & ~Q(letter=""),
                name="an_objection_is_answered_wholly",
            ),
        ]


class Stay(models.Model):
    """A court's order that what was executed rests from a day on, until it lifts that or decides. Written by steps."""

    sealed = Sealed("stay", of="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="stays")
    ordered_on = models.DateField()  # by the court: what is in force rests as of that day
    letter = models.CharField(max_length=60)
    left = models.PositiveIntegerField(null=True, blank=True)  # days of a suspension that rest; none of a revocation
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on=None), name="one_stay_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("ordered_on")), name="a_stay_ends_after_it_was_ordered"
            ),
            models.CheckConstraint(condition=~Q(letter=""), name="a_stay_has_its_letter"),
        ]


class Ruling(models.Model):
    """What a court or another body ruled, as it was entered with its scan: nothing of it is carried out before another
    person has seen that. Written by steps."""

    sealed = Sealed("ruling", of="case")

    class Says(models.TextChoices):
        UPHELD = "upheld"
        CHANGED = "changed"
        ANNULLED = "annulled"
        STAYED = "stayed"
        LIFTED = "lifted"

        @property
        def text(self) -> Text:
            return RULINGS[self]

    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    number = models.PositiveIntegerField()  # of the entry that entered it: its reasons lie there
    says = models.CharField(max_length=10, choices=Says)
    letter = models.CharField(max_length=60)
    ruled_on = models.DateField()
    rung = models.CharField(max_length=20, blank=True)  # that remains, where it changes the decision
    closed_on = models.DateField(null=True, blank=True)  # carried out, or set aside

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_on=None), name="one_ruling_at_a_time"),
            models.CheckConstraint(condition=~Q(letter=""), name="a_ruling_has_its_letter"),
        ]


RULINGS = {
    Ruling.Says.UPHELD: Text("رأی تأیید شد", "the decision is upheld"),
    Ruling.Says.CHANGED: Text("رأی تغییر کرد", "the decision is changed"),
    Ruling.Says.ANNULLED: Text("رأی باطل شد", "the decision is annulled"),
    Ruling.Says.STAYED: Text("دستور موقت: اجرا متوقف شد", "a stay of the execution"),
    Ruling.Says.LIFTED: Text("دستور موقت رفع شد", "the stay is lifted"),
}
OBJECTION_BODIES = {
    Objection.Body.DISPUTES: Text("هیئت حل اختلاف", "the dispute body"),
    Objection.Body.ISSUER: Text("سازمان تنظیم مقررات و ارتباطات رادیویی", "the Communications Regulatory Authority"),
    Objection.Body.COURT: Text("دیوان عدالت اداری", "the Court of Administrative Justice"),
}
OBJECTION_OUTCOMES = {
    Objection.Outcome.UPHELD: Text("رأی تأیید شد", "upheld"),
    Objection.Outcome.CHANGED: Text("رأی تغییر کرد", "changed"),
    Objection.Outcome.ANNULLED: Text("رأی باطل شد", "annulled"),
}
