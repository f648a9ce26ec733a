"""Acts on the register of banks' ATMs and booths: entering one, moving it, retiring it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError
from django.db.models import Q

from pishkhan.casework.actions.actions import taking
from pishkhan.geography.models import Division
from pishkhan.inspections import refusals
from pishkhan.inspections.models import Machine, MachinePlace
from pishkhan.journal.acts import Actor, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.language.digits import ascii_digits
from pishkhan.offices.bitemporal import enter, enter_until_next, first_start_after
from pishkhan.offices.models import Office
from pishkhan.people.models import Organisation
from pishkhan.people.roles import Role


@dataclass(frozen=True)
class PlaceFacts:
    """Where a machine stands, and in which office, if in one."""

    division: Division
    address: str
    lat: float | None = None
    lon: float | None = None
    host: Office | None = None


@retried
def enter_machine(
    *,
    kind: str,
    bank: Organisation,
    place: PlaceFacts,
    from_on: date,
    number: str = "",
    by: Actor,
    role: str = Role.EXPERT,
) -> Machine:
    """Enter an ATM or booth of a bank on the register."""
    if from_on > today():
        raise refusals.DaysOutOfOrder()
    province = place.division.code[:2]
    try:
        with one_transaction():
            machine = Machine(
                kind=kind,
                bank=bank,
                number=ascii_digits(number).strip(),
                division=place.division,
                from_on=from_on,
                code=f"{province}-M-{next_number(f'machine:{province}', year=0):04}",
            )
            with begin(by, "machine.enter", machine, role=role, happened_on=from_on) as entry:
                entry.facts = {"code": machine.code, "kind": kind, "bank": bank.ref} | _placed(
                    machine, place, from_on, entry
                )
    except IntegrityError as clash:
        if "number" not in str(clash):
            raise
        raise refusals.NumberIsTaken() from None
    return machine


@retried
def move_machine(machine: Machine, *, place: PlaceFacts, from_on: date, by: Actor) -> Machine:
    """Let a machine stand elsewhere from a day on."""
    with taking(machine, "move", by=by, happened_on=min(from_on, today())) as entry:
        _ask_the_day(machine, from_on)
        entry.facts = _placed(machine, place, from_on, entry)
        machine.division = machine.places.on(today()).get().division  # it may have moved again since
    return machine


@retried
def retire_machine(machine: Machine, *, on: date, by: Actor) -> Machine:
    """Let a machine be there no more after a day."""
    with taking(machine, "retire", by=by, happened_on=on) as entry:
        _ask_the_day(machine, on)
        if first_start_after(on, machine.places.all()):
            raise refusals.MovedAfterwards()
        _end_its_place(machine, on, entry)
        machine.until_on = on
        entry.facts = {"until_on": on}
    return machine


def _ask_the_day(machine: Machine, day: date) -> None:
    if not machine.from_on <= day <= today():
        raise refusals.DaysOutOfOrder()


def _end_its_place(machine: Machine, on: date, entry: Entry) -> None:
    """Let what the register says of its place hold until a day, its last, and not after."""
    after = on + timedelta(days=1)
    for place in list(machine.places.known().filter(Q(valid_to=None) | Q(valid_to__gt=after))):
        MachinePlace.objects.filter(pk=place.pk).update(superseded_at=entry.at)
        if place.valid_from < after:
            enter(
                MachinePlace(
                    machine=machine,
                    division=place.division,
                    address=place.address,
                    lat=place.lat,
                    lon=place.lon,
                    host=place.host,
                    valid_from=place.valid_from,
                    valid_to=after,
                ),
                MachinePlace.objects.none(),
                entry,
            )


def _placed(machine: Machine, place: PlaceFacts, from_on: date, entry: Entry) -> dict[str, object]:
    """Enter where a machine stands from a day on; what the journal holds of it."""
    if place.host is not None and place.host.division_id != place.division.code:
        raise refusals.HostIsElsewhere()
    enter_until_next(
        MachinePlace(
            machine=machine,
            division=place.division,
            address=place.address.strip(),
            lat=place.lat,
            lon=place.lon,
            host=place.host,
            valid_from=from_on,
        ),
        machine.places.all(),
        entry,
    )
    return {"division": place.division.code, "host": place.host.code if place.host else None, "from_on": from_on}
