"""Pages of undertakings: what is owed in one's region, and one of them with its proof and what becomes of it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from pishkhan.casework.actions.pages import action_page, offers
from pishkhan.files.selectors import name_of, response_for
from pishkhan.geography.selectors import place_name
from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import Undertaking
from pishkhan.offices.selectors import names_of
from pishkhan.people.access import STAFF, roles_held
from pishkhan.people.web.request_context import asker, language

from .actions import UNDERTAKING_ACTIONS
from .lists import is_late, state_of, undertakings_seen_by
from .services import WAITING

WORDS = UNDERTAKING_ACTIONS.labels | {
    "undertaking.give": Text("تعهد داده شد", "The undertaking was given"),
    "undertaking.let-go": Text("آنچه تعهد بر آن بود دیگر برجا نیست", "What it rested on stands no more"),
}


def undertaking_context(request: HttpRequest, key: int) -> dict[str, Any]:
    """One undertaking as its page shows it: what is owed, the proof with it, what was done about it and can be."""
    row, person = _undertaking_seen(request, key), asker(request)
    access.note(person.ref, row.subject, "undertaking")
    return undertakings_context([row])[0] | {
        "place": place_name(row.division_id, language()),
        "offers": offers(row, person, lambda name: reverse("undertaking_act", args=[row.pk, name])),
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
    row = _undertaking_seen(request, key)
    return action_page(
        request,
        row,
        name,
        back=reverse("undertaking", args=[key]),
        template="offices/undertaking_act.html",
        more=lambda: {"row": row, "kind": Undertaking.Kind(row.kind).text},
    )


def proof(request: HttpRequest, key: int) -> FileResponse:
    """The proof that lies with an undertaking, as it was uploaded."""
    row = _undertaking_seen(request, key)
    if row.proof is None:
        raise Missing()
    access.note(asker(request).ref, row.subject, "proof")
    return response_for(row.proof)


def undertakings_context(rows: list[Undertaking]) -> list[dict[str, Any]]:
    """Undertakings as pages show them. Asks nothing of the database."""
    return [
        {
            "row": row,
            "kind": Undertaking.Kind(row.kind).text,
            "late": is_late(row),
            "state": state_of(row)[0],
            "badge": state_of(row)[1],
            "waits": row.state in WAITING,
            "refrains": row.kind == Undertaking.Kind.HOLDING_PERIOD,
        }
        for row in rows
    ]


def _undertaking_seen(request: HttpRequest, key: int) -> Undertaking:
    person = asker(request)
    rows = undertakings_seen_by(person).select_related("office", "division", "proof", "person", "organisation")
    row = rows.filter(pk=key).first()
    if row is None:
        access.note_refused(person.ref, Undertaking, f"undertaking {key}"[:80], pk=key)
        raise Missing()
    return row


def _timeline(row: Undertaking) -> list[dict[str, Any]]:
    """What was done about it, the latest first, with the reasons that were written and are not erased."""
    words = words_of(row.subject)
    return [
        {
            "what": WORDS[entry.act],
            "at": entry.at,
            "role": entry.role,
            "words": words.get((entry.number, "reasons"), ""),
        }
        for entry in reversed(Entry.objects.filter(subject=row.subject))
        if entry.act in WORDS
    ]


def _giver(row: Undertaking) -> str:
    if row.organisation is not None:
        return row.organisation.name
    return row.person.full_name if row.person else ""
