"""The law of what becomes of a licence, by hand: what no step does without, and what each does to the register."""

from datetime import timedelta

import pytest

from behind_the_back import faults_of_acts
from factories import person_as
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Words
from pishkhan.journal.refusals import Refusal
from pishkhan.licensing.licences.licence_requests import open_matter
from pishkhan.licensing.rules.fees import royalty_of
from pishkhan.measures.figures import FIGURES, Period
from pishkhan.measures.words import ORIGINS
from pishkhan.meetings.models import Outcome
from pishkhan.offices.models import Holding, Licence, OfficeKind, Premises, Undertaking
from pishkhan.offices.selectors import active_offices, status_of
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status, last_day
from pishkhan.people.roles import Role
from procedure_driver import OPEN, answers_for, at, meet, ready, take
from rules_of_matters import in_days, licence, matter

pytestmark = pytest.mark.usefixtures("law", "papers")
ONE_DAY = timedelta(days=1)
HELD = {"applicant_holds_it", "is_the_latest", "licence_is_in_force"}
BOUGHT = {
    "buyer_is_named",
    "buyer_is_a_company",
    "buyer_has_agreed",
    "beneficiary_is_declared",
    "signatory_qualifies",
    "manager_and_deputy_are_named",
    "manager_and_deputy_qualify",
}
PLACE = {"place_is_stated", "stays_in_its_place", "premises_are_large_enough", "tenure_is_secure"}
CLEAN = {"no_violation_is_open"}
NEEDED = {
    "renewal.submit": CLEAN
    | HELD
    | {
        "papers_are_attached",
        "what_has_changed_is_stated",
        "window_is_open",
        "renewal_is_in_time",
        "no_other_is_under_way",
    },
    "renewal.accept": CLEAN | HELD | {"papers_are_attached", "nothing_has_changed"},
    "renewal.examine": CLEAN | HELD | {"papers_are_attached", "something_has_changed"},
    "renewal.approve": CLEAN | {"group_approved"},
    "renewal.clear": {"inquiries_are_cleared", "condition_is_met", "licence_can_be_replaced"},
    "renewal.send": {"royalty_is_paid"},
    "renewal.issue": CLEAN
    | {
        "papers_are_attached",
        "inquiries_are_cleared",
        "condition_is_met",
        "royalty_is_paid",
        "applicant_holds_it",
        "is_the_latest",
        "licence_can_be_replaced",
        "term_is_usual",
        "day_of_issue_has_come",
    },
    "transfer.name_buyer": {"signs_without_a_proxy"},
    "transfer.agree": {"signs_without_a_proxy"},
    "transfer.submit": CLEAN
    | HELD
    | {
        "papers_are_attached",
        "buyer_is_named",
        "buyer_is_a_company",
        "enough_is_left",
        "office_was_active",
        "no_other_is_under_way",
        "holding_period_is_over",
    },
    "transfer.deliver": BOUGHT - {"buyer_is_named", "buyer_is_a_company"},
    "transfer.accept": CLEAN | HELD | BOUGHT | {"papers_are_attached", "holding_period_is_over", "office_was_active"},
    "transfer.approve": CLEAN | {"group_approved", "licence_is_in_force"},
    "transfer.clear": {"inquiries_are_cleared", "condition_is_met"},
    "transfer.send": {"royalty_is_paid"},
    "transfer.issue": CLEAN
    | HELD
    | BOUGHT
    | {
        "papers_are_attached",
        "inquiries_are_cleared",
        "condition_is_met",
        "buyer_has_undertaken",
        "royalty_is_paid",
        "holding_period_is_over",
        "day_of_issue_has_come",
    },
    "address-change.submit": CLEAN | HELD | PLACE | {"papers_are_attached", "no_other_is_under_way"},
    "address-change.examine": PLACE | {"place_has_passed"},
    "address-change.approve": CLEAN | {"group_approved"},
    "address-change.clear": {"inquiries_are_cleared", "condition_is_met"},
    "address-change.issue": CLEAN
    | HELD
    | PLACE
    | {
        "papers_are_attached",
        "inquiries_are_cleared",
        "condition_is_met",
        "old_document_is_handed_in",
        "day_of_issue_has_come",
    },
    "name-change.submit": HELD | {"name_is_stated", "no_other_is_under_way"},
    "name-change.issue": HELD | {"old_document_is_handed_in", "day_of_issue_has_come"},
    "closure.submit": {"days_are_stated", "closure_is_short", "applicant_holds_it", "licence_is_in_force"},
    "closure.refuse": {"a_ground_carries_it"},
    "closure.permit": {"closure_is_short", "applicant_holds_it", "licence_is_in_force"},
    "surrender.submit": {"days_are_stated", "no_other_is_under_way", "applicant_holds_it", "licence_can_be_given_up"},
    "surrender.confirm": {"old_document_is_handed_in", "applicant_holds_it", "licence_can_be_given_up"},
    "correction.propose": {"days_are_stated", "correction_was_seen"},
    "correction.correct": {"days_are_stated", "correction_was_seen"},
    "conversion.issue": {
        "papers_are_attached",
        "inquiries_are_cleared",
        "condition_is_met",
        "premises_have_passed",
        "royalty_is_paid",
        "is_an_agent_of_old",
        "applicant_holds_it",
        "licence_is_in_force",
        "term_is_usual",
        "day_of_issue_has_come",
    },
    "booth.submit": {"days_are_stated", "booth_days_are_left", "applicant_holds_it", "licence_is_in_force"},
    "booth.approve": {"group_approved", "booth_days_are_left", "licence_is_in_force"},
}


@pytest.mark.parametrize("path", NEEDED)
def test_no_step_does_without_what_the_law_asks_of_it(path):
    code, name = path.split(".")
    step = Procedure.in_force(code, today()).steps[name]
    assert {rule.name for rule in step.when} == NEEDED[path]


def issued(code, **data):
    """A matter that came to its issue, and the licence it was about, as it is then."""
    case = at(Procedure.in_force(code, today()), "issued", **data)
    return case, Licence.objects.get(pk=case.dossier.licence_id)


def test_a_renewal_begins_when_the_old_licence_ends_and_costs_a_tenth():
    case, old = issued("renewal")
    new = old.successor
    assert (new.origin, new.valid_from, new.valid_until) == (
        "renewal",
        old.valid_until + ONE_DAY,
        last_day(old.valid_until + ONE_DAY, 5),
    )
    assert case.dossier.royalty.amount == royalty_of(case).value // 10
    days = [old.valid_until, new.valid_from]
    assert [status_of(old, day) for day in days] == ["renewal_window", "replaced"]
    assert [status_of(new, day) for day in days] == [None, "active"]
    assert all(active_offices(day).filter(pk=old.office_id).exists() for day in days)
    assert list(faults_of_acts()) == []


def test_a_transfer_passes_the_rest_of_the_term_with_new_people_and_an_undertaking():
    case, old = issued("transfer")
    new, on = old.successor, today()
    assert (new.origin, new.valid_from, new.valid_until) == ("transfer", on, old.valid_until)
    assert status_of(old, on) == "transferred"
    held = Holding.objects.on(on).get(office=old.office)
    assert (held.organisation, held.person) == (case.other_organisation, None)
    nominees = {nominee.post: nominee.person for nominee in case.nominees.all()}
    assert old.office.managements.on(on).get().manager == nominees["manager"]
    undertaken = Undertaking.objects.get(office=old.office, kind="holding_period")
    assert undertaken.organisation == case.other_organisation
    again = meet_but_for(OPEN["transfer"](about=new), "holding_period_is_over")
    with pytest.raises(RulesUnmet) as refused:
        take(again, "submit")
    assert "holding_period_is_over" in {rule.name for rule in refused.value.rules}
    with clock.at(now() + timedelta(days=(undertaken.due_on - on).days + 1)):
        assert not Undertaking.objects.filter(pk=undertaken.pk, due_on__gte=today()).exists()


def meet_but_for(case, *names):
    """Bring about all that submitting asks, but for some rules."""
    step = case.procedure.submitting()
    take(case, "name_buyer")
    for paper in case.procedure.documents_of(case.kind):
        take(
            Case.objects.get(pk=case.pk),
            "attach",
            answers=answers_for(case, case.procedure.steps["attach"]) | {"kind": paper.code},
        )
    case = Case.objects.get(pk=case.pk)
    assert [rule.name for rule in step.broken(case, now())] == list(names)
    return case


def test_who_signs_by_power_of_attorney_finds_no_way_through():
    case = matter("transfer")
    with pytest.raises(RulesUnmet) as refused:
        take(case, "name_buyer", answers=answers_for(case, case.procedure.steps["name_buyer"]) | {"capacity": "proxy"})
    assert [rule.name for rule in refused.value.rules] == ["signs_without_a_proxy"]
    others = {"name_buyer", "attach", "submit", "withdraw"}
    assert {step.name for step in case.procedure.steps_from(case.where)} == others


def test_what_the_buyer_wrote_is_sealed_as_the_buyers():
    case = ready(Procedure.in_force("transfer", today()).steps["deliver"])
    whose = set(Words.objects.filter(subject=case.subject, field="beneficiary").values_list("whose", flat=True))
    assert whose == {f"organisation:{case.other_organisation_id}"}


def test_a_change_of_address_is_free_moves_the_office_and_keeps_the_term():
    case, old = issued("address-change")
    new, on = old.successor, today()
    assert case.dossier.royalty is None and "royalty" not in case.procedure.stages
    assert (new.valid_from, new.valid_until, new.origin) == (on, old.valid_until, "reissue")
    before, after = (Premises.objects.filter(office=old.office).on(day).get() for day in (on - ONE_DAY, on))
    assert before.address != after.address == case.dossier.address


def test_a_place_that_is_refused_sends_the_holder_to_another():
    procedure = Procedure.in_force("address-change", today())
    for step in ("refuse_place", "refuse_site", "reject"):
        assert procedure.steps[step].target.code == "elsewhere"
    case = ready(procedure.steps["reject"])
    take(case, "reject")
    take(case, "move")
    assert case.stage == "initial-visit"


def test_a_closure_ends_early_when_the_office_opens_again():
    case = at(Procedure.in_force("closure", today()), "closed")
    about = case.dossier.licence
    assert status_of(about, today()) == "closed"
    with clock.at(now() + 3 * ONE_DAY):
        take(case, "reopen")
        assert [status_of(about, today() - number * ONE_DAY) for number in (1, 0)] == ["closed", "active"]


def test_a_closure_ends_by_itself_after_its_last_day():
    case = at(Procedure.in_force("closure", today()), "closed")
    last = case.dossier.until_on
    assert [status_of(case.dossier.licence, day) for day in (last, last + ONE_DAY)] == ["closed", "active"]


def test_who_gives_a_licence_up_serves_until_the_day_and_no_longer():
    case = at(Procedure.in_force("surrender", today()), "surrendered")
    assert status_of(case.dossier.licence, today()) == "surrendered"
    assert not active_offices(today()).filter(pk=case.dossier.licence.office_id).exists()


def test_a_correction_holds_as_of_its_day_and_what_was_believed_stays_visible():
    case = at(Procedure.in_force("correction", today()), "corrected")
    office, day = case.dossier.licence.office, case.dossier.from_on + ONE_DAY
    assert Premises.objects.filter(office=office).on(day).get().address == case.dossier.address
    assert office.premises.exclude(superseded_at=None).exists()
    assert Licence.objects.filter(office=office).count() == 1


def test_an_agent_of_old_becomes_an_office_of_its_own_kind():
    case, old = issued("conversion")
    assert case.dossier.office.kind == OfficeKind.RURAL_ICT
    assert status_of(old, today()) == "replaced"


def test_a_conversion_is_no_new_licence_in_the_bulletin_but_one_in_place_of_an_agent_of_old():
    case, _ = issued("conversion")
    period = Period("15", today(), today())

    assert case.dossier.office.licences.get().origin == "conversion"
    assert sum(count.value for count in FIGURES["licences.issued"].counts(period)) == 0
    (succeeded,) = FIGURES["licences.succeeded"].counts(period)
    assert (succeeded.by["origin"], succeeded.value) == ("conversion", 1)
    assert ORIGINS[succeeded.by["origin"]].fa == "تبدیل کارگزار قدیمی"


def test_booths_of_a_year_add_up_to_one_month():
    case = at(Procedure.in_force("booth", today()), "permitted")
    about = case.dossier.licence
    second = matter("booth", about=about)
    take(
        second,
        "describe",
        answers=answers_for(second, second.procedure.steps["describe"])
        | {"from_on": in_days(40), "until_on": in_days(62)},
    )
    with pytest.raises(RulesUnmet) as refused:
        take(second, "submit")
    assert [rule.name for rule in refused.value.rules] == ["booth_days_are_left"]


def test_nothing_else_is_asked_for_while_one_request_is_under_way():
    case = meet(OPEN["address-change"](), Procedure.in_force("address-change", today()).steps["submit"])
    take(case, "submit")
    other = matter("name-change", about=case.dossier.licence)
    with pytest.raises(RulesUnmet) as refused:
        take(meet(other, other.procedure.steps["rename"]), "submit")
    assert "no_other_is_under_way" in {rule.name for rule in refused.value.rules}


def test_what_the_group_rejects_ends_a_renewal():
    case = ready(Procedure.in_force("renewal", today()).steps["reject"])
    take(case, "reject")
    assert case.stage == "rejected"
    assert status_of(case.dossier.licence, today()) == "renewal_window"
    assert case.procedure.steps["reject"].carries_out == Outcome.REJECTED


def test_a_suspended_licence_is_not_renewed():
    about = licence(months_left=4)
    change_status(about, Status.SUSPENDED, from_on=today(), by=IMPORTER, role="importer")
    case = matter("renewal", about=about)
    with pytest.raises(RulesUnmet) as refused:
        take(case, "submit")
    assert "licence_is_in_force" in {rule.name for rule in refused.value.rules}


def test_nobody_begins_anything_about_anothers_office():
    with pytest.raises(Refusal):
        open_matter("renewal", licence(), by=person_as(Role.EXPERT))
