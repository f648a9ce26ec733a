"""Numbers by which the state knows persons, companies and places, with the checks that are built into them."""

import re

from .text import Text
from .typed import typed, typed_code

NATIONAL_ID = Text(
    "کد ملی درست نیست: ده رقم با رقم کنترل درست.", "Not a national id: ten digits with a right check digit."
)
LEGAL_ID = Text(
    "شناسهٔ ملی شخص حقوقی درست نیست: یازده رقم با رقم کنترل درست.",
    "Not a legal person's id: eleven digits with a right check digit.",
)
POSTAL_CODE = Text(
    "کدپستی درست نیست: ده رقم، بی صفر و دو در پنج رقم نخست.",
    "Not a postal code: ten digits, without 0 and 2 among the first five.",
)
MOBILE = Text("شمارهٔ همراه درست نیست: مانند ۰۹۱۲۳۴۵۶۷۸۹.", "Not a mobile number: one like 09123456789.")
EMAIL = Text("رایانامه درست نیست: مانند name@example.ir.", "Not an e-mail address: one like name@example.ir.")
_LOCAL = re.compile(r"[A-Za-z0-9_+%-]+(\.[A-Za-z0-9_+%-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LEGAL_WEIGHTS = (29, 27, 23, 19, 17, 29, 27, 23, 19, 17)


class NotValid(ValueError):
    """The text is no such number; `.text` says what one looks like."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


def national_id(text: str) -> str:
    """A person's national id (کد ملی), ten ASCII digits."""
    digits = _digits(text)
    if not re.fullmatch(r"\d{8,10}", digits):
        raise NotValid(NATIONAL_ID)
    digits = digits.zfill(10)
    if len(set(digits)) == 1 or digits[9] != _national_check(digits[:9]):
        raise NotValid(NATIONAL_ID)
    return digits


def legal_id(text: str) -> str:
    """A legal person's id (شناسهٔ ملی), eleven ASCII digits."""
    digits = _digits(text)
    if not re.fullmatch(r"\d{11}", digits) or len(set(digits)) == 1 or digits[10] != _legal_check(digits[:10]):
        raise NotValid(LEGAL_ID)
    return digits


def postal_code(text: str) -> str:
    """A postal code, ten ASCII digits."""
    digits = _digits(text)
    if not re.fullmatch(r"[13-9]{5}\d{5}", digits) or digits.endswith("0000") or len(set(digits)) == 1:
        raise NotValid(POSTAL_CODE)
    return digits


def mobile(text: str) -> str:
    """A mobile number, "09" and nine ASCII digits."""
    digits = re.sub(r"^(\+98|0098|98)(?=9)", "0", _digits(text))
    if not re.fullmatch(r"09\d{9}", digits):
        raise NotValid(MOBILE)
    return digits


def email(text: str) -> str:
    """An e-mail address in ASCII, as every server takes it: a domain in other letters becomes its `xn--` form."""
    local, _, domain = typed(text).strip().rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise NotValid(EMAIL) from None
    labels = host.split(".")
    whole = len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit() and len(labels[-1]) > 1
    if not whole or len(local) > 64 or not _LOCAL.fullmatch(local) or len(local) + len(host) > 253:
        raise NotValid(EMAIL)
    return f"{local}@{host}"


def synthetic_national_id(number: int) -> str:
    """A valid national id made from a number below 10⁹: for demos and tests."""
    return f"{number:09}" + _national_check(f"{number:09}")


def synthetic_legal_id(number: int) -> str:
    """A valid legal person's id made from a number below 10¹⁰: for demos and tests."""
    return f"{number:010}" + _legal_check(f"{number:010}")


def _digits(text: str) -> str:
    return re.sub(r"[\s-]", "", typed_code(text))


def _national_check(nine: str) -> str:
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
    return str(rest if rest < 2 else 11 - rest)


def _legal_check(ten: str) -> str:
    tens = int(ten[9]) + 2
    rest = sum((int(digit) + tens) * weight for digit, weight in zip(ten, _LEGAL_WEIGHTS, strict=True)) % 11
    return str(rest % 10)
