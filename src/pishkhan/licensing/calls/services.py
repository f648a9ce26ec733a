"""Opening calls, and requests under them. What follows are steps of the case (new_licence.py)."""

from datetime import date

from django.db import IntegrityError

from pishkhan.casework.models import Case
from pishkhan.casework.services import open_case
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.acts import Actor, begin
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text
from pishkhan.licensing.models import Call, Degree, LicenceRequest, Places
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role

CLOSES_FIRST = Text("فراخوان پیش از روز آغاز بسته می‌شود.", "The call closes before it opens.")
NO_PLACES = Text("فراخوان دست‌کم در یک محل سهمیه می‌خواهد.", "A call needs room in one place at least.")
ELSEWHERE = Text("محل {code} در محدودهٔ فراخوان نیست.", "{code} does not lie where the call is for.")
CALLED_ALREADY = Text("فراخوانی با شناسهٔ «{code}» هست.", "There is a call '{code}' already.")
NOT_FOR_THEM = Text("شما از سوی این شخص حقوقی نمایندگی ندارید.", "You do not act for this organisation.")


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
    found = _asked_for(division, places, opens_on, closes_on)
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
            Places.objects.bulk_create(Places(call=call, division=each, count=places[each.code]) for each in found)
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


def open_request(places: Places, *, by: Person, for_organisation: Organisation | None = None) -> Case:
    """Begin a request for one of the places of a call, for oneself or for an organisation one acts for."""
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


def _asked_for(division: Division, places: dict[str, int], opens_on: date, closes_on: date) -> list[Division]:
    if closes_on < opens_on:
        raise Invalid(CLOSES_FIRST, {"closes_on": CLOSES_FIRST})
    if not any(places.values()):
        raise Invalid(NO_PLACES, {"places": NO_PLACES})
    found = list(Division.objects.filter(lying_in(division.code, field="code"), code__in=places))
    if strangers := set(places) - {each.code for each in found}:
        wrong = ELSEWHERE.filled(code=min(strangers))
        raise Invalid(wrong, {"places": wrong})
    return found
