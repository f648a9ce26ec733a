"""What becomes of an office on the register: other premises, holders, people or names, a booth, a successor licence."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError

from pishkhan.casework.models import Case
from pishkhan.geography.models import Division
from pishkhan.journal.acts import Actor, act
from pishkhan.journal.clock import today
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.people.models import Person
from pishkhan.people.parties import Party

from .bitemporal import enter, enter_until_next
from .models import Booth, Licence, Name, Office
from .services import (
    ISSUER,
    PremisesFacts,
    change_status,
    enter_holder,
    enter_licence,
    enter_management,
    enter_premises,
    next_licence_number,
    number_is_taken,
)
from .status import Status


@dataclass(frozen=True)
class Change:
    """What is to be otherwise with an office from a day on; what is not named stays as it is."""

    premises: PremisesFacts | None = None
    holder: Party | None = None
    manager: Person | None = None
    deputy: Person | None = None
    name: str = ""


@dataclass(frozen=True)
class Issued:
    """A licence as its issuer tells of it."""

    issuer_number: str
    issued_on: date
    valid_from: date
    valid_until: date


@retried
def change_office(
    office: Office, change: Change, *, from_on: date, by: Actor, role: str, because: Entry | None = None
) -> Office:
    """Let an office have other premises, another holder, other people or another name from a day on.

    A day that lies behind corrects the register as of that day, and visibly so; what was changed on a later day stays.
    """
    with act(by, "office.change", on=office, role=role, because=because, happened_on=min(from_on, today())) as entry:
        entry.facts = {"from_on": from_on}
        if change.premises:
            enter_premises(office, change.premises, from_on, entry)
            entry.facts["postal_code"] = change.premises.postal_code
        if change.holder:
            enter_holder(office, change.holder, from_on, entry)
            entry.facts["holder"] = change.holder.ref
        if change.manager:
            enter_management(office, change.manager, change.deputy, from_on, entry)
            entry.facts |= {"manager": change.manager.ref, "deputy": change.deputy.ref if change.deputy else None}
        if change.name:
            enter_until_next(Name(office=office, name=change.name, valid_from=from_on), office.names.all(), entry)
            entry.facts["name"] = change.name
    return office


@retried
def open_booth(
    office: Office,
    *,
    division: Division,
    address: str,
    from_on: date,
    until_on: date,
    by: Actor,
    role: str,
    lat: float | None = None,
    lon: float | None = None,
    because: Entry | None = None,
) -> Booth:
    """Let an office have a booth elsewhere from one day to another, both included."""
    with act(by, "office.open-booth", on=office, role=role, because=because) as entry:
        booth = Booth(
            office=office,
            division=division,
            address=address,
            lat=lat,
            lon=lon,
            valid_from=from_on,
            valid_to=until_on + timedelta(days=1),
        )
        enter(booth, office.booths.all(), entry)
        entry.facts = {"division": division.code, "from_on": from_on, "until_on": until_on}
    return booth


def succeed(
    licence: Licence, issued: Issued, *, origin: str, case: Case, because: Entry, change: Change | None = None
) -> Licence:
    """Enter the licence that follows another at its office, because of the entry that issued it.

    The one before is transferred, or replaced, from the first day of its successor.
    """
    office, by, role = licence.office, because.by, because.role
    ends_as = Status.TRANSFERRED if origin == Licence.Origin.TRANSFER else Status.REPLACED
    try:
        with one_transaction():
            lock(office, licence)
            if change:
                change_office(office, change, from_on=issued.valid_from, by=by, role=role, because=because)
            change_status(licence, ends_as, from_on=issued.valid_from, by=by, role=role, because=because)
            successor = Licence(
                office=office,
                division_id=licence.division_id,
                origin=origin,
                origin_case=case,
                number=next_licence_number(licence.division_id),
                predecessor=licence,
                issuer=ISSUER,
                **vars(issued),
            )
            return enter_licence(successor, by=by, role=role, because=because)
    except IntegrityError as clash:
        raise number_is_taken(clash, issued.issuer_number) from None
