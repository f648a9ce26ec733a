"""Why a visit is not taken as told, in words."""

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken
from pishkhan.language.text import Text


class NotAnInspector(NotPermitted):
    def __init__(self) -> None:
        super().__init__(Text("این شخص در این محدوده بازرس نیست.", "This person is no inspector here."))


class TheSameInspector(NotPermitted):
    def __init__(self) -> None:
        super().__init__(Text("بازدید پیش از این را همین بازرس کرده است؛ بازرس دیگری برگزینید.",
                              "The same inspector made the visit before this one: choose another."))


class AnothersVisit(NotPermitted):
    def __init__(self) -> None:
        super().__init__(Text("این بازدید به بازرس دیگری سپرده شده است.", "This visit was given to another inspector."))


class NotInThisState(Overtaken):
    def __init__(self, state: str) -> None:
        super().__init__(Text("بازدید در وضعیت «{state}» است و این کار بر آن شدنی نیست.",
                              "The visit is {state}; this cannot be done to it.").filled(state=state))


class ADayToCome(Invalid):
    def __init__(self) -> None:
        text = Text("روز بازدید هنوز نیامده است.", "The day of the visit has not come yet.")
        super().__init__(text, {"visited_on": text})


class BeforeItWasAsked(Invalid):
    def __init__(self) -> None:
        text = Text("روز بازدید پیش از درخواست آن است.", "The day of the visit lies before it was asked for.")
        super().__init__(text, {"visited_on": text})


class WrongAnswers(Invalid):
    """Items are missing, unknown, or answered in an unknown way."""

    def __init__(self, fields: dict[str, Text]) -> None:
        super().__init__(Text("برگهٔ بازدید کامل یا درست نیست.", "The checklist is incomplete or wrong."), fields)


class TooLenient(Invalid):
    def __init__(self, item: str) -> None:
        text = Text("با ایراد بحرانی «{item}» نتیجه نمی‌تواند تأیید باشد.",
                    "With the critical fault '{item}' the visit cannot be passed.").filled(item=item)
        super().__init__(text, {"passed": text})
