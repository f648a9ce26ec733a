"""Reports that the server refused and inspectors left with the house: which there are, what each says, and why."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pishkhan.inspections.checklists.selectors import editions_of
from pishkhan.inspections.lists.visit_lists import ANOTHER, REASONS, HandedInList, handed_in_within
from pishkhan.inspections.words import ANSWERS
from pishkhan.journal import access
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.refusals import Missing
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.web.request_context import asker, language

from .report import Report


@open_to(*HandedInList.roles)
@require_safe
def handed_in(request: HttpRequest) -> HttpResponse:
    """The reports of one's region that were handed in, newest first."""
    return HandedInList.answer(request)


@open_to(Role.EXPERT)
@require_safe
def handed_in_report(request: HttpRequest, key: UUID) -> HttpResponse:
    """A report that was handed in, as the phone told it."""
    person = asker(request)
    row = handed_in_within(person).select_related("person", "visit", "division").filter(pk=key).first()
    if row is None:
        raise Missing()
    access.note(person.ref, row.subject, "handed-in report")
    word = words_of(row.subject).get((1, "report"))
    report = Report.model_validate_json(word) if word else None
    return render(
        request,
        "inspections/handed_in_report.html",
        {"row": row, "why": REASONS.get(row.because, ANOTHER), "report": report, "items": _items(report)},
    )


def _items(report: Report | None) -> list[dict[str, str]]:
    """What was answered, in words, as far as the edition that the report names is ours."""
    if report is None:
        return []
    known = {
        item.code: item.text.to(language())
        for edition in editions_of()
        if edition.code == report.edition
        for item in edition.items
    }
    said = {answer.value: text.to(language()) for answer, text in ANSWERS.items()}
    return [
        {
            "text": known.get(code, code),
            "said": said.get(answer, answer),
            "answer": answer,
            "note": report.notes.get(code, ""),
        }
        for code, answer in report.answers.items()
    ]
