"""Why an act was not done, in words fit for the person who asked. Each has one status over HTTP."""

from pishkhan.language.text import Text


class Refusal(Exception):
    """An act was not done, and nothing was written. `.text` says why, in both languages."""

    status = 422
    page = ""  # the address where whoever is refused sees to it, if there is one

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


class NotPermitted(Refusal):
    """The actor does not hold the role this act is reserved to."""

    status = 403


class Overtaken(Refusal):
    """What the actor saw has moved meanwhile, or the act does not lead on from where it stands."""

    status = 409


class Invalid(Refusal):
    """What was stated is wrongly filled in; `.fields` says what is wrong with each field."""

    def __init__(self, text: Text, fields: dict[str, Text] | None = None) -> None:
        super().__init__(text)
        self.fields = fields or {}


class Missing(Refusal):
    """There is no such thing, or not for the one who asks: which of the two is not told."""

    status = 404

    def __init__(self, text: Text | None = None) -> None:
        super().__init__(
            text
            or Text(
                "چنین چیزی نیست یا در محدودهٔ دسترس شما نیست.", "There is no such thing, or it is not for you to see."
            )
        )


class Unavailable(Refusal):
    """The house itself cannot do it now, whatever was asked. Who tries many things one by one stops at this."""

    status = 503


class Busy(Unavailable):
    """Others wrote for longer than the database lets one wait."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "سامانه سرگرم کارهای دیگران است؛ چیزی ثبت نشد. کمی بعد دوباره بفرستید.",
                "The house is busy with what others do, and nothing was written. Try again in a moment.",
            )
        )
