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
from .course import agenda
from .course import services as course
from .course.forms import AddingByVoteForm, AdjourningForm, PostponingForm, TakingOffByVoteForm, TakingOffForm, WhyForm
from .models import AHEAD, Meeting, Seat
from .selectors import chairs, on_the_agenda, quorum_came, undecided_items
from .sittings.forms import CombiningForm
from .sittings.selectors import other_bodies, other_meeting
from .sittings.services import combine, separate

State = Meeting.State
LARGEST = 2**63 - 1  # of a key
HAS_AN_AGENDA = Condition(lambda row, by: on_the_agenda(row).exists(), lambda row: refusals.NoAgenda())
ON_ITS_DAY = Condition(lambda row, by: row.held_on == today(), lambda row: refusals.NotOnItsDay())
ALL_DECIDED = Condition(
    lambda row, by: not undecided_items(row).exists(),
    lambda row: refusals.Undecided(undecided_items(row).count()),
)

NOT_PAST_ITS_DAY = Condition(lambda row, by: row.held_on == today(), lambda row: refusals.ItsDayIsOver())
BY_SECRETARY_OR_CHAIR = Condition(
    lambda row, by: by.capacity(Role.SECRETARY, over=row) is not None or (isinstance(by, Person) and chairs(row, by)),
    lambda row: refusals.NotTheChair(),
)
QUORUM_CAME = Condition(lambda row, by: quorum_came(row), lambda row: refusals.QuorumNeverCame())
OTHER_AGENDA_IS_FIXED = Condition(
    lambda row, by: (other := other_meeting(row)) is None or other.state != State.CONVENED,
    lambda row: refusals.OtherAgendaOpen(row.number),
)
CAN_BE_COMBINED = Condition(
    lambda row, by: other_meeting(row) is None and other_bodies(row).exists(), lambda row: refusals.CombinedAlready()
)
IS_COMBINED = Condition(lambda row, by: other_meeting(row) is not None, lambda row: refusals.NotCombined())
QUORUM_NEVER_CAME = Condition(lambda row, by: not quorum_came(row), lambda row: refusals.QuorumCame())


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
        needs=[ON_ITS_DAY, OTHER_AGENDA_IS_FIXED],
        path="opening",
    ),
    action(
        "arrive",
        roles=[Role.SECRETARY],
        states=[State.OPEN],
        label=Text("ثبت حضور", "Note who came"),
        form=ArrivingForm,
        does=services.arrive,
        needs=[NOT_PAST_ITS_DAY],
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
    action(
        "postpone",
        roles=[Role.SECRETARY],
        states=AHEAD,
        label=Text("جابه‌جایی جلسه", "Put the meeting off"),
        form=PostponingForm,
        does=course.postpone,
        repeats=True,
        done=Text("جلسه جابه‌جا شد و به اعضا خبر داده می‌شود.", "The meeting is put off; its members are told."),
        path="postponement",
    ),
    action(
        "combine",
        roles=[Role.SECRETARY],
        states=AHEAD,
        label=Text("برگزاری مشترک با هیئت دیگر", "Combine with the other body"),
        form=CombiningForm,
        does=combine,
        needs=[CAN_BE_COMBINED],
        done=Text(
            "جلسهٔ دو هیئت مشترک شد و به اعضای هر دو خبر داده می‌شود.",
            "The two bodies sit together; the members of both are told.",
        ),
        path="combination",
    ),
    action(
        "separate",
        roles=[Role.SECRETARY],
        states=AHEAD,
        label=Text("جدا کردن جلسه‌های مشترک", "Separate the combined meetings"),
        form=WhyForm,
        does=separate,
        needs=[IS_COMBINED],
        done=Text("دو جلسه جدا شد و به اعضا خبر داده می‌شود.", "The two are separate; their members are told."),
        path="separation",
    ),
    action(
        "take-off",
        roles=[Role.SECRETARY],
        states=AHEAD,
        label=Text("برداشتن از دستور", "Take an item off"),
        form=TakingOffForm,
        does=agenda.take_off,
        repeats=True,
        path="removals",
    ),
    action(
        "cancel",
        roles=[Role.SECRETARY],
        states=AHEAD,
        label=Text("لغو جلسه", "Cancel the meeting"),
        form=WhyForm,
        does=course.cancel,
        final=True,
        done=Text(
            "جلسه لغو شد؛ به اعضا خبر داده می‌شود و پرونده‌ها به نوبت بازگشت.",
            "The meeting is cancelled; its members are told, and its cases wait for another.",
        ),
        path="cancellation",
    ),
    action(
        "add-by-vote",
        roles=[Role.SECRETARY],
        states=[State.OPEN],
        label=Text("افزودن به دستور با رأی حاضران", "Add an item by vote"),
        form=AddingByVoteForm,
        does=agenda.add_by_vote,
        needs=[NOT_PAST_ITS_DAY],
        repeats=True,
        path="additions-by-vote",
    ),
    action(
        "take-off-by-vote",
        roles=[Role.SECRETARY],
        states=[State.OPEN],
        label=Text("برداشتن از دستور با رأی حاضران", "Take an item off by vote"),
        form=TakingOffByVoteForm,
        does=agenda.take_off_by_vote,
        needs=[NOT_PAST_ITS_DAY],
        repeats=True,
        path="removals-by-vote",
    ),
    action(
        "adjourn",
        roles=[Role.SECRETARY, Role.MEMBER],
        states=[State.OPEN],
        label=Text("ختم جلسه پیش از پایان دستور", "Adjourn the meeting"),
        form=AdjourningForm,
        does=course.adjourn,
        needs=[BY_SECRETARY_OR_CHAIR, QUORUM_CAME],
        final=True,
        done=Text(
            "جلسه پایان یافت: تصمیم‌ها می‌ماند و دیگر دستورها نزد جلسهٔ بعد است.",
            "The meeting is adjourned: what was decided stands, the rest waits for another.",
        ),
        path="adjournment",
    ),
    action(
        "end-inquorate",
        roles=[Role.SECRETARY, Role.MEMBER],
        states=[State.OPEN],
        label=Text("پایان جلسه بی حد نصاب", "End it as inquorate"),
        does=course.end_inquorate,
        needs=[BY_SECRETARY_OR_CHAIR, QUORUM_NEVER_CAME],
        final=True,
        done=Text(
            "جلسه بی حد نصاب پایان یافت: برگزارشده به شمار نمی‌آید و پرونده‌ها به نوبت بازگشت.",
            "The meeting ended as inquorate: it was not held, and its cases wait for another.",
        ),
        path="inquorate-end",
    ),
    elsewhere=lambda row: refusals.NotInThisState(row.state),
)
