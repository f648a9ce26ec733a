"""Acts on who sits in a body: proposed by one with the organisation's letter, and confirmed by another."""

from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from pishkhan.files.models import StoredFile
from pishkhan.files.services import entrust
from pishkhan.journal.acts import CLOCK, SYSTEM, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.meetings import refusals
from pishkhan.meetings.models import Seat, SeatProposal
from pishkhan.meetings.services import appoint
from pishkhan.people.appointments.by_two import (
    State,
    ask_another_person,
    ask_that_it_waits,
    ask_the_scan,
    ask_the_term,
    close,
    let_lapse_those,
    role_to_confirm,
)
from pishkhan.people.appointments.refusals import AppointsOneself, ProposedAlready, ProposerLeft
from pishkhan.people.models import Person
from pishkhan.people.refusals import Erased
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places
from pishkhan.people.stated import past_day, words

ENTITLED = (Role.DIRECTOR, Role.ADMINISTRATOR)  # who proposes a seat, and who confirms what the other proposed
ONCE = ("a_seat_is_proposed_once_at_a_time", "meetings_seatproposal.seat_id")


@retried
def propose_seat(
    seat: Seat,
    person: Person,
    *,
    letter: str,
    letter_on: date,
    scan: StoredFile,
    by: Person,
    deputy: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
) -> SeatProposal:
    """Propose who sits on a seat, as its member or a deputy, with the scan of the organisation's letter."""
    begins = from_on or today()
    if person.pk == by.pk:
        raise AppointsOneself()
    if until_on and until_on < begins:
        raise refusals.EndsBeforeItBegins()
    new = SeatProposal(
        seat=seat,
        division_id=seat.body.division_id,
        person=person,
        deputy=deputy,
        from_on=begins,
        until_on=until_on,
        letter=words("letter", letter, 60),
        letter_on=past_day("letter_on", letter_on) or today(),
        scan=scan,
        proposed_by=by,
        proposed_on=today(),
    )
    try:
        with begin(by, "seat.propose", new, role=role_of(by, new) or Role.DIRECTOR) as entry:
            _ask_the_person(person)
            ask_the_scan(new, by)
            entrust(scan, person.ref, because=entry)
            entry.facts = facts_of(new)
    except IntegrityError as clash:  # one engine names the constraint, the other its columns
        if not any(name in str(clash) for name in ONCE):
            raise
        raise ProposedAlready() from None
    return new


@retried
def confirm_seat(proposal: SeatProposal, *, by: Person) -> SeatProposal:
    """Confirm what another proposed for a third: they sit there from that day on."""
    with one_transaction():
        lock(proposal, proposal.seat.body)
        role = role_to_confirm(role_of(by, proposal))
        with act(by, "seat.confirm", on=proposal, role=role) as entry:
            ask_another_person(proposal, by)
            if role_of(proposal.proposed_by, proposal) is None:
                raise ProposerLeft()
            ask_the_term(proposal)
            _ask_the_person(proposal.person)
            close(proposal, State.CONFIRMED)
            proposal.decided_by = by
            proposal.membership = appoint(
                proposal.seat,
                proposal.person,
                letter=proposal.letter,
                deputy=proposal.deputy,
                from_on=proposal.from_on,
                until_on=proposal.until_on,
                by=SYSTEM,
                because=entry,
            )
            entry.facts = {"state": proposal.state, "membership": proposal.membership.pk}
    return proposal


@retried
def refuse_seat(proposal: SeatProposal, *, reason: str, by: Person) -> SeatProposal:
    """Refuse, with a reason, what another proposed for a third."""
    reason = words("reason", reason, 2000)
    role = role_to_confirm(role_of(by, proposal))
    with act(by, "seat.refuse", on=proposal, role=role) as entry:
        ask_another_person(proposal, by)
        close(proposal, State.REFUSED)
        proposal.decided_by = by
        entry.facts = {"state": proposal.state, "reason": keep(entry, "reason", reason, whose=proposal.person.ref)}
    return proposal


@retried
def withdraw_seat(proposal: SeatProposal, *, by: Person) -> SeatProposal:
    """Take a proposal back: by who could make it."""
    with act(by, "seat.withdraw", on=proposal, role=role_of(by, proposal) or Role.DIRECTOR) as entry:
        ask_that_it_waits(proposal)
        close(proposal, State.WITHDRAWN)
        entry.facts = {"state": proposal.state}
    return proposal


def let_seats_lapse() -> list[SeatProposal]:
    """Let proposals lapse whose term is over and binds."""
    return let_lapse_those(SeatProposal.objects.all(), _lapse)


@retried
def _lapse(proposal: SeatProposal) -> SeatProposal:
    with act(CLOCK, "seat.lapse", on=proposal, role=Role.CLOCK) as entry:
        ask_that_it_waits(proposal)
        close(proposal, State.LAPSED)
        entry.facts = {"state": proposal.state}
    return proposal


def role_of(person: Person, proposal: SeatProposal) -> str | None:
    """The role in which a person proposes and confirms who sits in a body; None if in none."""
    return next((role for role in ENTITLED if person.holds(role, over=proposal)), None)


def proposals_seen_by(person: Person) -> QuerySet[SeatProposal]:
    """The proposals in the places of a director or administrator, the latest first."""
    rows = SeatProposal.objects.filter(in_places(person, list(ENTITLED)))
    return rows.select_related("seat__organisation", "seat__body", "person", "proposed_by").order_by("-pk")


def seats_to_confirm(person: Person) -> QuerySet[SeatProposal]:
    """What waits for a person to confirm: what others proposed for others."""
    waiting = proposals_seen_by(person).filter(state=State.PROPOSED)
    return waiting.exclude(Q(person=person) | Q(proposed_by=person))


def facts_of(proposal: SeatProposal) -> dict[str, Any]:
    """What the journal tells of a proposal when it begins."""
    return {
        "seat": proposal.seat_id,
        "body": proposal.seat.body.subject,
        "person": proposal.person.ref,
        "deputy": proposal.deputy,
        "from": proposal.from_on,
        "until": proposal.until_on,
        "letter": proposal.letter,
        "letter_on": proposal.letter_on,
        "scan": {"file": str(proposal.scan.pk), "digest": proposal.scan.digest},
    }


def _ask_the_person(person: Person) -> None:
    if person.erased_on:
        raise Erased()
