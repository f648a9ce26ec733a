"""What can be done about a complaint: by whom, from where it stands, what is asked, and what it is called."""

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from . import refusals, services
from .models import DESK, ENDED, OPEN, Complaint, State
from .pages.desk_forms import AnswerForm, JoinForm, OutcomeForm, PublishedForm, ReasonsForm, SummaryForm, VersionForm

ABOUT_AN_OFFICE = Condition(lambda row: row.office_id is not None, refusals.NoOfficeToAsk)
RELEASED = Condition(lambda row: row.released, refusals.StandsElsewhere)
LEADS_NO_OTHER = Condition(lambda row: not row.joined.exists(), refusals.NotToBeJoined)

COMPLAINT_ACTIONS = Actions(
    Complaint,
    "complaint",
    action(
        "publish",
        roles=DESK,
        states=[State.ANSWERED, State.VISITING, State.CASE, *ENDED],
        label=Text("انتشار پاسخ برای شاکی", "Publish the answer to the complainant"),
        form=PublishedForm,
        does=services.publish,
        repeats=True,
    ),
    action(
        "send",
        roles=DESK,
        states=[State.RECEIVED, State.ANSWERED],
        label=Text("پرسیدن از دفتر", "Ask the office"),
        form=SummaryForm,
        does=services.send,
        needs=[ABOUT_AN_OFFICE],
    ),
    action(
        "answer",
        roles=[Role.APPLICANT],
        states=[State.SENT],
        label=Text("پاسخ به شکایت", "Answer it"),
        form=AnswerForm,
        does=services.answer,
        done=Text("پاسخ شما ثبت شد.", "Your answer is recorded."),
    ),
    action(
        "release",
        roles=DESK,
        states=OPEN,
        label=Text("نشان دادن متن ویراسته به دفتر", "Let the office read a moderated text"),
        form=VersionForm,
        does=services.release,
        needs=[ABOUT_AN_OFFICE],
        repeats=True,
    ),
    action(
        "withhold",
        roles=DESK,
        states=OPEN,
        label=Text("پس گرفتن متن ویراسته", "Withhold the moderated text"),
        does=services.withhold,
        needs=[RELEASED],
    ),
    action(
        "ask-visit",
        roles=DESK,
        states=[State.RECEIVED, State.SENT, State.ANSWERED],
        label=Text("خواستن بازدید", "Ask for a visit"),
        does=services.ask_visit,
        needs=[ABOUT_AN_OFFICE],
    ),
    action(
        "open-case",
        roles=DESK,
        states=[State.RECEIVED, State.SENT, State.ANSWERED, State.VISITING],
        label=Text("باز کردن پروندهٔ تخلف", "Open a violation case"),
        does=services.open_violation,
        needs=[ABOUT_AN_OFFICE],
    ),
    action(
        "close",
        roles=DESK,
        states=OPEN,
        label=Text("بستن با نتیجه", "Close with an outcome"),
        form=OutcomeForm,
        does=services.close,
    ),
    action(
        "join",
        roles=DESK,
        states=OPEN,
        label=Text("پیوستن به شکایتی دیگر", "Join to another"),
        form=JoinForm,
        does=services.join,
        needs=[LEADS_NO_OTHER],
        elsewhere=refusals.NotToBeJoined,
    ),
    action(
        "separate",
        roles=DESK,
        states=[State.JOINED],
        label=Text("جدا کردن", "Separate again"),
        does=services.separate,
    ),
    action(
        "dismiss",
        roles=DESK,
        states=[State.RECEIVED],
        label=Text("رد با دلیل", "Dismiss with reasons"),
        form=ReasonsForm,
        does=services.dismiss,
        final=True,
    ),
    action(
        "reopen",
        roles=DESK,
        states=ENDED,
        label=Text("باز کردن دوباره", "Open again"),
        form=ReasonsForm,
        does=services.reopen,
    ),
    action(
        "erase",
        roles=[Role.DIRECTOR],
        states=ENDED,
        label=Text("پاک کردن نوشته‌ها و عکس‌ها", "Erase texts and photos"),
        does=services.erase,
        final=True,
        repeats=True,
    ),
    elsewhere=refusals.StandsElsewhere,
)
