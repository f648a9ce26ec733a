"""Joining as an applicant, by page and by program. The answer is the same whether the national id is known or not.

Who is known already gets no account this way: a notice goes to where the register reaches them, and the directorate
helps. Why the answer says no more: docs/decisions/0034.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from ninja import Field, Router, Schema, Status

from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.refusals import Missing, Refusal
from pishkhan.language.text import Text
from pishkhan.limits.address import address_of
from pishkhan.limits.posting import Posting, once, posting_of, request_of
from pishkhan.limits.rates import DAY, HOUR, declare, spend
from pishkhan.notices import templates
from pishkhan.notices.services import queue
from pishkhan.people.access import everybody
from pishkhan.people.api import Entering, Identifier
from pishkhan.people.forms import Joined
from pishkhan.people.models import Account, Person
from pishkhan.people.refusals import AlreadyEntered
from pishkhan.people.roles import Role
from pishkhan.people.selectors import person_of
from pishkhan.people.services import ask_the_username, register_applicant
from pishkhan.people.stated import username_and_password
from pishkhan.people.web.error_schemas import REFUSALS
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import language

router = Router(tags=["people"])
JOINING = declare("joining", 10, HOUR, Text("نام‌نویسی، از یک نشانی", "Joining, from an address"))
TOLD_AGAIN = declare(
    "known-already",
    1,
    DAY,
    Text("خبر به کسی که با کد ملی او نام‌نویسی شد", "Telling somebody whose national id was joined with"),
)
RECEIVED = Text(
    "نام‌نویسی شما رسید. اگر این کد ملی پیش‌تر ثبت نشده بود، حساب شما باز است و می‌توانید وارد شوید. "
    "اگر ثبت شده بود، حسابی باز نشد: به شمارهٔ همراهی که ثبت شده است پیامی می‌رود و اداره راهنمایی می‌کند.",
    "Your registration was received. If this national id was not known yet, your account is open: sign in. "
    "If it was, no account was opened: a message goes to the mobile number on record, and the directorate helps.",
)
KNOWN = templates.declare(
    "people.known-already",
    Text(
        "با کد ملی شما در پیشخوان نام‌نویسی شد. شما پیش‌تر ثبت شده‌اید و حسابی باز نشد. اگر خودتان بودید، برای حساب به "
        "اداره مراجعه کنید؛ اگر نبودید، کاری لازم نیست.",
        "Somebody joined with your national id. You are known already, and no account was opened. If it was you, ask "
        "the directorate for your account; if not, you need do nothing.",
    ),
)


class TooMany(Refusal):
    """Joining is tried from one address more often than people join."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            Text(
                "از این نشانی نام‌نویسی‌های زیادی رسیده است؛ بیش از اندازه است. ساعتی دیگر دوباره بکوشید.",
                "Too many registrations came from this address: try again in an hour.",
            )
        )


class Registering(Entering):
    """Who a citizen is, and how they will sign in."""

    phone: Identifier
    username: str = Field(max_length=60)
    password: str = Field(max_length=128)


class RegisteredOut(Schema):
    """What is answered to whoever joins."""

    said: str


@everybody
@sensitive_post_parameters("password")
def join(request: HttpRequest) -> HttpResponse:
    """Enter oneself, to be able to apply."""
    if request.method == "POST":
        _ask_the_rate(request)
    form = Joined(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda **stated: _join(
            posting_of(request, "join"), language="en" if language().startswith("en") else "fa", **stated
        ),
    ):
        messages.success(request, RECEIVED.to(language()))
        return redirect("account_login")
    return render(request, "people/join.html", {"form": form}, status=422 if form.errors else 200)


@router.post("/registrations", auth=None, response={202: RegisteredOut, **REFUSALS})
def post_registration(request: HttpRequest, body: Registering) -> Status[dict[str, str]]:
    """Enter oneself, and be able to sign in: a citizen. The answer is the same for who is known already."""
    _ask_the_rate(request)
    division = Division.objects.filter(code=body.division).first()
    if division is None:
        raise Missing()
    _join(request_of(request, "join"), division=division, **body.model_dump(exclude={"division"}))
    return Status(202, {"said": RECEIVED.to(language())})


def _ask_the_rate(request: HttpRequest) -> None:
    if not spend(JOINING, address_of(request)):
        raise TooMany()


def _join(posting: Posting | None, *, username: str, password: str, national_id: str, **stated: Any) -> Person:
    """Enter somebody who is not known, or tell who is; the same is asked and answered either way."""
    account = username_and_password(username, password)  # slow on purpose, for everybody, and outside the transaction
    return once(posting, lambda: _entered(account, national_id, stated), Person.objects.all())


@retried
def _entered(account: Account, national_id: str, stated: dict[str, Any]) -> Person:
    with one_transaction():
        ask_the_username(account)  # first: else it would be told only of who is not known
        try:
            return register_applicant(account, national_id=national_id, **stated)
        except AlreadyEntered as refusal:
            known = person_of(national_id) if "national_id" in refusal.fields else None
            if known is None:
                raise
    return _told(known)


@retried
def _told(known: Person) -> Person:
    """Tell somebody who is known, where the register reaches them: once a day, however often others try."""
    with one_transaction():
        if spend(TOLD_AGAIN, known.pk):
            with act(SYSTEM, "people.joined-again", on=known, role=Role.SYSTEM) as entry:
                queue(KNOWN, to=known, because=entry, facts={})
    return known
