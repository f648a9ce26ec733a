"""The page on which something is begun about an office: what can be asked, and what stands in the way of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.casework.models import Case
from pishkhan.casework.pages import told_rule
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing, Refusal
from pishkhan.language.text import Text
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.offices.selectors import Standing, names_of, standing_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.quotas import ask_draft
from pishkhan.people.web.request_context import asker, language

from .holder import renewal_of
from .licence_requests import Matter, begin_matter, begun_by, drafts_about, matters_for, offices_for

# What each is for, in a sentence for who has never asked for it.
PURPOSES = {
    "renewal": Text("پیش از پایان پروانه، برای دوره‌ای تازه.", "Before the licence ends, for another term."),
    "transfer": Text(
        "دفتر به دیگری سپرده می‌شود؛ هر دو طرف امضا می‌کنند.", "The office passes to somebody else; both sides sign."
    ),
    "address-change": Text(
        "دفتر در همان شهر یا روستا به جای دیگری می‌رود.", "The office moves within its city or village."
    ),
    "name-change": Text("نام تابلوی دفتر عوض می‌شود.", "The name on the signboard changes."),
    "closure": Text("دفتر چند روزی بسته است و سپس باز می‌شود.", "The office is closed for some days and opens again."),
    "surrender": Text("کار دفتر برای همیشه پایان می‌یابد.", "The office comes to its end for good."),
    "correction": Text(
        "ثبت چیزی جز آن می‌گوید که در محل دیده شد.", "The register says otherwise than what was seen on the spot."
    ),
    "conversion": Text("کارگزار قدیمی دفتر ICT روستایی می‌شود.", "An agent of old becomes a rural ICT office."),
    "booth": Text(
        "باجه‌ای چند روزه در جایی دیگر، مانند نمایشگاه.", "A booth elsewhere for some days, at a fair for instance."
    ),
}


def matters(request: HttpRequest, code: str) -> HttpResponse:
    """What whoever asks can begin about an office, each with what must be so; and beginning it."""
    person = asker(request)
    office, standing = office_and_standing(person, code)
    licence, refusal = standing.licence, None
    if request.method == "POST":
        try:
            ask_draft(request)
            return redirect("case", number=begin_matter(request.POST.get("matter", ""), licence, by=person).number)
        except Refusal as wrong:
            refusal = wrong
    drafts = drafts_about(office, person)
    rows = sorted(
        (_told(each, drafts.get(each.code)) for each in matters_for(licence, person)), key=lambda each: each["blocked"]
    )  # what can be begun comes first
    return render(
        request,
        "licensing/matters.html",
        {
            "office": office,
            "licence": licence,
            "renewal": renewal_of(standing, today()),
            "rows": rows,
            "label": OfficeKind(office.kind).text,
            "name": names_of([office], today()).get(office.pk, ""),
            "own": any(each["own"] for each in rows),
            "refusal": refusal.text.to(language()) if refusal else "",
        },
        status=refusal.status if refusal else 200,
    )


def office_and_standing(person: Person, code: str) -> tuple[Office, Standing]:
    """The office of a code and how it stands today; Missing if it is not for the person to see."""
    office = offices_for(person).select_related("division").filter(code=code).first()
    standing = standing_of([office], today()).get(office.pk) if office else None
    if office is None or standing is None:
        raise Missing()
    standing.licence.office = office
    return office, standing


def _told(matter: Matter, draft: Case | None) -> dict[str, Any]:
    return {
        "code": matter.code,
        "title": matter.procedure.title,
        "purpose": PURPOSES[matter.code],
        "own": begun_by(matter.procedure) == Role.APPLICANT,
        "draft": draft.number if draft else "",
        "met": [told_rule(each) | {"unmet": False} for each in matter.met],
        "unmet": [told_rule(each) for each in matter.unmet],
        "blocked": bool(matter.in_the_way),
    }
