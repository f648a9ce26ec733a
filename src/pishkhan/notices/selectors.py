"""What waits in the outbox, what will not leave it by itself, and from which day a legal notice is served."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from pishkhan.journal.clock import now, today
from pishkhan.people.models import Assignment, Organisation, Person
from pishkhan.people.parties import Party
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places, within
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import number

from .adapters import TOO_LATE
from .models import Notice, Outcome, Proof
from .templates import is_legal

LATE = timedelta(hours=2)  # twice the longest wait between two attempts
SERVERS = (Role.EXPERT, Role.SECRETARY)  # who records service
DEEMED_DAYS = Key(
    "service.deemed_days",
    "day",
    "روزهایی که پس از آن اطلاعیهٔ دریافت‌نشده ابلاغ‌شده به شمار می‌آید",
    "Days after which a notice that nobody received counts as served",
)


def waiting() -> QuerySet[Notice]:
    """The notices that are still to be sent."""
    return Notice.objects.filter(state=Notice.State.PENDING)


def stuck() -> QuerySet[Notice]:
    """The notices somebody should look at: failed for good, or due so long that no worker seems to run."""
    late = Q(state=Notice.State.PENDING, next_attempt_at__lt=now() - LATE)
    failed = Q(state=Notice.State.FAILED) & ~Q(trouble=TOO_LATE)  # whoever wanted that code asks for another
    return Notice.objects.filter(failed | late).order_by("queued_at")


def notices_of_region(person: Person) -> QuerySet[Notice]:
    """The notices of an administrator's region, the newest first."""
    return within(Notice.objects.all(), person).order_by("-pk")


def to_be_served_by(person: Person) -> QuerySet[Any]:
    """The legal notices of an officer's region, the newest first; `.served` says whether a proof of service stands."""
    stands = Proof.objects.filter(notice=OuterRef("pk"), withdrawn_on=None)
    return Notice.objects.filter(in_places(person, SERVERS), legal=True).annotate(served=Exists(stands)).order_by("-pk")


def served_on(notice: Notice) -> date | None:
    """The day on which a legal notice was served, by the earliest proof that stands; None if it is not served yet."""
    days = [day for proof in notice.proofs.filter(withdrawn_on=None) if (day := counts_from(proof))]
    return min((day for day in days if day <= today()), default=None)


def served_because_of(entries: Iterable[str], parties: Mapping[str, Party] | None = None) -> dict[str, date]:
    """By the entry that caused legal notices, the day on which the first of those it told was served, by today.

    Where `parties` names whose term it is, by entry, only what was served on that party counts, or on who acts for it.
    """
    names, on = set(entries), today()
    served: dict[str, date] = {}
    if not names:
        return served
    stand = Proof.objects.filter(notice__because__in=names, notice__legal=True, withdrawn_on=None)
    proofs = list(stand.select_related("notice"))
    speakers = _speakers(parties.values()) if parties else {}
    for proof in proofs:
        day, because = counts_from(proof), proof.notice.because
        if parties and because in parties and not _is_to(proof.notice, parties[because], speakers):
            continue
        if day is not None and day <= on:
            served[because] = min(day, served.get(because, day))
    return served


def sent_and_not_legal(entries: Iterable[str]) -> set[str]:
    """The entries whose notices were sent before such were to be served: of those no service is proved."""
    rows = Notice.objects.filter(because__in=set(entries)).values_list("because", "template", "legal")
    served = {because for because, _, legal in rows if legal}
    return {because for because, template, legal in rows if not legal and is_legal(template)} - served


def _speakers(parties: Iterable[Party]) -> dict[int, set[int]]:
    """By the key of an organisation, the persons who act or acted for it."""
    keys = {party.pk for party in parties if isinstance(party, Organisation)}
    rows = Assignment.objects.filter(role=Role.REPRESENTATIVE, organisation__in=keys)
    speakers: dict[int, set[int]] = {key: set() for key in keys}
    for organisation, person in rows.values_list("organisation", "person"):
        speakers[organisation].add(person)
    return speakers


def _is_to(notice: Notice, party: Party, speakers: Mapping[int, set[int]]) -> bool:
    """Whether a notice is to a party, or to somebody who acts for it."""
    if isinstance(party, Organisation):
        return notice.organisation_id == party.pk or notice.person_id in speakers[party.pk]
    return notice.person_id == party.pk


def counts_from(proof: Proof) -> date | None:
    """The day on which a proof's notice is served, perhaps still to come.

    What was received or refused is served that day. What was posted up or is deemed served is so after the days that a
    dated number says; while that is a default without source, it starts no term against anybody.
    """
    if proof.outcome in (Outcome.RECEIVED, Outcome.REFUSED):
        return proof.on
    days = number(DEEMED_DAYS, on=proof.on, place=proof.division_id)
    return proof.on + timedelta(days=days.value) if days.binds else None
