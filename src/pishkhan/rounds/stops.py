"""The stops of a plan, gathered: the visits that wait, and the offices that are chosen, each with all it needs."""

from collections.abc import Collection
from datetime import date
from typing import Any

from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.models import Visit
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import Terms

from . import inputs, numbers
from .choosing.history import History, history_of
from .choosing.risk import USED, highest, scores_of
from .choosing.selection import Chosen, SelectionInputs, choose
from .models import Plan, Stop


class Stops:
    """The stops of a plan, as they are gathered: the visits that wait, and the offices that are chosen."""

    def __init__(
        self, plan: Plan, frame: inputs.Where, days: list[date], hours: tuple[int, int], kinds: Collection[str]
    ) -> None:
        self.plan, self.frame, self.days, self.hours, self.kinds = plan, frame, days, hours, kinds
        self.on, self.place = plan.chosen_on, plan.division_id
        self.terms = Terms(
            [*USED, numbers.LEAST_MONTHS, numbers.LEAST_GAP, *inputs.LENGTHS.values(), numbers.MINUTES_MACHINE]
        )
        self.top = 2 * highest(self.terms, on=self.on, place=self.place) * plan.terms[numbers.POINT_METRES.code]

    def gathered(self) -> list[Stop]:
        waiting = inputs.waiting_visits(self.plan.division, self.kinds)
        points = inputs.points_of_visits(waiting, self.on)
        waiting = [each for each in waiting if each.pk in points]
        history, last = history_of(self.frame.offices, self.on), inputs.last_at_offices(self.frame.offices)
        going = {each.office_id: each for each in waiting if each.office_id and each.seen == checklist.Object.OFFICE}
        chosen = self._chosen(history, frozenset(key for key in going if key))
        offices = {each.office.pk: each.office for each in chosen} | {
            each.office.pk: each.office for each in waiting if each.office
        }
        windows = inputs.windows_of(offices.values(), self.days, *self.hours)
        barred = inputs.last_inspectors(waiting)
        of_lot = {each.office.pk for each in chosen if each.office.pk in going}  # drawn, and asked for already
        stops = [
            self._waits(each, points[each.pk], windows, barred, by_lot=each.office_id in of_lot) for each in waiting
        ]
        stops += [
            self._is_chosen(each, windows, _who_went(each, history, last))
            for each in chosen
            if each.office.pk not in of_lot
        ]
        for rank, stop in enumerate(sorted(stops, key=lambda stop: -stop.prize), start=1):
            stop.rank = rank
        return stops

    def _chosen(self, history: History, going: frozenset[int]) -> list[Chosen]:
        given = Visit.objects.filter(
            state=Visit.State.ASSIGNED, office__in=self.frame.offices, seen=checklist.Object.OFFICE
        )
        live = Stop.objects.filter(plan__state__in=[Plan.State.WAITING, Plan.State.ROUTED], office__isnull=False)
        planned = frozenset(key for key in live.values_list("office", flat=True) if key)
        scores = scores_of(self.frame.offices, self.on, history=history)
        self.given = frozenset(key for key in given.values_list("office", flat=True) if key)
        asked = SelectionInputs(self.frame.offices, self.on, scores, history, self.terms, self.given | going | planned)
        return choose(asked, seed=self.plan.seed, wanted=self.plan.wanted, percent=self.plan.share)

    def _waits(
        self,
        visit: Visit,
        point: inputs.Point,
        windows: dict[int, list[inputs.Window]],
        barred: dict[Any, set[int]],
        *,
        by_lot: bool,
    ) -> Stop:
        hours = windows[visit.office_id] if visit.office_id else [(day, *self.hours) for day in self.days]
        return Stop(
            office=visit.office,
            visit=visit,
            kind=visit.kind,
            why=Stop.Why.DRAWN if by_lot else Stop.Why.ASKED,
            minutes=self._term(inputs.length_of(visit.kind, visit.seen), visit.about),
            prize=self.top,
            windows=_listed(hours),
            barred=sorted(barred[visit.pk]),
            lat=point[0],
            lon=point[1],
        )

    def _is_chosen(self, chosen: Chosen, windows: dict[int, list[inputs.Window]], barred: set[int]) -> Stop:
        office, points = chosen.office, chosen.score.points
        lat, lon = self.frame.points[office.pk]
        worth = max(points, 1) * self.plan.terms[numbers.POINT_METRES.code]
        return Stop(
            office=office,
            why=chosen.why,
            kind=checklist.Kind.ROUTINE,
            score=points,
            lat=lat,
            lon=lon,
            parts=[each.as_list() for each in chosen.score.parts],
            minutes=self._term(numbers.MINUTES_ROUTINE, office),
            windows=_listed(windows[office.pk]),
            prize=worth if chosen.why == Stop.Why.RISK else self.top,
            barred=sorted(barred),
            unserved=Stop.Unserved.GIVEN if office.pk in self.given else "",
        )

    def _term(self, key: Key, where: Any) -> int:
        return self.terms.value(key, on=self.on, kind=where.kind, place=where.division_id)


def _who_went(chosen: Chosen, history: History, last: dict[int, int]) -> set[int]:
    """Who made the last visit to an office, or to the place it was licensed for: not to be sent again."""
    seen = history.last.get(chosen.office.pk)
    return {key for key in (seen.inspector if seen else None, last.get(chosen.office.pk)) if key}


def _listed(windows: list[inputs.Window]) -> list[list[Any]]:
    return [[day.isoformat(), opens, closes] for day, opens, closes in windows]
