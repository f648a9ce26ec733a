"""What a person states when taking a step of a request."""

from django import forms

from pishkhan.casework.fields import Choice, Day, Degrees, File, Number, PostalCode, Words
from pishkhan.offices.models import Tenure

from .models import Degree, Nominee


class Premises(forms.Form):
    """The place for the office."""

    address = Words(max_length=200)
    postal_code = PostalCode()
    area = Number(min_value=1, max_value=100_000)
    tenure = Choice(choices=Tenure.choices)
    lease_years = Number(min_value=1, max_value=99, required=False)
    lat = Degrees(min_value=25, max_value=40)  # the country's box, WGS84 degrees
    lon = Degrees(min_value=44, max_value=64)


class Nomination(forms.Form):
    """Somebody named for a post, with what they declare."""

    post = Choice(choices=Nominee.Post.choices)
    given_name = Words(max_length=80)
    family_name = Words(max_length=80)
    father_name = Words(max_length=80)
    national_id = Words(max_length=20)
    born_on = Day()
    degree = forms.TypedChoiceField(choices=Degree.choices, coerce=int)
    state_employee = forms.BooleanField(required=False)
    military_settled = forms.BooleanField(required=False)


class Paper(forms.Form):
    """A paper that belongs to the request."""

    kind = forms.CharField(max_length=30)
    file = File()


class Reasons(forms.Form):
    reasons = Words(max_length=2000)


class Opinion(forms.Form):
    """What the technical committee thinks of the place."""

    opinion = Choice(choices=[("favourable", "favourable"), ("unfavourable", "unfavourable")])
    grounds = Words(max_length=2000)


class Answer(forms.Form):
    """The answer of another body: the outcome alone, and the letter it came by."""

    inquiry = forms.CharField(max_length=30)
    outcome = Choice(choices=[("cleared", "cleared"), ("not_cleared", "not_cleared")])
    letter = forms.CharField(max_length=60)
    letter_on = Day()


class Paid(forms.Form):
    """A payment as the bank tells of it."""

    amount = Number(min_value=1, max_value=10**15)
    paid_on = Day()
    reference = forms.CharField(max_length=40)


class Letter(forms.Form):
    letter = forms.CharField(max_length=60)


class Issue(forms.Form):
    """The issuer's own number and day, and the term."""

    issuer_number = forms.CharField(max_length=40)
    issued_on = Day()
    years = Number(min_value=1, max_value=20)
