"""Questions about bodies and meetings: quorum, who sits where, what was resolved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure, Stage
from pishkhan.casework.selectors import stands_where
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry, label_of
from pishkhan.language.codes import code as code_of
from pishkhan.offices.bitemporal import end_of
from pishkhan.offices.models import Premises
from pishkhan.offices.selectors import offices_near, offices_of
from pishkhan.people.models import Person
from pishkhan.people.parties import acts_as
from pishkhan.people.selectors import declare_places, in_places
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import DatedValue, number

from .models import (
    ENDED,
    OFF_THE_AGENDA,
    AgendaItem,
    Attendance,
    Ballot,
    Body,
    Entitlement,
    Meeting,
    Membership,
    Recusal,
    Resolution,
    Seat,
)

QUORUM = Key(
    "meeting.quorum_percent",
    "percent",
    "درصدی از کرسی‌های رأی‌دار که حاضران باید از آن بیشتر باشند",
    "Percent of the voting seats that those present must exceed",
)
REGION = Key(
    "meeting.region_present",
    "yes_no",
    "حضور نمایندهٔ منطقه برای حد نصاب لازم است",
    "Whether the CRA region must be present for a quorum",
)
MAJORITY = Key(
    "meeting.majority_percent",
    "percent",
    "درصدی از آرای داده‌شده که موافقان باید از آن بیشتر باشند",
    "Percent of the votes cast that those in favour must exceed",
)
DECISIONS_ARE_PUBLIC = Key(
    "meeting.decisions_are_public",
    "yes_no",
    "تصمیم‌های کارگروه عمومی است",
    "Whether the resolutions of the working group are public",
)
SIGNATURES = Key(
    "meeting.signatures_percent",
    "percent",
    "درصدی از حاضران که امضاکنندگان صورت‌جلسه باید از آن بیشتر باشند",
    "Percent of those present that those who sign the minutes must exceed",
)
LENGTH = Key("meeting.usual_minutes", "minute", "مدت معمول یک جلسه", "Usual length of a meeting")
COMPETITOR = Key(
    "meeting.competitor_distance",
    "metre",
    "فاصله‌ای که در آن دفتری رقیب به شمار می‌آید",
    "Distance within which an office is a competitor",
)


@dataclass(frozen=True)
class Quorum:
    """How an item stands with its quorum: voting seats in all, persons present on them and not recused, and needed."""

    seats: int
    present: int
    needed: int
    region_is_missing: bool

    @property
    def met(self) -> bool:
        return self.present >= self.needed and not self.region_is_missing


@dataclass(frozen=True)
class Suggestion:
    """Somebody present who perhaps should take no part in an item, and why."""

    seat: Seat
    person: Person
    reason: str


Stake = Callable[[Case, list[Attendance]], dict[int, str]]
_stakes: list[Stake] = []


def declare_stake(stake: Stake) -> Stake:
    """Say who else has a stake in cases, by the key of the person: asked once for all who are present at an item."""
    _stakes.append(stake)
    return stake


def rule_of(body: Body, key: Key, on: date) -> DatedValue:
    """A rule of procedure of a body as it holds on a day."""
    return number(key, on=on, place=body.division_id)


def rules_not_binding(body: Body, on: date) -> list[str]:
    """The keys of what has neither a source nor was adopted, of the quorum and majority of a body."""
    return [key.code for key in (QUORUM, REGION, MAJORITY) if not rule_of(body, key, on).binds]


def seats_in_force(body: Body, on: date) -> QuerySet[Seat]:
    return body.seats.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on).select_related("organisation")


def sits_on(seat: Seat, person: Person, on: date) -> bool:
    """Whether a person is a member or a deputy of a seat on a day."""
    return Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=on), seat=seat, person=person, from_on__lte=on
    ).exists()


def members_of(body: Body, on: date) -> QuerySet[Person]:
    """Whoever sits in a body on a day as a member or a deputy of a seat in force, each once."""
    in_force = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on, seat__in=seats_in_force(body, on)
    )
    return Person.objects.filter(pk__in=in_force.values("person"), erased_on=None).order_by("pk")


@declare_places
def places_of_seats(person: Person) -> list[str]:
    """The places of the bodies in which a person sits, or will."""
    lasting = Membership.objects.filter(Q(until_on=None) | Q(until_on__gte=today()), person=person)
    return [str(place) for place in lasting.values_list("seat__body__division_id", flat=True)]


def chairs(meeting: Meeting, person: Person) -> bool:
    """Whether a person may take the chair of a meeting today: as the member or a deputy of the seat that chairs."""
    seats = seats_in_force(meeting.body, today()).filter(chairs=True)
    return any(sits_on(seat, person, today()) for seat in seats)


def present_at(meeting: Meeting, moment: datetime | None = None) -> list[Attendance]:
    """Who sits in a meeting at a moment (now)."""
    moment = moment or now()
    return list(
        meeting.attendances.filter(Q(left_at=None) | Q(left_at__gt=moment), arrived_at__lte=moment)
        .select_related("seat__organisation", "person")
        .order_by("seat")
    )


def taking_part(item: AgendaItem) -> list[Attendance]:
    """Who sits on a voting seat now, is of it still, and is not recused from an item."""
    recused = set(item.recusals.values_list("person", flat=True))
    of_seats = _memberships(item.meeting)
    return [
        member
        for member in present_at(item.meeting)
        if member.seat.votes and member.person_id not in recused and (member.seat_id, member.person_id) in of_seats
    ]


def _memberships(meeting: Meeting) -> set[tuple[int, int]]:
    """Who is of which seat of a body on the day of its meeting: a membership may be ended while somebody sits."""
    in_force = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=meeting.held_on), from_on__lte=meeting.held_on, seat__body=meeting.body_id
    )
    return set(in_force.values_list("seat", "person"))


def quorum_of(item: AgendaItem) -> Quorum:
    """How an item stands with its quorum now, counted for this item after its recusals."""
    return _quorum(item.meeting, taking_part(item))


def quorum_at(meeting: Meeting, moment: datetime | None = None) -> Quorum:
    """How a meeting stood with its quorum at a moment (now), before anybody is recused from an item."""
    return _quorum(meeting, [member for member in present_at(meeting, moment) if member.seat.votes])


def quorum_came(meeting: Meeting) -> bool:
    """Whether those present were a quorum at any moment: what a meeting is held by, however it ends."""
    arrivals = meeting.attendances.order_by("arrived_at").values_list("arrived_at", flat=True)
    return any(quorum_at(meeting, moment).met for moment in arrivals)


def _quorum(meeting: Meeting, there: list[Attendance]) -> Quorum:
    body, on = meeting.body, meeting.held_on
    seats = list(seats_in_force(body, on))
    voting = [seat for seat in seats if seat.votes]
    counted = {seat.pk for seat in voting}
    sitting = [member for member in there if member.seat_id in counted]
    present = {member.seat_id for member in sitting}
    persons = {member.person_id for member in sitting}  # one person is one voice, on however many seats
    required = {seat.pk for seat in voting if seat.required}
    wanted = bool(rule_of(body, REGION, on).value)
    needed = len(voting) * rule_of(body, QUORUM, on).value // 100 + 1
    return Quorum(len(voting), len(persons), needed, wanted and bool(required - present))


def suggested_recusals(item: AgendaItem) -> Iterator[Suggestion]:
    """Who of those present has a stake in an item: its party, its organisation, a neighbour, a competitor."""
    recused, case = set(item.recusals.values_list("person", flat=True)), item.case
    near, present = _competitors(item), present_at(item.meeting)
    declared: dict[int, str] = {}
    for stake in _stakes:
        declared = stake(case, present) | declared
    for member in present:
        reason = _stake(member, case, near) or declared.get(member.person_id, "")
        if reason and member.person_id not in recused:
            yield Suggestion(member.seat, member.person, reason)


def _stake(attendance: Attendance, case: Case, near: set[int]) -> str:
    if acts_as(case.applicant, attendance.person):
        return Recusal.Reason.PARTY
    if case.organisation_id and case.organisation_id == attendance.seat.organisation_id:
        return Recusal.Reason.OWN_ORGANISATION
    theirs = offices_of(attendance.person, today())
    code = getattr(case.dossier, "postal_code", "")
    if theirs and code and Premises.objects.on(today()).filter(office__in=theirs, postal_code=code).exists():
        return Recusal.Reason.SAME_ADDRESS
    return Recusal.Reason.COMPETITOR if near & theirs else ""


def _competitors(item: AgendaItem) -> set[int]:
    case = item.case
    if case.lat is None or case.lon is None:
        return set()
    metres = rule_of(item.meeting.body, COMPETITOR, item.meeting.held_on).value
    return {office.pk for office in offices_near(case.lat, case.lon, metres, today())}


def ready_cases(body: Body) -> QuerySet[Case]:
    """The cases of the province that wait for a decision and stand on no agenda that is still open."""
    waiting = Q(pk__in=())
    for procedure in (other for other in Procedure.register.values() if other.decided_by == body.code):
        stages = {source.code for step in procedure.steps.values() if step.carries_out for source in step.sources}
        waiting |= Q(procedure_code=procedure.code, edition=procedure.edition, stage__in=stages)
    busy = AgendaItem.objects.exclude(meeting__state__in=ENDED).exclude(state__in=OFF_THE_AGENDA)
    decided = Resolution.objects.filter(case_revision=F("case__revision"))
    return (
        Case.objects.filter(waiting, lying_in(body.division_id))
        .exclude(pk__in=busy.values("case"))
        .exclude(pk__in=decided.values("case"))
        .order_by("submitted_on", "pk")
    )


def resolution_of(case: Case) -> Resolution | None:
    """The resolution that stands on a case: once the case has moved since, it is spent."""
    return Resolution.objects.filter(case=case, case_revision=case.revision).order_by("-pk").first()


def resolved(case: Case, outcome: str) -> bool:
    """Whether the resolution that stands on a case has an outcome."""
    resolution = resolution_of(case)
    return resolution is not None and resolution.outcome == outcome


def was_resolved(case: Case, outcome: str) -> bool:
    """Whether the latest resolution on a case, carried out or not, had an outcome."""
    latest = Resolution.objects.filter(case=case).order_by("-pk").first()
    return latest is not None and latest.outcome == outcome


def reasons_of(resolution: Resolution) -> list[str]:
    """What those who carried a resolution said for it, as far as it was not erased."""
    votes = Entry.objects.filter(subject=resolution.item.subject, act="item.vote")
    last = max((vote.facts["round"] for vote in votes), default=0)
    words = words_of(resolution.item.subject)
    return [
        words[vote.number, "reasons"]
        for vote in votes
        if vote.facts["round"] == last
        and vote.facts["choice"] == Entitlement.Choice.FOR
        and (vote.number, "reasons") in words
    ]


def on_the_agenda(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What stands on the agenda of a meeting, in order: not what was taken off, fell away or returned."""
    return meeting.items.exclude(state__in=OFF_THE_AGENDA).select_related("case").order_by("position")


def undecided_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What stands on the agenda of a meeting and is still to be decided."""
    return _left_open(meeting).filter(case__in=_votable_cases())


def fallen_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """What stands on the agenda of a meeting undecided while its case has moved on: nothing can be decided any more."""
    return _left_open(meeting).exclude(case__in=_votable_cases())


def has_moved_on(case: Case) -> bool:
    """Whether a case stands where no resolution could be carried out."""
    return not _waits_for_a_decision(case.procedure, case.where)


def _left_open(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.items.exclude(state__in=(AgendaItem.State.DECIDED, *OFF_THE_AGENDA))


def _votable_cases() -> QuerySet[Case]:
    return Case.objects.filter(stands_where(_waits_for_a_decision))


def _waits_for_a_decision(procedure: type[Procedure], stage: Stage) -> bool:
    return any(step.carries_out for step in procedure.steps_from(stage))


def open_ballot(item: AgendaItem) -> Ballot | None:
    return item.ballots.filter(closed_at=None).first()


def meetings_held(place: str, from_on: date, to_on: date, *, known_on: date | None = None) -> QuerySet[Meeting]:
    """The meetings that were held and closed in a region between two days, as known at the end of a day."""
    meetings = Meeting.objects.filter(lying_in(place), state=Meeting.State.CLOSED, held_on__range=(from_on, to_on))
    return meetings.filter(closed_at__lt=end_of(known_on)) if known_on else meetings


def resolutions_adopted(
    place: str, from_on: date, to_on: date, *, known_on: date | None = None
) -> QuerySet[Resolution]:
    """The resolutions adopted in a region between two days, as known at the end of a day."""
    resolutions = Resolution.objects.filter(lying_in(place), decided_on__range=(from_on, to_on))
    if known_on:
        recorded = Entry.objects.filter(
            subject__startswith=f"{label_of(Resolution)}:", number=1, at__gte=end_of(known_on)
        )
        later = [int(subject.rpartition(":")[2]) for subject in recorded.values_list("subject", flat=True)]
        resolutions = resolutions.exclude(pk__in=later)
    return resolutions


def next_meeting_of(tracking_code: str) -> date | None:
    """The day of the meeting on whose agenda the case of a tracking code stands, if one is ahead."""
    ahead = AgendaItem.objects.filter(case__tracking_code=code_of(tracking_code), meeting__held_on__gte=today())
    ahead = ahead.exclude(meeting__state__in=ENDED).exclude(state__in=OFF_THE_AGENDA)
    return ahead.order_by("meeting__held_on").values_list("meeting__held_on", flat=True).first()


def to_end_today() -> Q:
    """Meetings that the clock ends tonight if nobody does."""
    return Q(held_on__lte=today()) & ~Q(state__in=ENDED)


def without_whole_minutes() -> Q:
    """Meetings that ended on their day and of which no minutes are whole yet."""
    minuted = Q(state__in=(Meeting.State.CLOSED, Meeting.State.INQUORATE))
    return minuted & (Q(minutes=None) | Q(minutes__completed_at=None))


def meetings_past_their_day(on: date) -> QuerySet[Meeting]:
    """The meetings that did not end on their day, which was before a day."""
    return Meeting.objects.filter(held_on__lt=on).exclude(state__in=ENDED).order_by("pk")


def meetings_seen_by(person: Person) -> QuerySet[Meeting]:
    """The meetings of the person's region, and those of the bodies in which they sat on the day, or sit today."""
    then = Q(until_on=None) | Q(until_on__gte=OuterRef("held_on")), Q(from_on__lte=OuterRef("held_on"))
    today_on = Q(until_on=None) | Q(until_on__gte=today()), Q(from_on__lte=today())
    sat = Membership.objects.filter(Q(*then) | Q(*today_on), person=person, seat__body=OuterRef("body"))
    return Meeting.objects.filter(in_places(person) | Exists(sat))
