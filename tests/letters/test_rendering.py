"""The same record gives the same bytes everywhere, in PDF/A-2b with tags; and what people wrote is read rightly."""

import io
import json
import os
import subprocess
import sys
from ctypes import c_double
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pypdfium2 import raw

from pishkhan.letters.kinds import KINDS
from pishkhan.letters.rendering import coverage, pdf_of, qr_rows, written

pytestmark = pytest.mark.no_database

HERE = Path(__file__).parent
SUMS = HERE / "SHA256SUMS"
RECORDS = json.loads((HERE / "records.json").read_text())
EDITIONS = [(kind, language) for kind in sorted(RECORDS) for language in ("fa", "en")]
MARGIN, WIDTH = 55, 595  # points: what stands nearer to an edge than 55 has run over
each_edition = pytest.mark.parametrize(("kind", "language"), EDITIONS)
MAKE = """
import json, sys
from hashlib import sha256
from pishkhan.letters.rendering import pdf_of
for kind, record in sorted(json.load(open(sys.argv[1])).items()):
    for language in ("fa", "en"):
        print(sha256(pdf_of(kind, record, language)).hexdigest(), f"{kind}-{language}")
"""


@pytest.fixture(scope="module")
def made():
    return {(kind, language): pdf_of(kind, RECORDS[kind], language) for kind, language in EDITIONS}


def lines_of(content):
    """What stands on the first page, line by line, each from the left edge to the right as it is seen."""
    text = pypdfium2.PdfDocument(content)[0].get_textpage()
    rows, left, baseline = {}, c_double(), c_double()
    for place in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, place))
        if letter.isprintable() and raw.FPDFText_GetCharOrigin(text, place, left, baseline):
            rows.setdefault(round(baseline.value), []).append((left.value, letter))
    return ["".join(letter for _, letter in sorted(row)) for row in rows.values()]


def test_there_is_a_record_of_every_kind_to_try():
    assert set(KINDS) - set(RECORDS) == set(), "write a record of these in tests/letters/records.json"
    assert set(RECORDS) - set(KINDS) == set()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_document_is_the_same_wherever_and_whenever_it_is_made(zone, tmp_path):
    """In another zone, locale, home and folder; and as it was when the digests were committed."""
    run = subprocess.run(
        [sys.executable, "-c", MAKE, str(HERE / "records.json")],
        cwd=tmp_path,
        check=True,
        text=True,
        capture_output=True,
        env=os.environ
        | {
            "TZ": zone,
            "LANG": "de_DE.UTF-8",
            "HOME": str(tmp_path),
            "SOURCE_DATE_EPOCH": "1",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )

    if not SUMS.exists():  # deleted, so that it is written anew
        SUMS.write_text(run.stdout)
    assert run.stdout.splitlines() == SUMS.read_text().splitlines()


@each_edition
def test_a_document_is_archival_and_tagged(made, kind, language):
    with pikepdf.open(io.BytesIO(made[kind, language])) as pdf:
        data = pdf.open_metadata()
        assert (data["pdfaid:part"], data["pdfaid:conformance"]) == ("2", "B")
        assert data["pdfuaid:part"] == "1" and bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1" and "/DestOutputProfile" in pdf.Root.OutputIntents[0]
        assert "/StructTreeRoot" in pdf.Root and bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith(language) and str(pdf.docinfo.Title)
        assert "/Encrypt" not in pdf.trailer and "/JavaScript" not in pdf.Root.get("/Names", {})
        fonts = [
            row for row in pdf.objects if isinstance(row, pikepdf.Dictionary) and row.get("/Type") == "/FontDescriptor"
        ]
        assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert {str(font.FontName).rpartition("+")[2].split("-")[0] for font in fonts} == {"Vazirmatn"}


def test_what_a_document_bears_is_the_moment_of_its_record(made):
    with pikepdf.open(io.BytesIO(made["demand", "fa"])) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20220916063000")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_phone_reads_the_code_of_a_licence(made, language):
    page = pypdfium2.PdfDocument(made["licence", language])[0]

    read = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil())  # 200 dpi

    assert [barcode.text for barcode in read] == [RECORDS["licence"]["verification_url"]]


def test_rows_of_a_code_are_whole():
    rows = qr_rows("https://example.ir/verify/#A")

    assert {sum(map(abs, row)) for row in rows} == {len(rows)}
    assert all((one > 0) != (next_one > 0) for row in rows for one, next_one in pairwise(row))


@each_edition
def test_nothing_runs_over_the_margins(made, kind, language):
    text = pypdfium2.PdfDocument(made[kind, language])[0].get_textpage()
    boxes = [text.get_charbox(place) for place in range(text.count_chars())]

    assert min(left for left, _, right, _ in boxes if right > left) >= MARGIN
    assert max(right for left, _, right, _ in boxes if right > left) <= WIDTH - MARGIN


def test_codes_are_read_from_the_left_between_persian_words(made):
    persian, english = "\n".join(lines_of(made["refusal", "fa"])), "\n".join(lines_of(made["refusal", "en"]))

    assert "۷۲-۱۶-۱۳۰۴" in persian and "AB-۱۲/۳۴" in persian and "NL-15-1401-0098" in persian
    assert "72-16-1304" in english and "AB-12/34" in english and "NL-15-1401-0098" in english


def test_a_letter_without_a_shape_is_told_as_a_question_mark():
    assert "🙂" not in written(RECORDS["refusal"]) and "ببینید ?" in written(RECORDS["refusal"])


def test_lines_that_were_broken_by_hand_stay_broken(made):
    second = next(line for line in lines_of(made["refusal", "fa"]) if "کناب" in line)  # as it is seen, from the left

    assert second.endswith(":مود طخ") and "۱۲۰" not in second


def test_what_would_turn_the_text_around_is_left_out():
    assert "رضایی‌نژاد12" in written({"name": "\u202eرضایی\u200cنژاد\u202c\u206712\ufeff"})


def test_every_letter_that_is_let_through_has_a_shape():
    """PDF/A refuses a letter that the font has not: one document of all that coverage lists."""
    every = "".join(map(chr, sorted(coverage())))
    record = RECORDS["acknowledgement"] | {"to": {"name": every, "legal_id": None}}

    assert pdf_of("acknowledgement", record, "fa").startswith(b"%PDF")


def test_a_document_is_made_quickly_and_stays_small(made):
    assert max(map(len, made.values())) < 100_000
    assert len({sha256(item).hexdigest() for item in made.values()}) == len(EDITIONS)
