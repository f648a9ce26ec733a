"""What stands in the file of a violation case: for its parties what concerns them, for who decides what they weigh."""

import dataclasses
import importlib
import pkgutil

import pytest

from factories import person_as
from pishkhan import enforcement
from pishkhan.casework.models import Case
from pishkhan.enforcement.casefile import file_of
from pishkhan.enforcement.models import Objection, Sanction
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.journal.clock import today
from pishkhan.people.roles import Role
from procedure_driver import answers_for, applicant_of, at, paper, ready, take
from rules_of_requests import dossier_with
from rules_of_violations import new_report, rest_on_a_visit

pytestmark = pytest.mark.usefixtures("law", "papers")
WEIGHED = {"ladder", "begins", "earlier", "similar", "usual", "draft", "loss", "office"}


def told(case, person=None):
    return file_of(Case.objects.get(pk=case.pk), person or person_as(Role.EXPERT))


def test_the_ladder_is_for_who_decides_once_there_is_a_charge_and_never_for_the_parties():
    case = new_report()
    assert not WEIGHED & {*told(case)}
    take(case, "notify")
    holder = applicant_of(case)
    assert {*told(case)} >= WEIGHED
    assert not WEIGHED & {*told(case, holder)}
    assert told(case, holder)["at_work"] is False
    dropped = at(ViolationCase, "dropped")
    dossier_with(violation="staff")(dropped)
    assert not WEIGHED & {*told(dropped)}


def test_before_there_is_a_charge_nothing_is_said_of_article_sanction_or_attendance():
    case = new_report()
    found = told(case)
    empty = ("violation", "cites", "item", "sanction", "attended", "notice_on", "interim")
    assert [found[name] for name in empty] == [None] * len(empty)
    assert (found["files"], found["objections"], found["stays"], found["escalates"]) == ([], [], [], "")


def test_with_the_charge_come_its_article_and_the_item_of_the_visit_that_shows_it():
    case = new_report()
    rest_on_a_visit(case)
    take(case, "notify")
    found = told(case)
    assert "20" in found["cites"].en and found["violation"].code == "relocation"
    assert found["item"].en
    dossier_with(item="")(case)
    assert told(case)["item"] is None
    dossier_with(item="poetry")(case)
    assert told(case)["item"] is None


def test_the_ladder_says_what_is_called_for_usual_and_drafted_and_how_long_each_rung_lasts():
    before = Sanction.objects.get(case=at(ViolationCase, "decided"))
    Sanction.objects.update(imposed="second_suspension")
    case = ready(ViolationCase.steps["draft"])
    assert told(case)["draft"] is None
    answers = answers_for(case, ViolationCase.steps["draft"]) | {
        "rung": "warning",
        "factors": ["admitted"],
        "weighed": "همکاری کرد.",
        "departure": "سبک بود.",
    }
    take(case, "draft", answers=answers)
    found = told(case)
    marks = {name: [each["code"] for each in found["ladder"] if each[name]] for name in ("called", "usual", "drafted")}
    assert marks == {"called": ["suspension"], "usual": ["second_suspension"], "drafted": ["warning"]}
    assert {each["code"] for each in found["ladder"] if each["days"]} == {"suspension", "second_suspension"}
    assert found["usual"].en == "second suspension"
    assert [each.en for each in found["draft"]["factors"]] == ["admitted, and helped to clear it up"]
    assert [str(label.en) for label, _ in found["draft"]["words"]] == [
        "Evidence",
        "How the factors weigh",
        "Reasons",
        "Why it departs",
    ]
    assert [(each["row"], each["opens"]) for each in found["similar"]] == [(before, True)]
    assert found["earlier"] == []
    abroad = person_as(Role.EXPERT, place="1503")
    Case.objects.filter(pk=before.case_id).update(division="1504011001")
    assert [each["opens"] for each in told(case, abroad)["similar"]] == [False]


def test_nothing_usual_is_said_where_no_case_is_similar():
    case = ready(ViolationCase.steps["draft"])
    assert told(case)["usual"] is None


def test_a_sanction_says_whether_an_objection_changed_it_and_what_weighed():
    case = at(ViolationCase, "decided")
    Sanction.objects.filter(case=case).update(factors=["hidden"])
    Objection.objects.create(case=case, body="court", suspensive=True, lodged_on=today())
    found = told(case)
    assert (found["sanction"]["changed"], [each.en for each in found["sanction"]["factors"]]) == (
        False,
        ["it was hidden, or the inspector misled"],
    )
    assert [each["outcome"] for each in found["objections"]] == [None]
    Sanction.objects.filter(case=case).update(rung="warning")
    case.objections.update(outcome="changed", answered_on=today(), letter="1")
    found = told(case)
    assert (found["sanction"]["changed"], found["sanction"]["rung"].en) == (True, "first warning")
    assert found["objections"][0]["outcome"].en == "changed"


def test_the_files_are_what_the_holder_sent_and_nothing_that_was_replaced():
    case = at(ViolationCase, "explaining")
    take(case, "answer", answers={"reasons": "چنین نبود.", "file": paper(case)})
    assert [each["kind"] for each in told(case)["files"]] == ["defence"]
    row = case.documents.get()
    type(row).objects.filter(pk=row.pk).update(kind="deed")
    assert told(case)["files"] == []
    type(row).objects.filter(pk=row.pk).update(kind="objection", replaced=True)
    assert told(case)["files"] == []


def test_a_case_of_what_was_not_remedied_names_the_case_that_it_comes_from():
    case = ready(ViolationCase.steps["escalate"])
    take(case, "escalate")
    again = Case.objects.get(violationdossier__escalates__case=case)
    assert told(again)["escalates"] == case.number


def test_who_came_is_said_once_there_was_a_hearing():
    assert told(at(ViolationCase, "heard"))["attended"].en == "the holder came"


def test_what_is_declared_cannot_be_changed():
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(enforcement.__path__, f"{enforcement.__name__}.")
        if ".migrations" not in each.name
    ]
    declared = {
        each
        for module in modules
        for each in vars(module).values()
        if dataclasses.is_dataclass(each) and isinstance(each, type) and each.__module__ == module.__name__
    }
    assert len(declared) >= 9 and all(each.__dataclass_params__.frozen for each in declared)
