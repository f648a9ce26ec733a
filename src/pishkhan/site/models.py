"""What this database is: a live province's, or the demo's, which stands at a day of its own."""

from django.db import models
from django.db.models import Q

from pishkhan.geography.models import Division
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed


class Deployment(Journalled):
    """The one row that says what this database is for."""

    sealed = Sealed("deployment")

    class Use(models.TextChoices):
        LIVE = "live"
        DEMO = "demo"

    use = models.CharField(max_length=4, choices=Use)
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")  # the province
    stands_on = models.DateField(null=True, blank=True)  # the day a demo stands at; a live database has none
    story = models.CharField(max_length=60, blank=True)  # the seed and the end of the demo's play
    backup_begun_at = models.DateTimeField(null=True, blank=True)  # the last that was begun by itself
    backed_up_at = models.DateTimeField(null=True, blank=True)  # the last that was made and verified
    backup_beside = models.BooleanField(default=False)  # whether it lies on the disk of the deployment
    rehearsed_at = models.DateTimeField(null=True, blank=True)  # the last restore that was rehearsed
    played = models.BooleanField(default=False)  # whether the play has come to its end
    key_fingerprint = models.CharField(max_length=64, blank=True, default="")  # of the master key it was opened under

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(use="demo") | Q(stands_on=None, story="", played=False),
                name="a_live_database_keeps_real_time",
            )
        ]
