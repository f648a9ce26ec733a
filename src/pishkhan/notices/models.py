"""The outbox: what must be told to whom, written in the act that causes it and sent after it; and proofs of service."""

from django.db import models
from django.db.models import Q
from uuid6 import uuid7

from pishkhan.files.models import StoredFile
from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import BOUND, Sealed
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.parties import HasParty, Party


class Notice(HasParty):
    """One notice to one person; by letter also to an organisation for which nobody acts. Delivering it is no act."""

    sealed = Sealed("notice", of=BOUND, renamed={"person": "recipient"})

    class Channel(models.TextChoices):
        SMS = "sms"
        EMAIL = "email"
        LETTER = "letter"

    class State(models.TextChoices):
        PENDING = "pending"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    template = models.CharField(max_length=60)  # the code of a declared sentence
    facts = models.JSONField(default=dict)  # that fill it: codes and numbers, nothing personal
    legal = models.BooleanField(default=False)  # a term runs from its service, so service is to be proved
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")  # whose officers serve it
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_column="recipient_id"
    )
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=2, choices=[("fa", "fa"), ("en", "en")], default="fa")
    because = models.CharField(max_length=100)  # the entry that caused it
    secret = models.BinaryField(null=True, blank=True)  # what only the recipient may read: encrypted, gone once sent
    queued_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=60, blank=True)  # the code of what went wrong last

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None),
                name="what_is_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation=None)
                | Q(person=None, organisation__isnull=False, channel="letter"),
                name="a_notice_has_one_recipient",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notices_due", condition=Q(state="pending")),
            models.Index(fields=["queued_at"], name="notices_that_failed", condition=Q(state="failed")),
            models.Index(fields=["division", "-id"], name="notices_to_be_served", condition=Q(legal=True)),
        ]

    @property
    def to(self) -> Party:
        """Whom it tells."""
        return self.party


class How(models.TextChoices):
    """By which hand a legal notice was brought."""

    HAND = "hand"
    POST = "post"
    ELECTRONIC = "electronic"
    PRESS = "press"

    @property
    def text(self) -> Text:
        return HOW[self]


class Outcome(models.TextChoices):
    """What came of bringing it: the first two serve it that day, the others after the deemed days."""

    RECEIVED = "received"
    REFUSED = "refused"
    POSTED = "posted"
    DEEMED = "deemed"

    @property
    def text(self) -> Text:
        return OUTCOMES[self]


HOW = {
    How.HAND: Text("تحویل حضوری", "By hand"),
    How.POST: Text("پست سفارشی", "By registered post"),
    How.ELECTRONIC: Text("سامانهٔ ابلاغ الکترونیک", "By an electronic system of service"),
    How.PRESS: Text("آگهی در روزنامه", "By notice in a newspaper"),
}
OUTCOMES = {
    Outcome.RECEIVED: Text("دریافت شد", "Received"),
    Outcome.REFUSED: Text("از دریافت خودداری شد", "Refused"),
    Outcome.POSTED: Text("الصاق شد", "Posted up"),
    Outcome.DEEMED: Text("ابلاغ قانونی", "Deemed served"),
}


class Proof(Journalled):
    """Proof of service of a legal notice, as an officer recorded it. One that was wrong is withdrawn, never changed."""

    sealed = Sealed("proof-of-service")

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="proofs")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    how = models.CharField(max_length=10, choices=How)
    outcome = models.CharField(max_length=10, choices=Outcome)
    on = models.DateField()  # it was brought, posted up, printed or put into the system
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=How.values, outcome__in=Outcome.values), name="a_proof_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(how="electronic") | Q(evidence__isnull=False), name="a_proof_has_evidence"
            ),
        ]
