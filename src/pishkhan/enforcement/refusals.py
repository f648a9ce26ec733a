"""Why a violation is not reported, in words."""

from pishkhan.journal.refusals import Overtaken, Refusal
from pishkhan.language.text import Text


class NotAcceptedYet(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "تنها ایراد بازدید پذیرفته‌شدهٔ یک دفتر گزارش می‌شود.",
                "Only a fault that an accepted visit to an office found is reported.",
            )
        )


class NoSuchFault(Refusal):
    def __init__(self) -> None:
        super().__init__(Text("این بازدید در این بند ایرادی نیافته است.", "That visit found no fault of that item."))


class NotOverdue(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text("این تعهد از موعد نگذشته یا انجام شده است.", "That undertaking is not overdue, or is settled.")
        )


class NobodyHoldsIt(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text("این دفتر امروز دارنده یا پروانه‌ای ندارد.", "The office has no holder or no licence today.")
        )


class ReportedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("این ایراد یا تعهد پیش‌تر گزارش شده است.", "That was reported already."))
