"""Pages of how inspectors work: where they set out from, days away, their sheet of a day."""

from typing import Any

from django.contrib import messages
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
from pishkhan.rounds.forms import Away, OnDuty, inspectors_of
from pishkhan.rounds.models import Absence, Duty
from pishkhan.rounds.selectors import sheet_of
from pishkhan.rounds.wording import code_of

from .services import be_away, close_feed, open_feed, set_duty

KEPT = Text("ثبت شد.", "Saved.")
CLOSED = Text("نشانی تقویم بسته شد.", "The calendar's address is closed.")


@open_to(Role.EXPERT)
def duties(request: HttpRequest) -> HttpResponse:
    """The inspectors of one's region: where each sets out from, and when they are away."""
    people = list(_inspectors(asker(request)))
    found = {row.person_id: row for row in Duty.objects.filter(person__in=people).select_related("division")}
    away: dict[int, list[Absence]] = {}
    for row in Absence.objects.filter(person__in=people, until_on__gte=today(), withdrawn=False).order_by("from_on"):
        away.setdefault(row.person_id, []).append(row)
    return render(
        request,
        "rounds/duties.html",
        {"rows": [{"person": each, "duty": found.get(each.pk), "away": away.get(each.pk, [])} for each in people]},
    )


@open_to(Role.EXPERT)
def duty(request: HttpRequest, key: int) -> HttpResponse:
    """One inspector: set where they start, or enter days away."""
    expert = asker(request)
    person = _inspectors(expert).filter(pk=key).first()
    if person is None:
        raise Missing()
    row = Duty.objects.filter(person=person).select_related("division").first()
    kept = {"division": row.division, "begins": row.begins, "ends": row.ends} if row else {}
    name, there = request.POST.get("act", ""), row.division if row else person.division
    settled = OnDuty(request.POST if name == "duty" else None, initial=kept)
    away = Away(request.POST if name == "away" else None)
    acts: dict[str, tuple[Any, Any]] = {
        "duty": (settled, lambda **told: set_duty(person, by=expert, **told)),
        "away": (away, lambda **told: be_away(person, division=there, by=expert, **told)),
    }
    if name in acts and done(*acts[name]):
        messages.success(request, KEPT.to(language()))
        return redirect("duties")
    return render(
        request,
        "rounds/duty.html",
        {"person": person, "duty_form": settled, "away": away},
        status=422 if settled.errors or away.errors else 200,
    )


@open_to(Role.INSPECTOR)
def my_round(request: HttpRequest) -> HttpResponse:
    """An inspector's own round of a day, to print; and the secret address of their calendar."""
    person = asker(request)
    row = Duty.objects.filter(person=person).select_related("division").first()
    told: dict[str, Any] = {}
    if request.method == "POST" and row is not None:
        if request.POST.get("act") == "open":
            told["feed"] = request.build_absolute_uri(reverse("feed", args=[open_feed(row, by=person)]))
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
        told
        | {
            "day": day,
            "duty": row,
            "shift": stops[0].shift if stops else None,
            "rows": [{"stop": each, "code": code_of(each)} for each in stops],
        },
    )


def _inspectors(expert: Person) -> Any:
    return inspectors_of([each.place for each in expert.assignments_today if each.role == Role.EXPERT])
