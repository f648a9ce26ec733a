"""Pictures as they are kept: their points untouched, without what a camera or a program wrote beside them.

JPEG by ITU-T T.81 and JFIF, PNG by its third edition. Nothing is encoded anew: segments and chunks are left out.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from . import refusals
from .types import JPEG, PDF_BEGINS, PDF_WITHIN, PNG, is_something_else_too

MOST_PIXELS = {JPEG: 60_000_000, PNG: 40_000_000}  # that are unpacked to see whether it is whole
ORIENTATION, UPRIGHT, SIDEWAYS = 0x0112, 1, range(2, 9)
START, END, SCAN = 0xD8, 0xD9, 0xDA
APP0, APP1, APP2, APP14, APP15, COMMENT = 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
EXIF, JFIF, COLOURS, ADOBE = b"Exif\0\0", b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
RESTARTS = (0x00, *range(0xD0, 0xD8))  # what follows 0xFF among points without ending them
ALONE = (0x01, *range(0xD0, 0xD8))  # markers without a length
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Chunks that have a part in how a PNG looks; all others tell of who made it, when, with what, or move.
SHOWN = (
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"sBIT",
    b"pHYs",
    b"bKGD",
    b"cICP",
    b"mDCV",
    b"cLLI",
)
EXIF_OF_PNG = b"eXIf"
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def bare_picture(content: bytes, media: str) -> bytes:
    """A JPEG or PNG without metadata and without what follows its end; a refusal if it is not whole."""
    try:
        bare, rest = _bare_jpeg(content) if media == JPEG else _bare_png(content)
    except (IndexError, struct.error):
        raise refusals.CutOff() from None
    if is_something_else_too(bare) or is_something_else_too(rest) or PDF_BEGINS in bare[:PDF_WITHIN]:
        raise refusals.TwoThings()
    _ask_whether_it_can_be_shown(bare, media)
    return bare


def _ask_whether_it_can_be_shown(content: bytes, media: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[media.rpartition("/")[2].upper()]) as picture:
                if picture.width * picture.height > MOST_PIXELS[media]:
                    raise refusals.TooManyPixels(MOST_PIXELS[media])
                if media == JPEG:
                    picture.draft(None, (max(picture.width // 8, 1), max(picture.height // 8, 1)))  # an eighth a side
                picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refusals.TooManyPixels(MOST_PIXELS[media]) from None
    except UNREADABLE:
        raise refusals.NoPicture() from None


def _bare_jpeg(content: bytes) -> tuple[bytes, bytes]:
    """A JPEG without metadata, and what stood behind its end (a motion photo's film, a second picture)."""
    kept, orientation, head, segments = [content[:2]], UPRIGHT, 1, list(_segments(content))
    for marker, _, segment in segments:
        if marker == APP1 and segment[4:].startswith(EXIF):
            orientation = orientation_of(segment[4 + len(EXIF) :]) or orientation
        if marker == APP0 and segment[4:].startswith(JFIF):
            kept.append(_without_thumbnail(segment))
            head = len(kept)
        elif _is_shown(marker, segment):
            kept.append(segment)
    if orientation != UPRIGHT:
        kept.insert(head, _exif_for(orientation))
    return b"".join(kept), content[segments[-1][1] :]


def _segments(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Each segment after the first marker: which it is, where the next begins, its bytes; a scan with its points."""
    at, marker = 2, START
    while marker != END:
        begins = at
        if content[at] != 0xFF:
            raise IndexError(at)
        while content[at + 1] == 0xFF:  # a marker may be padded
            at += 1
        marker = content[at + 1]
        length = 2 if marker in (END, *ALONE) else 2 + struct.unpack_from(">H", content, at + 2)[0]
        at += length
        if at > len(content) or length < 2:
            raise IndexError(at)
        if marker == SCAN:
            at = _end_of_points(content, at)
        yield marker, at, b"\xff" + content[begins:at].lstrip(b"\xff")


def _end_of_points(content: bytes, at: int) -> int:
    """Where the points of a scan end: before the next marker that is no restart."""
    while (at := content.find(b"\xff", at)) >= 0:
        if content[at + 1] not in RESTARTS:
            return at
        at += 2
    raise IndexError(at)


def _is_shown(marker: int, segment: bytes) -> bool:
    """Whether a segment has a part in how the picture looks."""
    name = segment[4:]
    if marker == APP2:
        return name.startswith(COLOURS)
    if marker == APP14:
        return name.startswith(ADOBE)
    return marker != COMMENT and not APP0 <= marker <= APP15


def _without_thumbnail(segment: bytes) -> bytes:
    """The segment JFIF with version and density alone."""
    return b"\xff\xe0\0\x10" + segment[4:16].ljust(12, b"\0") + b"\0\0"


def orientation_of(exif: bytes) -> int | None:
    """Which way up a picture is held, by its Exif; None where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    try:
        if order is None:
            return None
        begins = struct.unpack_from(f"{order}I", exif, 4)[0]
        for place in range(struct.unpack_from(f"{order}H", exif, begins)[0]):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, begins + 2 + 12 * place)
            if tag == ORIENTATION:
                return int(value) if value in SIDEWAYS else None
    except struct.error:
        return None
    return None


def _exif_of(orientation: int) -> bytes:
    """The Exif that says which way up a picture is held, and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)


def _exif_for(orientation: int) -> bytes:
    exif = EXIF + _exif_of(orientation)
    return struct.pack(">BBH", 0xFF, APP1, len(exif) + 2) + exif


def _bare_png(content: bytes) -> tuple[bytes, bytes]:
    """A PNG without metadata, and what stood behind its end (what a cropped screenshot once showed)."""
    kept, at, kind = [PNG_SIGNATURE], len(PNG_SIGNATURE), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise IndexError(at)
        if kind in SHOWN:
            kept.append(chunk)
        elif kind == EXIF_OF_PNG and (orientation := orientation_of(chunk[8:-4])):
            kept.append(_chunk(EXIF_OF_PNG, _exif_of(orientation)))
        at += len(chunk)
    return b"".join(kept), content[at:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
