"""Kinds of datum, by what a reader could do with them. Which role reads which: need_to_know."""

from enum import StrEnum


class Datum(StrEnum):
    """What docs/methods/need-to-know.md tells apart."""

    IDENTITY = "identity"
    PERSONAL = "personal"
    CONTACT = "contact"
    STATED = "stated"
    REASONS = "reasons"
    DRAFT = "draft"
    DEFENCE = "defence"
    PAPERS = "papers"
    IDENTITY_PAPERS = "identity_papers"
    INQUIRY = "inquiry"
    MONEY = "money"
    PHOTOS = "photos"
    COMPLAINT = "complaint"
    RISK = "risk"
