"""Today: what waits for whoever asks, the overdue first. Every count is that of the list it opens."""

from collections.abc import Callable, Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse

from pishkhan.accounts.letters import PRINTERS, halves_to_print
from pishkhan.casework.lists.case_list import CaseList, rows_of
from pishkhan.casework.models import Case
from pishkhan.casework.selectors import own_cases
from pishkhan.complaints import selectors as complaints
from pishkhan.complaints.models import DESK, State
from pishkhan.complaints.pages.complaint_list import ComplaintList
from pishkhan.inspections.checklists.selectors import DRAFTERS, drafts_of, editions_to_adopt
from pishkhan.inspections.lists.filters import faults_to_follow_by, objections_to_decide, reports_to_accept
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import visits_to_make
from pishkhan.inspections.visits.unserved_reports import unserved_reports
from pishkhan.journal.clock import today as this_day
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.letters.selectors import letters_to
from pishkhan.meetings.bodies.seats import seats_to_confirm
from pishkhan.meetings.meeting_list import MeetingList
from pishkhan.meetings.minutes.selectors import to_sign_by
from pishkhan.meetings.models import Body
from pishkhan.meetings.selectors import ready_cases
from pishkhan.notices.selectors import SERVERS, to_be_served_by
from pishkhan.offices.models import Undertaking
from pishkhan.offices.office_list import SOON, expiring_soon
from pishkhan.offices.undertakings.lists import OVERDUE, UndertakingList
from pishkhan.payments.money_lists import BankRowList
from pishkhan.people.access import STAFF, may_open, roles_held
from pishkhan.people.appointments.appointment_list import AppointmentList, news_of_appointments
from pishkhan.people.appointments.selectors import SEERS
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.request_context import asker, language
from pishkhan.site.middleware.second_factor import missing_second_factor
from pishkhan.site.operations.health import to_act_upon

Card = dict[str, Any]  # a label, a count, the list it opens, whether it alarms
SHOWN, MOST = 15, 100
LATE, MINE = Text("از مهلت گذشته", "Overdue"), Text("نوبت من", "Waiting for me")
VISITS, READY = Text("بازدیدهای من", "Visits I am to make"), Text("آمادهٔ دستور جلسه", "Ready for an agenda")
UNSIGNED = Text("صورت‌جلسه‌های ناتمام", "Minutes not complete")
TO_SIGN = Text("صورت‌جلسه‌های در انتظار امضای من", "Minutes that I am to sign")
TO_END = Text("جلسه‌هایی که امروز باید پایان یابند", "Meetings to end today")
REPORTS, OBJECTIONS = Text("گزارش‌های بازدید برای پذیرش", "Visit reports to accept"), Text("اعتراض‌ها", "Objections")
FAULTS = Text("یافته‌های پیگیری", "Findings to follow")
UNTOLD = Text("گزارش‌های به بازدیدشونده نرسیده", "Reports not told to whoever was visited")
UNSERVED = Text("اطلاعیه‌های ابلاغ‌نشده", "Notices not served yet")
UNBOOKED = Text("سطرهای باز بانک", "Open rows of the bank")
OWED = Text("تعهدهای از موعد گذشته", "Overdue undertakings")
PROOFS = Text("مدرک تعهدها برای بررسی", "Proofs of undertakings to look at")
NEW_COMPLAINTS = Text("شکایت‌های تازه", "New complaints")
ANSWERED_COMPLAINTS = Text("شکایت‌های پاسخ‌داده", "Complaints answered by offices")
LATE_COMPLAINTS = Text("شکایت‌های از مهلت گذشته", "Overdue complaints")
ESCALATED_COMPLAINTS = Text("شکایت‌های رسیده به مدیرکل", "Complaints before the director")
CEILING = Text("نزدیک سقف زمان یا گذشته از آن", "Near the ceiling of time, or past it")
TO_CONFIRM = Text("سمت‌های در انتظار تأیید من", "Appointments for me to confirm")
SEATS = Text("عضوهای پیشنهادشدهٔ هیئت‌ها", "Members of bodies to confirm")
FACTOR_OFF = Text(
    "گام دوم ورود برای حساب شما خاموش است؛ برای کارکنان و اعضا لازم می‌شود.",
    "The second step of signing in is off for your account; staff and members will need it.",
)
FACTOR_FROM = Text(
    "گام دوم ورود برای حساب شما خاموش است؛ از {on} بی آن کار نمی‌شود.",
    "The second step of signing in is off for your account; from {on} nobody works without it.",
)
HALVES = Text("نیمهٔ دوم نامه‌های کد ورود", "Second halves of letters with codes")
CHECKLISTS = Text("برگه‌های بازدید برای تصویب", "Checklists to adopt")
DRAFTS = Text("پیش‌نویس‌های برگهٔ بازدید", "Drafts of checklists")
EXPIRING = Text("پروانه‌هایی که تا سه ماه دیگر پایان می‌یابند", "Licences that end within three months")


def today(request: HttpRequest) -> HttpResponse:
    """What waits: for staff as counts and a list, for an applicant as their requests."""
    if not roles_held(request) & set(STAFF):
        return redirect("mine")
    person = asker(request)
    late = CaseList.select(person, mine=True, late=True)
    mine = CaseList.select(person, mine=True)
    overdue = list(late.order_by("not_due_before", "pk")[:SHOWN])
    rest = mine.exclude(pk__in=[case.pk for case in overdue])
    shown = [*overdue, *rest.order_by("not_due_before", "pk")[: SHOWN - len(overdue)]]
    return render(
        request,
        "site/today.html",
        {
            "day": this_day(),
            "cards": _cards(person, roles_held(request), late.count(), mine.count()),
            "rows": rows_of(shown),
            "name": person.full_name,
            "appointed": news_of_appointments(person),
            "warnings": [*_reminder(request), *_warnings(roles_held(request))],
        },
    )


def mine(request: HttpRequest) -> HttpResponse:
    """One's own requests, and those of whom one acts for."""
    own = Case.objects.filter(own_cases(asker(request))).select_related("division", "person", "organisation")
    return render(
        request,
        "site/mine.html",
        {
            "rows": rows_of(list(own.order_by("-pk")[:MOST])),
            "letters": list(letters_to(asker(request))[:MOST]),
            "to_sign": to_sign_by(asker(request)).count(),
        },
    )


def _warnings(held: set[str]) -> list[dict[str, Any]]:
    """What health finds that somebody can act upon: the first of each kind, how many more, and where to see to it."""
    return [
        {"said": answers[0].to(language()), "more": len(answers) - 1, "href": _page_of(question.page, held)}
        for question, answers in to_act_upon(held)
    ]


def _reminder(request: HttpRequest) -> list[dict[str, Any]]:
    """That one's own second factor is off, and from when nobody works without."""
    requirement = missing_second_factor(request)
    if requirement is None:
        return []
    on = requirement.from_on
    said = FACTOR_FROM.filled(on=spoken(on, language())) if on else FACTOR_OFF
    return [{"said": said.to(language()), "more": 0, "href": reverse("mfa_index")}]


def _page_of(name: str, held: set[str]) -> str:
    address = reverse(name)
    return address if may_open(resolve(address).func, signed_in=True, held=held) else ""


def _cards(person: Person, held: set[str], late: int, mine: int) -> list[Card]:
    cases = reverse("cases")
    cards: list[Card] = [
        {"label": LATE, "count": late, "href": f"{cases}?mine=1&late=1", "alarms": late > 0},
        {"label": MINE, "count": mine, "href": f"{cases}?mine=1"},
    ]
    if to_sign := to_sign_by(person).count():
        cards.append({"label": TO_SIGN, "count": to_sign, "href": f"{reverse('meetings')}?to_sign=1"})
    return cards + [card for roles, more in _BY_ROLE if held & set(roles) for card in more(person, held)]


def _card_of_rounds(person: Person, held: set[str]) -> list[Card]:
    return [{"label": VISITS, "count": visits_to_make(person).count(), "href": f"{reverse('visits')}?mine=1"}]


def _cards_of_meetings(person: Person, held: set[str]) -> list[Card]:
    """What waits for a secretary: minutes, meetings that are to end, cases for an agenda."""
    meetings, bodies = reverse("meetings"), within(Body.objects.all(), person)
    to_end = MeetingList.select(person, due=True).count()
    unsigned = MeetingList.select(person, unsigned=True).count()
    ready = sum(ready_cases(body).count() for body in bodies)
    return [
        {"label": UNSIGNED, "count": unsigned, "href": f"{meetings}?unsigned=1"},
        {"label": TO_END, "count": to_end, "href": f"{meetings}?due=1", "alarms": to_end > 0},
        {"label": READY, "count": ready, "href": f"{meetings}#ready"},
    ]


def _card_of_the_ceiling(person: Person, held: set[str]) -> list[Card]:
    near = CaseList.select(person, ceiling=True).count()
    return [{"label": CEILING, "count": near, "href": f"{reverse('cases')}?ceiling=1", "alarms": near > 0}]


def _card_of_expiring_licences(person: Person, held: set[str]) -> list[Card]:
    return [
        {"label": EXPIRING, "count": expiring_soon(person).count(), "href": f"{reverse('register')}?expiring={SOON}"}
    ]


def _card_of_notices(person: Person, held: set[str]) -> list[Card]:
    waiting = to_be_served_by(person).filter(served=False).count()
    return [{"label": UNSERVED, "count": waiting, "href": f"{reverse('legal_notices')}?state=waiting"}]


def _card_of_letters(person: Person, held: set[str]) -> list[Card]:
    count = halves_to_print(person).count()
    return [{"label": HALVES, "count": count, "href": reverse("account_letters"), "alarms": count > 0}]


def _card_of_the_bank(person: Person, held: set[str]) -> list[Card]:
    open_rows = BankRowList.select(person, state="open").count()
    return [{"label": UNBOOKED, "count": open_rows, "href": f"{reverse('payments')}?state=open"}]


def _cards_of_appointments(person: Person, held: set[str]) -> list[Card]:
    """What waits for who confirms roles; for who cannot, there is nothing."""
    waiting = AppointmentList.select(person, mine=True).count()
    seats = seats_to_confirm(person).count()
    return [
        {"label": TO_CONFIRM, "count": waiting, "href": f"{reverse('appointments')}?mine=1"},
        {"label": SEATS, "count": seats, "href": f"{reverse('bodies')}#proposed"},
    ]


def _cards_of_visits(person: Person, held: set[str]) -> list[Card]:
    """What visits left for an expert: reports, objections, faults that somebody must go and see."""
    reports, objections = reports_to_accept(person).count(), objections_to_decide(person).count()
    faults, untold = faults_to_follow_by(person).count(), unserved_reports(person).count()
    return [
        {"label": REPORTS, "count": reports, "href": f"{reverse('visits')}?state={Visit.State.SUBMITTED}"},
        {"label": OBJECTIONS, "count": objections, "href": reverse("objections"), "alarms": objections > 0},
        {"label": FAULTS, "count": faults, "href": reverse("findings"), "alarms": faults > 0},
        {"label": UNTOLD, "count": untold, "href": reverse("untold")},
    ]


def _card_of_checklists(person: Person, held: set[str]) -> list[Card]:
    """What a director adopts and what whoever drafts has begun; nothing where there is none, for both are rare."""
    counted = [(CHECKLISTS, editions_to_adopt(person).count(), True), (DRAFTS, drafts_of(person).count(), False)]
    return [
        {"label": label, "count": count, "href": reverse("checklist_editions"), "alarms": alarms}
        for label, count, alarms in counted
        if count
    ]


def _cards_of_undertakings(person: Person, held: set[str]) -> list[Card]:
    lists = [(OWED, OVERDUE)] + [(PROOFS, Undertaking.State.SHOWN.value)] * (Role.EXPERT in held)
    counted = [(label, of, UndertakingList.select(person, of=of).count()) for label, of in lists]
    return [
        {
            "label": label,
            "count": count,
            "href": f"{reverse('undertakings')}?of={of}",
            "alarms": of == OVERDUE and count > 0,
        }
        for label, of, count in counted
    ]


def _cards_of_complaints(person: Person, held: set[str]) -> list[Card]:
    lists = [
        (NEW_COMPLAINTS, State.RECEIVED.value),
        (ANSWERED_COMPLAINTS, State.ANSWERED.value),
        (LATE_COMPLAINTS, complaints.LATE),
    ]
    lists += [(ESCALATED_COMPLAINTS, complaints.ESCALATED)] * (Role.DIRECTOR in held)
    counted = [(label, of, ComplaintList.select(person, of=of).count()) for label, of in lists]
    return [
        {
            "label": label,
            "count": count,
            "href": f"{reverse('complaints')}?of={of}",
            "alarms": of in (complaints.LATE, complaints.ESCALATED) and count > 0,
        }
        for label, of, count in counted
    ]


# Of which roles each is, in the order in which they are shown.
_BY_ROLE: list[tuple[Collection[str], Callable[[Person, set[str]], list[Card]]]] = [
    ({Role.INSPECTOR}, _card_of_rounds),
    ({Role.SECRETARY}, _cards_of_meetings),
    ({Role.DIRECTOR, Role.SECRETARY}, _card_of_the_ceiling),
    ({Role.EXPERT, Role.DIRECTOR, Role.SECRETARY}, _card_of_expiring_licences),
    ({Role.EXPERT, Role.DIRECTOR, Role.SECRETARY}, _cards_of_undertakings),
    (DESK, _cards_of_complaints),
    ({Role.EXPERT}, _cards_of_visits),
    ({*DRAFTERS, Role.DIRECTOR}, _card_of_checklists),
    (SERVERS, _card_of_notices),
    (SEERS, _cards_of_appointments),
    (PRINTERS, _card_of_letters),
    ({Role.ACCOUNTANT}, _card_of_the_bank),
]
