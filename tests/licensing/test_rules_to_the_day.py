"""What rules of requests say to the day, the square metre and the rial; what is due to a holder, and until when."""

from datetime import timedelta
from types import SimpleNamespace as Like

import pytest

from factories import person, person_as
from pishkhan.casework.models import Case
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import now, today
from pishkhan.language.jalali import jalali_date, jalali_year
from pishkhan.licensing.licences import holder
from pishkhan.licensing.licences.clock import coming_to_their_end, reminders
from pishkhan.licensing.models import Degree, Nominee
from pishkhan.licensing.rules import applicant_rules, fees, licence_rules
from pishkhan.licensing.rules.fees import royalty_of
from pishkhan.licensing.rules.licence_rules import days_of_booths, last_day_to_renew
from pishkhan.offices.models import Booth, Holding, Licence, Undertaking
from pishkhan.offices.selectors import current_licences
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import speaker_of, visit_office
from rules_of_matters import licence, matter

pytestmark = pytest.mark.usefixtures("law", "papers")
POST, ONE = Nominee.Post, timedelta(days=1)


def days(number):
    return today() + timedelta(days=number)


def likely(value=0, kind="counter", **dossier):
    """A case that stands so, of which every dated number has a value."""
    return Like(kind=kind, reckoned=lambda key: Like(value=value), dossier=Like(**dossier))


def holds(rule, case, **data):
    return rule.holds(case, now(), data)


def test_premises_are_large_enough_with_the_last_square_metre():
    assert [holds(applicant_rules.premises_are_large_enough, likely(50, area=area)) for area in (None, 49, 50, 51)] == [
        False,
        False,
        True,
        True,
    ]
    assert holds(applicant_rules.premises_are_large_enough, likely(50, kind="rural_ict", area=1))


def test_a_lease_is_long_enough_with_its_last_year_and_a_deed_always_is():
    def secure(tenure, years):
        return holds(applicant_rules.tenure_is_secure, likely(3, tenure=tenure, lease_years=years))

    assert [secure("lease", years) for years in (None, 2, 3)] == [False, False, True]
    assert secure("deed", None)


def nominee(**facts):
    return Like(
        **{"degree": Degree.BACHELOR, "state_employee": False, "military_settled": True, "person_id": 1} | facts
    )


def test_a_signatory_has_a_bachelors_degree_at_least_and_is_no_state_employee():
    def qualifies(**named):
        return holds(applicant_rules.signatory_qualifies, likely(named=named))

    assert not qualifies()
    assert [qualifies(signatory=nominee(degree=degree)) for degree in sorted(Degree)] == [
        degree >= Degree.BACHELOR for degree in sorted(Degree)
    ]
    assert not qualifies(signatory=nominee(state_employee=True))


def test_manager_and_deputy_are_two_persons_who_qualify_and_the_signatory_is_none_of_them():
    rules = (applicant_rules.manager_and_deputy_are_named, applicant_rules.manager_and_deputy_qualify)

    def data(**named):
        return [holds(rule, likely(named={POST[post.upper()]: item for post, item in named.items()})) for rule in rules]

    two = {"manager": nominee(), "deputy": nominee(person_id=2)}
    assert data(**two) == [True, True]
    assert data(manager=nominee(), signatory=nominee(person_id=2, state_employee=True)) == [False, True]
    assert data(manager=nominee(), deputy=nominee()) == [False, True]
    for wrong in ({"state_employee": True}, {"military_settled": False}):
        assert data(**two | {"deputy": nominee(person_id=2, **wrong)}) == [True, False]


def test_a_manager_has_the_degree_and_the_age_of_the_call():
    call = Like(manager_degree=Degree.BACHELOR, manager_age=None)

    def meets(**named):
        return holds(applicant_rules.manager_meets_the_call, likely(places=Like(call=call), named=named))

    aged, young = {"is_aged": lambda least, on: True}, {"is_aged": lambda least, on: False}
    assert [meets(), meets(manager=nominee(**aged)), meets(manager=nominee(**young))] == [False, True, False]
    assert not meets(manager=nominee(degree=Degree.BACHELOR - 1, **aged))


def test_a_term_may_be_as_long_as_prescribed_and_a_day_of_issue_may_be_today():
    assert [holds(applicant_rules.term_is_usual, likely(5), years=years) for years in (4, 5, 6)] == [True, True, False]
    assert [holds(applicant_rules.day_of_issue_has_come, likely(), issued_on=days(day)) for day in (-1, 0, 1)] == [
        True,
        True,
        False,
    ]


def test_a_closure_lasts_as_long_as_prescribed_with_its_first_and_last_day():
    def short(until):
        return holds(licence_rules.closure_is_short, likely(20, from_on=today(), until_on=until))

    assert [short(days(19)), short(days(20))] == [True, False]
    assert holds(licence_rules.closure_is_short, likely(20, from_on=None, until_on=None))


def test_what_changed_is_stated_as_yes_or_no():
    rules = (
        licence_rules.what_has_changed_is_stated,
        licence_rules.nothing_has_changed,
        licence_rules.something_has_changed,
    )
    assert [[holds(rule, likely(changed=changed)) for rule in rules] for changed in (None, False, True)] == [
        [False, False, False],
        [True, True, False],
        [True, False, True],
    ]


def on_register(about, rule, value=0, on=None, party=None):
    case = likely(value, licence=about, licence_id=about.pk)
    case.about, case.pk, case.party_keys = about.office.subject, 0, lambda: party or {}
    case.dossier.licence = about
    return rule.test(case, (now() + (on - today())) if on else now(), {})


def test_the_window_opens_and_renewal_ends_on_days_that_still_count():
    about = licence(months_left=30)
    first, last = last_day_to_renew(about, 6), last_day_to_renew(about, 3)
    assert [on_register(about, licence_rules.window_is_open, 6, first + ONE * day) for day in (-1, 0)] == [False, True]
    assert [on_register(about, licence_rules.renewal_is_in_time, 3, last + ONE * day) for day in (0, 1)] == [
        True,
        False,
    ]
    assert [on_register(about, licence_rules.enough_is_left, 6, first + ONE * day) for day in (-1, 0)] == [True, False]


@pytest.mark.parametrize(
    ("status", "in_force", "can_be_replaced", "can_be_given_up"),
    [
        (None, True, True, True),
        (Status.CLOSED, False, False, True),
        (Status.SUSPENDED, False, False, False),
        (Status.REVOKED, False, False, False),
    ],
)
def test_what_can_be_done_about_a_licence_follows_from_how_it_stands(
    status, in_force, can_be_replaced, can_be_given_up
):
    about = licence()
    if status:
        until = None if status == Status.REVOKED else days(5)
        change_status(about, status, from_on=today(), until_on=until, by=IMPORTER, role="importer")
    rules = (
        licence_rules.licence_is_in_force,
        licence_rules.licence_can_be_replaced,
        licence_rules.licence_can_be_given_up,
    )
    assert [on_register(about, rule) for rule in rules] == [in_force, can_be_replaced, can_be_given_up]


def test_the_holder_of_this_office_today_holds_it_and_nobody_else():
    about, other = licence(), licence()
    party = {"organisation": about.office.holdings.get().organisation, "person": None}
    assert on_register(about, licence_rules.applicant_holds_it, party=party)
    assert not on_register(other, licence_rules.applicant_holds_it, party=party)
    Holding.objects.filter(office=about.office).update(valid_to=today())
    assert not on_register(about, licence_rules.applicant_holds_it, party=party)


def test_an_address_was_seen_by_an_accepted_visit_for_that_to_this_office():
    about = licence()

    def see(purpose=Visit.Purpose.ADDRESS_CORRECTION, office=about.office, accept=True):
        visit = request_visit(kind=Visit.Kind.ROUTINE, purpose=purpose, office=office, by=person_as(Role.EXPERT))
        visit_office(visit)
        if accept:
            accept_visit(visit, by=person_as(Role.EXPERT))

    see(purpose=Visit.Purpose.PERFORMANCE)
    see(office=licence().office)
    see(accept=False)
    assert not on_register(about, licence_rules.correction_was_seen)
    see()
    assert on_register(about, licence_rules.correction_was_seen)
    assert not on_register(about, licence_rules.correction_was_seen, on=days(-1))


def test_days_of_booths_are_those_of_the_jalali_year_with_its_first_and_last_day():
    about, other = licence(), licence()
    entry = about.office.holdings.get().entry
    year = jalali_year(today())
    first, after = jalali_date(year, 1, 1), jalali_date(year + 1, 1, 1)

    def booth(begin, end, office=about.office):
        values = {"division": office.division, "address": "نمایشگاه", "lat": 33.5, "lon": 48.4}
        Booth.objects.create(
            office=office, valid_from=begin, valid_to=end, recorded_at=clock.now(), entry=entry, **values
        )

    booth(first - ONE * 5, first + ONE * 2)
    booth(after - ONE * 3, after + ONE * 9)
    booth(first - ONE * 9, first)
    booth(after, after + ONE)
    booth(first, after, office=other.office)
    assert days_of_booths(about.office, today()) == 2 + 3


@pytest.mark.parametrize(("people", "large"), [(999, False), (1000, False), (1001, True), (None, False)])
def test_a_city_is_large_with_more_people_than_the_threshold(people, large, monkeypatch):
    numbers = {fees.LARGE_CITY: 1000, fees.ROYALTY_LARGE_CITY: 9, fees.ROYALTY_SMALL_CITY: 5, fees.ROYALTY_VILLAGE: 2}
    monkeypatch.setattr(fees, "people_in", lambda place: people)
    monkeypatch.setattr(fees, "number", lambda key, **where: Like(value=numbers[key]))
    assert royalty_of(Like(kind="counter", division_id="15")).value == (9 if large else 5)
    assert royalty_of(Like(kind="rural_ict", division_id="15")).value == 2


def test_reminders_come_when_the_window_opens_a_month_before_weekly_then_and_on_the_last_day():
    about = licence()
    opens, month, last = (last_day_to_renew(about, months) for months in (6, 4, 3))
    weekly = [month + timedelta(days=7 * week) for week in (1, 2, 3, 4) if month + timedelta(days=7 * week) < last]
    assert reminders(about, window=6, deadline=3) == sorted({opens, month, *weekly, last})


def test_coming_to_its_end_is_what_can_be_renewed_and_nobody_asked_for():
    soon, over, wanted = (licence(months_left=2) for _ in range(3))
    request = matter("renewal", licence(months_left=30, code="1504011001"))
    assert list(coming_to_their_end(today())) == [soon, over, wanted]
    Licence.objects.filter(pk=over.pk).update(valid_until=today() - ONE)
    Case.objects.filter(pk=request.pk).update(about=wanted.office.subject)
    assert wanted in coming_to_their_end(today())  # a draft asks for nothing
    Case.objects.filter(pk=request.pk).update(stage="check", submitted_on=today())
    assert list(coming_to_their_end(today())) == [soon]


def renewal_at(about, on):
    with clock.at(now() + (on - today())):
        return holder.renewal_of(current_licences([about.office], on)[about.office.pk], on)


def test_a_renewal_opens_and_ends_on_days_that_still_count_and_says_how_many_are_left():
    about = licence(months_left=30)
    renewal = renewal_at(about, today())
    assert (renewal.state, renewal.days_left, renewal.ends_on) == (
        holder.LATER,
        (renewal.opens_on - today()).days,
        about.valid_until,
    )
    first = renewal_at(about, renewal.opens_on)
    assert (first.state, first.days_left) == (holder.OPEN, (renewal.last_day - renewal.opens_on).days)
    assert renewal_at(about, renewal.last_day).state == holder.OPEN
    assert renewal_at(about, renewal.last_day).days_left == 0
    assert renewal_at(about, renewal.last_day + ONE).state == holder.OVER
    change_status(about, Status.REVOKED, from_on=today(), by=IMPORTER, role="importer")
    assert renewal_at(about, today()).state == holder.OVER


def test_what_a_holder_owes_is_told_to_them_the_nearest_first_and_late_from_the_day_after():
    about = licence()
    office, party = about.office, about.office.holdings.get().organisation
    Undertaking.objects.all().delete()

    def owe(kind, day, **facts):
        return Undertaking.objects.create(
            **{"office": office, "division": office.division, "organisation": party, "because": f"x#{day}"} | facts,
            kind=kind,
            due_on=days(day),
        )

    later, late, now_due = owe("insurance", 3), owe("guarantee", -1), owe("opening", 0)
    owe("insurance", 9, organisation=None, person=person())
    owe("remedy", 9, office=licence().office, item="sign")
    owe("insurance", 9, state="kept", settled_on=today())
    due = holder.due_of(office, party, speaker_of(party), today())
    assert [(item.undertaking, item.late) for item in due] == [
        (late.pk, True),
        (now_due.pk, False),
        (later.pk, False),
    ]
