"""What is corrected of the past leaves what was changed later; numbers that people quote tell things apart."""

from datetime import date, timedelta

import pytest
from test_two_times import moment, office

from factories import person, person_as
from pishkhan.casework.lists.case_list import CaseList
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import DeclarationError, Procedure
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import parse_day
from pishkhan.language.prefixes import number_prefix
from pishkhan.licensing.procedures.correction import Correction
from pishkhan.offices.changes import Change, change_office
from pishkhan.offices.models import Name, Premises
from pishkhan.offices.selectors import (
    Span,
    active_offices,
    holder_on,
    names_of,
    premises_of,
    spans_of_premises,
    status_of,
    with_correction,
)
from pishkhan.offices.services import PremisesFacts, annul_status, change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers")
START, FARVARDIN, KHORDAD = date(2022, 1, 1), parse_day("1401-01-10"), parse_day("1401-03-10")
SHAHRIVAR, MEHR = parse_day("1401-06-10"), parse_day("1401-07-10")
ONE_DAY = timedelta(days=1)


@pytest.fixture
def opened():
    """An office of the beginning of the year, with its licence."""
    with clock.at(moment(START)):
        return office(until=date(2026, 12, 1))


def change(opened, from_on, recorded_on=MEHR, **what):
    with clock.at(moment(recorded_on)):
        return change_office(opened[0], Change(**what), from_on=from_on, by=IMPORTER, role="importer")


def address_on(opened, day, known_on=None):
    return premises_of([opened[0]], day, known_on=known_on)[opened[0].pk].address


def test_where_an_office_was_is_corrected_and_its_move_since_stays(opened):
    change(opened, SHAHRIVAR, SHAHRIVAR, premises=PremisesFacts("میدان نو"), name="نو")
    change(opened, FARVARDIN, premises=PremisesFacts("کوچهٔ درست"), name="پیشین")
    days = (FARVARDIN - ONE_DAY, FARVARDIN, SHAHRIVAR - ONE_DAY, SHAHRIVAR, MEHR)
    assert [address_on(opened, day) for day in days] == ["نشانی", "کوچهٔ درست", "کوچهٔ درست", "میدان نو", "میدان نو"]
    assert [names_of([opened[0]], day).get(opened[0].pk) for day in days] == [None, "پیشین", "پیشین", "نو", "نو"]
    assert address_on(opened, KHORDAD, known_on=SHAHRIVAR) == "نشانی", "as it was believed then"
    assert list(problems()) == []


def test_corrected_renamed_moved_and_corrected_again(opened):
    change(opened, SHAHRIVAR, SHAHRIVAR, premises=PremisesFacts("میدان"))
    change(opened, FARVARDIN, premises=PremisesFacts("الف"))
    change(opened, KHORDAD, premises=PremisesFacts("ب"))
    change(opened, FARVARDIN, premises=PremisesFacts("پ"))
    spans = [(span.start, span.end, span.address) for span in spans_of_premises(opened[0])]
    assert spans == [
        (START, FARVARDIN, "نشانی"),
        (FARVARDIN, KHORDAD, "پ"),
        (KHORDAD, SHAHRIVAR, "ب"),
        (SHAHRIVAR, None, "میدان"),
    ]
    assert not Premises.objects.filter(superseded_at=None, valid_to=None).exclude(address="میدان").exists()


def test_who_held_and_managed_it_is_corrected_and_who_does_now_stays(opened):
    before, now = person("1503"), person("1503")
    change(opened, SHAHRIVAR, SHAHRIVAR, holder=now, manager=now)
    change(opened, FARVARDIN, holder=before, manager=before)
    assert [holder_on(opened[0], day) for day in (KHORDAD, MEHR)] == [before, now]
    managers = [opened[0].managements.on(day).get().manager for day in (KHORDAD, MEHR)]
    assert managers == [before, now]


def test_a_revocation_stands_when_a_suspension_before_it_is_entered_late(opened):
    _, licence = opened
    by = {"by": IMPORTER, "role": "importer"}
    with clock.at(moment(SHAHRIVAR)):
        change_status(licence, Status.REVOKED, from_on=SHAHRIVAR, **by)
    with clock.at(moment(MEHR)):
        change_status(licence, Status.SUSPENDED, from_on=FARVARDIN, **by)
    assert [status_of(licence, day) for day in (KHORDAD, SHAHRIVAR)] == [Status.SUSPENDED, Status.REVOKED]
    with clock.at(moment(MEHR)):
        change_status(licence, Status.REVOKED, from_on=KHORDAD, **by)
    assert [status_of(licence, day) for day in (FARVARDIN, KHORDAD, SHAHRIVAR, MEHR)] == [
        Status.SUSPENDED,
        Status.REVOKED,
        Status.REVOKED,
        Status.REVOKED,
    ]
    assert not active_offices(MEHR).exists()
    with clock.at(moment(MEHR)):
        annul_status(licence, licence.statuses.on(KHORDAD).get(), **by)
    assert status_of(licence, MEHR) == Status.ACTIVE


def test_an_open_suspension_over_a_later_closure_goes_on(opened):
    _, licence = opened
    by = {"by": IMPORTER, "role": "importer"}
    with clock.at(moment(FARVARDIN)):
        change_status(licence, Status.CLOSED, from_on=KHORDAD, until_on=KHORDAD + 5 * ONE_DAY, **by)
        change_status(licence, Status.SUSPENDED, from_on=FARVARDIN, until_on=SHAHRIVAR, **by)
    assert status_of(licence, KHORDAD + 30 * ONE_DAY) == Status.SUSPENDED


def test_the_line_of_time_says_beforehand_what_a_correction_does():
    line = [Span(START, KHORDAD, "الف"), Span(KHORDAD, None, "ب")]
    assert with_correction(line, FARVARDIN, "پ") == [
        Span(START, FARVARDIN, "الف"),
        Span(FARVARDIN, KHORDAD, "پ", is_new=True),
        Span(KHORDAD, None, "ب"),
    ]
    assert with_correction(line, KHORDAD, "پ") == [line[0], Span(KHORDAD, None, "پ", is_new=True)]
    assert with_correction(line, MEHR, "پ")[1:] == [Span(KHORDAD, MEHR, "ب"), Span(MEHR, None, "پ", is_new=True)]
    assert with_correction(line, SHAHRIVAR, "پ")[0] == line[0]


def test_a_complaint_and_a_correction_are_called_differently_and_old_numbers_are_found():
    with pytest.raises(ValueError, match="complaints"):
        number_prefix("CO", "cases of correction")
    assert number_prefix("CO", "complaints") == "CO"
    case = at(Correction, "proposed")
    assert case.number.startswith("RC-15-")
    expert = person_as(Role.EXPERT)
    Case.objects.filter(pk=case.pk).update(number=(old := case.number.replace("RC", "CO")))
    for written in (old, old.lower(), old.rpartition("-")[2]):
        assert case in CaseList.select(expert, q=written)


def test_a_procedure_that_would_be_called_as_another_is_no_declaration():
    with pytest.raises(DeclarationError, match="CO"):
        Correction.amend(edition="1499", valid_from=date(2120, 3, 21), prefix="CO")
    assert ("correction", "1499") not in Procedure.register
    assert Name.objects.count() == 0
