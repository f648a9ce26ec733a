"""What holders owe, for tests."""

from datetime import timedelta

from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.services import undertake
from pishkhan.people.roles import Role
from rules_of_matters import licence


def owed(kind=Undertaking.Kind.GUARANTEE, days=5, about=None, by=None):
    """An undertaking about a licence, of its holder or of another party, due in so many days."""
    office = (about or licence()).office
    because = Entry.objects.filter(subject=office.subject).latest("number")
    because.by, because.role = SYSTEM, Role.SYSTEM
    holder = by or office.holdings.get().party
    return undertake(office, kind, by_whom=holder, because=because, due_on=today() + timedelta(days=days))
