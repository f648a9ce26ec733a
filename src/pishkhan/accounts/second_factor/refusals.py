"""Why something about a second factor is not done, in words."""

from pishkhan.journal.refusals import Invalid, Overtaken, Refusal
from pishkhan.language.text import Text


class NotOfThisApp(Invalid):
    """The code is none that an app with this key shows now."""

    def __init__(self) -> None:
        text = Text(
            "برنامه این رمز را نشان نمی‌دهد. رمز همین لحظه را بنویسید؛ اگر باز نشد، ساعت گوشی را درست کنید.",
            "The app does not show this code. Write that of this moment; if it still fails, set the clock of the "
            "phone.",
        )
        super().__init__(text, {"code": text})


class OutOfDate(Overtaken):
    """The key was shown too long ago, or to somebody else."""

    def __init__(self) -> None:
        super().__init__(Text("این صفحه کهنه است؛ از نو آغاز کنید.", "This page is out of date: begin anew."))


class IsOff(Overtaken):
    """There is no second factor."""

    def __init__(self) -> None:
        super().__init__(Text("گام دوم خاموش است.", "The second factor is off."))


class SecondFactorFirst(Refusal):
    """Staff and members go on once they have set up a second factor.

    As to who is not signed in: a phone that is refused so keeps what it carries, and leads to the page of sign-in.
    """

    status = 401

    def __init__(self) -> None:
        super().__init__(
            Text(
                "برای کارکنان و اعضا گام دوم ورود لازم است. نخست آن را در «حساب من» روشن کنید.",
                "Staff and members need a second step of signing in: first turn it on under “My account”.",
            )
        )
