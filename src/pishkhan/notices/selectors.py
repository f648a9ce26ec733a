"""What waits in the outbox, and what will not leave it by itself."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from pishkhan.journal.clock import now

from .models import Notice

LATE = timedelta(hours=2)  # twice the longest wait between two attempts


def waiting() -> QuerySet[Notice]:
    """The notices that are still to be sent."""
    return Notice.objects.filter(state=Notice.State.PENDING)


def stuck() -> QuerySet[Notice]:
    """The notices somebody should look at: failed for good, or due so long that no worker seems to run."""
    late = Q(state=Notice.State.PENDING, next_attempt_at__lt=now() - LATE)
    return Notice.objects.filter(Q(state=Notice.State.FAILED) | late).order_by("queued_at")
