"""What acts on cases write down, who sees and is asked about which case, and what a waiver or an answer is good for."""

from datetime import timedelta

import pytest

from factories import EARLY, as_if, division, person, person_as
from pishkhan.casework.deadlines.deadlines import deadline, deadlines, is_overdue, overdue_among
from pishkhan.casework.inquiries import (
    all_cleared,
    ask_all,
    forget_the_place,
    late_inquiries,
    latest_answers,
    open_inquiries,
    refused_about,
)
from pishkhan.casework.lists.case_list import CaseList
from pishkhan.casework.lists.filters import stages
from pishkhan.casework.lists.tracking import tracked
from pishkhan.casework.models import Case, Waiver
from pishkhan.casework.procedures.procedure import SECOND_PAIR_OF_EYES
from pishkhan.casework.refusals import (
    InvalidAnswers,
    NoSuchProcedure,
    NotAtThisStage,
    RulesUnmet,
    SecondPairOfEyes,
    StaleCase,
    WaivedAlready,
    WaivesForOneself,
)
from pishkhan.casework.selectors import (
    cases_seen_by,
    is_barred,
    kept_from,
    offers,
    open_about,
    own_cases,
    under_way,
    waiver_for,
    works_on,
)
from pishkhan.casework.services import advance, open_case, waive_second_pair
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, Capacity
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing, NotPermitted
from pishkhan.language.jalali import jalali_year
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from procedure_driver import answers_for, applicant_of, at, new_request, ready, take
from rules_of_matters import licence, matter

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)
STEPS = NewLicence.steps


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def test_cases_are_numbered_by_procedure_province_and_year():
    first, second, other = new_request(), new_request(), matter("closure")
    elsewhere = matter("closure", licence(code="1601011001"))
    with clock.at(now() + 400 * DAY):
        later = matter("closure")
    year = jalali_year(today())

    assert [person.number.split("-")[1:] for person in (first, second, other, elsewhere)] == [
        ["15", str(year), "0001"],
        ["15", str(year), "0002"],
        ["15", str(year), "0001"],
        ["16", str(year), "0001"],
    ]
    assert later.number.split("-")[1:] == ["15", str(year + 1), "0001"]
    assert len({person.tracking_code for person in (first, second, other, elsewhere, later)}) == 5


def test_a_case_says_when_it_was_opened_what_it_is_about():
    about = licence()
    case = matter("closure", about)

    entry = Entry.objects.get(subject=case.subject, number=1)
    assert entry.facts == {
        "to": case.stage,
        "kind": case.kind,
        "number": case.number,
        "division": case.division_id,
        "about": about.office.subject,
    }
    assert (case.opened_on, case.submitted_on, case.edition) == (today(), None, "")
    assert "about" not in Entry.objects.get(subject=new_request().subject, number=1).facts


def test_a_procedure_that_there_is_not_begins_no_case():
    with pytest.raises(NoSuchProcedure):
        open_case("dance", None, kind="counter", division=division("15"), by=person(), applicant=person())


def test_a_step_says_from_where_to_where_by_which_rules_and_numbers():
    case = ready(STEPS["submit"])

    case = take(case, "submit")

    facts = last_of(case).facts
    assert (facts["from"], facts["to"], facts["edition"]) == ("draft", case.stage, NewLicence.edition)
    assert facts["rules"] == [rule.name for rule in STEPS["submit"].when] and facts["warned"] == []
    assert "waived" not in facts and (case.edition, case.submitted_on) == (NewLicence.edition, today())
    with clock.at(now() + 3 * DAY):
        moved = take(case, "withdraw")
    assert moved.submitted_on == case.submitted_on


def test_who_saw_an_older_case_decides_nothing_and_who_saw_this_one_does():
    case = at(NewLicence, "check")
    step, by = STEPS["send_back"], person_as(STEPS["send_back"].by)

    for seen in (case.revision - 1, case.revision + 1):
        with pytest.raises(StaleCase):
            advance(case, step, by=by, answers=answers_for(case, step), seen=seen)
    with pytest.raises(InvalidAnswers):
        advance(case, step, by=by, answers={})
    with pytest.raises(NotPermitted):
        advance(case, step, by=person_as(step.by, "1504"), answers=answers_for(case, step))
    advance(case, step, by=by, answers=answers_for(case, step), seen=case.revision)
    with pytest.raises(NotAtThisStage):
        advance(case, step, by=by, answers=answers_for(case, step))

    assert "سند کامل نیست." in words_of(case.subject).values()


def test_a_step_of_another_procedure_is_none_of_this_case():
    case = at(NewLicence, "check")
    other = next(step for step in ViolationCase.steps.values() if step.by == STEPS["send_back"].by)

    with pytest.raises(NotAtThisStage):
        advance(case, other, by=person_as(other.by), answers={})


def barred():
    """A case before a step from which whoever took an earlier one is barred, and who took it."""
    step = next(row for row in STEPS.values() if row.barring)
    case = ready(step)
    taken = Entry.objects.filter(subject=case.subject, act__in=step.barring).latest("number")
    first = Person.objects.get(pk=taken.actor.partition(":")[2])
    if not first.holds(step.by, over=case):
        assign(first, step.by, place="15", from_on=EARLY, by=SYSTEM)
    return case, step, first


def acting_head():
    head = person("15")
    assign(head, Role.DIRECTOR, place="15", from_on=today(), acting=True, letter="9", by=SYSTEM)
    return head


def test_a_second_pair_of_eyes_is_another_persons_unless_the_director_gives_leave_once():
    case, step, first = barred()
    other, director = person_as(step.by), person_as(Role.DIRECTOR)
    assert (is_barred(first, case, step), is_barred(other, case, step)) == (True, False)
    (offer,) = [row for row in offers(case, first) if row.step is step]
    assert SECOND_PAIR_OF_EYES in [rule.rule for rule in offer.unmet]
    with pytest.raises(SecondPairOfEyes):
        advance(case, step, by=first, answers=answers_for(case, step))
    with pytest.raises(NotPermitted):
        waive_second_pair(case, step, person=first, reason="تنها کارشناس", by=other)
    with pytest.raises(WaivesForOneself):
        waive_second_pair(case, step, person=director, reason="برای خودم", by=director)
    waive_second_pair(case, step, person=director, reason="برای مدیر", by=acting_head())
    waive_second_pair(case, step, person=other, reason="برای دیگری", by=director)
    with pytest.raises(SecondPairOfEyes):
        advance(case, step, by=first, answers=answers_for(case, step))

    waiver = waive_second_pair(case, step, person=first, reason="تنها کارشناس", by=director)
    assert last_of(waiver).facts | {"reason": ""} == {
        "case": case.subject,
        "step": step.path,
        "person": first.ref,
        "reason": "",
    }
    assert words_of(waiver.subject) == {(1, "reason"): "تنها کارشناس"} and waiver_for(case, step, first) == waiver
    with pytest.raises(WaivedAlready):
        waive_second_pair(case, step, person=first, reason="باز", by=director)
    (offer,) = [row for row in offers(case, first) if row.step is step]
    assert SECOND_PAIR_OF_EYES not in [rule.rule for rule in offer.unmet]
    advance(case, step, by=first, answers=answers_for(case, step))

    waiver = Waiver.objects.get(pk=waiver.pk)
    assert last_of(case).facts["waived"] == waiver.subject and waiver.used == last_of(case).name
    assert last_of(waiver).because == last_of(case).name and waiver_for(case, step, first) is None


def test_parties_are_told_of_a_step_because_of_it():
    case = take(at(NewLicence, "check"), "send_back")

    notices = Notice.objects.filter(because=last_of(case).name)

    assert {item.template for item in notices} == {notice.code for notice in STEPS["send_back"].notices}
    assert notices and {item.person for item in notices} == {applicant_of(case)}


def test_a_term_begins_where_a_stage_has_one_and_ends_with_it():
    case = at(NewLicence, "check")
    assert case.not_due_before > today() and deadline(case) >= case.not_due_before - DAY

    case = take(case, "withdraw")

    assert (case.not_due_before, deadline(case)) == (None, None) and not is_overdue(case, today() + 999 * DAY)


def test_what_is_overdue_is_told_the_latest_overdue_first_and_from_the_day_after_its_last():
    first = at(NewLicence, "check")
    with clock.at(now() + 3 * DAY):
        second = at(NewLicence, "check")
    last = deadline(first)
    with clock.at(now() + (last - today())):
        assert overdue_among(Case.objects.all()) == [] and not is_overdue(first, today())
    with clock.at(now() + (last - today()) + 40 * DAY):
        assert overdue_among(Case.objects.all()) == [first.pk, second.pk] and is_overdue(first, today())
        assert tracked(first.tracking_code)["overdue"] is True
    assert tracked(first.tracking_code)["deadline"] == last and tracked(first.tracking_code)["overdue"] is False
    assert deadlines([]) == {}


def test_the_public_is_told_when_a_request_came_to_each_stage_and_nothing_inward():
    case, inward = at(NewLicence, "returned"), at(ViolationCase, "reported")

    data = tracked(case.tracking_code.lower())

    stages = [milestone["stage"] for milestone in data["milestones"]]
    assert (stages[0], stages[-1], data["stage"]) == ("draft", "returned", "returned")
    assert len(set(stages)) == len(stages)
    assert {milestone["on"] for milestone in data["milestones"]} == {today()} and data["turn"]
    with pytest.raises(Missing):
        tracked(inward.tracking_code)


def test_parties_see_their_cases_and_who_works_there_those_that_were_submitted():
    draft, submitted = new_request(), at(NewLicence, "check")
    mine, theirs = applicant_of(draft), applicant_of(submitted)
    here, there = person_as(Role.EXPERT), person_as(Role.EXPERT, "1504")

    assert (list(cases_seen_by(mine)), list(cases_seen_by(theirs))) == ([draft], [submitted])
    assert (list(cases_seen_by(here)), list(cases_seen_by(there))) == ([submitted], [])
    assert list(cases_seen_by(here, in_order=True)) == [submitted]
    assert list(Case.objects.filter(own_cases(mine))) == [draft] and not Case.objects.filter(own_cases(here)).exists()
    assert (works_on(submitted, here), works_on(submitted, there), works_on(draft, mine)) == (True, False, False)
    assert kept_from(draft, mine) == kept_from(draft, here) == ""
    assert draft.capacity_of(Role.APPLICANT, mine) == Capacity(draft.organisation.ref)
    assert draft.capacity_of(Role.APPLICANT, theirs) is draft.capacity_of(Role.MEMBER, mine) is None
    assert draft.capacity_of(Role.OTHER_SIDE, mine) is None


def test_the_holder_is_not_told_of_a_report_before_it_is_examined():
    case = at(ViolationCase, "reported")
    holder = applicant_of(case)

    assert not Case.objects.filter(own_cases(holder)).exists() and not cases_seen_by(holder).exists()
    explained = at(ViolationCase, "explaining")
    assert list(cases_seen_by(applicant_of(explained))) == [explained]


def test_what_is_under_way_was_submitted_and_has_not_ended():
    about = licence()
    draft, going, ended = matter("closure", about), at(NewLicence, "check"), take(at(NewLicence, "check"), "withdraw")

    assert list(under_way()) == [going] and ended.where.ends
    as_if([draft], submitted_on=today())
    assert list(open_about(about.office.subject)) == [draft] and not open_about("office:0").exists()


def test_cases_are_sought_by_each_of_what_is_told():
    first, second = at(NewLicence, "check"), at(NewLicence, "returned")
    as_if([second], division_id=division("1504").code)
    expert = person_as(Role.EXPERT)

    def query(person=expert, **data):
        return list(CaseList.select(person, **data))

    assert query() == [second, first] and query(person_as(Role.EXPERT, "16")) == []
    assert (query(stage="check"), query(stage="returned"), query(stage="agenda")) == ([first], [second], [])
    assert (query(procedure="new-licence"), query(procedure="closure")) == ([second, first], [])
    assert (query(kind=first.kind), query(kind="rural_ict")) == ([second, first], [])
    assert (query(place="1504"), query(place="1503"), query(place="16")) == ([second], [first], [])
    assert (query(turn=Role.APPLICANT), query(turn=Role.EXPERT)) == ([second], [first])
    assert (query(mine=True), query(applicant_of(second), mine=True)) == ([first], [second])
    assert (query(q=first.number), query(q=second.tracking_code.lower()), query(q="nobody")) == (
        [first],
        [second],
        [],
    )
    assert query(q=str(int(first.number[-4:]))) == [first] and query(late=True) == []
    with clock.at(now() + 90 * DAY):
        assert query(late=True, stage="check") == [first] and query(late=True, stage="returned") == []
    assert stages()["check"].label == first.where.label


def inquired_case():
    case = at(NewLicence, "inquiries")
    return case, {inquiry.code: inquiry for inquiry in case.inquiries.all()}


def test_a_body_is_asked_once_and_anew_only_if_it_did_not_clear_the_case():
    case, inquiries = inquired_case()
    assert set(inquiries) == {kind.code for kind in case.procedure.inquiries} and not all_cleared(case)
    assert {row.asked_on for row in inquiries.values()} == {today()} and latest_answers(case) == {}
    for number, inquiry in enumerate(inquiries.values()):
        inquiry.answered_on, inquiry.cleared, inquiry.letter = today(), number != 0, "1"
        inquiry.save()
    refusing = next(iter(inquiries))
    about = case.procedure.inquiry(refusing).about

    assert latest_answers(case)[refusing] is False and not all_cleared(case)
    assert refused_about(case, about) and not refused_about(case, "nothing")
    assert ask_all(case, None, {}) == {"asked": [refusing]} and ask_all(case, None, {}) == {"asked": []}
    assert [open_inquiry.code for open_inquiry in open_inquiries(case)] == [refusing]
    case.inquiries.filter(answered_on=None).update(answered_on=today(), cleared=True, letter="2")
    assert all_cleared(case) and not refused_about(case, about)


def test_what_was_said_of_a_place_that_was_given_up_holds_no_longer_and_of_persons_does():
    case, _ = inquired_case()
    case.inquiries.update(answered_on=today(), cleared=True, letter="1")

    forget_the_place(case)

    of_place = {kind.code for kind in case.procedure.inquiries if kind.about == "place"}
    assert of_place and set(latest_answers(case)) == {kind.code for kind in case.procedure.inquiries} - of_place


def test_a_body_is_late_once_its_own_term_is_over_and_only_until_it_was_reminded():
    case, _ = inquired_case()

    assert late_inquiries(case, today()) == []
    late = late_inquiries(case, today() + 300 * DAY)
    assert {inquiry.code for inquiry in late} == {kind.code for kind in case.procedure.inquiries}
    case.inquiries.filter(code=late[0].code).update(reminded_on=today())
    assert late[0].code not in {inquiry.code for inquiry in late_inquiries(case, today() + 300 * DAY)}


def test_a_rule_that_binds_refuses_with_its_sentence_and_nothing_is_written():
    case, before = new_request(), Entry.objects.count()

    with pytest.raises(RulesUnmet) as refused:
        advance(case, STEPS["submit"], by=applicant_of(case))

    assert refused.value.rules and set(refused.value.rules) <= set(STEPS["submit"].when)
    assert Entry.objects.count() == before and Case.objects.get(pk=case.pk).stage == "draft"
