"""What holders owe: who shows, finds and releases it, from which state, until which day, and how it is told."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from test_undertakings import proof_of

from factories import as_if, person, person_as
from pishkhan.files.services import store
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.offices import refusals
from pishkhan.offices.models import OfficeKind, Undertaking
from pishkhan.offices.selectors import holder_on
from pishkhan.offices.undertakings.lists import (
    LATE,
    RUN_OUT,
    STATES,
    is_late,
    state_of,
    undertakings_given_by,
    undertakings_seen_by,
)
from pishkhan.offices.undertakings.services import (
    find_kept,
    find_wanting,
    holding_periods,
    let_go,
    overdue,
    release,
    show,
    waiting,
)
from pishkhan.people.roles import Role
from procedure_driver import PDF
from rules_of_matters import licence
from undertaken import owed

pytestmark = pytest.mark.usefixtures("law", "papers")
Kind, State = Undertaking.Kind, Undertaking.State
DAY = timedelta(days=1)


def last_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


def standing(state, kind=Kind.GUARANTEE, days=0):
    """An undertaking as if it stood in a state, due in so many days."""
    row = owed(kind, days)
    settled = today() if state in (State.KEPT, State.RELEASED) else None
    as_if([row], state=state, settled_on=settled)
    return row


def test_what_is_given_says_what_is_owed_at_which_office_by_when_and_why():
    row = owed(days=3)

    entry = Entry.objects.get(subject=row.subject)
    assert entry.facts == {
        "kind": "guarantee",
        "item": "",
        "office": row.office.code,
        "due_on": (today() + 3 * DAY).isoformat(),
    }
    assert entry.because == row.because and row.party_ref == row.organisation.ref and row.person is None


def test_a_proof_is_shown_by_the_giver_with_a_file_of_their_own_while_it_is_owed():
    row = owed()
    giver, file = proof_of(row)
    another = person()
    theirs = store(ContentFile(PDF, name="b.pdf"), by=another, division=row.division)

    with pytest.raises(refusals.AnothersFile):
        show(row, theirs, by=giver)
    with pytest.raises(NotPermitted):
        show(row, theirs, by=another)
    show(row, file, by=giver)
    assert last_of(row).facts == {"file": str(file.pk), "digest": file.digest} and row.state == State.SHOWN
    for state in (State.KEPT, State.RELEASED):
        settled = standing(state)
        with pytest.raises(refusals.AlreadySettled):
            show(settled, proof_of(settled)[1], by=proof_of(settled)[0])


@pytest.mark.parametrize("state", State)
def test_a_proof_is_judged_once_it_is_shown_and_only_by_an_expert_of_the_place(state):
    row, expert = standing(state), person_as(Role.EXPERT)
    deeds = [lambda row, by: find_wanting(row, reasons="کم است", by=by), lambda row, by: find_kept(row, by=by)]

    for deed in deeds:
        for other in (person_as(Role.DIRECTOR), person_as(Role.EXPERT, "1504")):
            with pytest.raises(NotPermitted):
                deed(row, other)
        row = Undertaking.objects.get(pk=row.pk)
        if state != State.SHOWN:
            with pytest.raises(refusals.NothingShown):
                deed(row, expert)
    if state == State.SHOWN:
        find_wanting(row, reasons="کم است", by=expert)
        assert (row.state, row.settled_on, "کم است" in words_of(row.subject).values()) == (State.OPEN, None, True)
        as_if([row], state=State.SHOWN)
        assert find_kept(row, by=expert).settled_on == today()


@pytest.mark.parametrize("state", State)
def test_the_director_releases_with_a_reason_what_is_still_owed(state):
    row = standing(state)

    with pytest.raises(NotPermitted):
        release(row, reasons="فوت", by=person_as(Role.EXPERT))
    row = Undertaking.objects.get(pk=row.pk)
    if state in (State.KEPT, State.RELEASED):
        with pytest.raises(refusals.AlreadySettled):
            release(row, reasons="فوت", by=person_as(Role.DIRECTOR))
        return
    release(row, reasons="فوت", by=person_as(Role.DIRECTOR))

    assert (row.state, row.settled_on, set(last_of(row).facts)) == (State.RELEASED, today(), {"reasons"})
    assert "فوت" in words_of(row.subject).values()


@pytest.mark.parametrize("state", State)
def test_what_it_rested_on_fell_lets_go_what_is_owed_and_nothing_that_is_settled(state):
    row = standing(state)
    cause = last_of(row)
    cause.by, cause.role = person_as(Role.DIRECTOR), Role.DIRECTOR
    before = last_of(row).number

    let_go(row, because=cause)

    row.refresh_from_db()
    is_owed = state in (State.OPEN, State.SHOWN)
    assert (row.state, last_of(row).number - before) == ((State.RELEASED, 1) if is_owed else (state, 0))
    assert (last_of(row).because == cause.name) is is_owed and row.settled_on == today()


@pytest.mark.parametrize(("days", "late", "waits"), [(-1, True, False), (0, False, True), (1, False, True)])
def test_what_is_to_be_done_is_late_from_the_day_after_and_what_one_refrains_from_ends_with_its_day(days, late, waits):
    row, refrains = owed(days=days), owed(Kind.HOLDING_PERIOD, days)

    assert (list(overdue(today())) == [row], is_late(row), is_late(refrains)) == (late, late, False)
    assert (row in waiting(today()), refrains in waiting(today())) == (True, waits)
    assert list(holding_periods(refrains.office, today())) == [refrains] * waits
    assert not holding_periods(row.office, today()).exists()
    assert not holding_periods(standing(State.KEPT, Kind.HOLDING_PERIOD).office, today()).exists()


@pytest.mark.parametrize(
    ("state", "kind", "days", "told"),
    [
        (State.OPEN, Kind.GUARANTEE, 0, (STATES[State.OPEN], "warn")),
        (State.OPEN, Kind.GUARANTEE, -1, (LATE, "bad")),
        (State.OPEN, Kind.HOLDING_PERIOD, 0, (STATES[State.OPEN], "info")),
        (State.OPEN, Kind.HOLDING_PERIOD, -1, (RUN_OUT, "good")),
        (State.SHOWN, Kind.GUARANTEE, -1, (STATES[State.SHOWN], "info")),
        (State.KEPT, Kind.GUARANTEE, -1, (STATES[State.KEPT], "good")),
        (State.KEPT, Kind.HOLDING_PERIOD, -1, (STATES[State.KEPT], "good")),
        (State.RELEASED, Kind.HOLDING_PERIOD, 5, (STATES[State.RELEASED], "")),
    ],
)
def test_how_an_undertaking_stands_is_told_in_a_word(state, kind, days, told):
    assert state_of(standing(state, kind, days)) == told


def test_one_sees_what_one_gave_and_what_lies_in_ones_region():
    row, other = owed(), owed()
    giver = row.organisation.assignments.get().person

    assert list(undertakings_given_by(giver)) == list(undertakings_seen_by(giver)) == [row]
    assert set(undertakings_seen_by(person_as(Role.EXPERT))) == {row, other}
    assert not undertakings_seen_by(person_as(Role.EXPERT, "1504")).exists()
    assert not undertakings_given_by(person_as(Role.EXPERT)).exists()


def test_each_office_has_its_own_holder():
    one, other = licence().office, licence().office

    assert holder_on(other, today()) == other.holdings.get().organisation != holder_on(one, today())


def test_a_person_who_gave_it_is_named_as_its_giver():
    about = licence(OfficeKind.RURAL_ICT)
    holder = about.office.holdings.get().person

    row = owed(Kind.OPENING, 0, about)

    assert (row.party_ref, row.person, row.organisation) == (holder.ref, holder, None)
    assert row.standing(Role.APPLICANT, holder) and row.standing(Role.APPLICANT, person()) is None
    assert row.standing(Role.MEMBER, holder) is None
