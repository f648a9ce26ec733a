"""What an officer states about the service of a notice."""

from django import forms

from pishkhan.people.web.form_fields import Day, said

from .models import How, Outcome


class Served(forms.Form):
    """How a legal notice was served."""

    how = forms.ChoiceField(label=said("شیوه", "How"), choices=[(each.value, said(*each.text)) for each in How])
    outcome = forms.ChoiceField(
        label=said("نتیجه", "Outcome"), choices=[(each.value, said(*each.text)) for each in Outcome]
    )
    on = Day(label=said("روز ابلاغ", "Day of service"))
    server = forms.CharField(max_length=120, label=said("مأمور ابلاغ", "Served by"))
    evidence = forms.FileField(
        required=False,
        label=said("سند ابلاغ", "Evidence"),
        help_text=said(
            "برگ ابلاغ، رسید پست یا بریدهٔ آگهی: PDF یا عکس", "Sheet of service, receipt or cutting: PDF or picture"
        ),
    )


class Withdrawn(forms.Form):
    reason = forms.CharField(
        max_length=2000, label=said("دلیل پس گرفتن", "Why it is withdrawn"), widget=forms.Textarea(attrs={"rows": 2})
    )
