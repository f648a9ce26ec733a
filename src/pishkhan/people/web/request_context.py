"""Who is asking, and in which language: what a request says of the person behind it."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, time
from typing import Annotated, cast

from django.http import HttpRequest
from django.utils.translation import get_language
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pishkhan.language.hours import parse_hour
from pishkhan.language.jalali import EARLIEST, LATEST
from pishkhan.people.models import Account, Person

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]  # as a request may state one

Hour = Annotated[time, BeforeValidator(lambda written: parse_hour(str(written)))]  # "9:30", in any digits


class RequestBody(BaseModel):
    """What a request states in its body: an object of the fields that are named, and no others."""

    model_config = ConfigDict(extra="forbid")


def asker(request: HttpRequest) -> Person:
    """The person who is signed in. Only behind an API's sign-in."""
    return cast("Account", request.user).person


def asker_if_any(request: HttpRequest) -> Person | None:
    """The person who is signed in, or None for the public."""
    return request.user.person if request.user.is_authenticated else None


province_of_request: ContextVar[Callable[[], str]] = ContextVar("province_of_request", default=str)


def shown_province() -> str:
    """The code of the province that whoever asks is shown: the one they chose, else that of the deployment; or none."""
    return province_of_request.get()()


def language() -> str:
    """The language of the request at hand."""
    return get_language() or "fa"
