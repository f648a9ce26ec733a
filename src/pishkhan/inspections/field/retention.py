"""Where inspectors were is kept for a time, then forgotten: what was flagged by it stays."""

from datetime import timedelta

from django.db.models import Q

from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.evidence import PLACES, Fix, Photo, Submission
from pishkhan.inspections.models import Visit
from pishkhan.journal.acts import CLOCK, act
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import destroy
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Words
from pishkhan.people.roles import Role
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import number

KEPT_FOR = Key("field.places_days", "day", "مدت نگهداری جای بازرسان", "Days for which it is kept where inspectors were")
AT_ONCE = 500  # submissions of a run of the clock
NOWHERE: dict[str, None] = {"lat": None, "lon": None, "accuracy": None}


def forget_places(place: str) -> int:
    """Forget where the phones of a region were whose reports came long enough ago; return of how many reports."""
    until = now() - timedelta(days=number(KEPT_FOR, on=today(), place=place).value)
    known = Q(visit__fixes__lat__isnull=False) | Q(visit__photos__lat__isnull=False)
    old = (
        Submission.objects.filter(known, lying_in(place), outcome=Submission.Outcome.TAKEN, received_at__lt=until)
        .order_by("pk")
        .distinct()[:AT_ONCE]
    )
    refused = {
        each.subject: each
        for each in Submission.objects.filter(
            lying_in(place), outcome=Submission.Outcome.HANDED_IN, received_at__lt=until
        )
    }
    kept = set(Words.objects.filter(subject__in=refused, field=PLACES).values_list("subject", flat=True))
    return sum(map(forget, [*old, *(refused[subject] for subject in sorted(kept)[:AT_ONCE])]))


@retried
def forget(submission: Submission) -> int:
    """Forget where a phone was; done again it changes nothing."""
    with one_transaction():
        visit = submission.visit
        photos = Photo.objects.filter(visit=visit) if visit else ()
        lock(*filter(None, [visit]), *photos, submission)  # of two clocks the second finds nothing left
        if not _knows_places(submission):
            return 0
        if submission.outcome == Submission.Outcome.TAKEN and submission.visit:
            _forget_of_visit(submission.visit)
        with act(CLOCK, "visit.forget_places", on=submission, role=Role.CLOCK) as entry:
            entry.facts = {"forgotten": destroy(submission.places, entry)}
    return 1


def _forget_of_visit(visit: Visit) -> None:
    with act(CLOCK, "visit.forget_places", on=visit, role=Role.CLOCK) as entry:
        Fix.objects.filter(visit=visit).update(**NOWHERE)
    for photo in Photo.objects.filter(visit=visit, lat__isnull=False).order_by("pk"):
        with act(CLOCK, "photo.forget_place", on=photo, role=Role.CLOCK, because=entry):
            photo.lat = photo.lon = photo.accuracy = None


def _knows_places(submission: Submission) -> bool:
    """Whether anything of where a phone was is still kept of a report."""
    if submission.outcome == Submission.Outcome.TAKEN:
        return any(
            rows.filter(visit=submission.visit_id, lat__isnull=False).exists()
            for rows in (Fix.objects.all(), Photo.objects.all())
        )
    return Words.objects.filter(subject=submission.subject, field=PLACES).exists()
