"""What is stated of appointments on pages."""

from django import forms

from pishkhan.people.forms import Assigned
from pishkhan.people.roles import DECIDING
from pishkhan.people.web.form_fields import Day, Place, said


class Proposed(Assigned):
    """The same of a role that decides, with the letter that made it."""

    role = forms.ChoiceField(
        label=said("نقش", "Role"), choices=lambda: [(role.value, said(*role.text)) for role in DECIDING]
    )
    letter = forms.CharField(max_length=60, label=said("شمارهٔ ابلاغ", "Number of the letter"))
    letter_on = Day(label=said("روز ابلاغ", "Day of the letter"))
    scan = forms.FileField(
        label=said("تصویر ابلاغ", "Scan of the letter"), help_text=said("PDF یا عکس", "PDF or picture")
    )


class EverywhereProposed(Proposed):
    """The same, by a national administrator: without a place it is the whole country."""

    place = Place(
        required=False,
        label=said("محدوده", "Where"),
        help_text=said("برای راهبر کشوری خالی بگذارید.", "Leave it empty for a national administrator."),
    )


class Refused(forms.Form):
    reason = forms.CharField(
        max_length=2000, label=said("دلیل رد", "Why it is refused"), widget=forms.Textarea(attrs={"rows": 2})
    )
