"""Grounds of refusal: for what requests may be rejected, each with where the law says so.

Whether the market needs another office is contested (`adopted_by`): it informs who votes, and rejects nothing alone.
"""

from pishkhan.casework.procedures.ground import Ground
from pishkhan.language.text import Text

from .law import BY_LAW, MARKET, PRINCIPLES
from .numbers import POPULATION, SATURATION, SPACING, VIABILITY

PERSONS = Ground(
    "persons",
    Text(
        "متقاضی یا کسانی که معرفی کرده است شرایط مقرر را ندارند.",
        "The applicant, or whom they name, does not meet the conditions.",
    ),
    PRINCIPLES,
)
PREMISES = Ground(
    "premises",
    Text(
        "محل از نظر مساحت، تصرف، دسترسی یا تجهیزات شرایط مقرر را ندارد.",
        "The place does not meet the conditions in its area, tenure, access or equipment.",
    ),
    PRINCIPLES,
)
OPINION = Ground(
    "opinion",
    Text("کمیتهٔ فنی محل را مناسب ندانسته است.", "The technical committee finds the place unsuitable."),
    BY_LAW,
)
UNTRUE = Ground(
    "untrue",
    Text("آنچه در درخواست یا مدارک آن آمده درست نیست.", "What the request or its papers state is not true."),
    PRINCIPLES,
)
PLACES = Ground(
    "places",
    Text(
        "شمار جاهایی که همین فراخوان اعلام کرده بود پر شده است.",
        "The places that this very call had published are taken.",
    ),
    BY_LAW,
)
CONDUCT = Ground(
    "conduct",
    Text(
        "دفتر فعال نبوده یا تخلف قطعی آن رفع نشده است.",
        "The office was not active, or a violation that is final was not remedied.",
    ),
    BY_LAW,
)
SERVICE = Ground(
    "service",
    Text("مردم محل در آن روزها بی‌خدمت می‌مانند.", "People there would be without services on those days."),
    BY_LAW,
)
STATED = Ground(
    "stated",
    Text(
        "جا، روزها یا دلیلی که نوشته شده با مقررات نمی‌خواند.", "The place, days or reason stated do not fit the rules."
    ),
    BY_LAW,
)
# What the law contests, until a director adopts it with a source.
IS_SATURATED = Ground(
    "saturation",
    Text("بازار این محل اشباع است.", "The market of the place is saturated."),
    MARKET,
    adopted_by=SATURATION,
)
IS_NEAR = Ground(
    "spacing",
    Text("دفتر دیگری نزدیک است.", "Another office is near."),
    MARKET,
    adopted_by=SPACING,
)
SERVES_FEW = Ground(
    "population",
    Text(
        "شمار دفترهای این محل برای جمعیت آن کافی است.",
        "There are offices enough for the population of the place.",
    ),
    MARKET,
    adopted_by=POPULATION,
)
IS_NOT_VIABLE = Ground(
    "viability",
    Text(
        "درآمد محل برای دوام دفتر تازه یا دفتر کنونی کافی نیست.",
        "The place does not yield enough for the new office, or the one there, to last.",
    ),
    MARKET,
    adopted_by=VIABILITY,
)

OF_THE_MARKET = (IS_SATURATED, IS_NEAR, SERVES_FEW, IS_NOT_VIABLE)
OF_A_PLACE = (PERSONS, PREMISES, OPINION, UNTRUE)
OF_ALL = (*OF_A_PLACE, PLACES, CONDUCT, SERVICE, STATED, *OF_THE_MARKET)
