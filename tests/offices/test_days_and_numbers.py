"""From which day to which something of the register holds, under which number it stands, and what its acts say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from factories import company, division, person
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.offices import refusals
from pishkhan.offices.changes import Change, change_office, open_booth
from pishkhan.offices.models import Booth, Holding, LicenceStatus
from pishkhan.offices.selectors import (
    active_offices,
    booths_from,
    count_active_by_county,
    expiring_between,
    holder_on,
    names_of,
    offices_near,
    offices_of,
    points_of_active,
    premises_of,
    status_of,
)
from pishkhan.offices.services import OfficeFacts, PremisesFacts, annul_status, change_status, end_status, import_office
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from pishkhan.people.services import assign

pytestmark = pytest.mark.usefixtures("law")
START, END, DAY = date(2022, 1, 1), date(2026, 12, 31), timedelta(days=1)
AS_IMPORTER = {"by": IMPORTER, "role": "importer"}


@pytest.fixture(autouse=True)
def on_the_first_day():
    with clock.at(datetime(2022, 1, 1, 6, tzinfo=UTC)):
        yield


def entered(kind="counter", code="1503", number="1", *, holder=None, deputy=None, until=END, **premises):
    facts = OfficeFacts(
        kind,
        division(code),
        holder or person(code),
        PremisesFacts(address="نشانی", **premises),
        person(code),
        deputy,
        START,
        number,
        START,
        until,
    )
    return import_office(facts)


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def test_offices_are_numbered_by_province_and_kind_and_licences_by_province_and_year():
    entereds = [
        entered(*item)
        for item in (
            ("counter", "1503", "1"),
            ("counter", "1504", "2"),
            ("rural_ict", "1503", "3"),
            ("counter", "1601", "4"),
        )
    ]
    with clock.at(datetime(2022, 4, 1, 6, tzinfo=UTC)):
        entereds.append(entered("counter", "1503", "5"))

    assert [office.code for office, _ in entereds] == ["15-C-0001", "15-C-0002", "15-R-0001", "16-C-0001", "15-C-0003"]
    assert [licence.number for _, licence in entereds] == [
        "15/1400/0001",
        "15/1400/0002",
        "15/1400/0003",
        "16/1400/0001",
        "15/1401/0001",
    ]


def test_an_office_and_its_licence_say_what_was_entered_and_the_one_is_because_of_the_other():
    deputy = person()
    office, licence = entered(deputy=deputy)

    data = Entry.objects.get(subject=office.subject)
    assert data.facts == {
        "kind": "counter",
        "code": office.code,
        "division": "1503",
        "holder": office.holdings.get().person.ref,
        "manager": office.managements.get().manager.ref,
        "deputy": deputy.ref,
    }
    entry = Entry.objects.get(subject=licence.subject)
    assert (entry.because, entry.happened_on, data.because) == (f"{office.subject}#1", START, "")
    assert entry.facts == {
        "number": licence.number,
        "office": office.code,
        "issuer": "cra",
        "issuer_number": "1",
        "issued_on": START.isoformat(),
        "valid_from": START.isoformat(),
        "valid_until": END.isoformat(),
        "origin": "import",
    }
    assert (licence.kind, licence.recorded_on, licence.origin_case) == ("counter", START, None)


def test_a_licence_may_be_issued_begin_and_end_today():
    assert entered(until=START)[1].valid_until == START
    with pytest.raises(refusals.DaysOutOfOrder):
        entered(number="2", until=START - DAY)


def test_a_status_may_hold_for_one_day_and_no_less():
    _, licence = entered()
    day = START + 9 * DAY

    with pytest.raises(refusals.EndsBeforeItBegins):
        change_status(licence, Status.CLOSED, from_on=day, until_on=day - DAY, **AS_IMPORTER)
    change_status(licence, Status.CLOSED, from_on=day, until_on=day, **AS_IMPORTER)

    assert [status_of(licence, day + number * DAY) for number in (-1, 0, 1)] == ["active", "closed", "active"]
    assert last_of(licence).facts == {
        "status": "closed",
        "from_on": day.isoformat(),
        "until_on": day.isoformat(),
        "before": "active",
    }
    assert (last_of(licence).happened_on, last_of(licence).act) == (START, "licence.closed")


def test_before_it_begins_a_licence_has_no_status_to_change():
    _, licence = entered()

    with pytest.raises(refusals.NoWay):
        change_status(licence, Status.CLOSED, from_on=START - DAY, **AS_IMPORTER)
    with pytest.raises(refusals.NoWay):
        end_status(licence, from_on=START - DAY, **AS_IMPORTER)


def test_a_closure_that_ends_early_is_over_from_that_day_and_nothing_else_is_ended():
    office, licence = entered()
    cause = last_of(office)
    first, last = START + 5 * DAY, START + 20 * DAY
    change_status(licence, Status.SUSPENDED, from_on=first, until_on=last, because=cause, **AS_IMPORTER)
    assert last_of(licence).because == cause.name

    with pytest.raises(refusals.NoWay):
        end_status(licence, from_on=first - DAY, **AS_IMPORTER)
    period = LicenceStatus.objects.get(licence=licence, status="suspended", superseded_at=None)
    end_status(licence, from_on=first + 2 * DAY, because=cause, **AS_IMPORTER)

    assert [status_of(licence, first + number * DAY) for number in (-1, 0, 1, 2, 15, 16)] == [
        "active",
        "suspended",
        "suspended",
        "active",
        "active",
        "active",
    ]
    assert last_of(licence).because == cause.name
    assert last_of(licence).facts == {
        "status": "suspended",
        "from_on": (first + 2 * DAY).isoformat(),
        "entered_by": period.entry,
    }


def test_an_annulment_holds_from_its_day_to_the_end_of_the_period_and_of_that_licence_alone():
    office, licence = entered()
    _, other = entered(number="2")
    first, last = START + 5 * DAY, START + 20 * DAY
    change_status(licence, Status.CLOSED, from_on=first, until_on=last, **AS_IMPORTER)
    period = LicenceStatus.objects.get(status="closed")
    change_status(licence, Status.REVOKED, from_on=last + DAY, **AS_IMPORTER)

    with pytest.raises(refusals.NotBelievedNow):
        annul_status(other, period, **AS_IMPORTER)
    annul_status(licence, period, from_on=first + 3 * DAY, because=last_of(office), **AS_IMPORTER)

    assert [status_of(licence, first + number * DAY) for number in (0, 2, 3, 15, 16)] == [
        "closed",
        "closed",
        "active",
        "active",
        "revoked",
    ]
    assert last_of(licence).facts == {
        "status": "closed",
        "from_on": (first + 3 * DAY).isoformat(),
        "entered_by": period.entry,
    }
    assert last_of(licence).because == f"{office.subject}#1"


def test_an_annulment_from_before_the_period_begins_with_the_period():
    _, licence = entered()
    change_status(licence, Status.CLOSED, from_on=START + 5 * DAY, **AS_IMPORTER)
    period = LicenceStatus.objects.get(status="closed")
    stale = LicenceStatus.objects.get(status="closed")

    annul_status(licence, period, from_on=START, **AS_IMPORTER)

    assert last_of(licence).facts["from_on"] == (START + 5 * DAY).isoformat()
    assert (status_of(licence, START), status_of(licence, END), status_of(licence, END + DAY)) == (
        "active",
        "renewal_window",
        "expired",
    )
    with pytest.raises(refusals.NotBelievedNow):
        annul_status(licence, stale, **AS_IMPORTER)


def test_what_changes_with_an_office_is_otherwise_from_that_day_and_the_rest_stays():
    ours, heir, manager, deputy = company(), person(), person(), person()
    office, _ = entered(holder=ours)
    day, cause = START + 9 * DAY, last_of(person())

    change_office(
        office,
        Change(holder=heir, manager=manager, deputy=deputy, name="آفتاب"),
        from_on=day,
        because=cause,
        **AS_IMPORTER,
    )

    assert [holder_on(office, row) for row in (START - DAY, START, day - DAY, day)] == [None, ours, ours, heir]
    assert (names_of([office], day - DAY), names_of([office], day)) == ({}, {office.pk: "آفتاب"})
    assert premises_of([office], day)[office.pk].address == "نشانی"
    assert last_of(office).facts == {
        "from_on": day.isoformat(),
        "holder": heir.ref,
        "manager": manager.ref,
        "deputy": deputy.ref,
        "name": "آفتاب",
    }
    assert (last_of(office).because, last_of(office).happened_on) == (cause.name, START)
    change_office(
        office,
        Change(manager=heir, premises=PremisesFacts("جای نو", postal_code="6813833946")),
        from_on=day,
        **AS_IMPORTER,
    )
    assert last_of(office).facts == {
        "from_on": day.isoformat(),
        "postal_code": "6813833946",
        "manager": heir.ref,
        "deputy": None,
    }


def test_a_person_has_the_offices_they_hold_speak_for_or_manage_that_day():
    ours, manager, other = company(), person(), person()
    held, _ = entered(holder=manager)
    spoken, _ = entered(number="2", holder=ours)
    managed, _ = entered(number="3")
    change_office(managed, Change(manager=manager), from_on=START + DAY, **AS_IMPORTER)

    assert offices_of(manager, START) == {held.pk}
    assert offices_of(manager, START + DAY) == {held.pk, managed.pk}
    assign(manager, Role.REPRESENTATIVE, place="15", organisation=ours, from_on=START, by=SYSTEM)
    assert offices_of(manager, START + DAY) == {held.pk, spoken.pk, managed.pk}
    assert offices_of(other, START) == offices_of(manager, START - DAY) == set()
    assert Holding.objects.on(START - DAY).count() == 0


def test_a_booth_stands_from_its_first_to_its_last_day_and_is_told_until_then():
    office, _ = entered()
    other, _ = entered(number="2")
    first, last, cause = START + 5 * DAY, START + 9 * DAY, last_of(person())

    booth = open_booth(
        office, division=division("1504"), address="بازار", from_on=first, until_on=last, because=cause, **AS_IMPORTER
    )

    assert [Booth.objects.on(day).exists() for day in (first - DAY, first, last, last + DAY)] == [
        False,
        True,
        True,
        False,
    ]
    assert (booth.last_day, booth.division_id) == (last, "1504")
    assert list(booths_from(office, last)) == list(booths_from(office, START)) == [booth]
    assert not booths_from(office, last + DAY).exists() and not booths_from(other, START).exists()
    assert (last_of(office).because, last_of(office).facts) == (
        cause.name,
        {"division": "1504", "from_on": first.isoformat(), "until_on": last.isoformat()},
    )


def test_licences_end_between_two_days_both_included_in_a_place():
    ends = [entered(number=str(at), until=START + at * DAY)[1] for at in (1, 2, 3, 4)]
    _, there = entered(code="1504", number="9", until=START + 2 * DAY)

    expiring = expiring_between(START + 2 * DAY, START + 3 * DAY)

    assert set(expiring) == {ends[1], ends[2], there}
    assert set(expiring_between(START + 2 * DAY, START + 3 * DAY, place="1504")) == {there}


def test_active_offices_are_asked_by_place_and_kind_and_their_points_where_they_have_one():
    one, _ = entered(lat=33.5, lon=48.3, quality="surveyed")
    rural, _ = entered("rural_ict", "1504", "2", lat=33.6, lon=48.4, quality="surveyed")
    entered(number="3")
    _, closed = entered(number="4", lat=33.7, lon=48.5, quality="surveyed")
    change_status(closed, Status.CLOSED, from_on=START, **AS_IMPORTER)

    assert set(active_offices(START, place="1504")) == set(active_offices(START, kind="rural_ict")) == {rural}
    assert active_offices(START, place="15").count() == 3
    assert points_of_active(START).tolist() == [[33.5, 48.3], [33.6, 48.4]]
    assert points_of_active(START, place="1503").tolist() == [[33.5, 48.3]]
    assert points_of_active(START - DAY).shape == (0, 2)
    assert offices_near(33.5, 48.3, 0, START) == [one] and offices_near(33.7, 48.5, 900, START) == []
    assert offices_near(33.51, 48.3, 1150, START) == [one] and offices_near(33.51, 48.3, 1100, START) == []
    assert offices_near(33.509, 48.311, 1100, START) == []  # in the square around the point, not in the circle
    assert offices_near(33.5, 48.312, 1150, START) == [one] and offices_near(33.5, 48.312, 1100, START) == []


def test_offices_are_counted_by_the_county_in_which_their_city_lies():
    entered(code="1503011001")
    entered(code="1503", number="2")
    entered("rural_ict", code="1504011001", number="3")

    assert count_active_by_county(START) == {("counter", "1503"): 2, ("rural_ict", "1504"): 1}
    assert count_active_by_county(START - DAY) == {}


def test_what_is_undone_on_the_day_on_which_the_plan_turns_lets_the_window_open_that_day():
    _, licence = entered()
    turns = LicenceStatus.objects.get(status="renewal_window").valid_from
    change_status(licence, Status.CLOSED, from_on=turns, until_on=turns + 5 * DAY, **AS_IMPORTER)

    annul_status(licence, LicenceStatus.objects.get(status="closed"), **AS_IMPORTER)

    assert [status_of(licence, turns + number * DAY) for number in (-1, 0, 5, 6)] == ["active", *["renewal_window"] * 3]


def test_names_are_told_of_the_offices_that_are_asked_for():
    one, other = entered()[0], entered(number="2")[0]
    for office, name in ((one, "آفتاب"), (other, "مهتاب")):
        change_office(office, Change(name=name), from_on=START, **AS_IMPORTER)

    assert names_of([one], START) == {one.pk: "آفتاب"} and set(premises_of([other], START)) == {other.pk}
