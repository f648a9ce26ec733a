"""The demo's inspectors at the places of requests: sent out, and reporting what they found."""

from datetime import date
from random import Random

from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.selectors import items_of, last_inspector
from pishkhan.inspections.visits.services import assign_visit, submit_visit
from pishkhan.regulation.calendar import working_day_after

from .stage.setting import Scene

FAULTS = 0.06  # how often an item is not in order, where the visit as a whole passes
NOTE = "در بازدید دیده شد؛ تا بازدید بعد رفع شود."


def send_inspector(visit: Visit, scene: Scene, draw: Random, *, in_days: int) -> None:
    """Give a visit to one of the inspectors, not the one who was there last."""
    there_last = last_inspector(visit)
    inspector = draw.choice([each for each in scene.cast.inspectors if each.pk != there_last])
    planned_on = working_day_after(scene.watch.day, in_days, place=visit.division_id)
    scene.do(assign_visit, visit, inspector, planned_on=planned_on, by=scene.cast.second_expert)


def report(visit: Visit, scene: Scene, draw: Random, *, passes: bool) -> None:
    """Let the visit's inspector report, of today."""
    visit.refresh_from_db()
    inspector = next(each for each in scene.cast.inspectors if each.pk == visit.inspector_id)
    answers = answers_of(visit, scene.watch.day, draw, passes=passes)
    scene.do(submit_visit, visit, answers=answers, visited_on=scene.watch.day, by=inspector, notes=notes_on(answers))


def answers_of(visit: Visit, day: date, draw: Random, *, passes: bool) -> dict[str, str]:
    """What is found on a visit: now and then a minor fault, and a critical one if it is not to pass."""
    items = items_of(visit, day)
    minor = [item for item in items if item.severity == checklist.Severity.MINOR]
    wrong = {item.code for item in minor if draw.random() < FAULTS}
    if not passes:
        wrong.add(next(item.code for item in items if item.severity == checklist.Severity.CRITICAL))
    return {item.code: Finding.Answer.NOT_OK if item.code in wrong else Finding.Answer.OK for item in items}


def notes_on(answers: dict[str, str]) -> dict[str, str]:
    """A note on each fault."""
    return {item: NOTE for item, answer in answers.items() if answer == Finding.Answer.NOT_OK}
