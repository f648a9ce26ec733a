"""A party: the person or the organisation that asks, holds, pays, owes or is told."""

from django.db import models
from django.db.models import CheckConstraint, Q

from pishkhan.journal.acts import Capacity

from .models import Organisation, Person
from .roles import Role
from .selectors import organisations_of

Party = Person | Organisation


class HasParty(models.Model):
    """A row with a party: `one_party` among its constraints holds the database to it."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def party(self) -> Party:
        party = self.person or self.organisation
        assert party is not None, "the database holds it to one party"  # noqa: S101
        return party

    @party.setter
    def party(self, party: Party) -> None:
        for name, value in party_fields(party).items():
            setattr(self, name, value)

    @property
    def party_ref(self) -> str:
        """How the journal names the party: told without asking the database."""
        return f"person:{self.person_id}" if self.person_id else f"organisation:{self.organisation_id}"

    def party_keys(self, *, side: str = "") -> dict[str, int | None]:
        """What finds the rows of the same party: none, of a row that has no party yet."""
        return {f"{side}person": self.person_id, f"{side}organisation": self.organisation_id}

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        """What a person is to the row by nature: its party, or somebody who acts for it."""
        return capacity_as(self.person_id, self.organisation_id, person) if role == Role.APPLICANT else None


def one_party(name: str, *, side: str = "", or_none: bool = False) -> CheckConstraint:
    """The constraint that a row has one party (or at most one), in `<side>person` or `<side>organisation`."""
    person, organisation = Q(**{f"{side}person": None}), Q(**{f"{side}organisation": None})
    return CheckConstraint(condition=person | organisation if or_none else person ^ organisation, name=name)


def party_fields(party: Party | None, *, side: str = "") -> dict[str, Party | None]:
    """A party by the fields of a row that has it: to make one, or to find those of the party."""
    return {
        f"{side}person": party if isinstance(party, Person) else None,
        f"{side}organisation": party if isinstance(party, Organisation) else None,
    }


def own_rows(person: Person, *, side: str = "") -> Q:
    """The rows whose party a person is, or acts for. `side` is what stands before `person` in a query: "note__"."""
    own, spoken_for = Q(**{f"{side}person": person}), organisations_of(person)
    return own | Q(**{f"{side}organisation__in": spoken_for}) if spoken_for else own


def own_refs(person: Person) -> list[str]:
    """How the journal names a person, and those they act for."""
    return [person.ref, *(organisation.ref for organisation in organisations_of(person))]


def acts_as(party: Party | None, person: Person) -> Capacity | None:
    """The capacity in which a person is a party, or acts for it, today."""
    if isinstance(party, Person):
        return Capacity() if party.pk == person.pk else None
    return person.speaks_for(party.pk) if party else None


def capacity_as(person_key: int | None, organisation_key: int | None, person: Person) -> Capacity | None:
    """The same, of the party of which only the keys are known."""
    if person_key:
        return Capacity() if person_key == person.pk else None
    return person.speaks_for(organisation_key) if organisation_key else None
