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

from pishkhan.journal.acts import NOT_YOURS, Actor, act
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
    """What must be so of a row (and of who acts) besides its state, and the refusal where it is not."""

    holds: Callable[[Any, Actor], bool]
    refusal: Callable[[Any], Refusal]


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
        Callable[[Any], Refusal] | None
    )  # where it stands in another state, if the table's refusal does not say it well
    confirm: bool  # asks once more though nothing is to be filled in
    final: bool  # there is no way back: it stands back among the buttons, and asks once more
    repeats: bool  # leaves the state as it is, so that it can be done again
    done: Text  # what is told once it was done
    path: str  # the end of its address in the API
    recorded: str  # what the journal calls it

    @property
    def at_once(self) -> bool:
        """Whether a press does it: there is nothing to fill in or to confirm."""
        return not (self.form.base_fields or self.confirm or self.final)

    def role_of(self, by: Actor, row: Any) -> str:
        """The role in which somebody does it; the first of all if they hold none, which the act then refuses."""
        return next((role for role in self.roles if by.capacity(role, over=row) is not None), self.roles[0])


def action(
    name: str,
    *,
    roles: Iterable[str],
    states: Iterable[str],
    label: Text,
    does: Callable[..., Any],
    form: type[ActionForm] = ActionForm,
    needs: Iterable[Condition] = (),
    elsewhere: Callable[[Any], Refusal] | None = None,
    confirm: bool = False,
    final: bool = False,
    repeats: bool = False,
    done: Text = DONE,
    path: str = "",
    recorded: str = "",
) -> Action:
    """Declare an action. What its form gives is called as the service calls what it takes."""
    taken = {
        parameter.name
        for parameter in list(signature(does).parameters.values())[1:]
        if parameter.kind != Parameter.VAR_KEYWORD
    }
    if odd := set(form.gives or form.base_fields) - taken:
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
        recorded or name,
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
        elsewhere: Callable[[Any], Refusal],
        state: str = "state",
    ) -> None:
        self._by_name = {action.name: action for action in actions}
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
        return {role for action in self.values() for role in action.roles}

    @property
    def labels(self) -> dict[str, Text]:
        """What each is called, by the name under which the journal has it."""
        return {self.recorded(item): item.label for item in self.values()}

    def recorded(self, action: Action) -> str:
        """Under which name the journal has an action."""
        return f"{self.prefix}.{action.recorded}"

    def why_not(self, action: Action, row: Any, by: Actor) -> Refusal | None:
        """Why an action does not fit a row as it stands, for somebody who may do it; None if it fits."""
        if getattr(row, self._state) not in action.states:
            return (action.elsewhere or self.elsewhere)(row)
        return next((need.refusal(row) for need in action.needs if not need.holds(row, by)), None)


_declared: dict[type[Journalled], Actions] = {}


def actions_on(row: Journalled) -> Actions:
    """The table of what can be done about a row."""
    return _declared[type(row)]


def permitted(row: Journalled, name: str, person: Person, *, by_program: bool = False) -> Action:
    """An action of a name that somebody stated, if they may do it wherever the row stands; else a refusal.

    A program is told which role is wanted, as by the act itself.
    """
    table = actions_on(row)
    result = table.get(name)
    if result is None:
        raise Missing()
    if not any(person.holds(role, over=row) for role in result.roles):
        wanted = NOT_YOURS.filled(act=table.recorded(result), role=result.roles[0])
        raise NotPermitted(wanted if by_program else CLOSED)
    return result


def take(row: Journalled, name: str, data: Mapping[str, Any], *, by: Person) -> Any:
    """Do an action with what a program states, by the names of what it asks."""
    action = permitted(row, name, by, by_program=True)
    form = action.form(data, row=row, by=by)
    form.refuse_unknown(data)
    return action.does(row, by=by, **form.filled_in())


def refuse_unfit(row: Journalled, name: str, *, by: Actor) -> None:
    """Refuse an action that does not fit a locked row as it stands, where the act that follows is on another row."""
    table = actions_on(row)
    if refusal := table.why_not(table[name], row, by):
        raise refusal


@contextmanager
def taking(
    row: Journalled, name: str, *, by: Actor, because: Entry | None = None, happened_on: date | None = None
) -> Iterator[Entry]:
    """The act of an action: by who may, on a row that stands where the table says, read afresh under its lock."""
    table = actions_on(row)
    action = table[name]
    with act(
        by,
        table.recorded(action),
        on=row,
        role=action.role_of(by, row),
        because=because,
        happened_on=happened_on,
    ) as entry:
        if refusal := table.why_not(action, row, by):
            raise refusal
        yield entry


def offered(row: Journalled, person: Person) -> list[Action]:
    """What a person may do about a row as it stands, in the order of the table."""
    table = actions_on(row)
    held = person.capacities(table.roles, over=row)
    return [
        action
        for action in table.values()
        if any(role in held for role in action.roles) and table.why_not(action, row, person) is None
    ]
