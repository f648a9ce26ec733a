"""Acts on appointments: a deciding role is proposed by one, with its letter, and confirmed by another."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import IntegrityError

from pishkhan.files.models import StoredFile
from pishkhan.files.services import entrust
from pishkhan.journal.acts import CLOCK, SYSTEM, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.people.models import Appointment, Assignment, Organisation, Person
from pishkhan.people.refusals import AlreadyAssigned, Erased
from pishkhan.people.roles import DECIDING, Role
from pishkhan.people.selectors import rules_the_country
from pishkhan.people.services import assign
from pishkhan.people.stated import ask_the_assignment, ask_the_place, past_day, words

from . import refusals
from .by_two import (
    State,
    ask_another_person,
    ask_that_it_waits,
    ask_the_scan,
    ask_the_term,
    close,
    let_lapse_those,
    role_to_confirm,
)
from .selectors import confirming_role

ONCE = ("proposed_once_at_a_time", "people_appointment.person_id")
ASSIGNED = ("person", "role", "place", "organisation", "acting", "from_on", "until_on", "letter")


@retried
def propose_appointment(
    person: Person,
    role: str,
    *,
    place: str,
    from_on: date,
    letter: str,
    letter_on: date,
    scan: StoredFile,
    by: Person,
    until_on: date | None = None,
    organisation: Organisation | None = None,
    acting: bool = False,
) -> Appointment:
    """Propose a deciding role for another: by an administrator of the place, with the scan of the letter."""
    new = appointment_of(
        person,
        role,
        place=place,
        from_on=from_on,
        until_on=until_on,
        organisation=organisation,
        acting=acting,
        letter=letter,
        letter_on=letter_on,
        scan=scan,
        proposed_by=by,
    )
    if person.pk == by.pk:
        raise refusals.AppointsOneself()
    try:
        with begin(by, "appointment.propose", new, role=Role.ADMINISTRATOR) as entry:
            ask_the_place(by, place)
            ask_the_place(by, person.division_id)
            _ask_the_person(new)
            ask_the_scan(new, by)
            entrust(scan, person.ref, because=entry)
            entry.facts = facts_of(new)
    except IntegrityError as clash:  # one engine names the constraint, the other its columns
        if not any(name in str(clash) for name in ONCE):
            raise
        raise refusals.ProposedAlready() from None
    return new


@retried
def confirm_appointment(appointment: Appointment, *, by: Person) -> Appointment:
    """Confirm what another proposed for a third: the role is held from its day on."""
    role = role_to_confirm(confirming_role(by, appointment))
    with act(by, "appointment.confirm", on=appointment, role=role) as entry:
        ask_another_person(appointment, by)
        proposer = appointment.proposed_by
        if proposer is None or not proposer.holds(Role.ADMINISTRATOR, over=appointment):
            raise refusals.ProposerLeft()
        ask_the_term(appointment)
        assigned = put_into_effect(appointment, because=entry)
        appointment.decided_by = by
        entry.facts = {"state": appointment.state, "assignment": assigned.pk}
    return appointment


@retried
def refuse_appointment(appointment: Appointment, *, reason: str, by: Person) -> Appointment:
    """Refuse, with a reason, what another proposed for a third."""
    reason = words("reason", reason, 2000)
    role = role_to_confirm(confirming_role(by, appointment))
    with act(by, "appointment.refuse", on=appointment, role=role) as entry:
        ask_another_person(appointment, by)
        close(appointment, State.REFUSED)
        appointment.decided_by = by
        entry.facts = {
            "state": appointment.state,
            "reason": keep(entry, "reason", reason, whose=appointment.person.ref),
        }
    return appointment


@retried
def withdraw_appointment(appointment: Appointment, *, by: Person) -> Appointment:
    """Take a proposal back: by an administrator of the place, its proposer or, once that one left, another."""
    with act(by, "appointment.withdraw", on=appointment, role=Role.ADMINISTRATOR) as entry:
        ask_that_it_waits(appointment)
        close(appointment, State.WITHDRAWN)
        entry.facts = {"state": appointment.state}
    return appointment


@retried
def appoint_alone(
    person: Person,
    role: str,
    *,
    by: Actor,
    scan: StoredFile,
    announce: Callable[[Appointment, Entry], None],
    operator: str = "",
    **named: Any,
) -> Appointment:
    """Let somebody hold a deciding role without a second person, by a letter: where there is none who could confirm.

    At the machine (by the system, on the word of an operator), or the first of a province by who rules the country.
    `announce` lets everybody at work there know, within the act.
    """
    new = appointment_of(person, role, scan=scan, proposed_by=by if isinstance(by, Person) else None, **named)
    if new.proposed_by and new.proposed_by.pk == person.pk:
        raise refusals.AppointsOneself()
    with begin(by, "appointment.make", new, role=Role.SYSTEM if by is SYSTEM else Role.ADMINISTRATOR) as entry:
        if new.proposed_by:
            _ask_the_first(new.proposed_by, new)
        assigned = put_into_effect(new, because=entry)
        entry.facts = facts_of(new) | {"assignment": assigned.pk}
        if operator:
            entry.facts["operator"] = keep(entry, "operator", words("operator", operator, 120), whose=new.subject)
        if new.proposed_by:  # the machine's scan is stored as the person's own at once
            entrust(scan, person.ref, because=entry)
        announce(new, entry)
    return new


def let_lapse() -> list[Appointment]:
    """Let proposals lapse whose term is over and binds."""
    return let_lapse_those(Appointment.objects.all(), _lapse)


@retried
def _lapse(appointment: Appointment) -> Appointment:
    with act(CLOCK, "appointment.lapse", on=appointment, role=Role.CLOCK) as entry:
        ask_that_it_waits(appointment)
        close(appointment, State.LAPSED)
        entry.facts = {"state": appointment.state}
    return appointment


def appointment_of(person: Person, role: str, *, letter: str, letter_on: date, **named: Any) -> Appointment:
    """An appointment as it is stated, not written yet; refused if nobody could make it."""
    if role not in DECIDING:
        raise refusals.NotDeciding()
    new = Appointment(person=person, role=role, letter=words("letter", letter, 60), **named)
    new.letter_on, new.proposed_on = past_day("letter_on", letter_on) or today(), today()
    ask_the_assignment(_assignment_of(new))
    return new


def put_into_effect(appointment: Appointment, *, because: Entry) -> Assignment:
    """Let the person of an appointment hold the role, within the act that confirms it."""
    _ask_the_person(appointment)
    assigned = assign(**{name: getattr(appointment, name) for name in ASSIGNED}, by=SYSTEM, because=because)
    close(appointment, State.CONFIRMED)
    appointment.assignment = assigned
    return assigned


def facts_of(appointment: Appointment) -> dict[str, Any]:
    """What the journal tells of an appointment when it begins."""
    return {
        "person": appointment.person.ref,
        "role": appointment.role,
        "place": appointment.place,
        "from": appointment.from_on,
        "until": appointment.until_on,
        "organisation": appointment.organisation.ref if appointment.organisation else None,
        "acting": appointment.acting,
        "letter": appointment.letter,
        "letter_on": appointment.letter_on,
        "scan": {"file": str(appointment.scan.pk), "digest": appointment.scan.digest},
    }


def _ask_the_first(by: Person, new: Appointment) -> None:
    """Who rules the country appoints alone where nobody ever held the role; later two do."""
    if not rules_the_country(by):
        raise refusals.NeedsTwo()
    if Assignment.objects.filter(role=new.role, place=new.place).exists():
        raise refusals.NotTheFirst()


def _ask_the_person(appointment: Appointment) -> None:
    if appointment.person.erased_on:
        raise Erased()
    if Assignment.objects.overlapping(_assignment_of(appointment)).exists():
        raise AlreadyAssigned()


def _assignment_of(appointment: Appointment) -> Assignment:
    return Assignment(**{name: getattr(appointment, name) for name in ASSIGNED})
