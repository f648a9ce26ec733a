"""A licence that follows another at its office: from its first day on it is the one that counts."""

from datetime import timedelta

import pytest

from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.offices import credential, refusals
from pishkhan.offices.changes import Change, Issued, succeed
from pishkhan.offices.models import Licence
from pishkhan.offices.selectors import current_licences, names_of, status_of
from pishkhan.people.roles import Role
from rules_of_matters import licence, matter

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


@pytest.mark.parametrize(("origin", "ends_as"), [("transfer", "transferred"), ("renewal", "replaced")])
def test_a_successor_takes_over_from_its_first_day_and_counts_from_then(origin, ends_as):
    before = licence()
    case, office, begins = matter("closure", before), before.office, today() + 9 * DAY
    cause = last_of(case)
    cause.by, cause.role = SYSTEM, Role.SYSTEM

    after = succeed(
        before,
        Issued("77", today(), begins, begins + 365 * DAY),
        origin=origin,
        case=case,
        because=cause,
        change=Change(name="آفتاب"),
    )

    assert [status_of(before, begins + number * DAY) for number in (-1, 0)] == ["active", ends_as]
    assert status_of(after, begins - DAY) is None and status_of(after, begins)
    standings = [current_licences([office], begins + number * DAY)[office.pk] for number in (-1, 0)]
    assert [item.licence for item in standings] == [before, after] and all(item.is_open for item in standings)
    assert (names_of([office], begins - DAY), names_of([office], begins)) == ({}, {office.pk: "آفتاب"})
    assert (after.predecessor, after.origin, after.origin_case, after.issuer) == (before, origin, case, "cra")
    assert last_of(after).facts["predecessor"] == before.number
    assert {last_of(row).because for row in (before, after, office)} == {cause.name}


def test_a_successor_has_a_number_of_its_issuer_that_no_other_licence_has():
    before, other = licence(), licence()
    case = matter("closure", before)
    cause = last_of(case)
    cause.by, cause.role = SYSTEM, Role.SYSTEM

    with pytest.raises(refusals.NumberIsTaken):
        succeed(
            before,
            Issued(other.issuer_number, today(), today(), today() + 365 * DAY),
            origin="renewal",
            case=case,
            because=cause,
        )

    assert Licence.objects.count() == 2 and status_of(before, today()) == "active"


def test_keys_are_believed_a_year_longer_than_any_licence_and_than_today(signing_folder):
    none_yet = credential.rotate_keys(by=SYSTEM)
    assert none_yet.valid_from == today() and list(credential.list_numbers()) == [0]
    last = max(licence(months_left=number).valid_until for number in (10, 30))

    credential.rotate_keys(by=SYSTEM)

    none_yet.refresh_from_db()
    assert none_yet.valid_until == last + 366 * DAY


def test_what_would_lead_nowhere_is_refused_with_what_is_to_be_done():
    one = licence()
    credential.serve("http://localhost", "cra", public=False)

    for signed in (
        lambda: credential.address_of("/"),
        lambda: credential.token_for(one),
        lambda: credential.verification_url(one),
        lambda: credential.status_list(0),
    ):
        with pytest.raises(credential.NoAddress) as refused:
            signed()
        assert (refused.value.text, refused.value.status) == (credential.NO_ADDRESS, 503)
    assert credential.shown_url(one) == "" and credential.verification_path(one) == f"/verify/?number={one.number}"


def test_what_has_no_status_has_not_begun_or_is_over():
    assert credential.token_status_of(None, has_begun=False) == credential.TokenStatus.VALID
    assert credential.token_status_of(None, has_begun=True) == credential.TokenStatus.EXPIRED


def test_a_list_is_made_once_in_an_hour_unless_the_register_changes(signing_folder):
    credential.rotate_keys(by=SYSTEM)
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    with clock.at(hour):
        first = credential.status_list(0)
    with clock.at(hour + timedelta(minutes=59)):
        assert credential.status_list(0) == first
        licence()
        assert credential.status_list(0)[0] != first[0]
    with clock.at(hour + timedelta(minutes=60)):
        assert credential.status_list(0)[1] != first[1]
