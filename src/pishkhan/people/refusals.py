"""Why something about people is not done, in words."""

from typing import ClassVar

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken, Refusal
from pishkhan.language.text import Text

FIELDS = {
    "given_name": Text("نام", "given name"),
    "family_name": Text("نام خانوادگی", "family name"),
    "father_name": Text("نام پدر", "father's name"),
    "name": Text("نام", "name"),
    "name_en": Text("نام لاتین", "name in Latin letters"),
    "letter": Text("شمارهٔ ابلاغ", "letter"),
    "letter_on": Text("روز ابلاغ", "day of the letter"),
    "operator": Text("نام راه‌بر دستگاه", "name of the operator"),
    "reason": Text("دلیل", "reason"),
    "username": Text("نام کاربری", "username"),
    "national_id": Text("کد ملی", "national id"),
    "legal_id": Text("شناسهٔ ملی", "legal id"),
    "born_on": Text("تاریخ تولد", "date of birth"),
    "registered_on": Text("تاریخ ثبت", "date of registration"),
}


class AboutAField(Invalid):
    """One field is wrong; the sentence says which."""

    said: Text

    def __init__(self, field: str) -> None:
        text = self.said.filled(field=FIELDS[field])
        super().__init__(text, {field: text})


class Incomplete(AboutAField):
    """What must be stated is empty."""

    said = Text("«{field}» نوشته نشده است.", "The {field} is missing.")


class TooLong(AboutAField):
    """More letters than there is room for."""

    said = Text("«{field}» بیش از اندازه بلند است.", "The {field} is too long.")


class NotYet(AboutAField):
    """A day that must have come lies in the future."""

    said = Text("«{field}» در آینده است.", "The {field} lies in the future.")


class AlreadyEntered(AboutAField):
    """The identifier is already that of somebody else."""

    said = Text("این {field} پیش‌تر ثبت شده است.", "This {field} has already been entered.")


class KnownUnderAnotherName(Invalid):
    """The national id is known, but the family name stated with it is not the one it is known under."""

    def __init__(self) -> None:
        text = Text(
            "این کد ملی با نام خانوادگی دیگری ثبت شده است.", "This national id is registered under another family name."
        )
        super().__init__(text, {"family_name": text})


class NoSuchKind(Invalid):
    """Organisations are of a few kinds."""

    def __init__(self) -> None:
        text = Text("نوع شخص حقوقی شناخته نیست.", "There is no such kind of organisation.")
        super().__init__(text, {"kind": text})


class IllFormedUsername(Invalid):
    """A username is written in small Latin letters, digits and a few signs."""

    def __init__(self) -> None:
        text = Text(
            "نام کاربری باید ۳ تا ۶۰ حرف کوچک لاتین، رقم یا یکی از نشانه‌های . _ @ + - باشد.",
            "A username is 3 to 60 small Latin letters, digits or the signs . _ @ + -",
        )
        super().__init__(text, {"username": text})


class WeakPassword(Invalid):
    """The password is easy to guess; the sentence says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text, {"password": text})


class NotConfirmed(Invalid):
    """Password or code do not show that it is oneself."""

    SAID: ClassVar = {
        "password": Text("گذرواژه درست نیست.", "The password is not right."),
        "one_time_code": Text(
            "رمز درست نیست یا پیش‌تر به کار رفته است؛ رمز بعدی را بنویسید.",
            "The code is not right, or was used already: write the next one.",
        ),
    }

    def __init__(self, field: str) -> None:
        super().__init__(self.SAID[field], {field: self.SAID[field]})


class NoPassword(Invalid):
    """Whoever is to confirm their identity never chose a password."""

    def __init__(self) -> None:
        text = Text(
            "حساب شما گذرواژه ندارد: نخست با کد یک‌بارمصرف یکی برگزینید.",
            "Your account has no password: first choose one by a one-time code.",
        )
        super().__init__(text, {"password": text})


class TooManyCodes(Refusal):
    """Passwords or codes are tried more often than who knows them has to."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            Text(
                "گذرواژه یا رمز نادرست بیش از اندازه نوشته شد. چند دقیقه دیگر دوباره بکوشید.",
                "Too many wrong passwords or codes: try again in a few minutes.",
            )
        )


class NotYoursToChoose(NotPermitted):
    """Nobody chooses another's password."""

    def __init__(self) -> None:
        super().__init__(
            Text("گذرواژه را تنها دارندهٔ حساب برمی‌گزیند.", "Only the holder of an account chooses its password.")
        )


class HasAnAccount(Refusal):
    """A person signs in by one account."""

    def __init__(self) -> None:
        super().__init__(Text("این شخص حساب کاربری دارد.", "This person already has an account."))


class HasNoAccount(Refusal):
    """There is no account to be closed."""

    def __init__(self) -> None:
        super().__init__(Text("این شخص حساب کاربری بازی ندارد.", "This person has no open account."))


class Erased(Overtaken):
    """The person has been erased."""

    def __init__(self) -> None:
        super().__init__(Text("اطلاعات این شخص پاک شده است.", "This person has been erased."))


class StillAssigned(Refusal):
    """Who holds a role cannot be erased."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شخص هنوز سمتی دارد. نخست به سمت‌های او پایان دهید.",
                "This person still holds a role. End the assignments first.",
            )
        )


class NotAssignable(Invalid):
    """What one is by nature is not assigned, nor is what is no role."""

    def __init__(self) -> None:
        text = Text("این نقش واگذارشدنی نیست.", "This role cannot be assigned.")
        super().__init__(text, {"role": text})


class EndsBeforeItBegins(Invalid):
    """The last day of an assignment comes before its first."""

    def __init__(self) -> None:
        text = Text("پایان سمت پیش از آغاز آن است.", "The assignment would end before it begins.")
        super().__init__(text, {"until_on": text})


class ActingNeedsALetter(Invalid):
    """Nobody is an acting head without a letter that says so."""

    def __init__(self) -> None:
        text = Text("سرپرستی شمارهٔ ابلاغ می‌خواهد.", "An acting head needs the number of the letter of appointment.")
        super().__init__(text, {"letter": text})


class RepresentsNobody(Invalid):
    """A representative represents an organisation."""

    def __init__(self) -> None:
        text = Text("شخص حقوقی نماینده مشخص نیست.", "The organisation that is represented is missing.")
        super().__init__(text, {"organisation": text})


class NoSuchPlace(Invalid):
    """No division lies in the place."""

    def __init__(self, place: str) -> None:
        text = Text(
            "هیچ واحدی از تقسیمات کشوری با کد «{place}» آغاز نمی‌شود.",
            "No division has a code that begins with '{place}'.",
        ).filled(place=place[:16])
        super().__init__(text, {"place": text})


class OutsideYourPlace(NotPermitted):
    """An administrator assigns roles in its own place only."""

    def __init__(self, place: str) -> None:
        super().__init__(
            Text("شما راهبر محدودهٔ «{place}» نیستید.", "You are no administrator of '{place}'.").filled(place=place)
        )


class EntersNobody(NotPermitted):
    """An administrator enters people and organisations in their own place."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "ثبت شخص با راهبر همان محدوده است.",
                "The administrator of the place enters people and organisations.",
            )
        )


class HoldsMore(NotPermitted):
    """Somebody's account is looked after by who rules over all of their roles and seats."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شخص بیرون از محدودهٔ شما هم سمت یا کرسی دارد؛ حساب او با راهبر آن محدوده است.",
                "This person holds a role or a seat beyond your place as well: the administrator there looks after "
                "their account.",
            )
        )


class AlreadyAssigned(Refusal):
    """The person holds that role, there and for that organisation, on some of those days already."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شخص در بخشی از همین مدت همین سمت را دارد.",
                "This person already holds that role on some of those days.",
            )
        )


class AlreadyEnded(Overtaken):
    """The assignment is over."""

    def __init__(self) -> None:
        super().__init__(Text("این سمت پایان یافته است.", "This assignment is already over."))
