"""What lies before a meeting with a case: who may read it and when, and what a procedure adds to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pishkhan.casework.models import Case
from pishkhan.casework.selectors import works_on
from pishkhan.journal import access
from pishkhan.people.models import Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import READ_BY, read_by
from pishkhan.people.roles import Role

from . import refusals
from .models import AgendaItem, Meeting


@dataclass(frozen=True)
class Reader:
    """Who reads the file of a case: which kinds of datum, whether they weigh it rather than stand on a side of it,
    whether its other pages are theirs too, and where they find a paper of a kind."""

    person: Person
    readable: frozenset[Datum]
    weighs: bool
    works: bool
    paper: Callable[[str], str]


def reader_of(case: Case, person: Person) -> Reader:
    """Somebody as who reads a case by their own part in it: a side of it, or their work in its place."""
    works = works_on(case, person)
    return Reader(
        person,
        read_by(person, over=case),
        weighs=works,
        works=works,
        paper=lambda kind: reverse("document", args=[case.number, kind]),
    )


File = Callable[[Case, Reader], dict[str, Any]]
_files: dict[str, File] = {}


def declare_file(procedure: str) -> Callable[[File], File]:
    """Declare the function below as what lies with the cases of a procedure: its `template`, and what that shows."""

    def declared(file: File) -> File:
        _files[procedure] = file
        return file

    return declared


def file_before(case: Case, reader: Reader) -> dict[str, Any]:
    """What lies with a case for whoever reads; nothing where its procedure declares none."""
    file = _files.get(case.procedure_code)
    return file(case, reader) if file else {}


def open_file(item: AgendaItem, person: Person, what: str = "file") -> frozenset[Datum]:
    """Open the file of an item, or something in it, for a person: the kinds of datum that they may read of its case.

    Open to members and deputies of seats in force who are not recused, from the published agenda to the signed minutes,
    and to who prepares decisions in the place of the case. The access log says who opened what, or was refused.
    """
    prepares = read_by(person, over=item.case) if works_on(item.case, person) else frozenset()
    readable = prepares if Datum.DRAFT in prepares else frozenset()
    refusal = _closed_to(item, person)
    if refusal is None:
        readable |= READ_BY[Role.MEMBER]
    access.note(person.ref, item.subject, what, refused=not readable)
    if not readable and refusal:
        raise refusal
    return readable


def open_files(meeting: Meeting, person: Person) -> set[int]:
    """The keys of the items of a meeting whose files are open to a person as a member of the body."""
    member = person.holds(Role.MEMBER, over=meeting)
    if not member or meeting.state == Meeting.State.CONVENED or _minutes_stand(meeting):
        return set()
    return set(meeting.items.exclude(recusals__person=person).values_list("pk", flat=True))


def _closed_to(item: AgendaItem, person: Person) -> refusals.FileClosed | None:
    if not person.holds(Role.MEMBER, over=item):
        return refusals.NotBeforeYou()
    if item.recusals.filter(person=person).exists():
        return refusals.Recused()
    if item.meeting.state == Meeting.State.CONVENED:
        return refusals.AgendaNotPublished()
    return refusals.MinutesStand() if _minutes_stand(item.meeting) else None


def _minutes_stand(meeting: Meeting) -> bool:
    """Whether everybody who attended has signed the minutes."""
    minutes = getattr(meeting, "minutes", None)
    if minutes is None:
        return False
    signed = minutes.signatures.values("person")
    return not meeting.attendances.exclude(person__in=signed).exists()
