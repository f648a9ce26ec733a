"""Why the register is not changed, in words."""

from datetime import date

from pishkhan.journal.refusals import Invalid, Overtaken, Refusal
from pishkhan.language.text import Text

from .status import Status


class NoSuchKind(Invalid):
    def __init__(self, kind: str) -> None:
        super().__init__(Text("نوع دفتر «{kind}» شناخته نیست.", "'{kind}' is no kind of office.").filled(kind=kind))


class DaysOutOfOrder(Invalid):
    def __init__(self, issued_on: date, valid_from: date, valid_until: date) -> None:
        super().__init__(
            Text(
                "روزهای پروانه به ترتیب نیست: صدور {a}، آغاز {b}، پایان {c}.",
                "The days of the licence are out of order: issued {a}, from {b}, until {c}.",
            ).filled(a=issued_on, b=valid_from, c=valid_until)
        )


class IssuedInTheFuture(Invalid):
    def __init__(self, issued_on: date) -> None:
        super().__init__(
            Text("روز صدور ({day}) هنوز نیامده است.", "The day of issue ({day}) has not come yet.").filled(
                day=issued_on
            )
        )


class NumberIsTaken(Invalid):
    def __init__(self, number: str) -> None:
        super().__init__(
            Text(
                "پروانه‌ای با شمارهٔ «{number}» از همین صادرکننده در ثبت هست.",
                "A licence numbered '{number}' by that issuer is on the register already.",
            ).filled(number=number)
        )


class NoWay(Overtaken):
    """The status cannot follow the one that the licence has on that day."""

    def __init__(self, now: str | None, to: Status) -> None:
        before = Status(now).text if now else Text("بی‌وضعیت", "without a status")
        super().__init__(
            Text("پروانهٔ «{before}» به «{to}» نمی‌رسد.", "A licence that is {before} does not become {to}.").filled(
                before=before, to=to.text
            )
        )


class EndsBeforeItBegins(Invalid):
    def __init__(self) -> None:
        super().__init__(Text("روز پایان پیش از روز آغاز است.", "The last day lies before the first."))


class NotBelievedNow(Refusal):
    def __init__(self) -> None:
        super().__init__(Text("این وضعیت دیگر در ثبت معتبر نیست.", "The register does not hold this status any more."))


class AnothersFile(Invalid):
    def __init__(self) -> None:
        text = Text("این پرونده را شما بارگذاری نکرده‌اید.", "You did not upload this file.")
        super().__init__(text, {"file": text})


class NothingShown(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("مدرکی برای این تعهد ارائه نشده است.", "No proof lies with this undertaking."))


class NothingToShow(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "برای آنچه باید از آن خودداری شود مدرکی ارائه نمی‌شود.",
                "What one undertook to refrain from is not shown by a proof.",
            )
        )


class AlreadySettled(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("این تعهد پیش‌تر انجام یا برداشته شده است.", "This undertaking was kept or released before.")
        )
