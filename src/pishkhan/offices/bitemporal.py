"""Register facts with two times: when they hold, and from when until when they were believed."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from pishkhan.journal import clock
from pishkhan.journal.models import Entry

F_ = TypeVar("F_", bound="TwoTimes")


def end_of(day: date) -> datetime:
    """The instant at which a day of the law ends."""
    return datetime.combine(day + timedelta(days=1), time(), clock.TEHRAN)


class TwoTimesQuerySet(models.QuerySet[Any]):
    def on(self, day: date, *, known_on: date | None = None) -> Self:
        """The facts that held on a day, as known at the end of another (now, if none is named)."""
        return self.known(known_on).filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)

    def known(self, known_on: date | None = None) -> Self:
        """The facts as known at the end of a day: of past, present and future."""
        if known_on is None:
            return self.filter(superseded_at=None)
        moment = end_of(known_on)
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gte=moment), recorded_at__lt=moment)


class TwoTimes(models.Model):
    """A fact about a row of the register, from a day (included) to another (not included).

    Nothing is ever removed: what is overridden is superseded, and the parts of it that still hold are entered anew.
    """

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    entry = models.CharField(max_length=100)  # that recorded it, "licence:7#2"

    objects = TwoTimesQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="%(class)s_holds_for_a_day_at_least"
            )
        ]


def enter(fact: F_, of: models.QuerySet[F_], entry: Entry) -> F_:
    """Enter a fact among its like (`of`), which it overrides while it holds; within the act of the entry."""
    moment, (start, end) = entry.at, (fact.valid_from, fact.valid_to)
    overlapping = of.filter(Q(valid_to=None) | Q(valid_to__gt=start), superseded_at=None)
    if end is not None:
        overlapping = overlapping.filter(valid_from__lt=end)
    for old in list(overlapping):
        if old.valid_from < start:
            _again(old, entry, old.valid_from, start)
        if end is not None and (old.valid_to is None or old.valid_to > end):
            _again(old, entry, end, old.valid_to)
        type(old)._base_manager.filter(pk=old.pk).update(superseded_at=moment)
    fact.recorded_at, fact.entry = moment, entry.name
    fact.save(force_insert=True)
    return fact


def enter_until_next(fact: F_, of: models.QuerySet[F_], entry: Entry) -> F_:
    """Enter a fact that holds from a day on, up to where a later one of its like begins: what is so now stays so.

    A day that lies behind then corrects the past alone.
    """
    fact.valid_to = first_start_after(fact.valid_from, of)
    return enter(fact, of, entry)


def first_start_after(day: date, of: models.QuerySet[F_]) -> date | None:
    """The first day, after another, on which one of some facts begins, as known now."""
    starts = of.filter(superseded_at=None, valid_from__gt=day).order_by("valid_from")
    return starts.values_list("valid_from", flat=True).first()


def _again(old: TwoTimes, entry: Entry, start: date, end: date | None) -> None:
    """What still holds of a fact that is superseded in part, as known from now on."""
    values = {
        field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields if not field.primary_key
    }
    type(old)(**values | {"valid_from": start, "valid_to": end, "recorded_at": entry.at, "entry": entry.name}).save(
        force_insert=True
    )
