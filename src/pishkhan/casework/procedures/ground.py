"""What a ground of refusal is: for what a request may be rejected, and where the law says so. Declared, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pishkhan.language.text import Text

if TYPE_CHECKING:
    from .procedure import Article


@dataclass(frozen=True, eq=False)
class Ground:
    """A ground on which a request may be rejected.

    Where the law contests it, `adopted_by` is the key of the dated number that a director adopts with a source. Until
    then it informs, and no rejection rests on it alone.
    """

    code: str
    sentence: Text
    article: Article | None
    adopted_by: Any = None

    def __post_init__(self) -> None:
        if GROUNDS.setdefault(self.code, self) is not self:
            raise ValueError(f"The ground '{self.code}' is declared twice.")
        if self.adopted_by is not None and self.adopted_by.contested is None:
            raise ValueError(f"The ground '{self.code}' waits for a number that nothing contests.")

    @property
    def contest(self) -> Text | None:
        """What the law says against it."""
        contested: Text | None = self.adopted_by.contested if self.adopted_by else None
        return contested


GROUNDS: dict[str, Ground] = {}  # of all procedures, by code: the journal and minutes keep codes
