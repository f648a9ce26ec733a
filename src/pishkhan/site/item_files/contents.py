"""What members read of a case before they vote on it: of whom, where, whether the conditions are met, what was said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet

from pishkhan.casework.fields import Degrees, File
from pishkhan.casework.fields import Words as WordsField
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Rule
from pishkhan.casework.reading import datum_of_answer, datum_of_paper, facts_read, words_read
from pishkhan.casework.selectors import Unmet, unmet
from pishkhan.files.selectors import name_of
from pishkhan.geography.selectors import lying_in, place_name
from pishkhan.inspections.models import Photo, Visit
from pishkhan.inspections.visits.selectors import MADE
from pishkhan.journal.clock import now
from pishkhan.journal.models import Entry
from pishkhan.language.digits import persian
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.meetings.models import AgendaItem, Outcome, Resolution
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.web.form_fields import Day, Place
from pishkhan.people.web.request_context import language

MOST_LIKE = 10
WEIGHED = (Datum.DRAFT, Datum.REASONS, Datum.DEFENCE)  # what was thought, said and answered
YES, NO = Text("بله", "yes"), Text("خیر", "no")


@dataclass(frozen=True)
class Condition:
    """A condition of the law for what is asked for, whether it is met, where it comes from and whether it binds."""

    unmet: Unmet
    met: bool


@dataclass(frozen=True)
class Answer:
    """What was stated in one field of a step, in the language of who reads."""

    label: str
    text: str


@dataclass(frozen=True)
class Statement:
    """What was said when a step was taken: opinions, reasons, explanations."""

    step: Text
    role: str
    on: date
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Paper:
    """A paper of the case that is there; whether it is open to who reads."""

    kind: str
    label: Text
    name: str
    opens: bool


@dataclass(frozen=True)
class LikeCase:
    """What the same body resolved on a case of the same kind."""

    resolution: Resolution
    outcome: Text


class Contents:
    """The file of an item, for whoever reads some kinds of datum of its case (meetings.dossiers says which)."""

    def __init__(self, item: AgendaItem, readable: frozenset[Datum]) -> None:
        self.item, self.case, self.readable = item, item.case, readable
        self._entries = list(Entry.objects.filter(subject=self.case.subject))
        self._words = words_read(self.case, readable, self._entries)

    def conditions(self) -> list[Condition]:
        """The rules of submitting, as of that moment, and of what can be resolved, as of now."""
        case, procedure = self.case, self.case.procedure
        submitting = procedure.submitting()
        submitted = next((entry.at for entry in self._entries if entry.act == submitting.path), now())
        rules = [(rule, submitted) for rule in submitting.when]
        rules += [(rule, now()) for step in procedure.steps_from(case.where) if step.carries_out for rule in step.when]
        once: dict[str, tuple[Rule, Any]] = {}
        for rule, at in rules:
            if rule.concerns(case) and not rule.on_answers and not rule.asks_body:
                once.setdefault(rule.name, (rule, at))
        cited_rules = unmet(case, [rule for rule, _ in once.values()])
        return [
            Condition(cited, rule.holds(case, at, {}))
            for cited, (rule, at) in zip(cited_rules, once.values(), strict=True)
        ]

    def answers(self) -> list[Answer]:
        """What was stated about the matter; of each field what was stated last."""
        latest: dict[tuple[str, str], Answer] = {}
        for entry in self._entries:
            if not _stands_elsewhere(self.case, entry):
                for name, answer in self._answers(entry, (Datum.STATED,)):
                    latest[entry.act, name] = answer
        return list(latest.values())

    def statements(self) -> list[Statement]:
        """What was said for and against, in order."""
        steps = self.case.procedure.steps
        return [
            Statement(steps[name].label, entry.role, entry.happened_on, answers)
            for entry in self._entries
            if (name := entry.act.rpartition(".")[2]) in steps
            and (answers := tuple(answer for _, answer in self._answers(entry, WEIGHED)))
        ]

    def papers(self) -> list[Paper]:
        """The papers of the case that its procedure asks for, each with whether it is open to who reads."""
        labels = {document.code: document.label for document in self.case.procedure.documents}
        rows = self.case.documents.filter(replaced=False, kind__in=labels).select_related("file").order_by("pk")
        return [
            Paper(row.kind, labels[row.kind], name_of(row.file), datum_of_paper(self.case, row.kind) in self.readable)
            for row in rows
        ]

    def visits(self) -> QuerySet[Visit]:
        """The visits that were made for the case, or from which it came."""
        of_the_case = Q(case=self.case, superseded=False)
        if origin := getattr(self.case.dossier, "visit_id", None):
            of_the_case |= Q(pk=origin)
        return Visit.objects.filter(of_the_case, state__in=MADE).order_by("visited_on", "pk")

    def photos(self) -> QuerySet[Photo]:
        """The photos of those visits, for who reads photos."""
        photos = Photo.objects.filter(visit__in=self.visits()).exclude(file=None)
        return photos.order_by("taken_at", "pk") if Datum.PHOTOS in self.readable else photos.none()

    def inquiries(self) -> tuple[int, int]:
        """How many inquiries were asked and how many were answered: never of whom, and never what."""
        rows = [inquiry for inquiry in self.case.inquiries.all() if not inquiry.void]
        return len(rows), sum(inquiry.answered_on is not None for inquiry in rows)

    def like_cases(self) -> list[LikeCase]:
        """What the body resolved last on cases of the same kind, those of the same county first."""
        body, case = self.item.meeting.body, self.case
        rows = Resolution.objects.filter(
            item__meeting__body=body, case__procedure_code=case.procedure_code, case__kind=case.kind
        ).exclude(case=case)
        there = rows.filter(lying_in(case.division_id[:4]))
        rows, there = (some.select_related("case__division").order_by("-decided_on", "-pk") for some in (rows, there))
        near = list(there[:MOST_LIKE])
        others = rows.exclude(pk__in=[row.pk for row in near])[: MOST_LIKE - len(near)]
        return [LikeCase(row, Outcome(row.outcome).text) for row in (*near, *others)]

    def _answers(self, entry: Entry, kinds: tuple[Datum, ...]) -> Iterator[tuple[str, Answer]]:
        """What was stated when a step was taken, of some kinds and readable, in the words of its form."""
        step = self.case.procedure.steps.get(entry.act.rpartition(".")[2])
        fields: dict[str, forms.Field] = getattr(step and step.form, "base_fields", {})
        facts = facts_read(self.case, self.readable, entry).get("stated", {})
        written = self._words.get(entry.number, {})
        for name, field in fields.items():  # as the form asks: facts come back in the order of the database
            if name not in facts or datum_of_answer(self.case, entry.act, name) not in kinds:
                continue
            text = written.get(name) or _in_words(field, facts[name])
            if text:
                yield name, Answer(str(field.label), text)


def _stands_elsewhere(case: Case, entry: Entry) -> bool:
    """Whether a step named persons (told of by name and post alone) or brought papers (which are listed)."""
    step = case.procedure.steps.get(entry.act.rpartition(".")[2])
    form: Any = step.form if step else None
    if form is None:
        return False
    brings = any(isinstance(field, File) for field in form.base_fields.values())
    return brings or Datum.IDENTITY in getattr(form, "data", {}).values()


def _in_words(field: forms.Field, value: Any) -> str:
    """A stated value as people read it; nothing of points, references, and words that were erased."""
    if value is None or isinstance(field, Degrees | WordsField):
        return ""
    if isinstance(value, bool):
        return (YES if value else NO).to(language())
    if isinstance(field, forms.ChoiceField):
        return next((str(label) for code, label in cast("Any", field).choices if code == value), "")
    if isinstance(field, Day):
        return spoken(date.fromisoformat(str(value)), language())
    if isinstance(field, Place):
        return place_name(str(value), language())
    if isinstance(field, forms.IntegerField):
        return str(value) if language().startswith("en") else persian(value)
    return ""
