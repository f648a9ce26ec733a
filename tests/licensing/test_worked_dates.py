"""The worked dates of docs/methods/legal-clock.md, each of them held to."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from factories import person_as
from pishkhan.casework.deadlines.clock import tick
from pishkhan.casework.deadlines.deadlines import deadline
from pishkhan.casework.inquiries import SILENCE
from pishkhan.casework.models import Case
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.language.jalali import jalali, parse_day
from pishkhan.language.text import Text
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.status import last_day, months_before
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import is_working_day, working_day_after
from pishkhan.regulation.holidays.services import declare_holiday
from procedure_driver import at, take

PAGE = Path(__file__).parents[2] / "docs/methods/legal-clock.md"
HERE = "15"
needs_law = pytest.mark.usefixtures("law", "papers")


def table(title):
    """The rows of the table under a heading, as they are written."""
    section = PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return [pytest.param(*row, id=" ".join(row)) for row in rows[2:]]


def on(day, hour="08:00"):
    return clock.at(datetime.combine(parse_day(day), time.fromisoformat(hour), clock.TEHRAN))


def submitted(day, hour="08:00"):
    with on(day, hour):
        return at(NewLicence, "check")


def last_day_of(case, day):
    """The last day of the term at which a case stands, as it is told on a day."""
    with on(day):
        return jalali(deadline(Case.objects.get(pk=case.pk)))


def test_there_are_sixty_worked_dates_and_more():
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| 1")]
    assert len(lines) == len(set(lines)) >= 60


@pytest.mark.parametrize(("begins", "years", "ends"), table("Terms of years"))
def test_terms_of_years(begins, years, ends):
    assert jalali(last_day(parse_day(begins), int(years))) == ends


@pytest.mark.parametrize(("ends", "months", "day"), table("Months before the end of a licence"))
def test_months_before_the_end(ends, months, day):
    after = parse_day(ends).toordinal() + 1
    assert jalali(months_before(parse_day(ends).fromordinal(after), int(months))) == day


@needs_law
@pytest.mark.parametrize(("after", "count", "day"), table("Working days"))
def test_working_days(after, count, day):
    assert jalali(working_day_after(parse_day(after), int(count), place=HERE)) == day


@needs_law
@pytest.mark.parametrize(("moment", "counts_from", "last"), table("Moments"))
def test_moments(moment, counts_from, last):
    day, hour = moment.split()
    case = submitted(day, hour)
    assert jalali(case.submitted_on) == counts_from
    assert last_day_of(case, last) == last


@needs_law
@pytest.mark.parametrize(("began", "sent_back", "completed", "last"), table("Pauses"))
def test_pauses(began, sent_back, completed, last):
    case = submitted(began)
    for day, step in ((sent_back, "send_back"), (completed, "complete")):
        with on(day, "10:00"):
            take(Case.objects.get(pk=case.pk), step)
    assert last_day_of(case, completed) == last


@needs_law
@pytest.mark.parametrize(("began", "declared", "before", "after"), table("Days declared off afterwards"))
def test_days_declared_off_afterwards(began, declared, before, after):
    case = submitted(began)
    assert last_day_of(case, began) == before
    for day in declared.split(", "):
        declare_holiday(
            parse_day(day), name=Text("آلودگی هوا", "Air pollution"), by=IMPORTER, place=HERE, role="importer"
        )
    assert last_day_of(case, began) == after


@needs_law
@pytest.mark.parametrize(("wanted", "term", "clears"), table("Silence"))
def test_silence_where_an_edition_says_so(wanted, term, clears, monkeypatch):
    silent = tuple(replace(inquiry, silence_clears=inquiry.code == "tax") for inquiry in NewLicence.inquiries)
    monkeypatch.setattr(NewLicence, "inquiries", silent)
    with on(wanted):
        case = at(NewLicence, "inquiries")
        person_as(Role.EXPERT)
        assert case.reckoned(case.procedure.inquiry("tax").within).value == int(term)
    before = max(
        day
        for day in range(parse_day(wanted).toordinal(), parse_day(clears).toordinal())
        if is_working_day(parse_day(wanted).fromordinal(day), place=HERE)
    )
    with on(jalali(parse_day(wanted).fromordinal(before))):
        tick()
        assert case.inquiries.get(code="tax").answered_on is None
    with on(clears):
        tick()
        tax, others = case.inquiries.get(code="tax"), case.inquiries.exclude(code="tax")
        assert (tax.cleared, tax.letter, jalali(tax.answered_on)) == (True, SILENCE, clears)
        assert not others.filter(cleared=True).exists()
