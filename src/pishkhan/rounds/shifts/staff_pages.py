"""Pages of how inspectors work: where they set out from, days away, their sheet of a day."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.jalali import NotADay, parse_day
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language
from pishkhan.rounds.forms import Away, Back, OnDuty, inspectors_of
from pishkhan.rounds.models import Absence, Duty
from pishkhan.rounds.selectors import sheet_of
from pishkhan.rounds.wording import code_of

from .services import be_away, call_off_absence, close_feed, open_feed, set_duty

KEPT = Text("ثبت شد.", "Saved.")
CLOSED = Text("نشانی تقویم بسته شد.", "The calendar's address is closed.")


@open_to(Role.EXPERT)
def duties(request: HttpRequest) -> HttpResponse:
    """The inspectors of one's region: where each sets out from, and when they are away."""
    people = list(_inspectors(asker(request)))
    known = {row.person_id: row for row in Duty.objects.filter(person__in=people).select_related("division")}
    away: dict[int, list[Absence]] = {}
    for row in _absences(people):
        away.setdefault(row.person_id, []).append(row)
    return render(
        request,
        "rounds/duties.html",
        {
            "rows": [
                {"person": person, "duty": known.get(person.pk), "away": away.get(person.pk, [])} for person in people
            ]
        },
    )


@open_to(Role.EXPERT)
def duty(request: HttpRequest, key: int) -> HttpResponse:
    """One inspector: set where they start, enter days away, or take them back."""
    expert = asker(request)
    person = _inspectors(expert).filter(pk=key).first()
    if person is None:
        raise Missing()
    row = Duty.objects.filter(person=person).select_related("division").first()
    kept = {"division": row.division, "begins": row.begins, "ends": row.ends} if row else {}
    name, there = request.POST.get("act", ""), row.division if row else person.division
    settled = OnDuty(request.POST if name == "duty" else None, initial=kept)
    away, back = Away(request.POST if name == "away" else None), Back(request.POST if name == "back" else None)
    acts: dict[str, tuple[Any, Any]] = {
        "duty": (settled, lambda **data: set_duty(person, by=expert, **data)),
        "away": (away, lambda **data: be_away(person, division=there, by=expert, **data)),
        "back": (back, lambda absence: call_off_absence(_absence(person, absence), by=expert)),
    }
    if name in acts and done(*acts[name]):
        messages.success(request, KEPT.to(language()))
        return redirect("duties")
    return render(
        request,
        "rounds/duty.html",
        {
            "person": person,
            "duty_form": settled,
            "away": away,
            "back": back,
            "absences": _absences([person]),
        },
        status=422 if settled.errors or away.errors or back.errors else 200,
    )


@open_to(Role.INSPECTOR)
def my_round(request: HttpRequest) -> HttpResponse:
    """An inspector's own round of a day, to print; and the secret address of their calendar."""
    person = asker(request)
    row = Duty.objects.filter(person=person).select_related("division").first()
    context: dict[str, Any] = {}
    if request.method == "POST" and row is not None:
        if request.POST.get("act") == "open":
            context["feed"] = request.build_absolute_uri(reverse("feed", args=[open_feed(row, by=person)]))
        else:
            close_feed(row, by=person)
            messages.success(request, CLOSED.to(language()))
            return redirect("my_round")
    try:
        day = parse_day(request.GET["day"])
    except (KeyError, NotADay):
        day = today()
    stops = sheet_of(person, day)
    access.note(person.ref, f"rounds of {day}", "round")
    return render(
        request,
        "rounds/my_round.html",
        context
        | {
            "day": day,
            "duty": row,
            "shift": stops[0].shift if stops else None,
            "rows": [{"stop": stop, "code": code_of(stop)} for stop in stops],
        },
    )


def _inspectors(expert: Person) -> Any:
    return inspectors_of(
        [assignment.place for assignment in expert.assignments_today if assignment.role == Role.EXPERT]
    )


def _absences(people: list[Person]) -> QuerySet[Absence]:
    """The days away that are not over."""
    there = Absence.objects.filter(person__in=people, until_on__gte=today(), withdrawn=False)
    return there.order_by("from_on", "pk")


def _absence(person: Person, key: int) -> Absence:
    row = Absence.objects.filter(person=person, pk=key).select_related("person").first()
    if row is None:
        raise Missing()
    return row
