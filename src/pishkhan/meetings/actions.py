"""What can be done about a meeting: by whom, from where it stands, what is asked, and what it is called.

What is done about an item before it (recusals, ballots, votes) turns on its ballot and stands in voting.py.
"""

from django import forms

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.models import Case
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from . import refusals, services
from .models import Meeting, Seat
from .selectors import undecided_items

State = Meeting.State
LARGEST = 2**63 - 1  # of a key
HAS_AN_AGENDA = Condition(lambda row, by: row.items.exists(), lambda row: refusals.NoAgenda())
ON_ITS_DAY = Condition(lambda row, by: row.held_on == today(), lambda row: refusals.NotOnItsDay())
ALL_DECIDED = Condition(
    lambda row, by: not undecided_items(row).exists(),
    lambda row: refusals.Undecided(undecided_items(row).count()),
)


class PlacingForm(ActionForm):
    case = forms.CharField(max_length=30)

    def clean_case(self) -> Case:
        case = Case.objects.filter(lying_in(self.row.division_id), number=self.cleaned_data["case"]).first()
        if case is None:
            raise Missing()
        return case


class LeavingForm(ActionForm):
    seat = forms.IntegerField(min_value=1, max_value=LARGEST)

    def clean_seat(self) -> Seat:
        seat: Seat | None = self.row.body.seats.filter(pk=self.cleaned_data["seat"]).first()
        if seat is None:
            raise Missing()
        return seat


class ArrivingForm(LeavingForm):
    person = forms.IntegerField(min_value=1, max_value=LARGEST)

    def clean_person(self) -> Person:
        person = Person.objects.filter(pk=self.cleaned_data["person"]).first()
        if person is None:
            raise Missing()
        return person


MEETING_ACTIONS = Actions(
    Meeting,
    "meeting",
    action(
        "put",
        roles=[Role.SECRETARY],
        states=[State.CONVENED],
        label=Text("افزودن", "Put"),
        form=PlacingForm,
        does=services.put_on_agenda,
        repeats=True,
        path="agenda",
        recorded="put-on-agenda",
    ),
    action(
        "publish",
        roles=[Role.SECRETARY],
        states=[State.CONVENED],
        label=Text("انتشار دستور جلسه", "Fix the agenda"),
        does=services.publish_agenda,
        needs=[HAS_AN_AGENDA],
        path="publication",
    ),
    action(
        "open",
        roles=[Role.SECRETARY],
        states=[State.PUBLISHED],
        label=Text("گشودن جلسه", "Open the meeting"),
        does=services.open_meeting,
        needs=[ON_ITS_DAY],
        path="opening",
    ),
    action(
        "arrive",
        roles=[Role.SECRETARY],
        states=[State.OPEN],
        label=Text("ثبت حضور", "Note who came"),
        form=ArrivingForm,
        does=services.arrive,
        repeats=True,
        path="arrivals",
    ),
    action(
        "leave",
        roles=[Role.SECRETARY],
        states=[State.OPEN],
        label=Text("ثبت رفتن", "Note who left"),
        form=LeavingForm,
        does=services.leave,
        repeats=True,
        path="departures",
    ),
    action(
        "close",
        roles=[Role.SECRETARY],
        states=[State.OPEN],
        label=Text("پایان جلسه", "Close the meeting"),
        does=services.close_meeting,
        needs=[ALL_DECIDED],
        path="closing",
    ),
    elsewhere=lambda row: refusals.NotInThisState(row.state),
)
