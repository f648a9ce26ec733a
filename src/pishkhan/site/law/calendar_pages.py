"""The calendar of days off: a year at a glance; declaring, confirming, withdrawing a day; taking in a list of them."""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.calendar_names import MONTHS
from pishkhan.language.digits import ascii_digits
from pishkhan.language.jalali import NotADay, days_in_month, jalali_date, jalali_year, parse_day
from pishkhan.language.text import Text
from pishkhan.people.access import STAFF, open_to, roles_held
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import asker, language
from pishkhan.regulation.calendar import FRIDAY, Calendar
from pishkhan.regulation.holidays.days_off import DayOff, days_off, withdrawn_days
from pishkhan.regulation.holidays.importing import (
    LARGEST,
    Becomes,
    Listed,
    NotAList,
    import_days,
    planned,
    read_list,
    written,
)
from pishkhan.regulation.holidays.rules import Rule
from pishkhan.regulation.holidays.services import (
    confirm_holiday,
    declare_holiday,
    rule_named,
    withdraw_day,
    withdraw_holiday,
)
from pishkhan.regulation.models import Holiday
from pishkhan.site.operations.deployment import deployment

from .calendar_forms import WHOM, ConfirmationForm, DaysFile, HolidayForm, WithdrawalForm
from .moved_terms import notifier

FIRST_YEAR, LAST_YEAR = 1350, 1500
ESFAND, LEAP = 12, 30  # the last month, and how many days it has in a leap year
WEEK = tuple(zip("شیدسچپج", ("Sa", "Su", "Mo", "Tu", "We", "Th", "Fr"), strict=True))
ONE_DAY = timedelta(days=1)
SAVED = Text("ثبت شد. مهلت‌ها با تقویم تازه شمرده می‌شود.", "Saved. Terms are counted by the new calendar.")
TAKEN = Text("{count} تعطیلی از فهرست ثبت شد.", "{count} {count:day|days} off of the list {count:was|were} entered.")
BECOMES = {
    Becomes.NEW: Text("تعطیلی تازه", "a new day off"),
    Becomes.CONFIRMED: Text("روز حساب‌شده را تأیید می‌کند", "confirms the reckoned day"),
    Becomes.MOVED: Text("روز حساب‌شده را جابه‌جا می‌کند", "moves the reckoned day"),
    Becomes.KNOWN: Text("از پیش هست", "known already"),
}
KINDS = {
    Holiday.Kind.SOLAR: Text("شمسی", "solar"),
    Holiday.Kind.LUNAR: Text("قمری", "lunar"),
    Holiday.Kind.DECLARED: Text("اعلام‌شده", "declared"),
}


@open_to(*STAFF)
def calendar(request: HttpRequest) -> HttpResponse:
    """A Jalali year: which days are off, for whom, by whose word, and which are reckoned and not confirmed yet."""
    year, place = _year_of(request), place_of(asker(request))
    first, last = jalali_date(year, 1, 1), jalali_date(year + 1, 1, 1) - ONE_DAY
    listed = days_off(first, last, place=place)
    may_declare = Role.ADMINISTRATOR in roles_held(request)
    return render(
        request,
        "site/calendar.html",
        {
            "year": year,
            "before": year - 1 if year > FIRST_YEAR else None,
            "after": year + 1 if year < LAST_YEAR else None,
            "week": [Text(*names) for names in WEEK],
            "months": _months(year, place, listed),
            "rows": [_row_context(off, place, may_declare) for off in listed],
            "tentative": sum(off.tentative for off in listed),
            "is_leap": days_in_month(year, ESFAND) == LEAP,
            "withdrawn": withdrawn_days(first, last, place=place),
            "may_declare": may_declare,
        },
    )


@open_to(Role.ADMINISTRATOR)
def new_holiday(request: HttpRequest) -> HttpResponse:
    """Declare a day off, for all or for some."""
    person = asker(request)
    form = HolidayForm(request.POST or None, initial={"day": request.GET.get("day", "")[:10]})

    def declare(day: date, name_fa: str, name_en: str, for_whom: str, source: str) -> None:
        place = place_of(person)
        name = Text(name_fa, name_en)
        declare_holiday(
            day, name=name, by=person, place=place, for_whom=for_whom, source=source, following=notifier(place)
        )

    if request.method == "POST" and done(form, declare):
        return _saved(request)
    return form_page(request, form, Text("اعلام تعطیلی", "Declare a day off"), back=reverse("calendar"))


@open_to(Role.ADMINISTRATOR)
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm on which day a lunar day off falls."""
    rule, day = _ruled(request)
    person = asker(request)
    place = place_of(person)
    form = ConfirmationForm(request.POST or None, initial={"day": day})
    act = partial(confirm_holiday, rule, by=person, place=place, following=notifier(place))
    if request.method == "POST" and done(form, act):
        return _saved(request, day)
    title = Text("تأیید روز «{name}»", "Confirm the day of {name}").filled(name=rule.name)
    return form_page(request, form, title, back=reverse("calendar"), intro=_lasting(rule).to(language()))


@open_to(Role.ADMINISTRATOR)
def withdraw_ruled(request: HttpRequest) -> HttpResponse:
    """Let a day that returns every year be a working day in this year."""
    rule, day = _ruled(request)
    person = asker(request)
    place = place_of(person)
    act = partial(withdraw_day, rule, day, by=person, place=place)
    return _withdrawing(request, act, rule.name, day, place)


@open_to(Role.ADMINISTRATOR)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Let a day that was declared off be a working day after all."""
    row = Holiday.objects.filter(pk=key, withdrawn=False).first()
    if row is None:
        raise Missing()
    act = partial(withdraw_holiday, row, by=asker(request))
    return _withdrawing(request, act, Text(row.name_fa, row.name_en), row.day, row.division_id)


@open_to(Role.ADMINISTRATOR)
def import_holidays(request: HttpRequest) -> HttpResponse:
    """Take in a list of days off: first what would become of each, then all of it or nothing."""
    person = asker(request)
    place = place_of(person)
    form = DaysFile(request.POST or None, request.FILES or None)
    listed: list[Listed] = []
    count: list[int] = []

    def take(file: Any, content: str, source: str) -> None:
        try:
            listed.extend(read_list(file.read(LARGEST + 1) if file else content.encode()))
        except NotAList as refused:
            raise Invalid(refused.text, {"file": refused.text}) from None
        if not file:
            role, following = Role.ADMINISTRATOR, notifier(place)
            count.append(import_days(listed, place=place, source=source, by=person, role=role, following=following))

    if request.method == "POST" and done(form, take):
        if count:
            messages.success(request, TAKEN.filled(count=count[0]).to(language()))
            return _to(listed[0].day)
        return _preview(request, listed, place, form.cleaned_data["source"])
    return form_page(
        request,
        form,
        Text("ورود فهرست روزهای تعطیل", "Import days off"),
        Text("پیش‌نمایش", "Preview"),
        back=reverse("calendar"),
    )


def _preview(request: HttpRequest, listed: list[Listed], place: str, source: str) -> HttpResponse:
    rows = planned(listed, place)
    form = DaysFile(initial={"content": written(listed), "source": source})
    del form.fields["file"]
    return render(
        request,
        "site/days_preview.html",
        {
            "form": form,
            "rows": [
                {"plan": row, "becomes": BECOMES[row.becomes], "whom": _whom(row.listed.for_whom)} for row in rows
            ],
            "fresh": sum(row.becomes != Becomes.KNOWN for row in rows),
        },
    )


def _withdrawing(request: HttpRequest, act: Any, name: Text, day: date, place: str) -> HttpResponse:
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and done(form, partial(act, following=notifier(place))):
        return _saved(request, day)
    title = Text("پس گرفتن تعطیلی «{name}»", "Withdraw the day off {name}").filled(name=name)
    return form_page(request, form, title, Text("پس گرفتن", "Withdraw"), back=reverse("calendar"))


def _months(year: int, place: str, listed: list[DayOff]) -> list[dict[str, Any]]:
    working = Calendar(jalali_date(year, 1, 1) - ONE_DAY, jalali_date(year + 1, 1, 1))
    names: dict[date, list[DayOff]] = {}
    for off in listed:
        names.setdefault(off.day, []).append(off)
    months = []
    for month in range(1, 13):
        days = [jalali_date(year, month, number + 1) for number in range(days_in_month(year, month))]
        cells = [None] * ((days[0].weekday() + 2) % 7) + [
            _cell(number, day, names.get(day, []), working, place) for number, day in enumerate(days, start=1)
        ]
        weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
        months.append({"name": MONTHS[month - 1], "weeks": weeks})
    return months


def _cell(number: int, day: date, listed: list[DayOff], working: Calendar, place: str) -> dict[str, Any]:
    """A day of the grid: what it is called, and how it is drawn."""
    whole = working.is_holiday(day, place=place)
    how = "tentative" if any(off.tentative for off in listed) else "off" if whole else "partly" if listed else ""
    return {
        "number": number,
        "how": how or ("" if working.is_working(day, place=place) else "rest"),
        "names": "؛ ".join(off.name.to(language()) for off in listed),
        "today": day == today(),
    }


def _row_context(off: DayOff, place: str, may_declare: bool) -> dict[str, Any]:
    address = urlencode({"name": off.name.en, "day": off.day.isoformat()})
    begins = off.first in (None, off.day)
    withdraw_at = f"{reverse('withdraw_ruled')}?{address}"
    if off.row:
        withdraw_at = reverse("withdraw_holiday", args=[off.row.pk]) if off.place.startswith(place) else ""
    movable = off.kind == Holiday.Kind.LUNAR and begins and rule_named(off.name.en) is not None
    return {
        "off": off,
        "kind": KINDS[Holiday.Kind(off.kind)],
        "whom": _whom(off.for_whom),
        "rests": off.day.weekday() == FRIDAY,
        "confirm": f"{reverse('confirm_holiday')}?{address}" if may_declare and movable else "",
        "withdraw": withdraw_at if may_declare else "",
    }


def _whom(for_whom: str) -> Text:
    return WHOM[Holiday.Whom(for_whom)]


def _lasting(rule: Rule) -> Text:
    if rule.length == 1:
        return Text("", "")
    return Text(
        "این تعطیلی {count} روز است؛ نخستین روز آن را بنویسید.",
        "It lasts {count} {count:day|days}; write the first of them.",
    ).filled(count=rule.length)


def _ruled(request: HttpRequest) -> tuple[Rule, date]:
    """The rule and the day that the address names."""
    rule = rule_named(request.GET.get("name", "")[:100])
    try:
        day = parse_day(request.GET.get("day", "")[:10])
    except NotADay:
        raise Missing() from None
    if rule is None:
        raise Missing()
    return rule, day


def _year_of(request: HttpRequest) -> int:
    year = ascii_digits(request.GET.get("year", "")[:4])
    return min(max(int(year), FIRST_YEAR), LAST_YEAR) if year.isascii() and year.isdigit() else jalali_year(today())


def place_of(person: Person) -> str:
    """The place whose days off somebody sees to: that of their post, else of the deployment."""
    places = {assignment.role: assignment.place for assignment in person.assignments_today}
    if Role.ADMINISTRATOR in places:
        return places[Role.ADMINISTRATOR]
    current_deployment = deployment()
    if current_deployment is None:
        raise Missing()
    return next(iter(places.values()), current_deployment.division_id)


def _to(day: date) -> HttpResponse:
    return redirect(f"{reverse('calendar')}?year={jalali_year(day)}")


def _saved(request: HttpRequest, day: date | None = None) -> HttpResponse:
    messages.success(request, SAVED.to(language()))
    return _to(day or today())
