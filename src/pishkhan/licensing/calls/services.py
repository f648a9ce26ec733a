"""Opening calls, and requests under them. What follows are steps of the case (new_licence.py)."""

from datetime import date

from django.db import IntegrityError

from pishkhan.casework.models import Case
from pishkhan.casework.notify import send_notice
from pishkhan.casework.services import open_case
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Invalid, Overtaken, Refusal
from pishkhan.language.text import Text
from pishkhan.licensing import notices
from pishkhan.licensing.models import Call, Degree, LicenceRequest, Places
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role

from .selectors import drafts_under, stands_on

CLOSES_FIRST = Text("فراخوان پیش از روز آغاز بسته می‌شود.", "The call closes before it opens.")
NO_PLACES = Text("فراخوان دست‌کم در یک محل سهمیه می‌خواهد.", "A call needs room in one place at least.")
ELSEWHERE = Text("محل {code} در محدودهٔ فراخوان نیست.", "{code} does not lie where the call is for.")
CALLED_ALREADY = Text("فراخوانی با شناسهٔ «{code}» هست.", "There is a call '{code}' already.")
NOT_FOR_THEM = Text("شما از سوی این شخص حقوقی نمایندگی ندارید.", "You do not act for this organisation.")


class CallIsOver(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("این فراخوان پایان یافته یا پس گرفته شده است.", "The call is over, or was withdrawn already.")
        )


class SomebodyApplied(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "در این فراخوان درخواست ثبت شده است و پس گرفته نمی‌شود: به درخواست‌ها رسیدگی می‌شود.",
                "Somebody has applied under the call: it is not withdrawn, and the requests are decided.",
            )
        )


@retried
def open_call(
    *,
    code: str,
    kind: str,
    division: Division,
    opens_on: date,
    closes_on: date,
    places: dict[str, int],
    by: Actor,
    manager_age: int = 0,
    manager_degree: int = Degree.NONE,
) -> Call:
    """Call for requests: how many offices of a kind in which places (by SCI code), from one day to another."""
    divisions = _divisions_for(division, places, opens_on, closes_on)
    call = Call(
        code=code,
        kind=kind,
        division=division,
        opens_on=opens_on,
        closes_on=closes_on,
        manager_age=manager_age,
        manager_degree=manager_degree,
    )
    try:
        with begin(by, "licensing.open-call", call, role=Role.DIRECTOR) as entry:
            Places.objects.bulk_create(
                Places(call=call, division=place, count=places[place.code]) for place in divisions
            )
            entry.facts = {
                "code": code,
                "kind": kind,
                "division": division.code,
                "opens_on": opens_on,
                "closes_on": closes_on,
                "places": places,
                "manager_age": manager_age,
                "manager_degree": manager_degree,
            }
    except IntegrityError:
        raise Invalid(CALLED_ALREADY.filled(code=code), {"code": CALLED_ALREADY.filled(code=code)}) from None
    return call


@retried
def withdraw_call(call: Call, *, reasons: str, by: Actor) -> Call:
    """Take a call back that was opened by mistake, with the reason: by the director, as long as nobody has applied.

    Whoever has submitted a request relied on the call, and has it decided. Who only prepares one is told.
    """
    with act(by, "licensing.withdraw-call", on=call, role=Role.DIRECTOR) as entry:
        if call.withdrawn_on is not None or call.closes_on < today():
            raise CallIsOver()
        if stands_on(call):
            raise SomebodyApplied()
        call.withdrawn_on = today()
        entry.facts = {"code": call.code, "reasons": keep(entry, "reasons", reasons, whose=call.subject)}
        for case in drafts_under(call).select_related("division"):
            send_notice(case, notices.CALL_WITHDRAWN, because=entry)
    return call


def open_request(places: Places, *, by: Person, for_organisation: Organisation | None = None) -> Case:
    """Begin a request for one of the places of a call, for oneself or for an organisation one acts for."""
    if places.call.withdrawn_on is not None:
        raise CallIsOver()
    if for_organisation and not by.speaks_for(for_organisation.pk):
        raise Invalid(NOT_FOR_THEM, {"organisation": NOT_FOR_THEM})
    return open_case(
        NewLicence.code,
        LicenceRequest(places=places),
        kind=places.call.kind,
        division=places.division,
        by=by,
        applicant=for_organisation or by,
    )


def _divisions_for(division: Division, places: dict[str, int], opens_on: date, closes_on: date) -> list[Division]:
    if closes_on < opens_on:
        raise Invalid(CLOSES_FIRST, {"closes_on": CLOSES_FIRST})
    if not any(places.values()):
        raise Invalid(NO_PLACES, {"places": NO_PLACES})
    divisions = list(Division.objects.filter(lying_in(division.code, field="code"), code__in=places))
    if strangers := set(places) - {place.code for place in divisions}:
        wrong = ELSEWHERE.filled(code=min(strangers))
        raise Invalid(wrong, {"places": wrong})
    return divisions
