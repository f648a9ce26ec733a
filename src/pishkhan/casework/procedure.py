"""What a procedure is: stages, the steps between them, and the rules each step must meet.

Pure declarations. Nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar

from pishkhan.language.text import Text

Stated = dict[str, Any]
Test = Callable[[Any, datetime, Stated], bool]


@dataclass(frozen=True)
class Article:
    """A place in an instrument of the law, by the instrument's code in `regulation`."""

    instrument: str
    number: str = ""


NO_SOURCE = None  # the article of a default without legal source: it warns, it never refuses


@dataclass(frozen=True)
class Stage:
    """Where a case can stand, whose turn it then is, and for how many working days."""

    code: str
    label: Text
    turn: str | None = None  # nobody's: the case has come to its end
    within: Any = None  # the key of a dated number of working days
    paused: bool = False  # the clock of the stage the case came from stands still meanwhile
    from_service: bool = False  # the term runs from the day on which the notice that led there is served
    inward: bool = False  # the parties are not told yet that there is a case


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

    def holds(self, case: Any, at: datetime, stated: Stated) -> bool:
        """Whether it is so; whatever it does not concern is so."""
        return not self.concerns(case) or self.test(case, at, stated)

    def concerns(self, case: Any) -> bool:
        return not self.kinds or case.kind in self.kinds


def rule(fa: str, en: str, *, article: Article | None, on_answers: bool = False, kinds: tuple[str, ...] = (),
         relies_on: tuple[Any, ...] = (), beside: tuple[str, ...] = (),
         beforehand: bool = False) -> Callable[[Test], Rule]:
    """Declare the function below as the test of a rule, told by a sentence that says what must be so."""
    return lambda test: Rule(test.__name__, Text(fa, en), article, test, on_answers, kinds, relies_on, beside,
                             beforehand)


SECOND_PAIR_OF_EYES = Rule(
    "second_pair_of_eyes",
    Text("کسی جز آن‌که گام پیشین را برداشته است تصمیم می‌گیرد.",
         "Another person than the one who took an earlier step decides."),
    Article("house", "four-eyes"), lambda case, at, stated: False)


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


@dataclass(frozen=True, eq=False)
class Step:
    """One way from a stage to another, or an act that leaves the case at its stage."""

    label: Text
    source: Stage | tuple[Stage, ...]
    target: Stage
    by: str
    when: tuple[Rule, ...] = ()
    asks: type | None = None  # a Form: what the person must state
    then: Callable[..., dict[str, Any]] | None = None  # (case, entry, stated) -> outcome: what happens in the world
    locks: Callable[[Any], Iterable[Any]] = lambda case: ()  # the shared rows that the rules count
    apart_from: tuple[Step, ...] = ()  # whoever took these may not take this
    carries_out: str = ""  # the outcome of a resolution that this step puts into effect
    inward: bool = False  # the parties are not told of it: what is prepared for a body that has not decided yet
    votable: tuple[Rule, ...] = ()  # what must be so before that outcome is put to the vote
    tells: str = ""  # the template of the notice to the applicant
    name: str = ""
    procedure: type[Procedure] | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

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
    def barring(self) -> set[str]:
        """The acts that bar whoever did them from this step."""
        return {f"{self.owner.code}.{step.name}" for step in self.apart_from}

    def broken(self, case: Any, at: datetime, stated: Stated | None = None) -> list[Rule]:
        """The rules that do not hold; before anything is stated, those that can be asked already."""
        return [rule for rule in self.when
                if not (stated is None and rule.on_answers) and not rule.holds(case, at, stated or {})]


class Procedure:
    """Subclass it to declare a procedure; a subclass with a code and an edition is put on the register.

    An edition, or a procedure like another, is a subclass that states only what differs, and what it `drops`.
    """

    code: ClassVar[str]
    edition: ClassVar[str]
    prefix: ClassVar[str]  # of its cases' numbers
    title: ClassVar[Text]
    valid_from: ClassVar[date]
    begins: ClassVar[Stage]
    way: ClassVar[tuple[Stage, ...]] = ()  # the stages of a case for which all goes well, in order
    dossier: ClassVar[str]  # the case's one-to-one relation that says what it is about
    excludes_others: ClassVar[bool] = False  # only one such case at a time about one row of the register
    decided_by: ClassVar[str] = "working_group"  # the kind of body before which its cases come
    party: ClassVar[Text] = Text("متقاضی", "Applicant")  # what its first party is called
    drops: ClassVar[tuple[str, ...]] = ()  # the names of inherited steps that it does without
    inquiries: ClassVar[tuple[InquiryKind, ...]] = ()
    documents: ClassVar[tuple[DocumentKind, ...]] = ()
    stages: ClassVar[dict[str, Stage]] = {}
    steps: ClassVar[dict[str, Step]] = {}
    register: ClassVar[dict[tuple[str, str], type[Procedure]]] = {}

    def __init_subclass__(cls) -> None:
        declared: dict[str, Any] = {}
        for kind in reversed(cls.__mro__):
            declared |= vars(kind)
        mine = {name: step for name, step in declared.items() if isinstance(step, Step) and name not in cls.drops}
        cls.steps = {name: replace(step, name=name, procedure=cls,
                                   apart_from=tuple(each for each in step.apart_from if each.name in mine))
                     for name, step in mine.items()}
        for name, step in cls.steps.items():
            setattr(cls, name, step)
        cls.stages = {stage.code: stage for step in cls.steps.values() for stage in (*step.sources, step.target)}
        if hasattr(cls, "code"):
            cls._enter()

    @classmethod
    def _enter(cls) -> None:
        for other in Procedure.register.values():
            if other.code == cls.code and (other.edition == cls.edition or other.valid_from == cls.valid_from):
                raise ValueError(f"{cls.code} has an edition {other.edition} from {other.valid_from} already.")
        Procedure.register[cls.code, cls.edition] = cls

    @staticmethod
    def in_force(code: str, on: date) -> type[Procedure]:
        """The edition of a procedure in force on a day; LookupError if there was none."""
        editions = [each for each in Procedure.register.values() if each.code == code and each.valid_from <= on]
        if not editions:
            raise LookupError(f"No edition of {code} was in force on {on}.")
        return max(editions, key=lambda each: each.valid_from)

    @classmethod
    def steps_from(cls, stage: Stage) -> list[Step]:
        return [step for step in cls.steps.values() if stage in step.sources]

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
        return next(each for each in cls.inquiries if each.code == code)

    @classmethod
    def documents_of(cls, kind: str) -> list[DocumentKind]:
        """The papers that a request about a kind of office must have with it."""
        return [each for each in cls.documents if not each.kinds or kind in each.kinds]
