"""Two provinces in one database: a national administrator opens the second, and each sees its own."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

import procedure_driver
from appointed import national, proposed
from factories import company, division, fresh_national_id, person, person_as
from http_client import as_read, signed_in
from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted, Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.people.access import STAFF
from pishkhan.people.appointments.refusals import AppointsOneself, NotTheFirst
from pishkhan.people.appointments.services import confirm_appointment
from pishkhan.people.models import Appointment, Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import national_id_of
from pishkhan.regulation.models import Adoption, Number
from pishkhan.regulation.selectors import unsourced_defaults
from pishkhan.regulation.services import adopt
from pishkhan.site.operations import retention
from pishkhan.site.operations.appointing import Appointee, Letter, open_a_province
from pishkhan.site.operations.deployment import open_live
from procedure_driver import PDF, at, walk, way

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "papers")]
B = "16"  # another province of the country


def appointee(family, code=None):
    return Appointee("نادر", family, code or fresh_national_id(), "09161112233")


def opened(by, code=B, **more):
    letters = tuple(Letter(f"۱۴۰۱/{n}", today(), ContentFile(PDF, name="a.pdf")) for n in (1, 2))
    who = {"administrator": appointee("راهبرنژاد"), "director": appointee("مدیرزاده")}
    return open_a_province(code, by=by, letters=letters, **who | more)


def held_by(role):
    return Person.objects.get(assignments__role=role, assignments__place=B)


def test_a_national_administrator_opens_a_province_with_its_first_two():
    everywhere, there = national(), person_as(Role.SECRETARY, "15")

    province = opened(everywhere)

    assert (province.code, province.kind) == (B, Division.Kind.PROVINCE)
    for role in (Role.ADMINISTRATOR, Role.DIRECTOR):
        row = Appointment.objects.get(role=role)
        entry = Entry.objects.get(subject=row.subject)
        assert (row.place, row.state, row.proposed_by, row.decided_by) == (B, "confirmed", everywhere, None)
        assert row.scan.whose == row.person.ref and entry.actor == everywhere.ref
        assert held_by(role).holds(role, over=person(B))
    assert not Notice.objects.filter(person=there).exists()
    page = as_read(signed_in(held_by(Role.ADMINISTRATOR)).get("/today/"))
    assert "بی تأیید نفر دوم" in page and "مدیرزاده" in page
    assert not list(problems())


def test_nobody_else_opens_a_province_and_nobody_appoints_themselves_in_one():
    code = fresh_national_id()
    everywhere = national()
    local = person_as(Role.ADMINISTRATOR, national_id=code)

    for by in (local, person_as(Role.DIRECTOR)):
        with pytest.raises(NotPermitted):
            opened(by)
    known = Appointee(everywhere.given_name, everywhere.family_name, national_id_of(everywhere), "09161112233")
    with pytest.raises(AppointsOneself):
        opened(everywhere, director=known)
    with pytest.raises(Refusal):
        opened(everywhere, code="77")

    assert not Appointment.objects.exists() and not Division.objects.filter(code=B).exists()
    assert local.holds(Role.ADMINISTRATOR, over=local)


def test_a_province_is_opened_once_and_then_two_appoint():
    everywhere = national()
    opened(everywhere)

    with pytest.raises(NotTheFirst):
        opened(everywhere)
    with pytest.raises(NotTheFirst):  # nor the one that was there before
        opened(everywhere, code="15", administrator=appointee("دیگر"))
    row = proposed(Role.EXPERT, B, by=held_by(Role.ADMINISTRATOR), someone=person(B))
    with pytest.raises(NotPermitted):
        confirm_appointment(row, by=person_as(Role.DIRECTOR, "15"))
    confirm_appointment(row, by=held_by(Role.DIRECTOR))

    assert row.person.holds(Role.EXPERT, over=person(B))


def test_the_page_opens_a_province(client):
    everywhere, local = national(), person_as(Role.ADMINISTRATOR)
    data = {"code": B}
    for who in ("administrator", "director"):
        data |= {
            f"{who}_given_name": "نادر",
            f"{who}_family_name": who,
            f"{who}_national_id": fresh_national_id(),
            f"{who}_phone": "۰۹۱۶۱۱۱۲۲۳۳",
            f"{who}_letter": "۱۴۰۱/۹",
            f"{who}_letter_on": "۱۴۰۰/۱۲/۲۵",
        }

    def scans():
        return {f"{who}_scan": SimpleUploadedFile("a.pdf", PDF) for who in ("administrator", "director")}

    assert signed_in(local).post("/provinces/new/", data | scans()).status_code == 403
    assert signed_in(local).get("/provinces/").status_code == 403
    assert signed_in(everywhere).post("/provinces/new/", data).status_code == 422
    assert signed_in(everywhere).post("/provinces/new/", data | scans()).status_code == 302
    page = as_read(signed_in(everywhere).get("/provinces/"))
    assert "نادر" in page and "administrator" in page and B in page.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
    assert "/provinces/" in as_read(signed_in(everywhere).get("/people/"))
    assert "/provinces/" not in as_read(signed_in(local).get("/people/"))


def staff_of(place):
    """Somebody in each role of a province."""
    roles = (Role.EXPERT, Role.COMMITTEE, Role.SECRETARY, Role.ACCOUNTANT, Role.REGION, Role.DIRECTOR)
    return {role: person_as(role, place) for role in (*roles, Role.INSPECTOR, Role.ADMINISTRATOR)}


def moved(make, usual):
    """What tests make in province 15, made in province B instead."""

    def there(*arguments, **named):
        moved_to = [
            B + argument[2:] if str(argument).isdigit() and str(argument).startswith("15") else argument
            for argument in arguments
        ]
        return make(*moved_to, **({"place": B} if len(arguments) == usual and make is not division else {}) | named)

    return there


@pytest.fixture
def played_in_b(monkeypatch):
    """A licence of province B, from the call to the issue, by its own people under numbers its own director adopted."""
    opened(national())
    for number in unsourced_defaults(today(), B):
        adopt(number, decision="۱/۲", province=B, by=held_by(Role.DIRECTOR))
    for make, usual in ((division, 0), (person, 0), (company, 0), (person_as, 1)):
        monkeypatch.setattr(procedure_driver, make.__name__, moved(make, usual))
    for code in (f"{B}03", f"{B}03011001"):
        division(code)
    case = procedure_driver.new_request(procedure_driver.places(code=f"{B}03011001"))
    walk(case, way(NewLicence, NewLicence.begins.code, "issued"))
    monkeypatch.undo()
    case.refresh_from_db()
    return case


def test_the_other_province_licenses_an_office_wholly(played_in_b):
    office = played_in_b.dossier.office

    assert played_in_b.stage == "issued" and office.division_id == f"{B}03011001"
    assert played_in_b.number.startswith(f"NL-{B}-") and office.code.startswith(B)
    actors = set(Entry.objects.filter(subject=played_in_b.subject).values_list("actor", flat=True))
    people = Person.objects.filter(pk__in=[actor.split(":")[1] for actor in actors if actor.startswith("person:")])
    assert {someone.division_id[:2] for someone in people} == {B}
    assert not list(problems())


def content_of(answer):
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def seen_by(who, case, names):
    """Where something of a case, or a name, is told to somebody: pages, lists, search, files, the API."""
    client, visit = signed_in(who), case.visits.first()
    single = (f"/cases/{case.number}/", f"/api/cases/{case.number}", f"/visits/{visit.pk}/", f"/api/visits/{visit.pk}")
    yield from (address for address in single if client.get(address).status_code not in (403, 404))
    listings = [f"/api/lists/{listing['name']}" for listing in client.get("/api/lists").json()]
    exports = [f"/{name}/?export=csv" for name in ("cases", "visits", "people", "payments", "register", "appointments")]
    searches = [f"/api/people?q={name}" for name in names] + [f"/search/?q={name}" for name in names]
    for address in (*listings, *exports, *searches, "/today/", "/meetings/", "/bodies/", "/served/"):
        text = content_of(client.get(address)).replace(address.partition("q=")[2] or "\0", "")
        if any(
            word in text for word in (f'"{case.number}', f"/cases/{case.number}/", *(f"{name} رضایی" for name in names))
        ):
            yield address


@pytest.mark.parametrize("role", STAFF)
def test_no_role_of_one_province_sees_anything_of_the_other(played_in_b, role):
    ours = at(NewLicence, "agenda")
    person(f"{B}03", given_name="ناشناسه"), person("1503", given_name="پوشیده")

    assert list(seen_by(person_as(role, "15"), played_in_b, ["ناشناسه"])) == []
    assert list(seen_by(person_as(role, B), ours, ["پوشیده"])) == []


def test_a_director_adopts_defaults_for_their_own_province():
    opened(national())
    director = held_by(Role.DIRECTOR)
    number = Number.objects.get(key="appointment.term_days")

    answer = signed_in(director).post(f"/regulation/{number.pk}/adopt/", {"decision": "۱/۲"})

    assert answer.status_code == 302
    assert Adoption.objects.get(number=number, decision="۱/۲").division_id == B
    assert Assignment.objects.filter(person=director).count() == 1


def test_where_inspectors_were_is_forgotten_in_every_province(monkeypatch):
    open_live(division("15"))
    opened(national())
    codes = []
    monkeypatch.setattr(retention, "forget_places", lambda code: codes.append(code) or 1)

    assert retention.forget_old_places() == 2 and codes == ["15", B]
