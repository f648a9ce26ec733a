"""Pages of undertakings: what is owed in one's region, and one of them with its proof and what becomes of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.casework.fields import File, Words
from pishkhan.casework.pages import filled_form
from pishkhan.files.selectors import name_of, response_for
from pishkhan.geography.selectors import place_name
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing, NotPermitted
from pishkhan.language.text import Text
from pishkhan.people.access import CLOSED, STAFF, open_to, roles_held
from pishkhan.people.form_fields import done, said
from pishkhan.people.models import Person
from pishkhan.people.request_context import asker, language
from pishkhan.people.roles import Role

from .models import Undertaking
from .selectors import names_of
from .undertaking_lists import UndertakingList, is_late, state_of, undertakings_seen_by
from .undertakings import WAITING, State, find_kept, find_wanting, release, show


class Proof(forms.Form):
    file = File(label=said("مدرک (PDF یا عکس)", "Proof (PDF or picture)"))


class Why(forms.Form):
    reasons = Words(min_length=3, max_length=2000, label=said("دلیل", "Reasons"))


# By name: who may, what is asked, what it is called, what is told once it is done, and what it does.
ACTS: dict[str, tuple[str, type[forms.Form], Text, Text, Any]] = {
    "show": (
        Role.APPLICANT,
        Proof,
        Text("ارائهٔ مدرک", "Show a proof"),
        Text("مدرک رسید و بررسی می‌شود.", "The proof has come and will be looked at."),
        lambda row, by, file: show(row, file, by=by),
    ),
    "find-kept": (
        Role.EXPERT,
        forms.Form,
        Text("تأیید انجام", "Find it kept"),
        Text("انجام تعهد ثبت شد.", "The undertaking is found kept."),
        lambda row, by: find_kept(row, by=by),
    ),
    "find-wanting": (
        Role.EXPERT,
        Why,
        Text("کافی نبودن مدرک", "Find the proof wanting"),
        Text("کافی نبودن مدرک با دلیل ثبت شد.", "The proof is found wanting, with the reasons."),
        lambda row, by, reasons: find_wanting(row, reasons=reasons, by=by),
    ),
    "release": (
        Role.DIRECTOR,
        Why,
        Text("برداشتن تعهد", "Release from it"),
        Text("تعهد با دلیل برداشته شد.", "The undertaking is released, with the reasons."),
        lambda row, by, reasons: release(row, reasons=reasons, by=by),
    ),
}
WORDS = {f"undertaking.{name}": label for name, (_, _, label, _, _) in ACTS.items()} | {
    "undertaking.give": Text("تعهد داده شد", "The undertaking was given"),
    "undertaking.let-go": Text("آنچه تعهد بر آن بود دیگر برجا نیست", "What it rested on stands no more"),
}


@open_to(*UndertakingList.roles)
def undertakings(request: HttpRequest) -> HttpResponse:
    """What holders of one's region owe, the overdue first; as a table, or exported exactly as shown."""
    return UndertakingList.answer(request)


def undertaking_told(request: HttpRequest, key: int) -> dict[str, Any]:
    """One undertaking as its page shows it: what is owed, the proof with it, what was done about it and can be."""
    row, person = _asked_for(request, key), asker(request)
    access.note(person.ref, row.subject, "undertaking")
    return told_undertakings([row])[0] | {
        "place": place_name(row.division_id, language()),
        "acts": _open_acts(row, person),
        "name": names_of([row.office], today()).get(row.office_id, ""),
        "timeline": _timeline(row),
        "proof_name": name_of(row.proof) if row.proof else "",
        "proof_kilobytes": -(-row.proof.size // 1024) if row.proof else 0,
        "at_work": bool(roles_held(request) & set(STAFF)),
        "is_picture": bool(row.proof and row.proof.media_type.startswith("image/")),
        "giver": _giver(row),
    }


def undertaking_act(request: HttpRequest, key: int, name: str) -> HttpResponse:
    """Doing something about an undertaking: what it asks, and doing it."""
    if name not in ACTS:
        raise Missing()
    row, person = _asked_for(request, key), asker(request)
    role, asks, label, told, do = ACTS[name]
    if not person.holds(role, over=row):
        raise NotPermitted(CLOSED)
    form = asks()
    if request.method == "POST":
        form = filled_form(request, asks)
        if not form.errors and done(form, lambda **stated: do(row, person, **stated)):
            messages.success(request, told.to(language()))
            return redirect("undertaking", key=key)
    return render(
        request,
        "offices/undertaking_act.html",
        {"row": row, "kind": Undertaking.Kind(row.kind).text, "form": form, "title": label},
        status=422 if form.errors else 200,
    )


def proof(request: HttpRequest, key: int) -> FileResponse:
    """The proof that lies with an undertaking, as it was uploaded."""
    row = _asked_for(request, key)
    if row.proof is None:
        raise Missing()
    access.note(asker(request).ref, row.subject, "proof")
    return response_for(row.proof)


def told_undertakings(rows: list[Undertaking]) -> list[dict[str, Any]]:
    """Undertakings as pages show them. Asks nothing of the database."""
    return [
        {
            "row": each,
            "kind": Undertaking.Kind(each.kind).text,
            "late": is_late(each),
            "state": state_of(each)[0],
            "badge": state_of(each)[1],
            "waits": each.state in WAITING,
            "refrains": each.kind == Undertaking.Kind.HOLDING_PERIOD,
        }
        for each in rows
    ]


def _asked_for(request: HttpRequest, key: int) -> Undertaking:
    person = asker(request)
    rows = undertakings_seen_by(person).select_related("office", "division", "proof", "person", "organisation")
    found = rows.filter(pk=key).first()
    if found is None:
        access.note(person.ref, f"undertaking {key}"[:80], "undertaking", refused=True)
        raise Missing()
    return found


def _open_acts(row: Undertaking, person: Person) -> list[dict[str, Any]]:
    """What the person may do about it as it stands."""
    held = person.capacities({role for role, *_ in ACTS.values()}, over=row)
    fits = {
        "show": row.state in WAITING and row.kind != Undertaking.Kind.HOLDING_PERIOD,
        "find-kept": row.state == State.SHOWN,
        "find-wanting": row.state == State.SHOWN,
        "release": row.state in WAITING,
    }
    return [
        {"name": name, "label": label, "final": name == "release"}
        for name, (role, _, label, _, _) in ACTS.items()
        if role in held and fits[name]
    ]


def _timeline(row: Undertaking) -> list[dict[str, Any]]:
    """What was done about it, the latest first, with the reasons that were written and are not erased."""
    words = words_of(row.subject)
    return [
        {"what": WORDS[each.act], "at": each.at, "role": each.role, "words": words.get((each.number, "reasons"), "")}
        for each in reversed(Entry.objects.filter(subject=row.subject))
        if each.act in WORDS
    ]


def _giver(row: Undertaking) -> str:
    if row.organisation is not None:
        return row.organisation.name
    return row.person.full_name if row.person else ""
