"""Why a plan of rounds is not made or changed as told, in words."""

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken
from pishkhan.language.text import Text


class NobodyToVisit(Invalid):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "در این محدوده دفتر فعالی با نقطهٔ مکانی نیست و بازدیدی هم در انتظار نیست.",
                "There is no active office with a point in this region, and no visit waits.",
            )
        )


class NobodyToGo(Invalid):
    def __init__(self) -> None:
        text = Text(
            "در این روزها هیچ‌یک از این بازرسان روز کاری ندارد.", "None of these inspectors works on any of these days."
        )
        super().__init__(text, {"inspectors": text})


class NoStart(Invalid):
    def __init__(self) -> None:
        text = Text(
            "برای یکی از بازرسان جای آغازی با نقطهٔ مکانی ثبت نشده است.",
            "One of the inspectors has no place with a point to set out from.",
        )
        super().__init__(text, {"inspectors": text})


class NotAnInspectorThere(Invalid):
    def __init__(self) -> None:
        text = Text("یکی از این اشخاص در این محدوده بازرس نیست.", "One of these persons is no inspector there.")
        super().__init__(text, {"inspectors": text})


class WrongDays(Invalid):
    def __init__(self) -> None:
        text = Text(
            "روزهای برنامه از امروز به بعد است و بیش از {days} روز نیست.",
            "The days of a plan begin today or later, and are no more than {days}.",
        ).filled(days=31)
        super().__init__(text, {"last_on": text})


class NotAtThisState(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("برنامه در وضعیتی است که این کار بر آن شدنی نیست.", "The plan stands where this cannot be done to it.")
        )


class ChangedMeanwhile(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "برنامه از وقتی آن را دیدید تغییر کرده است؛ دوباره ببینید.",
                "The plan has changed since you saw it: look again.",
            )
        )


class DoesNotFit(Invalid):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این تغییر شدنی نیست: در ساعت باز بودن دفتر، روز کاری بازرس یا گردش بازرسان نمی‌گنجد.",
                "This change does not fit the opening hours, the inspector's day, or the rotation.",
            )
        )


class TheDaysHavePassed(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("نخستین روز این برنامه گذشته است.", "The first day of this plan has passed."))


class NotYours(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text("تنها دارنده یا مدیر دفتر دربارهٔ آن می‌گوید.", "Only who holds or manages an office says this of it.")
        )


class AnothersCalendar(NotPermitted):
    def __init__(self) -> None:
        super().__init__(Text("این تقویم بازرس دیگری است.", "This is another inspector's calendar."))


class SaidAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "دربارهٔ این دلیل پیش‌تر گفته‌اید و هنوز پاسخ نگرفته است.",
                "You have said so of this reason already; it waits for an answer.",
            )
        )


class AnsweredAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("به این گفته پاسخ داده شده است.", "This was answered already."))


class UnreadableRoads(Invalid):
    def __init__(self, why: Text) -> None:
        super().__init__(why, {"file": why})


class OffTheRoads(Invalid):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "فاصلهٔ یکی از جاها در داده‌های راه نیست.",
                "The distance of one of the places is not in the data of the roads.",
            )
        )


class AbsenceIsOver(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("این روزها گذشته یا پس گرفته شده است.", "These days are over, or were taken back already.")
        )
