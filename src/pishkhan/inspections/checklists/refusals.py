"""Why a checklist is not entered or adopted, in words."""

from collections.abc import Iterable

from pishkhan.inspections.words import KINDS, OBJECTS
from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken, Refusal
from pishkhan.language.text import Text

from .coverage import Pair

MOST = 20  # faults that one refusal names


class Elsewhere(Overtaken):
    """It stands where that is not done."""

    def __init__(self, state: Text) -> None:
        super().__init__(
            Text(
                "این برگه «{state}» است و این کار با آن شدنی نیست.", "The checklist is {state}: that cannot be done."
            ).filled(state=state)
        )


class WroteItOneself(NotPermitted):
    """A second person adopts."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "کسی که برگه یا بندی از آن را نوشته است آن را تصویب نمی‌کند؛ دیگری باید.",
                "Who wrote the checklist, or an item of it, does not adopt it: another does.",
            )
        )


class NotOfAProvince(NotPermitted):
    """Who works in a part of a province, or everywhere, has no checklist of their own."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "برگهٔ بازدید از آن یک استان است؛ کارشناس یا راهبر همان استان آن را می‌نویسد.",
                "A checklist is that of a province: an expert or administrator of the whole province drafts it.",
            )
        )


class DayHasCome(Invalid):
    """It begins on a day to come."""

    def __init__(self) -> None:
        text = Text(
            "روز آغاز باید پس از امروز باشد؛ برگه‌ای که روزش رسیده است نه تصویب می‌شود و نه پس گرفته.",
            "The first day lies after today: a checklist whose day has come is neither adopted nor withdrawn.",
        )
        super().__init__(text, {"valid_from": text})


class DayIsTaken(Invalid):
    """One edition begins on a day."""

    def __init__(self) -> None:
        text = Text("برگهٔ دیگری از همین روز تصویب شده است.", "Another checklist was adopted from that day on.")
        super().__init__(text, {"valid_from": text})


class NotWhole(Refusal):
    """What is missing before it can be put forward."""

    def __init__(self, faults: Iterable[Text]) -> None:
        shown = list(faults)[:MOST]
        super().__init__(Text(" ".join(fault.fa for fault in shown), " ".join(fault.en for fault in shown)))


class NoSuchItem(Invalid):
    def __init__(self) -> None:
        text = Text("بندی با این کد در برگه نیست.", "The checklist has no item of that code.")
        super().__init__(text, {"code": text})


class NoSuchEdition(Invalid):
    def __init__(self) -> None:
        text = Text("برگه‌ای با این ویرایش نیست.", "There is no edition of that code.")
        super().__init__(text, {"like": text})


NO_ITEMS = Text("برگه هیچ بندی ندارد.", "It has no item.")
NO_ARTICLE = Text("بند {code} مأخذ ندارد.", "Item {code} has no article.")
NOTHING_SEEN = Text("در «{visit}» از {seen} به چیزی نگاه نمی‌شود.", "In '{visit}' of {seen} nothing is looked at.")
NOTHING_FAILS = Text("در «{visit}» از {seen} هیچ ایرادی بحرانی نیست.", "In '{visit}' of {seen} no fault is critical.")


def of_visits(text: Text, pairs: Iterable[Pair]) -> list[Text]:
    """A sentence for each of some visits."""
    return [text.filled(visit=KINDS[visit], seen=OBJECTS[seen]) for seen, visit in pairs]
