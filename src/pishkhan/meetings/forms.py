"""What the secretary states when calling a meeting."""

from typing import Any

from django import forms

from pishkhan.language.text import Text
from pishkhan.people.stating import Day, said


class Convened(forms.Form):
    body = forms.ChoiceField(label=said("نهاد", "Body"))
    held_on = Day(label=said("روز جلسه", "Day of the meeting"))

    def __init__(self, *args: Any, bodies: list[tuple[int, Text]], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["body"].choices = [(str(key), said(*name)) for key, name in bodies]  # type: ignore[attr-defined]
