"""Bodies, who sits in them, their meetings, and what they resolve."""

from django.db import models
from django.db.models import F, Q

from pishkhan.casework.models import Case
from pishkhan.files.models import StoredFile
from pishkhan.geography.models import Division
from pishkhan.journal.acts import Capacity
from pishkhan.journal.clock import today
from pishkhan.journal.models import Journalled
from pishkhan.journal.sealing.declarations import Sealed
from pishkhan.language.prefixes import number_prefix
from pishkhan.language.text import Text
from pishkhan.people.models import Appointment, Organisation, Person
from pishkhan.people.roles import Role

from .bodies.names import BODIES, OUTCOMES

PREFIXES = {
    "working_group": number_prefix("WG", "the working group"),
    "violations_committee": number_prefix("VC", "the violations committee"),
}


class Outcome(models.TextChoices):
    """What a body can resolve on a case."""

    APPROVED = "approved"
    CONDITIONAL = "conditional"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    SANCTIONED = "sanctioned"  # as the decision was drafted
    UNFOUNDED = "unfounded"

    @property
    def text(self) -> Text:
        return OUTCOMES[self]


class Body(Journalled):
    """A body that decides: a working group, a violations committee."""

    sealed = Sealed("body")

    class Code(models.TextChoices):
        WORKING_GROUP = "working_group"
        VIOLATIONS_COMMITTEE = "violations_committee"

        @property
        def text(self) -> Text:
            return BODIES[self]

    code = models.CharField(max_length=30, choices=Code)
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    decision = models.CharField(max_length=60)  # of the director, that constituted it
    constituted_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "division"], name="one_body_of_a_kind_in_a_province")]

    @staticmethod
    def outcomes_of(code: str) -> tuple[Outcome, ...]:
        """What a kind of body can resolve."""
        if code == Body.Code.VIOLATIONS_COMMITTEE:
            return (Outcome.SANCTIONED, Outcome.UNFOUNDED, Outcome.DEFERRED)
        return (Outcome.APPROVED, Outcome.CONDITIONAL, Outcome.DEFERRED, Outcome.REJECTED)

    @property
    def prefix(self) -> str:
        return PREFIXES[self.code]


class Seat(models.Model):
    """A place in a body, held by an organisation for a time. Written by acts on its body."""

    sealed = Sealed("seat", of="body")

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    votes = models.BooleanField()  # or only attends
    chairs = models.BooleanField(default=False)
    required = models.BooleanField(default=False)  # the CRA region's: without it there is no quorum
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # its last day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body"], condition=Q(chairs=True, until_on=None), name="one_chair"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_seat_lasts_for_a_day_at_least"
            ),
        ]


class Membership(models.Model):
    """Who sits on a seat, as its member or as a deputy, by which letter. Written by acts on the body."""

    sealed = Sealed("membership", of="seat")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    deputy = models.BooleanField(default=False)
    letter = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "person", "from_on"], name="one_membership_of_a_day")]


class SeatProposal(Journalled):
    """Who is to sit on a seat, by which letter: proposed by one, and confirmed by another. Then it is a membership."""

    sealed = Sealed("seat-proposal")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="proposals")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    deputy = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    letter = models.CharField(max_length=60)
    letter_on = models.DateField()
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    state = models.CharField(max_length=10, choices=Appointment.State, default=Appointment.State.PROPOSED)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    membership = models.OneToOneField(Membership, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(proposed_by=F("person")), name="nobody_seats_oneself"),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("person")) & ~Q(decided_by=F("proposed_by")),
                name="two_persons_seat",
            ),
            models.CheckConstraint(condition=Q(state="confirmed") ^ Q(membership=None), name="confirmed_is_a_member"),
            models.UniqueConstraint(
                fields=["seat", "person"], condition=Q(state="proposed"), name="a_seat_is_proposed_once_at_a_time"
            ),
        ]

    @property
    def place(self) -> str:
        """Where it is, as appointments say it."""
        return self.division_id


class Meeting(Journalled):
    """A meeting of a body, on one day. What is adjourned goes on in another meeting.

    In a combined sitting it sits together with a meeting of another body: one of the two names the other.
    """

    sealed = Sealed("meeting", version=3)

    class State(models.TextChoices):
        CONVENED = "convened"
        PUBLISHED = "published"  # its agenda is fixed
        OPEN = "open"
        CLOSED = "closed"  # it was held
        CANCELLED = "cancelled"  # before it met
        INQUORATE = "inquorate"  # a quorum never came
        LAPSED = "lapsed"  # its day passed, and nobody opened it

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    number = models.CharField(max_length=30, unique=True)  # "WG-15-1401-2": no gaps
    held_on = models.DateField()
    begins_at = models.TimeField(null=True, blank=True)  # by the clock of the place; none in meetings of old
    venue = models.CharField(max_length=200, blank=True)
    continues = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    combined_with = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="combined_by")
    state = models.CharField(max_length=10, choices=State, default=State.CONVENED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["held_on", "division"], name="meetings_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(combined_with=None) | ~Q(combined_with=F("pk")), name="a_meeting_sits_with_another"
            )
        ]

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        """Whether a person sits in the body today, and for which organisation."""
        return member_capacity(self.body_id, role, person)


ENDED = (Meeting.State.CLOSED, Meeting.State.CANCELLED, Meeting.State.INQUORATE, Meeting.State.LAPSED)
AHEAD = (Meeting.State.CONVENED, Meeting.State.PUBLISHED)


class AgendaItem(Journalled):
    """A case before a meeting."""

    sealed = Sealed("agenda-item")

    class State(models.TextChoices):
        WAITING = "waiting"
        UNDER_VOTE = "under_vote"
        DECIDED = "decided"
        FALLEN = "fallen"  # its case moved on before anything was decided
        TAKEN_OFF = "taken_off"
        RETURNED = "returned"  # the meeting ended before it was decided: its case waits for another

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    position = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda_items")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_position"),
            models.UniqueConstraint(
                fields=["meeting", "case"],
                condition=~Q(state="taken_off"),
                name="a_case_stands_on_an_agenda_once",
            ),
        ]

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        return member_capacity(self.meeting.body_id, role, person)


OFF_THE_AGENDA = (AgendaItem.State.FALLEN, AgendaItem.State.TAKEN_OFF, AgendaItem.State.RETURNED)


class Attendance(models.Model):
    """Who sat on a seat from when until when. Written by acts on the meeting."""

    sealed = Sealed("attendance", of="meeting")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], condition=Q(left_at=None), name="one_present_per_seat")
        ]


class Recusal(models.Model):
    """Somebody who takes no part in one item. Written by acts on the item."""

    sealed = Sealed("recusal", of="item")

    class Reason(models.TextChoices):
        DECLARED = "declared"
        PARTY = "party"
        OWN_ORGANISATION = "own_organisation"
        SAME_ADDRESS = "same_address"
        COMPETITOR = "competitor"
        REPORTED_IT = "reported_it"
        LICENSED_IT = "licensed_it"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="recused_once")]


class Ballot(models.Model):
    """One round of voting on a motion. Who may vote is frozen when it opens. Written by acts on the item."""

    sealed = Sealed("ballot", of="item")

    class Result(models.TextChoices):
        CARRIED = "carried"
        LOST = "lost"
        NO_QUORUM = "no_quorum"
        OVERTAKEN = "overtaken"  # the case moved while it was voted on
        BROKEN_OFF = "broken_off"  # before it was counted

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField()
    motion = models.CharField(max_length=15, choices=Outcome)
    case_revision = models.PositiveIntegerField()  # of the case when it opened: what was before those who vote
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, choices=Result, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "round"], name="one_ballot_per_round"),
            models.UniqueConstraint(fields=["item"], condition=Q(closed_at=None), name="one_open_ballot_per_item"),
        ]


class Entitlement(models.Model):
    """Who may vote in a ballot for which seat. Written by acts on the item."""

    sealed = Sealed("entitlement", of="ballot")

    class Choice(models.TextChoices):
        FOR = "for"
        AGAINST = "against"
        ABSTAIN = "abstain"

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="entitlements")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="one_entitlement_per_seat")]


class Vote(models.Model):
    """A vote, cast once for a seat. Written by acts on the item."""

    sealed = Sealed("vote", of="ballot")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Entitlement.Choice)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "seat"], name="one_vote_per_seat")]


class RefusalGround(models.Model):
    """A declared ground on which a motion to reject rests, or the vote of a seat against an approval."""

    sealed = Sealed("refusal-ground", of="ballot")

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="grounds")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")  # none: of the motion
    code = models.CharField(max_length=30)
    contested = models.BooleanField()  # by the law, as it stood when it was put down

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "seat", "code"], nulls_distinct=False, name="a_ground_is_named_once_in_a_vote"
            )
        ]


class Resolution(Journalled):
    """What a body resolved on a case. It moves nothing: it opens a step."""

    sealed = Sealed("resolution")

    number = models.CharField(max_length=30, unique=True)  # "WG-15-1401-R-0007": no gaps
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="resolution")
    case = models.ForeignKey(Case, models.PROTECT, related_name="resolutions")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    outcome = models.CharField(max_length=15, choices=Outcome)
    decided_on = models.DateField()
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstentions = models.PositiveSmallIntegerField()
    casting_vote = models.BooleanField()
    case_revision = models.PositiveIntegerField()  # of the case as it was put to the vote: an older one is spent
    carried_out = models.CharField(max_length=100, blank=True)  # the entry that put it into effect

    class Meta:
        indexes = [models.Index(fields=["decided_on", "division"], name="resolutions_by_day")]


class Minutes(Journalled):
    """The minutes of a meeting, drafted from what happened: codes and facts. Once signed, they stand."""

    sealed = Sealed("minutes", version=2)

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    division = models.ForeignKey(Division, models.PROTECT, to_field="code", related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)  # by the rule in force then

    @property
    def state(self) -> str:
        """Whether signatures are still waited for; more may sign afterwards."""
        return "whole" if self.completed_at else "drafted"

    def capacity_of(self, role: str, person: Person) -> Capacity | None:
        return member_capacity(self.meeting.body_id, role, person)


class Signature(models.Model):
    """An attendee's acknowledgement of the digest of the minutes, here or on paper. Written by acts on the minutes."""

    sealed = Sealed("minutes-signature", of="minutes")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    scan = models.CharField(max_length=64, blank=True)  # the digest of the scan, if it was signed on paper

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "person"], name="signed_once")]


class DeclinedSignature(models.Model):
    """An attendee who does not sign the minutes; why is kept as words. Written by acts on the minutes."""

    sealed = Sealed("minutes-declined", of="minutes")

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="declined")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)  # of the minutes that they would not sign
    declined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "person"], name="declined_once")]


def member_capacity(body: int, role: str, person: Person) -> Capacity | None:
    """The capacity of a member (or deputy) of a body today."""
    if role != Role.MEMBER:
        return None
    on = today()
    seat = (
        Seat.objects.filter(
            Q(until_on=None) | Q(until_on__gte=on),
            Q(memberships__until_on=None) | Q(memberships__until_on__gte=on),
            from_on__lte=on,
            memberships__from_on__lte=on,
            memberships__person=person,
            body=body,
        )
        .select_related("organisation")
        .first()
    )
    return Capacity(seat.organisation.ref) if seat else None
