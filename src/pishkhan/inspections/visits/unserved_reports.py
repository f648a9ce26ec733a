"""Reports of which whoever was visited could not be told: which they are, and to serve them on paper."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pishkhan.inspections import refusals
from pishkhan.inspections.models import Visit
from pishkhan.journal.acts import act
from pishkhan.journal.locks import retried
from pishkhan.notices.models import Notice, Proof
from pishkhan.offices.models import Holding
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

from .follow_up import serve_party

READERS = (Role.EXPERT, Role.DIRECTOR, Role.SECRETARY)


def untold_reports(person: Person) -> QuerySet[Any]:
    """The accepted reports of one's region that nobody could be told of, or that wait to be served; the oldest first.

    Whoever objected knows. An office that nobody held on that day has nobody to be told.
    """
    standing = Proof.objects.filter(notice=OuterRef("notice"), withdrawn_on=None)
    unserved = Q(notice__legal=True) & ~Exists(standing)
    lost = Q(notice=None) | Q(notice__legal=False, notice__state=Notice.State.FAILED)
    holding = Holding.objects.known().filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("visited_on")),
        office=OuterRef("office"),
        valid_from__lte=OuterRef("visited_on"),
    )
    return Visit.objects.filter(
        in_places(person, READERS),
        Q(machine__isnull=False) | Exists(holding),
        lost | unserved,
        state=Visit.State.ACCEPTED,
        case=None,
        superseded=False,
        objection=None,
    ).order_by("visited_on", "pk")


def may_be_served(visit: Visit) -> bool:
    """Whether a report may be served on paper: nobody was told of it, and it is not under way."""
    untold = visit.notice is None or (visit.notice.state == Notice.State.FAILED and not visit.notice.legal)
    return visit.state == Visit.State.ACCEPTED and visit.case_id is None and untold


@retried
def serve_report(visit: Visit, *, by: Person) -> Visit:
    """Let a report be served on paper: an expert, where whoever was visited could not be told otherwise."""
    with act(by, "visit.serve", on=visit, role=Role.EXPERT) as entry:
        if not may_be_served(visit):
            raise refusals.ToldAlready()
        notice = serve_party(visit, entry)
        if notice is None:
            raise refusals.NobodyToTell()
        entry.facts = {"instead_of": str(visit.notice_id) if visit.notice_id else None}
        visit.notice = notice
    return visit
