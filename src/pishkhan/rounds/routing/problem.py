"""A round as a problem: what is to be visited when, who drives from where, how far it is; and how a route runs.

Times are whole seconds, a day's counted from its midnight in Iran; lengths are whole metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from pishkhan.journal.sealing.canonical import canonical


@dataclass(frozen=True)
class Task:
    """A visit to make: where (a row of the matrix), how long, what it is worth, when, and by whom not."""

    key: int
    point: int
    seconds: int
    prize: int  # metres of driving
    windows: tuple[tuple[date, int, int], ...]  # day, from, to: it begins and ends within one of them
    barred: frozenset[int]  # inspectors

    def windows_on(self, day: date) -> list[tuple[int, int]]:
        return sorted((opens, closes) for when, opens, closes in self.windows if when == day)


@dataclass(frozen=True)
class Turn:
    """A day of an inspector: from when until when, starting and ending at a row of the matrix."""

    key: int
    inspector: int
    day: date
    begins: int
    ends: int
    point: int


@dataclass(frozen=True)
class Problem:
    """All of it. A minute away from the start is worth so many metres of driving."""

    tasks: tuple[Task, ...]
    turns: tuple[Turn, ...]
    metres: NDArray[np.int64]  # shape (n, n)
    seconds: NDArray[np.int64]
    minute_metres: int

    @property
    def digest(self) -> str:
        """SHA-256 of everything that a plan depends on."""
        told = [
            [
                each.key,
                each.point,
                each.seconds,
                each.prize,
                [list(window) for window in each.windows],
                sorted(each.barred),
            ]
            for each in self.tasks
        ]
        turns = [[each.key, each.inspector, each.day, each.begins, each.ends, each.point] for each in self.turns]
        rest = canonical([told, turns, self.minute_metres])
        return sha256(f"{rest}".encode() + self.metres.tobytes() + self.seconds.tobytes()).hexdigest()


@dataclass(frozen=True)
class Halt:
    """A task in a route, and when it begins and ends."""

    task: Task
    begins: int
    ends: int


@dataclass(frozen=True)
class Route:
    """A day's round: when it leaves, what it does, when it is back, and how far that is."""

    turn: Turn
    halts: tuple[Halt, ...]
    leaves: int
    back: int
    metres: int

    @property
    def away(self) -> int:
        return self.back - self.leaves


def metres_of(routes: dict[int, Route]) -> int:
    """How far all of them drive."""
    return sum(each.metres for each in routes.values())


def seconds_of(routes: dict[int, Route]) -> int:
    """How long all of them are away."""
    return sum(each.away for each in routes.values())


def timed(problem: Problem, turn: Turn, tasks: Sequence[Task]) -> Route | None:
    """A route through tasks in their order, each as early as it can be; None if a day or a window does not allow it.

    Whoever would wait at the first door leaves later instead.
    """
    at, now, metres, halts = turn.point, turn.begins, 0, []
    for task in tasks:
        now += int(problem.seconds[at, task.point])
        metres += int(problem.metres[at, task.point])
        begins = _earliest(task, turn, now)
        if begins is None:
            return None
        halts.append(Halt(task, begins, begins + task.seconds))
        at, now = task.point, begins + task.seconds
    back = now + int(problem.seconds[at, turn.point])
    if back > turn.ends:
        return None
    leaves = halts[0].begins - int(problem.seconds[turn.point, halts[0].task.point]) if halts else turn.begins
    return Route(turn, tuple(halts), leaves, back if halts else leaves, metres + int(problem.metres[at, turn.point]))


def _earliest(task: Task, turn: Turn, now: int) -> int | None:
    if turn.inspector in task.barred:
        return None
    for opens, closes in task.windows_on(turn.day):
        begins = max(now, opens)
        if begins + task.seconds <= closes:
            return begins
    return None
