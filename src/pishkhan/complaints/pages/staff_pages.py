"""Pages of staff about complaints: the list, entering one, one with all that was done about it and can be."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pishkhan.casework.actions.pages import action_page, offers
from pishkhan.complaints.actions import COMPLAINT_ACTIONS
from pishkhan.complaints.filing import complain
from pishkhan.complaints.models import DESK, Complaint
from pishkhan.complaints.selectors import (
    MOST_ALIKE,
    about_office,
    alike,
    complaints_seen_by,
    course_of,
    last_words,
    tariff_on,
)
from pishkhan.files.selectors import HEADERS, content_of
from pishkhan.geography.selectors import place_name
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.models import label_of
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.letters.pictures import bare
from pishkhan.offices.selectors import names_of
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.stated import Within
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language

from .complaint_list import ComplaintList, complaint_rows
from .forms import Entered

MOST_OF_OFFICE = 10
ENTERED = Text(
    "شکایت با شمارهٔ {number} ثبت شد. کد پیگیری برای شاکی: {code}",
    "The complaint is entered as {number}. Tracking code for the complainant: {code}",
)
WORDS = {name: each.label for name, each in COMPLAINT_ACTIONS.items()} | {
    "receive": Text("رسید", "Received"),
    "add": Text("شاکی افزود", "The complainant added"),
    "answer": Text("دفتر پاسخ داد", "The office answered"),
    "escalate": Text("به مدیرکل رسید", "Brought to the director"),
    "settled": Text("شاکی گفت حل شده است", "Settled, says the complainant"),
    "unsettled": Text("شاکی گفت حل نشده است", "Not settled, says the complainant"),
    "take-back-contact": Text("شاکی راه تماس را پاک کرد", "The complainant took back how to be reached"),
}


@open_to(*ComplaintList.roles)
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints of one's places, as a table with counts by kind, or exported exactly as shown."""
    return ComplaintList.answer(request)


@open_to(*DESK)
def enter_complaint(request: HttpRequest) -> HttpResponse:
    """Entering what was told by phone or on paper; the code is told to whoever complained."""
    person = asker(request)
    form = Entered(request.POST or None, request.FILES or None)
    made: list[Complaint] = []
    if request.method == "POST" and done(form, lambda **stated: made.append(_enter(person, **stated))):
        messages.success(request, ENTERED.filled(number=made[0].number, code=made[0].code).to(language()))
        return redirect("complaint", key=made[0].pk)
    return render(request, "complaints/enter.html", {"form": form}, status=422 if form.errors else 200)


@open_to(*DESK)
def complaint(request: HttpRequest, key: Any) -> HttpResponse:
    """One complaint: what was told, by when what is due, what was done and can be, what else is told of the office."""
    row, person = asked_for(request, key), asker(request)
    access.note(person.ref, row.subject, "complaint")
    course, others = course_of(row), about_office(row.office).exclude(pk=row.pk) if row.office else None
    return render(
        request,
        "complaints/complaint.html",
        complaint_rows([row])[0]
        | {
            "place": place_name(row.division_id, language()),
            "offers": offers(row, person, lambda name: reverse("complaint_act", args=[row.pk, name])),
            "name": names_of([row.office], today()).get(row.office.pk, "") if row.office else "",
            "text": course[0].words.get("text", ""),
            "where": course[0].words.get("where", ""),
            "contact": last_words(course, "contact"),
            "summary": last_words(course, "summary"),
            "version": last_words(course, "version"),
            "answer": last_words(course, "answer"),
            "published": last_words(course, "published"),
            "tariff": tariff_on(row),
            "photos": list(row.photos.order_by("pk")),
            "joined": list(row.joined.order_by("number")),
            "others": complaint_rows(list(others[:MOST_OF_OFFICE])) if others is not None else [],
            "others_count": others.count() if others is not None else 0,
            "alike": complaint_rows(list(_alike(row, person))) if row.is_open and not row.joined.exists() else [],
            "timeline": [
                {
                    "what": WORDS[each.act],
                    "at": each.entry.at,
                    "role": each.entry.role,
                    "words": [text for field, text in each.words.items() if field not in ("contact", "where")],
                }
                for each in reversed(course)
                if each.act in WORDS
            ],
        },
    )


@open_to(*DESK)
def complaint_act(request: HttpRequest, key: Any, name: str) -> HttpResponse:
    """Doing something about a complaint: what it asks, and doing it."""
    row = asked_for(request, key)
    back = reverse("complaint", args=[key])
    return action_page(
        request, row, name, back=back, template="complaints/action.html", more=lambda: complaint_rows([row])[0]
    )


@open_to(*DESK)
def complaint_photo(request: HttpRequest, key: Any, photo: int) -> HttpResponse:
    """A photo of a complaint, bare of what the camera wrote into it."""
    row = asked_for(request, key)
    found = row.photos.select_related("file").filter(pk=photo).first()
    if found is None:
        raise Missing()
    access.note(asker(request).ref, row.subject, "photo")
    made = bare(content_of(found.file))
    if made is None:
        raise Missing()
    return HttpResponse(made, content_type="image/jpeg", headers=HEADERS)


def asked_for(request: HttpRequest, key: Any) -> Complaint:
    """The complaint of a key that whoever asks may see; that another was asked for is noted."""
    person = asker(request)
    found = (
        complaints_seen_by(person)
        .select_related("office", "division", "service", "joined_to__office", "visit", "case")
        .filter(pk=key)
        .first()
    )
    if found is None:
        access.note(person.ref, f"{label_of(Complaint)}:{key}"[:80], "complaint", refused=True)
        raise Missing()
    return found


def _enter(person: Person, **stated: Any) -> Complaint:
    place = stated["office"] or stated.get("place")
    division = getattr(place, "division", place)
    role = next(
        (each for each in DESK if division is not None and person.holds(each, over=Within(division.code))),
        Role.EXPERT,
    )
    return complain(by=person, role=role, **stated)


def _alike(row: Complaint, person: Person) -> Any:
    return (
        alike(row)
        .filter(pk__in=complaints_seen_by(person).values("pk"))
        .select_related("office", "division")[:MOST_ALIKE]
    )
