"""Which kinds of file are taken, and how a content and a name tell which it is."""

import re
import unicodedata

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
MEDIA_TYPES = {PDF: ("pdf",), JPEG: ("jpg", "jpeg", "jfif", "jpe"), PNG: ("png",)}
BEGINNINGS = {b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR": PNG}
PDF_BEGINS = b"%PDF-"
PDF_WITHIN = 1024  # bytes at the beginning in which readers of PDF look for its header
# What phones write into the box that an HEIF file begins with (ISO/IEC 23008-12): photos that browsers do not show.
HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
ENDING_OF_ZIP = b"PK\x05\x06"  # whatever stands before it, a reader of archives looks for this from the end
ZIP_WITHIN = 65557  # bytes at the end: the furthest from it that an archive's last record may begin
MARKUP = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"<body", b"<iframe")
SNIFFED = 4096  # bytes at the beginning: more than any browser looks at
ENDING = re.compile(r"\.([a-z0-9]*[a-z][a-z0-9]*)$")  # of a name; "1401.06.25" ends with a day and not with a type
ZWNJ = "\u200c"


def media_type(content: bytes) -> str | None:
    """What a content begins as; None if it is nothing that is taken."""
    known = next((media for beginning, media in BEGINNINGS.items() if content.startswith(beginning)), None)
    return known or (PDF if PDF_BEGINS in content[: PDF_WITHIN + len(PDF_BEGINS)] else None)


def is_heif(content: bytes) -> bool:
    """Whether a content is a photo as newer phones keep it (HEIC)."""
    return content[4:8] == b"ftyp" and content[8:12] in HEIF


def is_something_else_too(content: bytes) -> bool:
    """Whether an archive ends in a content, or markup stands where a browser would look for it."""
    return ENDING_OF_ZIP in content[-ZIP_WITHIN:] or holds_markup(content[:SNIFFED])


def holds_markup(content: bytes) -> bool:
    """Whether a content holds what a browser might run."""
    lower = content.lower()
    return any(mark in lower for mark in MARKUP)


def clean_name(name: str) -> str:
    """The last part of a path, without marks that nobody sees, but the one that Persian words are written with."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(
        character for character in last if character == ZWNJ or not unicodedata.category(character).startswith("C")
    ).strip(". ")


def ending_of(name: str) -> str:
    """The ending of a name that tells a type; empty if it has none."""
    match = ENDING.search(name.replace(ZWNJ, "").strip(". ").lower())
    return match[1] if match else ""


def ending_agrees(name: str, media: str) -> bool:
    """Whether a name ends as files of that type do, or says nothing of a type."""
    return ending_of(name) in ("", *MEDIA_TYPES[media])
