"""Why a report or a photo of a phone is not taken, in words that tell the inspector what to do."""

from pishkhan.journal.refusals import Invalid, Overtaken
from pishkhan.language.text import Text


class AlreadyReported(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("این بازدید پیش‌تر به راه دیگری گزارش شده است.", "This visit was already reported by other means.")
        )


class CancelledMeanwhile(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("این بازدید در این میان لغو شده است.", "This visit was cancelled meanwhile."))


class OfficeIsGone(Overtaken):
    def __init__(self, status: Text) -> None:
        super().__init__(
            Text(
                "پروانهٔ این دفتر در این میان پایان یافته است ({status}).",
                "The licence of this office has ended meanwhile ({status}).",
            ).filled(status=status)
        )


class AnotherEdition(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "ویرایش برگهٔ بازدید عوض شده است؛ گوشی را دوباره آماده کنید و بندها را پاسخ دهید.",
                "The edition of the checklist has changed: make the phone ready again and answer it.",
            )
        )


class SentDifferently(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("با همین شناسه چیز دیگری فرستاده شده بود.", "Something else was sent under the same identifier.")
        )


class PhotoInTwoReports(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("شناسهٔ یکی از عکس‌ها در گزارش دیگری است.", "A photo's identifier is in another report."))


class ATimeToCome(Invalid):
    def __init__(self) -> None:
        text = Text("زمان بازدید هنوز نیامده است.", "The time of the visit has not come yet.")
        super().__init__(text, {"arrived": text})


class LeftBeforeArriving(Invalid):
    def __init__(self) -> None:
        text = Text("زمان خروج پیش از زمان ورود است.", "The inspector left before arriving.")
        super().__init__(text, {"left": text})


class NotSigned(Invalid):
    def __init__(self, whose: str) -> None:
        text = Text(
            "امضا باید کشیده، با نام نوشته، یا با دلیل رد شده باشد.",
            "A signature is drawn, typed as a name, or refused with a reason.",
        )
        super().__init__(text, {whose: text})


class WrongChunk(Invalid):
    def __init__(self, offset: int) -> None:
        text = Text(
            "این تکه به اینجای عکس نمی‌خورد؛ از بایت {offset} ادامه دهید.",
            "This piece does not fit here: go on from byte {offset}.",
        ).filled(offset=offset)
        super().__init__(text, {"offset": text})


class NotThePhoto(Invalid):
    def __init__(self) -> None:
        text = Text(
            "محتوا آن عکسی نیست که گزارش از آن نام برده است؛ از آغاز بفرستید.",
            "The content is not the photo that the report names: send it from the beginning.",
        )
        super().__init__(text, {"content": text})


class NotAPhoto(Invalid):
    def __init__(self, side: int) -> None:
        text = Text(
            "عکس باید یک JPEG سالم و هر ضلع آن تا {side} نقطه باشد.",
            "A photo is a whole JPEG of at most {side} pixels a side.",
        ).filled(side=side)
        super().__init__(text, {"content": text})


class NotOnTheSpot(Invalid):
    def __init__(self) -> None:
        text = Text("بازدیدی از این نوع سر جا آغاز نمی‌شود.", "A visit of this kind is not begun on the spot.")
        super().__init__(text, {"kind": text})


class NoChecklistThen(Invalid):
    def __init__(self) -> None:
        text = Text(
            "در روزی که گوشی برای بازدید نوشته برگهٔ بازدیدی نبوده است؛ ساعت گوشی را ببینید.",
            "There was no checklist on the day that the phone tells of the visit: look at its clock.",
        )
        super().__init__(text, {"arrived": text})


class AlreadyGiven(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "بازدیدی از این دفتر به شما سپرده شده است؛ همان را گزارش کنید.",
                "A visit to this office is given to you already: report that one.",
            )
        )
