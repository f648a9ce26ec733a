"""Questions about minutes: who signed, whether they are whole, who reads which edition of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.sealing.canonical import canonical
from pishkhan.meetings.models import Body, Meeting, Minutes
from pishkhan.meetings.selectors import SIGNATURES, rule_of
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import read_by
from pishkhan.people.roles import Role

from .content import as_text, content_of
from .rendering import Rendered, render

STAFF_READ = {Datum.STATED, Datum.REASONS, Datum.DRAFT}


@dataclass(frozen=True)
class Attendee:
    """Somebody who attended a meeting, and whether and how they signed its minutes, or why not."""

    person: Person
    chair: bool
    signed_at: Any = None
    on_paper: bool = False
    declined: bool = False
    reasons: str = ""

    @property
    def answered(self) -> bool:
        return self.signed_at is not None or self.declined


def attendees(minutes: Minutes) -> list[Attendee]:
    """Whoever attended, each once, in the order in which they came."""
    signed = {signature.person_id: signature for signature in minutes.signatures.all()}
    declined = set(minutes.declined.values_list("person", flat=True))
    why = _reasons(minutes) if declined else {}
    sat = list(minutes.meeting.attendances.select_related("seat", "person").order_by("arrived_at", "pk"))
    chairs = {member.person_id for member in sat if member.seat.chairs}
    return [
        Attendee(
            person,
            person.pk in chairs,
            signed[person.pk].signed_at if person.pk in signed else None,
            person.pk in signed and bool(signed[person.pk].scan),
            person.pk in declined and person.pk not in signed,
            why.get(person.ref, ""),
        )
        for person in {member.person_id: member.person for member in sat}.values()
    ]


def are_whole(minutes: Minutes) -> bool:
    """Whether minutes are complete: once more than so many percent of those present signed and whoever took the chair
    has signed or said why not; or once everybody has signed or said why not. So nobody holds them up for ever."""
    present = attendees(minutes)
    if all(attendee.answered for attendee in present):
        return True
    percent = rule_of(minutes.meeting.body, SIGNATURES, minutes.meeting.held_on).value
    signed = sum(attendee.signed_at is not None for attendee in present)
    chairs = [attendee for attendee in present if attendee.chair]
    return signed * 100 > len(present) * percent and all(chair.answered for chair in chairs)


def reads_all(person: Person, meeting: Meeting) -> bool:
    """Whether somebody reads minutes with names and words: who sits in the body, and roles that read what stands there.
    Others read the redacted edition."""
    if person.holds(Role.MEMBER, over=meeting):
        return True
    defended = {Datum.DEFENCE} if meeting.body.code == Body.Code.VIOLATIONS_COMMITTEE else set()
    return read_by(person, over=meeting) >= STAFF_READ | defended


def rendered(minutes: Minutes, *, redacted: bool = False) -> Rendered:
    """Minutes as they were drafted, in words."""
    return render(minutes.content, {} if redacted else words_of(minutes.subject), redacted=redacted)


def as_it_grows(meeting: Meeting, *, redacted: bool = False) -> Rendered:
    """Minutes as they would be drafted now, in words."""
    return render(canonical(content_of(meeting, as_text)), {}, redacted=redacted)


def to_sign_by(person: Person) -> QuerySet[Minutes]:
    """The minutes that wait for whether somebody signs."""
    mine = Minutes.objects.filter(meeting__attendances__person=person).distinct()
    return mine.exclude(Q(signatures__person=person) | Q(declined__person=person)).order_by("pk")


def _reasons(minutes: Minutes) -> dict[str, str]:
    """Why somebody does not sign, by their reference."""
    words = words_of(minutes.subject)
    acts = ("minutes.decline", "minutes.note-declined")
    entries = Entry.objects.filter(subject=minutes.subject, act__in=acts).order_by("number")
    return {entry.facts["person"]: words.get((entry.number, "reasons"), "") for entry in entries}
