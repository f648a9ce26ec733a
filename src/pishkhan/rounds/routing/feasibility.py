"""Whether routes keep to what they must, in plain loops that share nothing with the solver or the timing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .problem import Problem, Task, Turn


class Violation(StrEnum):
    """What a plan can break."""

    UNKNOWN = "unknown"  # a visit or a shift that the plan does not have
    TWICE = "twice"
    LOST = "lost"  # neither served nor told to be unserved, or both
    ORDER = "order"  # positions are not 1, 2, 3 …
    OPENING = "opening"  # outside the hours in which it is open
    LENGTH = "length"  # shorter than a visit takes
    TRAVEL = "travel"  # sooner there than the way allows
    EARLY = "early"  # out before the shift begins
    LATE = "late"  # back after it ends
    SAME_INSPECTOR = "same_inspector"
    DISTANCE = "distance"  # told otherwise than driven


@dataclass(frozen=True)
class PlannedStop:
    """A halt as a plan tells it."""

    task: int
    position: int
    begins: int
    ends: int


@dataclass(frozen=True)
class Driven:
    """A shift as a plan tells it."""

    turn: int
    halts: tuple[PlannedStop, ...]
    leaves: int
    back: int
    metres: int


@dataclass(frozen=True)
class Broken:
    """A constraint that does not hold: which, in which shift (0: none), at which visit (0: none)."""

    violation: Violation
    turn: int = 0
    task: int = 0


def check(problem: Problem, driven: Sequence[Driven], unserved: Mapping[int, str]) -> list[Broken]:
    """Everything that is broken in what a plan tells; empty if nothing is."""
    return [*_accounts(problem, driven, unserved), *(broken for each in driven for broken in _shift(problem, each))]


def _accounts(problem: Problem, driven: Sequence[Driven], unserved: Mapping[int, str]) -> Iterator[Broken]:
    """Each visit is served once, or told to be unserved with a reason; each shift is driven once."""
    turns = [each.turn for each in driven]
    for key in turns:
        if turns.count(key) > 1:
            yield Broken(Violation.TWICE, turn=key)
    times: dict[int, int] = {}
    for each in driven:
        for halt in each.halts:
            times[halt.task] = times.get(halt.task, 0) + 1
    for task in problem.tasks:
        served = times.pop(task.key, 0)
        if served > 1:
            yield Broken(Violation.TWICE, task=task.key)
        if (served > 0) == bool(unserved.get(task.key)):
            yield Broken(Violation.LOST, task=task.key)
    for key in times:
        yield Broken(Violation.UNKNOWN, task=key)


def _shift(problem: Problem, told: Driven) -> Iterator[Broken]:
    turn: Turn | None = None
    for each in problem.turns:
        if each.key == told.turn:
            turn = each
    if turn is None:
        yield Broken(Violation.UNKNOWN, turn=told.turn)
        return
    if told.leaves < turn.begins:
        yield Broken(Violation.EARLY, turn=turn.key)
    if told.back > turn.ends:
        yield Broken(Violation.LATE, turn=turn.key)
    at, free, metres = turn.point, told.leaves, 0
    for expected, halt in enumerate(told.halts, start=1):
        for task in problem.tasks:
            if task.key == halt.task:
                if halt.position != expected:
                    yield Broken(Violation.ORDER, turn.key, task.key)
                if halt.begins < free + problem.seconds[at, task.point]:
                    yield Broken(Violation.TRAVEL, turn.key, task.key)
                yield from _halt(turn, task, halt)
                metres += problem.metres[at, task.point]
                at, free = task.point, halt.ends
    if told.halts and told.back < free + problem.seconds[at, turn.point]:
        yield Broken(Violation.TRAVEL, turn.key)
    if told.metres != metres + (problem.metres[at, turn.point] if told.halts else 0):
        yield Broken(Violation.DISTANCE, turn.key)


def _halt(turn: Turn, task: Task, halt: PlannedStop) -> Iterator[Broken]:
    if halt.ends - halt.begins < task.seconds:
        yield Broken(Violation.LENGTH, turn.key, task.key)
    if turn.inspector in task.barred:
        yield Broken(Violation.SAME_INSPECTOR, turn.key, task.key)
    inside = False
    for day, opens, closes in task.windows:
        if day == turn.day and opens <= halt.begins and halt.ends <= closes:
            inside = True
    if not inside:
        yield Broken(Violation.OPENING, turn.key, task.key)
