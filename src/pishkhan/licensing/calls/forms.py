"""What is stated on the pages of applicants and calls, besides the steps of a request."""

from typing import Any

from django import forms
from django.utils.html import format_html

from pishkhan.casework.fields import Words
from pishkhan.licensing.stated import DEGREES
from pishkhan.offices.models import OfficeKind
from pishkhan.people.models import Organisation
from pishkhan.people.web.form_fields import Day, Number, Place, ltr, said

KINDS = [(kind.value, said(*kind.text)) for kind in (OfficeKind.COUNTER, OfficeKind.RURAL_ICT)]


class Requested(forms.Form):
    """For whom a request is."""

    applicant = forms.ChoiceField(label=said("درخواست از سوی", "The request is by"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, organisations: list[Organisation], needs_company: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        choices: list[tuple[str, Any]] = [
            (str(organisation.pk), format_html('<bdi lang="fa">{}</bdi>', organisation.name))
            for organisation in organisations
        ]
        if not needs_company or not choices:
            choices.append(("me", said("خودم", "Myself")))
        self.fields["applicant"].choices = choices  # type: ignore[attr-defined]
        self.initial = {"applicant": choices[0][0]}


class Called(forms.Form):
    """A call for offices of a kind in a place."""

    code = forms.CharField(max_length=30, label=said("شناسهٔ فراخوان", "Code of the call"), widget=ltr())
    kind = forms.ChoiceField(choices=KINDS, label=said("نوع دفتر", "Kind of office"))
    within = Place(label=said("محدودهٔ فراخوان", "Where the call is for"))
    division = Place(label=said("شهر یا روستا", "City or village"))
    count = Number(min_value=1, max_value=10_000, label=said("چند دفتر", "How many offices"))
    opens_on = Day(label=said("از روز", "From"))
    closes_on = Day(label=said("تا روز", "Until"))
    manager_age = Number(min_value=0, max_value=100, label=said("کمترین سن مدیر", "Least age of the manager"))
    manager_degree = forms.TypedChoiceField(
        choices=DEGREES, coerce=int, label=said("کمترین مدرک مدیر", "Least degree of the manager")
    )


class CallWithdrawn(forms.Form):
    """Why a call is taken back."""

    reasons = Words(min_length=3, max_length=2000, label=said("دلیل", "Reasons"))
