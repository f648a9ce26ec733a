"""Demand notes, and what was paid on them."""

from django.db import models
from django.db.models import F, Q

from pishkhan.geography.models import Division
from pishkhan.journal.acts import Capacity
from pishkhan.journal.models import Journalled
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role


class DemandNote(Journalled):
    """What somebody must pay, for what, and how it was reckoned."""

    number = models.CharField(max_length=30, unique=True)  # "D-15-1401-0007": no gaps, per province and Jalali year
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="demand_notes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="demand_notes")
    purpose = models.CharField(max_length=40)  # "royalty"
    about = models.CharField(max_length=80, db_index=True)  # "casework.case:42"
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    amount = models.PositiveBigIntegerField()  # rial
    reckoning = models.JSONField()  # the dated number it follows, and where that comes from
    issued_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(person=None) ^ Q(organisation=None), name="a_demand_note_has_one_payer"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="what_is_demanded_is_something"),
            models.CheckConstraint(condition=Q(due_on=None) | Q(due_on__gte=F("issued_on")),
                                   name="a_demand_is_due_after_it_is_issued"),
        ]

    @property
    def payer(self) -> Person | Organisation:
        payer = self.person or self.organisation
        assert payer is not None, "the database holds every demand note to one payer"  # noqa: S101
        return payer

    def standing(self, role: str, person: Person) -> Capacity | None:
        """What a person is to the note by nature: its payer, or somebody who acts for it."""
        if role != Role.APPLICANT:
            return None
        if self.person_id:
            return Capacity() if self.person_id == person.pk else None
        return person.speaks_for(self.organisation)


class Payment(models.Model):
    """What was paid on a demand note, by a bank's reference. Written by acts on its note."""

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
