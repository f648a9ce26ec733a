"""What every process must see of who asked how often: counts, proofs that were used, forms that were posted.

None of it is an act, and none of it names anybody: who asked stands in it as a keyed digest. A row goes when its time
is over (`sweeping`) and for no other reason: nobody makes room in these tables by filling them.
"""

from django.db import models

ENDS = "when its time is over, in seconds of Unix time"


class Expiring(models.Model):
    """A row that counts until its time is over."""

    ends = models.BigIntegerField(db_index=True, help_text=ENDS)

    class Meta:
        abstract = True


class Count(Expiring):
    """How often something was done by one source within one window."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed digest of the rate and the source
    count = models.PositiveIntegerField()


class Kept(Expiring):
    """A value that was put down for a time: what the sign-in library keeps, and which proof was used for what."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed digest
    value = models.TextField()  # in JSON


class Posted(Expiring):
    """A form or request that was posted under a key of its own, and what it led to: written in the same transaction."""

    key = models.CharField(max_length=64, primary_key=True)  # keyed digest of the door, who posted, and their key
    content = models.CharField(max_length=64)  # keyed digest of what was stated
    led_to = models.CharField(max_length=80, blank=True)  # the identifier of what was made
