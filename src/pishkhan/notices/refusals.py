"""Why a notice is not tried again or its service not recorded, in words."""

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken, Refusal
from pishkhan.language.text import Text


class NotFailed(Overtaken):
    """Only what failed is tried again."""

    def __init__(self) -> None:
        super().__init__(Text("این اطلاعیه ناکام نمانده است.", "This notice has not failed."))


class NotLegal(Refusal):
    """Service is proved of legal notices alone."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "مهلتی از ابلاغ این اطلاعیه آغاز نمی‌شود؛ گواهی ابلاغ ندارد.",
                "No term runs from the service of this notice: there is nothing to prove.",
            )
        )


class NotAServer(NotPermitted):
    """Service is recorded by who is charged with it."""

    def __init__(self) -> None:
        super().__init__(Text("ثبت ابلاغ با کارشناس یا دبیر است.", "Service is recorded by an expert or a secretary."))


class NoSuchService(Invalid):
    """The way or the outcome of the service is none of ours."""

    def __init__(self) -> None:
        text = Text("شیوه یا نتیجهٔ ابلاغ شناخته نیست.", "There is no such way or outcome of service.")
        super().__init__(text, {"outcome": text})


class NotPostedThatWay(Invalid):
    """A notice is posted up at a door, or printed."""

    def __init__(self) -> None:
        text = Text(
            "الصاق یا درج با تحویل حضوری یا آگهی می‌خواند.", "A notice is posted up by hand, or printed in a newspaper."
        )
        super().__init__(text, {"outcome": text})


class ServedInTheFuture(Invalid):
    """Service is recorded once it was made."""

    def __init__(self) -> None:
        text = Text("روز ابلاغ در آینده است.", "The day of service lies in the future.")
        super().__init__(text, {"on": text})


class ServedBeforeItWas(Invalid):
    """A notice is not served before there is one."""

    def __init__(self) -> None:
        text = Text("روز ابلاغ پیش از خود اطلاعیه است.", "The day of service comes before the notice itself.")
        super().__init__(text, {"on": text})


class NoEvidence(Invalid):
    """What was brought by hand, by post or in a newspaper leaves a paper behind."""

    def __init__(self) -> None:
        text = Text(
            "برگ ابلاغ، رسید پست یا بریدهٔ آگهی را پیوست کنید.",
            "Attach the sheet of service, the receipt of the post or the cutting.",
        )
        super().__init__(text, {"evidence": text})


class NotYourFile(Invalid):
    """Only whoever uploaded a file puts it forward."""

    def __init__(self) -> None:
        text = Text("این پرونده را شما بارگذاری نکرده‌اید.", "You did not upload this file.")
        super().__init__(text, {"evidence": text})


class WithdrawnAlready(Overtaken):
    """The proof was withdrawn before."""

    def __init__(self) -> None:
        super().__init__(Text("این گواهی پیش‌تر پس گرفته شده است.", "This proof has been withdrawn already."))
