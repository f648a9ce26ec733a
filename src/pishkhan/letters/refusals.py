"""Why a document cannot be had, in words."""

from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text


class Erased(Refusal):
    """What stood in it was erased with the person it was about."""

    status = 410

    def __init__(self, number: str) -> None:
        super().__init__(
            Text("محتوای سند {number} پاک شده است.", "What stood in document {number} was erased.").filled(
                number=number
            )
        )
