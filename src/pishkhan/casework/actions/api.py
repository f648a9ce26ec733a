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

    def filled_in(self, row: Any, by: Person) -> dict[str, Any]:
        """What the service takes, by name."""
        return {name: getattr(self, name) for name in type(self).model_fields}


@dataclass(frozen=True)
class Route:
    """How an action is done over HTTP, as far as that does not follow from the table alone.

    `name` is that of the operation. `out` and `shape` are of what the service made, where not the row is told.
    """

    name: str
    about: str = ""
    body: type[ActionBody] | None = None
    status: int = 200
    out: Any = None
    shape: Callable[[HttpRequest, Any], Any] | None = None


def add_routes(
    router: Router,
    table: Actions,
    *,
    at: str,
    keys: Mapping[str, Any],
    find: Callable[..., Journalled],
    out: Any,
    shape: Callable[[Any], Any],
    routes: Mapping[str, Route] | None = None,
) -> None:
    """A route for each action of a table; of `routes`, if they are named, for those alone.

    `at` is the address of a row, `keys` are the types of its parts in braces, by name, as `find` takes them.
    """
    for name, route in (routes or dict.fromkeys(table)).items():
        result = table[name]
        status = route.status if route else 200
        data = route.out if route and route.out else out
        router.post(
            f"{at}/{result.path}",
            response={status: data, **REFUSALS},
            operation_id=None if route else f"{table.prefix}_{name}".replace("-", "_"),
            summary=None if route else result.label.en,
            description=(route and route.about) or result.does.__doc__,
        )(_view(result, route, keys, find, shape))


def _view(
    action: Action,
    route: Route | None,
    keys: Mapping[str, Any],
    find: Callable[..., Journalled],
    shape: Callable[[Any], Any],
) -> Callable[..., Any]:
    body = _body_of(action, route)

    def post(request: HttpRequest, **given: Any) -> Any:
        data = given.pop("body", None)
        row = find(request, **given)
        made = _done(action, row, data, asker(request))
        answer = route.shape(request, made) if route and route.shape else shape(row)
        return Status(route.status, answer) if route else answer

    either = Parameter.POSITIONAL_OR_KEYWORD
    parameters = [Parameter("request", either, annotation=HttpRequest)]
    parameters += [Parameter(name, either, annotation=kind) for name, kind in keys.items()]
    if body is not None:
        parameters.append(Parameter("body", either, annotation=body))
    post.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what the router reads
    post.__name__ = route.name if route else action.does.__name__
    post.__module__ = find.__module__  # the operation is called by the module whose address it is
    return post


def _body_of(action: Action, route: Route | None) -> type[RequestBody] | None:
    if route and route.body:
        return route.body
    return body_of(action.form) if action.form.base_fields else None


def _done(action: Action, row: Journalled, request_body: RequestBody | None, by: Person) -> Any:
    if isinstance(request_body, ActionBody):
        permitted(row, action.name, by, by_program=True)
        return action.does(row, by=by, **request_body.filled_in(row, by))
    return take(
        row, action.name, request_body.model_dump(mode="json", exclude_unset=True) if request_body else {}, by=by
    )


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
