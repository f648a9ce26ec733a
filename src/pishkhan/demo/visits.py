"""The demo's inspectors: sent out, reporting what they found, and their reports accepted."""

from collections.abc import Iterator
from random import Random

from pishkhan.inspections import checklist
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.selectors import items_of, last_inspector
from pishkhan.inspections.services import accept_visit, assign_visit, request_visit, submit_visit
from pishkhan.offices.models import Office
from pishkhan.regulation.calendar import working_day_after

from .scene import Scene
from .story import Round

FAULTS = 0.06  # how often an item is not in order, where the visit as a whole passes
NOTE = "در بازدید دیده شد؛ تا بازدید بعد رفع شود."
NOTICE = 2  # working days between sending an inspector out and the visit


def made_round(told: Round, office: Office, scene: Scene, seed: int) -> Iterator[int]:
    """A visit to an office: sent out, made, and its report accepted. Yields working days that pass."""
    draw = Random(f"{seed}:round:{told.number}")  # noqa: S311  of its own: no other visit changes it
    at_machine = told.purpose == Visit.Purpose.ATM_BOOTH
    visit = scene.do(request_visit, kind=Visit.Kind.ROUTINE, purpose=told.purpose, office=office,
                     seen=Visit.Object.ATM if at_machine else Visit.Object.OFFICE, by=scene.cast.second_expert)
    send_inspector(visit, scene, draw, in_days=NOTICE)
    yield NOTICE
    report(visit, scene, draw, passes=draw.random() < 0.9)
    yield 1
    scene.do(accept_visit, visit, by=scene.cast.second_expert)


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
    answers = _answers(visit, scene, draw, passes=passes)
    notes = {item: NOTE for item, answer in answers.items() if answer == Finding.Answer.NOT_OK}
    scene.do(submit_visit, visit, answers=answers, visited_on=scene.watch.day, by=inspector, notes=notes)


def _answers(visit: Visit, scene: Scene, draw: Random, *, passes: bool) -> dict[str, str]:
    items = items_of(visit, scene.watch.day)
    minor = [item for item in items if item.severity == checklist.Severity.MINOR]
    wrong = {item.code for item in minor if draw.random() < FAULTS}
    if not passes:
        wrong.add(next(item.code for item in items if item.severity == checklist.Severity.CRITICAL))
    return {item.code: Finding.Answer.NOT_OK if item.code in wrong else Finding.Answer.OK for item in items}
