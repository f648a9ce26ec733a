"""A new licence as the law tells of it, stated here by hand: so that a rule that is left out is missed."""

from datetime import timedelta

import pytest
from django.db.models import Q

from factories import person_as
from pishkhan.casework.models import Case
from pishkhan.casework.refusals import InvalidAnswers, RulesUnmet, StaleCase
from pishkhan.casework.services import advance
from pishkhan.geography.models import Population
from pishkhan.inspections.models import Visit
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, NotPermitted
from pishkhan.language.jalali import jalali_date
from pishkhan.licensing.calls.selectors import open_places
from pishkhan.licensing.calls.services import open_call, open_request
from pishkhan.licensing.models import Nominee
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.offices.models import Licence, LicenceStatus, Office
from pishkhan.offices.status import last_day
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Adoption
from procedure_driver import (
    PLACE,
    answers_for,
    at,
    meet,
    new_request,
    nomination,
    paper,
    places,
    ready,
    resolve,
    take,
    visit_the_place,
)
from rules_of_requests import answer_all, attach_all, name_everybody

pytestmark = pytest.mark.usefixtures("law", "papers")

FIT = {
    "place_is_stated",
    "papers_are_attached",
    "applicant_is_a_company",
    "premises_are_large_enough",
    "tenure_is_secure",
    "signatory_qualifies",
    "manager_and_deputy_are_named",
    "manager_and_deputy_qualify",
    "manager_meets_the_call",
}
RULES = {
    "describe": set(),
    "attach": {"paper_belongs_here"},
    "nominate": set(),
    "renominate": set(),
    "submit": FIT | {"call_is_open", "no_second_request"},
    "send_back": set(),
    "correct_place": set(),
    "attach_again": {"paper_belongs_here"},
    "complete": FIT,
    "accept": {"place_is_stated", "papers_are_attached", "no_second_request"},
    "examine": {"place_has_passed"},
    "refuse_place": {"place_has_failed"},
    "move": set(),
    "schedule": set(),
    "approve": {"group_approved", "place_is_left"},
    "approve_on_condition": {"group_approved_on_condition", "place_is_left"},
    "defer": {"group_deferred"},
    "reject": {"group_rejected"},
    "withdraw": set(),
    "lapse": set(),
    "answer": {"inquiry_is_open"},
    "remind": {"an_inquiry_is_late"},
    "meet_condition": {"condition_is_open"},
    "refuse_person": {"person_is_refused"},
    "refuse_site": {"place_is_refused"},
    "clear": {"inquiries_are_cleared", "condition_is_met"},
    "look_again": {"premises_have_failed"},
    "pass_premises": {"premises_have_passed"},
    "pay": {"royalty_is_unpaid"},
    "send": {"royalty_is_paid"},
    "give_back": set(),
    "send_again": {"royalty_is_paid"},
    "issue": {
        "place_is_left",
        "papers_are_attached",
        "inquiries_are_cleared",
        "condition_is_met",
        "premises_have_passed",
        "royalty_is_paid",
        "term_is_usual",
        "day_of_issue_has_come",
    },
    "forgo": {"royalty_is_unpaid"},
}
APART = {
    "approve": {"accept", "schedule"},
    "approve_on_condition": {"accept", "schedule"},
    "reject": {"accept", "schedule"},
    "issue": {"approve", "approve_on_condition", "send"},
}
BY = {
    "expert": {
        "send_back",
        "accept",
        "examine",
        "refuse_place",
        "answer",
        "meet_condition",
        "refuse_person",
        "refuse_site",
        "clear",
        "look_again",
        "pass_premises",
        "send",
        "send_again",
    },
    "applicant": {
        "describe",
        "attach",
        "nominate",
        "renominate",
        "submit",
        "correct_place",
        "attach_again",
        "complete",
        "move",
        "withdraw",
    },
    "committee": {"schedule"},
    "secretary": {"approve", "approve_on_condition", "defer", "reject"},
    "accountant": {"pay"},
    "region": {"give_back", "issue"},
    "clock": {"lapse", "remind", "forgo"},
}


def test_each_step_asks_what_the_law_asks():
    assert {name: {rule.name for rule in step.when} for name, step in NewLicence.steps.items()} == RULES


def test_each_step_is_taken_by_whom_the_law_names():
    taken = {}
    for name, step in NewLicence.steps.items():
        taken.setdefault(str(step.by), set()).add(name)
    assert taken == BY


def test_four_eyes_look_at_every_decision():
    assert {name: {*step.apart_from} for name, step in NewLicence.steps.items() if step.apart_from} == APART


def test_the_instruments_that_are_cited_are_shipped():
    for step in NewLicence.steps.values():
        for rule in step.when:
            assert rule.article is None or rule.article.instrument in ("by-law-1388", "commission-317-2")


@pytest.mark.parametrize(
    ("kind", "papers"), [("counter", {"tenure", "degree", "statutes"}), ("rural_ict", {"tenure", "degree"})]
)
def test_kinds_differ_by_rules_not_by_copies(kind, papers):
    case = at(NewLicence, "issued", under=places(kind=kind))
    assert {document.code for document in NewLicence.documents_of(kind)} == papers
    office = Office.objects.get()
    assert (office.kind, office.code) == (kind, f"15-{'C' if kind == 'counter' else 'R'}-0001")
    assert case.stage == "issued"


def test_a_rural_office_may_be_small_and_held_by_a_person():
    case = new_request(kind="rural_ict")
    take(case, "describe", answers=PLACE | {"area": 12, "tenure": "lease", "lease_years": 1})
    name_everybody(case)
    attach_all(case)
    take(case, "submit")
    assert case.stage == "check"


def test_a_counter_office_may_not_be_held_by_a_person():
    under = places()
    case = open_request(under, by=person_as(Role.APPLICANT, place="1503"))
    take(case, "describe")
    name_everybody(case)
    take(case, "nominate", answers=nomination("signatory"))
    attach_all(case)
    with pytest.raises(RulesUnmet) as refusal:
        take(case, "submit")
    assert [rule.name for rule in refusal.value.rules] == ["applicant_is_a_company"]


@pytest.mark.parametrize(
    ("people", "kind", "royalty"),
    [
        (50_001, "counter", 150_000_000),
        (50_000, "counter", 50_000_000),
        (None, "counter", 50_000_000),
        (50_001, "rural_ict", 5_000_000),
    ],
)
def test_the_royalty_follows_the_place_and_the_kind(people, kind, royalty):
    if people:
        Population.objects.create(division_id="1503011001", year=1395, people=people, quality="census")
    case = at(NewLicence, "royalty", under=places(kind=kind))
    assert case.dossier.royalty.amount == royalty


def test_the_licence_carries_its_future():
    at(NewLicence, "issued")
    licence = Licence.objects.get()
    assert licence.valid_until == last_day(licence.valid_from, 5)
    assert list(LicenceStatus.objects.order_by("valid_from").values_list("status", flat=True)) == [
        "active",
        "renewal_window",
        "expired",
    ]
    assert (licence.origin, licence.issuer) == ("new", "cra")


def test_a_stale_page_is_not_believed():
    case = at(NewLicence, "check")
    with pytest.raises(StaleCase):
        take(case, "accept", seen=case.revision - 1)
    take(case, "accept", seen=case.revision)


def test_one_place_is_held_from_the_approval_on():
    under = places(1)
    first, second = (at(NewLicence, "agenda", under=under) for _ in range(2))
    take(meet(first, NewLicence.steps["approve"]), "approve")
    assert [place.left for place in open_places(today())] == [0]
    resolve(second, "approved")
    with pytest.raises(RulesUnmet):
        take(second, "approve")
    answer_all(first, tax=True)
    take(first, "refuse_person")
    take(Case.objects.get(pk=second.pk), "approve")
    assert [place.taken for place in open_places(today())] == [1]


def test_a_refused_place_is_seen_and_asked_about_anew():
    case = at(NewLicence, "inquiries")
    answer_all(case, places=True)
    take(case, "refuse_site")
    take(case, "move", answers=PLACE | {"address": "جای دیگر"})
    assert not Visit.objects.filter(case=case, superseded=False).exclude(state="planned").exists()
    visit_the_place(case, Visit.Kind.INITIAL, passes=True)
    take(case, "examine")
    take(case, "schedule")
    case = Case.objects.get(pk=case.pk)
    with pytest.raises(RulesUnmet):  # the resolution on the first place is spent
        take(case, "approve")
    take(meet(case, NewLicence.steps["approve"]), "approve")
    assert list(case.inquiries.filter(answered_on=None).values_list("code", flat=True)) == ["places"]


def test_a_condition_is_met_before_the_inquiries_close():
    case = at(NewLicence, "inquiries", by_way_of="approve_on_condition")
    answer_all(case)
    with pytest.raises(RulesUnmet) as refusal:
        take(case, "clear")
    assert [rule.name for rule in refusal.value.rules] == ["condition_is_met"]
    take(case, "meet_condition")
    take(case, "clear")


def test_bodies_that_have_not_answered_about_the_first_place_are_not_asked_twice():
    case = at(NewLicence, "inquiries")
    answers = answers_for(case, NewLicence.steps["answer"])
    take(case, "answer", answers=answers | {"inquiry": "places", "outcome": "not_cleared"})
    take(case, "refuse_site")
    take(case, "move", answers=PLACE | {"address": "جای دیگر"})
    visit_the_place(case, Visit.Kind.INITIAL, passes=True)
    take(case, "examine")
    take(case, "schedule")
    take(meet(case, NewLicence.steps["approve"]), "approve")
    open_ones = case.inquiries.filter(answered_on=None).values_list("code", flat=True)
    assert sorted(open_ones) == sorted(inquiry.code for inquiry in NewLicence.inquiries)


def test_a_second_condition_is_met_anew():
    case = at(NewLicence, "inquiries", by_way_of="approve_on_condition")
    answer_all(case, places=True)
    take(case, "meet_condition")
    take(case, "refuse_site")
    take(case, "move", answers=PLACE)
    visit_the_place(case, Visit.Kind.INITIAL, passes=True)
    take(case, "examine")
    take(case, "schedule")
    take(meet(case, NewLicence.steps["approve_on_condition"]), "approve_on_condition")
    answer_all(case)
    with pytest.raises(RulesUnmet):
        take(case, "clear")


@pytest.mark.parametrize(("born", "of_age"), [((1380, 5, 1), True), ((1380, 5, 2), False)])
def test_a_manager_is_of_age_from_the_birthday_on(born, of_age):
    nominee = Nominee(person=Person(born_on=jalali_date(*born)))
    assert nominee.is_aged(20, jalali_date(1400, 5, 1)) is of_age
    assert nominee.is_aged(0, jalali_date(1400, 5, 1))
    assert not Nominee(person=Person(born_on=None)).is_aged(20, jalali_date(1400, 5, 1))


def test_a_deferred_case_comes_before_another_meeting():
    case = at(NewLicence, "agenda")
    take(meet(case, NewLicence.steps["defer"]), "defer")
    with pytest.raises(RulesUnmet):  # the resolution to put it off is spent
        take(case, "defer")
    assert take(meet(case, NewLicence.steps["approve"]), "approve").stage == "inquiries"


def test_the_applicant_is_told():
    of_the_case = Q(because__startswith=f"{at(NewLicence, 'issued').subject}#")
    assert list(Notice.objects.filter(of_the_case).order_by("pk").values_list("template", flat=True)) == [
        "request.received",
        "request.approved",
        "royalty.due",
        "licence.issued",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("postal_code", "0813833946"),
        ("postal_code", "۶۸۱۳"),
        ("area", 0),
        ("area", "شصت"),
        ("tenure", "squat"),
        ("lat", 12),
        ("lon", "nan"),
        ("address", ""),
        ("address", "ک" * 201),
        ("lat", "inf"),
    ],
)
def test_a_place_wrongly_stated_is_refused_in_words_and_nothing_is_written(field, value):
    case = new_request()
    entries = Entry.objects.count()
    with pytest.raises(InvalidAnswers) as refusal:
        take(case, "describe", answers=PLACE | {field: value})
    assert set(refusal.value.fields) == {field}
    assert all(refusal.value.fields[field])
    assert Entry.objects.count() == entries
    assert Case.objects.get(pk=case.pk).revision == 1


def test_digits_of_any_script_are_read():
    case = new_request()
    take(case, "describe", answers=PLACE | {"postal_code": "۶۸۱۳۸۳۳۹۴۶", "area": "٦٠", "lat": "۳۳.۴۸"})
    case.dossier.refresh_from_db()
    assert (case.dossier.postal_code, case.dossier.area) == ("6813833946", 60)


def test_a_strangers_file_is_not_attached():
    case = new_request()
    theirs = paper(new_request())
    with pytest.raises(InvalidAnswers):
        take(case, "attach", answers={"kind": "tenure", "file": theirs})
    assert not case.documents.exists()


def test_a_later_paper_replaces_the_earlier_one_and_both_are_kept():
    case = new_request()
    for _ in range(2):
        take(case, "attach", answers={"kind": "tenure", "file": paper(case)})
    assert list(case.documents.order_by("pk").values_list("replaced", flat=True)) == [True, False]


def test_nobody_begins_a_request_for_a_company_they_do_not_act_for():
    under = places()
    other = new_request(under).organisation
    with pytest.raises(Invalid):
        open_request(under, by=person_as(Role.APPLICANT, place="1503"), for_organisation=other)


def test_a_call_is_opened_by_the_director_alone_and_for_places_in_its_division():
    values = {"code": "c", "kind": "counter", "opens_on": today(), "closes_on": today()}
    division = places().division
    with pytest.raises(NotPermitted):
        open_call(**values, division=division, places={division.code: 1}, by=person_as(Role.EXPERT))
    director = person_as(Role.DIRECTOR)
    for wrong in (
        {"places": {}},
        {"places": {"1504": 1}},
        {"closes_on": today() - timedelta(days=1), "places": {division.code: 1}},
    ):
        with pytest.raises(Invalid):
            open_call(**values | wrong, division=division, by=director)
    open_call(**values, division=division, places={division.code: 1}, by=director)
    with pytest.raises(Invalid):
        open_call(**values, division=division, places={division.code: 1}, by=director)


def test_the_issuer_uses_a_number_once():
    under = places(2)
    first, second = (ready(NewLicence.steps["issue"], under=under) for _ in range(2))
    answers = answers_for(first, NewLicence.steps["issue"])
    take(first, "issue", answers=answers)
    with pytest.raises(Invalid):
        take(second, "issue", answers=answers)
    assert Case.objects.get(pk=second.pk).stage == "region"
    assert Office.objects.count() == 1


def test_a_default_that_is_not_adopted_warns_and_does_not_refuse():
    Adoption.objects.filter(number__key="licence.term_years").delete()
    case = ready(NewLicence.steps["issue"])
    take(case, "issue", answers=answers_for(case, NewLicence.steps["issue"]) | {"years": 9})
    assert Entry.objects.get(subject=case.subject, number=case.revision).facts["warned"] == ["term_is_usual"]


def test_the_region_of_another_province_issues_nothing():
    case = ready(NewLicence.steps["issue"])
    with pytest.raises(NotPermitted):
        advance(case, NewLicence.steps["issue"], by=person_as(Role.REGION, place="1504"), answers={})
