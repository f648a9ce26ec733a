"""One's own second factor over HTTP. What turns it on or off ends every session: sign in anew."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.people.sign_in.confirming import account_of, confirm_identity
from pishkhan.people.sign_in.second_factor import has_second_factor
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import RequestBody, asker

from .keys_shown import secret_of, show_key
from .services import codes_left, has_app, make_list, step_shown, turn_off, turn_on_app

router = Router(tags=["accounts"])


class SecondFactorOut(Schema):
    is_on: bool
    has_app: bool
    codes_left: int


class KeyOut(Schema):
    """A key for an app; `token` comes back with a code that the app shows."""

    secret: str
    address: str
    token: str


class Codes(Schema):
    """The codes of a list, told this once."""

    codes: list[str]


class Identity(RequestBody):
    """One's password, and a code of the second factor that is on, if one is."""

    password: str = Field(max_length=128)
    one_time_code: str = Field("", max_length=40)


class TurningOn(Identity):
    token: str = Field(max_length=1000)
    code: str = Field(max_length=20)


@router.get("/me/second-factor", response={200: SecondFactorOut, **REFUSALS})
def get_second_factor(request: HttpRequest) -> dict[str, Any]:
    """Whether a second factor is on, and which."""
    account = account_of(request)
    return {"is_on": has_second_factor(account), "has_app": has_app(account), "codes_left": codes_left(account)}


@router.post("/me/second-factor/key", response={200: KeyOut, **REFUSALS})
def post_key(request: HttpRequest) -> Any:
    """A new key for an app: nothing is on until a code of it comes back."""
    return show_key(account_of(request))


@router.post("/me/second-factor/app", response={201: Codes, **REFUSALS})
def post_app(request: HttpRequest, body: TurningOn) -> Status[dict[str, list[str]]]:
    """Turn an app on; the answer has a list of codes for the day on which the phone is lost."""
    secret = secret_of(account_of(request), body.token)
    step = step_shown(secret, body.code)
    confirm_identity(request, password=body.password, code=body.one_time_code)
    return Status(201, {"codes": turn_on_app(asker(request), secret=secret, step=step)})


@router.post("/me/second-factor/list", response={201: Codes, **REFUSALS})
def post_list(request: HttpRequest, body: Identity) -> Status[dict[str, list[str]]]:
    """Make a new list of codes."""
    confirm_identity(request, password=body.password, code=body.one_time_code)
    return Status(201, {"codes": make_list(asker(request))})


@router.post("/me/second-factor/off", response={204: None, **REFUSALS})
def post_off(request: HttpRequest, body: Identity) -> Status[None]:
    """Turn the second factor off."""
    confirm_identity(request, password=body.password, code=body.one_time_code)
    turn_off(asker(request))
    return Status(204, None)
