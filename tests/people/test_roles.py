"""Who may do what, where and when: one predicate and one filter, which agree."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from factories import company, division, person, person_as
from pishkhan.journal.acts import CLOCK, SYSTEM, Capacity
from pishkhan.journal.clock import today
from pishkhan.people.models import Assignment, Person
from pishkhan.people.parties import acts_as
from pishkhan.people.roles import BY_NATURE, NAMES, Role
from pishkhan.people.selectors import in_places, organisations_of, representatives_of, within
from pishkhan.people.services import assign

CODES = ["15", "1503", "150303", "1503032475", "1504", "16", "1599", "150399", "99"]
codes, beginnings = st.sampled_from(CODES), st.sampled_from([*CODES, "1", "9"])
days = st.integers(-3, 3)
roles = st.sampled_from(sorted(set(Role) - set(BY_NATURE)))
assignments = st.lists(st.tuples(roles, beginnings, days, st.integers(0, 3) | st.none()), max_size=4)


def day(offset):
    return today() + timedelta(days=offset)


def entered(place):
    return Person.objects.create(division=division(place))


class Permission(TestCase):
    @settings(deadline=None, max_examples=60)
    @given(assignments, st.lists(codes, min_size=1, max_size=5))
    def test_the_filter_and_the_predicate_agree(self, assigned, places):
        somebody, represented = entered("15"), company()
        for role, place, start, length in assigned:
            somebody.assignments.create(
                role=role,
                place=place,
                from_on=day(start),
                organisation=represented,
                until_on=None if length is None else day(start + length),
            )
        rows = [entered(place) for place in places]

        seen = set(within(Person.objects.filter(pk__in=[row.pk for row in rows]), somebody))

        assert seen == {row for row in rows if any(somebody.holds(role, over=row) for role in Role)}
        for role in set(Role) - set(BY_NATURE):
            of_role = Person.objects.filter(in_places(somebody, [role]), pk__in=[row.pk for row in rows])
            assert set(of_role) == {row for row in rows if somebody.holds(role, over=row)}


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "held"), [("1503", True), ("1503032475", True), ("15", False), ("1504", False)])
def test_a_role_is_held_in_its_place_and_all_that_lies_in_it(code, held):
    somebody = entered("15")
    somebody.assignments.create(role=Role.EXPERT, place="1503", from_on=day(0))

    assert somebody.holds(Role.EXPERT, over=entered(code)) is held


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end", "held"), [(0, 0, True), (-1, None, True), (1, None, False), (-2, -1, False)])
def test_a_role_is_held_from_its_first_day_to_its_last(start, end, held):
    somebody = entered("15")
    somebody.assignments.create(
        role=Role.EXPERT, place="15", from_on=day(start), until_on=None if end is None else day(end)
    )

    assert somebody.holds(Role.EXPERT, over=entered("15")) is held


@pytest.mark.django_db
@pytest.mark.parametrize("role", BY_NATURE)
def test_what_one_is_by_nature_cannot_be_assigned(role):
    with pytest.raises(IntegrityError):
        entered("15").assignments.create(role=role, place="15", from_on=day(0))


@pytest.mark.django_db
def test_what_one_is_by_nature_the_row_tells():
    somebody = entered("15")

    class Row:
        def capacity_of(self, role, person):
            return Capacity("organisation:7") if (role, person) == (Role.MEMBER, somebody) else None

    assert somebody.capacity(Role.MEMBER, over=Row()) == Capacity("organisation:7")
    assert not somebody.holds(Role.APPLICANT, over=Row()) and not somebody.holds(Role.APPLICANT, over=object())


@pytest.mark.django_db
def test_a_representative_acts_for_its_organisation_and_for_no_place():
    ours, theirs = company(), company()
    somebody = person_as(Role.REPRESENTATIVE, organisation=ours)

    assert somebody.capacity(Role.REPRESENTATIVE, over=ours) == acts_as(ours, somebody) == Capacity(ours.ref)
    assert not somebody.holds(Role.REPRESENTATIVE, over=theirs)
    assert not somebody.holds(Role.REPRESENTATIVE, over=person())
    assert acts_as(None, somebody) is None and acts_as(somebody, somebody) == Capacity()
    assert organisations_of(somebody) == [ours] and representatives_of(ours) == [somebody]
    assert representatives_of(theirs) == []


@pytest.mark.django_db
def test_an_acting_head_acts_as_one_and_for_the_organisation_of_the_assignment():
    head, office = person(), company()
    assign(head, Role.DIRECTOR, place="15", from_on=day(0), organisation=office, acting=True, letter="12", by=SYSTEM)

    assert head.capacity(Role.DIRECTOR, over=person()) == Capacity(office.ref, acting=True)


@pytest.mark.django_db
def test_asking_for_a_permission_takes_one_query(django_assert_num_queries):
    somebody, row = person_as(Role.EXPERT), person()

    with django_assert_num_queries(1):
        somebody.capacity(Role.EXPERT, over=row)
    with django_assert_num_queries(1):
        held = somebody.capacities([Role.EXPERT, Role.INSPECTOR, Role.APPLICANT], over=row)

    assert held == {Role.EXPERT: Capacity()}


def test_the_clock_holds_no_office():
    assert CLOCK.capacity(Role.CLOCK, over=None) == Capacity() and CLOCK.capacity(Role.EXPERT, over=None) is None


def test_every_role_has_a_name_in_both_languages():
    assert all(NAMES[role].fa and NAMES[role].en and role.text == NAMES[role] for role in Role)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"place": "15a"}, "place_is_a_code"),
        ({"role": Role.REPRESENTATIVE}, "a_representative_represents"),
        ({"acting": True}, "an_acting_head_has_a_letter"),
        ({"until_on": day(-1)}, "an_assignment_ends_after_it_begins"),
    ],
)
def test_the_database_refuses_an_assignment_that_makes_no_sense(wrong, name):
    right = {"person": entered("15"), "role": Role.EXPERT, "place": "15", "from_on": day(0)}

    with pytest.raises(IntegrityError, match=name):
        Assignment.objects.create(**right | wrong)
