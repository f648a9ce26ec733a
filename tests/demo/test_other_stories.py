"""Other seeds and ends: each story is played to its end, and the journal bears out what its bulletin says."""

from collections import Counter
from datetime import timedelta

import pytest

from journal_count import Journal, of_bulletin
from pishkhan.demo.scripts.story import UNHELD, draw_story
from pishkhan.demo.sessions import AHEAD
from seeds import STORIES, faults

ADDED = ("surrender", "revival", "conversion")


def test_a_story_that_ends_on_a_friday_which_is_a_day_off_has_a_bulletin_of_its_own(deployed):
    assert (12, "1400-11-22") in STORIES  # 22 Bahman 1400 was both

    assert faults(deployed, 12, "1400-11-22") == []


@pytest.mark.no_database
@pytest.mark.parametrize("seed", [seed for seed, _ in STORIES])
def test_what_is_told_besides_is_of_offices_of_which_nothing_else_is_told(seed):
    story = draw_story(seed)
    others = [wrong.office for wrong in story.wrongs] + [grievance.office for grievance in story.grievances]
    besides = [matter for matter in story.holders.matters if matter.procedure in ADDED]
    own = [matter.office for matter in besides if matter.procedure != "revival"]
    revived = {matter.office: matter.opens_on for matter in besides if matter.procedure == "revival"}

    assert not set(own) & {*others, *story.holders.ends, 0}
    assert all(story.holders.ends[office] < opens_on for office, opens_on in revived.items())
    assert max(Counter(matter.office for matter in story.holders.matters).values()) == 1


@pytest.mark.no_database
@pytest.mark.parametrize("seed", [1, *(seed for seed, _ in STORIES)])
def test_no_meeting_that_is_not_held_takes_the_cases_of_one_that_is(seed):
    for unheld, _ in UNHELD:
        for held in draw_story(seed).meetings:
            assert held < unheld - timedelta(days=AHEAD) or held > unheld + timedelta(days=AHEAD)


@pytest.mark.no_database
def test_the_article_gains_as_many_offices_by_them_as_it_loses():
    kinds = Counter(matter.procedure for matter in draw_story().holders.matters if matter.procedure in ADDED)

    assert kinds["surrender"] == kinds["revival"] + kinds["conversion"] == 2


@pytest.mark.no_database
def test_the_count_by_the_journal_is_of_days_and_sorts_and_none_is_left_out():
    entries = [
        ("case:1", "new-licence.open", "2022-03-20", {"kind": "counter"}),
        ("case:1", "new-licence.submit", "2022-03-20", {}),
        ("case:1", "new-licence.issue", "2022-03-21", {}),
        ("case:1", "new-licence.issue", "2022-03-22", {}),
    ]
    journal = Journal(lambda question: entries if "journal_entry" in question else [])

    counted = journal.figures("2022-03-21", "2022-03-21")

    issued = {"code": "licences.issued", "by": {"kind": "counter"}, "value": 1}
    assert counted == of_bulletin({"figures": [issued]}) == {("licences.issued", (("kind", "counter"),)): 1}
