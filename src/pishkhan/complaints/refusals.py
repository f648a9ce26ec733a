"""Why nothing is done about a complaint, in words."""

from pishkhan.journal.refusals import Overtaken, Refusal
from pishkhan.language.text import Text


class StandsElsewhere(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "شکایت اکنون جای دیگری ایستاده است؛ صفحه را تازه کنید.",
                "The complaint stands elsewhere by now: load the page again.",
            )
        )


class NotToBeJoined(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این دو شکایت به هم پیوستنی نیستند: یکی خود به دیگری پیوسته یا بسته شده است.",
                "These two cannot be joined: one is joined or closed itself.",
            )
        )


class NoOfficeToAsk(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شکایت دربارهٔ دفتری نیست که بتوان از آن پرسید یا بازدیدش کرد.",
                "The complaint is about no office that could be asked or visited.",
            )
        )


class NotAPicture(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "تنها عکس (JPEG یا PNG) پذیرفته می‌شود و یکی از پرونده‌ها عکس درستی نیست.",
                "Only pictures (JPEG or PNG) are taken, and one of the files is no sound picture.",
            )
        )


class TooManyComplaints(Refusal):
    status = 429

    def __init__(self) -> None:
        super().__init__(
            Text(
                "از این نشانی شکایت‌های زیادی رسیده است؛ ساعتی دیگر دوباره بفرستید.",
                "Too many complaints came from this address: send it again in an hour.",
            )
        )
