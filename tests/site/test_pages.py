"""The public pages: found, readable in both languages, without anything personal, inline or from elsewhere."""

import re
from datetime import datetime, time, timedelta
from urllib.parse import urljoin

import pytest
from django.test import Client

from factories import person_as
from pishkhan.counter.services import describe_office
from pishkhan.geography.models import Division
from pishkhan.journal import clock
from pishkhan.journal.clock import TEHRAN, today
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import Calendar
from pishkhan.site.operations.deployment import open_live
from pishkhan.site.pages import search_page
from pishkhan.site.pages.reading import METHODS
from procedure_driver import at, meeting_about, new_request, places

pytestmark = pytest.mark.usefixtures("law", "papers")
PAGES = (
    "/",
    "/?q=1503",
    "/track/",
    "/figures/",
    "/law/",
    "/services/",
    "/calls/",
    "/calls/fit/",
    "/decisions/",
    "/methods/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/sign-in/",
    "/join/",
    "/account/forgotten/",
)
POINTS = re.compile(r'<script type="application/json">.*?</script>', re.DOTALL)


@pytest.fixture
def office():
    open_live(Division.objects.get(code="15"))
    Division.objects.filter(code="1503011001").update(name="خرم‌آباد", search="خرم اباد خرماباد", kind="city")
    return at(NewLicence, "issued").dossier.office


def page(path, language="fa", status=200):
    client = Client()
    client.cookies["django_language"] = language
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_page_is_whole_in_each_language(office, language):
    for path in (*PAGES, f"/offices/{office.code}/"):
        text = page(path, language)
        assert f'lang="{language}"' in text
        assert f'dir="{"rtl" if language == "fa" else "ltr"}"' in text
        assert len(re.findall("<h1", text)) == 1, path
        assert "{" not in POINTS.sub("", text).split("<body>")[1], path
        assert not re.search(
            r"\sstyle=|<script(?! src=\"/static/)|onclick|https?://(?!schema\.org|www\.w3\.org)", POINTS.sub("", text)
        ), path


def test_persian_pages_have_persian_digits_outside_codes(office):
    for path in ("/", f"/offices/{office.code}/", "/figures/", "/law/"):
        text = re.sub(
            r'<bdi dir="ltr".*?</bdi>|<title.*?</title>|<[^>]+>',
            " ",
            POINTS.sub("", page(path)).split("<main")[1],
            flags=re.DOTALL,
        )
        assert not re.search("[0-9]", text), (path, re.findall(r".{20}[0-9].{20}", text)[:3])


@pytest.mark.parametrize("written", ["خرم آباد", "خرم‌آباد", "خرماباد", "۱۵-C-۰۰۰۱", "15-c-0001"])
def test_an_office_is_found_however_its_place_or_code_is_written(office, written):
    assert office.code in page(f"/?q={written}")


def test_nothing_found_says_what_to_do_next(office):
    assert "نیافتیم" in page("/?q=ناکجاآباد")
    assert office.code not in page("/?q=ناکجاآباد")
    assert office.code not in page("/?kind=rural_ict")
    assert office.code in page("/?kind=counter&page=99")


def test_an_office_that_serves_says_so_first(office):
    text = page(f"/offices/{office.code}/")
    assert "پروانهٔ معتبر دارد" in text
    assert office.licences.get().number in text
    office.licences.get().statuses.update(status="suspended")
    assert "اکنون خدمت نمی‌دهد" in page(f"/offices/{office.code}/")


def test_a_request_is_tracked_by_its_code_in_any_spelling(office):
    code = new_request(places()).tracking_code
    assert "در دست تهیه" in page(f"/track/?code={code[:5].lower()}-{code[5:]}")
    assert "یازده" in page("/track/?code=123", status=422)
    page("/track/?code=00000000000", status=404)


def test_who_tracks_a_request_sees_when_it_is_before_a_meeting_next(office):
    case = at(NewLicence, "agenda")
    assert "جلسهٔ پیش رو" not in page(f"/track/?code={case.tracking_code}")
    meeting_about(case, opened=False)
    assert "جلسهٔ پیش رو" in page(f"/track/?code={case.tracking_code.lower()}")


def test_figures_are_counts_without_their_records(office):
    text = page("/figures/", "en")
    assert "Visits made" in text
    assert office.code not in text
    assert "29" in page("/figures/?from=1401-01-01&to=1401-12-30", "en", status=422)


def test_no_public_page_names_a_person(office):
    names = set(Person.objects.values_list("family_name", flat=True)) - {""}
    for path in (*PAGES, f"/offices/{office.code}/", f"/track/?code={new_request(places()).tracking_code}"):
        assert not [name for name in names if name in page(path)], path


def test_what_is_not_there_is_a_page_to_people_and_json_to_programs(office):
    assert "بازگشت" in page("/offices/15-C-9999/", status=404)
    assert "بازگشت" in page("/nowhere/", status=404)
    assert Client().get("/api/nowhere").json()["refusal"]


@pytest.mark.parametrize("address", ["/glossary/", *(f"/methods/{name}/" for name in METHODS)])
def test_what_is_read_links_to_nothing_that_is_not_there(office, address):
    links = re.findall(r'href="(/[^"#?]*|[\w.][^"#:]*)"', page(address).partition("<main")[2].partition("</main")[0])
    assert [link for link in links if Client().get(urljoin(address, link)).status_code != 200] == []


def test_the_browser_is_told_to_load_nothing_from_elsewhere(office):
    headers = Client().get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_who_joins_again_and_again_is_stopped(office):
    client = Client()
    assert [client.post("/join/", {"phone": ""}).status_code for _ in range(11)] == [422] * 10 + [429]
    assert "بیش از اندازه" in client.post("/join/", {"phone": ""}).content.decode()
    assert client.get("/join/").status_code == 200


def test_a_choice_of_language_is_kept_and_the_browsers_own_is_not_asked(office):
    client = Client(headers={"accept-language": "en"})
    assert 'lang="fa"' in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/law/"})
    assert 'lang="en"' in client.get("/").content.decode()


def test_a_page_of_results_costs_the_same_however_many_there_are(office, django_assert_max_num_queries):
    page("/")  # the names of towns are read once for a process
    with django_assert_max_num_queries(13):  # which provinces there are is one of them
        page("/")


def test_offices_that_are_closed_are_there_and_say_when_they_open(office, monkeypatch):
    describe_office(office, hours=[(0, time(8), time(13))], services=[], by=person_as(Role.EXPERT))
    calendar = Calendar(today(), today() + timedelta(days=90))
    fridays = (today() + timedelta(days=days) for days in range(7, 80))
    friday = next(
        datetime.combine(day, time(10), TEHRAN)
        for day in fridays
        if day.weekday() == 4 and not calendar.is_holiday(day + timedelta(days=1), place="15")
    )
    monkeypatch.setattr(clock, "now", lambda: friday)
    monkeypatch.setattr(search_page, "now", lambda: friday)
    for path in ("/?open=1", f"/?open=1&q={office.code}"):
        text = page(path)
        assert office.code in text and "فردا ساعت ۸:۰۰ باز می‌شود" in text, path
        assert "باز نیست" in text or "بسته‌اند" in text, path
    assert "1 office" in page(f"/?open=1&q={office.code}", "en")
    assert "فردا ساعت ۸:۰۰ باز می‌شود" in page(f"/offices/{office.code}/")
