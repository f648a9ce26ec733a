"""Violations and the ladder of sanctions, declared once, by the day of the act: what is punishable, and how far.

On which rung a violation begins is a dated number of the law (`rung.…`), so that a director can adopt it.
"""

from dataclasses import dataclass
from datetime import date

from pishkhan.casework.procedures.procedure import Article
from pishkhan.language.text import Text
from pishkhan.regulation.keys import Key

from .law import DISPUTES, PRINCIPLES


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder: the lightest first."""

    code: str
    text: Text
    lasts: Key | None = None  # the dated number of days, of a suspension
    ends_it: bool = False  # it is proposed to who issued the licence, who may end it


@dataclass(frozen=True)
class Violation:
    """Something that an office may not do, where that is said, and on which rung a first one begins."""

    code: str
    text: Text
    begins: Key
    article: Article | None  # None: no source says so; a default of ours
    kinds: tuple[str, ...] = ()  # of office; all, if none is named
    items: tuple[str, ...] = ()  # of the visit's checklist, by which it is seen


@dataclass(frozen=True)
class Factor:
    """What weighs for or against in a decision."""

    code: str
    text: Text
    aggravates: bool


@dataclass(frozen=True)
class Edition:
    """What was punishable, how, and what weighs, from a day on."""

    code: str
    valid_from: date
    violations: tuple[Violation, ...]
    ladder: tuple[Rung, ...]
    factors: tuple[Factor, ...]

    def violation(self, code: str) -> Violation | None:
        return next((violation for violation in self.violations if violation.code == code), None)

    def rung(self, code: str) -> Rung:
        return next(rung for rung in self.ladder if rung.code == code)

    def place_of(self, rung: str) -> int:
        """How high a rung stands, the lightest at 0."""
        return [step.code for step in self.ladder].index(rung)


FIRST_DAYS = Key("sanction.first_suspension_days", "day", "مدت تعلیق نخست", "Days of a first suspension")
SECOND_DAYS = Key("sanction.second_suspension_days", "day", "مدت تعلیق دوم", "Days of a second suspension")


def _violation(
    code: str, fa: str, en: str, article: Article | None, *items: str, kinds: tuple[str, ...] = ()
) -> Violation:
    """A violation with the key of the rung on which a first one begins: 0 is the lightest."""
    key = Key(f"rung.{code}", "rung", f"پلهٔ نخست تنبیه برای «{fa}»", f"Rung on which a first violation begins: {en}")
    return Violation(code, Text(fa, en), key, article, kinds, items)


LADDER = (
    Rung("notice", Text("تذکر کتبی", "written notice")),
    Rung("warning", Text("اخطار نخست", "first warning")),
    Rung("second_warning", Text("اخطار دوم", "second warning")),
    Rung("suspension", Text("تعلیق نخست", "first suspension"), FIRST_DAYS),
    Rung("second_suspension", Text("تعلیق دوم", "second suspension"), SECOND_DAYS),
    Rung("revocation", Text("پیشنهاد لغو پروانه", "revocation proposed"), ends_it=True),
)
FACTORS = (
    Factor("harmed_many", Text("زیان به شمار زیادی از مردم", "many people were harmed"), True),
    Factor("for_gain", Text("برای سود خود", "for one's own gain"), True),
    Factor("hidden", Text("پنهان کردن یا گمراه کردن بازرس", "it was hidden, or the inspector misled"), True),
    Factor("remedied", Text("رفع پیش از رسیدگی", "remedied before the hearing"), False),
    Factor("admitted", Text("پذیرش و همکاری", "admitted, and helped to clear it up"), False),
    Factor("beyond_control", Text("سبب بیرون از اختیار دارنده", "a cause beyond the holder's control"), False),
)
EDITIONS = (
    Edition(
        "1388",
        date(2009, 10, 13),
        (
            _violation(
                "above_tariff", "دریافت وجه بیش از تعرفه", "charging more than the tariff", PRINCIPLES, "tariff"
            ),
            _violation(
                "inactivity",
                "فعال نبودن یا تعطیلی بی‌مجوز",
                "inactive, or closed without permission",
                PRINCIPLES,
                "open",
            ),
            _violation(
                "relocation",
                "جابه‌جایی بی‌مجوز",
                "relocation without permission",
                Article("by-law-1388", "20"),
                "address",
            ),
            _violation("proxy", "واگذاری یا انتقال با وکالت", "transfer or sublet by proxy", PRINCIPLES),
            _violation(
                "beyond_licence",
                "ارائهٔ خدمت بیرون از پروانه",
                "services outside the licence",
                PRINCIPLES,
                "services",
                "unrelated",
            ),
            _violation(
                "equipment",
                "نداشتن تابلو یا تجهیزات لازم",
                "no signboard, or equipment missing",
                PRINCIPLES,
                "licence_shown",
                "sign",
                "premises",
                "access",
            ),
            _violation(
                "staff",
                "مدیر یا کاربر ثبت‌نشده یا بیمه‌نشده",
                "manager or staff not registered or insured",
                PRINCIPLES,
                "manager",
                "users",
            ),
            _violation(
                "data", "نگهداری ناروای داده و مدارک مردم", "people's data and papers kept wrongly", PRINCIPLES, "data"
            ),
            _violation(
                "unanswered",
                "پاسخ ندادن یا اعلام نکردن داده",
                "not answering, or not declaring data",
                DISPUTES,
                "entry",
            ),
            _violation("undertaking", "انجام ندادن تعهد در موعد", "an undertaking not kept in time", DISPUTES),
            _violation(
                "unremedied", "رفع نکردن تخلف پس از رأی", "a violation not remedied after the decision", DISPUTES
            ),
            _violation("no_licence", "کار بی پروانهٔ معتبر", "working without a valid licence", PRINCIPLES),
        ),
        LADDER,
        FACTORS,
    ),
)


def edition_on(day: date) -> Edition | None:
    """The edition of a day; None before the first."""
    return next((edition for edition in reversed(EDITIONS) if edition.valid_from <= day), None)


def edition(code: str) -> Edition:
    return next(edition for edition in EDITIONS if edition.code == code)


def violation_seen_by(item: str, on: date) -> Violation | None:
    """The violation that a faulty item of the checklist is a sign of."""
    edition = edition_on(on)
    return next((violation for violation in edition.violations if item in violation.items), None) if edition else None
