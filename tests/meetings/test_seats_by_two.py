"""Who sits in a body decides: two persons seat them, by a letter, and nobody themselves."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from appointed import letter, national, scan_by
from factories import as_if, person, person_as, together
from http_client import as_read, signed_in
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Access, Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.meetings.bodies.seats import (
    confirm_seat,
    let_seats_lapse,
    propose_seat,
    refuse_seat,
    seats_to_confirm,
    withdraw_seat,
)
from pishkhan.meetings.models import Membership, SeatProposal
from pishkhan.meetings.refusals import AlreadyThere, EndsBeforeItBegins
from pishkhan.meetings.selectors import sits_on
from pishkhan.meetings.services import appoint
from pishkhan.people.appointments import refusals
from pishkhan.people.appointments.selectors import term_of
from pishkhan.people.refusals import Erased
from pishkhan.people.roles import Role
from pishkhan.people.services import erase
from procedure_driver import sitting, working_group

pytestmark = pytest.mark.usefixtures("law", "papers")
DAY = timedelta(days=1)


def a_seat():
    return list(sitting(working_group()))[1]


def proposed(by=None, someone=None, seat=None, **named):
    by = by or person_as(Role.DIRECTOR)
    return propose_seat(seat or a_seat(), someone or person("1503"), by=by, **letter(by) | named)


@pytest.mark.parametrize(("first", "second"), [("director", "administrator"), ("administrator", "director")])
def test_one_proposes_and_another_confirms_who_sits(first, second):
    row = proposed(person_as(first), deputy=True, from_on=today())
    assert not sits_on(row.seat, row.person, today())
    other = person_as(second)
    assert list(seats_to_confirm(other)) == [row]

    confirm_seat(row, by=other)

    assert sits_on(row.seat, row.person, today()) and row.membership.deputy and row.membership.letter == row.letter
    entry = Entry.objects.filter(act="body.appoint").latest("pk")
    assert (entry.actor, entry.because) == ("system", Entry.objects.get(act="seat.confirm").name)
    assert not seats_to_confirm(other).exists()
    with pytest.raises(refusals.DecidedAlready):
        confirm_seat(row, by=other)
    assert list(problems()) == []


def test_nobody_seats_themselves_nor_confirms_what_they_proposed():
    director, administrator = person_as(Role.DIRECTOR), person_as(Role.ADMINISTRATOR)
    for oneself in (director, administrator):
        with pytest.raises(refusals.AppointsOneself):
            proposed(oneself, oneself)
    of_the_director = proposed(administrator, director)
    with pytest.raises(refusals.AppointsOneself):
        confirm_seat(of_the_director, by=director)
    with pytest.raises(refusals.ProposedItOneself):
        confirm_seat(of_the_director, by=administrator)
    with pytest.raises(refusals.ProposedItOneself):
        refuse_seat(of_the_director, reason="نه", by=administrator)
    assert not seats_to_confirm(director).exists() and not seats_to_confirm(administrator).exists()
    confirm_seat(of_the_director, by=national())
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        SeatProposal.objects.filter(pk=of_the_director.pk).update(decided_by=administrator)


def test_no_one_alone_seats_anybody():
    for role in (Role.DIRECTOR, Role.ADMINISTRATOR, Role.SECRETARY):
        with pytest.raises(NotPermitted):
            appoint(a_seat(), person("15"), letter="1", by=person_as(role))


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.EXPERT, Role.REGION])
def test_others_neither_propose_nor_confirm(role):
    with pytest.raises(NotPermitted):
        proposed(person_as(role))
    row = proposed()
    for who in (person_as(role), person_as(Role.DIRECTOR, "16")):
        with pytest.raises(refusals.MayNotConfirm):
            confirm_seat(row, by=who)
        with pytest.raises(NotPermitted):
            withdraw_seat(row, by=who)


def test_what_is_wrong_with_a_proposal_is_refused():
    with pytest.raises(EndsBeforeItBegins):
        proposed(until_on=today() - DAY)
    gone = person("1503")
    row = proposed(someone=gone)
    with pytest.raises(refusals.ProposedAlready):
        proposed(someone=gone, seat=row.seat)
    erase(gone, by=person_as(Role.ADMINISTRATOR), reason="درخواست خودش")
    with pytest.raises(Erased):
        confirm_seat(row, by=person_as(Role.DIRECTOR))
    member = proposed()
    confirm_seat(member, by=person_as(Role.ADMINISTRATOR))
    again = proposed(someone=member.person, seat=member.seat)
    with pytest.raises(AlreadyThere):
        confirm_seat(again, by=person_as(Role.ADMINISTRATOR))
    assert SeatProposal.objects.get(pk=again.pk).state == "proposed"


def test_what_who_left_proposed_is_not_confirmed_and_somebody_else_withdraws_it():
    director = person_as(Role.DIRECTOR)
    row = proposed(director)
    director.assignments.update(until_on=today() - DAY, from_on=today() - 9 * DAY)
    with pytest.raises(refusals.ProposerLeft):
        confirm_seat(row, by=person_as(Role.DIRECTOR))
    assert withdraw_seat(row, by=person_as(Role.ADMINISTRATOR)).state == "withdrawn"


def test_a_proposal_lapses_once_its_term_is_over_and_binds():
    row = proposed()
    with clock.at(now() + (term_of(row).last_day - today()) + DAY):
        assert let_seats_lapse() == [row]
    assert SeatProposal.objects.get().state == "lapsed"
    assert list(problems()) == []


def test_who_confirms_sees_it_today_and_looks_at_the_letter_on_its_page():
    row, director = proposed(person_as(Role.ADMINISTRATOR)), person_as(Role.DIRECTOR)
    http, page = signed_in(director), f"/bodies/proposals/{row.pk}/"
    assert "/bodies/#proposed" in as_read(http.get("/today/"))
    assert page in as_read(http.get("/bodies/")) and "تأیید عضویت" in as_read(http.get(page))
    assert http.get(f"{page}scan/").status_code == 200
    assert Access.objects.filter(actor=director.ref, subject=row.subject, what="letter of a seat").exists()
    assert signed_in(person_as(Role.DIRECTOR, "16")).get(page).status_code == 404
    assert signed_in(person_as(Role.EXPERT)).get(f"{page}scan/").status_code == 403
    assert http.post(page, {"act": "refuse", "reason": ""}).status_code == 422
    assert http.post(page, {"act": "refuse", "reason": "نامه از آن سازمان نیست"}).status_code == 302
    assert "نامه از آن سازمان نیست" in as_read(http.get(page)) and not Membership.objects.filter(person=row.person)


def test_programs_see_refuse_and_withdraw_proposals_of_their_places():
    first, second = proposed(), proposed()
    http = signed_in(person_as(Role.ADMINISTRATOR))
    assert [row["id"] for row in http.get("/api/bodies/proposals").json()] == [second.pk, first.pk]
    assert http.get(f"/api/bodies/proposals/{first.pk}/scan").status_code == 200
    for row, name, data in ((first, "refuse", {"reason": "نه"}), (second, "withdraw", {})):
        answer = http.post(f"/api/bodies/proposals/{row.pk}/{name}", data, content_type="application/json")
        assert answer.status_code == 200 and answer.json()["state"] in ("refused", "withdrawn")
    elsewhere = signed_in(person_as(Role.ADMINISTRATOR, "16"))
    assert elsewhere.get("/api/bodies/proposals").json() == []
    assert elsewhere.get(f"/api/bodies/proposals/{first.pk}/scan").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_does():
    row, others = proposed(), [person_as(Role.ADMINISTRATOR) for _ in range(2)]
    raised = together(*[lambda by=by: confirm_seat(SeatProposal.objects.get(pk=row.pk), by=by) for by in others])
    assert raised == [refusals.DecidedAlready]
    assert Membership.objects.filter(person=row.person).count() == 1


def test_verification_notices_a_proposal_that_was_changed_behind_the_back():
    row = proposed()
    as_if([row], deputy=True)
    assert list(problems()) == []
    SeatProposal.objects.filter(pk=row.pk).update(deputy=False)
    assert any(row.subject in problem.en for problem in problems())


def test_a_scan_seats_whom_its_letter_names_and_nobody_else():
    by, someone, seats = person_as(Role.DIRECTOR), person("1503"), list(sitting(working_group()))
    scan = scan_by(by)
    proposed(by=by, someone=someone, seat=seats[1], scan=scan)
    for wrong in ({"someone": person("1503")}, {"someone": someone, "letter": "۱۴۰۱/۸"}):
        with pytest.raises(refusals.ScanOfAnother):
            proposed(by=by, seat=seats[2], scan=scan, **wrong)
    with pytest.raises(refusals.ScanOfAnother):
        proposed(by=by, someone=someone, seat=seats[2], scan=scan_by(someone))
    assert SeatProposal.objects.count() == 1 and scan.whose in (by.ref, someone.ref) and not list(problems())
