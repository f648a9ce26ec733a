"""What an action asks, for pages and API alike."""

from collections.abc import Collection
from typing import Any

from django import forms

from pishkhan.casework.fields import File
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.people.web.form_fields import errors_of

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
        """What was filled in, by name; Invalid if anything is wrong with it, Missing if there is no such file."""
        if not self.is_valid():
            if any(isinstance(self.fields.get(name), File) and self.data.get(name) for name in self.errors):
                raise Missing()
            raise Invalid(UNREADABLE, errors_of(self))
        return self.cleaned_data
