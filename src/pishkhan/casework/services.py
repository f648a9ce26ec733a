"""Moving cases. `advance` is the only code that changes the stage of a case."""

from typing import Any

from django import forms
from django.db import models

from pishkhan.geography.models import Division
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.language.codes import fresh_code
from pishkhan.language.jalali import jalali_year
from pishkhan.people.models import Person
from pishkhan.people.parties import Party, party_fields
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import errors_of

from .deadlines.deadlines import days_used, earliest_overdue
from .documents.outgoing_documents import send_documents
from .fields import kept
from .models import Case, Waiver
from .notify import send_notice
from .procedures.procedure import Procedure, Rule, Step
from .refusals import (
    InvalidAnswers,
    NoSuchProcedure,
    NotAtThisStage,
    RulesUnmet,
    SecondPairOfEyes,
    StaleCase,
    WaiverIsGone,
)
from .selectors import binds, citation_of, is_barred, numbers_of, waiver_for
from .waivers import give_waiver, use_up, withdraw_waiver


@retried
def open_case(
    code: str,
    dossier: models.Model,
    *,
    kind: str,
    division: Division,
    by: Actor,
    applicant: Party,
    about: str = "",
    role: str = Role.APPLICANT,
    because: Entry | None = None,
) -> Case:
    """Begin a case about a dossier: for oneself, for an organisation one acts for, or in a role, about somebody.

    It follows the edition in force until it is submitted.
    """
    on = today()
    try:
        procedure = Procedure.in_force(code, on)
    except LookupError:
        raise NoSuchProcedure(code, on) from None
    with one_transaction():
        year = jalali_year(on)
        number = next_number(f"case:{procedure.prefix}:{division.code[:2]}", year=year)
        case = Case(
            procedure_code=code,
            kind=kind,
            stage=procedure.begins.code,
            division=division,
            opened_on=on,
            number=f"{procedure.prefix}-{division.code[:2]}-{year}-{number:04}",
            tracking_code=fresh_code(),
            about=about,
            **party_fields(applicant),
        )
        with begin(by, f"{code}.open", case, role=role, because=because) as entry:
            dossier.case = case  # type: ignore[attr-defined]  # every dossier has its case
            dossier.save(force_insert=True)
            entry.facts = {"to": case.stage, "kind": kind, "number": case.number, "division": case.division_id}
            if about:
                entry.facts["about"] = about
    return case


@retried
def advance(
    case: Case, step: Step, *, by: Actor, answers: dict[str, Any] | None = None, seen: int | None = None
) -> Case:
    """Take one step, or raise a Refusal that says why not.

    `seen` is the revision the person was looking at when deciding.
    """
    with act(by, step.path, on=case, role=step.by) as entry:
        _ask_where_it_stands(case, step, seen)
        waived = _waived(case, step, by, entry)
        form = _filled_in(step, answers)
        cleaned_data = form.cleaned_data if form else {}
        _hold_what_counts(case, step)
        warned = _ask_the_rules(case, step, entry, cleaned_data)

        entry.facts = {
            "from": case.stage,
            "to": step.target.code,
            "edition": step.owner.edition,
            "rules": [rule.name for rule in step.when],
            "warned": [rule.name for rule in warned],
            "numbers": numbers_of(case, step.when),
            "stated": kept(entry, form, case.side_ref(step.by)) if form else {},
        }
        entry.facts["outcome"] = step.effect(case, entry, cleaned_data) if step.effect else {}
        if waived:
            entry.facts["waived"] = waived
        _move(case, step)
        send_documents(case, step, entry, cleaned_data)
        for notice in step.notices:
            send_notice(case, notice, because=entry)
    return case


def stood_at(case: Case, stage: str) -> Case:
    """A case that is not in the database yet, standing where entries that are written with it say: in simulations."""
    case.stage = stage
    return case


@retried
def waive_second_pair(case: Case, step: Step, *, person: Person, reason: str, by: Person) -> Waiver:
    """Let a person take a step though they took an earlier one: by the director, for this once, with a reason."""
    waiver = Waiver(case=case, division_id=case.division_id, step=step.path, person=person)
    about = {"case": case.subject, "step": step.path}
    return give_waiver(waiver, "casework.waive", about=about, reason=reason, whose=case.party_ref, by=by)


def withdraw_leave(case: Case, step: Step, *, person: int, by: Person) -> Waiver:
    """Take back leave to take a step without a second pair of eyes, of a person by key, that nobody has used."""
    waiver = Waiver.objects.filter(case=case, step=step.path, person=person, used="").first()
    if waiver is None:
        raise WaiverIsGone()
    return withdraw_waiver(waiver, "casework.withdraw-waiver", by=by)


def _ask_where_it_stands(case: Case, step: Step, seen: int | None) -> None:
    if seen is not None and seen != case.revision:
        raise StaleCase(case.revision, seen)
    if case.procedure is not step.procedure or case.where not in step.sources:
        raise NotAtThisStage(step, case.where.label)


def _waived(case: Case, step: Step, by: Actor, entry: Entry) -> str:
    """The waiver that is used up where somebody is barred from a step; empty where nobody is."""
    if not is_barred(by, case, step):
        return ""
    waiver = waiver_for(case, step, by)
    if waiver is None:
        raise SecondPairOfEyes(step)
    return use_up(waiver, "casework.use-waiver", role=step.by, because=entry)


def _hold_what_counts(case: Case, step: Step) -> None:
    """Lock the shared rows that the step's rules count and its effect changes; what comes to be meanwhile, too.

    In place: what hangs on the case is then what the database holds.
    """
    held: set[models.Model] = set()
    while rows := {row for counted in step.locks for row in counted(case)} - held:
        lock(*rows)
        held |= rows


def _ask_the_rules(case: Case, step: Step, entry: Entry, data: dict[str, Any]) -> list[Rule]:
    """The rules that are broken and only warn; RulesUnmet if any that binds is broken."""
    broken = step.broken(case, entry.at, data)
    if unmet := [rule for rule in broken if binds(case, rule)]:
        raise RulesUnmet(unmet, [citation_of(case, rule) for rule in unmet])
    return broken


def _filled_in(step: Step, answers: dict[str, Any] | None) -> forms.Form | None:
    if step.form is None:
        return None
    form: forms.Form = step.form(answers or {})
    if not form.is_valid():
        raise InvalidAnswers(errors_of(form))
    return form


def _move(case: Case, step: Step) -> None:
    """Let the case stand where the step leads, and say from when its term may be over."""
    if step.target == case.where:
        return
    goes_on = case.where.paused  # the term of the stage it comes back to stood still meanwhile
    if case.stage == step.owner.begins.code:
        case.edition, case.submitted_on = step.owner.edition, today()
    case.stage = step.target.code
    case.not_due_before = None
    if step.target.within:
        term = case.reckoned(step.target.within).value
        case.not_due_before = earliest_overdue(today(), term - (days_used(case, today()) if goes_on else 0))
