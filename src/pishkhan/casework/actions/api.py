"""The routes of actions over HTTP, from the table of actions: one POST each, whose body states what its form asks."""

from collections.abc import Callable
from functools import cache
from inspect import Parameter, Signature
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest
from ninja import Field, Router
from pydantic import create_model

from pishkhan.casework.fields import File
from pishkhan.journal.models import Journalled
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.form_fields import Day as DayField
from pishkhan.people.web.request_context import Day, RequestBody, asker

from .actions import Action, Actions, take
from .forms import ActionForm


def add_routes(
    router: Router,
    table: Actions,
    *,
    at: str,
    key: Any,
    find: Callable[[HttpRequest, Any], Journalled],
    out: Any,
    tell: Callable[[Any], Any],
) -> None:
    """A route for each action of a table: `at` is the address of a row, whose last part is its key in braces."""
    name = at.rpartition("{")[2].rstrip("}")
    for each in table.values():
        router.post(
            f"{at}/{each.path}",
            response={200: out, **REFUSALS},
            operation_id=f"{table.prefix}_{each.name}".replace("-", "_"),
            summary=each.label.en,
            description=each.does.__doc__,
        )(_route(each, name, key, find, tell))


def _route(
    found: Action, name: str, key: Any, find: Callable[[HttpRequest, Any], Journalled], tell: Callable[[Any], Any]
) -> Callable[..., Any]:
    def post(request: HttpRequest, **given: Any) -> Any:
        row, body = find(request, given[name]), given.get("body")
        take(row, found.name, body.model_dump(mode="json", exclude_unset=True) if body else {}, by=asker(request))
        return tell(row)

    either = Parameter.POSITIONAL_OR_KEYWORD
    parameters = [Parameter("request", either, annotation=HttpRequest), Parameter(name, either, annotation=key)]
    if found.form.base_fields:
        parameters.append(Parameter("body", either, annotation=body_of(found.form)))
    post.__signature__ = Signature(parameters)  # type: ignore[attr-defined]  # what the router reads
    post.__name__ = found.does.__name__
    return post


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
