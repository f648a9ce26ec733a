"""Appointments for tests: a proposal with the scan of its letter, and who may confirm it."""

from django.core.files.base import ContentFile

from factories import EARLY, person, person_as
from pishkhan.files.services import store
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.people.appointments.services import propose_appointment
from pishkhan.people.roles import COUNTRY, Role
from pishkhan.people.services import assign, open_account
from procedure_driver import PDF


def scan_by(someone):
    """A scan of a letter that somebody uploaded."""
    return store(ContentFile(PDF, name="letter.pdf"), by=someone, division=someone.division)


def letter(by, **named):
    """What a proposal says of its letter."""
    return {"letter": "۱۴۰۱/۷", "letter_on": today(), "scan": scan_by(by)} | named


def proposed(role=Role.EXPERT, place="15", *, by=None, someone=None, **named):
    """A proposal by an administrator of a place, for somebody."""
    by = by or person_as(Role.ADMINISTRATOR, place)
    facts = {"from_on": today(), "place": place} | letter(by) | named
    return propose_appointment(someone or person("1503"), role, by=by, **facts)


def national():
    """A new national administrator."""
    someone = person("15")
    assign(someone, Role.ADMINISTRATOR, place=COUNTRY, from_on=EARLY, by=SYSTEM)
    return someone


def with_account(someone):
    """The same person, who can sign in."""
    open_account(someone, username=f"user{someone.pk}", password=None, by=SYSTEM)
    return someone
