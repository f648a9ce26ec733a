"""A vacant directorship and a lost administrator: filled at the machine, by letter, seen by everybody at work there."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from appointed import national
from factories import division, fresh_national_id, person, person_as
from http_client import as_read, signed_in
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.notices.models import Notice
from pishkhan.people.appointments.refusals import NotVacant
from pishkhan.people.appointments.selectors import SHOWN_FOR
from pishkhan.people.models import Account, Appointment, Assignment, Person
from pishkhan.people.roles import COUNTRY, Role
from pishkhan.people.services import end_assignment
from pishkhan.site.operations.appointing import Appointee, Letter, appoint_at_machine
from procedure_driver import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "papers")]
OPERATOR = "کامران ملکی"


@pytest.fixture(autouse=True)
def vacant(law):
    """The director who adopted the law left yesterday."""
    for assignment in Assignment.objects.filter(role=Role.DIRECTOR):
        end_assignment(assignment, on=today() - timedelta(days=1), by=SYSTEM)


def named(**more):
    return Appointee(
        **{"given_name": "نسرین", "family_name": "بیرانوند", "national_id": fresh_national_id(), "phone": "09161112233"}
        | more
    )


def appointed(role=Role.DIRECTOR, place="15", *, appointee=None, content=PDF, username="fresh", **more):
    return appoint_at_machine(
        appointee or named(),
        role,
        place=place,
        home=division("15"),
        operator=OPERATOR,
        username=username,
        letter=Letter("۱۴۰۱/۹", today(), ContentFile(content, name="a.pdf")),
        **more,
    )


def test_a_vacant_directorship_is_filled_by_letter_and_the_operator_is_journalled():
    appointment, account = appointed()

    entry = Entry.objects.get(subject=appointment.subject)
    assert appointment.person.holds(Role.DIRECTOR, over=person("1503"))
    assert (entry.actor, entry.facts["letter"]) == ("system", "۱۴۰۱/۹")
    assert entry.facts["operator"] and OPERATOR not in str(entry.facts)
    assert appointment.scan.whose == appointment.person.ref
    assert account.username == "fresh" and not Account.objects.get().has_usable_password() and account.code
    assert not list(problems())


def test_a_directorship_is_vacant_only_where_nobody_directs_the_whole_place():
    of_county, before = person_as(Role.DIRECTOR, "1503"), person_as(Role.DIRECTOR)

    with pytest.raises(NotVacant):
        appointed()
    with pytest.raises(NotVacant):
        appointed(place="1504")
    end_assignment(before.assignments.get(), on=today() - timedelta(days=1), by=person_as(Role.ADMINISTRATOR))
    appointed()

    assert of_county.holds(Role.DIRECTOR, over=person("1503"))


def test_an_administrator_who_is_lost_is_replaced_though_the_role_is_held():
    lost = person_as(Role.ADMINISTRATOR)

    appointment, _ = appointed(Role.ADMINISTRATOR)
    everywhere, _ = appointed(Role.ADMINISTRATOR, COUNTRY, username="country")

    assert lost.holds(Role.ADMINISTRATOR, over=person()) and appointment.person.holds(Role.ADMINISTRATOR, over=lost)
    assert everywhere.person.holds(Role.ADMINISTRATOR, over=person("1503"))


def test_who_can_sign_in_already_keeps_their_account():
    appointee = named()
    appointment, _ = appointed(appointee=appointee)

    other, account = appointed(Role.ADMINISTRATOR, appointee=appointee, username="second")

    assert other.person == appointment.person and account.code == "" and account.username == "fresh"


def test_everybody_at_work_there_is_told_by_notice_and_on_their_day():
    there = [person_as(role, place) for role, place in ((Role.INSPECTOR, "1503"), (Role.SECRETARY, "15"))] + [
        national()
    ]
    elsewhere, outside = person_as(Role.SECRETARY, "16"), person("15")

    appointment, _ = appointed()

    notices = Notice.objects.filter(template="director-appointed")
    assert {notice.person for notice in notices} == {*there}
    assert all(notice.facts == {"letter": "۱۴۰۱/۹"} for notice in notices)
    for who in there:
        page = as_read(signed_in(who).get("/today/"))
        assert "بی تأیید نفر دوم" in page and "نسرین بیرانوند" in page and "به دست راه‌بر دستگاه" in page
    assert "بی تأیید نفر دوم" not in as_read(signed_in(elsewhere).get("/today/"))
    assert "نسرین" not in as_read(signed_in(outside).get("/today/", follow=True))
    assert OPERATOR in as_read(signed_in(appointment.person).get(f"/appointments/{appointment.pk}/"))


@pytest.mark.parametrize(("after", "shown"), [(SHOWN_FOR - timedelta(days=1), True), (SHOWN_FOR, False)])
def test_it_is_shown_for_a_month(after, shown):
    appointed()
    who = person_as(Role.SECRETARY)

    with clock.at(clock.now() + after):
        assert ("بی تأیید نفر دوم" in as_read(signed_in(who).get("/today/"))) == shown


@pytest.mark.parametrize("wrong", [{"content": b"no letter"}, {"appointee": named(national_id="1")}, {"place": "77"}])
def test_nothing_is_left_of_an_appointment_that_fails(wrong):
    with pytest.raises(Refusal):
        appointed(**wrong)

    assert not Appointment.objects.exists() and not Person.objects.filter(given_name="نسرین").exists()
    assert not Notice.objects.exists()


def options(folder, **more):
    scan = folder / "letter.pdf"
    scan.write_bytes(PDF)
    given = {
        "given-name": "نسرین",
        "family-name": "بیرانوند",
        "national-id": fresh_national_id(),
        "phone": "۰۹۱۶۱۱۱۲۲۳۳",
        "letter": "۱۴۰۱/۹",
        "letter-on": "۱۴۰۱/۱/۱۵",
        "scan": str(scan),
        "operator": OPERATOR,
    }
    return [part for name, value in (given | more).items() if value for part in (f"--{name}", value)]


def test_a_province_begins_with_its_first_director_by_letter(deployed, tmp_path):
    short = deployed.run("init", "--province", "15", *options(tmp_path, scan=""))
    opened = deployed.run("init", "--province", "15", *options(tmp_path))

    assert short.returncode == 1 and "--scan" in short.stderr
    assert opened.returncode == 0, opened.stderr
    assert "director:   director\none-time code:" in opened.stdout
    again = deployed.run("appoint", "--role", "director", "--place", "15", "--account", "x", *options(tmp_path))
    assert again.returncode == 1 and "not vacant" in again.stderr
    everywhere = ("appoint", "--role", "administrator", "--place", "country", "--account", "country")
    assert "(told once:" in deployed.run(*everywhere, *options(tmp_path)).stdout
    assert deployed.run("verify-journal").returncode == 0


def test_a_province_begins_with_its_first_administrator_by_letter_too(deployed, tmp_path):
    ruling = [part.replace("--", "--administrator-") for part in options(tmp_path, **{"family-name": "راهبری"})]
    short = deployed.run("init", "--province", "15", *ruling[:-2])
    opened = deployed.run("init", "--province", "15", *ruling, *options(tmp_path))

    assert short.returncode == 1 and "--administrator-operator" in short.stderr
    assert opened.returncode == 0, opened.stderr
    assert "sign in as: admin\none-time code:" in opened.stdout and "without a letter" not in opened.stdout
    assert "director:   director\none-time code:" in opened.stdout
    assert deployed.run("verify-journal").returncode == 0
