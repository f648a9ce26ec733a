"""A table is read alike whatever wrote it, and nothing of it is swallowed or cut in silence."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from pishkhan.language.table_files import NotATable, lines_of
from pishkhan.language.tables import read_table

pytestmark = pytest.mark.no_database

HEADING = ["code", "name", "day"]
ROWS = [["15", "خرم‌آباد، مرکز", "1401-06-23"], ["1503", "بروجرد", "1401-06-24"]]
READ = [(2, "15", "خرم‌آباد، مرکز", "1401-06-23"), (3, "1503", "بروجرد", "1401-06-24")]


def text_of(divider=",", end="\r\n"):
    def cell(text):
        return f'"{text}"' if divider in text or "،" in text else text

    return end.join(divider.join(map(cell, row)) for row in [HEADING, *ROWS]) + end


def workbook(rows):
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def page(rows):
    body = "".join("<tr>" + "".join(f"<td> {cell} </td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table><tr><td>سربرگ</td></tr></table><table border=1>{body}</table></body></html>"


def read(content, columns=None):
    rows = read_table(content, columns or {}, known=tuple(HEADING), needed=("code", "name"))
    return [(row.number, row["code"], row["name"], row["day"]) for row in rows]


@pytest.mark.parametrize(
    "content",
    [
        text_of().encode(),
        text_of().encode("utf-8-sig"),
        text_of(";").encode("utf-8-sig"),
        text_of("\t", "\n").encode("utf-16"),
        text_of("\t").encode("utf-16-le"),
        text_of().replace("ی", "ي").encode("cp1256"),
        workbook([HEADING, *ROWS]),
        workbook([HEADING, [15, ROWS[0][1], date(2022, 9, 14)], [1503.0, "بروجرد", datetime(2022, 9, 15)]]),
        page([HEADING, *ROWS]).encode(),
        page([HEADING, *ROWS]).encode("utf-16"),
    ],
    ids=["utf-8", "bom", "semicolon", "utf-16", "utf-16-le", "windows", "xlsx", "xlsx-typed", "html", "html-16"],
)
def test_it_is_read_alike_whatever_wrote_it(content):
    assert read(content) == READ


def test_blank_rows_are_passed_over_and_rows_keep_their_numbers():
    text = "code,name,day,,\r\n,,\r\n15,الف,,,\r\n\r\n \r\n16,ب\r\n"
    assert read(text.encode()) == [(3, "15", "الف", ""), (6, "16", "ب", "")]


def test_headings_are_known_whatever_letters_and_blanks_they_have():
    text = "\ufeffكد\u200f ,نام  شهر,DAY\r\n15,الف,1401-01-01\r\n"
    assert read(text.encode(), {"code": "کد", "name": "نام شهر"}) == [(2, "15", "الف", "1401-01-01")]


def test_cells_are_read_as_they_were_meant():
    assert read("code,name\n\u200e15\u200f,كوهدشت\u00a0\n".encode())[0][:3] == (2, "15", "کوهدشت")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,name,day\n1,a,b\n2,a,b,c\n", "Row 3: it is 4 cells wide and the heading 3"),
        ('code,name,day\n1,"a,b\n2,a,b\n3,c",d\n4,e,f\n', "Row 2: a quote"),
        ('code,name,day\n1,"a"b,c\n', "Row 2: a quote"),
        ('code,name,day\n1,"a,c\n', "Row 2: a quote"),
        ("code,day\n1,2\n", "no column 'name'"),
        ("code,name,name\n1,2,3\n", "stands there twice"),
        ("", "empty"),
        ("\0\1\2 nothing", "no table"),
        ("%PDF-1.7 x", "no table"),
        ("<html><p>nothing</p></html>", "no table"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_row(text, why):
    with pytest.raises(NotATable) as refused:
        read(text.encode())
    assert why in refused.value.text.en
    assert refused.value.text.fa != refused.value.text.en


def test_every_row_that_is_too_wide_is_named_at_once():
    with pytest.raises(NotATable) as refused:
        read(b"code,name,day\n1,a,b,c\n2,a,b\n3,a,b,c\n")
    assert [fault.en.split(":")[0] for fault in refused.value.faults] == ["Row 2", "Row 4"]


def test_a_cell_of_several_lines_is_one_cell():
    assert list(lines_of('a,b\n1,"خط یک\nخط دو"\n2,c\n'.encode())) == [
        (1, ["a", "b"]),
        (2, ["1", "خط یک\nخط دو"]),
        (3, ["2", "c"]),
    ]


def test_a_number_that_a_spreadsheet_has_rounded_is_refused_and_not_believed():
    with pytest.raises(NotATable) as refused:
        read(workbook([HEADING, [123456789012345678901234567890.0, "a", "b"]]))
    assert "Row 2" in refused.value.text.en


def test_an_old_workbook_is_named():
    with pytest.raises(NotATable) as refused:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "XLS" in refused.value.text.en
