"""Why a package is not made or not taken in, in words. Why a row is not: exchange.models.OUTCOMES."""

from pishkhan.journal.refusals import Invalid, Overtaken, Refusal
from pishkhan.language.text import Text


class NoSuchPartner(Invalid):
    """Nobody of that code is asked anything."""

    def __init__(self) -> None:
        text = Text("طرف تبادل شناخته نیست.", "There is no such partner.")
        super().__init__(text, {"partner": text})


class NothingToAsk(Refusal):
    """Everything that is open was asked before."""

    def __init__(self) -> None:
        super().__init__(Text("پرسش تازه‌ای برای فرستادن نیست.", "There is nothing new to send."))


class FactsHaveChanged(Overtaken):
    """What a package said can no longer be said: it is never given out again under its old checksum."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "آنچه این بسته می‌گفت دگرگون شده است و همان بسته دوباره ساخته نمی‌شود؛ بستهٔ تازه بسازید.",
                "What this package said has changed, and it cannot be made again: send a new one.",
            )
        )


class AboutThePackage(Invalid):
    """The package as a whole is not taken in; nothing of it is kept."""

    said: Text

    def __init__(self, **facts: object) -> None:
        text = self.said.filled(**facts)
        super().__init__(text, {"file": text})


class WrongPartner(AboutThePackage):
    """It comes from somebody else."""

    said = Text("این بسته از «{told}» است، نه از «{wanted}».", "This package is of '{told}', not of '{wanted}'.")


class AnswersNothing(AboutThePackage):
    """It answers no package of ours."""

    said = Text(
        "بسته به «{reference}» پاسخ می‌دهد که چنین بسته‌ای به این طرف نفرستاده‌ایم.",
        "It answers '{reference}', and we sent this partner no such package.",
    )


class FromTheFuture(AboutThePackage):
    """It says that it is made on a day to come."""

    said = Text("روز ساخت بسته در آینده است.", "The day on which the package was made lies in the future.")


class TakenInBefore(AboutThePackage):
    """It was taken in before."""

    said = Text(
        "این بسته (شمارهٔ {sequence}) پیش‌تر وارد شده است.", "This package (number {sequence}) was taken in before."
    )


class EnteredBefore(Overtaken):
    """Another entered the answer meanwhile."""

    def __init__(self) -> None:
        super().__init__(Text("این پاسخ را دیگری ثبت کرد.", "Somebody else entered this answer."))
