"""Why a visit is not taken as told, in words."""

from datetime import date

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text


class NotAnInspector(NotPermitted):
    def __init__(self) -> None:
        super().__init__(Text("این شخص در این محدوده بازرس نیست.", "This person is no inspector here."))


class TheSameInspector(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "بازدید پیش از این را همین بازرس کرده است؛ بازرس دیگری برگزینید.",
                "The same inspector made the visit before this one: choose another.",
            )
        )


class AnothersVisit(NotPermitted):
    def __init__(self) -> None:
        super().__init__(Text("این بازدید به بازرس دیگری سپرده شده است.", "This visit was given to another inspector."))


class NotInThisState(Overtaken):
    def __init__(self, state: str) -> None:
        super().__init__(
            Text(
                "بازدید در وضعیت «{state}» است و این کار بر آن شدنی نیست.",
                "The visit is {state}; this cannot be done to it.",
            ).filled(state=state)
        )


class ADayToCome(Invalid):
    def __init__(self) -> None:
        text = Text("روز بازدید هنوز نیامده است.", "The day of the visit has not come yet.")
        super().__init__(text, {"visited_on": text})


class BeforeTheRequest(Invalid):
    def __init__(self) -> None:
        text = Text("روز بازدید پیش از درخواست آن است.", "The day of the visit lies before it was asked for.")
        super().__init__(text, {"visited_on": text})


class WrongAnswers(Invalid):
    """Items are missing, unknown, or answered in an unknown way."""

    def __init__(self, fields: dict[str, Text]) -> None:
        super().__init__(Text("برگهٔ بازدید کامل یا درست نیست.", "The checklist is incomplete or wrong."), fields)


class TooLenient(Invalid):
    def __init__(self, item: str) -> None:
        text = Text(
            "با ایراد بحرانی «{item}» نتیجه نمی‌تواند تأیید باشد.",
            "With the critical fault '{item}' the visit cannot be passed.",
        ).filled(item=item)
        super().__init__(text, {"passed": text})


class MadeIt(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "شما این گزارش را نوشته‌اید؛ کارشناس دیگری آن را می‌پذیرد، یا مدیرکل با دلیل اجازه می‌دهد.",
                "You made this report: another expert accepts it, or the director gives leave for it.",
            )
        )


class AcceptedIt(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "شما این گزارش را نوشته یا پذیرفته‌اید؛ کارشناس دیگری دربارهٔ اعتراض تصمیم می‌گیرد.",
                "You made or accepted this report: another expert decides on the objection.",
            )
        )


class NotAcceptedYet(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("گزارش هنوز پذیرفته نشده است؛ نخست آن را بپذیرید.", "The report is not accepted yet: accept it first.")
        )


class ObjectedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("به این بازدید پیش‌تر اعتراض شده است.", "An objection to this visit was lodged before."))


class ToldAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "گزارش پذیرفته نشده، یا گفته شده، یا در راه ابلاغ است.",
                "The report is not accepted yet, was told already, or is under way to be served.",
            )
        )


class NobodyToTell(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "در روز بازدید کسی دارندهٔ دفتر نبود که گزارش به او ابلاغ شود.",
                "On the day of the visit nobody held the office on whom the report could be served.",
            )
        )


class DecidedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("دربارهٔ این اعتراض تصمیم گرفته شده است.", "This objection is decided already."))


class NothingToObjectTo(Invalid):
    def __init__(self) -> None:
        text = Text("دست‌کم یک یافتهٔ نادرست را برگزینید.", "Choose at least one finding that was not in order.")
        super().__init__(text, {"items": text})


class TermIsOver(Overtaken):
    def __init__(self, until: date) -> None:
        super().__init__(
            Text("مهلت اعتراض تا {fa} بود و گذشت.", "The term to object ended on {en}.").filled(
                fa=spoken(until, "fa"), en=spoken(until, "en")
            )
        )


class AnothersFile(Invalid):
    def __init__(self) -> None:
        text = Text("پرونده‌ها را خودتان بارگذاری کنید؛ تا پنج پرونده.", "Upload the files yourself, five at most.")
        super().__init__(text, {"files": text})


class ChangesNothing(Invalid):
    def __init__(self) -> None:
        text = Text(
            "برای «تغییر» بگویید کدام یافتهٔ مورد اعتراض چه می‌شود، و تنها برای آن.",
            "To change findings, say which of the disputed ones stand how; and only then.",
        )
        super().__init__(text, {"outcome": text})


class NoSuchVisit(Invalid):
    def __init__(self) -> None:
        text = Text(
            "چنین بازدیدی نیست: بازدید نخست و نهایی از محل یک درخواست است و برای تأسیس؛ دیگر بازدیدها از دفتر، "
            "خودپرداز یا باجه.",
            "There is no such visit: initial and final ones are to the place of a request, to establish it; "
            "others to an office, an ATM or a booth.",
        )
        super().__init__(text, {"kind": text})


class RetiredAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("این خودپرداز یا باجه برچیده شده است.", "This ATM or bank booth was retired."))


class DaysOutOfOrder(Invalid):
    def __init__(self) -> None:
        text = Text("روز پیش از آغاز است یا هنوز نیامده است.", "The day lies before the beginning or has not come yet.")
        super().__init__(text, {"from_on": text, "on": text})


class MovedAfterwards(Invalid):
    def __init__(self) -> None:
        text = Text(
            "پس از این روز جابه‌جا شده است؛ پس آن روز هنوز برپا بوده است.",
            "It was moved after that day, so it was there still.",
        )
        super().__init__(text, {"on": text})


class NumberIsTaken(Invalid):
    def __init__(self) -> None:
        text = Text(
            "این بانک خودپرداز یا باجهٔ دیگری با این شماره دارد.", "This bank has another machine of that number."
        )
        super().__init__(text, {"number": text})


class HostIsElsewhere(Invalid):
    def __init__(self) -> None:
        text = Text("دفتر میزبان در همین جا نیست.", "The host office does not lie in that place.")
        super().__init__(text, {"host": text})


class FollowedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "بازدید پیگیری این بازدید خواسته شده و هنوز انجام نشده است.",
                "A follow-up of this visit was asked for and is still to be made.",
            )
        )
