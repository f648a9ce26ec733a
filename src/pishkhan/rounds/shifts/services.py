"""Acts on how inspectors work: where they set out from and when, days away, the secret address of their calendar."""

import secrets
from datetime import date, time, timedelta
from hashlib import sha256

from pishkhan.geography.models import Division
from pishkhan.journal.acts import act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import retried
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.stated import Within
from pishkhan.rounds.models import Absence, Duty
from pishkhan.rounds.refusals import AbsenceIsOver, AnothersCalendar, NotAnInspectorThere


@retried
def set_duty(person: Person, *, division: Division, begins: time | None, ends: time | None, by: Person) -> Duty:
    """Say where an inspector sets out from, and their hours if they are not everybody's: an expert."""
    if not person.holds(Role.INSPECTOR, over=Within(division.code)):
        raise NotAnInspectorThere()
    values = {
        "division": division.code,
        "begins": begins.isoformat() if begins else None,
        "ends": ends.isoformat() if ends else None,
    }
    hours = {"begins": _seconds(begins), "ends": _seconds(ends)}
    row = Duty.objects.filter(person=person).first()
    if row is None:
        row = Duty(person=person, division=division, **hours)
        with begin(by, "rounds.set-duty", row, role=Role.EXPERT) as entry:
            entry.facts = values
        return row
    with act(by, "rounds.set-duty", on=row, role=Role.EXPERT) as entry:
        row.division, row.begins, row.ends = division, hours["begins"], hours["ends"]
        entry.facts = values
    return row


@retried
def be_away(person: Person, *, division: Division, from_on: date, until_on: date, by: Person) -> Absence:
    """Enter days on which an inspector does not work: an expert."""
    row = Absence(person=person, division=division, from_on=from_on, until_on=until_on)
    with begin(by, "rounds.be-away", row, role=Role.EXPERT) as entry:
        entry.facts = {"person": person.ref, "from_on": from_on, "until_on": until_on}
    return row


@retried
def call_off_absence(absence: Absence, *, by: Person) -> Absence:
    """Take days away back that have not begun; let those that have end with yesterday: an expert."""
    with act(by, "rounds.call-off-absence", on=absence, role=Role.EXPERT) as entry:
        if absence.withdrawn or absence.until_on < today():
            raise AbsenceIsOver()
        if absence.from_on < today():
            absence.until_on = today() - timedelta(days=1)
        else:
            absence.withdrawn = True
        entry.facts = {
            "person": absence.person.ref,
            "from_on": absence.from_on,
            "until_on": absence.until_on,
            "withdrawn": absence.withdrawn,
        }
    return absence


@retried
def open_feed(duty: Duty, *, by: Person) -> str:
    """Give an inspector a new secret address for their calendar, told once; the one before it ends."""
    secret = secrets.token_urlsafe(24)
    with act(by, "rounds.open-feed", on=duty, role=Role.INSPECTOR):
        if duty.person_id != by.pk:
            raise AnothersCalendar()
        duty.feed = sha256(secret.encode()).hexdigest()
    return secret


@retried
def close_feed(duty: Duty, *, by: Person, role: str = Role.INSPECTOR) -> Duty:
    """Let the secret address lead nowhere from now on: its inspector, or an expert of the place."""
    with act(by, "rounds.close-feed", on=duty, role=role):
        if role == Role.INSPECTOR and duty.person_id != by.pk:
            raise AnothersCalendar()
        duty.feed = ""
    return duty


def duty_of_feed(secret: str) -> Duty | None:
    """Whose calendar a secret address feeds."""
    return Duty.objects.filter(feed=sha256(secret.encode()).hexdigest()).select_related("person").first()


def _seconds(moment: time | None) -> int | None:
    return None if moment is None else moment.hour * 3600 + moment.minute * 60
