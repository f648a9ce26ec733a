"""What holds of every procedure, read off its declaration."""

from contextlib import contextmanager

import pytest
from django.core.cache import caches
from django.db import transaction

import rows_read
from behind_the_back import faults_of_acts
from factories import company, person_as
from http_client import signed_in
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.diagram import diagram
from pishkhan.casework.procedures.doing import does
from pishkhan.casework.procedures.manual import pages
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.refusals import NotAtThisStage, RulesUnmet
from pishkhan.casework.selectors import citation_of, offers
from pishkhan.casework.services import advance, waive_second_pair
from pishkhan.casework.verify import replayed
from pishkhan.journal.acts import CLOCK, SYSTEM, Machine
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.language.text import LANGUAGES
from pishkhan.people.roles import BY_NATURE, Role
from pishkhan.people.services import assign
from procedure_driver import (
    BREAK,
    BREAK_BY_ANSWERS,
    BY_WAY_OF,
    MEET,
    OPEN,
    actor_for,
    answers_for,
    at,
    meet,
    ready,
    take,
    walk,
    way,
)

PROCEDURES = list(Procedure.register.values())
STEPS = [step for procedure in PROCEDURES for step in procedure.steps.values()]
each_procedure = pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda item: f"{item.code}-{item.edition}")
pytestmark = [pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]


def whole():
    return [*faults_of_acts(), *replayed()]


def test_every_procedure_can_be_opened():
    assert [OPEN[code] for code, _ in Procedure.register]
    assert set(OPEN) == {code for code, _ in Procedure.register}


@each_procedure
def test_every_stage_is_reached_and_every_open_stage_leads_to_an_end(procedure):
    ends = {stage for stage in procedure.stages.values() if not procedure.steps_from(stage)}
    reached, ending = {procedure.begins}, set(ends)
    for _ in procedure.stages:
        reached |= {step.target for stage in reached for step in procedure.steps_from(stage)}
        ending |= {source for step in procedure.steps.values() if step.target in ending for source in step.sources}
    assert reached == ending == set(procedure.stages.values())
    assert ends == {stage for stage in reached if stage.ends}


@each_procedure
def test_whose_turn_it_is_they_or_somebody_can_do_something_then(procedure):
    for stage in procedure.stages.values():
        assert bool(procedure.turn_at(stage)) == bool(procedure.steps_from(stage))
    for step in procedure.steps.values():
        assert step.by in Role.values
        if step.by == Role.CLOCK and step.target not in step.sources:
            assert all(source.within for source in step.sources), step.path


@each_procedure
def test_no_two_steps_from_a_stage_carry_out_one_outcome(procedure):
    for stage in procedure.stages.values():
        outcomes = [step.carries_out for step in procedure.steps_from(stage) if step.carries_out]
        assert len(outcomes) == len(set(outcomes))


@each_procedure
def test_its_diagram_and_its_manual_name_every_step_in_both_languages(procedure):
    for language in LANGUAGES:
        text = pages()[f"{procedure.code}-{procedure.edition}.{language}.md"]
        for step in procedure.steps.values():
            assert step.label.to(language) in diagram(procedure, language)
            assert step.label.to(language) in text
            assert all(rule.sentence.to(language) in text for rule in step.when)
            assert all(deed.text.to(language) in text for deed in does(step))


@pytest.mark.parametrize(
    ("procedure", "stage"),
    [(procedure, stage) for procedure in PROCEDURES for stage in procedure.stages.values()],
    ids=lambda text: text.code,
)
def test_each_step_from_a_stage_obeys_its_rules_keeps_to_its_role_and_leads_where_it_says(procedure, stage, subtests):
    case, others = at(procedure, stage.code), strangers()
    with subtests.test("no step leads on that is not of this stage"):
        leads_nowhere_else(case, stage)
    for step in procedure.steps_from(stage):
        with undone():
            here = ready(step, stage) if step.name in BY_WAY_OF else meet(again(case), step)
            for rule in step.when if stage == step.sources[0] else ():
                with subtests.test("it alone stops the step, traceless", step=step.name, rule=rule.name), undone():
                    stops_it(rule, again(here), step)
            with subtests.test("only the named role may take it", step=step.name), undone():
                is_kept_from_others(again(here), step, others)
            with subtests.test("it is taken, and the journal verifies", step=step.name):
                is_taken(again(here), step)


def again(case):
    """The case, read afresh."""
    return Case.objects.get(pk=case.pk)


@contextmanager
def undone():
    """Whatever is done in the block is taken back, so that the next begins with the same case."""
    caches["process"].clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def is_taken(case, step):
    with rows_read.noted() as read:
        take(case, step.name)
    assert case.stage == step.target.code
    for rule in step.when:
        assert rows_read.unheld(rule, read) == set(), f"{rule.name} reads what {step.path} does not hold"
    assert case.revision == Entry.objects.filter(subject=case.subject).count()
    assert whole() == []


def strangers():
    """Whoever may not take a step unless it names their role: somebody in each role, and the machines."""
    people = {role: person_as(role, organisation=company() if role == Role.REPRESENTATIVE else None) for role in Role}
    return people | {name: Machine(name) for name in ("clock", "system", "importer")}


def is_kept_from_others(case, step, others):
    entries, answers = Entry.objects.filter(act=step.path).count(), answers_for(case, step)
    for role, somebody in others.items():
        if role != step.by:
            with pytest.raises(NotPermitted):
                advance(case, step, by=somebody, answers=answers)
    if step.by not in BY_NATURE:
        with pytest.raises(NotPermitted):
            advance(case, step, by=person_as(step.by, place="1504"), answers=answers)
    assert Entry.objects.filter(act=step.path).count() == entries


def leads_nowhere_else(case, stage):
    actors = {}
    for step in case.procedure.steps.values():
        nobody = step.by == Role.OTHER_SIDE and case.other_side is None
        if stage not in step.sources and not nobody:
            with pytest.raises(NotAtThisStage):
                actor = actors[step.by] = actors.get(step.by) or actor_for(case, step)
                advance(case, step, by=actor, answers={})


def test_every_rule_can_be_met_and_broken():
    rules = {rule for step in STEPS for rule in step.when}
    assert all((BREAK_BY_ANSWERS if rule.on_answers else BREAK)[rule.name] for rule in rules)
    assert {rule.name for rule in rules if rule.on_answers} == set(BREAK_BY_ANSWERS)
    assert {rule.name for rule in rules if not rule.on_answers} == set(BREAK)
    assert set(MEET) <= set(BREAK)


def stops_it(rule, case, step):
    """Break a rule of a step that could be taken, and see that it and it alone refuses."""
    answers, actor = answers_for(case, step), actor_for(case, step)
    if rule.on_answers:
        answers |= BREAK_BY_ANSWERS[rule.name]()
    else:
        BREAK[rule.name](case)
    case = again(case)
    client = None if actor is CLOCK else signed_in(actor)
    entries = Entry.objects.count()

    if rule.article is None:  # it only warns: the step is taken, and its entry says so
        case = advance(case, step, by=actor, answers=answers)
        last = Entry.objects.get(subject=case.subject, number=case.revision)
        assert last.facts["warned"] == [rule.name]
        return
    if actor is CLOCK:  # it does not come in by HTTP
        with pytest.raises(RulesUnmet) as refusal:
            advance(case, step, by=CLOCK)
        assert [(row.name, where) for row, where in zip(refusal.value.rules, refusal.value.cited, strict=True)] == [
            (rule.name, citation_of(case, rule))
        ]
    else:
        response = client.post(
            f"/api/cases/{case.number}/steps/{step.name}", {"answers": answers}, content_type="application/json"
        )
        assert (response.status_code, [(row["name"], row["article"]) for row in response.json()["rules"]]) == (
            422,
            [(rule.name, citation_of(case, rule).fa)],
        )
        assert rule.sentence.fa.rstrip(".") in response.json()["refusal"]
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("step", [step for step in STEPS if step.apart_from], ids=lambda item: item.path)
def test_whoever_took_an_earlier_step_is_refused_told_so_beforehand_and_may_be_waived(step):
    for earlier in (step.owner.steps[name] for name in step.apart_from):
        somebody = person_as(earlier.by)
        if step.by != earlier.by:
            assign(somebody, step.by, place="15", from_on=today(), by=SYSTEM)
        case = ready(step.owner.steps[earlier.name])
        take(case, earlier.name, by=somebody)
        walk(case, way(step.owner, case.stage, step.sources[0].code))
        case = meet(case, step)
        answers = answers_for(case, step)

        unmet = {offer.step.name: [rule.rule.name for rule in offer.unmet] for offer in offers(case, somebody)}
        assert "second_pair_of_eyes" in unmet[step.name]
        with pytest.raises(NotPermitted, match="second pair of eyes"):
            advance(case, step, by=somebody, answers=answers)

        waive_second_pair(case, step, person=somebody, reason="تنها یک نفر است.", by=person_as(Role.DIRECTOR))
        advance(case, step, by=somebody, answers=answers)
        assert Entry.objects.get(subject=case.subject, number=case.revision).facts["waived"]
    assert whole() == []
