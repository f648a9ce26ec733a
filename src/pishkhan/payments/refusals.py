"""Why a payment is not recorded or a demand not made, in words."""

from datetime import date, datetime

from pishkhan.journal.clock import day_of
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
        super().__init__(
            Text("برگ مطالبه {number} باطل شده است.", "The demand note {number} was cancelled.").filled(number=number)
        )


class PaidTooMuch(Invalid):
    """More would be paid than is still owed."""

    def __init__(self, amount: int, left: int) -> None:
        text = Text(
            "مبلغ {amount} ریال از ماندهٔ بدهی ({owed} ریال) بیشتر است.",
            "{amount} {amount:rial|rials} is more than what is still owed ({owed} {owed:rial|rials}).",
        ).filled(amount=amount, owed=left)
        super().__init__(text, {"amount": text})


class PaidBeforeIssue(Invalid):
    """Nothing is paid on a demand note before it is issued."""

    def __init__(self, issued: date) -> None:
        text = Text(
            "روز پرداخت پیش از صدور برگ مطالبه ({day}) است.",
            "The day of payment comes before the demand note was issued ({day}).",
        ).filled(day=day_text(issued))
        super().__init__(text, {"paid_on": text})


class PaidInTheFuture(Invalid):
    """A payment is recorded once it was made."""

    def __init__(self) -> None:
        text = Text("روز پرداخت در آینده است.", "The day of payment lies in the future.")
        super().__init__(text, {"paid_on": text})


class NoReference(Invalid):
    """A payment is known by the reference the bank gave it."""

    def __init__(self) -> None:
        text = Text(
            "شمارهٔ پیگیری پرداخت درست نیست: ۱ تا ۴۰ رقم یا حرف لاتین.",
            "Not a reference of a payment: 1 to 40 digits or Latin letters.",
        )
        super().__init__(text, {"reference": text})


class ReferenceIsUsed(Invalid):
    """The bank's reference was recorded before: one payment counts once."""

    def __init__(self) -> None:
        text = Text("این شمارهٔ پیگیری پیش‌تر ثبت شده است.", "This reference has already been recorded.")
        super().__init__(text, {"reference": text})


class NoSuchBank(Invalid):
    """A bank is told by a short code."""

    def __init__(self) -> None:
        text = Text(
            "شناسهٔ بانک حروف کوچک لاتین و رقم است، تا ۲۰ حرف.",
            "The code of a bank is small Latin letters and digits, 20 at most.",
        )
        super().__init__(text, {"bank": text})


class ImportedAlready(Invalid):
    """The same file counts once."""

    def __init__(self, at: datetime) -> None:
        text = Text("همین پرونده پیش‌تر ({day}) وارد شده است.", "This very file was taken in before ({day}).").filled(
            day=day_text(day_of(at))
        )
        super().__init__(text, {"file": text})


class NotOpen(Overtaken):
    """The row was settled before."""

    def __init__(self) -> None:
        super().__init__(
            Text("این سطر باز نیست: ثبت یا حل شده است.", "This row is not open: it was booked or resolved.")
        )


class NotBookable(Invalid):
    """A row that tells no payment is booked on nothing."""

    def __init__(self) -> None:
        text = Text("این سطر پرداخت کاملی را نمی‌گوید و ثبت نمی‌شود.", "This row tells no whole payment to be booked.")
        super().__init__(text, {"resolution": text})


class NoNote(Invalid):
    """A payment is booked on a demand note of the region."""

    def __init__(self) -> None:
        text = Text(
            "برگ مطالبه‌ای با این شماره در محدودهٔ شما نیست.", "There is no demand note of that number in your region."
        )
        super().__init__(text, {"note": text})


class NothingOwed(Invalid):
    """Nothing is owed on the note any more."""

    def __init__(self) -> None:
        text = Text("بر این برگ مطالبه چیزی بدهکار نیست.", "Nothing is owed on this demand note.")
        super().__init__(text, {"note": text})


class NothingToReturn(Invalid):
    """An amount that cannot be read is not returned."""

    def __init__(self) -> None:
        text = Text(
            "مبلغ این سطر خوانده نشد؛ چیزی برای بازگرداندن نیست.",
            "The amount of this row could not be read: there is nothing to return.",
        )
        super().__init__(text, {"resolution": text})


class NothingOverpaid(Overtaken):
    """Of what is owed or still open, nothing is returned."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "از این سطر چیزی بازگرداندنی نیست: نخست تعیین تکلیف شود.",
                "Nothing of this row is to be returned: it is settled first.",
            )
        )


class RepaidTooMuch(Invalid):
    """More would be returned than was overpaid."""

    def __init__(self, amount: int, left: int) -> None:
        text = Text(
            "مبلغ {amount} ریال از ماندهٔ بازگرداندنی ({left} ریال) بیشتر است.",
            "{amount} {amount:rial|rials} is more than what is left to be returned ({left} {left:rial|rials}).",
        ).filled(amount=amount, left=left)
        super().__init__(text, {"amount": text})


class RepaidInTheFuture(Invalid):
    """A return is recorded once it was made."""

    def __init__(self) -> None:
        text = Text("روز بازگرداندن در آینده است.", "The day of the return lies in the future.")
        super().__init__(text, {"repaid_on": text})


class RepaidBeforePaid(Invalid):
    """Nothing is returned before it was paid."""

    def __init__(self, paid: date) -> None:
        text = Text(
            "روز بازگرداندن پیش از روز پرداخت ({day}) است.", "The day of the return comes before the payment ({day})."
        ).filled(day=day_text(paid))
        super().__init__(text, {"repaid_on": text})


class NoPaper(Invalid):
    """A return is known by the number of its paper."""

    def __init__(self) -> None:
        text = Text(
            "شمارهٔ سند بازگرداندن را بنویسید، تا ۴۰ حرف.",
            "Write the number of the paper by which it was returned, 40 characters at most.",
        )
        super().__init__(text, {"paper": text})


class PaperIsUsed(Invalid):
    """One paper returns of a payment once."""

    def __init__(self) -> None:
        text = Text("بازگرداندن با همین سند پیش‌تر ثبت شده است.", "A return by this very paper was recorded before.")
        super().__init__(text, {"paper": text})


class NoReason(Invalid):
    """What is resolved by hand has a reason."""

    def __init__(self) -> None:
        text = Text("دلیل را بنویسید.", "Write the reason.")
        super().__init__(text, {"reason": text})


class SomethingIsPaid(Refusal):
    """A demand note on which something was paid is not cancelled."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "بر این برگ مطالبه پرداخت شده است و باطل نمی‌شود.",
                "Something was paid on this demand note: it cannot be cancelled.",
            )
        )


def day_text(day: date) -> Text:
    """A day in the calendar of each language."""
    return Text(jalali(day), day.isoformat())
