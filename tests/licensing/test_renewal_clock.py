"""What becomes of a licence with time: reminded on its days, waived after the last, let be once somebody asked."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection

from behind_the_back import faults_of_acts
from factories import company, division, person, together
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Rule
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.services import advance
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.language.jalali import jalali, jalali_date
from pishkhan.licensing.licences import clock as licensing
from pishkhan.licensing.licences.clock import reminders, tick
from pishkhan.licensing.procedures.renewal import Renewal
from pishkhan.notices.models import Notice
from pishkhan.offices.models import Licence, OfficeKind
from pishkhan.offices.selectors import status_of
from pishkhan.offices.services import OfficeFacts, PremisesFacts, change_status, import_office
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from procedure_driver import meet, speaker_of, take
from rules_of_matters import matter

pytestmark = pytest.mark.usefixtures("law", "papers")
END = jalali_date(1402, 12, 29)
DAYS = [(1402, 7, 1), (1402, 9, 1), (1402, 9, 8), (1402, 9, 15), (1402, 9, 22), (1402, 9, 29), (1402, 10, 1)]
LAST = jalali_date(1402, 10, 1)
ONE_DAY = timedelta(days=1)


def on(day):
    return clock.at(datetime.combine(day, time(8), UTC))


def licence(until=END):
    """Of a company that one person acts for, on the register from the day it was issued on."""
    begun = jalali_date(1397, 12, 29)
    with on(begun):
        holder = company("1503")
        assign(person("1503"), Role.REPRESENTATIVE, place="1503", from_on=begun, organisation=holder, by=SYSTEM)
        _, entered = import_office(
            OfficeFacts(
                OfficeKind.COUNTER,
                division("1503"),
                holder,
                PremisesFacts(address="نشانی"),
                person("1503"),
                None,
                begun,
                "1",
                begun,
                until,
            )
        )
    return entered


def asked_for(about):
    """A renewal that was submitted."""
    case = matter("renewal", about=about)
    return take(meet(case, Renewal.steps["submit"]), "submit")


def acts(about, *names):
    return [jalali(each.happened_on) for each in Entry.objects.filter(subject=about.subject, act__in=names)]


def test_a_holder_is_reminded_on_seven_days_and_the_last_is_the_last_to_ask():
    days = reminders(Licence(valid_until=END), window=6, deadline=3)
    assert days == [jalali_date(*each) for each in DAYS]


@pytest.mark.parametrize(
    ("until", "first", "last"),
    [
        ((1402, 6, 31), (1402, 1, 1), (1402, 4, 1)),
        ((1402, 6, 30), (1401, 12, 29), (1402, 3, 31)),
        ((1403, 12, 30), (1403, 7, 1), (1403, 10, 1)),
        ((1403, 12, 29), (1403, 6, 30), (1403, 9, 30)),
        ((1402, 11, 30), (1402, 6, 1), (1402, 9, 1)),
        ((1402, 9, 30), (1402, 4, 1), (1402, 7, 1)),
    ],
)
def test_months_before_the_end_are_jalali_months(until, first, last):
    days = reminders(Licence(valid_until=jalali_date(*until)), window=6, deadline=3)
    assert (days[0], days[-1]) == (jalali_date(*first), jalali_date(*last))


def test_day_by_day_whoever_does_nothing_is_reminded_waived_and_expires():
    about = licence()
    day = jalali_date(1402, 6, 25)
    while day <= jalali_date(1402, 10, 20):
        with on(day):
            tick()
            assert tick() == []  # nothing twice
        day += ONE_DAY
    assert acts(about, "licence.remind") == [jalali(jalali_date(*each)) for each in DAYS]
    assert acts(about, "licence.waived") == ["1402-10-02"]
    assert Notice.objects.filter(template="licence.remind").count() == len(DAYS)
    assert Notice.objects.get(template="licence.waived").facts == {"number": about.number, "until": "1402-12-29"}
    assert [status_of(about, each) for each in (LAST, LAST + ONE_DAY, END, END + ONE_DAY)] == [
        "renewal_window",
        "waived",
        "waived",
        "expired",
    ]


def test_what_was_missed_is_made_up_for_once():
    about = licence()
    for day in (jalali_date(1402, 9, 20), jalali_date(1402, 9, 21)):
        with on(day):
            tick()
    assert acts(about, "licence.remind") == ["1402-09-20"]


def test_who_asked_is_neither_reminded_nor_waived_and_who_takes_it_back_is():
    about = licence()
    with on(jalali_date(1402, 8, 30)):
        case = asked_for(about)
    for day in (jalali_date(1402, 9, 1), LAST, LAST + ONE_DAY):
        with on(day):
            assert tick() == []
    with on(LAST + 2 * ONE_DAY):
        take(Case.objects.get(pk=case.pk), "withdraw")
        assert tick() == [about]
        assert status_of(about, clock.today()) == "waived"


def test_a_draft_asks_for_nothing():
    about = licence()
    with on(LAST):
        matter("renewal", about=about)
    with on(LAST + ONE_DAY):
        tick()
        assert status_of(about, clock.today()) == "waived"


def test_who_has_waived_cannot_ask_for_a_renewal_any_more():
    about = licence()
    with on(LAST):
        case = meet(matter("renewal", about=about), Renewal.steps["submit"])
    with on(LAST + ONE_DAY), pytest.raises(RulesUnmet) as refused:
        take(case, "submit")
    assert [rule.name for rule in refused.value.rules] == ["renewal_is_in_time"]


def test_a_waiver_by_a_clock_that_was_a_little_ahead_counts():
    about = licence()
    with on(LAST):
        case = meet(matter("renewal", about=about), Renewal.steps["submit"])
    with on(LAST + ONE_DAY):
        tick()
    with on(LAST), pytest.raises(RulesUnmet) as refused:
        take(case, "submit")
    assert [rule.name for rule in refused.value.rules] == ["renewal_is_in_time"]


def test_a_suspension_is_waited_for_and_a_suspended_holder_is_reminded():
    about = licence()
    with on(LAST - 5 * ONE_DAY):
        change_status(
            about, Status.SUSPENDED, from_on=clock.today(), until_on=LAST + 3 * ONE_DAY, by=IMPORTER, role="importer"
        )
        assert tick() == [about]
    with on(LAST + 3 * ONE_DAY):
        tick()
        assert status_of(about, clock.today()) == "suspended"
    with on(LAST + 4 * ONE_DAY):
        assert tick() == [about]
        assert status_of(about, clock.today()) == "waived"


def test_the_clock_asks_no_more_questions_when_there_are_more_licences(django_assert_max_num_queries):
    about = [licence()]
    with on(jalali_date(1402, 8, 1)), django_assert_max_num_queries(200):
        tick()
    with on(jalali_date(1402, 8, 2)), django_assert_max_num_queries(4):
        assert tick() == []
    assert about[0].reminded_on is None  # as it was read before


@pytest.fixture
def rendezvous(rendezvous):
    """Who submits and the clock meet once each has looked."""
    rendezvous.after(Rule, "holds", where=lambda rule, *asked: rule.name == "renewal_is_in_time")
    rendezvous.after(licensing, "_is_settled")
    return rendezvous


def submitting_and_ticking(about):
    """A holder who submits in the last minute, and a clock that has the next day already."""
    with on(LAST):
        case = meet(matter("renewal", about=about), Renewal.steps["submit"])
    by = speaker_of(case.applicant)

    def submit():
        with on(LAST):
            advance(Case.objects.get(pk=case.pk), Renewal.steps["submit"], by=by)

    def waive():
        with on(LAST + ONE_DAY):
            tick()

    return submit, waive


def outcome(about):
    """Whether renewal was asked for, and whether it was waived."""
    waived = about.statuses.known().filter(status=Status.WAIVED).exists()
    return Case.objects.filter(procedure_code="renewal", stage="check").exists(), waived


@pytest.mark.django_db(transaction=True)
def test_renewal_is_either_asked_for_or_waived(rendezvous):
    about = licence()
    together(*submitting_and_ticking(about))
    assert sorted(outcome(about)) == [False, True]
    assert list(faults_of_acts()) == []


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_it_is_both(rendezvous, monkeypatch):
    rendezvous.patience = 60 if connection.vendor == "postgresql" else 2  # nothing keeps them apart, however slow
    about = licence()
    monkeypatch.setattr(licensing, "lock", lambda *rows: None)
    together(*submitting_and_ticking(about))
    both = connection.vendor == "postgresql"  # on SQLite IMMEDIATE keeps them apart even so
    assert (outcome(about) == (True, True)) is both
