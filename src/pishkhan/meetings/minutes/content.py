"""What stands in minutes: codes and facts, read from the records; what persons are called or wrote stays erasable."""

from collections.abc import Callable, Iterable
from typing import Any

from pishkhan.casework.models import Case
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.language.hours import hour_text
from pishkhan.meetings.course.selectors import events_of
from pishkhan.meetings.models import AgendaItem, Attendance, Ballot, Meeting, Membership
from pishkhan.meetings.refusing.grounds import ground_facts
from pishkhan.meetings.selectors import seats_in_force
from pishkhan.meetings.sittings.selectors import other_meeting
from pishkhan.offices.models import Premises

Word = dict[str, Any]
Keep = Callable[[str, str], Word]  # a text and whose it is, as the minutes may hold it


def as_text(text: str, whose: str) -> Word:
    """A word of minutes that are only looked at: the text itself."""
    return {"text": text}


def content_of(meeting: Meeting, keep: Keep) -> dict[str, Any]:
    """What happened in a meeting. `keep` takes each text that is about a person, or that one wrote."""
    attendance = list(meeting.attendances.select_related("seat__organisation", "person").order_by("arrived_at", "pk"))
    items = list(
        meeting.items.select_related("case__person", "case__organisation", "case__division", "resolution")
        .order_by("position")
        .prefetch_related("recusals__person", "ballots__votes", "ballots__grounds")
    )
    seats = seats_in_force(meeting.body, meeting.held_on).order_by("-chairs", "-votes", "pk")
    together = other_meeting(meeting)
    following = Meeting.objects.filter(continues=meeting).values_list("number", flat=True).first()
    entries: dict[str, list[Entry]] = {}
    for entry in Entry.objects.filter(subject__in=[item.subject for item in items]).order_by("number"):
        entries.setdefault(entry.subject, []).append(entry)
    return {
        "number": meeting.number,
        "body": meeting.body.code,
        "held_on": meeting.held_on,
        "begins_at": hour_text(meeting.begins_at) if meeting.begins_at else "",
        "venue": meeting.venue,
        "opened_at": meeting.opened_at,
        "closed_at": meeting.closed_at,
        "state": meeting.state,
        "continued_by": following or "",
        **({"combined_with": {"number": together.number, "body": together.body.code}} if together else {}),
        "organisations": {str(seat.pk): seat.organisation.name for seat in seats}
        | {str(present.seat_id): present.seat.organisation.name for present in attendance},
        "seats": [{"seat": seat.pk, "chairs": seat.chairs, "votes": seat.votes} for seat in seats],
        "attendance": [_attendance(present, keep) for present in attendance],
        "items": [_item(item, entries.get(item.subject, []), keep) for item in items],
        "events": [
            {"act": event.act, "at": event.at, "position": event.facts.get("position", 0)}
            | ({"with": event.facts["with"]} if "with" in event.facts else {})
            | ({"reasons": keep(event.reasons, meeting.subject)} if event.reasons else {})
            for event in events_of(meeting)
        ],
    }


def _attendance(present: Attendance, keep: Keep) -> dict[str, Any]:
    sits = Membership.objects.filter(seat=present.seat, person=present.person).order_by("-from_on").first()
    return {
        "seat": present.seat_id,
        "person": present.person.ref,
        "name": keep(present.person.full_name, present.person.ref),
        "deputy": sits is not None and sits.deputy,
        "arrived_at": present.arrived_at,
        "left_at": present.left_at,
    }


def _item(item: AgendaItem, entries: list[Entry], keep: Keep) -> dict[str, Any]:
    resolution, case = getattr(item, "resolution", None), item.case
    words = words_of(item.subject) if any({"reasons", "conditions"} & set(entry.facts) for entry in entries) else {}
    address = _address_of(case)
    ballots = sorted(item.ballots.all(), key=lambda ballot: ballot.round)
    return {
        "position": item.position,
        "case": case.number,
        "procedure": case.procedure_code,
        "applicant": keep(case.party.name, case.party_ref),
        "place": case.division.text._asdict(),
        **({"address": keep(address, case.party_ref)} if address else {}),
        "state": item.state,
        "recusals": [
            {"seat": recusal.seat_id, "person": recusal.person.ref, "reason": recusal.reason}
            for recusal in item.recusals.all()
        ],
        "ballots": [_ballot(ballot, entries, words, case, keep) for ballot in ballots],
        "added": next((_votes(entry) for entry in entries if entry.act == "item.add"), None),
        "fallen": item.state == AgendaItem.State.FALLEN,
        "resolution": {"number": resolution.number, "outcome": resolution.outcome, "decided_on": resolution.decided_on}
        if resolution
        else None,
    }


def _ballot(
    ballot: Ballot, entries: Iterable[Entry], words: dict[tuple[int, str], str], case: Case, keep: Keep
) -> dict[str, Any]:
    """A ballot with the conditions that were put, each vote with who cast it and why, and why it was broken off."""
    of_it = [entry for entry in entries if entry.facts.get("round") == ballot.round]
    cast = {entry.facts["seat"]: entry for entry in of_it if entry.act == "item.vote"}
    once = {entry.act: entry for entry in of_it if entry.act != "item.vote"}

    def said(entry: Entry | None, field: str, whose: str) -> dict[str, Word]:
        text = words.get((entry.number, field), "") if entry else ""
        return {field: keep(text, whose)} if text else {}

    return {
        "round": ballot.round,
        "motion": ballot.motion,
        "result": ballot.result,
        "grounds": ground_facts(ballot),
        **said(once.get("item.open-vote"), "conditions", case.party_ref),
        **said(once.get("item.break-off-vote"), "reasons", f"agenda-item:{ballot.item_id}"),
        "votes": [
            {"seat": vote.seat_id, "choice": vote.choice} | said(cast.get(vote.seat_id), "reasons", case.party_ref)
            for vote in sorted(ballot.votes.all(), key=lambda vote: vote.seat_id)
        ],
    }


def _votes(entry: Entry) -> dict[str, int]:
    return {name: entry.facts[name] for name in ("for", "against")}


def _address_of(case: Case) -> str:
    """The address of the place that a case states, or of the office it is about."""
    address: str = getattr(case.dossier, "address", "")
    if address or not case.about:
        return address
    label, _, key = case.about.partition(":")
    where = {"office__licences": key} if label == "licence" else {"office": key}
    premises = Premises.objects.filter(**where, superseded_at=None).order_by("-valid_from").first()
    return premises.address if premises else ""
