"""The minutes of a meeting: drafted from what happened, signed by who attended, and then they stand."""

from typing import Any

from pishkhan.casework.actions.actions import taking
from pishkhan.files.models import StoredFile
from pishkhan.files.services import entrust
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import now
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.sealing.canonical import canonical, digest
from pishkhan.meetings import refusals
from pishkhan.meetings.course import notices
from pishkhan.meetings.course.services import kept_reasons
from pishkhan.meetings.models import DeclinedSignature, Meeting, Minutes, Signature
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .content import Word, content_of
from .selectors import are_whole

MINUTED = (Meeting.State.CLOSED, Meeting.State.INQUORATE)


@retried
def draft_minutes(meeting: Meeting, *, by: Actor) -> Minutes:
    """Draft the minutes of a meeting that has ended, or draft them anew as long as nobody has signed."""
    with one_transaction():
        lock(meeting)  # of two who draft at once the second drafts anew
        if meeting.state not in MINUTED:
            raise refusals.NotInThisState(meeting.state)
        row = Minutes.objects.filter(meeting=meeting).first()
        if row is None:
            row = Minutes(meeting=meeting, division_id=meeting.division_id, content={}, digest="", drafted_at=now())
            with begin(by, "minutes.draft", row, role=Role.SECRETARY) as entry:
                _write(row, entry)
                notices.notify_attendees(notices.DRAFTED, meeting, entry)
            return row
        with act(by, "minutes.draft-anew", on=row, role=Role.SECRETARY) as entry:
            if row.signatures.exists():
                raise refusals.MinutesAreSigned()
            row.declined.all().delete()  # they declined others than these
            _write(row, entry)
    return row


@retried
def sign(minutes: Minutes, seen: str, *, by: Person) -> Signature:
    """Acknowledge the minutes of the digest that was seen: by somebody who attended, and signed in again for it."""
    with act(by, "minutes.sign", on=minutes, role=Role.MEMBER) as entry:
        if seen != minutes.digest:
            raise refusals.OtherMinutes()
        signature = _signature(minutes, by, "")
        entry.facts = {"digest": minutes.digest}
        _complete(minutes)
    return signature


@retried
def sign_on_paper(minutes: Minutes, person: Person, *, scan: StoredFile, by: Actor) -> Signature:
    """Record that an attendee signed on paper: by the secretary, with the scan."""
    with taking(minutes, "sign-on-paper", by=by) as entry:
        if scan.uploaded_by != by.ref:
            raise refusals.NotYourScan()
        signature = _signature(minutes, person, scan.digest)
        entry.facts = {"person": person.ref, "digest": minutes.digest, "scan": scan.digest, "file": scan.pk}
        entrust(scan, person.ref, because=entry)
        _complete(minutes)
    return signature


@retried
def decline(minutes: Minutes, *, reasons: str, by: Person) -> DeclinedSignature:
    """Say that one does not sign, and why: by somebody who attended."""
    with taking(minutes, "decline", by=by) as entry:
        return _declined(minutes, by, reasons, entry)


@retried
def note_declined(minutes: Minutes, person: Person, *, reasons: str, by: Actor) -> DeclinedSignature:
    """Record that an attendee does not sign, or cannot, and why: by the secretary."""
    with taking(minutes, "note-declined", by=by) as entry:
        return _declined(minutes, person, reasons, entry)


def _write(row: Minutes, entry: Entry) -> None:
    """Write into minutes what the records say now; the digest that is signed is of all of it."""
    count = 0

    def kept(text: str, whose: str) -> Word:
        nonlocal count
        count += 1
        return {"word": count, "digest": keep(entry, f"w{count}", text, whose=whose)}

    content: dict[str, Any] = canonical(content_of(row.meeting, kept))
    row.digest = digest([content])
    row.content = content | {"words": entry.number}
    row.drafted_at = entry.at
    entry.facts = {"meeting": row.meeting.number, "digest": row.digest}


def _signature(minutes: Minutes, person: Person, scan: str) -> Signature:
    _ask_attendance(minutes, person)
    signature, _ = Signature.objects.get_or_create(
        minutes=minutes, person=person, defaults={"digest": minutes.digest, "signed_at": now(), "scan": scan}
    )
    return signature


def _declined(minutes: Minutes, person: Person, reasons: str, entry: Entry) -> DeclinedSignature:
    _ask_attendance(minutes, person)
    if minutes.signatures.filter(person=person).exists():
        raise refusals.SignedAlready()
    declined, _ = DeclinedSignature.objects.get_or_create(
        minutes=minutes, person=person, defaults={"digest": minutes.digest, "declined_at": now()}
    )
    entry.facts = {"person": person.ref, "digest": minutes.digest, "reasons": kept_reasons(entry, reasons)}
    _complete(minutes)
    return declined


def _ask_attendance(minutes: Minutes, person: Person) -> None:
    if not minutes.meeting.attendances.filter(person=person).exists():
        raise refusals.NotAnAttendee()


def _complete(minutes: Minutes) -> None:
    if minutes.completed_at is None and are_whole(minutes):
        minutes.completed_at = now()
