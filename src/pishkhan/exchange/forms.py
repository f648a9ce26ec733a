"""What an officer states when packages are sent and taken in."""

from typing import Any

from django import forms

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import place_name
from pishkhan.people.web.form_fields import said
from pishkhan.people.web.request_context import language

from .partners import Partner


class Sent(forms.Form):
    """Whom to ask, about the cases of which place."""

    partner = forms.ChoiceField(label=said("به", "To"))
    division = forms.ChoiceField(label=said("پرونده‌های", "Cases of"))

    def __init__(self, *args: Any, partners: list[Partner], divisions: list[Division], **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(
            self,
            partner=[(each.code, each.label.to(language())) for each in partners],
            division=[(each.code, place_name(each.code, language())) for each in divisions],
        )


class TakenIn(forms.Form):
    """Whose answers, in which file."""

    partner = forms.ChoiceField(label=said("از", "From"))
    file = forms.FileField(
        label=said("بستهٔ پاسخ", "Package of answers"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )

    def __init__(self, *args: Any, partners: list[Partner], **named: Any) -> None:
        super().__init__(*args, **named)
        _offer(self, partner=[(each.code, each.label.to(language())) for each in partners])


def _offer(form: forms.Form, **choices: list[tuple[str, str]]) -> None:
    for name, offered in choices.items():
        form.fields[name].choices = offered  # type: ignore[attr-defined]  # they are fields of a choice
