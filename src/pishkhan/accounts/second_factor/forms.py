"""What is stated about one's own second factor."""

from django import forms

from pishkhan.people.sign_in.confirming import IdentityForm
from pishkhan.people.web.form_fields import ltr, said


class AppForm(IdentityForm):
    """The code that the new app shows, and who it is that turns it on."""

    token = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    code = forms.CharField(
        max_length=20,
        label=said("رمز شش‌رقمی که برنامهٔ تازه نشان می‌دهد", "The six digits that the new app shows"),
        widget=ltr(inputmode="numeric", autocomplete="one-time-code"),
    )

    field_order = ("token", "code", "password", "one_time_code")
