"""The outbox: what must be told to whom, written in the act that causes it and sent after it."""

from django.db import models
from django.db.models import Q
from uuid6 import uuid7

from pishkhan.people.models import Person


class Notice(models.Model):
    """One notice to one person. Attempts to deliver it are no acts."""

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
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=2, choices=[("fa", "fa"), ("en", "en")], default="fa")
    because = models.CharField(max_length=100)  # the entry that caused it
    queued_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=60, blank=True)  # the code of what went wrong last

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state="sent", sent_at__isnull=False)
                                              | ~Q(state="sent") & Q(sent_at=None), name="what_is_sent_has_its_moment")]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notices_due", condition=Q(state="pending")),
            models.Index(fields=["queued_at"], name="notices_that_failed", condition=Q(state="failed")),
        ]
