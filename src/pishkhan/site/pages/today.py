"""Today: what waits for whoever asks, the overdue first. Every count is that of the list it opens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse

from pishkhan.casework.lists.case_list import CaseList, rows_of
from pishkhan.casework.models import Case
from pishkhan.casework.selectors import own_cases
from pishkhan.complaints import selectors as complaints
from pishkhan.complaints.models import DESK, State
from pishkhan.complaints.pages.complaint_list import ComplaintList
from pishkhan.inspections.lists.filters import faults_to_follow_by, objections_to_decide, reports_to_accept
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import visits_to_make
from pishkhan.inspections.visits.unserved_reports import unserved_reports
from pishkhan.journal.clock import today as this_day
from pishkhan.language.text import Text
from pishkhan.letters.selectors import letters_to
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
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within
from pishkhan.people.web.request_context import asker, language
from pishkhan.site.operations.health import to_act_upon

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
            "warnings": _warnings(roles_held(request)),
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


def _page_of(name: str, held: set[str]) -> str:
    address = reverse(name)
    return address if may_open(resolve(address).func, signed_in=True, held=held) else ""


def _cards(person: Person, held: set[str], late: int, mine: int) -> list[dict[str, Any]]:
    cases, visits = reverse("cases"), reverse("visits")
    cards = [
        {"label": LATE, "count": late, "href": f"{cases}?mine=1&late=1", "alarms": late > 0},
        {"label": MINE, "count": mine, "href": f"{cases}?mine=1"},
    ]
    if to_sign := to_sign_by(person).count():
        cards.append({"label": TO_SIGN, "count": to_sign, "href": f"{reverse('meetings')}?to_sign=1"})
    if Role.INSPECTOR in held:
        cards.append({"label": VISITS, "count": visits_to_make(person).count(), "href": f"{visits}?mine=1"})
    if Role.SECRETARY in held:
        cards += _cards_of_meetings(person)
    if held & {Role.EXPERT, Role.DIRECTOR, Role.SECRETARY}:
        cards.append(
            {
                "label": EXPIRING,
                "count": expiring_soon(person).count(),
                "href": f"{reverse('register')}?expiring={SOON}",
            }
        )
        cards += _cards_of_undertakings(person, held)
    if held & set(DESK):
        cards += _cards_of_complaints(person, held)
    if Role.EXPERT in held:
        cards += _cards_of_visits(person)
    if held & set(SERVERS):
        cards.append(
            {
                "label": UNSERVED,
                "count": to_be_served_by(person).filter(served=False).count(),
                "href": f"{reverse('legal_notices')}?state=waiting",
            }
        )
    if Role.ACCOUNTANT in held:
        open_rows = BankRowList.select(person, state="open").count()
        cards.append({"label": UNBOOKED, "count": open_rows, "href": f"{reverse('payments')}?state=open"})
    return cards


def _cards_of_meetings(person: Person) -> list[dict[str, Any]]:
    """What meetings ask of a secretary: to be ended today, to be minuted, and what waits for one."""
    address, to_end = reverse("meetings"), MeetingList.select(person, due=True).count()
    ready = sum(ready_cases(body).count() for body in within(Body.objects.all(), person))
    return [
        {
            "label": UNSIGNED,
            "count": MeetingList.select(person, unsigned=True).count(),
            "href": f"{address}?unsigned=1",
        },
        {"label": TO_END, "count": to_end, "href": f"{address}?due=1", "alarms": to_end > 0},
        {"label": READY, "count": ready, "href": f"{address}#ready"},
    ]


def _cards_of_visits(person: Person) -> list[dict[str, Any]]:
    """What visits left for an expert: reports, objections, faults that somebody must go and see."""
    reports, objections = reports_to_accept(person).count(), objections_to_decide(person).count()
    faults, untold = faults_to_follow_by(person).count(), unserved_reports(person).count()
    return [
        {"label": REPORTS, "count": reports, "href": f"{reverse('visits')}?state={Visit.State.SUBMITTED}"},
        {"label": OBJECTIONS, "count": objections, "href": reverse("objections"), "alarms": objections > 0},
        {"label": FAULTS, "count": faults, "href": reverse("findings"), "alarms": faults > 0},
        {"label": UNTOLD, "count": untold, "href": reverse("untold")},
    ]


def _cards_of_undertakings(person: Person, held: set[str]) -> list[dict[str, Any]]:
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


def _cards_of_complaints(person: Person, held: set[str]) -> list[dict[str, Any]]:
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
