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


def test_a_member_leaves_the_deputy_sits_for_the_seat_and_then_a_successor_votes(played):
    left, came = rows(
        played,
        "SELECT m.person_id, m.from_on, m.until_on, s.id FROM meetings_membership m "
        "JOIN meetings_seat s ON s.id = m.seat_id JOIN meetings_body b ON b.id = s.body_id "
        "WHERE NOT m.deputy AND b.code = 'working_group' AND s.id IN "
        "(SELECT seat_id FROM meetings_membership WHERE until_on IS NOT NULL) ORDER BY m.from_on",
    )
    assert left[0] != came[0] and str(left[2]) < str(came[1]) and came[2] is None

    votes = rows(
        played,
        "SELECT DISTINCT t.held_on, b.code, e.person_id, m.deputy FROM meetings_vote v "
        "JOIN meetings_entitlement e ON e.ballot_id = v.ballot_id AND e.seat_id = v.seat_id "
        "JOIN meetings_ballot l ON l.id = e.ballot_id JOIN meetings_agendaitem i ON i.id = l.item_id "
        "JOIN meetings_meeting t ON t.id = i.meeting_id JOIN meetings_body b ON b.id = t.body_id "
        "JOIN meetings_membership m ON m.seat_id = e.seat_id AND m.person_id = e.person_id "
        "JOIN meetings_seat s ON s.id = e.seat_id JOIN meetings_seat same ON same.organisation_id = s.organisation_id "
        f"WHERE same.id = {left[3]} ORDER BY t.held_on",
    )

    before = {person for day, _, person, _ in votes if str(day) <= str(left[2])}
    vacant = {(person, bool(deputy)) for day, _, person, deputy in votes if str(left[2]) < str(day) < str(came[1])}
    after = {person for day, _, person, _ in votes if str(day) >= str(came[1])}
    assert before == {left[0]} and after == {came[0]}
    assert len(vacant) == 1 and left[0] not in dict(vacant) and all(dict(vacant).values())


def test_two_offices_give_up_and_serve_no_more_from_the_day_they_named(played):
    given_up = rows(
        played,
        "SELECT l.kind, d.from_on, s.valid_from FROM licensing_surrenderdossier d "
        "JOIN casework_case c ON c.id = d.case_id JOIN offices_licence l ON l.id = d.licence_id "
        "JOIN offices_licencestatus s ON s.licence_id = l.id AND s.status = 'surrendered' AND s.superseded_at IS NULL "
        "WHERE c.stage = 'surrendered' ORDER BY l.kind",
    )

    assert [kind for kind, _, _ in given_up] == ["counter", "rural_ict"]
    assert all(str(wished) == str(begins) <= "2022-09-16" for _, wished, begins in given_up)


def test_an_office_whose_licence_ran_out_is_revived_and_the_gap_stays(played):
    ((before, begins, decided),) = rows(
        played,
        "SELECT old.valid_until, l.valid_from, r.outcome FROM offices_licence l "
        "JOIN offices_licence old ON old.id = l.predecessor_id "
        "JOIN meetings_resolution r ON r.case_id = l.origin_case_id "
        "WHERE l.origin = 'revival'",
    )
    assert decided == "approved" and str(before) < str(begins) <= "2022-09-16"


def test_an_agent_of_old_is_converted_and_is_no_new_licence(played):
    ((kind, origin, procedure),) = rows(
        played,
        "SELECT l.kind, l.origin, c.procedure_code FROM offices_licence l "
        "JOIN casework_case c ON c.id = l.origin_case_id WHERE c.procedure_code = 'conversion'",
    )
    ((agent,),) = rows(
        played,
        "SELECT s.status FROM offices_licencestatus s JOIN offices_licence l ON l.id = s.licence_id "
        "WHERE l.kind = 'legacy_agent' AND s.superseded_at IS NULL AND s.valid_from <= '2022-09-16' "
        "AND (s.valid_to IS NULL OR s.valid_to > '2022-09-16')",
    )
    assert (kind, origin, procedure, agent) == ("rural_ict", "conversion", "conversion", "replaced")


def test_the_register_is_corrected_by_two_experts_after_a_visit_to_correct_the_address(played):
    ((stage, visits),) = rows(
        played,
        "SELECT c.stage, (SELECT count(*) FROM inspections_visit v WHERE v.office_id = l.office_id "
        "AND v.purpose = 'address_correction' AND v.state = 'accepted') FROM licensing_correctiondossier d "
        "JOIN casework_case c ON c.id = d.case_id JOIN offices_licence l ON l.id = d.licence_id",
    )
    steps = rows(
        played, "SELECT act, actor FROM journal_entry WHERE act IN ('correction.propose', 'correction.correct')"
    )
    addresses = rows(
        played,
        "SELECT p.superseded_at IS NULL, p.address FROM offices_premises p JOIN offices_licence l "
        "ON l.office_id = p.office_id JOIN licensing_correctiondossier d ON d.licence_id = l.id ORDER BY p.id",
    )

    assert stage == "corrected" and visits > 0
    assert len(steps) == 2 and len({by for _, by in steps}) == 2
    assert [bool(stands) for stands, _ in addresses] == [False, True] and addresses[0][1] != addresses[1][1]


def test_one_account_has_a_second_factor_and_the_others_none(played):
    factors = rows(
        played,
        "SELECT a.username, m.type FROM mfa_authenticator m JOIN people_account a ON a.id = m.user_id ORDER BY m.type",
    )
    assert factors == [("expert2", "recovery_codes"), ("expert2", "totp")]
