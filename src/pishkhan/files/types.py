"""Which kinds of file are taken, and how a content tells which it is."""

MEDIA_TYPES = {"application/pdf": ("pdf",), "image/jpeg": ("jpg", "jpeg"), "image/png": ("png",)}
BEGINNINGS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR": "image/png"}
# What a PNG ends with: an empty IEND chunk and its checksum (PNG, third edition, 11.2.5).
ENDING_OF_PNG = b"\0\0\0\0IEND\xaeB`\x82"
ENDING_OF_ZIP = b"PK\x05\x06"  # whatever stands before it, a reader of archives looks for this from the end
MARKUP = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"<body", b"<iframe")
ENDINGS_OF_JPEG = (b"\xff\xd9", b"SEFT")  # end of image; and what Samsung's cameras write after it
HEAD = 4096  # bytes at the beginning that are looked at: more than any browser sniffs
TAIL = 65557  # bytes at the end: the furthest from it that an archive's last record may begin


def media_type(head: bytes, tail: bytes) -> str | None:
    """What a content is, by its first HEAD and last TAIL bytes; None if it is nothing we take, or two things in one."""
    found = next((each for beginning, each in BEGINNINGS.items() if head.startswith(beginning)), None)
    if found is None or ENDING_OF_ZIP in tail or any(each in head.lower() for each in MARKUP):
        return None
    if found != "application/pdf" and b"%PDF-" in head[:1024]:  # readers of PDF look for it that far
        return None
    return found if _ends_as(found, tail) else None


def ending_agrees(name: str, media: str) -> bool:
    """Whether a file's name ends as files of that type do."""
    return name.rpartition(".")[2].lower() in MEDIA_TYPES[media]


def _ends_as(media: str, tail: bytes) -> bool:
    """Whether the content is whole, and nothing hides behind its end (cameras and scanners pad with zeros)."""
    if media == "application/pdf":
        return b"%%EOF" in tail[-1024:]
    return tail.rstrip(b"\0").endswith(ENDINGS_OF_JPEG) if media == "image/jpeg" else tail.endswith(ENDING_OF_PNG)
