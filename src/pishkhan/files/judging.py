"""Whether a content is taken, by what it is and not by what it is called; and what of it is kept."""

from typing import NamedTuple

from . import refusals
from .papers import bare_paper
from .pictures import bare_picture
from .types import PDF, is_heif, media_type


class Judged(NamedTuple):
    """A content as it is kept: bare of metadata."""

    content: bytes
    media_type: str


def judged(sent: bytes) -> Judged:
    """A content as it is kept; a refusal that names what is wrong if it may not be taken."""
    if not sent:
        raise refusals.EmptyFile()
    media = media_type(sent)
    if media is None:
        raise refusals.Heif() if is_heif(sent) else refusals.NotAllowedType()
    return Judged(bare_paper(sent) if media == PDF else bare_picture(sent, media), media)
