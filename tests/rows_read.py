"""Of which subjects rules read the rows: what is sealed with a subject changes only under its lock."""

import re
from contextlib import contextmanager
from functools import cache, wraps

from django.apps import apps
from django.db import connection

from pishkhan.casework.procedures.procedure import Rule
from pishkhan.journal.sealing.declarations import formats

HOLDS = {  # the subjects that a lock of the declarations holds
    "call_of_the_case": {"licensing.call"},
    "places_of_the_call": {"licensing.places"},
    "office_and_licence": {"offices.office", "offices.licence"},
    "visits_of_the_case": {"inspections.visit"},
    "visits_about_the_address": {"inspections.visit"},
    "visits_to_the_office": {"inspections.visit"},
    "visit_reported": {"inspections.visit"},
    "what_follows_up": {"inspections.visit", "offices.undertaking"},
    "demand_note": {"payments.demandnote"},
    "proofs_of_service": {"notices.proof"},
}
THE_CASE = {"casework.case"}  # which every step holds
UNHELD = {
    # The law as it was adopted when the step was taken: what is adopted later changes no step.
    "regulation.number",
    "regulation.adoption",
    "regulation.instrument",
    "regulation.holiday",
    # What rules ask of somebody is stated once and never changed.
    "people.person",
    "people.organisation",
    # What a call asks is said when it opens, and never changed; it is withdrawn only while nobody has applied under it.
    "licensing.call",
    # A vote is opened, and a resolution adopted, by who holds the case; it counts for that revision of the case alone.
    "meetings.resolution",
    "meetings.agendaitem",
    "meetings.meeting",
    "meetings.body",
}
UNHELD_BY_RULE = {"holding_period_is_over": {"offices.undertaking"}}  # an undertaking that ends breaks no rule
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')


@contextmanager
def noted():
    """What each rule reads in the block, by name: the labels of the subjects whose rows they are."""
    read, asking, holds = {}, [], Rule.holds

    @wraps(holds)
    def heard(rule, *wanted):
        asking.append(rule.name)
        try:
            return holds(rule, *wanted)
        finally:
            asking.pop()

    def note(execute, sql, params, many, context):
        if asking:
            tables = TABLE.findall(sql)
            read.setdefault(asking[-1], set()).update(subject for table in tables if (subject := _subject_of(table)))
        return execute(sql, params, many, context)

    Rule.holds = heard
    try:
        with connection.execute_wrapper(note):
            yield read
    finally:
        Rule.holds = holds


def unheld(rule, read):
    """Of what a rule read, the subjects that a step does not hold, and that somebody could change meanwhile."""
    held = THE_CASE.union(*(HOLDS[lock.name] for lock in rule.counts))
    return read.get(rule.name, set()) - held - UNHELD - UNHELD_BY_RULE.get(rule.name, set())


@cache
def _subjects():
    """By table: the label of the model on whose row an act must be done for rows of it to change."""
    models = {model._meta.db_table: model._meta.label_lower for model in apps.get_models()}
    return {
        result.table: models[formats().root_of(result).table]
        for result in formats().by_label.values()
        if result not in formats().bound
    }


def _subject_of(table):
    return _subjects().get(table)
