"""What an accountant states: which bank's file is taken in, and how a row is settled."""

from typing import Any

from django import forms

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import place_name
from pishkhan.people.web.form_fields import Day, Number, TableFile, ltr, said
from pishkhan.people.web.request_context import language

from .models import BankRow
from .repaying import PAPER


class BankFileForm(forms.Form):
    """A bank's file."""

    file = TableFile(
        allow_empty_file=True,
        help_text=said(
            "با ستون‌های شمارهٔ پیگیری، مبلغ، تاریخ، شناسهٔ پرداخت",
            "With the columns reference, amount, date, payer_reference",
        ),
    )
    bank = forms.CharField(
        max_length=20,
        required=False,
        label=said("بانک", "Bank"),
        widget=ltr(),
        help_text=said("کد کوتاه آن با حروف لاتین", "Its short code in Latin letters"),
    )
    division = forms.ChoiceField(label=said("برگ‌های مطالبهٔ", "Demand notes of"))

    def __init__(self, *args: Any, divisions: list[Division], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["division"].choices = [  # type: ignore[attr-defined]
            (division.code, place_name(division.code, language())) for division in divisions
        ]


class Settled(forms.Form):
    """What becomes of a row that was left open, and why."""

    resolution = forms.ChoiceField(
        label=said("تصمیم", "Decision"),
        widget=forms.RadioSelect,
        choices=[
            (BankRow.Resolution.BOOKED.value, said("بر برگ مطالبه ثبت شود", "Book it on a demand note")),
            (BankRow.Resolution.RETURN.value, said("به پرداخت‌کننده بازگردد", "Return it to the payer")),
            (BankRow.Resolution.DISMISSED.value, said("کنار گذاشته شود", "Dismiss it")),
        ],
    )
    note = forms.CharField(
        max_length=40,
        required=False,
        label=said("شمارهٔ برگ مطالبه", "Number of the demand note"),
        widget=ltr(),
        help_text=said("تنها برای ثبت بر برگ مطالبه", "Only to book it on one"),
    )
    reason = forms.CharField(max_length=2000, label=said("دلیل", "Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class Repaid(forms.Form):
    """How much of an overpayment was returned, when, and by which paper."""

    amount = Number(min_value=1, label=said("مبلغ (ریال)", "Amount (rial)"))
    repaid_on = Day(label=said("روز بازگرداندن", "Returned on"))
    paper = forms.CharField(
        max_length=PAPER,
        label=said("شمارهٔ سند", "Number of the paper"),
        help_text=said(
            "دستور پرداخت یا حواله‌ای که با آن بازگردانده شد", "The order or transfer by which it was returned"
        ),
    )
