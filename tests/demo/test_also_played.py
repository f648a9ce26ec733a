"""What the half year shows besides what the article counts, read from the records."""

import pytest

pytestmark = pytest.mark.xdist_group("demo")  # the half year is played once


def rows(played, query):
    return [tuple(row) for row in played.query(query)]


def test_an_inquiry_body_is_asked_in_one_package_and_answers_in_another(played):
    ((out, questions), (back, answers)) = rows(
        played, "SELECT direction, count FROM exchange_package ORDER BY made_on, id"
    )
    outcomes = rows(
        played,
        "SELECT p.direction, i.outcome, count(*) FROM exchange_item i JOIN exchange_package p ON p.id = i.package_id "
        "GROUP BY p.direction, i.outcome ORDER BY p.direction DESC",
    )

    assert (out, back) == ("out", "in") and questions == answers > 1
    assert outcomes == [("out", "asked", questions), ("in", "taken", questions)]
    (entered,) = rows(played, "SELECT count(*) FROM journal_entry WHERE act = 'exchange.enter'")
    assert entered == (questions,)


def test_an_office_is_suspended_at_once_and_serves_again_when_the_order_ends(played):
    ((code, from_on, until_on),) = rows(
        played,
        "SELECT o.code, i.from_on, i.until_on FROM enforcement_interimorder i "
        "JOIN offices_licence l ON l.id = i.licence_id JOIN offices_office o ON o.id = l.office_id",
    )
    statuses = rows(
        played,
        "SELECT s.status, s.valid_from, s.valid_to FROM offices_licencestatus s JOIN offices_office o "
        f"ON o.id = s.office_id WHERE o.code = '{code}' AND s.superseded_at IS NULL ORDER BY s.valid_from",
    )

    status = {name: (str(begin), str(end)) for name, begin, end in statuses}
    assert status["suspended"][0] == str(from_on) and status["suspended"][1] > str(until_on)
    after = [name for name, begin, end in statuses if str(begin) <= "2022-09-16" < str(end)]
    assert after in (["active"], ["renewal_window"])
    by = rows(played, "SELECT DISTINCT role FROM journal_entry WHERE act = 'violation.suspend_at_once'")
    assert by == [("director",)]


def test_a_meeting_is_cancelled_and_one_finds_no_quorum_and_their_cases_wait_for_another(played):
    meetings = dict(
        rows(played, "SELECT state, count(*) FROM meetings_meeting WHERE number LIKE 'WG-%' GROUP BY state")
    )
    items = rows(
        played,
        "SELECT m.state, i.state, count(*) FROM meetings_agendaitem i JOIN meetings_meeting m ON m.id = i.meeting_id "
        "WHERE m.state IN ('cancelled', 'inquorate') GROUP BY m.state, i.state ORDER BY m.state",
    )

    assert meetings == {"closed": 2, "cancelled": 1, "inquorate": 1}
    assert [(meeting, item) for meeting, item, _ in items] == [("cancelled", "returned"), ("inquorate", "returned")]
    decided_later = rows(
        played,
        "SELECT count(*) FROM meetings_agendaitem i JOIN meetings_meeting m ON m.id = i.meeting_id "
        "WHERE m.state = 'closed' AND i.case_id IN (SELECT i.case_id FROM meetings_agendaitem i "
        "JOIN meetings_meeting m ON m.id = i.meeting_id WHERE m.state = 'cancelled')",
    )
    assert decided_later[0][0] > 0
    absent = rows(
        played,
        "SELECT count(*) FROM meetings_attendance a JOIN meetings_meeting m ON m.id = a.meeting_id "
        "JOIN meetings_seat s ON s.id = a.seat_id WHERE m.state = 'inquorate' AND s.required",
    )
    assert absent == [(0,)]  # the region did not come
