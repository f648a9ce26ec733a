"""Pages of whoever has a part in a case: taking a step, its documents. The page of one case: site.pages.case_page."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.files.selectors import response_for
from pishkhan.files.services import store
from pishkhan.journal import access
from pishkhan.journal.clock import now
from pishkhan.journal.refusals import NotPermitted, Refusal
from pishkhan.language.text import Text
from pishkhan.limits.lookups import by_code
from pishkhan.people.access import CLOSED
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.table import read_by
from pishkhan.people.web.form_fields import show_refusal, validated_by_the_act
from pishkhan.people.web.quotas import ask_upload
from pishkhan.people.web.request_context import asker, language

from .fields import File
from .lists.lookup import case_of, step_of
from .lists.tracking import TRACK, tracked
from .models import Case
from .procedures.doing import does
from .procedures.procedure import Step
from .reading import open_paper
from .refusals import NotAtThisStage, RulesUnmet
from .selectors import Unmet, binds, citation_of, unmet
from .services import advance

F = TypeVar("F", bound=forms.Form)

DONE = Text("«{step}» انجام شد. پرونده اکنون در «{stage}» است.", "'{step}' is done. The case now stands at '{stage}'.")


def track(request: HttpRequest, next_meeting: Callable[[str], date | None]) -> HttpResponse:
    """Where the request of a code stands, and when it is before a meeting next; a sentence where there is none.

    Meetings stand a floor above: the page that is asked for (site.case_page) says how their day is found.
    """
    code, case, refusal, status = request.GET.get("code", "").strip()[:20], None, "", 200
    if code:
        try:
            case = by_code(TRACK, request, lambda: tracked(code))
        except Refusal as wrong:
            refusal, status = wrong.text.to(language()), wrong.status
    return render(
        request,
        "casework/track.html",
        {"code_told": code, "case": case, "refusal": refusal, "meets_on": next_meeting(code) if case else None},
        status=status,
    )


def take(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A step of a case: what it asks, which rules it must meet, and taking it."""
    case, person = case_of(request, number)
    step = step_of(case, name)
    _ask_whether_it_can_be_taken(case, step, person)
    form, refusal = _form(step, case, request), None
    if request.method == "POST":
        try:
            advance(case, step, by=person, answers=answers_of(request, form), seen=_seen(request))
            messages.success(request, DONE.filled(step=step.label, stage=case.where.label).to(language()))
            return redirect("case", number=case.number)
        except Refusal as wrong:
            refusal = wrong
            validated_by_the_act(form)
            show_refusal(form, wrong)
    access.note(person.ref, case.subject, f"step {name}")
    return render(
        request,
        "casework/step.html",
        {
            "case": case,
            "step": step,
            "form": form,
            "title": step.label,
            "seen": case.revision,
            "ends": step.target.ends,
            "does": does(step),
            "rules": _rules(step, case, refusal),
        },
        status=refusal.status if refusal else 200,
    )


def document(request: HttpRequest, number: str, kind: str) -> FileResponse:
    """A paper of a case, as it was uploaded."""
    case, person = case_of(request, number)
    return response_for(open_paper(case, kind, person, read_by(person, over=case)).file)


def _ask_whether_it_can_be_taken(case: Case, step: Step, person: Person) -> None:
    if not person.holds(step.by, over=case):
        raise NotPermitted(CLOSED)
    if case.where not in step.sources:
        raise NotAtThisStage(step, case.where.label)


def _form(step: Step, case: Case, request: HttpRequest) -> forms.Form:
    asks = step.form or forms.Form
    form: forms.Form = asks(request.POST or None, request.FILES or None)
    if hasattr(form, "about"):
        form.about(case)
    for name, field in form.fields.items():
        field.beside = [rule_context(unmet) for unmet in _beside(case, name)]  # type: ignore[attr-defined]
    return form


def _beside(case: Case, field: str) -> list[Unmet]:
    """The rules of the procedure that will be asked about what a field states."""
    rules = {
        rule.name: rule
        for step in case.procedure.steps.values()
        for rule in step.when
        if field in rule.beside and rule.concerns(case)
    }
    return list(unmet(case, rules.values()))


def rule_context(unmet: Unmet) -> dict[str, Any]:
    """A rule as pages tell it: its sentence, where it comes from, and whether it refuses or only warns."""
    return {"sentence": unmet.rule.sentence, "citation": unmet.citation, "binds": unmet.binds}


def _rules(step: Step, case: Case, refusal: Refusal | None) -> list[dict[str, Any]]:
    if isinstance(refusal, RulesUnmet):
        broken = set(refusal.rules)
    else:
        broken = set() if refusal else set(step.broken(case, now()))
    return [
        {
            "sentence": rule.sentence,
            "citation": citation_of(case, rule),
            "binds": binds(case, rule),
            "unmet": rule in broken,
        }
        for rule in step.when
        if rule.concerns(case)
    ]


def answers_of(request: HttpRequest, form: forms.Form) -> dict[str, Any]:
    """What was filled in. A file that came with it is stored first, and is named by its identifier from then on."""
    answers: dict[str, Any] = {
        name: request.POST.getlist(name) if isinstance(field, forms.MultipleChoiceField) else request.POST[name]
        for name, field in form.fields.items()
        if name in request.POST
    }
    for name, field in form.fields.items():
        if isinstance(field, File):
            answers[name] = field.stored = request.POST.get(f"{name}_stored", "")
            if name in request.FILES:
                person = asker(request)
                ask_upload(request, request.FILES[name])
                answers[name] = field.stored = str(
                    store(cast("Any", request.FILES[name]), by=person, division=person.division).pk
                )
    return answers


def filled_form(request: HttpRequest, asks: Callable[..., F]) -> F:
    """A form as it was filled in, its files stored; why not, told in it, if one is refused."""
    form = asks()
    try:
        filled = asks(data=answers_of(request, form))
    except Refusal as refusal:
        filled = asks(data=request.POST)
        filled.full_clean()
        show_refusal(filled, refusal)
        return filled
    for field, bound in form.fields.items():
        filled.fields[field].stored = getattr(bound, "stored", "")  # type: ignore[attr-defined]
    return filled


def _seen(request: HttpRequest) -> int | None:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() else None
