"""What is stated about meetings and bodies on pages."""

from typing import Any

from django import forms

from pishkhan.language.text import Text
from pishkhan.people.web.form_fields import Day, KnownPerson, LegalPerson, Number, Place, ltr, said

from .course.forms import hour, venue
from .models import Body

ALONE = Text("تنها همین هیئت", "This body alone")


class Convened(forms.Form):
    body = forms.ChoiceField(label=said("هیئت", "Body"))
    held_on = Day(label=said("روز جلسه", "Day of the meeting"))
    begins_at = hour()
    venue = venue()
    together_with = forms.ChoiceField(required=False, label=said("جلسهٔ مشترک با", "Combined sitting with"))

    def __init__(self, *args: Any, bodies: list[tuple[int, Text]], **named: Any) -> None:
        super().__init__(*args, **named)
        choices = [(str(key), said(*name)) for key, name in bodies]
        self.fields["body"].choices = choices  # type: ignore[attr-defined]
        self.fields["together_with"].choices = [("", said(*ALONE)), *choices]  # type: ignore[attr-defined]
        if len(bodies) < 2:
            del self.fields["together_with"]


class Constituted(forms.Form):
    code = forms.ChoiceField(
        label=said("هیئت", "Body"),
        choices=[
            (Body.Code.WORKING_GROUP, said("کارگروه استان", "Working group")),
            (Body.Code.VIOLATIONS_COMMITTEE, said("کمیتهٔ رسیدگی به تخلفات", "Violations committee")),
        ],
    )
    division = Place(label=said("استان", "Province"))
    decision = forms.CharField(max_length=60, label=said("شمارهٔ تصمیم", "Number of the decision"), widget=ltr())


class Seated(forms.Form):
    """A seat, for an organisation."""

    body = Number(widget=forms.HiddenInput)
    organisation = LegalPerson(label=said("سازمان (نام یا شناسهٔ ملی)", "Organisation (name or legal id)"))
    votes = forms.BooleanField(required=False, initial=True, label=said("حق رأی دارد", "Votes"))
    chairs = forms.BooleanField(required=False, label=said("رئیس است", "Chairs"))
    required = forms.BooleanField(required=False, label=said("بی او حد نصاب نیست", "Needed for a quorum"))
    from_on = Day(required=False, label=said("از روز", "From"))


class SeatProposed(forms.Form):
    """Who is to sit on a seat, and by which letter."""

    person = KnownPerson(label=said("کد ملی عضو", "National id of the member"))
    deputy = forms.BooleanField(required=False, label=said("جانشین است", "Is a deputy"))
    from_on = Day(required=False, label=said("از روز", "From"))
    until_on = Day(required=False, label=said("تا روز", "Until"))
    letter = forms.CharField(max_length=60, label=said("شمارهٔ نامه", "Number of the letter"), widget=ltr())
    letter_on = Day(label=said("روز نامه", "Day of the letter"))
    scan = forms.FileField(
        label=said("تصویر نامه", "Scan of the letter"), help_text=said("PDF یا عکس", "PDF or picture")
    )


class Ended(forms.Form):
    membership = Number(widget=forms.HiddenInput)
    on = Day(label=said("واپسین روز", "Last day"))
