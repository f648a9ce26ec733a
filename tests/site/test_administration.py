"""What the administrator and the director do on pages: people, roles, bodies, the law, waivers, the house itself."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import company, describe_division, fresh_national_id, person, person_as
from http_client import signed_in
from pishkhan.casework.models import Waiver
from pishkhan.geography.models import Division
from pishkhan.journal.clock import today
from pishkhan.journal.models import Access
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import jalali
from pishkhan.licensing.models import Call
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.models import Body, Membership, SeatProposal
from pishkhan.people.models import Account, Assignment, Organisation, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import national_id_of
from pishkhan.regulation.models import Adoption, Holiday, Number
from pishkhan.site.operations.deployment import open_live
from procedure_driver import PDF, at

pytestmark = pytest.mark.usefixtures("law", "papers")


@pytest.fixture
def admin(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    describe_division("15", name="لرستان", search="لرستان")
    open_live(Division.objects.get(code="15"))
    return signed_in(person_as(Role.ADMINISTRATOR))


@pytest.fixture
def director(admin):
    return signed_in(person_as(Role.DIRECTOR))


def test_somebody_is_entered_given_a_role_let_in_and_let_go(admin):
    values = {
        "given_name": "مینا",
        "family_name": "سگوند",
        "national_id": fresh_national_id(),
        "phone": "09161234567",
        "division": "لرستان",
    }
    assert admin.post("/people/new/", values).status_code == 302
    mina = Person.objects.get(given_name="مینا")
    page = f"/people/{mina.pk}/"
    role = {"act": "assign", "role": "inspector", "place": "15", "from_on": jalali(today())}
    assert [admin.post(page, role).status_code for _ in range(2)] == [302, 422]
    opened = {"act": "open", "username": "mina", "way": "letter"}
    assert admin.post(f"{page}account/", opened).status_code == 302
    assert signed_in(mina).get("/cases/").status_code == 200
    row = Assignment.objects.get(person=mina)
    for day, status in ((today() - timedelta(days=1), 422), (today(), 302)):
        assert admin.post(page, {"act": "end", "assignment": row.pk, "on": jalali(day)}).status_code == status
    assert admin.post(page, {"act": "close"}).status_code == 302
    assert not Account.objects.get(person=mina).is_active
    assert list(problems()) == []


def test_who_is_erased_is_gone_from_every_page(admin):
    gone = person(given_name="رفته")
    assert admin.post(f"/people/{gone.pk}/", {"act": "erase", "reason": ""}).status_code == 422
    assert admin.post(f"/people/{gone.pk}/", {"act": "erase", "reason": "خواست خودش"}).status_code == 302
    assert admin.get(f"/people/{gone.pk}/").status_code == 404
    assert "رفته" not in admin.get("/people/").content.decode()


def test_an_organisation_is_entered_and_represented(admin):
    values = {"kind": "public", "name": "استانداری", "division": "15"}
    assert admin.post("/people/organisations/new/", values).status_code == 302
    someone = person()
    values = {
        "act": "assign",
        "role": "representative",
        "place": "15",
        "from_on": jalali(today()),
        "organisation": "استانداری",
    }
    assert admin.post(f"/people/{someone.pk}/", values).status_code == 302
    assert Assignment.objects.get(person=someone).organisation == Organisation.objects.get(name="استانداری")
    assert admin.post(f"/people/{someone.pk}/", values | {"organisation": "نیست"}).status_code == 422


def test_people_of_another_province_are_not_there(admin):
    stranger = person("16")
    assert admin.get(f"/people/{stranger.pk}/").status_code == 404
    assert admin.post(f"/people/{stranger.pk}/", {"act": "close"}).status_code == 404


def test_the_director_constitutes_a_body_and_says_who_sits(director):
    member, seated = person(), company(kind="public", legal_id=None, name="استانداری")
    assert (
        director.post(
            "/bodies/", {"act": "constitute", "code": "working_group", "division": "15", "decision": "1401/1"}
        ).status_code
        == 302
    )
    body = Body.objects.get()
    assert (
        director.post(
            "/bodies/", {"act": "seat", "body": body.pk, "organisation": seated.name, "votes": "on"}
        ).status_code
        == 302
    )
    page, values = f"/bodies/seats/{body.seats.get().pk}/members/", {"letter": "1/2", "letter_on": jalali(today())}
    scans = [SimpleUploadedFile("letter.pdf", PDF) for _ in range(3)]
    assert director.post(page, values | {"person": "123", "scan": scans[0]}).status_code == 422
    assert director.post(page, values | {"person": national_id_of(member), "scan": scans[1]}).status_code == 302
    assert not Membership.objects.exists()
    proposal = f"/bodies/proposals/{SeatProposal.objects.get().pk}/"
    assert director.post(proposal, {"act": "confirm"}).status_code == 422
    assert signed_in(person_as(Role.ADMINISTRATOR)).post(proposal, {"act": "confirm"}).status_code == 302
    membership = Membership.objects.get()
    assert (
        director.post("/bodies/", {"act": "end", "membership": membership.pk, "on": jalali(today())}).status_code == 302
    )
    assert signed_in(person_as(Role.EXPERT)).post(page, values | {"scan": scans[2]}).status_code == 403
    assert list(problems()) == []


def test_the_director_adopts_calls_and_waives(director):
    default = Number.objects.filter(confidence="default").first()
    Adoption.objects.all().delete()
    assert director.post(f"/regulation/{default.pk}/adopt/", {"decision": "1401/9"}).status_code == 302
    assert Adoption.objects.get().number == default
    values = {
        "code": "c-1",
        "kind": "counter",
        "within": "15",
        "division": "1503",
        "count": "۲",
        "manager_age": "0",
        "opens_on": jalali(today()),
        "closes_on": jalali(today() + timedelta(days=9)),
        "manager_degree": "0",
    }
    at(NewLicence, "agenda")
    assert director.post("/calls/new/", values).status_code == 302
    assert director.post("/calls/new/", values).status_code == 422
    assert Call.objects.filter(code="c-1").count() == 1
    case, secretary = at(NewLicence, "agenda"), person_as(Role.SECRETARY)
    values = {"step": "approve", "person": national_id_of(secretary), "reason": "کسی دیگر نیست"}
    assert director.post(f"/cases/{case.number}/waiver/", values).status_code == 302
    assert Waiver.objects.get().person == secretary


def test_the_administrator_enters_numbers_and_days_off(admin):
    values = {"key": "meeting.competitor_distance", "value": "۱۵۰۰", "valid_from": jalali(today())}
    assert admin.post("/regulation/new/", values).status_code == 302
    assert admin.post("/regulation/new/", values).status_code == 422
    assert Number.objects.get(key="meeting.competitor_distance", place="15").value == 1500
    day = {"day": jalali(today()), "name_fa": "آلودگی هوا", "name_en": "Air pollution", "source": "استانداری ۱۲"}
    assert admin.post("/regulation/holidays/new/", day).status_code == 302
    declared = Holiday.objects.get(name_en="Air pollution")
    assert admin.post(f"/regulation/holidays/{declared.pk}/withdraw/", {"source": "استانداری ۱۳"}).status_code == 302
    assert Holiday.objects.get(pk=declared.pk).withdrawn
    assert "۱٬۵۰۰" in admin.get("/regulation/").content.decode()


def test_the_house_says_how_it_is_and_who_looked(admin):
    case = at(NewLicence, "check")
    stranger = person_as(Role.EXPERT, place="16", given_name="غریبه")
    assert signed_in(stranger).get(f"/cases/{case.number}/").status_code == 404
    assert "درست است" in admin.post("/system/verify/", follow=True).content.decode()
    assert admin.post("/system/check/").status_code == 200
    assert Access.objects.filter(refused=True).exists()
    text = admin.get("/system/access/?refused=1").content.decode()
    assert case.number in text
    assert "غریبه" not in text
