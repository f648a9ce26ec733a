"""What people may see of cases, and what they may do with them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from pishkhan.geography.selectors import lying_in
from pishkhan.journal import clock
from pishkhan.journal.acts import Actor
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.parties import own_rows
from pishkhan.people.roles import BY_NATURE, Role
from pishkhan.people.selectors import in_places
from pishkhan.regulation.selectors import UNSOURCED, cited

from .models import Case, Inquiry, Waiver
from .procedures.procedure import SECOND_PAIR_OF_EYES, Procedure, Rule, Stage, Step


@dataclass(frozen=True)
class Unmet:
    """A rule that does not hold, where it comes from, and whether it refuses or only warns."""

    rule: Rule
    citation: Text
    binds: bool


@dataclass(frozen=True)
class Offer:
    """A step someone may take from where a case stands, and what still stands in the way or gives pause."""

    step: Step
    unmet: tuple[Unmet, ...]


def own_cases(person: Person) -> Q:
    """The cases of a person and of whom they act for, on whichever side, of which the parties are told."""
    return (on_side_of(person, Role.APPLICANT) | on_side_of(person, Role.OTHER_SIDE)) & ~kept_inward()


def kept_inward() -> Q:
    """The cases of which their parties are not told (yet)."""
    inward = Q(pk__in=())
    for procedure in Procedure.register.values():
        if stages := [stage.code for stage in procedure.stages.values() if stage.inward]:
            inward |= Q(procedure_code=procedure.code, edition__in=(procedure.edition, ""), stage__in=stages)
    return inward


def on_side_of(person: Person, role: str) -> Q:
    """The cases in which a person is the applicant or the other side, or acts for it."""
    return own_rows(person, side="other_" * (role == Role.OTHER_SIDE))


def kept_from(case: Case, person: Person) -> str:
    """The side of a case whose own words, people and inquiries are not for this person: the one across the table.

    Empty of a case with one side, and for who works in its place or stands on both sides.
    """
    if case.other_side is None or works_on(case, person):
        return ""
    held = person.capacities([Role.APPLICANT, Role.OTHER_SIDE], over=case)
    return "" if len(held) != 1 else Role.APPLICANT if Role.OTHER_SIDE in held else Role.OTHER_SIDE


def works_on(case: Case, person: Person) -> bool:
    """Whether a person works where a case lies, and does not only stand on a side of it."""
    return any(
        each.role not in (*BY_NATURE, Role.REPRESENTATIVE) and each.reaches(case) for each in person.assignments_today
    )


def entries_told(case: Case, person: Person) -> list[Entry]:
    """What was done about a case, in order: of it the parties are not told what is kept inward."""
    entries = Entry.objects.filter(subject=case.subject)
    inward = [step.path for step in case.procedure.steps.values() if step.inward]
    return list(entries if not inward or works_on(case, person) else entries.exclude(act__in=inward))


def inquiries_told(case: Case, person: Person) -> list[Inquiry]:
    """The inquiries of a case, but those about persons of the side across the table."""
    other = kept_from(case, person)
    side = {"person": Role.OTHER_SIDE, "seller": Role.APPLICANT}
    return [
        each for each in case.inquiries.all() if not other or side.get(case.procedure.inquiry(each.code).about) != other
    ]


def cases_seen_by(person: Person, *, in_order: bool = False) -> QuerySet[Case]:
    """Every case of the person and of whom they act for, and those of their region that were submitted.

    Where the newest are wanted `in_order`, the region is asked so that no index of places tempts the database to sort
    them all first.
    """
    drafts = Q(
        stage__in={
            each.begins.code for each in Procedure.register.values() if each.turn_at(each.begins) == Role.APPLICANT
        },
        submitted_on=None,
    )
    return Case.objects.filter(own_cases(person) | in_places(person, in_order=in_order) & ~drafts)


def is_barred(actor: Actor, case: Case, step: Step) -> bool:
    """Whether this actor took an earlier step that bars them from this one."""
    return (
        bool(step.barring)
        and Entry.objects.filter(subject=case.subject, actor=actor.ref, act__in=step.barring).exists()
    )


def waiver_for(case: Case, step: Step, actor: Actor) -> Waiver | None:
    """The director's unused leave for this actor to take this step all the same."""
    return Waiver.objects.filter(
        case=case, step=step.path, used="", person__in=[actor] if isinstance(actor, Person) else []
    ).first()


def binds(case: Case, rule: Rule) -> bool:
    """Whether a rule refuses: it has an article, and so has every number it relies on (or was adopted)."""
    return rule.article is not None and all(case.reckoned(key).binds for key in rule.relies_on)


def numbers_of(case: Case, rules: Iterable[Rule]) -> dict[str, Any]:
    """The dated numbers that rules relied on in this case, for its journal."""
    keys = {key.code: key for rule in rules if rule.concerns(case) for key in rule.relies_on}
    found = {code: case.reckoned(key) for code, key in keys.items()}
    return {code: {"value": each.value, "ref": each.ref} for code, each in found.items()}


def citation_of(case: Case, rule: Rule) -> Text:
    """Where a rule comes from: its article, and the source of the numbers it relies on."""
    if rule.article is None:
        return UNSOURCED
    sources = [cited(rule.article.instrument, rule.article.number)]
    sources += [case.reckoned(key).citation for key in rule.relies_on]
    once = list(dict.fromkeys(sources))  # a rule and its number often come from the same article
    return Text("؛ ".join(each.fa for each in once), "; ".join(each.en for each in once))


def unmet(case: Case, rules: Iterable[Rule]) -> tuple[Unmet, ...]:
    return tuple(Unmet(rule, citation_of(case, rule), binds(case, rule)) for rule in rules)


def offers(case: Case, person: Person) -> list[Offer]:
    """The steps open to a person from where a case stands, each with every unmet rule."""
    return [
        Offer(step, unmet(case, _in_the_way(case, step, person)))
        for step in case.procedure.steps_from(case.where)
        if person.holds(step.by, over=case)
    ]


def _in_the_way(case: Case, step: Step, person: Person) -> list[Rule]:
    barred = is_barred(person, case, step) and waiver_for(case, step, person) is None
    return [SECOND_PAIR_OF_EYES] * barred + step.broken(case, clock.now())


def stands_where(wanted: Callable[[type[Procedure], Stage], bool]) -> Q:
    """The cases at a stage of their procedure that is wanted. Asks no rule: for lists."""
    waiting = Q(pk__in=())
    for procedure in Procedure.register.values():
        stages = [stage.code for stage in procedure.stages.values() if wanted(procedure, stage)]
        waiting |= Q(procedure_code=procedure.code, edition__in=(procedure.edition, ""), stage__in=stages)
    return waiting


def under_way() -> QuerySet[Case]:
    """The cases that were submitted and have not come to an end."""
    return Case.objects.filter(stands_where(lambda procedure, stage: not stage.ends), submitted_on__isnull=False)


def open_about(subject: str) -> QuerySet[Case]:
    """The cases under way about a row of the register."""
    return under_way().filter(about=subject)


def turn_is(roles: Collection[str]) -> Q:
    """The cases whose turn it is of some roles."""
    return stands_where(lambda procedure, stage: procedure.turn_at(stage) in roles)


def keys_relied_on(place: str) -> set[str]:
    """The keys of the dated numbers that the procedures of the cases in a place rely on."""
    there = Case.objects.filter(lying_in(place)).values_list("procedure_code", flat=True).distinct()
    procedures = [each for each in Procedure.register.values() if each.code in set(there)]
    keys = [stage.within for each in procedures for stage in each.stages.values() if stage.within]
    keys += [inquiry.within for each in procedures for inquiry in each.inquiries]
    keys += [key for each in procedures for step in each.steps.values() for rule in step.when for key in rule.relies_on]
    return {key.code for key in keys}
