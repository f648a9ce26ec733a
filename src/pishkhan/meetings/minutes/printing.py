"""Minutes on paper: as PDF from the records alone, the same bytes whenever it is made from the same records."""

from typing import Any

from pishkhan.journal.sealing.canonical import canonical
from pishkhan.language.text import Text
from pishkhan.letters.formatting import day_text
from pishkhan.letters.letterhead import letterhead, pair
from pishkhan.letters.rendering import pdf_of
from pishkhan.meetings.models import Minutes

from . import sentences as say
from .rendering import moment_text
from .selectors import Attendee, attendees, rendered

TEMPLATE = "minutes"
DRAFT, WHOLE = Text("در انتظار امضا", "waiting for signatures"), Text("کامل", "complete")
SIGNED_HERE = Text("در سامانه امضا کرد، {at}", "signed in the system, {at}")
SIGNED_ON_PAPER = Text("روی کاغذ امضا کرد، {at}", "signed on paper, {at}")
DECLINED = Text("امضا نکرد: {why}", "did not sign: {why}")


def pdf(minutes: Minutes, language: str, *, redacted: bool = False) -> bytes:
    """The PDF of minutes in a language, with the signatures that there are; redacted, as they may be published."""
    return pdf_of(TEMPLATE, record_of(minutes, redacted=redacted), language)


def record_of(minutes: Minutes, *, redacted: bool = False) -> dict[str, Any]:
    """All that the PDF of minutes shows. Its day is that of the last signature, or of the draft."""
    text, signatures = rendered(minutes, redacted=redacted), attendees(minutes)
    signed = [attendee.signed_at for attendee in signatures if attendee.signed_at]
    made = max([minutes.drafted_at, *signed])
    return {
        "number": minutes.meeting.number,
        "issued_on": day_text(minutes.meeting.held_on),
        "made": [*made.utctimetuple()[:6]],
        "house": letterhead(minutes.division_id),
        "signed": None,
        "case": None,
        "title": pair(text.title),
        "facts": [[pair(what), pair(fact)] for what, fact in text.facts],
        "attendance": [
            [pair(part) for part in (line.organisation, line.name, line.note, line.hours)] for line in text.attendance
        ],
        "absent": pair(text.absent) if text.absent else None,
        "items": [{"heading": pair(item.heading), "lines": [pair(line) for line in item.lines]} for item in text.items],
        "events": [pair(event) for event in text.events],
        "digest": minutes.digest,
        "redacted": redacted,
        "state": pair(WHOLE if minutes.completed_at else DRAFT),
        "signatures": [] if redacted else [_signature(attendee) for attendee in signatures],
    }


def _signature(attendee: Attendee) -> list[dict[str, str]]:
    name = attendee.person.full_name
    answer = Text("", "")
    if attendee.signed_at:
        at = moment_text(canonical(attendee.signed_at))
        answer = (SIGNED_ON_PAPER if attendee.on_paper else SIGNED_HERE).filled(at=at)
    elif attendee.declined:
        answer = DECLINED.filled(why=attendee.reasons or say.ERASED)
    return [pair(Text(name, name)), pair(answer)]
