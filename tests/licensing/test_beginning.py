"""Beginning what concerns a licence: who may, and what stands in the way, by the rules that submitting will ask."""

import pytest
from test_matters import NEEDED
from test_revival import NEEDED as REVIVAL

from factories import person, person_as, together
from http_client import as_read, signed_in
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import now, today
from pishkhan.language.jalali import spoken
from pishkhan.licensing.licences.holder import renewal_of
from pishkhan.licensing.licences.licence_requests import begin_matter, matter_dossiers, matters_for
from pishkhan.offices.models import Licence, OfficeKind
from pishkhan.offices.selectors import current_licences
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from procedure_driver import BREAK, MEET, actor_for, applicant_of
from rules_of_matters import licence, matter, speaker_of

pytestmark = pytest.mark.usefixtures("law", "papers")
LAW = NEEDED | {f"revival.{step}": rules for step, rules in REVIVAL.items()}
# What a holder may ask for: whatever the law, by hand, says is submitted by who holds it.
HOLDERS = {
    path.removesuffix(".submit")
    for path, rules in LAW.items()
    if path.endswith(".submit") and "applicant_holds_it" in rules
}
BEFOREHAND = [
    (code, rule)
    for code in matter_dossiers()
    for rule in Procedure.in_force(code, today()).submitting().when
    if rule.beforehand
]


def holder(about):
    return speaker_of(about.office.holdings.get().organisation)


def offers_to(about, who):
    return {matter.code: matter for matter in matters_for(about, who)}


def test_of_whatever_can_be_asked_about_a_licence_the_law_stands_by_hand():
    by_hand = {path.partition(".")[0] for path in LAW}
    assert by_hand == set(matter_dossiers()), "say in NEEDED of test_matters.py what its steps ask"


def test_what_is_usual_is_offered_first_and_what_has_no_place_comes_after_it():
    offered = list(matter_dossiers())
    usual = ["renewal", "revival", "transfer", "address-change", "name-change", "closure", "surrender"]
    assert offered[:7] == usual and offered[7:9] == ["correction", "conversion"]
    assert offered[9:] == sorted(offered[9:]) and "booth" in offered[9:]


def test_whatever_can_be_asked_about_a_licence_says_what_it_is_for():
    matters = [Procedure.in_force(code, today()) for code in matter_dossiers()]
    assert [matter.code for matter in matters if not matter.purpose] == [], "these procedures have no `purpose`"


@pytest.mark.parametrize(("code", "rule"), BEFOREHAND, ids=lambda text: getattr(text, "name", text))
def test_what_breaks_a_rule_beforehand_closes_what_asks_it_and_says_why(code, rule):
    case = matter(code)
    about, who = case.dossier.licence, actor_for(case, case.procedure.submitting())
    if not rule.holds(case, now(), {}):
        MEET[rule.name](case)
    assert rule.name in {condition.rule.name for condition in offers_to(about, who)[code].met}
    BREAK[rule.name](case)
    about.refresh_from_db()
    row = offers_to(about, who).get(code)
    assert row is None or rule.name in {item.rule.name for item in row.in_the_way}
    # who holds it no more is offered nothing, and what is no agent of old no conversion
    assert (row is None) == (rule.name in ("applicant_holds_it", "is_an_agent_of_old"))


def test_every_rule_of_a_draft_itself_waits_for_the_draft():
    names = {
        rule.name
        for code in matter_dossiers()
        for rule in Procedure.in_force(code, today()).submitting().when
        if not rule.beforehand
    }
    assert {"papers_are_attached", "buyer_is_named", "days_are_stated", "name_is_stated"} <= names


def test_a_holder_begins_what_can_be_begun_and_is_told_what_cannot():
    about = licence(months_left=4)
    who = holder(about)
    client, page = signed_in(who), f"/matters/{about.office.code}/"
    assert set(offers_to(about, who)) == HOLDERS
    assert [item.code for item in offers_to(about, who).values() if item.in_the_way] == ["revival", "transfer"]
    shown = as_read(client.get(page))
    assert "بیش از مدت مقرر از اعتبار پروانه مانده است" in shown
    window = renewal_of(current_licences([about.office], today())[about.office_id], today())
    assert f"از {spoken(window.opens_on, 'fa')} تا {spoken(window.last_day, 'fa')}" in shown
    begun = client.post(page, {"matter": "renewal"})
    assert begun.headers["Location"] == f"/cases/{Case.objects.get().number}/"
    assert f'href="/cases/{Case.objects.get().number}/"' in client.get(page).content.decode()
    assert client.post(page, {"matter": "transfer"}).status_code == 422
    assert Case.objects.count() == 1


def test_over_http_one_asks_what_can_be_begun_and_begins_it():
    about = licence(months_left=30)
    client = signed_in(holder(about))
    rows = {row["code"]: row for row in client.get("/api/matters", {"licence": about.number}).json()}
    assert set(rows) == HOLDERS
    assert (rows["renewal"]["open"], [rule["name"] for rule in rows["renewal"]["unmet"]]) == (False, ["window_is_open"])
    assert rows["transfer"]["open"]
    values = {"licence": about.number, "code": "transfer"}
    answer = client.post("/api/matters", values, content_type="application/json")
    assert (answer.status_code, answer.json()["stage"]) == (201, "draft")
    refused = client.post("/api/matters", values | {"code": "renewal"}, content_type="application/json")
    assert (refused.status_code, [rule["name"] for rule in refused.json()["rules"]]) == (422, ["window_is_open"])
    assert client.post("/api/matters", values | {"code": "dance"}, content_type="application/json").status_code == 404


def test_only_an_expert_of_the_region_begins_a_correction_and_only_after_a_visit():
    about = licence()
    client = signed_in(person_as(Role.EXPERT))
    page = f"/matters/{about.office.code}/"
    assert f'href="{page}"' in client.get(f"/register/{about.office.code}/").content.decode()
    assert client.post(page, {"matter": "correction"}).status_code == 422
    MEET["correction_was_seen"](matter("correction", about=about))
    assert client.post(page, {"matter": "correction"}).status_code == 302
    assert client.post(page, {"matter": "renewal"}).status_code == 404
    assert "correction" not in offers_to(about, holder(about))


def test_another_region_another_holder_and_a_manager_begin_nothing():
    about = licence()
    manager = about.office.managements.get().manager
    for stranger, status in (
        (person_as(Role.EXPERT, place="16"), 404),
        (holder(licence()), 404),
        (person(), 404),
        (manager, 200),
    ):
        client = signed_in(stranger)
        assert client.get(f"/matters/{about.office.code}/").status_code == status
        assert client.get("/api/matters", {"licence": about.number}).status_code == status
        assert (
            client.post(
                "/api/matters", {"licence": about.number, "code": "surrender"}, content_type="application/json"
            ).status_code
            == 404
        )
    assert not Case.objects.exists()


def test_an_agent_of_old_is_offered_its_conversion_alone():
    about = licence(OfficeKind.LEGACY_AGENT)
    assert set(offers_to(about, about.office.holdings.get().person)) == {"conversion"}


def test_a_suspended_office_asks_for_nothing_that_needs_it_in_force():
    case = matter("closure")
    about = case.dossier.licence
    change_status(about, Status.SUSPENDED, from_on=today(), by=IMPORTER, role="importer")
    assert all(item.in_the_way for item in offers_to(about, applicant_of(case)).values())


def test_what_can_be_begun_costs_the_same_however_much_was_asked(django_assert_max_num_queries):
    about = licence(months_left=4)
    client, costs = signed_in(holder(about)), []
    for _ in range(2):
        with django_assert_max_num_queries(80) as queries:
            client.get(f"/matters/{about.office.code}/")
        costs.append(len(queries))
        for _ in range(3):
            matter("closure", about=about)
    assert costs[0] == costs[1]


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_the_same_at_once_go_on_with_one_draft():
    about = licence(months_left=30)
    who, drafts = holder(about), []
    assert (
        together(
            *[
                lambda: drafts.append(
                    begin_matter("closure", Licence.objects.get(pk=about.pk), by=Person.objects.get(pk=who.pk))
                )
            ]
            * 2
        )
        == []
    )
    assert len({draft.pk for draft in drafts}) == Case.objects.filter(about=about.office.subject).count() == 1
