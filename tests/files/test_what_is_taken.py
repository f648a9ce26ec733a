"""What is taken in as a file: judged by its content; kept without what cameras and programs write beside it."""

import re
import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from pishkhan.files import refusals
from pishkhan.files.judging import judged
from pishkhan.files.types import clean_name, ending_agrees
from pishkhan.language.text import LANGUAGES
from scans import CANARY, FILM, SIDEWAYS, drawing, paper, photo, tagged_drawing, tagged_paper, tagged_photo

pytestmark = pytest.mark.no_database

PAGELESS = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ORIENTATION = 0x0112


def points(content):
    with Image.open(BytesIO(content)) as image:
        return image.mode, image.size, image.tobytes()


def with_one(place, data):
    def change(pdf):
        pdf.Root[place] = data

    return change


def script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def script_on_a_button(pdf):
    action = Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"app.alert(1)"))
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], AA=Dictionary(E=action))]
    )


def names_of_scripts(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([])))


def attached(pdf):
    pdf.attachments["a.exe"] = b"MZ"


def annotated_with(kind):
    def change(pdf):
        pdf.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=[0, 0, 9, 9])])

    return change


def an_action(kind):
    return with_one("/OpenAction", Dictionary(S=Name(kind)))


RUNNING = {
    "script": script,
    "a button's": script_on_a_button,
    "names": names_of_scripts,
    "attached": attached,
    "form": with_one("/AcroForm", Dictionary(XFA=Array([]))),
    "launch": an_action("/Launch"),
    "sent": an_action("/SubmitForm"),
    "elsewhere": an_action("/GoToR"),
    "embedded": an_action("/GoToE"),
    "fetched": an_action("/ImportData"),
    "played": an_action("/Rendition"),
    "rich": annotated_with("/RichMedia"),
    "clip": annotated_with("/FileAttachment"),
    "film": annotated_with("/Movie"),
    "scene": annotated_with("/3D"),
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("change", RUNNING.values(), ids=RUNNING)
def test_a_pdf_that_does_more_than_be_read_is_refused(change, packed):
    with pytest.raises(refusals.Active) as refused:
        judged(paper(change, packed=packed))

    assert all(refused.value.text.to(language) for language in LANGUAGES)


def test_escapes_in_names_hide_nothing():
    content = paper(script).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/#4aS")

    assert b"/JavaScript" not in content
    with pytest.raises(refusals.Active):
        judged(content)


def test_a_script_that_no_page_leads_to_is_found_too():
    def hidden(pdf):
        pdf.Root.Unheard = pdf.make_indirect(Dictionary(Deep=Array([Array([Dictionary(JS=pikepdf.String("1"))])])))

    with pytest.raises(refusals.Active):
        judged(paper(hidden))


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(1)>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Names<</EmbeddedFiles 2 0 R>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
    ],
)
def test_what_has_no_pages_is_asked_for_scripts_as_well(content):
    with pytest.raises(refusals.Active):
        judged(content)


@pytest.mark.parametrize(
    "change",
    [
        None,
        with_one("/OpenAction", Array([])),
        with_one("/PageMode", Name.UseOutlines),
        annotated_with("/Link"),
        an_action("/GoTo"),
        with_one("/AcroForm", Dictionary(Fields=Array([]))),
    ],
)
def test_a_pdf_that_is_only_read_is_kept_as_it_came(change):
    content = paper(change)

    assert judged(content).content == content


@pytest.mark.parametrize("before", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\n" * 1000], ids=len)
@pytest.mark.parametrize("after", [b"", b"\r\n \n", b"\0" * 900, b"\n" * 9000], ids=len)
def test_blanks_around_a_pdf_do_no_harm(before, after):
    kept = judged(before + paper() + after).content

    assert kept.startswith(b"%PDF-") and len(pikepdf.open(BytesIO(kept)).pages) == 1


def test_metadata_of_a_pdf_are_left_out_wherever_they_stand():
    for packed in (False, True):
        content = paper(tagged_paper, packed=packed)

        kept = judged(content).content

        assert CANARY in content and CANARY not in kept
        with pikepdf.open(BytesIO(kept)) as pdf:
            assert not pdf.docinfo and "/Metadata" not in pdf.Root
            assert pdf.pages[0].obj.Resources.XObject.P.read_raw_bytes().startswith(b"\xff\xd8")


def test_what_an_earlier_edition_of_a_pdf_told_is_left_out():
    def data(pdf):
        pdf.docinfo["/Author"] = CANARY.decode()

    first = paper(data)
    root, size, table = (
        re.search(mark, first)[1] for mark in (rb"/Root (\d+ 0 R)", rb"/Size (\d+)", rb"startxref\n(\d+)")
    )

    again = first + b"xref\n0 0\ntrailer <</Root %b/Size %b/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        size,
        table,
        len(first),
    )

    with pikepdf.open(BytesIO(again)) as pdf:
        assert "/Info" not in pdf.trailer and CANARY in again  # only who looks at the bytes would find it
    assert CANARY not in judged(again).content


def test_a_signed_pdf_is_kept_to_the_byte():
    def signed(pdf):
        tagged_paper(pdf)
        pdf.Root.AcroForm = Dictionary(
            SigFlags=3,
            Fields=Array(
                [
                    pdf.make_indirect(
                        Dictionary(FT=Name.Sig, V=pdf.make_indirect(Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3])))
                    )
                ]
            ),
        )

    content = paper(signed)

    assert judged(content).content == content


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (paper(encryption=pikepdf.Encryption(user="a", owner="b")), refusals.Locked),
        (paper()[:-9], refusals.CutOff),
        (b"%PDF-1.4\nrubbish\n%%EOF\n", refusals.Damaged),
        (b"%PDF-1.4\n1 0 obj<</Type/Catalog/A#41 2>>endobj\n%%EOF\n", refusals.Damaged),
        (b"%PDF-1.4\n<html><script>1</script>\n%%EOF", refusals.TwoThings),
        (b"x" * 2000 + paper(), refusals.NotAllowedType),
    ],
    ids=["locked", "cut", "rubbish", "escaped", "page", "buried"],
)
def test_a_pdf_that_cannot_be_read_is_refused_by_name(content, refusal):
    with pytest.raises(refusal):
        judged(content)


def test_a_pdf_that_unpacks_to_more_than_a_bound_is_refused():
    bomb = zlib.compress(b" " * (65 * refusals.MEGABYTE) + b"<<>>")
    content = b"%%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n" % len(bomb)
    content += bomb + b"\nendstream endobj\n"
    table = b"\0\0\0\0\xff" + b"\x01%b\0" % (9).to_bytes(3) + b"\x02\0\0\x01\0"
    begins = len(content)
    content += b"3 0 obj<</Type/XRef/W[1 3 1]/Size 3/Root 2 0 R/Length %d>>stream\n" % len(table)
    content += table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % begins

    with pytest.raises(refusals.FileRefused):
        judged(content)


@pytest.mark.parametrize("content", [photo(), photo(progressive=True), photo(noise=True), photo(side=31, quality=30)])
def test_a_bare_photo_is_kept_to_the_byte(content):
    assert judged(content).content == content


def test_photos_lose_what_cameras_write_and_keep_their_points_and_their_upright():
    for content in (tagged_photo(), tagged_photo(progressive=True), tagged_photo(noise=True)):
        for sent in (content, content + FILM, content + photo(), content + b"\0\0", content + b"SEFH....SEFT"):
            kept = judged(sent).content

            assert CANARY in sent and CANARY not in kept and points(kept) == points(content)
            with Image.open(BytesIO(kept)) as image:
                assert dict(image.getexif()) == {ORIENTATION: SIDEWAYS}


def test_colours_of_a_photo_stay_what_they_are():
    with Image.open(BytesIO(photo())) as image:
        made = BytesIO()
        image.convert("CMYK").save(made, "JPEG", icc_profile=b"colours" * 9)

    kept = judged(made.getvalue()).content

    assert b"ICC_PROFILE" in kept and b"Adobe" in kept and points(kept) == points(made.getvalue())


def test_drawings_lose_what_programs_write_and_keep_their_points_and_their_upright():
    for content in (tagged_drawing(), tagged_drawing() + CANARY):
        kept = judged(content).content

        assert CANARY in content and CANARY not in kept and points(kept) == points(tagged_drawing())
        with Image.open(BytesIO(kept)) as image:
            assert dict(image.getexif()) == {ORIENTATION: SIDEWAYS}
    assert judged(drawing()).content == drawing()


def huge(kind, **more):
    made = BytesIO()
    Image.new("1", (10_000, 7_000)).save(made, kind, **more)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0", refusals.CutOff),
        (b"\xff\xd8\xff\xd9", refusals.NoPicture),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9", refusals.NoPicture),
        (photo()[:-2], refusals.CutOff),
        (photo()[:200] + b"\xff\xd9", refusals.CutOff),
        (drawing()[:-1], refusals.CutOff),
        (drawing()[:33] + drawing()[-12:], refusals.NoPicture),
        (photo() + b"<html>", refusals.TwoThings),
        (drawing() + b"<script>", refusals.TwoThings),
        (photo() + b"PK\x05\x06" + b"\0" * 18, refusals.TwoThings),
        (huge("PNG"), refusals.TooManyPixels),
        (huge("JPEG"), refusals.TooManyPixels),
        (b"", refusals.EmptyFile),
        (b"GIF89a", refusals.NotAllowedType),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, refusals.Heif),
        (b"MZ\x90\0", refusals.NotAllowedType),
    ],
    ids=range(16),
)
def test_what_is_no_whole_picture_is_refused_by_name(content, refusal):
    with pytest.raises(refusal) as refused:
        judged(content)

    assert type(refused.value) is refusal and all(refused.value.text.to(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("name", "media", "agrees"),
    [
        ("a.jfif", "image/jpeg", True),
        ("A.JPE", "image/jpeg", True),
        ("سند.PDF", "application/pdf", True),
        ("عکس", "image/png", True),
        ("گزارش ۱۴۰۱.۰۶.۲۵", "application/pdf", True),
        ("1401.06.25", "image/jpeg", True),
        ("سند.pdf\u200f", "application/pdf", True),
        ("a.pdf .", "application/pdf", True),
        ("a.png", "image/jpeg", False),
        ("a.pdf.exe", "application/pdf", False),
        ("سند.docx", "application/pdf", False),
        ("a.7z", "image/png", False),
    ],
)
def test_a_name_says_its_type_or_nothing_of_it(name, media, agrees):
    assert ending_agrees(clean_name(name), media) is agrees


def test_a_name_leads_nowhere_and_holds_no_mark_that_nobody_sees():
    assert clean_name("..\\..\\etc\\ab.pdf") == "ab.pdf"
    assert clean_name("a\u202efdp.exe\0") == "afdp.exe"
    assert clean_name("می\u200cخواهم.pdf") == "می\u200cخواهم.pdf"
