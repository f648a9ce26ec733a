"""Why something about an account is not done, in words."""

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken, Refusal
from pishkhan.language.text import Text


class NotThisCode(Invalid):
    """No account of that name has this code. Which of the two it is, and why, is told to nobody."""

    def __init__(self) -> None:
        text = Text(
            "با این نام و این کد نمی‌شود. شاید کد به کار رفته، مهلتش گذشته، کد تازه‌تری آمده، یا زیاد آزموده شده است: "
            "کد تازه‌ای بخواهید.",
            "Not with this name and code. It may be used, out of date, replaced by a newer one, or tried too often: "
            "ask for a new one.",
        )
        super().__init__(text, {"code": text})


class TooManyTries(Refusal):
    """Codes are tried, or wanted, from one address more often than people do."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            Text(
                "از این نشانی بیش از اندازه کد خواسته یا آزموده شد. چند دقیقه دیگر دوباره بکوشید.",
                "Too many codes were wanted or tried from this address: try again in a few minutes.",
            )
        )


class NotTheSame(Invalid):
    """The password is written otherwise the second time."""

    def __init__(self) -> None:
        text = Text("گذرواژه بار دوم همان نیست.", "The password is not the same the second time.")
        super().__init__(text, {"again": text})


class NoSuchWay(Invalid):
    """A code cannot reach the person that way."""

    def __init__(self) -> None:
        text = Text(
            "شماره یا نشانی‌ای برای این راه ثبت نشده است؛ نامه در دو نیمه چاپ کنید.",
            "No number or address is on record for this way: print a letter in two halves.",
        )
        super().__init__(text, {"way": text})


class ToYourself(NotPermitted):
    """The code would come to whoever sends it."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شماره یا نشانی از خود شماست: کد باید تنها به دارندهٔ حساب برسد. نامه در دو نیمه چاپ کنید.",
                "That number or address is your own: a code goes to the holder alone. Print a letter in two halves.",
            )
        )


class YourOwnWord(NotPermitted):
    """Who entered somebody under a number does not alone send a code to it."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شماره را خود شما ثبت کرده‌اید و کس دیگری ندیده است که از آنِ این شخص باشد: راهبری دیگر کد را "
                "می‌فرستد، یا نامه در دو نیمه چاپ کنید.",
                "You entered this number yourself, and nobody else has seen that it is this person's: another "
                "administrator sends the code, or print a letter in two halves.",
            )
        )


class NotForYourself(NotPermitted):
    """Nobody prints a letter for their own account."""

    def __init__(self) -> None:
        super().__init__(
            Text("کد حساب خود را کسی برای خودش چاپ نمی‌کند.", "Nobody prints a code for their own account.")
        )


class SecondPerson(NotPermitted):
    """The halves of a letter are printed by two people."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "نیمهٔ نخست را شما چاپ کرده‌اید: نیمهٔ دوم را کسی دیگر چاپ می‌کند.",
                "You printed the first half: somebody else prints the second.",
            )
        )


class HasAPassword(Refusal):
    """The account was opened by its holder already."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "دارندهٔ این حساب گذرواژه دارد؛ اگر فراموش کرده است، خودش در صفحهٔ ورود کد می‌خواهد.",
                "The holder has a password; who forgot it asks for a code on the page of sign-in.",
            )
        )


class IsOpen(Overtaken):
    """Only a closed account is opened again."""

    def __init__(self) -> None:
        super().__init__(Text("این حساب باز است.", "This account is open."))


class NoLetter(Overtaken):
    """There is no letter whose second half could be printed, or that could be withdrawn."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "نامه‌ای در کار نیست: مهلتش گذشته، پس گرفته شده یا به کار رفته است.",
                "There is no such letter: it is out of date, withdrawn or used.",
            )
        )


class NoSuchAccount(Invalid):
    """Nobody in the place of who asks has an account of that name."""

    def __init__(self) -> None:
        text = Text("حسابی با این نام در محدودهٔ شما نیست.", "There is no account of that name in your place.")
        super().__init__(text, {"username": text})


class OthersPrint(Refusal):
    """The machine prints a half only where no second person can."""

    def __init__(self, count: int) -> None:
        super().__init__(
            Text(
                "{count} نفر دیگر می‌توانند نیمهٔ دوم را چاپ کنند: از آنان بخواهید.",
                "{count} {count:other can|others can} print the second half: ask them.",
            ).filled(count=count)
        )


class LetterUnderWay(Overtaken):
    """A letter is begun once."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "نیمهٔ نخست نامه‌ای برای این شخص چاپ شده است. اگر گم شده، نخست آن را پس بگیرید.",
                "The first half of a letter for this person was printed. If it is lost, withdraw it first.",
            )
        )


class SentOften(Refusal):
    """A person is sent a few codes a day."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            Text("امروز کدهای بسیاری به این شخص فرستاده شد.", "Many codes were sent to this person today.")
        )
