"""A package is the same bytes whenever it is made; whatever else is brought, it is refused in words."""

import io
import json
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pishkhan.exchange.packing import (
    ANSWERS,
    LARGEST,
    MANIFEST,
    Answer,
    Manifest,
    NotAPackage,
    checksum,
    packed,
    table_of,
    unpacked,
)

pytestmark = pytest.mark.no_database

COLUMNS = ["reference", "outcome", "letter", "letter_on"]
ROW = ["X-tax-15-1401-0001/1", "cleared", "12/34", "1401/06/25"]

cell = some.text(some.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=30)


def manifest(table, **data):
    return Manifest(
        **{
            "kind": "answers",
            "partner": "tax",
            "province": "15",
            "reference": "T-7",
            "sequence": 7,
            "answers_to": "X-tax-15-1401-0001",
            "made_on": date(2022, 9, 16),
            "rows": 1,
            "sha256": checksum(table),
        }
        | data
    )


def package(*rows, columns=COLUMNS, **data):
    table = table_of(columns, rows or [ROW])
    return packed(manifest(table, **{"rows": len(rows) or 1} | data), table)


def zipped(parts, how=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as there:
        for name, part in parts:
            there.writestr(name, part)
    return content.getvalue()


def test_what_is_packed_is_what_is_unpacked_and_the_same_bytes_each_time():
    data, answers = unpacked(package())

    assert package() == package() and data == manifest(table_of(COLUMNS, [ROW]))
    assert answers == [Answer(2, ROW[0], "cleared", "12/34", date(2022, 9, 16))]


@pytest.mark.parametrize(
    ("cells", "data"),
    [
        (["R/1", "بلامانع", "۱۲/۳۴", "2022-09-16"], ("cleared", "12/34", date(2022, 9, 16))),
        (["R/1", "منفي", "12", "1401-06-25"], ("not_cleared", "12", date(2022, 9, 16))),
        (["R/1", "theft", "-", "1401/13/01"], ("", "", None)),
        (["R/1", "cleared", "x" * 61, ""], ("cleared", "", None)),
        (["R/1", "cleared"], ("", "", None)),
        (["R/1", "cleared", "=1+1", "1401/06/25", "5"], ("", "", None)),
    ],
)
def test_a_row_is_understood_however_it_is_written_or_left_empty(cells, data):
    table = (",".join(COLUMNS) + "\r\n" + ",".join(cells)).encode()

    (answer,) = unpacked(packed(manifest(table), table))[1]

    assert (answer.outcome, answer.letter, answer.letter_on) == data


def test_a_table_that_was_altered_is_refused():
    parts = dict(zip((MANIFEST, ANSWERS), [None, None], strict=True))
    with zipfile.ZipFile(io.BytesIO(package())) as there:
        parts = {name: there.read(name) for name in parts}

    altered = parts[ANSWERS].replace(b"cleared", b"not_cleared")

    with pytest.raises(NotAPackage, match="checksum"):
        unpacked(zipped([(MANIFEST, parts[MANIFEST]), (ANSWERS, altered)]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "questions"},
        {"partner": "../tax"},
        {"province": "1"},
        {"reference": ""},
        {"answers_to": "=1"},
        {"sequence": 0},
        {"sequence": True},
        {"sequence": "7"},
        {"rows": 2},
        {"rows": 10**12},
        {"sha256": "x"},
        {"made_on": "yesterday"},
        {"made_on": None},
        {"format": "zip"},
        {"version": 2},
        {"table": "other.csv"},
    ],
)
def test_a_manifest_that_is_wrong_is_refused(wrong):
    with zipfile.ZipFile(io.BytesIO(package())) as there:
        data, table = json.loads(there.read(MANIFEST)), there.read(ANSWERS)

    with pytest.raises(NotAPackage):
        unpacked(zipped([(MANIFEST, json.dumps(data | wrong)), (ANSWERS, table)]))


@pytest.mark.parametrize(
    "columns", [COLUMNS[:3], [*COLUMNS, "offence"], [*COLUMNS, "letter"], [*COLUMNS, "years", "years"]]
)
def test_a_table_of_other_columns_is_refused_so_that_nothing_but_outcomes_comes_in(columns):
    with pytest.raises(NotAPackage, match="column"):
        unpacked(package([*ROW, "x", "y"][: len(columns)], columns=columns))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"\0" * 100,
        zipped([]),
        zipped([(MANIFEST, "{}")]),
        zipped([(MANIFEST, "{}"), ("../a.csv", "")]),
        zipped([(MANIFEST, "[]"), (ANSWERS, "")]),
        zipped([(MANIFEST, "[" * 100_000), (ANSWERS, "")]),
        zipped([(MANIFEST, "{}"), (ANSWERS, b"0" * (LARGEST + 1))]),
        zipped([(MANIFEST, "{}"), (ANSWERS, ""), ("c", "")]),
        b"x" * (LARGEST + 1),
    ],
    ids=range(11),
)
def test_a_file_that_is_no_package_is_refused(content):
    with pytest.raises(NotAPackage) as refused:
        unpacked(content)
    assert refused.value.text.fa and refused.value.text.en


@given(some.binary(max_size=200), some.integers(0, 2000), some.integers(0, 255))
def test_no_content_breaks_the_unpacking(noise, place, byte):
    whole = bytearray(package())
    whole[place % len(whole)] = byte
    for content in (noise, bytes(whole), bytes(whole[:place]), zipped([(MANIFEST, noise), (ANSWERS, noise)])):
        with suppress(NotAPackage):
            data, answers = unpacked(content)
            assert data.rows == len(answers)


@given(
    some.lists(
        some.lists(cell, min_size=4, max_size=4).filter(lambda row: any(item.strip() for item in row)),
        min_size=1,
        max_size=5,
    )
)
def test_every_row_of_a_table_is_told_and_no_cell_that_leaves_is_a_formula(rows):
    answers = unpacked(package(*rows))[1]

    assert [answer.number for answer in answers] == list(range(2, len(rows) + 2))
    table = table_of(COLUMNS, rows).decode("utf-8-sig")
    assert not any(line.startswith(("=", "+", "-", "@")) for line in table.splitlines()[1:2])
