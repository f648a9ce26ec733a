"""What is wrong with a procedure as it is declared: asked when its module is imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .procedure import Procedure, Stage, Step

CLOCK = "clock"
FACTS_OF_A_CASE = {"number", "tracking_code"}


def faults_of(procedure: type[Procedure]) -> Iterator[str]:
    """Sentences that say what is wrong; none, if all is well."""
    steps = [*procedure.steps.values()]
    yield from _stages(procedure, steps)
    yield from _way(procedure, steps)
    for step in steps:
        yield from _of_a_step(procedure, step)
        yield from _service(step)
        yield from _forms(step, steps)
        yield from _data(step)
        yield from _effects(step)
    for stage in procedure.stages.values():
        yield from _choices(stage, procedure.steps_from(stage))


def _stages(procedure: type[Procedure], steps: list[Step]) -> Iterator[str]:
    """Every stage is reached; every one that is no end is left, and leads to an end."""
    stages = [*procedure.stages.values()]
    codes = [stage.code for stage in _named(steps)]
    yield from (f"Two stages are called '{code}'." for code in sorted({*codes}) if codes.count(code) > 1)
    reached, ending = {procedure.begins}, {stage for stage in stages if stage.ends}
    for _ in stages:
        reached |= {step.target for step in steps if reached & {*step.sources}}
        ending |= {source for step in steps if step.target in ending for source in step.sources}
    for stage in stages:
        if stage not in reached:
            yield f"No case ever comes to '{stage.code}'."
        if stage.ends and procedure.steps_from(stage):
            yield f"'{stage.code}' is an end, and steps lead on from it."
        if stage not in ending:  # a stage that is never left among them
            yield f"No step leads a case from '{stage.code}' to an end."


def _way(procedure: type[Procedure], steps: list[Step]) -> Iterator[str]:
    """The way is one that steps lead, to an end; the steps stand in its order."""
    for here, there in pairwise(procedure.way):
        if not any(here in step.sources and step.target == there for step in steps):
            yield f"No step leads from '{here.code}' to '{there.code}', as the way says."
    if not procedure.way[-1].ends:
        yield f"The way does not come to an end at '{procedure.way[-1].code}'."
    # What can be done at several stages stands where it reads best.
    along = [step for step in steps if len(step.sources) == 1 and step.sources[0] in procedure.way]
    for first, second in pairwise(along):
        if procedure.way.index(second.sources[0]) < procedure.way.index(first.sources[0]):
            yield f"The step '{second.name}' stands after '{first.name}', and comes before it."


def _of_a_step(procedure: type[Procedure], step: Step) -> Iterator[str]:
    """Steps that are named are there; the clock takes a step only when a term is over."""
    for name in step.apart_from:
        if name not in procedure.steps:
            yield f"'{step.name}' is kept from whoever took '{name}', which is no step."
    if step.by == CLOCK and step.target not in step.sources:
        yield from (
            f"The clock takes '{step.name}' from '{source.code}', which has no term."
            for source in step.sources
            if source.within is None
        )


def _service(step: Step) -> Iterator[str]:
    """A term that runs from service has a notice that is to be served."""
    comes = step.target.from_service and step.target not in step.sources
    if comes and not any(notice.legal for notice in step.notices):
        yield f"The term of '{step.target.code}' runs from service, and '{step.name}' sends nothing that is served."


def _forms(step: Step, steps: list[Step]) -> Iterator[str]:
    """A rule about answers has a form to ask; the fields that rules stand beside are in some form."""
    fields = {name for other in steps for name in _fields(other)}
    for rule in step.when:
        if rule.on_answers and step.form is None:
            yield f"The rule '{rule.name}' of '{step.name}' is asked of answers, and the step has no form."
        there = _fields(step) if rule.on_answers else fields
        yield from (
            f"The rule '{rule.name}' of '{step.name}' stands beside the field '{name}', which no form has."
            for name in rule.beside
            if name not in there
        )


def _data(step: Step) -> Iterator[str]:
    """Each answer says which kind of datum it is, so that it is told who may read it."""
    if step.form and not hasattr(step.form, "datum"):
        yield f"The form of '{step.name}' does not say which kind of datum it asks (`datum`)."


def _effects(step: Step) -> Iterator[str]:
    """What changes the register holds a lock meanwhile; a notice calls for no more than a case can tell."""
    if step.effect and step.effect.changes and not step.effect.locks:
        yield f"The effect of '{step.name}' changes the register, and nothing is locked."
    for notice in (*step.notices, *(step.effect.may_send if step.effect else ())):
        if more := sorted(notice.places - FACTS_OF_A_CASE):
            yield f"The notice '{notice.code}' of '{step.name}' calls for {', '.join(more)}, which no case tells."


def _fields(step: Step) -> Iterable[str]:
    form: Any = step.form
    return form.base_fields if form else ()


def _choices(stage: Stage, steps: list[Step]) -> Iterator[str]:
    """From a stage one step at most carries an outcome out, and one is the clock's."""
    outcomes = [step.carries_out for step in steps if step.carries_out]
    yield from (
        f"Two steps from '{stage.code}' carry out '{outcome}'."
        for outcome in sorted({*outcomes})
        if outcomes.count(outcome) > 1
    )
    if len([step for step in steps if step.by == CLOCK]) > 1:
        yield f"The clock has more than one step from '{stage.code}'."


def _named(steps: list[Step]) -> set[Stage]:
    return {stage for step in steps for stage in (*step.sources, step.target)}
