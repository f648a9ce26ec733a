"""Pages of meetings: the list, and the room, which each member follows from a device of their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pishkhan.casework.actions.actions import offered
from pishkhan.casework.grounds import ground_offers
from pishkhan.casework.selectors import cases_seen_by
from pishkhan.journal import access
from pishkhan.journal.refusals import Missing, NotPermitted, Refusal, Unavailable
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF, roles_held
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.sign_in.confirming import confirm_identity
from pishkhan.people.web.form_fields import done, message_of_refusal
from pishkhan.people.web.request_context import asker, language

from .bodies.names import BODIES
from .course.pages import course_context
from .course.warnings import warnings_about
from .dossiers import file_before, open_files, reader_of
from .forms import Convened
from .meeting_list import STATES, MeetingList
from .minutes.pages import minutes_context
from .minutes.sentences import REASONS
from .models import AgendaItem, Ballot, Body, Entitlement, Meeting, Minutes, Outcome, RefusalGround
from .refusing.grounds import APPROVALS, ground_in_words
from .room import ACTS, attendees_of, outcome_of, set_aside_of
from .selectors import meetings_seen_by, open_ballot, quorum_of, ready_cases, suggested_recusals, undecided_items
from .services import convene
from .sittings.pages import sitting_context
from .sittings.selectors import other_meeting
from .sittings.services import convene_together
from .voting import seat_to_vote_for, tally_of, voters_of

CHOICES = {
    Entitlement.Choice.FOR: Text("موافق", "For"),
    Entitlement.Choice.AGAINST: Text("مخالف", "Against"),
    Entitlement.Choice.ABSTAIN: Text("ممتنع", "Abstain"),
}
CONVENED = Text("جلسهٔ {number} فراخوانده شد.", "Meeting {number} is convened.")


def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings that concern whoever asks; what waits for a decision; and calling the next one."""
    person = asker(request)
    bodies = list(within(Body.objects.select_related("division"), person).order_by("pk"))
    secretary = any(person.holds(Role.SECRETARY, over=body) for body in bodies)
    form = Convened(request.POST or None, bodies=[(body.pk, BODIES[Body.Code(body.code)]) for body in bodies])

    def call(body: str, together_with: str = "", **appointment: Any) -> None:
        by_key = {str(candidate.pk): candidate for candidate in bodies}
        if together_with:
            meeting, _ = convene_together(by_key[body], by_key[together_with], by=person, **appointment)
        else:
            meeting = convene(by_key[body], by=person, **appointment)
        messages.success(request, CONVENED.filled(number=meeting.number).to(language()))
        for warning in warnings_about(meeting):
            messages.warning(request, warning.to(language()))

    if request.method == "POST" and done(form, call):
        return redirect("meetings")
    return MeetingList.answer(
        request,
        status=422 if form.errors else 200,
        form=form if secretary else None,
        at_work=bool(roles_held(request) & set(STAFF)),
        ready=[
            case
            for body in bodies
            if secretary
            for case in ready_cases(body).select_related("division", "person", "organisation")[:50]
        ],
    )


def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """The room of a meeting: its agenda, who is there, the item at hand with its votes, the minutes as they grow."""
    meeting, person = _meeting(request, number)
    access.note(person.ref, meeting.subject, "meeting")
    return render(request, "meetings/meeting.html", _room(request, meeting, person))


def live(request: HttpRequest, number: str) -> HttpResponse:
    """What moves in the room, for whoever follows it; nothing if nothing has moved since they saw it."""
    meeting, person = _meeting(request, number)
    if request.GET.get("seen") == stamp_of(meeting):
        return HttpResponse(status=204)
    return render(request, "meetings/live.html", _room(request, meeting, person))


@require_POST
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """An act in the room, and back to it; a refusal is told there in words."""
    meeting, person = _meeting(request, number)
    if name not in ACTS:
        raise Missing()
    try:
        if name == "sign":
            code = request.POST.get("one_time_code", "")
            confirm_identity(request, password=request.POST.get("password", ""), code=code)
        ACTS[name](meeting, person, request.POST)
    except (NotPermitted, Unavailable):
        raise
    except Refusal as refusal:
        message_of_refusal(request, refusal)
    room = request.POST.get("room", "")  # of the other body, where both sit together
    others = [other_meeting(meeting)] if room else []
    return redirect("meeting", number=room if room in {one.number for one in others if one} else number)


def stamp_of(meeting: Meeting) -> str:
    """Changes whenever anything about a meeting does: its entries are counted, its items' and its minutes'."""
    revisions = AgendaItem.objects.filter(meeting=meeting).values_list("revision", flat=True)
    minutes = Minutes.objects.filter(meeting=meeting).values_list("revision", flat=True).first()
    together = other_meeting(meeting)  # whose quorum, agenda and attendance stand there as well
    others = AgendaItem.objects.filter(meeting=together).values_list("revision", flat=True) if together else []
    beside = f".{together.revision}.{sum(others)}" if together else ""
    return f"{meeting.revision}.{sum(revisions)}.{minutes or 0}{beside}"


def _meeting(request: HttpRequest, number: str) -> tuple[Meeting, Person]:
    person = asker(request)
    meeting = meetings_seen_by(person).select_related("body").filter(number=number).distinct().first()
    if meeting is None:
        raise Missing()
    return meeting, person


def _room(request: HttpRequest, meeting: Meeting, person: Person) -> dict[str, Any]:
    stamp = stamp_of(meeting)  # before all else: what moves while the room is read is then asked for again
    items = list(
        meeting.items.select_related(
            "case__division", "case__person", "case__organisation", "resolution", "meeting__body"
        ).order_by("position")
    )
    undecided = set(undecided_items(meeting).values_list("pk", flat=True))
    at_hand = next((item for item in items if item.pk in undecided), None)
    held, opens = person.capacities([Role.SECRETARY, Role.MEMBER], over=meeting), open_files(meeting, person)
    seats = attendees_of(meeting)
    is_open, may = meeting.state == Meeting.State.OPEN, {action.name: action for action in offered(meeting, person)}
    return {
        "meeting": meeting,
        "body": BODIES[Body.Code(meeting.body.code)],
        "state": STATES[Meeting.State(meeting.state)],
        "secretary": Role.SECRETARY in held,
        "member": Role.MEMBER in held,
        "stamp": stamp,
        "items": [
            {
                "item": item,
                "outcome": outcome_of(item),
                "set_aside": set_aside_of(item, undecided),
                "opens": item.pk in opens,
            }
            for item in items
        ],
        "is_open": is_open,
        "seats": seats,
        "may": may,
        "at_hand": _item(at_hand, person) if at_hand and is_open else None,
        "ready": ready_cases(meeting.body).select_related("division")[:50] if "put" in may else [],
        "readable": set(
            cases_seen_by(person).filter(pk__in=[item.case_id for item in items]).values_list("pk", flat=True)
        ),
        "me": person.pk,
        "to_carry_out": any(getattr(item, "resolution", None) and not item.resolution.carried_out for item in items),
        **minutes_context(meeting, person),
        **course_context(meeting, person, at_work=bool(held)),
        **sitting_context(meeting, person),
    }


def _item(item: AgendaItem, person: Person) -> dict[str, Any]:
    ballot = open_ballot(item)
    votes = {vote.seat_id: vote.choice for vote in ballot.votes.all()} if ballot else {}
    entitled = list(ballot.entitlements.select_related("seat__organisation", "person")) if ballot else []
    mine = seat_to_vote_for(ballot, person) if ballot else None
    has_voted = ballot is not None and mine is not None and (mine.pk in votes or person.ref in voters_of(ballot))
    quorum = quorum_of(item)
    said: dict[str | None, Text] = {choice.value: text for choice, text in CHOICES.items()}
    return {
        "item": item,
        "file": file_before(item.case, reader_of(item.case, person)),
        "quorum": quorum,
        "met": quorum.met,
        "ballot": ballot,
        "motion": Outcome(ballot.motion).text if ballot else None,
        "motions": [
            (outcome.value, outcome.text)
            for outcome in Outcome
            if item.case.procedure.step_for(item.case.where, outcome.value)
        ],
        "votes": [
            {
                "seat": entitlement.seat,
                "choice": votes.get(entitlement.seat_id, ""),
                "said": said.get(votes.get(entitlement.seat_id)),
            }
            for entitlement in entitled
        ],
        "tally": tally_of(ballot) if ballot else None,
        "may_vote": mine is not None and not has_voted,
        "voted": has_voted,
        "choices": list(CHOICES.items()),
        "grounds": ground_offers(item.case),
        "to_reject": ballot is None and item.case.procedure.step_for(item.case.where, Outcome.REJECTED) is not None,
        "to_name": ballot is not None and ballot.motion in APPROVALS,
        "rests_on": [ground_in_words(row.code, contested=row.contested) for row in _of_the_motion(ballot)],
        "recusals": [
            {"recusal": recusal, "reason": REASONS[recusal.reason]}
            for recusal in item.recusals.select_related("seat__organisation")
        ],
        "suggested": [
            {"suggestion": recusal, "reason": REASONS[recusal.reason]} for recusal in suggested_recusals(item)
        ],
    }


def _of_the_motion(ballot: Ballot | None) -> list[RefusalGround]:
    return list(ballot.grounds.filter(seat=None).order_by("pk")) if ballot else []
