"""What an annulled or shortened status had overridden holds again: a closure, a suspension, a waiver. And facts of an
office that is corrected, moved, renamed and corrected again in any order are what a plain list of days makes of it."""

from datetime import date, timedelta
from random import Random

import pytest
from test_two_times import moment, office

from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.verification.verify import problems
from pishkhan.offices.changes import Change, change_office
from pishkhan.offices.models import LicenceStatus
from pishkhan.offices.selectors import names_of, premises_of, status_of
from pishkhan.offices.services import PremisesFacts, annul_status, change_status, end_status
from pishkhan.offices.status import Status

pytestmark = pytest.mark.usefixtures("law", "papers")
START, UNTIL = date(2022, 1, 1), date(2026, 12, 1)
BY = {"by": IMPORTER, "role": "importer"}
DAY = timedelta(days=1)


@pytest.fixture
def licence():
    with clock.at(moment(START)):
        return office(until=UNTIL)[1]


def changed(licence, to, first, last=None, on=None):
    with clock.at(moment(on or first)):
        change_status(licence, to, from_on=first, until_on=last, **BY)


def believed(status):
    return LicenceStatus.objects.filter(status=status, superseded_at=None).latest("valid_from")


def annulled(licence, status, on):
    with clock.at(moment(on)):
        annul_status(licence, believed(status), **BY)


def test_an_office_that_was_closed_with_permission_is_so_again_once_its_suspension_is_annulled(licence):
    changed(licence, Status.CLOSED, date(2022, 3, 1), date(2022, 5, 31))
    changed(licence, Status.SUSPENDED, date(2022, 4, 1), date(2022, 4, 30))

    annulled(licence, Status.SUSPENDED, date(2022, 4, 10))

    days = (date(2022, 3, 31), date(2022, 4, 1), date(2022, 4, 15), date(2022, 5, 31), date(2022, 6, 1))
    assert [status_of(licence, day) for day in days] == ["closed"] * 4 + ["active"]
    assert not list(problems())


def test_a_suspension_goes_on_to_its_last_day_once_a_revocation_is_annulled(licence):
    changed(licence, Status.SUSPENDED, date(2022, 4, 1), date(2022, 6, 30))
    changed(licence, Status.REVOKED, date(2022, 5, 1))

    annulled(licence, Status.REVOKED, date(2022, 5, 20))

    days = (date(2022, 4, 30), date(2022, 5, 1), date(2022, 6, 30), date(2022, 7, 1), UNTIL + DAY)
    assert [status_of(licence, day) for day in days] == ["suspended"] * 3 + ["active", "expired"]


def test_who_waived_renewal_and_opens_again_earlier_has_waived_it_still(licence):
    changed(licence, Status.WAIVED, date(2026, 9, 10), UNTIL)
    changed(licence, Status.CLOSED, date(2026, 10, 1), date(2026, 10, 31))
    changed(licence, Status.SUSPENDED, date(2026, 10, 5), date(2026, 10, 10))  # the closure goes on in two parts

    with clock.at(moment(date(2026, 10, 20))):
        end_status(licence, from_on=date(2026, 10, 20), **BY)

    days = (date(2026, 10, 4), date(2026, 10, 7), date(2026, 10, 19), date(2026, 10, 20), UNTIL, UNTIL + DAY)
    wanted = ["closed", "suspended", "closed", "waived", "waived", "expired"]
    assert [status_of(licence, day) for day in days] == wanted


@pytest.mark.parametrize("seed", range(4))
def test_an_office_corrected_moved_and_renamed_in_any_order_is_what_its_days_say(seed):
    die = Random(seed)
    with clock.at(moment(START)):
        row, _ = office(until=UNTIL)
    places = {START: premises_of([row], START)[row.pk].address}
    names: dict[date, str] = {}
    known = {}
    recorded = date(2022, 6, 1)
    for number in range(12):
        recorded += DAY * die.randrange(1, 20)
        first, kinds = START + DAY * die.randrange(1, 300), die.choice([("address",), ("name",), ("address", "name")])
        change = Change(
            premises=PremisesFacts(f"خیابان {number}") if "address" in kinds else None,
            name=f"دفتر {number}" if "name" in kinds else "",
        )
        with clock.at(moment(recorded)):
            change_office(row, change, from_on=first, **BY)
        places |= {first: f"خیابان {number}"} if "address" in kinds else {}
        names |= {first: f"دفتر {number}"} if "name" in kinds else {}
        known[recorded] = (dict(places), dict(names))

    for as_known, (addresses, called) in known.items():
        for day in (START + DAY * die.randrange(0, 310) for _ in range(6)):
            assert premises_of([row], day, known_on=as_known)[row.pk].address == latest(addresses, day)
            if as_known == recorded:
                assert names_of([row], day).get(row.pk, "") == latest(called, day)
    assert not list(problems())


def latest(facts, day):
    """What began last, on or before a day."""
    began = [first for first in facts if first <= day]
    return facts[max(began)] if began else ""
