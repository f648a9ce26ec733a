"""Verifying a licence, for anybody; and the keys and status lists with which others do it themselves."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pishkhan.credentials.claim import Form
from pishkhan.credentials.status_list import TYPE
from pishkhan.credentials.verdicts import Verdict
from pishkhan.credentials.verifier import token_in
from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import now
from pishkhan.language.text import Text
from pishkhan.limits.lookups import ask
from pishkhan.limits.rates import MINUTE, declare
from pishkhan.offices.credential import KEYS, LIST, NoAddress, list_numbers, may_sign, published_keys, status_list
from pishkhan.people.access import everybody
from pishkhan.people.web.request_context import language

from .verification import VerificationResult, judge, look_up, number_in, record_of

VERIFYING = declare("verify", 30, MINUTE, Text("راستی‌آزمایی پروانه، از یک نشانی", "Licences verified, from an address"))
MOST_LETTERS = 2000  # of what is pasted
LEAST_LETTERS = 100  # of a token: what is shorter is a slip, not a forgery
KEYS_SECONDS, LIST_SECONDS = 3600, 60  # for which somebody between may keep them
WAITS = (Verdict.NOT_YET, Verdict.STATUS_TOO_OLD)
LOOKS = [
    {
        "verdict": each,
        "look": "" if each == Verdict.VALID else "wait" if each in WAITS else "stop",
        "sign": "✓" if each == Verdict.VALID else "!" if each in WAITS else "✕",
    }
    for each in Verdict
]
NEITHER = Text(
    "این نه شمارهٔ پروانه است، نه نشانی راستی‌آزمایی. شماره مانند ۱۵/۱۴۰۱/۰۰۱۲ است.",
    "This is neither the number of a licence nor an address to verify at. A number is like 15/1401/0012.",
)


@everybody
def verify(request: HttpRequest) -> HttpResponse:
    """One verdict on one licence.

    A token in the fragment of the address is judged by the browser itself (verify.js). What is pasted or typed is
    judged here: a token, the address that holds one, or a number.
    """
    typed, at = (request.POST.get("licence", "") or request.GET.get("number", ""))[:MOST_LETTERS].strip(), now()
    if typed:
        ask(VERIFYING, request)
    number, refusal = number_in(typed), ""
    told = licence = None
    if number:
        told, licence = look_up(number, at)
    elif len(token_in(typed)) >= LEAST_LETTERS:
        told = judge(typed, at)
        licence = look_up(told.claim.number, at)[1] if told.claim else None
    elif typed:
        refusal = NEITHER.to(language())
    return render(
        request,
        "register/verify.html",
        {
            "told": told,
            "record": record_of(licence, at, language()) if licence else None,
            "typed": number,
            "refusal": refusal,
            "place": _place(told),
            "looks": LOOKS,
            "forms": [each.text for each in Form],
            "keys": KEYS,
            "lists": LIST,
            "first_list": LIST.format(number=0),
            "at": int(at.timestamp()),
        },
        status=422 if refusal else 404 if told and told.verdict is None else 200,
    )


@everybody
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of this deployment, and the days on which each is believed; none before it has an address."""
    if not may_sign():
        raise NoAddress()
    answer = JsonResponse(published_keys().published(), json_dumps_params={"ensure_ascii": False})
    return _for_anybody(answer, KEYS_SECONDS)


@everybody
@require_safe
def status(request: HttpRequest, number: int) -> HttpResponse:
    """A list of how licences stand at this moment, signed; nothing in it says whose they are."""
    tag, made = status_list(number) if number in list_numbers() else ("", b"")
    if not made:
        raise Http404
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return _for_anybody(HttpResponseNotModified(), LIST_SECONDS, tag)
    return _for_anybody(HttpResponse(made, content_type=TYPE), LIST_SECONDS, tag)


def _for_anybody(answer: HttpResponse, seconds: int, tag: str = "") -> HttpResponse:
    """An answer that may be kept for a time, and read by pages from elsewhere."""
    answer["Cache-Control"] = f"public, max-age={seconds}"
    answer["Access-Control-Allow-Origin"] = "*"
    if tag:
        answer["ETag"] = f'"{tag}"'
    return answer


def _place(told: VerificationResult | None) -> Any:
    return place_name(told.claim.place, language()) if told and told.claim else ""
