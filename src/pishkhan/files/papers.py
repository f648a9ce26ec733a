"""PDFs as they are kept: none that runs anything or carries other files; without what programs wrote beside the pages.

A PDF is read by qpdf (pikepdf), which unpacks streams of objects and undoes escapes in names, so that nothing hides.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name, ObjectStreamMode, Pdf, StreamDecodeLevel
from pikepdf.settings import set_qpdf_limits

from pishkhan.language.text import Text

from . import refusals
from .pictures import bare_picture
from .types import JPEG, MARKUP, PDF_BEGINS, SNIFFED, is_something_else_too

MOST_UNPACKED = 64 * refusals.MEGABYTE  # of one stream that qpdf must unpack to read the file
MOST_FILTERS = 4
MOST_OBJECTS = 300_000
ENDS_WITHIN, BLANKS = 1024, b"\0\t\n\f\r "  # bytes before the end in which %%EOF stands; what may follow it
# Where a PDF says what is to be done: the kind of an action (ISO 32000-2, 12.6.4), of an annotation or of an object.
SCRIPT, PROGRAM, ATTACHED, FORM, PLAYED, SENT = (
    Text("برنامهٔ JavaScript", "a script"),
    Text("فرمان اجرای برنامه", "a command that starts a program"),
    Text("پروندهٔ پیوست", "an attached file"),
    Text("فرم پویا (XFA)", "a dynamic form (XFA)"),
    Text("صدا، فیلم یا صحنهٔ سه‌بعدی", "sound, film or a 3D scene"),
    Text("فرمان فرستادن یا گرفتن داده", "a command that sends or fetches data"),
)
KEYS = {
    "/JS": SCRIPT,
    "/JavaScript": SCRIPT,
    "/EmbeddedFiles": ATTACHED,
    "/EF": ATTACHED,
    "/XFA": FORM,
    "/RichMediaContent": PLAYED,
    "/Launch": PROGRAM,
}
VALUES = {
    "/JavaScript": SCRIPT,
    "/Launch": PROGRAM,
    "/SubmitForm": SENT,
    "/ImportData": SENT,
    "/GoToR": SENT,
    "/GoToE": ATTACHED,
    "/Rendition": PLAYED,
    "/Movie": PLAYED,
    "/Sound": PLAYED,
    "/RichMedia": PLAYED,
    "/RichMediaExecute": PLAYED,
    "/Screen": PLAYED,
    "/3D": PLAYED,
    "/FileAttachment": ATTACHED,
    "/EmbeddedFile": ATTACHED,
}
SAYS_WHAT = ("/S", "/Type", "/Subtype")
BESIDE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")  # what programs write of themselves beside an object
SIGNED = ("/Sig", "/DocTimeStamp")

set_qpdf_limits(
    flate_max_memory=MOST_UNPACKED,
    run_length_max_memory=MOST_UNPACKED,
    png_max_memory=MOST_UNPACKED,
    tiff_max_memory=MOST_UNPACKED,
    max_stream_filters=MOST_FILTERS,
)


def bare_paper(content: bytes) -> bytes:
    """A PDF without metadata, as it came if there was none; a refusal if it is not whole or does more than be read.

    One that is signed is kept as it came: what is taken out of it would break the signature.
    """
    begins = content.index(PDF_BEGINS)
    if is_something_else_too(content) or any(tag in content[:SNIFFED].lower() for tag in MARKUP):
        raise refusals.TwoThings()
    whole, trimmed = content[begins:], content[begins:].rstrip(BLANKS)
    if b"%%EOF" not in trimmed[-ENDS_WITHIN:]:
        raise refusals.CutOff()
    if len(whole) - len(trimmed) > ENDS_WITHIN:  # readers would no longer find the end
        whole = trimmed
    try:
        with Pdf.open(BytesIO(whole), suppress_warnings=True) as read:
            return _judged(read, whole, moved=begins > 0)
    except pikepdf.PasswordError:
        raise refusals.Locked() from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):  # the last three: what qpdf makes of damage
        return _readable_as_it_stands(whole)


def _judged(read: Pdf, whole: bytes, *, moved: bool) -> bytes:
    if len(read.objects) > MOST_OBJECTS:
        raise refusals.TooComplex()
    signed, changed = False, moved
    for part in _dictionaries(read):
        if runs := what_runs(part):
            raise refusals.Active(runs)
        signed = signed or str(part.get("/Type", "")) in SIGNED
    if signed:
        return whole
    for dictionary in _dictionaries(read):
        changed = _bared(dictionary) or changed
    if "/Info" in read.trailer:
        del read.trailer["/Info"]
        changed = True
    if not changed and whole.count(b"startxref") <= 1 + read.is_linearized:  # else an earlier edition may tell
        return whole
    return _written_anew(read)


def _written_anew(read: Pdf) -> bytes:
    made = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a form that was not in order when it came
        read.save(
            made,
            stream_decode_level=StreamDecodeLevel.none,
            compress_streams=False,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=ObjectStreamMode.preserve,
        )
    return made.getvalue()


def what_runs(reader: Any) -> Text | None:
    """What a dictionary would have a reader do beside showing pages; None if nothing."""
    for key in reader.keys():  # noqa: SIM118  the object of a PDF is no dict
        if key in KEYS:
            return KEYS[key]
    return next((VALUES[str(reader[key])] for key in SAYS_WHAT if key in reader and str(reader[key]) in VALUES), None)


def _dictionaries(read: Pdf) -> Iterator[Any]:
    """Every dictionary in a PDF, those inside others too; whether a page leads to it or not."""
    for top in (*read.objects, read.trailer):
        waiting: list[Any] = [top]
        while waiting:
            array, inner = waiting.pop(), []
            if isinstance(array, pikepdf.Array):
                inner = list(array)
            elif isinstance(array, pikepdf.Dictionary | pikepdf.Stream):
                yield array
                inner = [value for _, value in array.items()]
            waiting += [value for value in inner if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _bared(reader: Any) -> bool:
    """Take out of an object what was written beside it; whether there was any."""
    beside = [key for key in BESIDE if key in reader]
    for key in beside:
        del reader[key]
    return _bared_picture(reader) or bool(beside)


def _bared_picture(stream: Any) -> bool:
    """Take out of a photo in a PDF what its camera wrote; a picture that is not whole is left as it is."""
    if not isinstance(stream, pikepdf.Stream) or str(_only(stream.get("/Filter"))) != "/DCTDecode":
        return False
    content = stream.read_raw_bytes()
    try:
        bare = bare_picture(content, JPEG)
    except refusals.FileRefused:
        return False
    if bare == content:
        return False
    stream.write(bare, filter=Name.DCTDecode, decode_parms=_only(stream.get("/DecodeParms")))
    return True


def _only(array: Any) -> Any:
    """What stands in an array by itself; anything else as it is."""
    return array[0] if isinstance(array, pikepdf.Array) and len(array) == 1 else array


def _readable_as_it_stands(whole: bytes) -> bytes:
    """A PDF that qpdf cannot open, for it has no pages: taken only if nothing in it is packed or escaped."""
    if b"/Catalog" not in whole or any(mark in whole for mark in (b"stream", b"#", b"/Info", b"/Encrypt")):
        raise refusals.Damaged()
    for key, runs in (KEYS | VALUES).items():
        if key.encode() in whole:
            raise refusals.Active(runs)
    return whole
