"""A role that decides is granted by two, with a letter, and never to oneself."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from appointed import letter, national, proposed, scan_by, with_account
from factories import EARLY, as_if, company, person, person_as, together
from http_client import as_read, signed_in
from pishkhan.files.models import StoredFile
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Access, Entry
from pishkhan.journal.refusals import Invalid, NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.people.appointments import refusals
from pishkhan.people.appointments.selectors import confirmers_of, term_of, to_confirm
from pishkhan.people.appointments.services import (
    confirm_appointment,
    let_lapse,
    propose_appointment,
    refuse_appointment,
    withdraw_appointment,
)
from pishkhan.people.models import Appointment, Assignment
from pishkhan.people.refusals import AlreadyAssigned, Erased, NotAssignable, NotYet
from pishkhan.people.roles import BY_NATURE, COUNTRY, DECIDING, Role
from pishkhan.people.services import assign, close_account, end_assignment, erase
from pishkhan.regulation.models import Number
from procedure_driver import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "papers")]
DAY = timedelta(days=1)
MONTH = timedelta(days=30)


def entry_of(row):
    return Entry.objects.filter(subject=row.subject).latest("number")


@pytest.mark.parametrize("role", DECIDING)
def test_one_administrator_alone_grants_no_role_that_decides(role):
    administrator, someone = person_as(Role.ADMINISTRATOR), person("1503")

    with pytest.raises(refusals.NeedsTwo):
        assign(someone, role, place="15", from_on=today(), by=administrator)
    assign(someone, Role.INSPECTOR, place="15", from_on=today(), by=administrator)
    assign(someone, Role.REPRESENTATIVE, place="15", from_on=today(), organisation=company(), by=administrator)

    assert {held.role for held in Assignment.objects.filter(person=someone)} == {Role.INSPECTOR, Role.REPRESENTATIVE}


def test_nobody_grants_themselves_anything():
    administrator = person_as(Role.ADMINISTRATOR)

    for role, named in ((Role.INSPECTOR, {}), (Role.REPRESENTATIVE, {"organisation": company()})):
        with pytest.raises(refusals.AppointsOneself):
            assign(administrator, role, place="15", from_on=today(), by=administrator, **named)
    with pytest.raises(refusals.AppointsOneself):
        proposed(Role.DIRECTOR, by=administrator, someone=administrator)

    assert not Appointment.objects.exists()


def test_a_role_is_held_once_another_person_confirmed_it():
    director, someone = person_as(Role.DIRECTOR), person("1503")
    row = proposed(Role.EXPERT, "1503", someone=someone, until_on=today() + DAY)

    assert not someone.holds(Role.EXPERT, over=someone) and list(to_confirm(director)) == [row]
    confirm_appointment(row, by=director)

    assigned = someone.assignments.get(role=Role.EXPERT)
    assert row.assignment == assigned and (assigned.place, assigned.letter) == ("1503", "۱۴۰۱/۷")
    assert assigned.until_on == today() + DAY and row.scan.whose == someone.ref
    assert Entry.objects.filter(subject=someone.subject).latest("number").because == entry_of(row).name
    assert not to_confirm(director).exists()


def test_the_director_there_an_acting_one_or_a_national_administrator_confirms():
    acting, elsewhere, of_county = person("15"), person_as(Role.DIRECTOR, "16"), person_as(Role.DIRECTOR, "1504")
    assign(acting, Role.DIRECTOR, place="15", from_on=EARLY, acting=True, letter="۹", by=SYSTEM)
    others = [person_as(role) for role in set(Role) - set(BY_NATURE) - {Role.DIRECTOR, Role.REPRESENTATIVE}]

    for who in (elsewhere, of_county, *others):
        row = proposed(place="1503")
        assert row not in to_confirm(who)
        with pytest.raises(NotPermitted):
            confirm_appointment(row, by=who)
        with pytest.raises(NotPermitted):
            refuse_appointment(row, reason="نه", by=who)
    for who in (acting, person_as(Role.DIRECTOR, "1503"), national()):
        row = proposed(place="1503")
        assert row in to_confirm(who)
        assert confirm_appointment(row, by=who).state == Appointment.State.CONFIRMED


def test_neither_the_proposer_nor_the_person_concerned_confirms_or_refuses():
    both = person_as(Role.ADMINISTRATOR)
    assign(both, Role.DIRECTOR, place="15", from_on=EARLY, by=SYSTEM)
    own, of_the_director = proposed(by=both), proposed(Role.SECRETARY, someone=both)

    for row, refusal in ((own, refusals.ProposedItOneself), (of_the_director, refusals.AppointsOneself)):
        with pytest.raises(refusal):
            confirm_appointment(row, by=both)
        with pytest.raises(refusal):
            refuse_appointment(row, reason="نه", by=both)
    assert not to_confirm(both).exists()
    assert both not in confirmers_of(own) and both not in confirmers_of(of_the_director)
    with pytest.raises(IntegrityError), transaction.atomic():  # nor does the table hold such a row
        Appointment.objects.filter(pk=own.pk).update(
            state="confirmed", decided_on=today(), decided_by=both, assignment=both.assignments.first()
        )


def test_what_is_refused_or_withdrawn_gives_no_role_and_is_over():
    director, administrator, reason = person_as(Role.DIRECTOR), person_as(Role.ADMINISTRATOR), "ابلاغ ناخواناست"
    refused, withdrawn = proposed(by=administrator), proposed(by=administrator)

    refuse_appointment(refused, reason=reason, by=director)
    withdraw_appointment(withdrawn, by=administrator)

    assert refused.decided_by == director and reason not in str(entry_of(refused).facts)
    assert not Assignment.objects.filter(role=Role.EXPERT).exists()
    for row in (refused, withdrawn):
        for deed in (confirm_appointment, withdraw_appointment):
            with pytest.raises(refusals.DecidedAlready):
                deed(row, by=director if deed is confirm_appointment else administrator)


def test_another_administrator_there_withdraws_what_somebody_who_left_proposed_and_nobody_confirms_it():
    director, left = person_as(Role.DIRECTOR), person_as(Role.ADMINISTRATOR)
    row = proposed(by=left)
    end_assignment(left.assignments.get(), on=today() - DAY, by=SYSTEM)

    with pytest.raises(refusals.ProposerLeft):
        confirm_appointment(row, by=director)
    with pytest.raises(NotPermitted):
        withdraw_appointment(row, by=person_as(Role.ADMINISTRATOR, "16"))
    withdraw_appointment(row, by=person_as(Role.ADMINISTRATOR))

    assert row.state == Appointment.State.WITHDRAWN


def test_a_proposal_lapses_after_its_term_where_that_binds():
    director = person_as(Role.DIRECTOR)
    row = proposed()

    with clock.at(clock.now() + MONTH):
        assert let_lapse() == []
        assert term_of(row).binds and not term_of(row).is_over
    with clock.at(clock.now() + MONTH + DAY):
        with pytest.raises(refusals.TermIsOver):
            confirm_appointment(row, by=director)
        assert let_lapse() == [row] and let_lapse() == []

    row.refresh_from_db()
    assert row.state == Appointment.State.LAPSED and entry_of(row).actor == "clock"


def test_a_term_that_nobody_adopted_warns_and_takes_nothing_away(client):
    director = with_account(person_as(Role.DIRECTOR, "16"))
    row = proposed(place="16", someone=person("16"))

    with clock.at(clock.now() + MONTH + DAY):
        assert let_lapse() == [] and term_of(row).is_over and not term_of(row).binds
        page = as_read(signed_in(director).get(f"/appointments/{row.pk}/"))
        assert "از مهلت گذشته" in page and "بی‌مأخذ قانونی" in page
        confirm_appointment(row, by=director)


def test_where_no_number_says_a_term_a_proposal_waits():
    row = proposed()
    as_if(Number.objects.filter(key="appointment.term_days"), valid_from=today() + DAY)

    with clock.at(clock.now() + 3 * MONTH):
        row = Appointment.objects.get(pk=row.pk)
        assert let_lapse() == []
        confirm_appointment(row, by=person_as(Role.DIRECTOR))


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"letter": " "}, Invalid),
        ({"letter_on": today() + DAY}, NotYet),
        ({"role": Role.INSPECTOR}, refusals.NotDeciding),
        ({"role": Role.MEMBER}, (refusals.NotDeciding, NotAssignable)),
        ({"place": "77"}, Invalid),
        ({"place": COUNTRY}, Invalid),
        ({"until_on": EARLY}, Invalid),
    ],
)
def test_a_proposal_that_nobody_could_make_is_refused(wrong, refusal):
    with pytest.raises(refusal):
        proposed(**{"by": person_as(Role.ADMINISTRATOR)} | wrong)

    assert not Appointment.objects.exists()


def test_an_administrator_proposes_for_people_and_places_of_their_own_alone():
    ours = person_as(Role.ADMINISTRATOR, "1503")

    for someone, place in ((person("1503"), "15"), (person("1504"), "1503"), (person("1503"), "1504")):
        with pytest.raises(NotPermitted):
            propose_appointment(someone, Role.EXPERT, place=place, from_on=today(), by=ours, **letter(ours))
    with pytest.raises(NotPermitted):
        proposed(by=person_as(Role.DIRECTOR))
    with pytest.raises(NotPermitted):  # nor with a file that another uploaded
        proposed(scan=scan_by(person("15")))

    assert not Appointment.objects.exists()


def test_a_scan_appoints_whom_its_letter_names_and_nobody_else():
    by, someone = person_as(Role.ADMINISTRATOR), person("1503")
    scan = scan_by(by)
    proposed(by=by, someone=someone, scan=scan)

    for wrong in ({"someone": person("1503")}, {"letter": "۱۴۰۱/۸"}):
        with pytest.raises(refusals.ScanOfAnother):
            proposed(Role.SECRETARY, by=by, scan=scan, **{"someone": someone} | wrong)
    with pytest.raises(refusals.ScanOfAnother):  # nor a paper that the appointed person sent for something else
        proposed(Role.SECRETARY, by=by, someone=someone, scan=scan_by(someone))
    proposed(Role.SECRETARY, by=by, someone=someone, scan=scan)  # by one letter, to two roles

    scan.refresh_from_db()
    assert (Appointment.objects.count(), scan.whose) == (2, someone.ref) and not list(problems())


def test_the_same_is_proposed_once_at_a_time_and_not_to_who_holds_it_or_is_erased():
    director, someone = person_as(Role.DIRECTOR), person("1503")
    row = proposed(someone=someone)

    with pytest.raises(refusals.ProposedAlready):
        proposed(someone=someone)
    confirm_appointment(row, by=director)
    with pytest.raises(AlreadyAssigned):
        proposed(someone=someone)
    gone = person("1503")
    waits = proposed(someone=gone)
    erase(gone, by=person_as(Role.ADMINISTRATOR), reason="درخواست خودش")
    with pytest.raises(Erased):
        confirm_appointment(waits, by=director)


def test_one_person_shortens_a_role_that_two_grant_and_does_not_prolong_it():
    administrator, someone = person_as(Role.ADMINISTRATOR), person("15")
    ends = {"place": "15", "from_on": EARLY, "until_on": today() + MONTH, "by": SYSTEM}
    decides, visits = assign(someone, Role.EXPERT, **ends), assign(someone, Role.INSPECTOR, **ends)

    with pytest.raises(refusals.Prolongs):
        end_assignment(decides, on=today() + MONTH + DAY, by=administrator)
    end_assignment(visits, on=today() + MONTH + DAY, by=administrator)
    end_assignment(decides, on=today() + MONTH, by=administrator)
    end_assignment(decides, on=today(), by=administrator)

    assert decides.until_on == today()


def test_the_last_administrator_of_a_place_does_not_end_their_own_role():
    last = with_account(person_as(Role.ADMINISTRATOR))
    own = last.assignments.get()
    with_account(person_as(Role.ADMINISTRATOR, "1503"))  # not of all of the place
    with_account(person_as(Role.ADMINISTRATOR, "16"))
    person_as(Role.ADMINISTRATOR)  # cannot sign in

    with pytest.raises(refusals.LastAdministrator):
        end_assignment(own, on=today(), by=last)
    beside = with_account(person_as(Role.ADMINISTRATOR))
    end_assignment(own, on=today(), by=last)
    with pytest.raises(refusals.LastAdministrator):
        end_assignment(beside.assignments.get(), on=today(), by=beside)
    with_account(national())
    end_assignment(beside.assignments.get(), on=today(), by=beside)


def test_the_last_administrator_of_a_place_does_not_close_their_own_account():
    last = with_account(person_as(Role.ADMINISTRATOR))
    with_account(person_as(Role.ADMINISTRATOR, "16"))

    with pytest.raises(refusals.LastAdministrator):
        close_account(last, by=last)
    beside = with_account(person_as(Role.ADMINISTRATOR))
    close_account(last, by=last)
    with pytest.raises(refusals.LastAdministrator):
        close_account(beside, by=beside)
    close_account(with_account(person_as(Role.INSPECTOR)), by=beside)


@pytest.mark.django_db(transaction=True)
def test_of_two_last_administrators_who_leave_at_once_one_remains():
    two = [with_account(person_as(Role.ADMINISTRATOR)) for _ in range(2)]

    raised = together(*(lambda who=who: end_assignment(who.assignments.get(), on=today(), by=who) for who in two))

    assert raised == [refusals.LastAdministrator]
    assert Assignment.objects.filter(role=Role.ADMINISTRATOR, until_on=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_withdrawn_at_once_is_one_of_both():
    director, row = person_as(Role.DIRECTOR), proposed()

    raised = together(
        lambda: confirm_appointment(Appointment.objects.get(pk=row.pk), by=director),
        lambda: withdraw_appointment(Appointment.objects.get(pk=row.pk), by=row.proposed_by),
    )

    row.refresh_from_db()
    assert raised == [refusals.DecidedAlready]
    assert (row.state == "confirmed") == Assignment.objects.filter(role=Role.EXPERT).exists()


def test_a_national_administrator_is_granted_by_two_of_them():
    first, second = national(), national()
    row = proposed(Role.ADMINISTRATOR, COUNTRY, by=first)

    with pytest.raises(NotPermitted):
        confirm_appointment(row, by=person_as(Role.DIRECTOR))
    confirm_appointment(row, by=second)
    with pytest.raises(Invalid):
        proposed(Role.DIRECTOR, COUNTRY, by=first)

    assert row.person.holds(Role.ADMINISTRATOR, over=person("16"))


def test_a_staff_of_five_works():
    """An administrator, a director, an expert, a secretary, an inspector: each can be replaced."""
    administrator, director = person_as(Role.ADMINISTRATOR), person_as(Role.DIRECTOR)
    later = person("15")

    for role in (Role.EXPERT, Role.SECRETARY, Role.ADMINISTRATOR):
        confirm_appointment(proposed(role, by=administrator, someone=later), by=director)
    confirm_appointment(proposed(Role.ACCOUNTANT, by=later, someone=administrator), by=director)

    assert administrator.holds(Role.ACCOUNTANT, over=later)


def test_a_change_behind_the_back_of_acts_is_noticed():
    row = proposed()
    Appointment.objects.filter(pk=row.pk).update(role=Role.DIRECTOR)

    assert list(problems())
    Appointment.objects.filter(pk=row.pk).update(role=Role.EXPERT)
    assert not list(problems())


def test_the_pages_propose_confirm_and_show_the_letter():
    administrator, director = person_as(Role.ADMINISTRATOR), person_as(Role.DIRECTOR)
    someone = person("1503", given_name="مینا")
    form = {"role": "expert", "place": "1503", "from_on": "1401/1/1", "letter": "۱۲/۳", "letter_on": "1400/12/25"}

    without = signed_in(administrator).post(f"/people/{someone.pk}/appoint/", form)
    answer = signed_in(administrator).post(
        f"/people/{someone.pk}/appoint/", form | {"scan": SimpleUploadedFile("a.pdf", PDF)}
    )
    row = Appointment.objects.get()
    today_page = as_read(signed_in(director).get("/today/"))
    page = as_read(signed_in(director).get(f"/appointments/{row.pk}/"))

    assert without.status_code == 422 and answer.status_code == 302 and row.scan.whose == someone.ref
    assert "سمت‌های در انتظار تأیید من" in today_page and "/appointments/?mine=1" in today_page
    assert "مینا" in page and "تأیید سمت" in page
    assert "تأیید سمت" not in as_read(signed_in(administrator).get(f"/appointments/{row.pk}/"))
    assert signed_in(director).get(f"/appointments/{row.pk}/scan/").status_code == 200
    assert Access.objects.filter(actor=director.ref, what="letter of appointment").exists()
    assert signed_in(person_as(Role.DIRECTOR, "16")).get(f"/appointments/{row.pk}/scan/").status_code == 404
    assert signed_in(director).post(f"/appointments/{row.pk}/", {"act": "refuse", "reason": ""}).status_code == 422
    assert signed_in(director).post(f"/appointments/{row.pk}/", {"act": "confirm"}).status_code == 302
    assert someone.holds(Role.EXPERT, over=someone)
    assert signed_in(director).post(f"/appointments/{row.pk}/", {"act": "confirm"}).status_code == 422


def test_a_proposal_that_is_refused_leaves_no_file_behind():
    administrator = person_as(Role.ADMINISTRATOR)
    form = {"role": "expert", "place": "1503", "from_on": "1401/1/1", "letter": "۱۲", "letter_on": "1400/12/25"}

    answer = signed_in(administrator).post(
        f"/people/{administrator.pk}/appoint/", form | {"scan": SimpleUploadedFile("a.pdf", PDF)}
    )

    assert answer.status_code == 422 and not StoredFile.objects.exists()


def test_the_api_proposes_confirms_refuses_and_withdraws():
    administrator, director = person_as(Role.ADMINISTRATOR), person_as(Role.DIRECTOR)
    someone, facts = (
        person("1503"),
        {"role": "expert", "from_on": "2022-03-21", "letter": "7", "letter_on": "2022-03-20"},
    )

    def send(who, path, body=None):
        return signed_in(who).post(f"/api{path}", body or {}, content_type="application/json")

    alone = send(
        administrator, f"/people/{someone.pk}/assignments", {"role": "expert", "place": "15", "from_on": "2022-03-21"}
    )
    rows = [
        send(
            administrator,
            f"/people/{someone.pk}/appointments",
            facts | {"place": place, "scan": str(scan_by(administrator).pk)},
        ).json()
        for place in ("15", "1503", "1504")
    ]
    strange = send(
        administrator,
        f"/people/{someone.pk}/appointments",
        facts | {"place": "15", "scan": str(scan_by(director).pk)},
    )
    own = send(administrator, f"/appointments/{rows[0]['id']}/confirm")
    done = [
        send(director, f"/appointments/{rows[0]['id']}/confirm"),
        send(director, f"/appointments/{rows[1]['id']}/refuse", {"reason": "نه"}),
        send(administrator, f"/appointments/{rows[2]['id']}/withdraw"),
    ]

    assert (alone.status_code, strange.status_code, own.status_code) == (403, 404, 403)
    assert [answer.json()["state"] for answer in done] == ["confirmed", "refused", "withdrawn"]
    assert len(signed_in(director).get("/api/lists/appointments").json()["rows"]) == 3
    assert signed_in(person_as(Role.DIRECTOR, "16")).get("/api/lists/appointments").json()["rows"] == []
    assert signed_in(person_as(Role.EXPERT)).get(f"/api/appointments/{rows[0]['id']}").status_code == 404
    assert signed_in(director).get(f"/api/appointments/{rows[0]['id']}/scan").status_code == 200
    assert Client().get("/api/lists/appointments").status_code == 401
