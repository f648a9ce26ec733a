"""The main job on real input: Lorestan's half year in one command, as the article tells of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import sleep

import pytest
from django.db import connection, transaction

from due_process import as_text
from pishkhan.casework.verify import replayed
from pishkhan.demo.play import play
from pishkhan.demo.scripts.licence_requests import Holders
from pishkhan.demo.scripts.story import BEGINS, YEAR_BEGINS, Fate, draw_story
from pishkhan.demo.stage.places import joined
from pishkhan.demo.stage.watch import Watch
from pishkhan.geography.services import open_province
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import TEHRAN
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import jalali_date, parts
from pishkhan.measures.bulletin import as_json
from pishkhan.measures.figures import Period
from pishkhan.meetings.models import Meeting
from pishkhan.notices.adapters import Outbox
from pishkhan.offices.models import Licence
from pishkhan.offices.selectors import status_of
from pishkhan.regulation.calendar import is_working_day

FRIDAY = 4
pytestmark = pytest.mark.xdist_group("demo")  # the half year is played once


def bulletin(deployed, *more):
    run = deployed.run(
        "bulletin",
        "--region",
        "15",
        "--from",
        "1401-01-01",
        "--to",
        "1401-06-25",
        "--format",
        "json",
        *more,
        check=True,
    )
    return json.loads(run.stdout)


def value(report, code, **by):
    result = next(figure for figure in report["figures"] if figure["code"] == code and figure["by"] == by)
    assert result["value"] == len(set(result["records"]))
    return result["value"]


def purposes(report):
    """Visits by what they were for: performance, health, establishment, correction of addresses, ATMs and booths."""
    return {
        figure["by"]["purpose"]: figure["value"]
        for figure in report["figures"]
        if figure["code"] == "visits.made" and "purpose" in figure["by"]
    }


def test_the_half_year_comes_to_what_the_article_tells(played):
    assert played.printed.returncode == 0, played.printed.stderr
    report = bulletin(played)
    assert [value(report, "offices.active", kind=kind) for kind in ("counter", "rural_ict")] == [255, 43]
    assert [value(report, "licences.issued", kind=kind) for kind in ("counter", "rural_ict")] == [6, 8]
    assert value(report, "visits.made") == 120
    assert [value(report, "meetings.held", body=body) for body in ("working_group", "violations_committee")] == [2, 3]
    named = {"performance", "health", "establishment", "address_correction", "atm_booth"}  # in the article
    assert {purpose for purpose, count in purposes(report).items() if count} == named
    assert "۲۵۵" in played.printed.stdout


def test_what_holders_asked_for_is_told_too(played):
    report = bulletin(played)
    succeeded = {
        (figure["by"]["origin"], figure["by"]["kind"]): figure["value"]
        for figure in report["figures"]
        if figure["code"] == "licences.succeeded"
    }
    assert succeeded == {
        ("renewal", "counter"): 9,
        ("renewal", "rural_ict"): 3,
        ("transfer", "counter"): 4,
        ("transfer", "rural_ict"): 1,
        ("reissue", "counter"): 7,
        ("reissue", "rural_ict"): 2,
        ("revival", "counter"): 1,
        ("conversion", "rural_ict"): 1,
    }
    assert [value(report, "licences.closed", kind=kind) for kind in ("counter", "rural_ict")] == [2, 1]
    waived = played.query(
        "SELECT count(*) FROM offices_licencestatus WHERE status = 'waived' "
        "AND superseded_at IS NULL AND valid_to > '2022-09-16'"
    )
    assert [tuple(row) for row in waived] == [(1,)]
    moved = {row[0] for row in played.query("SELECT stage FROM casework_case WHERE procedure_code = 'address-change'")}
    assert moved == {"issued"}


def test_the_journal_is_whole_and_nothing_is_wrong(played):
    assert played.run("verify-journal").returncode == 0
    checked = played.run("check")
    owner = "owns the journal's tables"  # on PostgreSQL the demo runs as the owner, and the check says so
    assert [line for line in checked.stderr.splitlines() if owner not in line] == []


def test_nobody_acts_on_a_friday(played):
    days = {row[0] for row in played.query("SELECT DISTINCT happened_on FROM journal_entry")}
    moments = {row[0] for row in played.query("SELECT at FROM journal_entry")}
    moments = {datetime.fromisoformat(str(moment)) for moment in moments}
    moments = {moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in moments}
    assert len(moments) > 1_000
    assert FRIDAY not in {datetime.fromisoformat(str(day)).weekday() for day in days}
    assert FRIDAY not in {moment.astimezone(TEHRAN).weekday() for moment in moments}


def test_what_was_known_at_nowruz_is_told_as_it_was_known(played):
    report = bulletin(played, "--as-known-on", "1400-12-25")
    assert value(report, "licences.issued", kind="counter") == 0
    assert value(report, "visits.made") == 0
    assert value(report, "offices.active", kind="counter") == 249


def test_told_again_it_is_not_played_again_and_another_story_is(played):
    again = played.run("demo", "--no-serve")
    assert again.returncode == 0
    assert "played" not in again.stderr
    assert again.stdout == played.printed.stdout


def test_what_an_earlier_version_played_is_played_again(deployed):
    story = ("demo", "--seed", "7", "--until", "1400-11-20", "--no-serve")
    assert deployed.run(*story).returncode == 0
    assert "played" not in deployed.run(*story).stderr
    deployed.query("DELETE FROM django_migrations WHERE app = 'payments' AND name <> '0001_initial' RETURNING name")
    assert "played" in deployed.run(*story).stderr


def test_every_way_a_request_can_go_is_told(played):
    stages = {row[0] for row in played.query("SELECT DISTINCT stage FROM casework_case")}
    assert stages >= {
        "issued",
        "rejected",
        "lapsed",
        "withdrawn",
        "draft",
        "check",
        "initial-visit",
        "committee",
        "agenda",
        "inquiries",
        "region",
    }
    acts = {row[0] for row in played.query("SELECT DISTINCT act FROM journal_entry")}
    assert acts >= {
        f"new-licence.{step}"
        for step in (
            "send_back",
            "complete",
            "lapse",
            "refuse_place",
            "move",
            "defer",
            "reject",
            "approve_on_condition",
            "forgo",
            "meet_condition",
            "refuse_person",
            "refuse_site",
            "look_again",
            "give_back",
            "send_again",
            "withdraw",
            "remind",
        )
    }
    assert acts >= {"item.recuse", "minutes.sign", "journal.checkpoint", "office.enter"}


def test_a_database_that_holds_something_else_is_refused(deployed):
    assert deployed.run("init", "--province", "15").returncode == 0
    before = deployed.query("SELECT count(*) FROM journal_entry")
    refused = deployed.run("demo", "--no-serve", "--lang", "en")
    assert refused.returncode == 1
    assert "something else" in refused.stderr
    assert deployed.query("SELECT count(*) FROM journal_entry") == before


@pytest.mark.parametrize("until", ["1402-01-01", "1400-11-01", "yesterday", "1401-12-30"])
def test_a_day_outside_the_story_is_refused_in_words(deployed, until):
    refused = deployed.run("demo", "--no-serve", "--until", until)
    assert refused.returncode == 1
    assert "--until" in refused.stderr


@pytest.mark.parametrize("wait", [2.5, 6.0])
def test_killed_at_some_point_it_starts_over_cleanly_and_nothing_is_half_done(nowhere, wait):
    story = ("demo", "--seed", "7", "--until", "1400-11-20", "--no-serve")
    playing = nowhere.start(*story)
    sleep(wait)
    playing.kill()
    playing.wait()
    left = nowhere.run("verify-journal")
    assert (
        left.returncode == 0
        or "migrat" in left.stderr.lower()
        or "no such table" in left.stderr.lower()
        or "does not exist" in left.stderr.lower()
    ), left.stderr
    assert nowhere.run(*story).returncode == 0
    assert nowhere.run("verify-journal").returncode == 0


@pytest.mark.django_db
def test_one_licence_and_one_visit_less_change_exactly_their_figures(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    story = draw_story(until=jalali_date(1401, 4, 2))
    licensed = next(
        request for request in story.requests if request.fate == Fate.ISSUED and request.opens_on < YEAR_BEGINS
    )
    visit = min(story.rounds, key=lambda tour: tour.visited_on)
    less = replace(
        story,
        rounds=tuple(tour for tour in story.rounds if tour != visit),
        requests=tuple(
            replace(request, fate=Fate.AT_REGION) if request == licensed else request for request in story.requests
        ),
    )
    whole, without = figures_of(story, tmp_path), figures_of(less, tmp_path)
    kind = ("kind", licensed.kind)
    assert {key: whole[key] - without[key] for key in whole if whole[key] != without[key]} == {
        ("offices.active", kind): 1,
        ("licences.issued", kind): 1,
        ("visits.made",): 1,
        ("visits.made", ("purpose", visit.purpose)): 1,
    }
    assert {key: amount for key, amount in whole.items() if key not in without} == {}


@pytest.mark.django_db
def test_with_nobody_acting_the_clock_reminds_and_waives_whom_the_law_names(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    end = jalali_date(1401, 12, 29)
    story = draw_story(until=end)
    alone = replace(story, requests=(), rounds=(), meetings=(), wrongs=(), holders=Holders((), story.holders.ends))
    watch = Watch()
    watch.start(BEGINS)
    with watch.tick():
        province = open_province("15", SYSTEM)
    play(alone, watch, province, None, lambda *progress: None, Outbox(tmp_path))

    days = [BEGINS + timedelta(days=number) for number in range((end - BEGINS).days + 1)]
    works = [day for day in days if day > BEGINS + timedelta(days=1) and is_working_day(day, place="15")]
    report = {name: {} for name in ("remind", "waived")}
    for licence in Licence.objects.all():
        asked_by, due = by_hand(licence.valid_until)
        reminded = [
            day
            for day in works
            if day <= asked_by and any(item <= day and not any(item <= other < day for other in works) for item in due)
        ]
        report["remind"][licence.subject] = reminded
        report["waived"][licence.subject] = [day for day in works if asked_by < day <= licence.valid_until][:1]
        assert status_of(licence, end) == by_hand_status(licence, end, report["waived"][licence.subject])
    for name, expected in report.items():
        acts = Entry.objects.filter(act=f"licence.{name}").order_by("at").values_list("subject", "happened_on")
        result = {subject: [day for whose, day in acts if whose == subject] for subject in expected}
        assert result == expected
    assert sum(map(len, report["waived"].values())) > 20
    assert set(Meeting.objects.values_list("state", flat=True)) == {"cancelled"}, "nothing was ready for any"


def by_hand(valid_until):
    """The last day to ask for renewal, and the days of reminders, by counting months on the fingers."""
    year, month, day = parts(valid_until + timedelta(days=1))

    def before(months):
        y, m = (year, month - months) if month > months else (year - 1, month - months + 12)
        longest = 31 if m <= 6 else 30 if m < 12 or y in (1399, 1403, 1408) else 29
        return jalali_date(y, m, min(day, longest))

    weekly = [before(4) + timedelta(days=7 * number) for number in range(1, 5)]
    return before(3), {before(6), before(4), before(3), *(row for row in weekly if row < before(3))}


def by_hand_status(licence, day, waived):
    if day > licence.valid_until:
        return "expired"
    if waived and waived[0] <= day:
        return "waived"
    _, due = by_hand(licence.valid_until)
    return "renewal_window" if day >= min(due) else "active"


def figures_of(story, tmp_path):
    """Play a story on the test database and take it all back: its figures."""
    with transaction.atomic():
        watch = Watch()
        watch.start(BEGINS)
        with watch.tick():
            province = open_province("15", SYSTEM)
        play(story, watch, province, None, lambda *progress: None, Outbox(tmp_path))
        with watch.tick():
            report = as_json(Period("15", jalali_date(1401, 1, 1), story.until))
        assert [*problems(), *replayed()] == []
        transaction.set_rollback(True)
    return {(figure["code"], *figure["by"].items()): figure["value"] for figure in report["figures"]}


@pytest.mark.parametrize(
    ("parted", "name"),
    [
        ("خرم آباد", "خرم\u200cآباد"),
        ("اولاد نقی آباد", "اولاد نقی\u200cآباد"),
        ("آباد", "آباد"),
        ("کمال آبادان", "کمال آبادان"),
    ],
)
def test_names_of_places_are_written_in_one_word(parted, name):
    assert joined(parted) == name


@pytest.mark.parametrize("seed", range(2, 12))
def test_each_seed_tells_a_story_of_its_own(seed):
    story = draw_story(seed)
    assert story == draw_story(seed)
    assert story != replace(draw_story(seed + 1), seed=seed)
    visits = sum(request.visits for request in (*story.requests, *story.holders.matters)) + len(story.rounds)
    assert 90 <= visits <= 150
    offices = [matter.office for matter in story.holders.matters]
    assert len(set(offices)) == len(offices) and 0 not in offices
    assert 2 <= len(story.meetings) <= 3


def test_the_committee_decides_what_was_told_of_offices_and_nobody_is_suspended_without_due_process(played):
    outcomes = dict(
        map(
            tuple,
            played.query("SELECT outcome, count(*) FROM meetings_resolution WHERE number LIKE 'VC-%' GROUP BY outcome"),
        )
    )
    assert sum(outcomes.values()) == 11 and outcomes["unfounded"] >= 1
    report = bulletin(played)
    assert value(report, "meetings.held", body="violations_committee") == 3
    assert value(report, "resolutions.adopted", body="violations_committee") == 11
    rows = [
        tuple(row)
        for row in played.query("SELECT imposed, annulled_on IS NULL, executed_on IS NULL FROM enforcement_sanction")
    ]
    suspended = [row for row in rows if row[0] == "suspension"]
    assert (len(suspended), sum(not stands for _, stands, _ in suspended)) == (2, 1)
    assert [row[2] for row in rows if row[0] == "revocation"] == [True]  # proposed, and the licence stands
    assert [
        tuple(row) for row in played.query("SELECT count(*) FROM casework_case WHERE procedure_code = 'violation'")
    ] == [(20,)]
    days = [BEGINS + timedelta(days=number) for number in range(260)]
    text = " UNION ALL ".join(as_text(day, connection.vendor) for day in days)
    assert {tuple(row) for row in played.query(text)} == {(0,)}
    assert played.query("SELECT count(*) FROM offices_licencestatus WHERE status = 'suspended'")[0][0] > 0


def test_people_complain_and_what_became_of_it_is_told(played):
    rows = [
        tuple(row)
        for row in played.query(
            "SELECT state, outcome, joined_to_id IS NULL, case_id IS NULL, escalated_on IS NULL, received_on, since "
            "FROM enforcement_complaint"
        )
    ]
    assert len(rows) == 70
    assert {row[1] for row in rows} == {"", "remedied", "explained", "pursued", "unfounded", "referred"}
    assert {row[0] for row in rows} == {"received", "sent", "visiting", "case", "joined", "dismissed", "closed"}
    assert [row for row in rows if row[0] == "joined" and row[2]] == []
    ((reported,),) = played.query("SELECT count(*) FROM enforcement_violationdossier WHERE source = 'complaint'")
    assert sum(not row[3] for row in rows) == reported > 0
    acts = {row[0] for row in played.query("SELECT DISTINCT act FROM journal_entry WHERE act LIKE 'complaint.%'")}
    assert acts >= {
        f"complaint.{name}"
        for name in (
            "receive",
            "send",
            "answer",
            "publish",
            "close",
            "dismiss",
            "join",
            "ask-visit",
            "open-case",
            "escalate",
            "settled",
            "unsettled",
        )
    }
    report = bulletin(played)
    came = [figure["value"] for figure in report["figures"] if figure["code"] == "complaints.received"]
    assert sum(came) == sum("2022-03-21" <= str(row[5])[:10] <= "2022-09-16" for row in rows)
    goal = {row["code"]: row["value"] for row in report["goals"] if row["goal"] == "integrity"}
    ended = [row[1] for row in rows if row[0] == "closed" and "2022-03-21" <= str(row[6])[:10] <= "2022-09-16"]
    founded = sum(outcome in ("remedied", "pursued") for outcome in ended)
    assert goal == {
        "integrity.complaints_founded": founded,
        "integrity.founded_percent": round(100 * founded / len(ended), 1),
    }
