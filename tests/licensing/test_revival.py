"""Revival of offices whose licence ran out: who may ask, until when, what it costs, and that it is no new licence."""

from datetime import timedelta

import pytest

from factories import person_as
from http_client import as_read, signed_in
from pishkhan.casework.models import Case
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali_date
from pishkhan.licensing.licences.licence_requests import begin_matter, matters_for
from pishkhan.licensing.procedures.revival import Revival
from pishkhan.licensing.rules.fees import royalty_of
from pishkhan.licensing.rules.revival_rules import last_day_to_revive
from pishkhan.measures.figures import FIGURES, Period
from pishkhan.meetings.models import Outcome
from pishkhan.offices.models import Licence, Undertaking
from pishkhan.offices.selectors import active_offices, status_of
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status, last_day
from pishkhan.people.roles import Role
from procedure_driver import at, resolve, speaker_of, take, walk, way
from rules_of_matters import licence

pytestmark = pytest.mark.usefixtures("law", "papers")
ENTITLED = {"licence_ran_out", "applicant_holds_it", "is_the_latest", "no_violation_is_open"}
FIT = {
    "premises_are_large_enough",
    "tenure_is_secure",
    "signatory_qualifies",
    "manager_and_deputy_are_named",
    "manager_and_deputy_qualify",
}
# By hand: what each step asks.
NEEDED = {
    "submit": ENTITLED
    | FIT
    | {"place_is_stated", "papers_are_attached", "revival_is_in_time", "no_other_is_under_way"},
    "complete": FIT | {"place_is_stated", "papers_are_attached"},
    "accept": ENTITLED | {"place_is_stated", "papers_are_attached"},
    "examine": {"place_has_passed"},
    "approve": {"group_approved", "licence_ran_out", "no_violation_is_open"},
    "reject": {"group_rejected"},
    "refuse_person": {"person_is_refused"},
    "clear": ENTITLED | {"inquiries_are_cleared", "condition_is_met"},
    "send": {"royalty_is_paid"},
    "issue": ENTITLED
    | {
        "papers_are_attached",
        "inquiries_are_cleared",
        "condition_is_met",
        "royalty_is_paid",
        "term_is_usual",
        "day_of_issue_has_come",
    },
}


def holder(about):
    return speaker_of(about.office.holdings.get().organisation)


def in_the_way(about):
    (offer,) = [offered for offered in matters_for(about, holder(about)) if offered.code == "revival"]
    return {unmet.rule.name for unmet in offer.in_the_way}


@pytest.mark.parametrize("name", NEEDED)
def test_no_step_does_without_what_the_law_asks_of_it(name):
    assert {rule.name for rule in Revival.steps[name].when} == NEEDED[name]


def test_a_revived_office_serves_again_from_the_day_of_issue_and_the_gap_stays():
    case = at(Revival, "issued")
    old = Licence.objects.get(pk=case.dossier.licence_id)
    new, on = old.successor, today()

    assert (new.origin, new.valid_from, new.valid_until) == ("revival", on, last_day(on, 5))
    days = [old.valid_until, old.valid_until + timedelta(days=1), on]
    assert [status_of(old, day) for day in days] == ["renewal_window", "expired", "replaced"]
    assert [active_offices(day).filter(pk=old.office_id).exists() for day in days] == [True, False, True]
    assert case.dossier.royalty.amount == royalty_of(case).value
    people = {nominee.post: nominee.person for nominee in case.nominees.all()}
    managed = old.office.managements.on(on).get()
    assert (managed.manager, managed.deputy) == (people["manager"], people["deputy"])
    assert old.office.premises.on(on).get().address == case.dossier.address
    assert set(Undertaking.objects.filter(office=old.office).values_list("kind", flat=True)) == {
        "opening",
        "insurance",
        "guarantee",
    }


def test_it_is_no_new_licence_in_the_bulletin_but_one_in_place_of_another():
    at(Revival, "issued")
    period = Period("15", today(), today())

    assert sum(count.value for count in FIGURES["licences.issued"].counts(period)) == 0
    assert [dict(count.by)["origin"] for count in FIGURES["licences.succeeded"].counts(period)] == ["revival"]


@pytest.mark.parametrize("status", [Status.REVOKED, Status.SURRENDERED])
def test_what_was_revoked_or_surrendered_is_not_revived(status):
    about = licence(months_left=4)
    change_status(about, status, from_on=today(), by=IMPORTER, role="importer")

    assert "licence_ran_out" in in_the_way(about)
    with pytest.raises(RulesUnmet):
        begin_matter("revival", about, by=holder(about))


def test_a_licence_that_is_in_force_is_not_revived_and_one_that_was_waived_is():
    about = licence(months_left=2)
    assert "licence_ran_out" in in_the_way(about)

    change_status(about, Status.WAIVED, from_on=today(), until_on=about.valid_until, by=IMPORTER, role="importer")

    assert in_the_way(about) == set()
    assert begin_matter("revival", about, by=holder(about)).procedure is Revival


def test_who_waived_gets_a_licence_that_begins_after_the_old_one():
    about = licence(months_left=1)
    change_status(about, Status.WAIVED, from_on=today(), until_on=about.valid_until, by=IMPORTER, role="importer")
    case = begin_matter("revival", about, by=holder(about))
    walk(case, way(Revival, "draft", "issued"))
    about.refresh_from_db()

    assert about.successor.valid_from == about.valid_until + timedelta(days=1)


def test_it_is_asked_for_until_the_same_day_two_years_after_the_last():
    about = Licence(valid_until=jalali_date(1399, 12, 30))
    assert last_day_to_revive(about, 24) == jalali_date(1401, 12, 29)
    old = licence(months_left=-24)  # of thirty days: less than two years ago
    assert in_the_way(old) == set()
    Licence.objects.filter(pk=old.pk).update(valid_until=today() - timedelta(days=740))
    old.refresh_from_db()
    assert in_the_way(old) == {"revival_is_in_time"}


def test_only_who_holds_the_office_asks_and_only_once():
    about = licence(months_left=-3)
    first = begin_matter("revival", about, by=holder(about))

    assert begin_matter("revival", about, by=holder(about)).pk == first.pk and Case.objects.count() == 1
    assert "revival" not in {offer.code for offer in matters_for(about, person_as(Role.EXPERT))}


def test_my_office_says_until_when_its_revival_can_be_asked_for():
    about = licence(months_left=-3)
    client = signed_in(holder(about))
    page = as_read(client.get(f"/my-office/{about.office.code}/"))
    assert "می‌توانید احیای پروانه را بخواهید" in page

    begun = client.post(f"/matters/{about.office.code}/", {"matter": "revival"})

    assert begun.headers["Location"] == f"/cases/{Case.objects.get().number}/"


def test_a_rejection_leaves_the_licence_as_it_was():
    case = at(Revival, "agenda")
    resolve(case, Outcome.REJECTED)
    take(case, "reject")

    assert status_of(case.dossier.licence, today()) == "expired"
    assert not Licence.objects.filter(predecessor=case.dossier.licence).exists()
