"""The register with two times, against a register kept by hand in lists."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories import division, person
from law import enter_law
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.refusals import Refusal
from pishkhan.language.jalali import jalali_date
from pishkhan.offices import refusals
from pishkhan.offices.changes import Change, change_office
from pishkhan.offices.models import LicenceStatus, Office, Premises
from pishkhan.offices.selectors import (
    active_offices,
    count_active_by_county,
    offices_near,
    premises_of,
    status_of,
)
from pishkhan.offices.services import (
    OfficeFacts,
    PremisesFacts,
    annul_status,
    change_status,
    import_office,
)
from pishkhan.offices.status import TRANSITIONS, Status, last_day, months_before, planned

pytestmark = pytest.mark.usefixtures("law")
START = date(2022, 1, 1)
DAYS = range(0, 400, 23)


def moment(day):
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def office(kind="counter", code="1503", until=date(2022, 12, 1), number="1", issued_on=START, **premises):
    """An office and its licence, on the register from the day it was issued on."""
    facts = OfficeFacts(
        kind,
        division(code),
        person(code),
        PremisesFacts(address="نشانی", **premises),
        person(code),
        None,
        issued_on,
        number,
        issued_on,
        until,
    )
    return import_office(facts)


class ByHand:
    """A register as a list of what was written when: (recorded on, from, to, status). The last word holds."""

    def __init__(self):
        self.words = []

    def write(self, recorded_on, start, end, status):
        self.words.append((recorded_on, start, end, status))

    def first_end(self, after, end, known_on):
        """The first day after another on which the licence was revoked, if that is before an end."""
        days = [word[1] for word in self.words if word[3] == Status.REVOKED and word[1] > after]
        still = [day for day in days if self.status(day, known_on) == Status.REVOKED]
        return min([*still, *([end] if end else [])], default=None)

    def status(self, day, known_on):
        return next(
            (
                status
                for recorded_on, start, end, status in reversed(self.words)
                if recorded_on <= known_on and start <= day and (end is None or day < end)
            ),
            None,
        )


class AnyHistory(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 20),
                st.integers(-30, 60),
                st.integers(0, 60) | st.none(),
                st.sampled_from([Status.SUSPENDED, Status.CLOSED, Status.ACTIVE, Status.REVOKED]),
            ),
            max_size=6,
        )
    )
    def test_is_told_as_it_held_and_as_it_was_known(self, changes):
        enter_law()
        by_hand, today = ByHand(), START
        with clock.at(moment(START)):
            _, licence = office()
        for status, start, end in planned(licence.valid_from, licence.valid_until, 6):
            by_hand.write(START, start, end, status)
        for pause, start, length, status in changes:
            today += timedelta(days=pause + 1)
            from_on = max(today + timedelta(days=start), START)
            until = None if length is None else from_on + timedelta(days=length)
            with clock.at(moment(today)):
                try:
                    change_status(licence, status, from_on=from_on, until_on=until, by=IMPORTER, role="importer")
                except Refusal:
                    continue
            end = None if until is None else until + timedelta(days=1)
            if status != Status.REVOKED:  # what ended the licence later ends it still
                end = by_hand.first_end(from_on, end, today)
            by_hand.write(today, from_on, end, status)
        for day in DAYS:
            for known in (0, 10, 30, 80, 150):
                on, known_on = START + timedelta(days=day), START + timedelta(days=known)
                data = status_of(licence, on, known_on=known_on)
                assert data == by_hand.status(on, known_on)
                active = active_offices(on, known_on=known_on).exists()
                assert active == (data in ("active", "renewal_window"))


def test_an_office_is_active_from_its_first_to_its_last_day():
    with clock.at(moment(START)):
        _, licence = office(until=date(2022, 6, 30))
    counts = [
        active_offices(day).count() for day in (START - timedelta(days=1), START, date(2022, 6, 30), date(2022, 7, 1))
    ]
    assert counts == [0, 1, 1, 0]
    assert status_of(licence, START - timedelta(days=1)) is None


def test_what_is_recorded_late_was_not_known_before():
    with clock.at(moment(START)):
        _, licence = office()
    with clock.at(moment(date(2022, 3, 10))):
        change_status(
            licence,
            Status.SUSPENDED,
            from_on=date(2022, 2, 1),
            by=IMPORTER,
            role="importer",
            until_on=date(2022, 2, 28),
        )
    on = date(2022, 2, 15)
    assert active_offices(on).count() == 0
    assert active_offices(on, known_on=date(2022, 3, 9)).count() == 1
    assert active_offices(on, known_on=date(2022, 3, 10)).count() == 0
    assert active_offices(date(2022, 3, 1)).count() == 1


def test_an_annulled_status_was_believed_once_and_the_plan_holds_again():
    with clock.at(moment(START)):
        _, licence = office()
    with clock.at(moment(date(2022, 2, 1))):
        change_status(licence, Status.REVOKED, from_on=date(2022, 2, 1), by=IMPORTER, role="importer")
    assert active_offices(date(2022, 5, 1)).count() == 0
    period = LicenceStatus.objects.get(status="revoked", superseded_at=None)
    with clock.at(moment(date(2022, 3, 1))):
        annul_status(licence, period, by=IMPORTER, role="importer")
    assert active_offices(date(2022, 5, 1)).count() == 1
    assert active_offices(date(2022, 5, 1), known_on=date(2022, 2, 20)).count() == 0
    assert status_of(licence, date(2023, 1, 1)) == "expired"
    with pytest.raises(refusals.NotBelievedNow):
        annul_status(licence, period, by=IMPORTER, role="importer")


@pytest.mark.parametrize("status", Status)
def test_a_status_follows_only_those_it_may(status):
    with clock.at(moment(START)):
        _, licence = office()
        if status in TRANSITIONS[Status.ACTIVE]:
            change_status(licence, status, from_on=START, by=IMPORTER, role="importer")
            return
        with pytest.raises(refusals.NoWay):
            change_status(licence, status, from_on=START, by=IMPORTER, role="importer")


def test_no_status_leads_on_from_an_end():
    for end in (Status.TRANSFERRED, Status.SURRENDERED, Status.REVOKED):
        assert TRANSITIONS[end] == ()
    assert TRANSITIONS[Status.EXPIRED] == (Status.REPLACED,)  # of what was asked for in time and issued late
    assert set(TRANSITIONS) == set(Status)


def test_counts_by_kind_and_county_are_one_query(django_assert_num_queries):
    with clock.at(moment(START)):
        for number, (kind, code) in enumerate(
            [("counter", "1503"), ("counter", "1503"), ("rural_ict", "1503"), ("counter", "1504")]
        ):
            office(kind=kind, code=code, number=str(number))
    with django_assert_num_queries(1):
        counted = count_active_by_county(START, place="15")
    assert counted == {("counter", "1503"): 2, ("rural_ict", "1503"): 1, ("counter", "1504"): 1}
    assert count_active_by_county(START, place="1504") == {("counter", "1504"): 1}
    assert count_active_by_county(START, place="16") == {}


def test_an_office_that_moves_was_elsewhere_before_and_was_believed_there():
    with clock.at(moment(START)):
        one, _ = office(lat=33.48, lon=48.35, quality="surveyed")
    with clock.at(moment(date(2022, 5, 1))):
        there = PremisesFacts(address="جای نو", lat=33.9, lon=48.7, quality="surveyed")
        change_office(one, Change(premises=there), from_on=date(2022, 4, 1), by=IMPORTER, role="importer")
    assert premises_of([one], date(2022, 3, 31))[one.pk].address == "نشانی"
    assert premises_of([one], date(2022, 4, 1))[one.pk].address == "جای نو"
    assert premises_of([one], date(2022, 4, 1), known_on=date(2022, 4, 30))[one.pk].address == "نشانی"
    assert offices_near(33.48, 48.35, 500, date(2022, 4, 2)) == []
    assert offices_near(33.4801, 48.3501, 500, date(2022, 3, 2)) == [one]
    assert Premises.objects.count() == 3


def test_the_plan_of_a_licence_is_whole_and_without_gaps():
    data = list(planned(date(2022, 1, 1), date(2026, 12, 31), 3))
    assert [status for status, _, _ in data] == ["active", "renewal_window", "expired"]
    assert all(first[2] == second[1] for first, second in pairwise(data))
    assert [status for status, _, _ in planned(date(2022, 1, 1), date(2022, 2, 1), 3)] == ["renewal_window", "expired"]


@pytest.mark.parametrize(
    ("first", "last"), [((1396, 4, 1), (1401, 3, 31)), ((1399, 12, 30), (1404, 12, 28)), ((1396, 1, 1), (1400, 12, 29))]
)
def test_a_term_ends_on_the_day_before_its_anniversary(first, last):
    assert last_day(jalali_date(*first), 5) == jalali_date(*last)


def test_a_window_opens_months_before_by_the_jalali_calendar():
    assert months_before(jalali_date(1401, 3, 31), 3) == jalali_date(1400, 12, 29)
    assert months_before(jalali_date(1401, 7, 30), 3) == jalali_date(1401, 4, 30)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ({"kind": "kiosk"}, refusals.NoSuchKind),
        ({"until": date(2021, 1, 1)}, refusals.DaysOutOfOrder),
        ({"issued_on": date(2099, 1, 1), "until": date(2100, 1, 1)}, refusals.IssuedInTheFuture),
    ],
)
def test_what_cannot_be_is_not_entered(data, refusal):
    with pytest.raises(refusal):
        office(**data)
    assert Office.objects.count() == 0


def test_an_issuers_number_is_used_once():
    with clock.at(moment(START)):
        office(number="7")
        with pytest.raises(refusals.NumberIsTaken):
            office(number="7")
    assert Office.objects.count() == 1
