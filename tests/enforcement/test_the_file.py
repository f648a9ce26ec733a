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
from pishkhan.meetings.dossiers import reader_of
from pishkhan.people.roles import Role
from procedure_driver import answers_for, applicant_of, at, paper, ready, take
from rules_of_requests import dossier_with
from rules_of_violations import new_report, rest_on_a_visit

pytestmark = pytest.mark.usefixtures("law", "papers")
WEIGHED = {"ladder", "begins", "earlier", "similar", "usual", "draft", "loss", "office"}


def file_of_case(case, person=None):
    case = Case.objects.get(pk=case.pk)
    return file_of(case, reader_of(case, person or person_as(Role.EXPERT)))


def test_the_ladder_is_for_who_decides_once_there_is_a_charge_and_never_for_the_parties():
    case = new_report()
    assert not WEIGHED & {*file_of_case(case)}
    take(case, "notify")
    holder = applicant_of(case)
    assert {*file_of_case(case)} >= WEIGHED
    assert not WEIGHED & {*file_of_case(case, holder)}
    assert file_of_case(case, holder)["at_work"] is False
    dropped = at(ViolationCase, "dropped")
    dossier_with(violation="staff")(dropped)
    assert not WEIGHED & {*file_of_case(dropped)}


def test_before_there_is_a_charge_nothing_is_said_of_article_sanction_or_attendance():
    case = new_report()
    result = file_of_case(case)
    empty = ("violation", "cites", "item", "sanction", "attended", "notice_on", "interim")
    assert [result[name] for name in empty] == [None] * len(empty)
    assert (result["files"], result["objections"], result["stays"], result["escalates"]) == ([], [], [], "")


def test_with_the_charge_come_its_article_and_the_item_of_the_visit_that_shows_it():
    case = new_report()
    rest_on_a_visit(case)
    take(case, "notify")
    result = file_of_case(case)
    assert "20" in result["cites"].en and result["violation"].code == "relocation"
    assert result["item"].en
    dossier_with(item="")(case)
    assert file_of_case(case)["item"] is None
    dossier_with(item="poetry")(case)
    assert file_of_case(case)["item"] is None


def test_the_ladder_says_what_is_called_for_usual_and_drafted_and_how_long_each_rung_lasts():
    before = Sanction.objects.get(case=at(ViolationCase, "decided"))
    Sanction.objects.update(imposed="second_suspension")
    case = ready(ViolationCase.steps["draft"])
    assert file_of_case(case)["draft"] is None
    answers = answers_for(case, ViolationCase.steps["draft"]) | {
        "rung": "warning",
        "factors": ["admitted"],
        "weighed": "همکاری کرد.",
        "departure": "سبک بود.",
    }
    take(case, "draft", answers=answers)
    result = file_of_case(case)
    marks = {name: [rung["code"] for rung in result["ladder"] if rung[name]] for name in ("called", "usual", "drafted")}
    assert marks == {"called": ["suspension"], "usual": ["second_suspension"], "drafted": ["warning"]}
    assert {rung["code"] for rung in result["ladder"] if rung["days"]} == {"suspension", "second_suspension"}
    assert result["usual"].en == "second suspension"
    assert [factor.en for factor in result["draft"]["factors"]] == ["admitted, and helped to clear it up"]
    assert [str(label.en) for label, _ in result["draft"]["words"]] == [
        "Evidence",
        "How the factors weigh",
        "Reasons",
        "Why it departs",
    ]
    assert [(item["row"], item["opens"]) for item in result["similar"]] == [(before, True)]
    assert result["earlier"] == []
    abroad = person_as(Role.EXPERT, place="1503")
    Case.objects.filter(pk=before.case_id).update(division="1504011001")
    assert [item["opens"] for item in file_of_case(case, abroad)["similar"]] == [False]


def test_nothing_usual_is_said_where_no_case_is_similar():
    case = ready(ViolationCase.steps["draft"])
    assert file_of_case(case)["usual"] is None


def test_a_sanction_says_whether_an_objection_changed_it_and_what_weighed():
    case = at(ViolationCase, "decided")
    Sanction.objects.filter(case=case).update(factors=["hidden"])
    Objection.objects.create(case=case, body="court", suspensive=True, lodged_on=today())
    result = file_of_case(case)
    assert (result["sanction"]["changed"], [factor.en for factor in result["sanction"]["factors"]]) == (
        False,
        ["it was hidden, or the inspector misled"],
    )
    assert [objection["outcome"] for objection in result["objections"]] == [None]
    Sanction.objects.filter(case=case).update(rung="warning")
    case.objections.update(outcome="changed", answered_on=today(), letter="1")
    result = file_of_case(case)
    assert (result["sanction"]["changed"], result["sanction"]["rung"].en) == (True, "first warning")
    assert result["objections"][0]["outcome"].en == "changed"


def test_the_files_are_what_the_holder_sent_and_nothing_that_was_replaced():
    case = at(ViolationCase, "explaining")
    take(case, "answer", answers={"reasons": "چنین نبود.", "file": paper(case)})
    assert [file["href"] for file in file_of_case(case)["files"]] == [f"/cases/{case.number}/papers/defence/"]
    row = case.documents.get()
    type(row).objects.filter(pk=row.pk).update(kind="deed")
    assert file_of_case(case)["files"] == []
    type(row).objects.filter(pk=row.pk).update(kind="objection", replaced=True)
    assert file_of_case(case)["files"] == []


def test_a_case_of_what_was_not_remedied_names_the_case_that_it_comes_from():
    case = ready(ViolationCase.steps["escalate"])
    take(case, "escalate")
    again = Case.objects.get(violationdossier__escalates__case=case)
    assert file_of_case(again)["escalates"] == case.number


def test_who_came_is_said_once_there_was_a_hearing():
    assert file_of_case(at(ViolationCase, "heard"))["attended"].en == "the holder came"


def test_what_is_declared_cannot_be_changed():
    modules = [
        importlib.import_module(package.name)
        for package in pkgutil.walk_packages(enforcement.__path__, f"{enforcement.__name__}.")
        if ".migrations" not in package.name
    ]
    declared = {
        variable
        for module in modules
        for variable in vars(module).values()
        if dataclasses.is_dataclass(variable) and isinstance(variable, type) and variable.__module__ == module.__name__
    }
    assert len(declared) >= 9 and all(item.__dataclass_params__.frozen for item in declared)
