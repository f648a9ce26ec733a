"""Pages of staff about complaints: the list, entering one, one with all that was done about it and can be."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.files.selectors import HEADERS, content_of
from pishkhan.geography.selectors import counties_of, place_name
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.models import label_of
from pishkhan.journal.refusals import Invalid, Missing, NotPermitted
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text
from pishkhan.letters.pictures import bare
from pishkhan.offices.selectors import names_of
from pishkhan.people.access import CLOSED, open_to
from pishkhan.people.exports import csv_of
from pishkhan.people.form_fields import done
from pishkhan.people.models import Person
from pishkhan.people.paging import chosen, chosen_place, paged
from pishkhan.people.request_context import asker, language
from pishkhan.people.roles import Role
from pishkhan.people.stated import Within

from . import services as acts
from .deadlines import due_days
from .filing import complain
from .forms import Answer, Closed, Entered, Joined, Nothing, Summary, Version, Why
from .kinds import CODES, kind_of
from .models import OPEN, Complaint, State
from .selectors import (
    LISTS,
    MOST_ALIKE,
    OPENED,
    ComplaintFilter,
    about_office,
    alike,
    complaints_seen_by,
    complaints_sought,
    counts_by_kind,
    course_of,
    last_words,
    tariff_on,
)

MOST_EXPORTED, MOST_OF_OFFICE = 10_000, 10
HEADINGS = (
    Text("شماره", "Number"),
    Text("گونه", "Kind"),
    Text("دفتر", "Office"),
    Text("جا", "Place"),
    Text("رسید", "Received"),
    Text("وضعیت", "State"),
    Text("مهلت", "Due"),
)
ENTERED = Text(
    "شکایت با شمارهٔ {number} ثبت شد. کد پیگیری برای شاکی: {code}",
    "The complaint is entered as {number}. Tracking code for the complainant: {code}",
)
NO_SUCH = Text("شکایتی با این شماره در محدودهٔ شما نیست.", "There is no complaint of that number in your places.")
DONE = Text("ثبت شد.", "Done.")
BEFORE_ANSWER = (State.RECEIVED, State.ANSWERED)
BY_DESK = acts.DESK
# By name: who may, in which states, what is asked, what it is called, and what it does. The one place that says so for
# pages and API alike.
ACTS: dict[str, tuple[tuple[Role, ...], tuple[str, ...], type[forms.Form], Text, Any]] = {
    "publish": (
        BY_DESK,
        (State.ANSWERED, State.VISITING, State.CASE, *acts.ENDED),
        Answer,
        Text("انتشار پاسخ برای شاکی", "Publish the answer to the complainant"),
        acts.publish,
    ),
    "send": (BY_DESK, BEFORE_ANSWER, Summary, Text("پرسیدن از دفتر", "Ask the office"), acts.send),
    "release": (
        BY_DESK,
        OPEN,
        Version,
        Text("نشان دادن متن ویراسته به دفتر", "Let the office read a moderated text"),
        acts.release,
    ),
    "withhold": (BY_DESK, OPEN, Nothing, Text("پس گرفتن متن ویراسته", "Withhold the moderated text"), acts.withhold),
    "ask-visit": (
        BY_DESK,
        (State.RECEIVED, State.SENT, State.ANSWERED),
        Nothing,
        Text("خواستن بازدید", "Ask for a visit"),
        acts.ask_visit,
    ),
    "open-case": (
        BY_DESK,
        (State.RECEIVED, State.SENT, State.ANSWERED, State.VISITING),
        Nothing,
        Text("باز کردن پروندهٔ تخلف", "Open a violation case"),
        acts.open_violation,
    ),
    "close": (BY_DESK, OPEN, Closed, Text("بستن با نتیجه", "Close with an outcome"), acts.close),
    "join": (BY_DESK, OPEN, Joined, Text("پیوستن به شکایتی دیگر", "Join to another"), acts.join),
    "separate": (BY_DESK, (State.JOINED,), Nothing, Text("جدا کردن", "Separate again"), acts.separate),
    "dismiss": (BY_DESK, (State.RECEIVED,), Why, Text("رد با دلیل", "Dismiss with reasons"), acts.dismiss),
    "reopen": (BY_DESK, acts.ENDED, Why, Text("باز کردن دوباره", "Open again"), acts.reopen),
    "erase": (
        (Role.DIRECTOR,),
        acts.ENDED,
        Nothing,
        Text("پاک کردن نوشته‌ها و عکس‌ها", "Erase texts and photos"),
        acts.erase,
    ),
}
OF_OFFICE = ("send", "ask-visit", "open-case", "release")
LAST = ("erase", "dismiss")
WORDS = {name: label for name, (_, _, _, label, _) in ACTS.items()} | {
    "receive": Text("رسید", "Received"),
    "add": Text("شاکی افزود", "The complainant added"),
    "answer": Text("دفتر پاسخ داد", "The office answered"),
    "escalate": Text("به مدیرکل رسید", "Brought to the director"),
    "settled": Text("شاکی گفت حل شده است", "Settled, says the complainant"),
    "unsettled": Text("شاکی گفت حل نشده است", "Not settled, says the complainant"),
    "take-back-contact": Text("شاکی راه تماس را پاک کرد", "The complainant took back how to be reached"),
}


@open_to(*BY_DESK)
def complaints(request: HttpRequest) -> HttpResponse:
    """The complaints of one's places, as a table with counts by kind, or exported exactly as shown."""
    sought, person = _sought(request), asker(request)
    found = complaints_sought(person, sought).select_related("office", "division")
    if request.GET.get("export") == "csv":
        access.note(person.ref, f"complaints {asdict(sought)}"[:80], "export")
        return csv_of("complaints", [each.to(language()) for each in HEADINGS], _cells(list(found[:MOST_EXPORTED])))
    page = paged(request, found)
    return render(
        request,
        "enforcement/complaints.html",
        {
            "sought": sought,
            "page": page.with_rows(told_complaints(page.rows)),
            "lists": list(LISTS.items()),
            "kinds": [(each, kind_of(each).text) for each in CODES],
            "counts": [(kind_of(kind).text, count) for kind, count in counts_by_kind(found)],
            "counties": counties_of([each.place for each in person.assignments_today]),
        },
    )


@open_to(*BY_DESK)
def enter_complaint(request: HttpRequest) -> HttpResponse:
    """Entering what was told by phone or on paper; the code is told to whoever complained."""
    person = asker(request)
    form = Entered(request.POST or None, request.FILES or None)
    made: list[Complaint] = []
    if request.method == "POST" and done(form, lambda **stated: made.append(_enter(person, **stated))):
        messages.success(request, ENTERED.filled(number=made[0].number, code=made[0].code).to(language()))
        return redirect("complaint", key=made[0].pk)
    return render(request, "enforcement/enter_complaint.html", {"form": form}, status=422 if form.errors else 200)


@open_to(*BY_DESK)
def complaint(request: HttpRequest, key: Any) -> HttpResponse:
    """One complaint: what was told, by when what is due, what was done and can be, what else is told of the office."""
    row, person = asked_for(request, key), asker(request)
    access.note(person.ref, row.subject, "complaint")
    course, others = course_of(row), about_office(row.office).exclude(pk=row.pk) if row.office else None
    return render(
        request,
        "enforcement/complaint.html",
        told_complaints([row])[0]
        | {
            "place": place_name(row.division_id, language()),
            "acts": acts_open_to(row, person),
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
            "others": told_complaints(list(others[:MOST_OF_OFFICE])) if others is not None else [],
            "others_count": others.count() if others is not None else 0,
            "alike": told_complaints(list(_alike(row, person))) if row.is_open and not row.joined.exists() else [],
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


@open_to(*BY_DESK)
def complaint_act(request: HttpRequest, key: Any, name: str) -> HttpResponse:
    """Doing something about a complaint: what it asks, and doing it."""
    if name not in ACTS:
        raise Missing()
    row, person = asked_for(request, key), asker(request)
    roles, _, asks, label, _ = ACTS[name]
    if not any(person.holds(role, over=row) for role in roles):
        raise NotPermitted(CLOSED)
    form = asks(request.POST if request.method == "POST" else None, initial=_begins_with(row, name))
    if request.method == "POST" and done(form, lambda **stated: do(row, name, by=person, **stated)):
        messages.success(request, DONE.to(language()))
        return redirect("complaint", key=key)
    return render(
        request,
        "enforcement/complaint_act.html",
        told_complaints([row])[0] | {"form": form, "title": label, "final": name in LAST, "name": name},
        status=422 if form.errors else 200,
    )


@open_to(*BY_DESK)
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


def do(row: Complaint, name: str, *, by: Person, **stated: Any) -> None:
    """Do an act of the table, with what its form states."""
    if name == "join":
        other = complaints_seen_by(by).filter(number__iexact=ascii_digits(stated.pop("to")).strip()).first()
        if other is None:
            raise Invalid(NO_SUCH, {"to": NO_SUCH})
        stated["to"] = other
    ACTS[name][4](row, *stated.values(), by=by)


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


def acts_open_to(row: Complaint, person: Person) -> list[dict[str, Any]]:
    """What a person may do about a complaint as it stands."""
    held = person.capacities({*BY_DESK, Role.DIRECTOR}, over=row)
    fits = {"withhold": row.released, "join": not row.joined_to_id} | (
        {} if row.office_id else dict.fromkeys(OF_OFFICE, False)
    )
    return [
        {"name": name, "label": label, "last": name in LAST, "at_once": asks is Nothing and name not in LAST}
        for name, (roles, states, asks, label, _) in ACTS.items()
        if row.state in states and fits.get(name, True) and any(role in held for role in roles)
    ]


def told_complaints(rows: list[Complaint]) -> list[dict[str, Any]]:
    """Complaints as lists show them."""
    on, due = today(), due_days(rows)
    return [
        {
            "row": each,
            "kind": each.declared.text,
            "state": State(each.state).text,
            "due": due.get(each),
            "late": each in due and due[each] < on,
            "door": Complaint.Door(each.door).text,
            "outcome": Complaint.Outcome(each.outcome).text if each.outcome else None,
            "badge": "bad"
            if each in due and due[each] < on
            else {State.CLOSED: "good", State.RECEIVED: "warn"}.get(State(each.state), "info" if each.is_open else ""),
        }
        for each in rows
    ]


def _enter(person: Person, **stated: Any) -> Complaint:
    place = stated["office"] or stated.get("place")
    division = getattr(place, "division", place)
    role = next(
        (each for each in BY_DESK if division is not None and person.holds(each, over=Within(division.code))),
        Role.EXPERT,
    )
    return complain(by=person, role=role, **stated)


def _begins_with(row: Complaint, name: str) -> dict[str, str]:
    """What a form begins with: the last wording of the same, the office's own answer, the text to be moderated."""
    if name not in ("send", "publish", "release"):
        return {}
    course = course_of(row)
    if name == "send":
        return {"summary": last_words(course, "summary")}
    if name == "publish":
        return {"text": last_words(course, "published") or last_words(course, "answer")}
    return {"version": last_words(course, "version") or course[0].words.get("text", "")}


def _alike(row: Complaint, person: Person) -> Any:
    return (
        alike(row)
        .filter(pk__in=complaints_seen_by(person).values("pk"))
        .select_related("office", "division")[:MOST_ALIKE]
    )


def _sought(request: HttpRequest) -> ComplaintFilter:
    return ComplaintFilter(
        of=chosen(request, "of", list(LISTS)) or OPENED,
        kind=chosen(request, "kind", CODES),
        place=chosen_place(request),
        q=request.GET.get("q", "").strip()[:24],
    )


def _cells(rows: list[Complaint]) -> list[list[str]]:
    due = due_days(rows)
    return [
        [
            each.number,
            each.declared.text.to(language()),
            each.office.code if each.office else "",
            each.division.name,
            jalali(each.received_on),
            State(each.state).text.to(language()),
            jalali(due[each]) if each in due else "",
        ]
        for each in rows
    ]
