"""Accounts over HTTP: opening them, the codes by which holders choose passwords, the letters in two halves."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from pishkhan.journal.refusals import Missing
from pishkhan.people.api import Known
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.request_context import RequestBody, asker, language

from .letters import (
    PrintedHalf,
    holder_of,
    letters_seen_by,
    print_first_half,
    print_second_half,
    withdraw_letter,
)
from .models import OneTimeCode
from .public_pages import ON_ITS_WAY, ask_for_code, try_code
from .services import open_with_code, reopen_account, send_code

router = Router(tags=["accounts"])
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]
WayCode = Annotated[str, Field(max_length=10)]


class Said(Schema):
    """What is answered, whoever asks."""

    said: str


class OpeningAccount(RequestBody):
    """Under which name somebody will sign in, and how their code goes to them."""

    username: str = Field(max_length=60)
    way: WayCode


class SendingCode(RequestBody):
    way: WayCode


class BeginningLetter(RequestBody):
    username: str = Field(max_length=60)
    purpose: str = Field(max_length=10)


class WantingCode(RequestBody):
    """Whose password is forgotten: a username or a national id."""

    name: str = Field(max_length=60)


class ChoosingPassword(RequestBody):
    username: str = Field(max_length=60)
    code: str = Field(max_length=40)
    password: str = Field(max_length=128)


class LetterOut(Schema):
    id: int
    person: int = Field(alias="person_id")
    purpose: str
    until: datetime
    first_by: str
    second_by: str


class HalfOut(Schema):
    """A half of a code, told this once."""

    id: int
    number: int
    half: str
    until: datetime


@router.post("/people/{person}/account", response={201: Known, **REFUSALS})
def post_account(request: HttpRequest, person: Key, body: OpeningAccount) -> Status[Any]:
    """Let a person sign in: by the administrator of their place. The holder chooses the password by a code."""
    return Status(201, open_with_code(_person(request, person), by=asker(request), **body.model_dump()))


@router.post("/people/{person}/account/code", response={204: None, **REFUSALS})
def post_code(request: HttpRequest, person: Key, body: SendingCode) -> Status[None]:
    """Send another code to who has no password yet."""
    send_code(_person(request, person), way=body.way, by=asker(request))
    return Status(204, None)


@router.post("/people/{person}/account/reopen", response={200: Known, **REFUSALS})
def post_reopening(request: HttpRequest, person: Key, body: SendingCode) -> Any:
    """Open a closed account again; its holder chooses a new password by a code."""
    return reopen_account(_person(request, person), way=body.way, by=asker(request))


@router.post("/account-letters", response={201: HalfOut, **REFUSALS})
def post_letter(request: HttpRequest, body: BeginningLetter) -> Status[dict[str, Any]]:
    """Begin a letter in two halves: the first half."""
    by = asker(request)
    return Status(201, _half_out(print_first_half(holder_of(body.username, by), purpose=body.purpose, by=by)))


@router.get("/account-letters", response={200: list[LetterOut], **REFUSALS})
def list_letters(request: HttpRequest) -> Any:
    """The letters under way of one's region."""
    return letters_seen_by(asker(request))


@router.post("/account-letters/{letter}/second-half", response={201: HalfOut, **REFUSALS})
def post_second_half(request: HttpRequest, letter: Key) -> Status[dict[str, Any]]:
    """The second half of a letter: by another person than the first."""
    return Status(201, _half_out(print_second_half(_letter(request, letter), by=asker(request))))


@router.post("/account-letters/{letter}/withdraw", response={204: None, **REFUSALS})
def post_withdrawal(request: HttpRequest, letter: Key) -> Status[None]:
    """Call a letter off."""
    withdraw_letter(_letter(request, letter), by=asker(request))
    return Status(204, None)


@router.post("/codes", auth=None, response={202: Said, **REFUSALS})
def post_wanted_code(request: HttpRequest, body: WantingCode) -> Status[dict[str, str]]:
    """Ask for a code for a forgotten password. The answer is the same whether there is such an account or not."""
    ask_for_code(request, body.name)
    return Status(202, {"said": ON_ITS_WAY.to(language())})


@router.post("/passwords", auth=None, response={204: None, **REFUSALS})
def post_password(request: HttpRequest, body: ChoosingPassword) -> Status[None]:
    """Choose a password with a one-time code."""
    try_code(request, **body.model_dump())
    return Status(204, None)


def _person(request: HttpRequest, key: int) -> Person:
    person = within(Person.objects.filter(erased_on=None), asker(request), [Role.ADMINISTRATOR]).filter(pk=key).first()
    if person is None:
        raise Missing()
    return person


def _letter(request: HttpRequest, key: int) -> OneTimeCode:
    row = letters_seen_by(asker(request)).filter(pk=key).first()
    if row is None:
        raise Missing()
    return row


def _half_out(printed: PrintedHalf) -> dict[str, Any]:
    return {"id": printed.row.pk, "number": printed.number, "half": printed.half, "until": printed.row.until}
