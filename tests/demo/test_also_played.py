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
