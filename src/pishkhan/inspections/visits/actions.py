"""What can be done about a visit and its report: by whom, from where it stands, what is asked, and its name."""

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.inspections import refusals
from pishkhan.inspections.forms import AssignmentForm, HindranceForm, LeaveForm, ObjectionForm, ReportForm
from pishkhan.inspections.models import Finding, Objection, Visit
from pishkhan.inspections.objections import services as objections
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from . import services, unserved_reports, waivers
from .selectors import MADE, TO_BE_MADE
from .unserved_reports import may_be_served

State = Visit.State
GIVEN_TO_WHO_ASKS = Condition(
    lambda row, by: row.inspector is not None and row.inspector.ref == by.ref, lambda row: refusals.AnothersVisit()
)
OF_NO_CASE = Condition(lambda row, by: row.case_id is None, lambda row: refusals.NotInThisState(row.state))
FOLLOWED_BY_NONE = Condition(
    lambda row, by: not row.followed_by.filter(state__in=TO_BE_MADE).exists(), lambda row: refusals.FollowedAlready()
)
UNTOLD = Condition(lambda row, by: may_be_served(row), lambda row: refusals.ToldAlready())
SOMEBODY_TO_TELL = Condition(lambda row, by: row.party is not None, lambda row: refusals.NobodyToTell())
NOT_FOR_A_CASE = Condition(lambda row, by: row.case_id is None, lambda row: refusals.NothingToObjectTo())
NEVER_OBJECTED_TO = Condition(
    lambda row, by: not Objection.objects.filter(visit=row).exists(), lambda row: refusals.ObjectedAlready()
)
HAS_FAULTS = Condition(
    lambda row, by: row.findings.filter(answer=Finding.Answer.NOT_OK).exists(),
    lambda row: refusals.NothingToObjectTo(),
)

VISIT_ACTIONS = Actions(
    Visit,
    "visit",
    action(
        "assign",
        roles=[Role.EXPERT],
        states=TO_BE_MADE,
        label=Text("سپردن", "Give"),
        form=AssignmentForm,
        does=services.assign_visit,
        repeats=True,
        done=Text("بازدید به بازرس سپرده شد.", "The visit is given to the inspector."),
        path="assignment",
    ),
    action(
        "cancel",
        roles=[Role.EXPERT],
        states=TO_BE_MADE,
        label=Text("لغو بازدید", "Cancel the visit"),
        does=services.cancel_visit,
        done=Text("بازدید لغو شد.", "The visit is cancelled."),
        path="cancellation",
    ),
    action(
        "report",
        roles=[Role.INSPECTOR],
        states=[State.ASSIGNED],
        label=Text("ثبت گزارش", "Submit the report"),
        form=ReportForm,
        does=services.submit_visit,
        needs=[GIVEN_TO_WHO_ASKS],
        done=Text("گزارش ثبت شد.", "The report is submitted."),
        recorded="submit",
    ),
    action(
        "hinder",
        roles=[Role.INSPECTOR],
        states=[State.ASSIGNED],
        label=Text("ثبت بازدید ناممکن", "Report that it could not be made"),
        form=HindranceForm,
        does=services.submit_hindered_visit,
        needs=[GIVEN_TO_WHO_ASKS],
        done=Text("گزارش کوتاه ثبت شد.", "The short report is submitted."),
        path="hindrance",
        recorded="submit",
    ),
    action(
        "accept",
        roles=[Role.EXPERT],
        states=[State.SUBMITTED],
        label=Text("پذیرش گزارش", "Accept the report"),
        does=services.accept_visit,
        done=Text("گزارش پذیرفته شد.", "The report is accepted."),
        path="acceptance",
    ),
    action(
        "follow",
        roles=[Role.EXPERT],
        states=[State.ACCEPTED],
        label=Text("درخواست بازدید پیگیری", "Ask for a follow-up visit"),
        does=services.follow_up,
        needs=[OF_NO_CASE, FOLLOWED_BY_NONE],
        repeats=True,
        done=Text("بازدید پیگیری خواسته شد.", "A follow-up visit is asked for."),
        path="follow-up",
        recorded="request",
    ),
    action(
        "serve",
        roles=[Role.EXPERT],
        states=[State.ACCEPTED],
        label=Text("ابلاغ گزارش روی کاغذ", "Serve the report on paper"),
        does=unserved_reports.serve_report,
        needs=[UNTOLD, SOMEBODY_TO_TELL],
        elsewhere=lambda row: refusals.ToldAlready(),
        repeats=True,
        done=Text(
            "گزارش روی کاغذ ابلاغ می‌شود؛ ابلاغ آن را که انجام شد ثبت کنید.",
            "The report is to be served on paper; record the service once it is done.",
        ),
        path="service",
    ),
    action(
        "waive",
        roles=[Role.DIRECTOR],
        states=[*TO_BE_MADE, *MADE],
        label=Text("اجازهٔ کار بدون یک قاعده", "Leave to do without a rule"),
        form=LeaveForm,
        does=waivers.waive,
        repeats=True,
        done=Text("اجازه با دلیل ثبت شد.", "The leave is recorded, with its reason."),
        path="waiver",
    ),
    action(
        "object",
        roles=[Role.APPLICANT],
        states=MADE,
        label=Text("اعتراض به یافته‌ها", "Object to findings"),
        form=ObjectionForm,
        does=objections.object_to,
        needs=[NOT_FOR_A_CASE, NEVER_OBJECTED_TO, HAS_FAULTS],
        elsewhere=lambda row: refusals.NothingToObjectTo(),
        repeats=True,
        done=Text(
            "اعتراض ثبت شد؛ کارشناس دیگری دربارهٔ آن تصمیم می‌گیرد.",
            "Your objection is lodged: another expert decides on it.",
        ),
        path="objection",
    ),
    elsewhere=lambda row: refusals.NotInThisState(row.state),
)
