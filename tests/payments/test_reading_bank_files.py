"""Whatever a bank's file holds, each of its rows is read or kept as it stands, or the whole is refused in words."""

import csv
import io
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pishkhan.language.digits import persian
from pishkhan.language.jalali import jalali
from pishkhan.payments.bank_file import LARGEST, MOST_ROWS, BankFileRow, NotABankFile, read_bank_file, reference_of

pytestmark = pytest.mark.no_database

HEADING = "reference,amount,date,payer_reference\n"
HEADINGS = (
    ["reference", "amount", "date", "payer_reference"],
    ["شمارهٔ پیگیری", "مبلغ (ریال)", "تاريخ", "شناسه‌ی پرداخت".replace("ه‌ی", "ۀ")],
)
cell = some.text(some.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
rows = some.tuples(
    some.from_regex(r"[0-9A-Z./_-]{1,40}", fullmatch=True),
    some.integers(1, 10**15 - 1),
    some.dates(date(1990, 1, 1), date(2100, 1, 1)),
    some.from_regex(r"D-15-14[0-9]{2}-[0-9]{4}", fullmatch=True),
)


def sheet(data, *, divider=",", end="\n", heading=HEADINGS[0], write=str):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=divider, lineterminator=end)
    writer.writerows([heading, *([write(cell) for cell in row] for row in data)])
    return text.getvalue()


@given(
    some.lists(rows, min_size=1, max_size=5),
    some.sampled_from(",;\t"),
    some.sampled_from(("\n", "\r\n")),
    some.sampled_from(HEADINGS),
    some.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
    some.booleans(),
)
def test_a_row_is_read_however_it_is_written(rows, divider, end, heading, encoding, in_persian):
    written = [
        (
            reference,
            f"{amount:,}".replace(",", "٬") if in_persian else amount,
            jalali(day).replace("-", "/") if in_persian else day,
            payer,
        )
        for reference, amount, day, payer in rows
    ]
    text = sheet(written, divider=divider, end=end, heading=heading, write=persian if in_persian else str)

    result = read_bank_file(text.encode(encoding))

    assert [(row.reference, row.amount, row.paid_on, row.payer_reference) for row in result] == rows
    assert [row.number for row in result] == list(range(2, len(rows) + 2)) and all(row.is_whole for row in result)


@given(
    some.one_of(
        some.binary(max_size=300),
        some.text(max_size=300).map(lambda text: text.encode("utf-8", "ignore")),
        some.text(max_size=300).map(lambda text: (HEADING + text).encode("utf-8", "surrogatepass")),
    )
)
def test_no_content_breaks_the_reading(content):
    with suppress(NotABankFile):
        result = read_bank_file(content)
        assert result and all(isinstance(row, BankFileRow) and row.written for row in result)


@given(some.lists(some.lists(cell, min_size=4, max_size=4), min_size=1, max_size=8))
def test_no_row_is_lost_whatever_its_cells_hold(cells):
    rows = [row for row in cells if any(cell.strip() for cell in row)]

    refused = None
    try:
        result = read_bank_file(sheet(cells, end="\r\n").encode())  # so that the writer quotes either end of a line
    except NotABankFile as error:
        refused = error.text.en
    if refused:  # a cell that holds a line of the table is not believed
        assert not rows or "quote" in refused
    else:
        assert [list(row.written) for row in result] == rows


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (HEADING.encode(), "empty"),
        (b"\xff\xff\xff\xff", "reference"),
        ("مبلغ\n1".encode("cp1256"), "reference"),
        (HEADING.encode() + b"1,\0,3,4", "no table"),
        (b"a,b\n1,2", "reference"),
        (b"amount,amount,date,reference\n", "amount"),
        (b"reference,amount,amount,date,payer_reference\n1,2,3,4,5", "twice"),
        (b"x" * (LARGEST + 1), "5 MB"),
        (HEADING.encode() + b"1,2,3,4\n" * (MOST_ROWS + 1), "divide"),
        (HEADING.encode() + b'"' + b"x" * 200_000 + b'",2,3,4', "quote"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(content, why):
    with pytest.raises(NotABankFile, match=why):
        read_bank_file(content)


@pytest.mark.parametrize(
    "cells",
    [
        "=1+1,5,1401/06/25,D",
        "7,-5,1401/06/25,D",
        "7,5.5,1401/06/25,D",
        "7,0,1401/06/25,D",
        "7,1e9,1401/06/25,D",
        "7,9999999999999999,1401/06/25,D",
        "7,5,1401/13/01,D",
        "7,5,1401/12/30,D",
        "7,5,,D",
        "7,5",
        "7,5,1401/06/25,D,7,5",
    ],
)
def test_a_row_that_tells_no_payment_is_kept_and_told(cells):
    (row,) = read_bank_file((HEADING + cells).encode())

    assert not row.is_whole and "".join(row.written).replace(",", "") == cells.replace(",", "")


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("۷۰۰۱", "7001"),
        (" d–15–1401–0007 ", "D-15-1401-0007"),
        ("\u200f7001\u200e", "7001"),
        ("زهرا", ""),
        ("x" * 41, ""),
        ("@SUM(1)", ""),
        ("٧٠", "70"),
    ],
)
def test_a_reference_has_one_form(written, reference):
    assert reference_of(written) == reference
