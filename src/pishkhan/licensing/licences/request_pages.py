"""The page on which something is begun about an office: what can be asked, and what stands in the way of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.casework.models import Case
from pishkhan.casework.pages import rule_context
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing, Refusal
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.offices.selectors import CurrentLicence, current_licences, names_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.quotas import ask_draft
from pishkhan.people.web.request_context import asker, language

from .holder import renewal_of
from .licence_requests import Matter, begin_matter, begun_by, drafts_about, matters_for, offices_for


def matters(request: HttpRequest, code: str) -> HttpResponse:
    """What whoever asks can begin about an office, each with what must be so; and beginning it."""
    person = asker(request)
    office, current = office_and_licence(person, code)
    licence, refusal = current.licence, None
    if request.method == "POST":
        try:
            ask_draft(request)
            return redirect("case", number=begin_matter(request.POST.get("matter", ""), licence, by=person).number)
        except Refusal as wrong:
            refusal = wrong
    drafts = drafts_about(office, person)
    rows = sorted(
        (_matter_context(matter, drafts.get(matter.code)) for matter in matters_for(licence, person)),
        key=lambda matter: matter["blocked"],
    )  # what can be begun comes first
    return render(
        request,
        "licensing/matters.html",
        {
            "office": office,
            "licence": licence,
            "renewal": renewal_of(current, today()),
            "rows": rows,
            "label": OfficeKind(office.kind).text,
            "name": names_of([office], today()).get(office.pk, ""),
            "own": any(matter["own"] for matter in rows),
            "refusal": refusal.text.to(language()) if refusal else "",
        },
        status=refusal.status if refusal else 200,
    )


def office_and_licence(person: Person, code: str) -> tuple[Office, CurrentLicence]:
    """The office of a code and how it stands today; Missing if it is not for the person to see."""
    office = offices_for(person).select_related("division").filter(code=code).first()
    current = current_licences([office], today()).get(office.pk) if office else None
    if office is None or current is None:
        raise Missing()
    current.licence.office = office
    return office, current


def _matter_context(matter: Matter, draft: Case | None) -> dict[str, Any]:
    return {
        "code": matter.code,
        "title": matter.procedure.title,
        "purpose": matter.procedure.purpose,
        "own": begun_by(matter.procedure) == Role.APPLICANT,
        "draft": draft.number if draft else "",
        "met": [rule_context(rule) | {"unmet": False} for rule in matter.met],
        "unmet": [rule_context(rule) for rule in matter.unmet],
        "blocked": bool(matter.in_the_way),
    }
