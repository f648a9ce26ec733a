"""What can be done about a thing that is no case: each action declared once.

From the table of a kind of thing derive the guard of its services, the buttons and forms of its pages, the routes of
its API, and its tests. A case has steps instead (procedure.py).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from inspect import Parameter, signature
from typing import Any

from pishkhan.journal.acts import Actor, act
from pishkhan.journal.models import Entry, Journalled
from pishkhan.journal.refusals import Missing, NotPermitted, Refusal
from pishkhan.language.text import Text
from pishkhan.people.access import CLOSED
from pishkhan.people.models import Person

from .forms import ActionForm

DONE = Text("ثبت شد.", "Done.")


class BadAction(Exception):
    """A defect of ours: a table of actions that does not fit together."""


@dataclass(frozen=True)
class Condition:
    """What must be so of a row besides its state, and the refusal where it is not."""

    holds: Callable[[Any], bool]
    refusal: Callable[[], Refusal]


@dataclass(frozen=True)
class Action:
    """Something that can be done: by whom, in which states, what is asked, what it is called and what does it."""

    name: str
    roles: tuple[str, ...]  # the first of them that somebody holds is that in which they act
    states: tuple[str, ...]
    label: Text
    does: Callable[..., Any]
    form: type[ActionForm]
    needs: tuple[Condition, ...]
    elsewhere: (
        Callable[[], Refusal] | None
    )  # where it stands in another state, if the table's refusal does not say it well
    confirm: bool  # asks once more though nothing is to be filled in
    final: bool  # there is no way back: it stands back among the buttons, and asks once more
    repeats: bool  # leaves the state as it is, so that it can be done again
    done: Text  # what is told once it was done
    path: str  # the end of its address in the API

    @property
    def at_once(self) -> bool:
        """Whether a press does it: there is nothing to fill in or to confirm."""
        return not (self.form.base_fields or self.confirm or self.final)

    def role_of(self, by: Actor, row: Any) -> str:
        """The role in which somebody does it; the first of all if they hold none, which the act then refuses."""
        return next((each for each in self.roles if by.capacity(each, over=row) is not None), self.roles[0])


def action(
    name: str,
    *,
    roles: Iterable[str],
    states: Iterable[str],
    label: Text,
    does: Callable[..., Any],
    form: type[ActionForm] = ActionForm,
    needs: Iterable[Condition] = (),
    elsewhere: Callable[[], Refusal] | None = None,
    confirm: bool = False,
    final: bool = False,
    repeats: bool = False,
    done: Text = DONE,
    path: str = "",
) -> Action:
    """Declare an action. The fields of its form are called as the service calls what it takes."""
    taken = {each.name for each in list(signature(does).parameters.values())[1:] if each.kind != Parameter.VAR_KEYWORD}
    if odd := set(form.base_fields) - taken:
        raise BadAction(f"{name}: {does.__name__}() takes no {', '.join(sorted(odd))}.")
    return Action(
        name,
        tuple(roles),
        tuple(states),
        label,
        does,
        form,
        tuple(needs),
        elsewhere,
        confirm,
        final,
        repeats,
        done,
        path or name,
    )


class Actions(Mapping[str, Action]):
    """All that can be done about the rows of a model, in the order in which it is offered.

    `state` is the attribute that says where a row stands; `elsewhere` is the refusal of what does not fit there.
    """

    def __init__(
        self,
        model: type[Journalled],
        prefix: str,
        *actions: Action,
        elsewhere: Callable[[], Refusal],
        state: str = "state",
    ) -> None:
        self._by_name = {each.name: each for each in actions}
        if len(self._by_name) < len(actions):
            raise BadAction(f"An action of {prefix} is declared twice.")
        self.model, self.prefix, self.elsewhere, self._state = model, prefix, elsewhere, state
        _declared[model] = self

    def __getitem__(self, name: str) -> Action:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    @property
    def roles(self) -> set[str]:
        """Whoever may do any of it."""
        return {role for each in self.values() for role in each.roles}

    @property
    def labels(self) -> dict[str, Text]:
        """What each is called, by the name under which the journal has it."""
        return {f"{self.prefix}.{name}": each.label for name, each in self.items()}

    def why_not(self, found: Action, row: Any) -> Refusal | None:
        """Why an action does not fit a row as it stands, whoever asks; None if it fits."""
        if getattr(row, self._state) not in found.states:
            return (found.elsewhere or self.elsewhere)()
        return next((each.refusal() for each in found.needs if not each.holds(row)), None)


_declared: dict[type[Journalled], Actions] = {}


def actions_on(row: Journalled) -> Actions:
    """The table of what can be done about a row."""
    return _declared[type(row)]


def permitted(row: Journalled, name: str, person: Person) -> Action:
    """An action of a name that somebody stated, if they may do it wherever the row stands; else a refusal."""
    found = actions_on(row).get(name)
    if found is None:
        raise Missing()
    if not any(person.holds(role, over=row) for role in found.roles):
        raise NotPermitted(CLOSED)
    return found


def take(row: Journalled, name: str, stated: Mapping[str, Any], *, by: Person) -> Any:
    """Do an action with what a program states, by the names of what it asks."""
    found = permitted(row, name, by)
    form = found.form(stated, row=row, by=by)
    form.refuse_unknown(stated)
    return found.does(row, by=by, **form.stated())


@contextmanager
def taking(
    row: Journalled, name: str, *, by: Actor, because: Entry | None = None, happened_on: date | None = None
) -> Iterator[Entry]:
    """The act of an action: by who may, on a row that stands where the table says, read afresh under its lock."""
    table = actions_on(row)
    found = table[name]
    with act(
        by,
        f"{table.prefix}.{name}",
        on=row,
        role=found.role_of(by, row),
        because=because,
        happened_on=happened_on,
    ) as entry:
        if refusal := table.why_not(found, row):
            raise refusal
        yield entry


def offered(row: Journalled, person: Person) -> list[Action]:
    """What a person may do about a row as it stands, in the order of the table."""
    table = actions_on(row)
    held = person.capacities(table.roles, over=row)
    return [
        each for each in table.values() if any(role in held for role in each.roles) and table.why_not(each, row) is None
    ]
