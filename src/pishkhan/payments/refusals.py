"""Why a payment is not recorded or a demand not made, in words."""

from datetime import date

from pishkhan.journal.refusals import Invalid, Overtaken, Refusal
from pishkhan.language.jalali import jalali
from pishkhan.language.text import Text


class NothingDemanded(Invalid):
    """An amount is a whole number of rials, above nothing."""

    def __init__(self) -> None:
        text = Text("مبلغ باید عددی بزرگ‌تر از صفر به ریال باشد.", "The amount must be more than nothing, in rials.")
        super().__init__(text, {"amount": text})


class DueBeforeIssue(Invalid):
    """A demand note falls due on or after the day it is issued."""

    def __init__(self) -> None:
        text = Text("سررسید پیش از روز صدور است.", "It would fall due before it is issued.")
        super().__init__(text, {"due_on": text})


class NoteIsCancelled(Overtaken):
    """The demand note was cancelled."""

    def __init__(self, number: str) -> None:
        super().__init__(Text("برگ مطالبه {number} باطل شده است.", "The demand note {number} was cancelled.")
                         .filled(number=number))


class PaidTooMuch(Invalid):
    """More would be paid than is still owed."""

    def __init__(self, amount: int, owed: int) -> None:
        text = Text("مبلغ {amount} ریال از ماندهٔ بدهی ({owed} ریال) بیشتر است.",
                    "{amount} rials is more than what is still owed ({owed} rials).").filled(amount=amount, owed=owed)
        super().__init__(text, {"amount": text})


class PaidBeforeIssue(Invalid):
    """Nothing is paid on a demand note before it is issued."""

    def __init__(self, issued: date) -> None:
        text = Text("روز پرداخت پیش از صدور برگ مطالبه ({day}) است.",
                    "The day of payment comes before the demand note was issued ({day}).").filled(day=day_text(issued))
        super().__init__(text, {"paid_on": text})


class PaidInTheFuture(Invalid):
    """A payment is recorded once it was made."""

    def __init__(self) -> None:
        text = Text("روز پرداخت در آینده است.", "The day of payment lies in the future.")
        super().__init__(text, {"paid_on": text})


class NoReference(Invalid):
    """A payment is known by the reference the bank gave it."""

    def __init__(self) -> None:
        text = Text("شمارهٔ پیگیری پرداخت درست نیست: ۱ تا ۴۰ رقم یا حرف لاتین.",
                    "Not a reference of a payment: 1 to 40 digits or Latin letters.")
        super().__init__(text, {"reference": text})


class ReferenceIsUsed(Invalid):
    """The bank's reference was recorded before: one payment counts once."""

    def __init__(self) -> None:
        text = Text("این شمارهٔ پیگیری پیش‌تر ثبت شده است.", "This reference has already been recorded.")
        super().__init__(text, {"reference": text})


class SomethingIsPaid(Refusal):
    """A demand note on which something was paid is not cancelled."""

    def __init__(self) -> None:
        super().__init__(Text("بر این برگ مطالبه پرداخت شده است و باطل نمی‌شود.",
                              "Something was paid on this demand note: it cannot be cancelled."))


def day_text(day: date) -> Text:
    """A day in the calendar of each language."""
    return Text(jalali(day), day.isoformat())
