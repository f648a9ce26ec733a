"""What a request that only reads asks once; and that an act, and whatever may act, asks anew."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import person, person_as
from http_client import signed_in
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.read_once import once, reading
from pishkhan.licensing.documents import OBJECTION_TERM as TERM
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.people.services import end_assignment
from pishkhan.regulation.selectors import number
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers")


@pytest.mark.parametrize("role", [Role.EXPERT, Role.DIRECTOR, Role.SECRETARY, Role.ACCOUNTANT, Role.REGION])
@pytest.mark.parametrize("path", ["/today/", "/cases/"])
def test_authority_and_numbers_are_read_once_for_a_page(role, path):
    at(NewLicence, "check")
    at(NewLicence, "committee")
    client = signed_in(person_as(role))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200

    twice = [sql for sql, times in Counter(item["sql"] for item in queries).items() if times > 1]
    tables = ("people_assignment", "regulation_number", "site_deployment", "mfa_authenticator")
    assert [sql for sql in twice if any(table in sql for table in tables)] == []


def test_what_is_known_is_forgotten_after_the_request():
    somebody = person_as(Role.EXPERT)
    with reading():
        assert somebody.holds(Role.EXPERT, over=somebody)
        end_assignment(somebody.assignments.get(), on=clock.today(), by=SYSTEM)
        with clock.at(clock.now().replace(year=clock.now().year + 1)):
            assert not somebody.holds(Role.EXPERT, over=somebody)


def test_an_act_asks_anew():
    answers = iter("abc")
    with reading():
        assert [once("it", lambda: next(answers)) for _ in range(2)] == ["a", "a"]
        with act(SYSTEM, "test", on=person(), role=Role.SYSTEM):
            assert once("it", lambda: next(answers)) == "b"
        assert once("it", lambda: next(answers)) == "a"
    assert once("it", lambda: next(answers)) == "c"


def test_numbers_of_other_days_kinds_and_places_are_others(django_assert_num_queries):
    with reading():
        for on in (date(2022, 4, 11), date(2022, 4, 12)):
            with django_assert_num_queries(1):
                number(TERM, on=on, kind="counter", place="15")
            with django_assert_num_queries(0):
                number(TERM, on=on, kind="counter", place="15")
        with django_assert_num_queries(2):
            number(TERM, on=on, kind="rural_ict", place="15")
            number(TERM, on=on, kind="counter", place="1503")
