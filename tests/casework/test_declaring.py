"""Declaring a procedure: what is wrong with it is an error when its module is imported, and says what."""

import inspect
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.core import checks

from pishkhan.casework.procedures.manual import pages
from pishkhan.casework.procedures.procedure import (
    DeclarationError,
    Letter,
    Procedure,
    Stage,
    Step,
    Steps,
    effect,
    lock_of,
    rule,
)
from pishkhan.language.text import Text
from pishkhan.licensing.effects import working_group_steps
from pishkhan.licensing.models import LicenceRequest
from pishkhan.licensing.procedures import application, issuing, request
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.models import Outcome
from pishkhan.notices.templates import NoticeKind
from pishkhan.offices.rows import LICENCE
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.roles import Role

pytestmark = pytest.mark.no_database

SAID = Text("گفته", "Said")
DRAFT, CHECK, LOST = Stage("draft", SAID), Stage("check", SAID), Stage("lost", SAID)
DONE = Stage("done", SAID, ends=True)
STRETCHES = [
    variable
    for module in (application, working_group_steps, issuing, request)
    for variable in vars(module).values()
    if inspect.isfunction(variable) and variable.__module__ == module.__name__
]


class Form(forms.Form):
    datum = Datum.STATED
    words = forms.CharField()


class OfNoKind(forms.Form):
    words = forms.CharField()


@rule("تصویب شد.", "It is resolved.", article=None, asks_body=True)
def resolved_so(case, at, data):
    return True


@rule("چنین است.", "It is so.", article=None, on_answers=True, beside=("words",))
def said_so(case, at, data):
    return True


@rule("چنین است.", "It is so.", article=None, beside=("number",))
def counted(case, at, data):
    return True


@effect("ثبت تغییر می‌کند.", "The register changes.", changes=(LICENCE,))
def changes_the_register(case, entry, data):
    return {}


NO_TEMPLATE = SimpleNamespace(code="no-such", title=SAID, template=Path("no-such.typ"))


def step(name, source=DRAFT, target=CHECK, by=Role.APPLICANT, **data):
    return Step(name, SAID, source, target, by=by, **data)


SUBMIT, ACCEPT = step("submit"), step("accept", CHECK, DONE, Role.EXPERT)


@pytest.fixture(autouse=True)
def register(monkeypatch):
    monkeypatch.setattr(Procedure, "register", dict(Procedure.register))
    return Procedure.register


def declared(*steps, way=(DRAFT, CHECK, DONE), bases=(Procedure,)):
    return type(
        "Some",
        bases,
        {
            "code": "some",
            "edition": "1400",
            "prefix": "SO",
            "valid_from": date(2021, 4, 11),
            "title": SAID,
            "dossier": LicenceRequest,
            "way": way,
            "steps": Steps(*steps),
        },
    )


def test_what_is_sound_is_put_on_the_register_with_its_steps_in_order(register):
    some = declared(SUBMIT, ACCEPT)

    assert register["some", "1400"] is some
    assert [*some.steps] == ["submit", "accept"] and some.begins is DRAFT
    assert [*some.stages] == ["draft", "check", "done"]


FAULTS = {
    "a name given twice": ([SUBMIT, ACCEPT, ACCEPT], "given twice: accept"),
    "a stage no case comes to": ([SUBMIT, ACCEPT, step("find", LOST, DONE)], "ever comes to 'lost'"),
    "a stage never left": ([SUBMIT, ACCEPT, step("lose", CHECK, LOST)], "from 'lost' to an end"),
    "a stage left only to itself": (
        [SUBMIT, step("lose", CHECK, LOST), ACCEPT, step("look", LOST, LOST)],
        "from 'lost' to an end",
    ),
    "an end that is left": ([SUBMIT, ACCEPT, step("reopen", DONE, CHECK)], "'done' is an end"),
    "two stages of a code": (
        [SUBMIT, ACCEPT, step("end", CHECK, replace(DONE, label=Text("پایان", "End")))],
        "Two stages are called 'done'",
    ),
    "steps out of order": ([ACCEPT, SUBMIT], "'submit' stands after 'accept'"),
    "a step that is kept apart from none": ([SUBMIT, replace(ACCEPT, apart_from=("submitt",))], "which is no step"),
    "a clock without a term": ([SUBMIT, ACCEPT, step("lapse", CHECK, DONE, Role.CLOCK)], "'check', which has no term"),
    "two steps of the clock": (
        [SUBMIT, ACCEPT, *(step(name, CHECK, CHECK, Role.CLOCK) for name in ("one", "two"))],
        "more than one step from 'check'",
    ),
    "an outcome carried out twice": (
        [SUBMIT, ACCEPT, *(step(name, CHECK, DONE, carries_out="approved") for name in ("approve", "allow"))],
        "carry out 'approved'",
    ),
    "a rule about answers without a form": ([replace(SUBMIT, when=(said_so,)), ACCEPT], "the step has no form"),
    "a field that no form has": ([replace(SUBMIT, form=Form, when=(said_so, counted)), ACCEPT], "field 'number'"),
    "a form that does not say who may read it": ([replace(SUBMIT, form=OfNoKind), ACCEPT], "which kind of datum"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_an_error_at_import_and_says_what(fault, register):
    steps, message = FAULTS[fault]

    with pytest.raises(DeclarationError, match=message):
        declared(*steps)
    assert ("some", "1400") not in register


@pytest.mark.parametrize(
    "named", [{"notice": "no.such"}, {"notice": ("no.such",)}, {"letter": "refusal"}, {"effect": lambda *data: {}}]
)
def test_a_step_names_only_what_is_declared(named):
    with pytest.raises(DeclarationError, match=f"'submit' names what is not declared: {next(iter(named))}"):
        step("submit", **named)


def no_rows(case):
    return []


@pytest.mark.parametrize(
    "named",
    [
        {"when": (rule("x", "x", article=None, counts=(no_rows,))(lambda *values: True),)},
        {"effect": effect("x", "x", locks=(no_rows,))(lambda *data: {})},
    ],
)
def test_what_a_rule_counts_and_an_effect_locks_is_declared_as_rows_to_lock(named):
    with pytest.raises(DeclarationError, match="'submit' names what is not declared: locks"):
        step("submit", **named)


def test_a_step_holds_once_what_its_rules_count_and_its_effect_changes():
    one, other = lock_of("a", "a")(no_rows), lock_of("b", "b")(no_rows)
    asks = rule("x", "x", article=None, counts=(one,))(lambda *values: True)

    held = step("submit", when=(asks, asks), effect=effect("x", "x", locks=(other, one))(lambda *data: {})).locks

    assert held == (one, other)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"effect": changes_the_register}, "nothing is locked"),
        ({"notice": NoticeKind("some.note", Text("{office}", "{office}"))}, "calls for office, which no case tells"),
    ],
)
def test_what_a_step_does_can_be_done(named, message):
    with pytest.raises(DeclarationError, match=message):
        declared(replace(SUBMIT, **named), ACCEPT)


@pytest.mark.parametrize(
    ("different", "faults"),
    [
        ({"dossier": Person}, ["casework.E002"]),
        ({"decided_by": "parliament"}, ["meetings.E001"]),
        ({"instead": [replace(ACCEPT, carries_out=Outcome.SANCTIONED, when=(resolved_so,))]}, ["meetings.E002"]),
        ({"instead": [replace(ACCEPT, carries_out=Outcome.APPROVED)]}, ["meetings.E003"]),
        ({"instead": [replace(ACCEPT, letter=Letter(NO_TEMPLATE, list))]}, ["casework.E003"]),
    ],
)
def test_start_up_checks_every_name(different, faults):
    assert checks.run_checks() == []
    some = declared(SUBMIT, ACCEPT)

    some.amend(edition="1402", valid_from=date(2023, 3, 21), **different)
    del Procedure.register["some", "1400"]

    assert [fault.id for fault in checks.run_checks()] == faults


def test_the_turn_is_of_whoever_acts_at_a_stage():
    turns = {code: NewLicence.turn_at(stage) for code, stage in NewLicence.stages.items()}

    assert turns["initial-visit"] == turns["final-visit"] == Role.EXPERT  # an inspector visits, and has no step
    assert turns["royalty"] == Role.APPLICANT  # who pays, though the accountant notes it
    assert (turns["draft"], turns["agenda"], turns["issued"]) == (Role.APPLICANT, Role.SECRETARY, None)


@pytest.mark.parametrize(
    ("way", "message"),
    [((DRAFT, DONE), "from 'draft' to 'done', as the way says"), ((DRAFT, CHECK), "come to an end at 'check'")],
)
def test_the_way_is_one_that_steps_lead(way, message):
    with pytest.raises(DeclarationError, match=message):
        declared(SUBMIT, ACCEPT, way=way)


def test_a_procedure_inherits_nothing_from_another():
    with pytest.raises(DeclarationError, match="no subclass of another"):
        declared(SUBMIT, ACCEPT, bases=(declared(SUBMIT, ACCEPT),))
    with pytest.raises(DeclarationError, match="no subclass of another"):
        declared(SUBMIT, ACCEPT, bases=(type("Mixin", (), {}), Procedure))


def test_an_edition_says_what_it_does_without_what_is_otherwise_and_what_is_new():
    some = declared(SUBMIT, ACCEPT, step("drop", CHECK, DONE))
    return_it = step("return", CHECK, DRAFT, Role.EXPERT)

    later = some.amend(
        edition="1402",
        valid_from=date(2023, 3, 21),
        without=["drop"],
        instead=[replace(SUBMIT, form=Form)],
        after={"submit": [return_it]},
        prefix="SX",
    )

    assert [*later.steps] == ["submit", "return", "accept"] and later.steps["submit"].form is Form
    assert (later.amends.of, later.amends.without, later.amends.instead, later.amends.added) == (
        some,
        ("drop",),
        ("submit",),
        ("return",),
    )
    assert (later.code, later.prefix, some.prefix) == ("some", "SX", "SO")
    assert [*some.steps] == ["submit", "accept", "drop"] and some.steps["submit"].form is None


@pytest.mark.parametrize(
    ("amended", "message"),
    [
        ({"without": ["submitt"]}, "no steps submitt"),
        ({"instead": [step("submitt")]}, "no steps submitt"),
        ({"after": {"submitt": [step("more")]}}, "no steps submitt"),
        ({"without": ["drop"], "after": {"drop": [step("more")]}}, "no steps drop"),
        ({"without": ["drop"], "instead": [step("drop")]}, "no steps drop"),
        ({"after": {"submit": [ACCEPT]}}, "given twice: accept"),
        ({"titel": SAID}, "nothing of titel"),
        ({"valid_from": date(2020, 1, 1)}, "does not come after"),
    ],
)
def test_an_amendment_of_what_is_not_there_is_an_error(amended, message):
    some = declared(SUBMIT, ACCEPT, step("drop", CHECK, DONE))

    with pytest.raises(DeclarationError, match=message):
        some.amend(**{"edition": "1402", "valid_from": date(2023, 3, 21)} | amended)


@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: stretch.__name__)
def test_a_stretch_takes_what_it_declares_and_nothing_instead_of_what_it_says(stretch):
    kinds = {parameter.kind for parameter in inspect.signature(stretch).parameters.values()}
    assert inspect.Parameter.VAR_KEYWORD not in kinds
    assert "replace(" not in inspect.getsource(stretch)


def test_the_manual_tells_what_an_edition_amends():
    some = declared(SUBMIT, ACCEPT, step("drop", CHECK, DONE))
    some.amend(edition="1402", valid_from=date(2023, 3, 21), without=["drop"], instead=[replace(SUBMIT, form=Form)])

    page = pages()["some-1402.en.md"]

    assert "## What differs from edition 1400" in page and "- Gone: «Said» (`drop`)" in page
    assert "- Changed: «Said» (`submit`)" in page
    assert "What differs" not in pages()["some-1400.en.md"]


@pytest.mark.parametrize("procedure", Procedure.register.values(), ids=lambda item: item.__name__)
def test_a_lawyer_reads_every_line_of_a_procedure(procedure):
    text = Path(inspect.getfile(procedure)).read_text()

    assert len(text.splitlines()) < 200
    assert "replace(" not in text and ".steps[" not in text  # nothing is taken from another


def test_a_step_that_is_shared_has_the_rules_that_each_procedure_asks():
    """It lost its rule where another mixin stood first."""
    needed = {
        procedure.code: {one.name for one in procedure.steps["send_again"].when}
        for procedure in Procedure.register.values()
        if "send_again" in procedure.steps
    }

    assert {code for code, rules in needed.items() if rules == {"royalty_is_paid"}} == {
        "new-licence",
        "conversion",
        "renewal",
        "transfer",
    }
    assert [*NewLicence.steps][-2:] == ["withdraw", "lapse"]
