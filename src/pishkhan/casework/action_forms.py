"""What an action asks, for pages and API alike."""

from collections.abc import Collection
from typing import Any

from django import forms

from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text

from .fields import complaints as wrong_with

UNREADABLE = Text("آنچه فرستاده‌اید ناقص یا نادرست است.", "What you sent is incomplete or wrong.")
UNKNOWN = Text("چنین چیزی نیست.", "There is no such thing.")


class ActionForm(forms.Form):
    """What an action asks of whoever does it, about a row. One without fields asks nothing."""

    def __init__(self, *args: Any, row: Any, by: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.row, self.by = row, by
        if not self.is_bound:
            self.initial = self.begins_with() | dict(self.initial)

    def begins_with(self) -> dict[str, Any]:
        """What stands in it before anything was filled in."""
        return {}

    def refuse_unknown(self, names: Collection[str]) -> None:
        """Refuse what states something that is not asked."""
        if odd := sorted(set(names) - set(self.fields)):
            raise Invalid(UNREADABLE, dict.fromkeys(odd, UNKNOWN))

    def stated(self) -> dict[str, Any]:
        """What was filled in, by name; Invalid if anything is wrong with it."""
        if not self.is_valid():
            raise Invalid(UNREADABLE, wrong_with(self))
        return self.cleaned_data
