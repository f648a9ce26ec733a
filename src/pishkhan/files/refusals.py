"""Why a file is not taken or not handed over, in words."""

from pishkhan.journal.refusals import Invalid, Missing, Refusal
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

    said = Text(
        "پرونده از اندازهٔ مجاز ({limit} مگابایت) بزرگ‌تر است.",
        "The file is larger than {limit} {limit:megabyte|megabytes}.",
    )

    def __init__(self, limit: int) -> None:
        super().__init__(limit=max(limit // MEGABYTE, 1))


class NotAllowedType(FileRefused):
    """Its content is no PDF, JPEG or PNG."""

    said = Text(
        "فقط پروندهٔ سالم PDF، JPEG یا PNG پذیرفته می‌شود و محتوای این پرونده چنین نیست.",
        "Only a whole PDF, JPEG or PNG file is taken, and the content of this one is none.",
    )


class Heif(NotAllowedType):
    """A photo as newer phones keep it, which browsers do not show."""

    said = Text(
        "این عکس به قالب HEIC است که همه‌جا باز نمی‌شود. آن را با قالب JPEG بفرستید: در آیفون "
        "«تنظیمات ← دوربین ← قالب‌ها ← سازگارترین» را برگزینید، یا از عکس یک نماگرفت بگیرید و همان را بفرستید.",
        "This photo is in the HEIC format, which does not open everywhere. Send it as JPEG: on an iPhone "
        "choose Settings → Camera → Formats → Most Compatible, or take a screenshot of it and send that.",
    )


class TwoThings(NotAllowedType):
    """It is something else as well: an archive, a page."""

    said = Text(
        "این پرونده جز سند یا عکس چیز دیگری هم در خود دارد (مانند پروندهٔ فشرده یا صفحهٔ وب) و پذیرفته نمی‌شود.",
        "The file holds something else beside a paper or picture (an archive, a web page), and is not taken.",
    )


class CutOff(NotAllowedType):
    """Its end is missing."""

    said = Text(
        "پرونده ناقص است: پایان آن نیامده است. آن را دوباره ذخیره کنید و بفرستید.",
        "The file is cut off: its end is missing. Save it anew and send it again.",
    )


class Damaged(NotAllowedType):
    """A PDF that cannot be read."""

    said = Text(
        "این PDF آسیب دیده است و خوانده نمی‌شود. آن را دوباره بسازید یا اسکن کنید.",
        "This PDF is damaged and cannot be read. Make or scan it anew.",
    )


class NoPicture(NotAllowedType):
    """A picture that cannot be shown."""

    said = Text(
        "این عکس سالم نیست و باز نمی‌شود. آن را دوباره بگیرید یا ذخیره کنید.",
        "This picture is not whole and cannot be shown. Take or save it anew.",
    )


class TooManyPixels(FileRefused):
    """A picture that would fill the memory once it is unpacked."""

    said = Text(
        "این عکس بیش از {limit} میلیون نقطه دارد. آن را کوچک‌تر کنید.",
        "This picture has more than {limit} million pixels. Make it smaller.",
    )

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit // 1_000_000)


class TooComplex(FileRefused):
    """A PDF of more parts than anybody reads."""

    said = Text(
        "این PDF بیش از اندازه پیچیده است. آن را چاپ و اسکن کنید، یا در چند پرونده بفرستید.",
        "This PDF has too many parts. Print and scan it, or send it as several files.",
    )


class Locked(FileRefused):
    """A PDF that asks for a password."""

    said = Text(
        "این PDF رمز دارد و خوانده نمی‌شود. نسخهٔ بی‌رمز آن را بفرستید.",
        "This PDF is protected by a password and cannot be read. Send it without one.",
    )


class Active(FileRefused):
    """A PDF that does something beside being read."""

    said = Text(
        "این PDF {what} در خود دارد و پذیرفته نمی‌شود. آن را چاپ یا از نو به PDF تبدیل کنید و بفرستید.",
        "This PDF holds {what} and is not taken. Print it to a fresh PDF, and send that.",
    )

    def __init__(self, what: Text) -> None:
        super().__init__(what=what)


class Disguised(FileRefused):
    """Its name promises something else than it holds."""

    said = Text(
        "پسوند نام پرونده با محتوای آن ({media_type}) نمی‌خواند.",
        "The ending of the file's name does not agree with its content ({media_type}).",
    )


class ContentErased(Refusal):
    """The content was erased with the person or the complaint it belonged to."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            Text(
                "محتوای این پرونده همراه با اطلاعات صاحب آن پاک شده است و دیگر در دست نیست.",
                "The content of this file was erased with the data of whom it belonged to.",
            )
        )


class ContentLost(Missing):
    """The content ought to be there and is not, or was altered: a fault that `pishkhan check` names."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "محتوای این پرونده در سامانه یافت نشد یا آسیب دیده است؛ راهبر باید سامانه را بررسی کند.",
                "The content of this file is missing or damaged: the administrator must see to it.",
            )
        )
