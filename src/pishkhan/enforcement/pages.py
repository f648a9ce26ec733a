"""Pages of enforcement: what could be reported, and reporting it."""

from contextlib import suppress
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pishkhan.casework.lists.case_list import CaseList
from pishkhan.casework.models import Case
from pishkhan.inspections.checklists.checklist import Severity
from pishkhan.inspections.checklists.selectors import edition as checklist_edition
from pishkhan.inspections.models import Finding, Visit
from pishkhan.journal.refusals import Missing, Refusal, Unavailable
from pishkhan.language.text import Text
from pishkhan.offices.models import Undertaking
from pishkhan.people.access import open_to, roles_held
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.form_fields import done, ltr, message_of_refusal, said
from pishkhan.people.web.paging import chosen, paged
from pishkhan.people.web.request_context import asker, language

from .catalogue import EDITIONS, violation_seen_by
from .models import Source
from .reporting import report_by_letter, report_fault, report_undertaking
from .selectors import CODE, faults_to_report, undertakings_to_report

M = TypeVar("M", bound=Model)
CONCERNED = (Role.EXPERT, Role.INSPECTOR, Role.SECRETARY, Role.REGION, Role.DIRECTOR)  # who works on violations
SEVERITIES = {Severity.MAJOR: Text("مهم", "major"), Severity.CRITICAL: Text("بحرانی", "critical")}
LISTS = {
    "faults": Text("ایرادهای بازدید", "Faults that visits found"),
    "undertakings": Text("تعهدهای از موعد گذشته", "Overdue undertakings"),
}
REPORTED = Text("گزارش تخلف با شمارهٔ {number} ثبت شد.", "The violation is reported as {number}.")


class Reported(forms.Form):
    """What an agency or somebody else told, by letter."""

    office = forms.CharField(max_length=12, label=said("کد دفتر", "Code of the office"), widget=ltr())
    source = forms.ChoiceField(
        label=said("منبع", "Source"),
        choices=[(source, said(*source.text)) for source in (Source.AGENCY, Source.COMPLAINT)],
    )
    violation = forms.ChoiceField(
        label=said("تخلف", "Violation"),
        choices=[(violation.code, said(*violation.text)) for violation in EDITIONS[-1].violations],
    )
    letter = forms.CharField(max_length=60, label=said("شمارهٔ نامه", "Number of the letter"), widget=ltr())


@open_to(*CONCERNED)
def violations(request: HttpRequest) -> HttpResponse:
    """What could be reported, each in one press; and reporting what came by letter."""
    person = asker(request)
    expert = Role.EXPERT in roles_held(request)
    form = Reported(request.POST or None) if expert else None
    if form is not None and request.method == "POST":
        opened: list[Case] = []
        if done(form, lambda **data: opened.append(report_by_letter(person, **data))):
            return _reported(request, opened[0])
    of = chosen(request, "of", list(LISTS)) or "faults"
    rows = faults_to_report(person) if of == "faults" else undertakings_to_report(person)
    page = paged(request, rows)
    under_way = CaseList.select(person, procedure=CODE)
    return render(
        request,
        "enforcement/violations.html",
        {
            "of": of,
            "lists": list(LISTS.items()),
            "expert": expert,
            "form": form,
            "under_way": under_way.count(),
            "page": page.with_rows([_fault(row) if of == "faults" else _undertaking_context(row) for row in page.rows]),
        },
        status=422 if form is not None and form.errors else 200,
    )


@open_to(Role.EXPERT)
@require_POST
def report_violation(request: HttpRequest) -> HttpResponse:
    """Open a violation case about a fault or an undertaking of the list, in one press."""
    person, posted = asker(request), request.POST
    try:
        if posted.get("visit"):
            visit = _one(within(Visit.objects.select_related("office__division"), person), posted["visit"])
            return _reported(request, report_fault(visit, posted.get("item", "")[:30], by=person))
        undertaking = _one(
            within(Undertaking.objects.select_related("office__division"), person), posted.get("undertaking", "")
        )
        return _reported(request, report_undertaking(undertaking, by=person))
    except (Missing, Unavailable):
        raise
    except Refusal as refusal:
        message_of_refusal(request, refusal)
        return redirect("violations")


def _one(rows: QuerySet[M], key: str) -> M:
    """The row of a key that was posted; Missing if there is none, or the key is none."""
    with suppress(ValueError, ValidationError, OverflowError):
        row = rows.filter(pk=key[:40]).first()
        if row is not None:
            return row
    raise Missing()


def _reported(request: HttpRequest, case: Case) -> HttpResponse:
    messages.success(request, REPORTED.filled(number=case.number).to(language()))
    return redirect("case", number=case.number)


def _fault(row: Finding) -> dict[str, Any]:
    visit, items = row.visit, checklist_edition(row.visit.edition).items
    item = next((candidate.text for candidate in items if candidate.code == row.item), Text(row.item, row.item))
    seen = violation_seen_by(row.item, visit.visited_on) if visit.visited_on else None
    return {
        "office": visit.office,
        "division": visit.division,
        "on": visit.visited_on,
        "what": item,
        "severity": SEVERITIES[Severity(row.severity)],
        "critical": row.severity == Severity.CRITICAL,
        "sign_of": seen.text if seen else None,
        "visit": visit.pk,
        "item": row.item,
    }


def _undertaking_context(row: Undertaking) -> dict[str, Any]:
    return {
        "office": row.office,
        "division": row.division,
        "on": row.due_on,
        "what": Undertaking.Kind(row.kind).text,
        "undertaking": row.pk,
    }
