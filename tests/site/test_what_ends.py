"""Whatever is begun is done, can be called off, or ends by the clock: docs/methods/what-ends.md against the code."""

import ast
import re
from pathlib import Path

import pytest

from pishkhan.casework.actions import actions
from pishkhan.casework.procedures.procedure import Procedure

pytestmark = pytest.mark.no_database
HOUSE = Path(__file__).parents[2] / "src" / "pishkhan"
PAGE = (Path(__file__).parents[2] / "docs/methods/what-ends.md").read_text()
COURSES, FACTS = PAGE.split("\n## Facts")
ROWS = [[cell.strip() for cell in row.split("|")[1:-1]] for row in COURSES.splitlines() if row.startswith("| `")]
OPENS_A_CASE = "{code}.open"
# Named after the state that they lead to, or the answer that is given.
BY_STATE = {"rounds.upheld", "rounds.dismissed", "appointment.confirm", "appointment.refuse"}
NAMED_BY_A_VARIABLE = {
    "casework/waivers.py": {"casework.waive", "visit.waive"},
    "casework/services.py": {OPENS_A_CASE},
    "regulation/holidays/services.py": {"regulation.declare-holiday", "regulation.confirm-holiday"},
}


def acts(cell):
    return re.findall(r"`([^`]+)`", cell)


def calls(name):
    """What stands after who acts in every call of a function: `begin(by, "meeting.convene", …)`."""
    for file in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and len(node.args) > 1:
                yield file.relative_to(HOUSE).as_posix(), node.args[1]


def begun():
    for file, name in calls("begin"):
        if isinstance(name, ast.Constant):
            yield name.value
        else:
            yield from NAMED_BY_A_VARIABLE[file]


def known():
    """Every act that the code names: of services, of tables of actions, and each step of each procedure."""
    named = {
        node.value
        for file in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    offered = {table.recorded(action) for table in actions._declared.values() for action in table.values()}
    steps = {f"{procedure.code}.{step}" for procedure in Procedure.register.values() for step in procedure.steps}
    return (
        named | offered | steps | {f"{{code}}.{step.partition('.')[2]}" for step in steps} | {OPENS_A_CASE, *BY_STATE}
    )


def test_whatever_is_begun_stands_on_the_page_once():
    listed = [acts(row[0])[0] for row in ROWS] + acts(FACTS)
    assert sorted(set(listed)) == sorted(listed)
    assert set(begun()) <= set(listed)


def test_what_is_said_to_begin_or_end_something_is_an_act_of_the_code():
    assert {act for row in ROWS for cell in row for act in acts(cell)} | set(acts(FACTS)) <= known() | set(begun())


def test_whatever_waits_is_called_off_or_ends_by_the_clock():
    endless = [acts(row[0])[0] for row in ROWS if row[2:] == ["—", "—", "—"] or (row[3], row[4]) == ("—", "—")]
    assert endless == []


def test_every_stage_of_every_procedure_is_left_by_somebody_and_no_applicant_alone_holds_it_up():
    for procedure in Procedure.register.values():
        for stage in procedure.stages.values():
            leaving = [step for step in procedure.steps_from(stage) if step.target != stage]
            assert leaving or stage.ends, (procedure.code, stage.code)
            by = {step.by for step in leaving}
            assert stage.ends or stage == procedure.begins or not by <= {"applicant", "other_side"}, stage.code
