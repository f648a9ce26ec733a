"""The calendar on pages, by API and by command; who is told that their day moved; who is warned of what is unsure."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from complained import complaint_made
from factories import describe_division, person_as
from http_client import signed_in
from pishkhan.casework.deadlines.deadlines import deadline
from pishkhan.complaints.moved_terms import ANSWER_MOVED
from pishkhan.complaints.services import send
from pishkhan.geography.models import Division
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali, parse_day
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import is_working_day
from pishkhan.regulation.holidays.days_off import tentative_days
from pishkhan.regulation.holidays.services import confirm_holiday, rule_named
from pishkhan.regulation.models import Holiday
from pishkhan.site.operations.deployment import open_live
from pishkhan.site.operations.health import QUESTIONS
from procedure_driver import at
from rules_of_violations import serve

pytestmark = pytest.mark.usefixtures("law", "papers")
NEW, IMPORT = "/regulation/holidays/new/", "/regulation/holidays/import/"
SOURCE = "مصوبهٔ هیئت وزیران"
QUESTION = next(question for question in QUESTIONS if question.name == "calendar")
LIST = "day,name,for_whom\n1406-03-26,عاشورا,\n1406-02-06,سرما,administrations\n".encode()


@pytest.fixture(autouse=True)
def province(law):
    describe_division("15", name="لرستان", search="لرستان")
    open_live(Division.objects.get(code="15"))


@pytest.fixture
def admin():
    return signed_in(person_as(Role.ADMINISTRATOR))


def moment(day):
    return clock.at(datetime.combine(parse_day(day), datetime.min.time(), UTC) + timedelta(hours=8))


def declared(client, day, **more):
    values = {"day": day, "name_fa": "آلودگی هوا", "name_en": "Smog", "source": SOURCE}
    return client.post(NEW, values | more)


def test_a_director_sees_a_year_in_both_languages_and_declares_nothing():
    director = signed_in(person_as(Role.DIRECTOR))
    page = director.get("/calendar/?year=۱۴۰۶").content.decode()
    assert "تقویم سال ۱۴۰۶" in page
    assert "۱۷ روز قمری هنوز تأیید نشده" in page
    assert "عاشورا" in page
    assert NEW not in page
    director.cookies["django_language"] = "en"
    english = director.get("/calendar/?year=1406").content.decode()
    assert "Calendar of 1406" in english
    assert "Ashura" in english
    assert director.get("/calendar/?year=x").status_code == 200
    assert declared(director, "1406-02-06").status_code in (403, 404)
    assert Client().get("/calendar/").status_code == 302


def test_a_day_is_declared_with_its_source_and_withdrawn_with_another(admin):
    assert declared(admin, "۱۴۰۶/۰۲/۰۶", source="").status_code == 422
    assert declared(admin, "۱۴۰۶/۰۲/۰۶", for_whom="administrations").status_code == 302
    row = Holiday.objects.get(name_en="Smog")
    page = admin.get("/calendar/?year=1406").content.decode()
    assert SOURCE in page
    assert f"/regulation/holidays/{row.pk}/withdraw/" in page
    assert admin.post(f"/regulation/holidays/{row.pk}/withdraw/", {"source": " "}).status_code == 422
    assert admin.post(f"/regulation/holidays/{row.pk}/withdraw/", {"source": "لغو شد"}).status_code == 302
    assert is_working_day(row.day, place="15")
    assert "لغو شد" in admin.get("/calendar/?year=1406").content.decode()


def test_a_lunar_day_is_confirmed_and_a_solar_one_withdrawn_on_pages(admin):
    address = "/regulation/holidays/confirm/?name=Ashura&day=2027-06-15"
    assert "عاشورا" in admin.get(address).content.decode()
    assert admin.post(address, {"day": "1406-03-26", "source": SOURCE}).status_code == 302
    assert not is_working_day(parse_day("1406-03-26"), place="15")
    address = "/regulation/holidays/withdraw/?name=Nature+Day&day=1407-01-13"
    assert admin.post(address, {"source": SOURCE}).status_code == 302
    assert is_working_day(parse_day("1407-01-13"), place="15")
    assert admin.get("/regulation/holidays/confirm/?name=x&day=1406-01-01").status_code == 404
    assert admin.get("/regulation/holidays/confirm/?name=Ashura&day=x").status_code == 404


def test_a_list_is_shown_before_it_is_entered(admin):
    before = Holiday.objects.count()
    page = admin.post(IMPORT, {"file": SimpleUploadedFile("days.csv", LIST), "source": SOURCE})
    assert page.status_code == 200
    assert "روز حساب‌شده را جابه‌جا می‌کند" in page.content.decode()
    assert Holiday.objects.count() == before
    assert admin.post(IMPORT, {"content": LIST.decode(), "source": SOURCE}).status_code == 302
    assert Holiday.objects.count() == before + 2
    assert admin.post(IMPORT, {"source": SOURCE}).status_code == 422
    wrong = {"file": SimpleUploadedFile("days.csv", b"day,name\n1406-13-01,x\n"), "source": SOURCE}
    assert admin.post(IMPORT, wrong).status_code == 422


def test_whoever_must_answer_is_told_that_their_day_moved(admin):
    case = at(NewLicence, "returned")
    serve(case, "send_back")  # from then its term runs
    untouched = at(NewLicence, "check")
    was = deadline(case)
    assert declared(admin, jalali(was), for_whom="service_centres").status_code == 302
    assert not Notice.objects.filter(template="term.moved").exists()
    assert declared(admin, jalali(was), name_en="Cold").status_code == 302
    notice = Notice.objects.get(template="term.moved")
    assert notice.facts["before"] == jalali(was)
    assert notice.facts["after"] == jalali(deadline(case))
    assert notice.facts["number"] == case.number != untouched.number
    assert deadline(case) > was
    other = signed_in(person_as(Role.ADMINISTRATOR, place="16"))
    assert declared(other, jalali(deadline(case))).status_code == 302
    assert Notice.objects.filter(template="term.moved").count() == 1


def test_a_case_says_that_its_term_hangs_on_the_moon_until_that_is_confirmed():
    with moment("1406-03-16"):
        case, expert = at(NewLicence, "returned"), person_as(Role.EXPERT)
        serve(case, "send_back")
        page = signed_in(expert).get(f"/cases/{case.number}/").content.decode()
        assert "قطعی نیست" in page
        assert next(text.en for text in QUESTION.answers()).startswith("The terms of 1 case pass")
        assert "عاشورا" in "".join(text.fa for text in QUESTION.answers()) or "تاسوعا" in page
        last = today() + timedelta(days=90)
        for day in tentative_days(today() - timedelta(days=40), last, place="15"):
            if day.day == day.first:
                confirm_holiday(
                    rule_named(day.name.en), day.day, by=IMPORTER, place="15", source="تقویم", role="importer"
                )
        assert list(QUESTION.answers()) == []
        assert "قطعی نیست" not in signed_in(expert).get(f"/cases/{case.number}/").content.decode()


def test_a_program_reads_declares_confirms_and_withdraws(admin):
    body = {"day": "2027-04-26", "place": "15", "name_fa": "سرما", "name_en": "Cold", "for_whom": "administrations"}
    json = {"content_type": "application/json"}
    assert admin.post("/api/holidays", body, **json).status_code == 422
    row = admin.post("/api/holidays", body | {"source": "1"}, **json).json()
    assert (row["for_whom"], row["source"], row["tentative"]) == ("administrations", "1", False)
    values = {"day": "2027-06-16", "place": "15", "name_en": "Ashura", "source": "1"}
    assert admin.post("/api/holidays/confirmations", values, **json).status_code == 201
    assert admin.post("/api/holidays/confirmations", values | {"name_en": "x"}, **json).status_code == 404
    listed = Client().get("/api/holidays?from_on=2027-03-21&to_on=2027-06-30&place=15").json()
    days = {(item["day"], item["tentative"]) for item in listed}
    assert {("2027-03-21", False), ("2027-06-14", True), ("2027-06-16", False)} <= days
    withdrawn = admin.post(f"/api/holidays/{row['id']}/withdrawal", {"source": "2"}, **json)
    assert withdrawn.status_code == 200
    assert admin.post("/api/holidays/999999/withdrawal", {"source": "2"}, **json).status_code == 404


def test_a_list_comes_in_by_command_first_as_a_rehearsal(tmp_path, capsys):
    file = tmp_path / "days.csv"
    file.write_bytes(LIST)
    call_command("calendar", "import", str(file), "--dry-run")
    assert "Ashura: moves the reckoned day" in capsys.readouterr().out
    assert not Holiday.objects.filter(day__gte=parse_day("1406-01-01")).exists()
    call_command("calendar", "import", str(file), "--source", "x", "--lang", "fa")
    assert Holiday.objects.filter(division_id="15", day__gte=parse_day("1406-01-01")).count() == 2
    call_command("calendar", "show", "--year", "1408")
    assert "1408-12-29 Nationalisation of the oil industry" in capsys.readouterr().out


def test_the_holder_who_answers_a_complaint_is_told_too(admin):
    complaint = complaint_made()
    send(complaint, "بسته بود", by=person_as(Role.EXPERT))
    day = today()
    while not Notice.objects.filter(template=ANSWER_MOVED.code).exists():
        day += timedelta(days=1)
        assert day < today() + timedelta(days=30), "nobody was told"
        if is_working_day(day, place="15"):
            assert declared(admin, jalali(day)).status_code == 302
