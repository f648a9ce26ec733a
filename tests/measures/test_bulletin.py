"""Every figure is the number of the records it names, counted anew by hand; goals without a measure say why."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from math import asin, cos, radians, sin, sqrt

import pytest
from django.core.management import CommandError, call_command

from complained import again, expert
from complained import complaint_made as told_of
from factories import describe_division, division, person, person_as
from http_client import signed_in
from pishkhan.complaints import services as complaints
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.geography.models import Population
from pishkhan.inspections.models import Visit, Waiver
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import assign_visit, request_visit, submit_visit
from pishkhan.inspections.visits.waivers import waive
from pishkhan.journal import clock
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.measures.access import straight_line_access
from pishkhan.measures.bulletin import as_json, as_text
from pishkhan.measures.figures import FIGURES, Period
from pishkhan.measures.goals import GOALS
from pishkhan.measures.series import by_month
from pishkhan.meetings.carrying_out import carry_out
from pishkhan.meetings.services import close_meeting
from pishkhan.offices.services import OfficeFacts, PremisesFacts, import_office
from pishkhan.people.roles import Role
from procedure_driver import at, meeting_about, places, vote_on

pytestmark = pytest.mark.usefixtures("law", "papers")


def bulletin(**report):
    return as_json(Period(**{"region": "15", "from_on": today(), "to_on": today()} | report))


def values(report, code):
    return {
        tuple(sorted(figure["by"].items())): figure["value"]
        for figure in report["figures"]
        if figure["code"] == code and figure["value"]
    }


def routine(office, purpose="health", further=()):
    visit = request_visit(kind=Visit.Kind.ROUTINE, purpose=purpose, office=office, by=person_as(Role.EXPERT))
    inspector = person_as(Role.INSPECTOR)
    assign_visit(visit, inspector, planned_on=today(), by=person_as(Role.EXPERT))
    return submit_visit(
        visit,
        answers={item.code: "ok" for item in items_of(visit, today())},
        visited_on=today(),
        by=inspector,
        further=further,
    )


def test_each_figure_counts_the_records_it_names():
    counter = at(NewLicence, "issued")
    at(NewLicence, "issued", under=places(kind="rural_ict", code="1504011001"))
    visit = routine(counter.dossier.office, further=("performance",))
    report = bulletin()
    assert all(figure["value"] == len(figure["records"]) == len(set(figure["records"])) for figure in report["figures"])
    assert values(report, "offices.active") == {(("kind", "counter"),): 1, (("kind", "rural_ict"),): 1}
    assert values(report, "licences.issued") == {(("kind", "counter"),): 1, (("kind", "rural_ict"),): 1}
    assert values(report, "visits.made") == {
        (): 5,
        (("purpose", "establishment"),): 4,
        (("purpose", "health"),): 1,
        (("purpose", "performance"),): 1,
    }
    assert values(report, "cases.submitted") == {
        (("kind", kind), ("procedure", "new-licence")): 1 for kind in ("counter", "rural_ict")
    }
    health = next(figure for figure in report["figures"] if figure["by"] == {"purpose": "health"})
    assert health["records"] == [str(visit.pk)]


def test_leave_for_the_same_inspector_is_counted_by_the_day_it_was_given_and_by_no_other_leave():
    visit, director = routine(at(NewLicence, "issued").dossier.office), person_as(Role.DIRECTOR)
    given = waive(visit, Waiver.Rule.OTHER_INSPECTOR, person=visit.inspector, reason="تنها بازرس", by=director)
    waive(visit, Waiver.Rule.SECOND_PAIR, person=person_as(Role.EXPERT), reason="تنها کارشناس", by=director)
    report = bulletin()
    assert values(report, "visits.same_inspector") == {(): 1}
    records = next(figure["records"] for figure in report["figures"] if figure["code"] == "visits.same_inspector")
    assert records == [f"{visit.pk}/{given.pk}"]
    assert "1  waiver" in as_text(Period("15", today(), today()), "en")
    tomorrow, yesterday = today() + timedelta(days=1), today() - timedelta(days=1)
    assert values(bulletin(from_on=tomorrow, to_on=tomorrow), "visits.same_inspector") == {}
    assert values(bulletin(from_on=yesterday, known_on=yesterday), "visits.same_inspector") == {}
    assert values(bulletin(region="16"), "visits.same_inspector") == {}


def test_a_violation_is_no_request():
    case = at(ViolationCase, "explaining")
    report, month = bulletin(), by_month(Period("15", today(), today()))[-1]
    assert case.submitted_on == today()
    assert {dict(sort)["procedure"] for sort in values(report, "cases.submitted")} <= {"new-licence"}
    assert sum(values(report, "violations.reported").values()) == 1
    assert month.requests == sum(values(report, "cases.submitted").values())


def test_meetings_and_resolutions_by_body_procedure_and_outcome():
    under = places(2)
    meeting, secretary = meeting_about(*(at(NewLicence, "agenda", under=under) for _ in range(2)))
    for item, outcome in zip(meeting.items.order_by("position"), ("approved", "rejected"), strict=True):
        vote_on(item, outcome, secretary)
    close_meeting(meeting, by=secretary)
    carry_out(meeting, by=secretary)
    report = bulletin()
    body = ("body", "working_group")
    assert values(report, "meetings.held") == {(body,): 1}
    assert values(report, "resolutions.adopted") == {
        (body,): 2,
        **{(body, ("outcome", outcome), ("procedure", "new-licence")): 1 for outcome in ("approved", "rejected")},
    }
    empty = [figure for figure in report["figures"] if figure["by"] == {"body": "violations_committee"}]
    assert [item["value"] for item in empty] == [0, 0]


def test_one_licence_less_changes_exactly_its_figures():
    under = places(2)
    at(NewLicence, "issued", under=under)
    before = bulletin()
    second = at(NewLicence, "issued", under=under)
    after = bulletin()
    office = second.dossier.office
    changed = {
        figure["code"] for figure, then in zip(after["figures"], before["figures"], strict=True) if figure != then
    }
    assert changed >= {"offices.active", "licences.issued"}
    assert changed <= {
        "offices.active",
        "licences.issued",
        "visits.made",
        "meetings.held",
        "resolutions.adopted",
        "cases.submitted",
    }
    fresh = {record for figure in after["figures"] for record in figure["records"]} - {
        record for figure in before["figures"] for record in figure["records"]
    }
    assert {office.code, office.licences.get().number, second.number} <= fresh


def test_an_office_that_was_imported_is_active_and_was_not_issued_here():
    place, manager = division("1503"), person("1503")
    import_office(
        OfficeFacts(
            "counter",
            place,
            manager,
            PremisesFacts(address="نشانی"),
            manager,
            None,
            today(),
            "7",
            today(),
            today() + timedelta(days=99),
        )
    )
    report = bulletin()
    assert values(report, "offices.active") == {(("kind", "counter"),): 1}
    assert values(report, "licences.issued") == {}


def test_other_regions_and_periods_count_nothing():
    at(NewLicence, "issued")
    assert all(figure["value"] == 0 for figure in bulletin(region="1504")["figures"])
    yesterday = today() - timedelta(days=1)
    assert all(figure["value"] == 0 for figure in bulletin(from_on=yesterday, to_on=yesterday)["figures"])


def test_what_was_recorded_later_is_left_out_of_what_was_known():
    at(NewLicence, "issued")
    assert all(figure["value"] == 0 for figure in bulletin(known_on=today() - timedelta(days=1))["figures"])
    known = bulletin(known_on=today())["figures"]
    assert known == bulletin()["figures"]


def test_a_bulletin_is_the_same_when_asked_for_again_later():
    at(NewLicence, "issued")
    report = bulletin(known_on=today())
    with clock.at(datetime.now(UTC) + timedelta(days=30)):
        at(NewLicence, "issued")
        assert (
            bulletin(
                from_on=today() - timedelta(days=30),
                to_on=today() - timedelta(days=30),
                known_on=today() - timedelta(days=30),
            )["figures"]
            == report["figures"]
        )


def test_every_figure_is_declared_once_in_both_languages():
    for figure in FIGURES.values():
        assert all(figure.sentence)
    assert len({goal.code for goal in GOALS}) == len(GOALS) == 11


def test_a_goal_is_measured_or_says_why_not_and_is_never_a_made_up_zero():
    report = bulletin()
    assert [goal["measured"] for goal in report["goals"]] == [False] * 11
    assert all(goal["because"]["fa"] and goal["because"]["en"] for goal in report["goals"])
    assert "value" not in str(report["goals"])


def test_access_is_the_distance_to_the_nearest_office_weighted_by_people():
    towns = {"1503011001": (33.48, 48.35, 1000, "census"), "1504011001": (33.90, 48.75, 3000, "synthetic")}
    for code, (lat, lon, people, quality) in towns.items():
        describe_division(code, kind="city", lat=lat, lon=lon, quality="geocoded")
        Population.objects.create(division_id=code, year=1395, people=people, quality=quality)
    assert straight_line_access("15", today()).mean_km is None
    at(NewLicence, "issued")  # at (33.48, 48.35)
    km = haversine(33.48, 48.35, 33.90, 48.75)
    access = straight_line_access("15", today())
    assert access.mean_km == pytest.approx(km * 3000 / 4000, rel=1e-9)
    assert access.beyond == {5: 3000, 10: 3000, 20: 3000}
    assert (access.people, access.synthetic) == (4000, 3000)
    goal = [row for row in bulletin()["goals"] if row["goal"] == "access"]
    assert [item["value"] for item in goal[:2]] == [4000, round(access.mean_km, 3)]
    assert "75" in goal[0]["note"]["en"]


def haversine(lat, lon, to_lat, to_lon):
    lat, lon, to_lat, to_lon = map(radians, (lat, lon, to_lat, to_lon))
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def test_the_text_says_the_same_in_both_languages():
    at(NewLicence, "issued")
    period = Period("15", today(), today())
    assert "offices active" in as_text(period, "en").lower()
    assert "دفتر پیشخوان" in as_text(period, "fa")
    assert not any(digit in as_text(period, "fa") for digit in "0123456789")


def printed(**report):
    out = StringIO()
    report = {"region": "15", "from_on": "1401-01-01", "to_on": "1401-06-25", "format": "json"} | report
    call_command("bulletin", **report, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_contract():
    report = json.loads(printed())
    assert {key: report[key] for key in ("region", "from", "to", "as_known_on")} == {
        "region": "15",
        "from": "1401-01-01",
        "to": "1401-06-25",
        "as_known_on": jalali(today()),
    }
    assert {(figure["code"], *figure["by"]) for figure in report["figures"]} >= {
        ("offices.active", "kind"),
        ("licences.issued", "kind"),
        ("visits.made",),
        ("visits.made", "purpose"),
        ("meetings.held", "body"),
        ("resolutions.adopted", "body"),
    }
    assert json.loads(printed(from_on="2022-03-21", to_on="۱۴۰۱/۶/۲۵"))["from"] == "1401-01-01"


@pytest.mark.parametrize(
    ("report", "complaint"),
    [
        ({"to_on": "1401-12-30"}, "29"),
        ({"from_on": "first of Nowruz"}, "25 Shahrivar 1401"),
        ({"region": "99"}, "99"),
        ({"from_on": "1401-06-25", "to_on": "1401-01-01"}, "ends before"),
        ({"as_known_on": "1401-13-01"}, "month 13"),
        ({"region": "15; DROP"}, "no region"),
    ],
)
def test_the_command_says_in_words_what_is_wrong(report, complaint):
    with pytest.raises(CommandError, match=complaint):
        printed(**report, lang="en")


def test_the_bulletin_over_http_is_for_who_works_there():
    division("16")
    path = "/api/bulletin?region=15&from=1401-01-01&to=1401-06-25"
    assert signed_in(person_as(Role.DIRECTOR)).get(path).json()["region"] == "15"
    assert signed_in(person_as(Role.DIRECTOR, place="16")).get(path).status_code == 404
    assert signed_in(person_as(Role.EXPERT, place="1503")).get(path).status_code == 404


def test_complaints_are_counted_by_kind_and_outcome_and_say_how_many_were_founded():
    by = expert()
    made = [told_of(kind=kind) for kind in ("closed", "closed", "waiting", "behaviour")]
    for item, outcome in zip(made, ("remedied", "unfounded", "pursued"), strict=False):
        complaints.close(item, outcome, "گفته شد.", by=by)
    report = bulletin()
    assert values(report, "complaints.received") == {
        (("complaint", "closed"),): 2,
        (("complaint", "waiting"),): 1,
        (("complaint", "behaviour"),): 1,
    }
    assert values(report, "complaints.closed") == {
        (("ending", "remedied"),): 1,
        (("ending", "unfounded"),): 1,
        (("ending", "pursued"),): 1,
    }
    assert {goal["code"]: goal["value"] for goal in report["goals"] if goal["goal"] == "integrity"} == {
        "integrity.complaints_founded": 2,
        "integrity.founded_percent": 66.7,
    }
    complaints.reopen(made[0], "باز بسته است.", by=by)
    assert (("ending", "remedied"),) not in values(bulletin(), "complaints.closed")


def test_a_complaint_that_was_taken_up_again_was_closed_all_the_same_as_known_before():
    by, made, day = expert(), told_of(), today()
    complaints.close(made, "unfounded", "گفته شد.", by=by)
    then = bulletin(known_on=day)
    with clock.at(clock.now() + timedelta(days=3)):
        complaints.reopen(again(made), "عکس تازه رسید.", by=by)
        assert values(bulletin(from_on=day), "complaints.closed") == {}
        assert values(bulletin(from_on=day, known_on=today()), "complaints.closed") == {}
        assert bulletin(from_on=day, to_on=day, known_on=day) == then
        complaints.close(again(made), "remedied", "گفته شد.", by=by)
        for known_on in (None, today()):
            report = bulletin(from_on=day, known_on=known_on)
            assert values(report, "complaints.closed") == {(("ending", "remedied"),): 1}
    assert values(then, "complaints.closed") == {(("ending", "unfounded"),): 1}
