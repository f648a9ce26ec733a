"""New instruments of the law come in by page, API, table and command; what replaces one ends it."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import Workbook

from factories import describe_division, person_as
from http_client import signed_in
from pishkhan.geography.models import Division
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import parse_day
from pishkhan.people.roles import Role
from pishkhan.regulation.instruments.importing import NotTaken, read_instruments
from pishkhan.regulation.instruments.selectors import end_of_instrument, holds_on, instruments_with_ends
from pishkhan.regulation.keys import KEYS
from pishkhan.regulation.models import Article, Instrument
from pishkhan.regulation.selectors import number
from pishkhan.site.operations.deployment import open_live

pytestmark = pytest.mark.usefixtures("law")
NEW, IMPORT = "/regulation/instruments/new/", "/regulation/instruments/import/"
STATED = {
    "code": "commission-400-1",
    "title_fa": "مصوبهٔ ۱ جلسهٔ ۴۰۰",
    "title_en": "Session 400, resolution 1",
    "issuer": "کمیسیون",
    "number": "400/1",
    "valid_from": "۱۴۰۶/۰۱/۱۵",
    "confidence": "secondary",
    "article": "۴",
    "text": "مدت پروانه شش سال است.",
}
TABLE = (
    "code,title,title_en,valid_from,replaces,article,text\n"
    "circular-1,بخشنامهٔ ۱,Circular 1,1405-01-01,commission-317-2,1,متن یک\n"
    "circular-1,بخشنامهٔ ۱,,,,2,متن دو\n"
    "circular-2,بخشنامهٔ ۲,,,,1,متن\n"
)


@pytest.fixture(autouse=True)
def province(law):
    describe_division("15", name="لرستان", search="لرستان")
    open_live(Division.objects.get(code="15"))


@pytest.fixture
def admin():
    return signed_in(person_as(Role.ADMINISTRATOR))


def test_an_instrument_is_entered_read_corrected_and_cited_by_a_number(admin):
    old = Instrument.objects.get(code="commission-317-2")
    assert admin.post(NEW, STATED | {"article": "", "text": ""}).status_code == 422, "a text or where it lies"
    assert admin.post(NEW, STATED | {"code": "A b"}).status_code == 422
    assert admin.post(NEW, STATED | {"confidence": "official"}).status_code == 422, "official wants its page"
    assert admin.post(NEW, STATED | {"link": "javascript:alert(1)"}).status_code == 422
    assert admin.post(NEW, STATED | {"replaces": old.pk}).status_code == 302
    assert admin.post(NEW, STATED).status_code == 422, "the code is taken"
    row = instruments_with_ends().get(code="commission-400-1")
    assert (row.place, row.replaces, row.valid_from) == ("15", old, parse_day("1406-01-15"))
    page = f"/regulation/instruments/{row.code}/"
    text = admin.get(page).content.decode()
    assert "مدت پروانه شش سال است." in text
    assert "در کار نیست" in text
    assert admin.post(f"{page}article/", {"number": "۴", "text": "هفت سال"}).status_code == 302
    assert admin.post(f"{page}article/", {"number": "۵", "text": " "}).status_code == 422
    assert [article.text for article in row.articles.all()] == ["هفت سال"]
    corrected = {name: value for name, value in STATED.items() if name not in ("code", "article", "text")}
    assert admin.post(f"{page}correct/", corrected | {"replaces": row.pk}).status_code == 422
    assert admin.post(f"{page}correct/", corrected | {"replaces": old.pk, "number": "400/11"}).status_code == 302
    values = {
        "key": "licence.term_years",
        "value": "۶",
        "valid_from": "1406/01/15",
        "instrument": row.pk,
        "article": "۴",
    }
    assert admin.post("/regulation/new/", values).status_code == 302
    result = number(KEYS["licence.term_years"], on=date(2027, 6, 1), place="15")
    assert (result.value, result.binds, result.instrument) == (6, True, "commission-400-1")
    ended = instruments_with_ends().get(pk=old.pk)
    assert end_of_instrument(ended) == row.valid_from
    assert [holds_on(ended, parse_day(day)) for day in ("1406-01-14", "1406-01-15")] == [True, False]
    assert list(problems()) == []


def test_only_an_administrator_enters_and_only_what_is_of_their_place(admin):
    assert signed_in(person_as(Role.DIRECTOR)).post(NEW, STATED).status_code == 403
    assert admin.post("/regulation/instruments/by-law-1388/article/", {"number": "1", "text": "x"}).status_code in (
        403,
        422,
    )
    assert admin.post(NEW, STATED).status_code == 302
    other = signed_in(person_as(Role.ADMINISTRATOR, place="16"))
    assert other.post(
        "/regulation/instruments/commission-400-1/article/", {"number": "9", "text": "x"}
    ).status_code in (403, 422)
    assert Article.objects.count() == 1
    director = signed_in(person_as(Role.DIRECTOR))
    director.cookies["django_language"] = "en"
    assert "Session 400" in director.get("/regulation/instruments/").content.decode()
    assert "Correct it" not in director.get("/regulation/instruments/commission-400-1/").content.decode()
    assert director.get("/regulation/instruments/none/").status_code == 404


def test_a_table_is_looked_at_and_entered_wholly(admin):
    before = Entry.objects.count()
    file = SimpleUploadedFile("law.csv", TABLE.encode())
    assert admin.post(IMPORT, {"file": file, "rehearsal": "on"}).status_code == 302
    assert Entry.objects.count() == before
    book = Workbook()
    for line in TABLE.splitlines():
        book.active.append(line.split(","))
    book.save(content := io.BytesIO())
    assert admin.post(IMPORT, {"file": SimpleUploadedFile("law.xlsx", content.getvalue())}).status_code == 302
    row = Instrument.objects.get(code="circular-1")
    assert [(article.number, article.text) for article in row.articles.all()] == [("1", "متن یک"), ("2", "متن دو")]
    assert (row.replaces.code, row.place) == ("commission-317-2", "15")
    assert admin.post(IMPORT, {"file": SimpleUploadedFile("law.csv", TABLE.encode())}).status_code == 422
    assert Instrument.objects.filter(code__startswith="circular").count() == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("UPPER,x,,,,,", "code"),
        ("by-law-1388,x,,,,,", "already"),
        ("c-1,,,,,,", "title"),
        ("c-1,x,,1405-13-01,,,", "valid_from"),
        ("c-1,x,,,nothing,,", "replaces"),
        (f"c-1,{'x' * 201},,,,,", "title"),
    ],
)
def test_a_table_that_is_wrong_says_in_which_row(row, why):
    with pytest.raises(NotTaken, match=why):
        read_instruments(f"{TABLE.splitlines()[0]}\n{row}\n".encode())


def test_a_table_without_rows_or_columns_or_of_something_else_is_none():
    for content in (b"code,title\n", b"title\nx\n", b"PK\x03\x04nonsense", b"\xff\xfe"):
        with pytest.raises(NotTaken):
            read_instruments(content)


def test_a_program_enters_one_and_everybody_reads_it(admin):
    body = {
        "code": "circular-9",
        "place": "15",
        "title_fa": "بخشنامه",
        "title_en": "Circular",
        "valid_from": "2026-03-21",
    }
    body |= {"articles": [{"number": "1", "text": "متن"}], "replaces": "commission-317-2"}
    json = {"content_type": "application/json"}
    assert admin.post("/api/instruments", body | {"replaces": "none"}, **json).status_code == 404
    assert admin.post("/api/instruments", body | {"place": "16"}, **json).status_code == 403
    assert admin.post("/api/instruments", body, **json).status_code == 201
    listed = {row["code"]: row for row in Client().get("/api/instruments").json()}
    assert listed["circular-9"]["articles"] == [{"number": "1", "text": "متن"}]
    assert listed["commission-317-2"]["valid_to"] == "2026-03-21"


def test_a_command_imports_for_the_country(tmp_path, capsys):
    file = tmp_path / "law.csv"
    file.write_text(TABLE)
    call_command("instruments", "import", str(file), "--dry-run")
    assert not Instrument.objects.filter(code="circular-1").exists()
    call_command("instruments", "import", str(file))
    assert Instrument.objects.get(code="circular-1").place == ""
    assert "2 instruments imported" in capsys.readouterr().out
    with pytest.raises(CommandError, match="already"):
        call_command("instruments", "import", str(file))


@pytest.mark.tampers
def test_verifying_notices_a_word_of_the_law_that_was_changed(admin):
    admin.post(NEW, STATED)
    Article.objects.update(text="مدت پروانه شصت سال است.")
    assert len(list(problems())) == 1
