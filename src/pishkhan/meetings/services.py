"""Acts on bodies and meetings: who sits, what is on the agenda, who is there, who takes no part."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time

from django.db import IntegrityError
from django.db.models import Q

from pishkhan.casework.actions.actions import taking
from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import now, today
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.language.hours import hour_text
from pishkhan.language.jalali import jalali_year
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role

from . import refusals
from .course import notices
from .models import OFF_THE_AGENDA, AgendaItem, Attendance, Ballot, Body, Meeting, Membership, Recusal, Seat
from .selectors import (
    fallen_items,
    on_the_agenda,
    open_ballot,
    present_at,
    quorum_came,
    ready_cases,
    rules_not_binding,
    seats_in_force,
    sits_on,
)
from .sittings.selectors import seat_beside
from .sittings.together import act_together, lock_sitting


@retried
def constitute(code: str, division: Division, *, decision: str, by: Actor) -> Body:
    """Constitute a body of a province, by the director's numbered decision."""
    body = Body(code=code, division=division, decision=decision, constituted_on=today())
    with _once(), begin(by, "body.constitute", body, role=Role.DIRECTOR) as entry:
        entry.facts = {"code": code, "decision": decision}
    return body


@retried
def give_seat(
    body: Body,
    organisation: Organisation,
    *,
    by: Actor,
    votes: bool = True,
    chairs: bool = False,
    required: bool = False,
    from_on: date | None = None,
) -> Seat:
    """Give an organisation a seat in a body."""
    with _once(), act(by, "body.give-seat", on=body, role=Role.DIRECTOR) as entry:
        seat = Seat(
            body=body,
            organisation=organisation,
            votes=votes,
            chairs=chairs,
            required=required,
            from_on=from_on or today(),
        )
        seat.save(force_insert=True)
        entry.facts = {
            "seat": seat.pk,
            "organisation": organisation.ref,
            "votes": votes,
            "chairs": chairs,
            "required": required,
            "from_on": seat.from_on,
        }
    return seat


@retried
def appoint(
    seat: Seat,
    person: Person,
    *,
    letter: str,
    by: Actor,
    deputy: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
    because: Entry | None = None,
) -> Membership:
    """Let a person sit on a seat, as its member or a deputy, by the organisation's letter: by the system alone, once
    two persons have said so (bodies/seats.py)."""
    if until_on and until_on < (from_on or today()):
        raise refusals.EndsBeforeItBegins()
    with _once(), act(by, "body.appoint", on=seat.body, role=Role.SYSTEM, because=because) as entry:
        membership = Membership(
            seat=seat, person=person, deputy=deputy, letter=letter, from_on=from_on or today(), until_on=until_on
        )
        membership.save(force_insert=True)
        entry.facts = {
            "seat": seat.pk,
            "person": person.ref,
            "deputy": deputy,
            "letter": letter,
            "from_on": membership.from_on,
            "until_on": until_on,
        }
    return membership


@retried
def end_membership(membership: Membership, *, on: date, by: Actor) -> Membership:
    """Let a membership end with a day."""
    with act(by, "body.end-membership", on=membership.seat.body, role=Role.DIRECTOR) as entry:
        if on < membership.from_on:
            raise refusals.EndsBeforeItBegins()
        membership.until_on = on
        membership.save()
        entry.facts = {"seat": membership.seat_id, "person": membership.person.ref, "until_on": on}
    return membership


@retried
def convene(body: Body, *, held_on: date, begins_at: time, venue: str, by: Actor) -> Meeting:
    """Call a meeting for a day and hour, at a venue. A body meets only once its quorum and majority bind."""
    with one_transaction():
        lock(body)
        ask_when_and_where(held_on, venue)
        if waiting := rules_not_binding(body, today()):
            raise refusals.RulesNotAdopted(waiting)
        return call_meeting(body, held_on, begins_at, venue, by=by)


@retried
def put_on_agenda(meeting: Meeting, case: Case, *, by: Actor) -> AgendaItem:
    """Put a case that waits for a decision on the agenda of a meeting."""
    with taking(meeting, "put", by=by) as entry:
        lock(case)  # of two meetings that would have it at once the second finds it taken
        if not ready_cases(meeting.body).filter(pk=case.pk).exists():
            raise refusals.NotReady(case.number)
        item = AgendaItem(meeting=meeting, division_id=case.division_id, case=case, position=meeting.items.count() + 1)
        entry.facts = {"case": case.subject, "position": item.position}
        with begin(by, "item.enter", item, role=Role.SECRETARY, because=entry) as cause:
            cause.facts = {"case": case.subject, "meeting": meeting.number}
    return item


@retried
def publish_agenda(meeting: Meeting, *, by: Actor) -> Meeting:
    """Fix the agenda."""
    with taking(meeting, "publish", by=by) as entry:
        cases = [item.case.subject for item in on_the_agenda(meeting)]
        meeting.state = Meeting.State.PUBLISHED
        entry.facts = {"cases": cases}
    return meeting


@retried
def open_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Open a meeting, on its day; those of a combined sitting at once."""

    def opens(one: Meeting, entry: Entry) -> None:
        one.state, one.opened_at = Meeting.State.OPEN, now()

    act_together(meeting, "open", opens, by=by)
    return meeting


@retried
def arrive(meeting: Meeting, seat: Seat, person: Person, *, by: Actor) -> Attendance:
    """Note that a member, or a deputy, has taken a seat; in a combined sitting theirs in the other body as well."""
    with one_transaction():
        _, *others = lock_sitting(meeting)
        attendance, entry = _sit_down(meeting, seat, person, by)
        for other in others:
            if beside := seat_beside(other, person):
                _sit_down(other, beside, person, by, because=entry)
    return attendance


def _sit_down(
    meeting: Meeting, seat: Seat, person: Person, by: Actor, because: Entry | None = None
) -> tuple[Attendance, Entry]:
    with taking(meeting, "arrive", by=by, because=because) as entry:
        if not (
            seats_in_force(meeting.body, meeting.held_on).filter(pk=seat.pk).exists()
            and sits_on(seat, person, meeting.held_on)
        ):
            raise refusals.NotOfThisSeat()
        there = present_at(meeting)
        if any(member.seat_id == seat.pk for member in there):
            raise refusals.SeatIsTaken()
        if any(member.person_id == person.pk for member in there):
            raise refusals.SitsAlready()
        attendance = Attendance(meeting=meeting, seat=seat, person=person, arrived_at=entry.at)
        attendance.save(force_insert=True)
        entry.facts = {"seat": seat.pk, "person": person.ref}
    return attendance, entry


@retried
def leave(meeting: Meeting, seat: Seat, *, by: Actor) -> Meeting:
    """Note that whoever sat on a seat has left, in a combined sitting the other body as well."""
    with one_transaction():
        _, *others = lock_sitting(meeting)
        person, entry = _rise(meeting, Q(seat=seat), by)
        for other in others:
            if other.attendances.filter(person=person, left_at=None).exists():
                _rise(other, Q(person=person), by, because=entry)
    return meeting


def _rise(meeting: Meeting, who: Q, by: Actor, because: Entry | None = None) -> tuple[Person, Entry]:
    with taking(meeting, "leave", by=by, because=because) as entry:
        attendance = meeting.attendances.filter(who, left_at=None).first()
        if attendance is None:
            raise refusals.NotPresent()
        attendance.left_at = entry.at
        attendance.save()
        entry.facts = {"seat": attendance.seat_id, "person": attendance.person.ref}
    return attendance.person, entry


@retried
def recuse(item: AgendaItem, person: Person, *, reason: str, by: Actor, role: str = Role.MEMBER) -> Recusal:
    """Let somebody present take no part in an item: declared by themselves, or noted by the secretary.

    A recusal while a ballot is open would move the ground under it: the ballot is closed first.
    """
    with act(by, "item.recuse", on=item, role=role) as entry:
        _ask_item_is_open(item)
        if open_ballot(item):
            raise refusals.ChairsRecusal()
        seat = next((member.seat for member in present_at(item.meeting) if member.person_id == person.pk), None)
        if seat is None or (role == Role.MEMBER and getattr(by, "pk", None) != person.pk):
            raise refusals.NotPresent()
        recusal, _ = Recusal.objects.get_or_create(item=item, person=person, defaults={"seat": seat, "reason": reason})
        entry.facts = {"seat": seat.pk, "person": person.ref, "reason": reason}
    return recusal


@retried
def close_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Close a meeting. None closes with an item undecided: what is not decided is deferred by resolution.

    Items whose case has moved on, so that nothing can be decided about it any more, fall away. Without a quorum at any
    moment it was not held.
    """
    with taking(meeting, "close", by=by) as entry:
        lock_agenda(meeting)
        for item in fallen_items(meeting).order_by("pk"):
            put_aside(item, AgendaItem.State.FALLEN, "item.fall-away", entry)
        meeting.attendances.filter(left_at=None).update(left_at=entry.at)
        meeting.state = Meeting.State.CLOSED if quorum_came(meeting) else Meeting.State.INQUORATE
        meeting.closed_at = entry.at
    return meeting


def ask_when_and_where(held_on: date, venue: str) -> None:
    """Refuse a day that has passed, and no venue."""
    if held_on < today():
        raise refusals.InThePast()
    if not venue.strip():
        raise refusals.NoVenue()


@retried
def call_meeting(
    body: Body,
    held_on: date,
    begins_at: time,
    venue: str,
    *,
    by: Actor,
    because: Entry | None = None,
    continues: Meeting | None = None,
    combined_with: Meeting | None = None,
    announced: bool = True,
) -> Meeting:
    """Enter a meeting under the next number of its body and year, and tell whoever sits there unless an act does."""
    year, province = jalali_year(held_on), body.division_id
    number = next_number(f"meeting:{body.prefix}:{province}", year=year)
    meeting = Meeting(
        body=body,
        division_id=province,
        held_on=held_on,
        begins_at=begins_at,
        venue=venue.strip(),
        continues=continues,
        combined_with=combined_with,
        number=f"{body.prefix}-{province}-{year}-{number}",
    )
    role = because.role if because else Role.SECRETARY
    with begin(by, "meeting.convene", meeting, role=role, because=because) as entry:
        entry.facts = {
            "body": body.subject,
            "number": meeting.number,
            "held_on": held_on,
            "begins_at": hour_text(begins_at),
        }
        if combined_with:
            entry.facts["with"] = combined_with.number
        if combined_with or (because is None and announced):
            template = notices.COMBINED if combined_with else notices.CONVENED
            appointment = notices.when_and_where(held_on, begins_at, meeting.venue)
            notices.notify_members(template, meeting, entry, **appointment)
    return meeting


def lock_agenda(*meetings: Meeting) -> None:
    """Wait for whoever counts a ballot at this moment: what they decide is decided, and nothing is after this."""
    lock(*AgendaItem.objects.filter(meeting__in=meetings).order_by("pk"))


def put_aside(item: AgendaItem, state: str, name: str, because: Entry) -> None:
    """Let an item be decided in its meeting no more, because of an act on that; its open ballot is broken off."""
    with act(because.by, name, on=item, role=because.role, because=because) as entry:
        fell = state == AgendaItem.State.FALLEN
        result = Ballot.Result.OVERTAKEN if fell else Ballot.Result.BROKEN_OFF
        item.ballots.filter(closed_at=None).update(closed_at=entry.at, result=result)
        item.state = state
        entry.facts = {"case": item.case.subject, "stage": item.case.stage}


@contextmanager
def _once() -> Iterator[None]:
    """Tell in words what the database holds to one of its kind."""
    try:
        yield
    except IntegrityError:
        raise refusals.AlreadyThere() from None


def _ask_item_is_open(item: AgendaItem) -> None:
    if item.meeting.state != Meeting.State.OPEN:
        raise refusals.NotInThisState(item.meeting.state)
    if item.state == AgendaItem.State.DECIDED or item.state in OFF_THE_AGENDA:
        raise refusals.NotInThisState(item.state)
