"""The demo's violations committee: constituted, convened, hearing, voting, and its resolutions carried out."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from pishkhan.casework.models import Case
from pishkhan.casework.services import advance
from pishkhan.journal.acts import SYSTEM
from pishkhan.meetings.bodies.seats import confirm_seat, propose_seat
from pishkhan.meetings.models import AgendaItem, Body, Entitlement, Membership, Outcome
from pishkhan.meetings.selectors import ready_cases, suggested_recusals
from pishkhan.meetings.services import (
    appoint,
    arrive,
    constitute,
    convene,
    end_membership,
    give_seat,
    open_meeting,
    recuse,
)
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.people.roles import Role

from .sessions import AGENDA_DAYS, AHEAD, EIGHT, VENUE, end, prepared
from .stage.setting import Scene
from .violations import Violated

CHOICE = Entitlement.Choice
LEAVES, VACANT_FOR, LETTER = "planning", 18, "1401/{seat}/ع"  # whose member, for how many working days
INTRODUCES = "نامهٔ معرفی عضو"
DOUBTS = "آنچه در پرونده است برای احراز تخلف کافی نیست."


def constituted(scene: Scene) -> Body:
    """The committee, with the organisations and people of the working group."""
    cast = scene.cast
    body: Body = scene.do(
        constitute, Body.Code.VIOLATIONS_COMMITTEE, cast.province, decision="1400/د/32", by=cast.director
    )
    for code, organisation in cast.organisations.items():
        seat = scene.do(
            give_seat, body, organisation, by=cast.director, chairs=code == "directorate", required=code == "region"
        )
        scene.do(appoint, seat, cast.members[code], letter=f"1400/ت/{seat.pk}", by=SYSTEM)
    return body


def sitting_on(body: Body, day: date) -> list[Membership]:
    """Who sits on the seats of a body on a day, deputies aside."""
    in_force = Q(until_on=None) | Q(until_on__gte=day)
    memberships = Membership.objects.filter(in_force, seat__body=body, deputy=False, from_on__lte=day)
    return list(memberships.select_related("seat", "person").order_by("seat"))


def succession(scene: Scene) -> Iterator[int]:
    """A member leaves both bodies; until the organisation sends a successor the deputy sits in the working group."""
    cast = scene.cast
    leaving = cast.members[LEAVES]
    seats = []
    for body in Body.objects.order_by("pk"):
        for membership in sitting_on(body, scene.watch.day):
            if membership.person == leaving:
                scene.do(end_membership, membership, on=scene.watch.day, by=cast.director)
                seats.append(membership.seat)
    cast.vacant.add(LEAVES)
    yield VACANT_FOR
    successor = cast.members[LEAVES] = scene.company.person(cast.province)
    for seat in seats:
        scan = scene.paper(INTRODUCES, by=cast.administrator, division=cast.province)
        proposal = scene.do(
            propose_seat,
            seat,
            successor,
            letter=LETTER.format(seat=seat.pk),
            letter_on=scene.watch.day,
            scan=scan,
            by=cast.administrator,
        )
        scene.do(confirm_seat, proposal, by=cast.director)
    cast.vacant.discard(LEAVES)


def session(day: date, body: Body, violations: list[Violated], scene: Scene) -> Iterator[int]:
    """A meeting of the committee, from its convocation until its resolutions are carried out."""
    secretary = scene.cast.secretary
    meeting = scene.do(convene, body, held_on=day, begins_at=EIGHT, venue=VENUE, by=secretary)
    yield AHEAD - AGENDA_DAYS
    if not prepared(meeting, [case for case in ready_cases(body) if case.dossier.hearing_on == day], scene):
        return
    yield AGENDA_DAYS
    scene.do(open_meeting, meeting, by=secretary)
    for membership in sitting_on(body, day):
        scene.do(arrive, meeting, membership.seat, membership.person, by=secretary)
    for item in meeting.items.select_related("case").order_by("position"):
        _decide(
            item,
            next(violation for violation in violations if violation.case and violation.case.pk == item.case_id),
            scene,
        )
    end(meeting, scene)


def _decide(item: AgendaItem, life: Violated, scene: Scene) -> None:
    """Recusals, the hearing, the draft, and a vote on it; if it is lost, on whether there is no violation."""
    secretary = scene.cast.secretary
    for suggestion in scene.do(lambda: list(suggested_recusals(item))):
        scene.do(recuse, item, suggestion.person, reason=suggestion.reason, by=secretary, role=Role.SECRETARY)
    for step, answers in (("hear", {"attended": "holder", "reasons": life.said()}), ("draft", life.draft())):
        case = Case.objects.get(pk=item.case_id)
        scene.do(advance, case, case.procedure.steps[step], by=secretary, answers=answers)
    convinced = {seat: life.convinced() for seat in item.meeting.body.seats.order_by("pk").values_list("pk", flat=True)}
    if not _vote(item, Outcome.SANCTIONED, convinced, scene):
        _vote(item, Outcome.UNFOUNDED, {seat: not votes for seat, votes in convinced.items()}, scene)


def _vote(item: AgendaItem, motion: Outcome, minds: dict[int, bool], scene: Scene) -> bool:
    """Whether a motion is carried: each votes as the file convinces them."""
    ballot = scene.do(open_vote, item, motion, by=scene.cast.secretary)
    for entitled in ballot.entitlements.select_related("person").order_by("seat"):
        choice = CHOICE.FOR if minds[entitled.seat_id] else CHOICE.AGAINST
        scene.do(cast_vote, ballot, choice, by=entitled.person, reasons="" if minds[entitled.seat_id] else DOUBTS)
    return scene.do(close_vote, item, by=scene.cast.secretary) is not None
