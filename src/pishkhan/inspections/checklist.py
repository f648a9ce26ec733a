"""The visit checklist, declared once: what is looked at, how much it weighs, and whom it concerns."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from pishkhan.language.text import Text


class Kind(models.TextChoices):
    """Why somebody goes."""

    INITIAL = "initial"
    FINAL = "final"
    ROUTINE = "routine"
    COMPLAINT = "complaint"
    FOLLOW_UP = "follow_up"
    CLOSURE_CHECK = "closure_check"


class Object(models.TextChoices):
    """What is looked at."""

    OFFICE = "office"
    PROPOSED_PLACE = "proposed_place"
    ATM = "atm"
    BANK_BOOTH = "bank_booth"


class Severity(models.TextChoices):
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


RURAL = ("rural_ict",)
OFFICES, PLACES = (Object.OFFICE,), (Object.OFFICE, Object.PROPOSED_PLACE)
MACHINES = (Object.ATM, Object.BANK_BOOTH)


@dataclass(frozen=True)
class Item:
    """One thing to look at. Items whose article is not known are defaults of ours."""

    code: str
    text: Text
    severity: Severity
    objects: tuple[Object, ...] = OFFICES
    kinds: tuple[str, ...] = ()  # of office; all, if none is named
    module: str = ""  # a part that is switched on and off by days
    at_places: tuple[Kind, ...] = (Kind.INITIAL, Kind.FINAL)  # in which visits to a proposed place

    def concerns(self, seen: Object, visit: Kind, office_kind: str) -> bool:
        """Whether it is looked at in a visit of a kind, of an object, for a kind of office."""
        return (seen in self.objects and (not self.kinds or office_kind in self.kinds)
                and (seen != Object.PROPOSED_PLACE or visit in self.at_places))


@dataclass(frozen=True)
class Module:
    """A part of the checklist that holds from a day to another (not included)."""

    code: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Edition:
    """A checklist as it held from a day on."""

    code: str
    valid_from: date
    items: tuple[Item, ...]
    modules: tuple[Module, ...] = ()

    def items_for(self, seen: Object, visit: Kind, office_kind: str, on: date) -> tuple[Item, ...]:
        """What is looked at on a day."""
        running = {module.code for module in self.modules
                   if module.valid_from <= on and (module.valid_to is None or on < module.valid_to)}
        return tuple(item for item in self.items
                     if item.concerns(seen, visit, office_kind) and (not item.module or item.module in running))


FINAL_ONLY = (Kind.FINAL,)
EDITIONS = (
    Edition("1400", date(2021, 3, 21), (
        Item("open", Text("در ساعت کار باز است و در روزهای اخیر کار کرده است.",
                          "It is open in working hours, and was active in the last days."), Severity.CRITICAL),
        Item("address", Text("در نشانی پروانه (یا نشانی درخواست) است.",
                             "It is at the licensed (or requested) address."), Severity.CRITICAL, PLACES),
        Item("licence_shown", Text("پروانه نصب و معتبر است.", "The licence is displayed and valid."), Severity.MAJOR),
        Item("sign", Text("تابلو و مهر مطابق نمونه است.", "Signboard and stamp follow the model."), Severity.MAJOR,
             PLACES, at_places=FINAL_ONLY),
        Item("manager", Text("مدیر یا جانشین حاضر و هویتش روشن است.",
                             "The manager or deputy is present, and who they are is clear."), Severity.MAJOR),
        Item("users", Text("همهٔ کاربران ثبت و بیمه شده‌اند.",
                           "Every user is registered and insured."), Severity.MAJOR),
        Item("tariff", Text("تعرفه نصب است، رسید داده می‌شود و وجه تنها با کارت‌خوان گرفته می‌شود.",
                            "The tariff is posted, receipts are given, and money is taken by card reader only."),
             Severity.CRITICAL),
        Item("services", Text("خدمات در حد پروانه و رتبه است.", "Services stay within the licence and the rank."),
             Severity.MAJOR),
        Item("unrelated", Text("کار نامرتبط انجام نمی‌شود.",
                               "There is no unrelated activity."), Severity.MAJOR, PLACES),
        Item("premises", Text("مساحت، صندلی انتظار، سرویس بهداشتی، کپسول و دوربین هست.",
                              "Area, waiting seats, WC, extinguisher and CCTV are there."), Severity.MAJOR, PLACES),
        Item("access", Text("برای افراد دارای معلولیت دسترس‌پذیر است.", "It is accessible to disabled people."),
             Severity.MINOR, PLACES),
        Item("data", Text("رونوشت مدارک نگه داشته نمی‌شود، کاغذخردکن هست و هر کاربر ورود خود را دارد.",
                          "No copies of papers are kept, there is a shredder, and every user has a log-in."),
             Severity.MAJOR),
        Item("queue", Text("نوبت و زمان انتظار پذیرفتنی است.", "Queue and waiting time are acceptable."),
             Severity.MINOR),
        Item("health", Text("شیوه‌نامه‌های بهداشتی رعایت می‌شود.", "Health guidelines are kept."), Severity.MAJOR,
             module="health"),
        Item("machine", Text("خودپرداز یا باجه کار می‌کند، پول و نشان دارد.",
                             "The ATM or bank booth works, has cash and a sign."), Severity.MAJOR, MACHINES),
        Item("machine_place", Text("خودپرداز یا باجه در جای ثبت‌شده است.",
                                   "The ATM or bank booth is where the register has it."), Severity.CRITICAL, MACHINES),
        Item("complaints", Text("تابلوی شکایت با شمارهٔ ۱۹۵ و رمزینه نصب است.",
                                "The complaint board with 195 and the QR is up."), Severity.MINOR),
        Item("connection", Text("ارتباط و برق برقرار است.", "Connectivity and power are there."), Severity.MAJOR,
             PLACES, RURAL),
        Item("post", Text("پذیرش و تحویل پست انجام می‌شود.",
                          "Post is accepted and delivered."), Severity.MAJOR, OFFICES,
             RURAL),
    ), modules=(Module("health", date(2020, 2, 20), None),)),
)


def edition_in_force(on: date) -> Edition:
    """The edition of a day; LookupError before the first."""
    editions = [each for each in EDITIONS if each.valid_from <= on]
    if not editions:
        raise LookupError(f"There was no checklist on {on}.")
    return editions[-1]


def edition(code: str) -> Edition:
    return next(each for each in EDITIONS if each.code == code)
