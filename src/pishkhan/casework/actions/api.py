"""The routes of actions over HTTP, from the table of actions: one POST each, whose body states what its form asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest
from ninja import Field, Router, Status
from pydantic import create_model

from pishkhan.casework.fields import File
from pishkhan.journal.models import Journalled
from pishkhan.people.models import Person
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.form_fields import Day as DayField
from pishkhan.people.web.request_context import Day, RequestBody, asker

from .actions import Action, Actions, permitted, take
from .forms import ActionForm


class ActionBody(RequestBody):
    """What a request states to do an action, where that is not what its form asks."""

    def stated(self, row: Any, by: Person) -> dict[str, Any]:
        """What the service takes, by name."""
        return {name: getattr(self, name) for name in type(self).model_fields}


@dataclass(frozen=True)
class Route:
    """How an action is done over HTTP, as far as that does not follow from the table alone.

    `name` is that of the operation. `out` and `tell` are of what the service made, where not the row is told.
    """

    name: str
    about: str = ""
    body: type[ActionBody] | None = None
    status: int = 200
    out: Any = None
    tell: Callable[[HttpRequest, Any], Any] | None = None


def add_routes(
    router: Router,
    table: Actions,
    *,
    at: str,
    keys: Mapping[str, Any],
    find: Callable[..., Journalled],
    out: Any,
    tell: Callable[[Any], Any],
    routes: Mapping[str, Route] | None = None,
) -> None:
    """A route for each action of a table; of `routes`, if they are named, for those alone.

    `at` is the address of a row, `keys` are the types of its parts in braces, by name, as `find` takes them.
    """
    for name, route in (routes or dict.fromkeys(table)).items():
        found = table[name]
        status = route.status if route else 200
        told = route.out if route and route.out else out
        router.post(
            f"{at}/{found.path}",
            response={status: told, **REFUSALS},
            operation_id=None if route else f"{table.prefix}_{name}".replace("-", "_"),
            summary=None if route else found.label.en,
            description=(route and route.about) or found.does.__doc__,
        )(_view(found, route, keys, find, tell))


def _view(
    found: Action,
    route: Route | None,
    keys: Mapping[str, Any],
    find: Callable[..., Journalled],
    tell: Callable[[Any], Any],
) -> Callable[..., Any]:
    body = _body_of(found, route)

    def post(request: HttpRequest, **given: Any) -> Any:
        stated = given.pop("body", None)
        row = find(request, **given)
        made = _done(found, row, stated, asker(request))
        answer = route.tell(request, made) if route and route.tell else tell(row)
        return Status(route.status, answer) if route else answer

    either = Parameter.POSITIONAL_OR_KEYWORD
    parameters = [Parameter("request", either, annotation=HttpRequest)]
    parameters += [Parameter(name, either, annotation=kind) for name, kind in keys.items()]
    if body is not None:
        parameters.append(Parameter("body", either, annotation=body))
    post.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what the router reads
    post.__name__ = route.name if route else found.does.__name__
    post.__module__ = find.__module__  # the operation is called by the module whose address it is
    return post


def _body_of(found: Action, route: Route | None) -> type[RequestBody] | None:
    if route and route.body:
        return route.body
    return body_of(found.form) if found.form.base_fields else None


def _done(found: Action, row: Journalled, stated: RequestBody | None, by: Person) -> Any:
    if isinstance(stated, ActionBody):
        permitted(row, found.name, by, by_program=True)
        return found.does(row, by=by, **stated.stated(row, by))
    return take(row, found.name, stated.model_dump(mode="json", exclude_unset=True) if stated else {}, by=by)


@cache
def body_of(form: type[ActionForm]) -> type[RequestBody]:
    """What a request states in place of a form: the same fields, and no others."""
    fields: dict[str, Any] = {
        name: (_type_of(field), ...) if field.required else (_type_of(field) | None, None)
        for name, field in form.base_fields.items()
    }
    return create_model(form.__name__.removesuffix("Form"), __base__=RequestBody, __doc__=form.__doc__, **fields)


def _type_of(field: forms.Field) -> Any:
    if isinstance(field, File):
        return UUID
    if isinstance(field, DayField):
        return Day
    if isinstance(field, forms.ChoiceField):
        codes: Any = tuple(str(code) for code, _ in field.choices if code != "")  # type: ignore[union-attr, misc]
        return Literal[codes]
    if isinstance(field, forms.IntegerField):
        least, most = cast("int | None", field.min_value), cast("int | None", field.max_value)
        return Annotated[int, Field(ge=least, le=most)]
    if isinstance(field, forms.CharField):
        return Annotated[str, Field(min_length=field.min_length, max_length=field.max_length)]
    raise TypeError(f"{type(field).__name__} has no form in JSON yet.")
