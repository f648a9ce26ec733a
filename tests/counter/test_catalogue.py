"""The catalogue: what a service costs on a day, who may offer it, and which offices are open when."""

from datetime import date, datetime, time, timedelta

import pytest

from factories import division, person_as
from http_client import signed_in
from pishkhan.counter.hours_in_words import hours_of_day
from pishkhan.counter.models import Profile, Service
from pishkhan.counter.selectors import SOON, is_open, offering, open_at, opens_next, services_on
from pishkhan.counter.services import (
    ask_papers,
    describe_office,
    enter_agency,
    enter_service,
    set_tariff,
    withdraw_service,
)
from pishkhan.journal import clock
from pishkhan.journal.clock import TEHRAN
from pishkhan.journal.refusals import Invalid, NotPermitted, Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.language.hours import hour_text
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.models import Office
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import Calendar
from pishkhan.regulation.holidays.services import declare_holiday
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers")
PARCEL, DEED = Text("امانت پستی", "Parcel"), Text("سند", "Deed")
SATURDAY = date(2022, 9, 3)
MORNING = (time(8), time(13))
ONE_DAY = timedelta(days=1)


@pytest.fixture
def expert():
    return person_as(Role.EXPERT)


@pytest.fixture
def service(expert):
    agency = enter_agency(code="post", name=Text("پست", "Post"), division=division("15"), by=expert)
    return enter_service(
        code="parcel",
        agency=agency,
        name=PARCEL,
        amount=1000,
        source="x",
        papers=[DEED],
        valid_from=date(2022, 1, 1),
        by=expert,
    )


@pytest.fixture
def office():
    return at(NewLicence, "issued").dossier.office


def test_a_service_costs_on_each_day_what_held_that_day(service, expert):
    set_tariff(service, amount=2000, valid_from=date(2022, 6, 1), source="y", by=expert)
    for day, amount in ((date(2022, 5, 31), 1000), (date(2022, 6, 1), 2000), (date(2021, 12, 31), None)):
        assert [row.amount for row in services_on(day)] == [amount]
    with pytest.raises(Invalid):
        set_tariff(service, amount=3, valid_from=date(2022, 6, 1), source="z", by=expert)
    assert list(problems()) == []


def test_a_service_that_is_withdrawn_is_served_no_more_but_was(service, expert):
    withdraw_service(service, by=expert)
    assert not services_on(clock.today()).exists()
    assert services_on(clock.today() - timedelta(days=1)).exists()
    with pytest.raises(Refusal):
        ask_papers(service, [], by=expert)


def test_only_the_expert_of_the_province_edits(service):
    for someone in (person_as(Role.INSPECTOR), person_as(Role.EXPERT, place="16")):
        with pytest.raises(NotPermitted):
            set_tariff(service, amount=5, valid_from=clock.today(), source="y", by=someone)


def test_an_office_offers_only_what_its_kind_may(service, office, expert):
    Service.objects.update(kind="rural_ict")
    with pytest.raises(Invalid):
        describe_office(office, hours=[], services=[Service.objects.get()], by=expert)
    Service.objects.update(kind="")
    describe_office(office, hours=[(0, *MORNING)], services=[Service.objects.get()], by=expert)
    assert list(offering(Office.objects.all(), "parcel")) == [office]
    describe_office(office, hours=[], services=[], by=expert)
    assert not offering(Office.objects.all(), "parcel").exists()


@pytest.mark.parametrize("hours", [[(0, time(13), time(8))], [(0, time(8), time(12)), (0, time(11), time(14))]])
def test_hours_are_in_order_and_apart(office, expert, hours):
    with pytest.raises(Invalid):
        describe_office(office, hours=hours, services=[], by=expert)
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("day", "hour", "opened"),
    [
        (SATURDAY, 9, True),
        (SATURDAY, 13, False),
        (SATURDAY, 7, False),
        (SATURDAY + timedelta(days=1), 9, False),
        (SATURDAY - timedelta(days=1), 9, False),
    ],
)
def test_an_office_is_open_by_its_hours_and_on_no_holiday(office, expert, day, hour, opened):
    """A Friday is a holiday though hours are written for it."""
    describe_office(office, hours=[(0, *MORNING), (6, *MORNING)], services=[], by=expert)
    moment, calendar = datetime.combine(day, time(hour), TEHRAN), Calendar(day - timedelta(days=1), day)
    assert open_at(Office.objects.all(), moment, calendar).exists() == opened
    assert is_open(Profile.objects.get(), moment, calendar) == opened


@pytest.mark.parametrize(
    ("day", "hour", "opens"),
    [
        (SATURDAY - timedelta(days=1), 9, (SATURDAY, "8:00")),
        (SATURDAY, 7, (SATURDAY, "8:00")),
        (SATURDAY, 13, (SATURDAY + timedelta(days=7), "8:00")),
        (SATURDAY + timedelta(days=3), 9, (SATURDAY + timedelta(days=7), "8:00")),
    ],
)
def test_an_office_that_is_closed_says_when_it_opens_next(office, expert, day, hour, opens):
    describe_office(office, hours=[(0, *MORNING), (6, *MORNING)], services=[], by=expert)
    moment, calendar = (
        datetime.combine(day, time(hour), TEHRAN),
        Calendar(day - ONE_DAY, day + SOON * ONE_DAY),
    )
    following = opens_next(Profile.objects.get(), moment, calendar)
    assert (following.date(), hour_text(following.time())) == opens


def test_an_office_tells_when_it_closes_and_over_days_off_the_day_after(office, expert):
    describe_office(office, hours=[(0, *MORNING)], services=[], by=expert)
    profile, friday = Profile.objects.get(), SATURDAY - ONE_DAY
    calendar = Calendar(friday - ONE_DAY, friday + SOON * ONE_DAY)
    at_ten = datetime.combine(SATURDAY, time(10), TEHRAN)
    assert hours_of_day(profile, at_ten, calendar).en == f"open until {hour_text(MORNING[1])}"
    declare_holiday(
        SATURDAY, name=Text("روز محلی", "Local day"), by=person_as(Role.ADMINISTRATOR), place="15", source="1"
    )
    off = Calendar(friday - ONE_DAY, friday + SOON * ONE_DAY)
    after = SATURDAY + timedelta(days=7)
    assert hours_of_day(profile, at_ten, off).en == f"opens Saturday, {spoken(after, 'en')}, at 8:00"
    assert (
        hours_of_day(profile, datetime.combine(after - ONE_DAY, time(10), TEHRAN), off).fa == "فردا ساعت 8:00 باز می‌شود"
    )


def test_the_expert_edits_on_pages_and_everybody_reads(service, office, expert):
    client = signed_in(expert)
    values = {"act": "tariff", "amount": "۳٬۰۰۰".replace("٬", ""), "valid_from": "1401/07/01", "source": "مصوبه"}
    assert client.post("/catalogue/parcel/", values).status_code == 302
    assert service.tariffs.order_by("-valid_from").first().amount == 3000
    assert client.post("/catalogue/parcel/", {"act": "papers", "papers": "کارت ملی"}).status_code == 422
    assert client.post("/catalogue/parcel/", {"act": "papers", "papers": "کارت ملی | card"}).status_code == 302
    described = {"phone": "06633", "step_free": "true", "day-0": "۸:۰۰-۱۳:۰۰", "services": [service.pk]}
    assert client.post(f"/register/{office.code}/counter/", described).status_code == 302
    text = client.get(f"/offices/{office.code}/").content.decode()
    assert PARCEL.fa in text
    assert "بی‌پله" in text
    assert office.code in client.get("/?service=parcel").content.decode()
    assert "کارت ملی" in client.get("/services/parcel/").content.decode()
