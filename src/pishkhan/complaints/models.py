"""Complaints: what somebody told about an office or a place without one, and where that stands.

Who complained, what they wrote and where it was lies with the entries, under a secret of the complaint that can be
destroyed; the row holds nothing by which somebody is known.
"""

from django.db import models
from django.db.models import F, Q
from uuid6 import uuid7

from pishkhan.casework.models import Case
from pishkhan.counter.models import Service
from pishkhan.files.models import StoredFile
from pishkhan.geography.models import Division
from pishkhan.inspections.models import Visit
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.parties import HasParty, one_party
from pishkhan.people.roles import Role

from .kinds import CODES, ComplaintKind, kind_of


class Complaint(HasParty, Journalled):
    """A complaint. Whoever made it follows it by its code; staff know it by its number."""

    sealed = Sealed("complaint")

    class Door(models.TextChoices):
        WEB = "web"
        API = "api"
        PHONE = "phone"
        PAPER = "paper"

        @property
        def text(self) -> Text:
            return DOORS[self]

    class State(models.TextChoices):
        RECEIVED = "received"
        JOINED = "joined"
        SENT = "sent"
        ANSWERED = "answered"
        VISITING = "visiting"
        CASE = "case"
        DISMISSED = "dismissed"
        CLOSED = "closed"

        @property
        def text(self) -> Text:
            return STATES[self]

    class Outcome(models.TextChoices):
        REMEDIED = "remedied"
        EXPLAINED = "explained"
        PURSUED = "pursued"
        UNFOUNDED = "unfounded"
        REFERRED = "referred"

        @property
        def text(self) -> Text:
            return OUTCOMES[self]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=24, unique=True)  # "CO-15-1401-0007", for staff and holder
    code = models.CharField(max_length=11, unique=True)  # for whoever complained
    door = models.CharField(max_length=10, choices=Door)
    reference = models.CharField(max_length=60, blank=True)  # of the letter or the call, as staff noted it
    kind = models.CharField(max_length=20, choices=[(each, each) for each in CODES])
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="complaints")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    charged = models.PositiveBigIntegerField(null=True, blank=True)  # rial
    happened_on = models.DateField()
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    since = models.DateField()  # in that state
    not_due_before = models.DateField(null=True, blank=True)  # no day before it can be late; none if nothing is due
    escalated_on = models.DateField(null=True, blank=True)  # to the director, since it is late in that state
    released = models.BooleanField(default=False)  # the moderated version, to who is asked to answer
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    joined_from = models.CharField(max_length=10, choices=State, blank=True)  # where it stood before
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settled = models.BooleanField(null=True, blank=True)  # as whoever complained says; none, if they did not say

    class Meta:
        db_table = "enforcement_complaint"  # as it was stored before complaints were an app of their own
        constraints = [
            models.CheckConstraint(
                condition=Q(state="joined", joined_to__isnull=False) & ~Q(joined_from="")
                | ~Q(state="joined") & Q(joined_to=None, joined_from=""),
                name="what_is_joined_knows_to_what",
            ),
            models.CheckConstraint(
                condition=Q(joined_to=None) | ~Q(joined_to=F("id")), name="no_complaint_is_joined_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(outcome="") | ~Q(state="closed") & Q(outcome=""),
                name="a_closed_complaint_has_its_outcome",
            ),
            one_party("one_holder_is_asked_to_answer", or_none=True),
        ]
        indexes = [
            models.Index(fields=["division", "state"], name="complaints_by_place"),
            models.Index(fields=["office", "kind", "happened_on"], name="complaints_about_an_office"),
            models.Index(fields=["not_due_before"], name="complaints_due", condition=Q(not_due_before__isnull=False)),
        ]

    @property
    def declared(self) -> ComplaintKind:
        return kind_of(self.kind)

    @property
    def whose(self) -> str:
        """The secret under which what was written in it is kept."""
        return self.subject

    @property
    def whose_contact(self) -> str:
        """The secret of how to reach whoever complained: it can be destroyed by itself."""
        return f"{self.subject}:contact"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def leading(self) -> "Complaint":
        """Where it stands is where the one stands that it is joined to."""
        return self.joined_to or self


class ComplaintPhoto(models.Model):
    """A photo that came with a complaint. Written by the act that took the complaint in, removed by erasing it."""

    sealed = Sealed("complaint-photo", of="complaint")

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        db_table = "enforcement_complaintphoto"


State = Complaint.State
OPEN = (State.RECEIVED, State.SENT, State.ANSWERED, State.VISITING, State.CASE)
ENDED = (State.DISMISSED, State.CLOSED)
DESK = (Role.EXPERT, Role.DIRECTOR)  # who sees complaints and decides what becomes of them
FOUNDED = (Complaint.Outcome.REMEDIED, Complaint.Outcome.PURSUED)  # the outcomes by which it was right
DOORS = {
    Complaint.Door.WEB: Text("وب", "web"),
    Complaint.Door.API: Text("برنامهٔ دیگر", "another program"),
    Complaint.Door.PHONE: Text("تلفن", "phone"),
    Complaint.Door.PAPER: Text("نامه", "paper"),
}
STATES = {
    State.RECEIVED: Text("رسیده", "Received"),
    State.JOINED: Text("پیوسته به شکایتی دیگر", "Joined to another"),
    State.SENT: Text("نزد دفتر برای پاسخ", "Before the office, for an answer"),
    State.ANSWERED: Text("دفتر پاسخ داده است", "Answered by the office"),
    State.VISITING: Text("در بازدید", "Being visited"),
    State.CASE: Text("پروندهٔ تخلف باز است", "A violation case is open"),
    State.DISMISSED: Text("رد شد", "Dismissed"),
    State.CLOSED: Text("بسته شد", "Closed"),
}
OUTCOMES = {
    Complaint.Outcome.REMEDIED: Text("دفتر آن را درست کرد", "the office set it right"),
    Complaint.Outcome.EXPLAINED: Text("با توضیح روشن شد", "it was explained"),
    Complaint.Outcome.PURSUED: Text("وارد بود و پیگیری شد", "it was founded, and was pursued"),
    Complaint.Outcome.UNFOUNDED: Text("وارد نبود", "it was not founded"),
    Complaint.Outcome.REFERRED: Text("به مرجع دیگری سپرده شد", "it was passed to another authority"),
}
