"""What a procedure is: stages, the steps between them, and the rules each step must meet.

Pure declarations. Nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from pishkhan.language.text import Text
from pishkhan.notices.templates import NoticeKind
from pishkhan.people.need_to_know.kinds import Datum

from .soundness import CLOCK, faults_of

FormData = dict[str, Any]
Test = Callable[[Any, datetime, FormData], bool]


@dataclass(frozen=True)
class Article:
    """A place in an instrument of the law, by the instrument's code in `regulation`."""

    instrument: str
    number: str = ""


NO_SOURCE = None  # the article of a default without legal source: it warns, it never refuses


@dataclass(frozen=True)
class Stage:
    """Where a case can stand, and for how many working days."""

    code: str
    label: Text
    within: Any = None  # the key of a dated number of working days
    paused: bool = False  # the clock of the stage the case came from stands still meanwhile
    from_service: bool = False  # the term runs from the day on which the notice that led there is served
    inward: bool = False  # the parties are not told yet that there is a case
    ends: bool = False  # the case has come to its end: no step leads on


@dataclass(frozen=True, eq=False)
class Lock:
    """Shared rows, beside the case itself: which, and what they are called. Whoever changes them holds them too."""

    name: str
    sentence: Text
    rows: Callable[[Any], Iterable[Any]]

    def __call__(self, case: Any) -> Iterable[Any]:
        return self.rows(case)


def lock_of(fa: str, en: str) -> Callable[[Callable[[Any], Iterable[Any]]], Lock]:
    """Declare the function below as the rows that rules count or an effect changes, told by what they are called."""
    return lambda rows: Lock(rows.__name__, Text(fa, en), rows)


@dataclass(frozen=True, eq=False)
class Rule:
    """A yes-or-no question that the law sets about a case, at a moment, given what was stated."""

    name: str
    sentence: Text
    article: Article | None
    test: Test
    on_answers: bool = False  # can be asked only once the form is filled in
    kinds: tuple[str, ...] = ()  # the kinds of office it is asked of; all, if none is named
    relies_on: tuple[Any, ...] = ()  # the keys of the dated numbers it compares with
    beside: tuple[str, ...] = ()  # the fields, of whichever form, that it is told beside
    beforehand: bool = False  # can be asked before anything is drafted, of what the case would be about
    counts: tuple[Lock, ...] = ()  # the shared rows that its answer hangs on: a step holds them while it asks
    asks_body: bool = False  # what a body resolved, and nothing that could be weighed before

    def holds(self, case: Any, at: datetime, data: FormData) -> bool:
        """Whether it is so; whatever it does not concern is so."""
        return not self.concerns(case) or self.test(case, at, data)

    def concerns(self, case: Any) -> bool:
        return not self.kinds or case.kind in self.kinds


def rule(
    fa: str,
    en: str,
    *,
    article: Article | None,
    on_answers: bool = False,
    kinds: tuple[str, ...] = (),
    relies_on: tuple[Any, ...] = (),
    beside: tuple[str, ...] = (),
    beforehand: bool = False,
    counts: tuple[Lock, ...] = (),
    asks_body: bool = False,
) -> Callable[[Test], Rule]:
    """Declare the function below as the test of a rule, told by a sentence that says what must be so."""
    return lambda test: Rule(
        test.__name__, Text(fa, en), article, test, on_answers, kinds, relies_on, beside, beforehand, counts, asks_body
    )


@dataclass(frozen=True, eq=False)
class Effect:
    """What a step does in the world: how, a sentence that says so, and which rows of the register it changes."""

    name: str
    sentence: Text
    write: Callable[..., dict[str, Any]]  # (case, entry, stated) -> the outcome, for the journal
    changes: tuple[Text, ...] = ()  # of the register
    may_send: tuple[NoticeKind, ...] = ()  # notices that go out only where something comes of it
    locks: tuple[Lock, ...] = ()  # the shared rows that are held while it changes the register

    def __call__(self, case: Any, entry: Any, data: FormData) -> dict[str, Any]:
        return self.write(case, entry, data)


def effect(
    fa: str,
    en: str,
    *,
    changes: tuple[Text, ...] = (),
    may_send: tuple[NoticeKind, ...] = (),
    locks: tuple[Lock, ...] = (),
) -> Callable[[Callable[..., dict[str, Any]]], Effect]:
    """Declare the function below as what a step does, told by a sentence."""
    return lambda write: Effect(write.__name__, Text(fa, en), write, changes, may_send, locks)


@dataclass(frozen=True, eq=False)
class Letter:
    """A document that goes out by a step: its kind, and who says what stands in it."""

    kind: Any  # a kind of letters
    write: Callable[..., Iterable[Any]]  # (case, step, entry, stated) -> drafts; called within the step's act


SECOND_PAIR_OF_EYES = Rule(
    "second_pair_of_eyes",
    Text(
        "کسی جز آن‌که گام پیشین را برداشته است تصمیم می‌گیرد.",
        "Another person than the one who took an earlier step decides.",
    ),
    Article("house", "four-eyes"),
    lambda case, at, data: False,
)


@dataclass(frozen=True)
class InquiryKind:
    """A question put to another body about a person or a place of the case, with a clock of its own."""

    code: str
    label: Text
    about: str  # "person" or "place"
    within: Any  # the key of a dated number of working days
    silence_clears: bool = False  # whether, by this edition, no answer within the term counts as one that clears


@dataclass(frozen=True)
class DocumentKind:
    """A paper that a request of some kinds of office must have with it."""

    code: str
    label: Text
    article: Article | None
    kinds: tuple[str, ...] = ()  # all, if none is named
    datum: Datum = Datum.PAPERS  # what of it who may read


class DeclarationError(ValueError):
    """A procedure is declared wrongly: its module cannot be imported."""


@dataclass(frozen=True, eq=False)
class Step:
    """One way from a stage to another, or an act that leaves the case at its stage."""

    name: str
    label: Text
    source: Stage | tuple[Stage, ...]
    target: Stage
    by: str
    form: type | None = None  # what the person must state
    when: tuple[Rule, ...] = ()
    done_by: str = ""  # whose doing somebody else enters: who pays, not who notes it
    effect: Effect | None = None
    apart_from: tuple[str, ...] = ()  # whoever took these steps may not take this one
    carries_out: str = ""  # the outcome of a resolution that this step puts into effect
    votable: tuple[Rule, ...] = ()  # what must be so before that outcome is put to the vote
    inward: bool = False  # the parties are not told of it: what is prepared for a body that has not decided yet
    notice: NoticeKind | tuple[NoticeKind, ...] = ()  # what the parties are told
    letter: Letter | None = None
    procedure: type[Procedure] | None = None

    def __post_init__(self) -> None:
        wanted = {"effect": Effect, "letter": Letter}
        wrong = [name for name, kind in wanted.items() if not isinstance(getattr(self, name), kind | None)]
        if not all(isinstance(notice, NoticeKind) for notice in self.notices):
            wrong.append("notice")
        if not wrong and not all(isinstance(lock, Lock) for lock in self.locks):
            wrong.append("locks")
        if wrong:
            raise DeclarationError(f"The step '{self.name}' names what is not declared: {', '.join(wrong)}.")

    @property
    def owner(self) -> type[Procedure]:
        """The procedure it is a step of."""
        assert self.procedure is not None, "a step is asked for its procedure only once it is declared in one"  # noqa: S101
        return self.procedure

    @property
    def path(self) -> str:
        return f"{self.owner.code}.{self.name}"

    @property
    def sources(self) -> tuple[Stage, ...]:
        return self.source if isinstance(self.source, tuple) else (self.source,)

    @property
    def notices(self) -> tuple[NoticeKind, ...]:
        return self.notice if isinstance(self.notice, tuple) else (self.notice,)

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What is held while the step is taken: all that its rules count and its effect changes."""
        counted = [lock for rule in self.when for lock in rule.counts]
        return tuple(dict.fromkeys([*counted, *(self.effect.locks if self.effect else ())]))

    @property
    def barring(self) -> set[str]:
        """The acts that bar whoever did them from this step."""
        return {f"{self.owner.code}.{name}" for name in self.apart_from}

    def broken(self, case: Any, at: datetime, data: FormData | None = None) -> list[Rule]:
        """The rules that do not hold; before anything is stated, those that can be asked already."""
        return [
            rule
            for rule in self.when
            if not (data is None and rule.on_answers) and not rule.holds(case, at, data or {})
        ]


class Steps(Mapping[str, Step]):
    """The steps of a procedure by name, in the order in which a case goes. A name given twice is an error."""

    def __init__(self, *steps: Step) -> None:
        self._by_name = {step.name: step for step in steps}
        names = [step.name for step in steps]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise DeclarationError(f"Steps are given twice: {', '.join(twice)}.")

    def __getitem__(self, name: str) -> Step:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def of(self, procedure: type[Procedure]) -> Steps:
        """The same steps as those of a procedure."""
        return Steps(*(replace(step, procedure=procedure) for step in self.values()))

    def amended(self, *, without: Sequence[str], instead: Sequence[Step], after: Mapping[str, Sequence[Step]]) -> Steps:
        """The steps without some, with others instead of those of their names, and with more after some."""
        new, kept = {step.name: step for step in instead}, [name for name in self if name not in without]
        if unknown := sorted({*without} - {*self} | {*new, *after} - {*kept}):
            raise DeclarationError(f"There are no steps {', '.join(unknown)} to amend.")
        return Steps(*(step for name in kept for step in (new.get(name, self[name]), *after.get(name, ()))))


@dataclass(frozen=True)
class Amendment:
    """In what an edition differs from the one before it."""

    of: type[Procedure]
    without: tuple[str, ...]
    instead: tuple[str, ...]
    added: tuple[str, ...]


class Procedure:
    """Subclass it to declare a procedure: what it is about, and its steps in the order in which a case goes.

    Declaring it puts it on the register; a procedure is no subclass of another: the next edition `amend`s the last.
    """

    code: ClassVar[str]
    edition: ClassVar[str]
    prefix: ClassVar[str]  # of its cases' numbers
    title: ClassVar[Text]
    purpose: ClassVar[Text | None] = None  # in a sentence for who has never asked for it
    valid_from: ClassVar[date]
    dossier: ClassVar[type]  # the model whose row, one to one with the case, says what it is about
    way: ClassVar[tuple[Stage, ...]]  # the stages of a case for which all goes well, in order
    steps: ClassVar[Steps]
    excludes_others: ClassVar[bool] = False  # only one such case at a time about one row of the register
    decided_by: ClassVar[str] = "working_group"  # the kind of body before which its cases come
    party: ClassVar[Text] = Text("متقاضی", "Applicant")  # what its first party is called
    inquiries: ClassVar[tuple[InquiryKind, ...]] = ()
    documents: ClassVar[tuple[DocumentKind, ...]] = ()
    addressees: ClassVar[Callable[[Any], list[Any]] | None] = None  # (case) -> who gets notices, if not its parties
    amends: ClassVar[Amendment | None] = None
    begins: ClassVar[Stage]  # where its way begins
    stages: ClassVar[dict[str, Stage]]
    register: ClassVar[dict[tuple[str, str], type[Procedure]]] = {}

    def __init_subclass__(cls) -> None:
        if cls.__bases__ != (Procedure,):
            raise DeclarationError(f"{cls.__name__}: a procedure is no subclass of another; `amend` it.")
        cls.steps, cls.begins = cls.steps.of(cls), cls.way[0]
        cls.stages = {stage.code: stage for stage in _in_order(cls.steps.values())}
        if faults := [*faults_of(cls)]:
            raise DeclarationError(f"{cls.code}, edition {cls.edition}: {' '.join(faults)}")
        cls._enter()

    @classmethod
    def _enter(cls) -> None:
        for other in Procedure.register.values():
            if other.code == cls.code and (other.edition == cls.edition or other.valid_from == cls.valid_from):
                raise DeclarationError(f"{cls.code} has an edition {other.edition} from {other.valid_from} already.")
        Procedure.register[cls.code, cls.edition] = cls

    @classmethod
    def amend(
        cls,
        *,
        edition: str,
        valid_from: date,
        without: Sequence[str] = (),
        instead: Sequence[Step] = (),
        after: Mapping[str, Sequence[Step]] | None = None,
        **different: Any,
    ) -> type[Procedure]:
        """Declare the next edition: `without` some steps, with whole steps `instead`, with more `after` some.

        What else is `different` (its papers, its way) is named as in the procedure.
        """
        added = after or {}
        amendment = Amendment(
            cls,
            tuple(without),
            tuple(step.name for step in instead),
            tuple(step.name for steps in added.values() for step in steps),
        )
        same = {name: value for name, value in vars(cls).items() if name in Procedure.__annotations__}
        steps = cls.steps.amended(without=without, instead=instead, after=added)
        if unknown := sorted({*different} - {*Procedure.__annotations__}):
            raise DeclarationError(f"A procedure says nothing of {', '.join(unknown)}.")
        if valid_from <= cls.valid_from:
            raise DeclarationError(f"{cls.code}, edition {edition}, does not come after edition {cls.edition}.")
        return type(
            f"{cls.__name__}{edition}",
            (Procedure,),
            same | different | {"edition": edition, "valid_from": valid_from, "steps": steps, "amends": amendment},
        )

    @staticmethod
    def in_force(code: str, on: date) -> type[Procedure]:
        """The edition of a procedure in force on a day; LookupError if there was none."""
        editions = [
            procedure
            for procedure in Procedure.register.values()
            if procedure.code == code and procedure.valid_from <= on
        ]
        if not editions:
            raise LookupError(f"No edition of {code} was in force on {on}.")
        return max(editions, key=lambda edition: edition.valid_from)

    @classmethod
    def steps_from(cls, stage: Stage) -> list[Step]:
        return [step for step in cls.steps.values() if stage in step.sources]

    @classmethod
    def turn_at(cls, stage: Stage) -> str | None:
        """Whose turn it is at a stage: of whom the first step from it is, the clock's and what gives up aside."""
        acts = [step for step in cls.steps_from(stage) if step.by != CLOCK]
        on = [step for step in acts if not step.target.ends or step.target in cls.way]
        return next((step.done_by or step.by for step in on or acts), None)

    @classmethod
    def submitting(cls) -> Step:
        """The step by which a draft is submitted: the first declared that leads on from where a case begins."""
        return next(step for step in cls.steps_from(cls.begins) if step.target != cls.begins)

    @classmethod
    def step_for(cls, stage: Stage, outcome: str) -> Step | None:
        """The step from a stage that puts a resolution's outcome into effect."""
        return next((step for step in cls.steps_from(stage) if step.carries_out == outcome), None)

    @classmethod
    def inquiry(cls, code: str) -> InquiryKind:
        return next(inquiry for inquiry in cls.inquiries if inquiry.code == code)

    @classmethod
    def documents_of(cls, kind: str) -> list[DocumentKind]:
        """The papers that a request about a kind of office must have with it."""
        return [document for document in cls.documents if not document.kinds or kind in document.kinds]


def _in_order(steps: Iterable[Step]) -> list[Stage]:
    """The stages as steps come to lead on from them, and then where a case ends."""
    left = [step.sources[0] for step in steps] + [source for step in steps for source in step.sources]
    return [*dict.fromkeys(left), *dict.fromkeys(step.target for step in steps)]
