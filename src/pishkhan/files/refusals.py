"""Why a file is not taken, in words."""

from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text

MEGABYTE = 1024 * 1024


class FileRefused(Invalid):
    """The file is not one the house takes."""

    said: Text

    def __init__(self, **facts: object) -> None:
        text = self.said.filled(**facts)
        super().__init__(text, {"file": text})


class EmptyFile(FileRefused):
    """There is nothing in it."""

    said = Text("پرونده خالی است.", "The file is empty.")


class TooLarge(FileRefused):
    """It is larger than the limit."""

    said = Text("پرونده از اندازهٔ مجاز ({limit} مگابایت) بزرگ‌تر است.", "The file is larger than {limit} megabytes.")

    def __init__(self, limit: int) -> None:
        super().__init__(limit=max(limit // MEGABYTE, 1))


class NotAllowedType(FileRefused):
    """Its content is no whole PDF, JPEG or PNG, or is something else as well."""

    said = Text("فقط پروندهٔ سالم PDF، JPEG یا PNG پذیرفته می‌شود و محتوای این پرونده چنین نیست.",
                "Only a whole PDF, JPEG or PNG file is taken, and the content of this one is none.")


class Disguised(FileRefused):
    """Its name promises something else than it holds."""

    said = Text("پسوند نام پرونده با محتوای آن ({media_type}) نمی‌خواند.",
                "The ending of the file's name does not agree with its content ({media_type}).")
