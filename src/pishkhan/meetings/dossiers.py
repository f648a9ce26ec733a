"""What lies before a meeting with a case: who may read it and when, and what a procedure adds to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
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
from .models import OFF_THE_AGENDA, AgendaItem, Meeting


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
    refusal = _closed(item, MemberView(item.meeting, person))
    if refusal is None:
        readable |= READ_BY[Role.MEMBER]
    access.note(person.ref, item.subject, what, refused=not readable)
    if not readable and refusal:
        raise refusal
    return readable


def open_files(meeting: Meeting, person: Person) -> set[int]:
    """The keys of the items of a meeting whose files are open to a person as a member of the body."""
    view = MemberView(meeting, person)
    return {item.pk for item in meeting.items.all() if _closed(item, view) is None}


class MemberView:
    """What decides whether somebody reads the files of a meeting, read once however many of its items are looked at."""

    def __init__(self, meeting: Meeting, person: Person) -> None:
        self.meeting, self.person = meeting, person

    @cached_property
    def is_member(self) -> bool:
        return self.person.holds(Role.MEMBER, over=self.meeting)

    @cached_property
    def recused_from(self) -> set[int]:
        """The keys of the items in which they take no part."""
        return set(self.meeting.items.filter(recusals__person=self.person).values_list("pk", flat=True))

    @cached_property
    def minutes_stand(self) -> bool:
        return _minutes_stand(self.meeting)


# To a member the file of an item is closed where any of these is so; the first is what they are told.
CLOSED_WHERE: tuple[tuple[Callable[[AgendaItem, MemberView], bool], Callable[[], refusals.FileClosed]], ...] = (
    (lambda item, view: not view.is_member, refusals.NotBeforeYou),
    (lambda item, view: item.pk in view.recused_from, refusals.Recused),
    (lambda item, view: view.meeting.state == Meeting.State.CONVENED, refusals.AgendaNotPublished),
    (lambda item, view: item.state in OFF_THE_AGENDA, refusals.NoLongerOnTheAgenda),
    (lambda item, view: view.minutes_stand, refusals.MinutesStand),
)


def _closed(item: AgendaItem, view: MemberView) -> refusals.FileClosed | None:
    return next((refusal() for closed, refusal in CLOSED_WHERE if closed(item, view)), None)


def _minutes_stand(meeting: Meeting) -> bool:
    """Whether everybody who attended has signed the minutes, or it is recorded why not."""
    minutes = getattr(meeting, "minutes", None)
    if minutes is None:
        return False
    signed, declined = minutes.signatures.values("person"), minutes.declined.values("person")
    return not meeting.attendances.exclude(person__in=signed).exclude(person__in=declined).exists()
