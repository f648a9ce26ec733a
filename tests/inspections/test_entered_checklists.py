"""A province enters an edition of its checklist without a release: drafted by one, adopted by another, from its day."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, transaction

from entered_checklist import FIRE, SOON, adopted, decision, drafted, proposed_checklist, sourced
from factories import person_as
from phone import given, report
from pishkhan.inspections.checklists import refusals
from pishkhan.inspections.checklists.checklist import EDITIONS
from pishkhan.inspections.checklists.selectors import edition, edition_in_force, editions_to_adopt, was_in_force
from pishkhan.inspections.checklists.services import (
    adopt_checklist,
    discard_checklist,
    draft_checklist,
    drop_item,
    fill_checklist,
    propose_checklist,
    put_item,
    return_checklist,
    set_first_day,
    what_is_missing,
    withdraw_checklist,
)
from pishkhan.inspections.field.offline_bundle import taken_along
from pishkhan.inspections.field.syncing import receive
from pishkhan.inspections.models import ChecklistEdition, ChecklistItem
from pishkhan.inspections.refusals import WrongAnswers
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import submit_visit
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, Missing, NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.people.roles import Role
from pishkhan.people.services import assign

pytestmark = pytest.mark.usefixtures("law", "papers")


def on_its_day():
    return clock.at(now() + SOON)


def test_an_adopted_edition_is_asked_from_its_day_on_in_its_province_alone():
    row = adopted(more=[FIRE])
    before, day = today() + SOON - timedelta(days=1), today() + SOON

    assert edition_in_force(before, "1503").code == EDITIONS[0].code
    assert edition_in_force(day, "1503").code == row.code
    assert edition_in_force(day, "1601").code == EDITIONS[0].code
    assert edition(row.code).item("fire").text.fa == FIRE["text"]
    assert "77" in edition(row.code).source.en.replace("۷۷", "77")
    assert list(problems()) == []


def test_visits_keep_the_edition_they_were_asked_for_under():
    old, _ = given()
    adopted(more=[FIRE])
    with on_its_day():
        new, _ = given(office=old.office)
        with clock.at(now() + timedelta(days=2)):
            later, _ = given(office=old.office)

            assert "fire" not in {item.code for item in items_of(old, today())}
            assert "fire" in {item.code for item in items_of(later, today())}
    assert (old.edition, new.edition) == ("1400", "1400"), "asked for a day before it is given"


def test_whoever_wrote_of_it_does_not_adopt_it_in_another_role_either():
    expert = person_as(Role.EXPERT)
    helper = person_as(Role.EXPERT)
    row = drafted(by=expert)
    put_item(row, item=FIRE, by=helper)
    propose_checklist(row, by=expert)
    for who in (expert, helper):
        assign(who, Role.DIRECTOR, place="15", from_on=today(), by=SYSTEM)
        with pytest.raises(refusals.WroteItOneself):
            adopt_checklist(row, **decision(who), by=who)

    row.refresh_from_db()
    assert row.state == ChecklistEdition.State.PROPOSED


@pytest.mark.parametrize(("role", "place"), [(Role.EXPERT, "15"), (Role.SECRETARY, "15"), (Role.DIRECTOR, "16")])
def test_only_the_director_there_adopts(role, place):
    row, who = proposed_checklist(), person_as(role, place)
    with pytest.raises(NotPermitted):
        adopt_checklist(row, **decision(who), by=who)


def test_the_scan_is_that_of_whoever_adopts():
    row, director = proposed_checklist(), person_as(Role.DIRECTOR)
    with pytest.raises(Missing):
        adopt_checklist(row, **decision(person_as(Role.DIRECTOR)), by=director)


def test_it_begins_on_a_day_to_come_and_one_from_each_day():
    expert = person_as(Role.EXPERT)
    with pytest.raises(refusals.DayHasCome):
        draft_checklist("15", today(), by=expert)
    row = proposed_checklist()
    director = person_as(Role.DIRECTOR)
    with on_its_day(), pytest.raises(refusals.DayHasCome):
        adopt_checklist(row, **decision(director), by=director)
    adopt_checklist(row, **decision(director), by=director)

    second = proposed_checklist()
    with pytest.raises(refusals.DayIsTaken):
        adopt_checklist(second, **decision(director), by=director)


def test_what_was_adopted_is_withdrawn_before_its_day_and_never_after():
    row, director = adopted(), person_as(Role.DIRECTOR)
    with on_its_day(), pytest.raises(refusals.DayHasCome):
        withdraw_checklist(row, reason="دیر است", by=director)
    withdraw_checklist(row, reason="تصمیم عوض شد", by=director)

    assert edition_in_force(today() + SOON, "15").code == EDITIONS[0].code
    assert row.decision, "by which decision it was to hold stays known"
    assert list(problems()) == []


def test_a_draft_is_given_back_written_on_put_forward_again_or_discarded():
    row, director, expert = proposed_checklist(), person_as(Role.DIRECTOR), person_as(Role.EXPERT)
    assert list(editions_to_adopt(director)) == [row]
    with pytest.raises(refusals.Elsewhere):
        put_item(row, item=FIRE, by=expert)
    return_checklist(row, reason="مأخذ بندی درست نیست", by=director)
    assert not editions_to_adopt(director)

    put_item(row, item=FIRE, by=expert)
    put_item(row, item=FIRE | {"severity": "minor"}, by=expert)
    drop_item(row, code="queue", by=expert)
    set_first_day(row, valid_from=today() + 2 * SOON, by=expert)
    propose_checklist(row, by=expert)
    assert row.items.get(code="fire").severity == "minor"
    assert not row.items.filter(code="queue").exists()
    discard_checklist(row, by=expert)
    assert row.state == ChecklistEdition.State.WITHDRAWN
    assert list(problems()) == []


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"article": ""}, "article"),
        ({"instrument": ""}, "instrument"),
        ({"instrument": "no-such-law"}, "instrument"),
        ({"severity": ""}, "severity"),
        ({"severity": "grave"}, "severity"),
        ({"code": "Fire!"}, "code"),
        ({"code": "door"}, "code"),
        ({"text_en": ""}, "text_en"),
        ({"photo": "sometimes"}, "photo"),
        ({"visits": "routine,never"}, "visits"),
        ({"can_be_absent": "perhaps"}, "can_be_absent"),
    ],
)
def test_an_item_that_cannot_be_asked_is_refused_where_it_is_wrong(wrong, column):
    row, expert = drafted(), person_as(Role.EXPERT)
    entries = Entry.objects.count()
    with pytest.raises(Invalid) as refused:
        put_item(row, item=FIRE | wrong, by=expert)

    assert set(refused.value.fields) == {column}
    assert Entry.objects.count() == entries


def test_a_table_is_taken_wholly_or_not_at_all_and_names_every_row_that_is_wrong():
    row, expert = drafted(), person_as(Role.EXPERT)
    items, before = sourced(row), row.items.count()
    with pytest.raises(Invalid) as refused:
        fill_checklist(row, items=[*items, FIRE | {"severity": ""}, items[0]], by=expert, first=2)

    answer = refused.value.fields["table"].en
    assert f"Row {before + 2}: severity" in answer
    assert f"Row {before + 3}: code: The code 'open' is there twice." in answer
    assert row.items.count() == before


def test_lists_are_written_as_people_write_them():
    row, expert = drafted(), person_as(Role.EXPERT)
    put_item(row, item=FIRE | {"objects": "proposed_place، office", "kinds": ["rural_ict"]}, by=expert)
    item = row.items.get(code="fire")

    assert (item.objects_seen, item.kinds, item.at_places) == ("office,proposed_place", "rural_ict", "initial,final")


def test_what_leaves_a_visit_without_anything_to_look_at_is_not_put_forward():
    expert = person_as(Role.EXPERT)
    row = draft_checklist("15", today() + SOON, by=expert)
    with pytest.raises(refusals.NotWhole):
        propose_checklist(row, by=expert)
    fill_checklist(row, items=[FIRE], by=expert)
    missing = {text.en for text in what_is_missing(row)}

    assert "In 'Initial visit' of proposed place nothing is looked at." in missing
    assert "In 'Routine visit' of office nothing is looked at." not in missing
    with pytest.raises(refusals.NotWhole):
        propose_checklist(row, by=expert)


def test_items_without_a_source_are_copied_and_have_to_get_one():
    row = draft_checklist("15", today() + SOON, by=person_as(Role.EXPERT), like="1400")
    missing = {text.en for text in what_is_missing(row)}

    assert "Item queue has no article." in missing
    assert "Item address has no article." not in missing, "its instrument and article came along"


def test_a_phone_with_an_older_edition_still_hands_in_a_visit_begun_on_the_spot():
    visit, inspector = given()
    adopted(more=[FIRE])
    with on_its_day():
        office = visit.office
        answer = report(visit).model_dump(mode="json")
        fresh = {"id": answer["id"], "visit": answer["device"], "begun": begun(office)}
        inspector = person_as(Role.INSPECTOR)
        sent = report(visit, **{**fresh, "edition": "1400"})
        taken = receive(sent, sent_at=now(), by=inspector)

        assert taken.visit.edition == "1400"
        assert taken_along(inspector)["spot"]["edition"] == edition_in_force(today(), "15").code


def begun(office):
    return {"office": office.code, "kind": "routine", "purpose": "performance"}


def test_an_edition_that_never_held_there_is_not_taken_from_a_phone():
    visit, _ = given()
    other = adopted(place="16")
    with on_its_day():
        inspector = person_as(Role.INSPECTOR)
        answer = report(visit, begun=begun(visit.office), edition=other.code).model_dump()
        sent = report(visit, **{**answer, "visit": answer["device"]})
        with pytest.raises(Exception, match="edition"):
            receive(sent, sent_at=now(), by=inspector)


def test_an_item_that_must_be_answered_takes_no_not_applicable():
    adopted(more=[FIRE | {"can_be_absent": "no"}])
    with on_its_day():
        office = given()[0].office
    with clock.at(now() + SOON + timedelta(days=3)):
        visit, inspector = given(office=office)
        answers = {item.code: "ok" for item in items_of(visit, today())}
        with pytest.raises(WrongAnswers) as refused:
            submit_visit(visit, answers=answers | {"fire": "not_applicable"}, visited_on=today(), by=inspector)

        assert set(refused.value.fields) == {"fire"}


def test_start_up_knows_what_was_adopted_and_misses_what_is_gone():
    row = adopted()
    with on_its_day():
        office = given()[0].office
    with clock.at(now() + SOON + timedelta(days=3)):
        visit, _ = given(office=office)
    assert visit.edition == row.code
    assert not [check for check in run_checks(databases=["default"]) if check.id == "inspections.E001"]
    ChecklistEdition.objects.filter(pk=row.pk).update(state="withdrawn")
    assert [check for check in run_checks(databases=["default"]) if check.id == "inspections.E001"]


def test_verify_journal_notices_an_item_that_no_act_changed():
    row = adopted()
    ChecklistItem.objects.filter(edition=row, code="open").update(severity="minor")
    assert [row.subject in str(problem) for problem in problems()] == [True]


def test_the_database_itself_holds_a_second_person_and_a_decision():
    row = adopted()
    for wrong in ({"drafted_by": row.adopted_by_id}, {"decision": ""}, {"valid_from": row.adopted_on}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ChecklistEdition.objects.filter(pk=row.pk).update(**wrong)


def test_before_the_first_there_was_none():
    assert not was_in_force(EDITIONS[0].valid_from - timedelta(days=1), "15")
    assert was_in_force(EDITIONS[0].valid_from, "15")
