"""Two at once in a meeting that ends: what is counted at that moment is decided or not, never half."""

import pytest

from factories import together
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import refusals
from pishkhan.meetings.course.services import adjourn, cancel
from pishkhan.meetings.minutes.services import draft_minutes
from pishkhan.meetings.models import AgendaItem, Entitlement, Meeting, Minutes, Resolution
from pishkhan.meetings.services import close_meeting, open_meeting
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from procedure_driver import at, meeting_about, vote_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers")]
WHY = "دیروقت است"


def under_vote():
    """A meeting with one item on which everybody has voted and which nobody has counted; and the secretary."""
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    item = meeting.items.get()
    ballot = open_vote(item, "approved", by=secretary)
    for entitled in ballot.entitlements.select_related("person"):
        cast_vote(ballot, Entitlement.Choice.FOR, by=entitled.person)
    return meeting, item, secretary


@pytest.mark.parametrize("turn", range(3))
def test_what_is_counted_while_the_meeting_is_adjourned_is_decided_or_returns_whole(turn):
    meeting, item, secretary = under_vote()

    raised = together(
        lambda: close_vote(AgendaItem.objects.get(pk=item.pk), by=secretary),
        lambda: adjourn(Meeting.objects.get(pk=meeting.pk), reasons=WHY, by=secretary),
    )

    item.refresh_from_db()
    assert (item.state, Resolution.objects.count(), raised) in (
        (AgendaItem.State.DECIDED, 1, []),
        (AgendaItem.State.RETURNED, 0, [refusals.NotInThisState]),
    )
    assert Meeting.objects.get().state == Meeting.State.CLOSED and list(problems()) == []


def test_a_meeting_is_opened_or_cancelled_and_not_both():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"), opened=False)

    raised = together(
        lambda: open_meeting(Meeting.objects.get(pk=meeting.pk), by=secretary),
        lambda: cancel(Meeting.objects.get(pk=meeting.pk), reasons=WHY, by=secretary),
    )

    assert raised == [refusals.NotInThisState]


def test_two_who_draft_the_minutes_at_once_draft_the_same():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    vote_on(meeting.items.get(), "approved", secretary)
    close_meeting(meeting, by=secretary)

    assert together(*[lambda: draft_minutes(Meeting.objects.get(pk=meeting.pk), by=secretary)] * 2) == []
    assert Minutes.objects.get().revision == 2
