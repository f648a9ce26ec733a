"""Questions about combined sittings: what can be combined, and where somebody sits beside."""

from django.db.models import Q, QuerySet

from pishkhan.meetings.models import AHEAD, Body, Meeting, Membership, Seat
from pishkhan.meetings.selectors import present_at, seats_in_force
from pishkhan.people.models import Person


def other_bodies(meeting: Meeting) -> QuerySet[Body]:
    """The bodies of the province that could sit together with that of a meeting."""
    return Body.objects.filter(division_id=meeting.division_id).exclude(pk=meeting.body_id).order_by("pk")


def meetings_to_join(meeting: Meeting) -> QuerySet[Meeting]:
    """The meetings of other bodies on the same day that have not met and sit with no other."""
    there = Meeting.objects.filter(body__in=other_bodies(meeting), held_on=meeting.held_on, state__in=AHEAD)
    return there.filter(combined_with=None, combined_by=None).select_related("body").order_by("pk")


def other_meeting(meeting: Meeting) -> Meeting | None:
    """The meeting of another body that sits together with one, as it stands now."""
    there = Meeting.objects.filter(Q(combined_with=meeting.pk) | Q(combined_by=meeting.pk))
    return there.select_related("body").first()


def seat_beside(meeting: Meeting, person: Person) -> Seat | None:
    """The free seat in a meeting in session of somebody who came to the other body's: as its member first."""
    if meeting.state != Meeting.State.OPEN:
        return None
    there, on = present_at(meeting), meeting.held_on
    if any(attendance.person_id == person.pk for attendance in there):
        return None
    sits = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gte=on),
        from_on__lte=on,
        person=person,
        seat__in=seats_in_force(meeting.body, on),
    ).exclude(seat__in=[attendance.seat_id for attendance in there])
    first = sits.select_related("seat").order_by("deputy", "seat", "pk").first()
    return first.seat if first else None
