"""What a complaint can be about, each kind declared once: what it is called, what it asks, of which violation it is a
sign."""

from dataclasses import dataclass

from pishkhan.language.text import Text


@dataclass(frozen=True)
class ComplaintKind:
    """A kind of complaint. `violation` is the one of the catalogue of which it is a sign, if it is of any."""

    code: str
    text: Text
    violation: str = ""
    of_office: bool = True  # may be about an office
    of_place: bool = False  # may be about a place without one
    asks_charge: bool = False  # asks for which service how much was paid


KINDS = (
    ComplaintKind("closed", Text("در ساعت کار بسته است", "It is closed in working hours"), "inactivity"),
    ComplaintKind(
        "overcharged",
        Text("بیش از تعرفه پول گرفت", "It charged more than the tariff"),
        "above_tariff",
        asks_charge=True,
    ),
    ComplaintKind("unlike", Text("با پروانه‌اش نمی‌خواند", "It is not what the licence says"), "beyond_licence"),
    ComplaintKind("refused", Text("خدمتی را که باید، نداد", "It refused a service that it offers")),
    ComplaintKind("behaviour", Text("رفتار ناشایست", "Behaviour")),
    ComplaintKind("waiting", Text("معطلی دراز", "Long waiting")),
    ComplaintKind("papers", Text("مدرک یا داده‌های مرا نگه داشت", "It kept my papers or data"), "data"),
    ComplaintKind(
        "unlicensed",
        Text("کسی بی‌پروانه کار می‌کند", "Somebody works without a licence"),
        "no_licence",
        of_office=False,
        of_place=True,
    ),
    ComplaintKind("no_office", Text("اینجا دفتری نیست", "There is no office here"), of_office=False, of_place=True),
    ComplaintKind("other", Text("چیز دیگر", "Something else"), of_place=True),
)
CODES = [kind.code for kind in KINDS]


def kind_of(code: str) -> ComplaintKind:
    return next(kind for kind in KINDS if kind.code == code)
