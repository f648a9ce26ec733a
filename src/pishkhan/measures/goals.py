"""The goals and benefits the directorate names (mission M8, M9), each with its measure, or with why it has none yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pishkhan.complaints.models import FOUNDED
from pishkhan.language.text import Text

from .access import straight_line_access
from .complaint_figures import closed_in
from .figures import Period


@dataclass(frozen=True)
class Measured:
    """A value of a measure. `note` says what limits it."""

    code: str
    value: float
    unit: str
    note: Text | None = None


@dataclass(frozen=True)
class Goal:
    """A goal or benefit, and how it is measured; or, where nothing measures it, why not."""

    code: str
    sentence: Text
    measure: Callable[[Period], list[Measured] | Text]


def _not_measured(fa: str, en: str) -> Callable[[Period], Text]:
    return lambda period: Text(fa, en)


SERVICES = ("شمار خدمات دفترها هنوز در سامانه ثبت نمی‌شود.", "the services of offices are not recorded yet.")
NO_PEOPLE = Text(
    "هیچ آبادی یا شهری با نقطه و جمعیت در نقشه نیست.", "no city or settlement on the map has both a point and people."
)
NO_OFFICES = Text("در آن روز هیچ دفتر فعالی با نقطهٔ معلوم نیست.", "no office active that day has a known point.")
NO_COMPLAINTS = Text("در این دوره هیچ شکایتی بسته نشده است.", "no complaint was closed in the period.")
TOLD_ONLY = Text(
    "تنها آنچه مردم گفته‌اند: شمار کم شکایت نشانهٔ درستی کار نیست.",
    "Only what people told: few complaints do not show that all is well.",
)
SYNTHETIC = Text(
    "{percent} درصد جمعیت در نقاط ساختگی است: تنها نمونهٔ روش است.",
    "{percent} percent of the people live at synthetic points: an example of the method only.",
)


def _access(period: Period) -> list[Measured] | Text:
    access = straight_line_access(period.region, period.to_on, known_on=period.known_on)
    if access.people == 0:
        return NO_PEOPLE
    if access.mean_km is None:
        return NO_OFFICES
    percent = round(100 * access.synthetic / access.people)
    note = SYNTHETIC.filled(percent=percent) if percent else None
    return [
        Measured("access.people", access.people, "people", note),
        Measured("access.mean_distance", round(access.mean_km, 3), "km", note),
        *(Measured(f"access.people_beyond_{km}_km", people, "people", note) for km, people in access.beyond.items()),
    ]


def _integrity(period: Period) -> list[Measured] | Text:
    closed = closed_in(period)
    ended, founded = len(closed), sum(outcome in FOUNDED for outcome, _ in closed)
    if not ended:
        return NO_COMPLAINTS
    return [
        Measured("integrity.complaints_founded", founded, "complaints", TOLD_ONLY),
        Measured("integrity.founded_percent", round(100 * founded / ended, 1), "percent", TOLD_ONLY),
    ]


GOALS = (
    Goal(
        "justice",
        Text("گسترش عدالت اجتماعی", "Social justice"),
        _not_measured(
            "برای مقایسهٔ شهرستان‌ها راه‌های واقعی و شمار خدمات لازم است و هنوز نیست.",
            "comparing counties needs real roads and counts of services, which are not there yet.",
        ),
    ),
    Goal("integrity", Text("ارتقای سلامت اداری", "Administrative integrity"), _integrity),
    Goal("decentralisation", Text("تمرکززدایی", "Decentralisation"), _not_measured(*SERVICES)),
    Goal(
        "speed",
        Text(
            "سرعت و کیفیت بیشتر خدمات برای کاهش فساد اقتصادی و اداری",
            "More speed and quality of services, to reduce economic and administrative corruption",
        ),
        _not_measured(*SERVICES),
    ),
    Goal(
        "jobs",
        Text("کارآفرینی و اشتغال‌زایی", "Entrepreneurship and jobs"),
        _not_measured(
            "کاربران و کارکنان دفترها هنوز ثبت نمی‌شوند.", "the users and employees of offices are not recorded yet."
        ),
    ),
    Goal("less_state", Text("کاهش تصدی‌گری دولت", "Less direct operation by the state"), _not_measured(*SERVICES)),
    Goal(
        "channels",
        Text("تکثر کانال‌های ارتباطی دولت و مردم", "More channels between state and people"),
        _not_measured(
            "کانال‌های دیگر دستگاه‌ها در سامانه نیست.", "the other channels of public bodies are not known here."
        ),
    ),
    Goal(
        "access",
        Text(
            "راه کوتاه‌تر مردم تا مرکز خدمات (خط مستقیم)", "A shorter way from people to service centres (straight line)"
        ),
        _access,
    ),
    Goal("fewer_trips", Text("کاهش ترددهای شهری", "Fewer urban trips"), _not_measured(*SERVICES)),
    Goal("cost_and_time", Text("کاهش هزینه و زمان مردم", "Less cost and time for people"), _not_measured(*SERVICES)),
    Goal("fuel_and_pollutants", Text("کاهش سوخت و آلاینده‌ها", "Less fuel and pollutants"), _not_measured(*SERVICES)),
)


def measured(period: Period) -> Iterator[tuple[Goal, list[Measured] | Text]]:
    """Each goal with its values, or with why it has none: never a zero that nothing was counted for."""
    for goal in GOALS:
        yield goal, goal.measure(period)
