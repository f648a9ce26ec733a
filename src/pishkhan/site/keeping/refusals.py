"""Why a deployment was not backed up, restored, upgraded or moved."""

from collections.abc import Iterable

from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text


class NotKept(Refusal):
    """It was not done, and everything stands as it stood. `.faults` says every single thing that is wrong."""

    status = 409

    def __init__(self, text: Text, faults: Iterable[Text] = ()) -> None:
        super().__init__(text)
        self.faults = list(faults)

    def text_in(self, language: str) -> str:
        """The sentence and every fault, a line each."""
        return "\n".join(text.to(language) for text in (self.text, *self.faults))
