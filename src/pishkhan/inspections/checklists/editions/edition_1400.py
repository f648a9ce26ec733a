"""The checklist of 1400: no official one was found, so it is a default of ours where no article is named."""

from datetime import date

from pishkhan.inspections.checklists.checklist import (
    MACHINES,
    OFFICES,
    PLACES,
    Edition,
    Evidence,
    Item,
    Kind,
    Module,
    Purpose,
    Severity,
)
from pishkhan.language.text import Text
from pishkhan.regulation.selectors import cited

RURAL = ("rural_ict",)
FINAL_ONLY = (Kind.FINAL,)
WHILE_IT_WORKS = (Kind.INITIAL, Kind.FINAL, Kind.ROUTINE, Kind.COMPLAINT, Kind.FOLLOW_UP)  # not of a closed door
WORK = (Purpose.PERFORMANCE,)
WORK_AND_HEALTH = (Purpose.PERFORMANCE, Purpose.HEALTH)
WORK_AND_PLACE = (Purpose.PERFORMANCE, Purpose.ESTABLISHMENT, Purpose.ADDRESS_CORRECTION)
OF_A_FAULT, ALWAYS = Evidence.OF_A_FAULT, Evidence.ALWAYS
PRINCIPLES = cited("commission-317-2")

ITEMS = (
    Item(
        "open",
        Text(
            "در ساعت کار باز است و در روزهای اخیر کار کرده است.",
            "It is open in working hours, and was active in the last days.",
        ),
        Severity.CRITICAL,
        ALWAYS,
    ),
    Item(
        "address",
        Text("در نشانی پروانه (یا نشانی درخواست) است.", "It is at the licensed (or requested) address."),
        Severity.CRITICAL,
        ALWAYS,
        PLACES,
        article=cited("by-law-1388", "20"),
    ),
    Item(
        "licence_shown",
        Text("پروانه نصب و معتبر است.", "The licence is displayed and valid."),
        Severity.MAJOR,
        OF_A_FAULT,
        visits=WHILE_IT_WORKS,
    ),
    Item(
        "sign",
        Text("تابلو و مهر مطابق نمونه است.", "Signboard and stamp follow the model."),
        Severity.MAJOR,
        OF_A_FAULT,
        PLACES,
        at_places=FINAL_ONLY,
        article=PRINCIPLES,
    ),
    Item(
        "manager",
        Text("مدیر یا جانشین حاضر و هویتش روشن است.", "The manager or deputy is present, and who they are is clear."),
        Severity.MAJOR,
        visits=WHILE_IT_WORKS,
        purposes=WORK_AND_HEALTH,
    ),
    Item(
        "users",
        Text("همهٔ کاربران ثبت و بیمه شده‌اند.", "Every user is registered and insured."),
        Severity.MAJOR,
        visits=WHILE_IT_WORKS,
        purposes=WORK,
    ),
    Item(
        "tariff",
        Text(
            "تعرفه نصب است، رسید داده می‌شود و وجه تنها با کارت‌خوان گرفته می‌شود.",
            "The tariff is posted, receipts are given, and money is taken by card reader only.",
        ),
        Severity.CRITICAL,
        OF_A_FAULT,
        visits=WHILE_IT_WORKS,
        purposes=WORK,
        article=PRINCIPLES,
    ),
    Item(
        "services",
        Text("خدمات در حد پروانه و رتبه است.", "Services stay within the licence and the rank."),
        Severity.MAJOR,
        visits=WHILE_IT_WORKS,
        purposes=WORK,
    ),
    Item(
        "unrelated",
        Text("کار نامرتبط انجام نمی‌شود.", "There is no unrelated activity."),
        Severity.MAJOR,
        OF_A_FAULT,
        PLACES,
        visits=WHILE_IT_WORKS,
        purposes=WORK_AND_PLACE,
    ),
    Item(
        "premises",
        Text(
            "مساحت، صندلی انتظار، سرویس بهداشتی، کپسول و دوربین هست.",
            "Area, waiting seats, WC, extinguisher and CCTV are there.",
        ),
        Severity.MAJOR,
        OF_A_FAULT,
        PLACES,
        visits=WHILE_IT_WORKS,
        article=PRINCIPLES,
    ),
    Item(
        "access",
        Text("برای افراد دارای معلولیت دسترس‌پذیر است.", "It is accessible to disabled people."),
        Severity.MINOR,
        OF_A_FAULT,
        PLACES,
        visits=WHILE_IT_WORKS,
        purposes=WORK_AND_PLACE,
    ),
    Item(
        "data",
        Text(
            "رونوشت مدارک نگه داشته نمی‌شود، کاغذخردکن هست و هر کاربر ورود خود را دارد.",
            "No copies of papers are kept, there is a shredder, and every user has a log-in.",
        ),
        Severity.MAJOR,
        visits=WHILE_IT_WORKS,
        purposes=WORK,
    ),
    Item(
        "queue",
        Text("نوبت و زمان انتظار پذیرفتنی است.", "Queue and waiting time are acceptable."),
        Severity.MINOR,
        visits=WHILE_IT_WORKS,
        purposes=WORK_AND_HEALTH,
    ),
    Item(
        "health",
        Text("شیوه‌نامه‌های بهداشتی رعایت می‌شود.", "Health guidelines are kept."),
        Severity.MAJOR,
        OF_A_FAULT,
        visits=WHILE_IT_WORKS,
        purposes=WORK_AND_HEALTH,
        module="health",
    ),
    Item(
        "machine",
        Text("خودپرداز یا باجه کار می‌کند، پول و نشان دارد.", "The ATM or bank booth works, has cash and a sign."),
        Severity.MAJOR,
        OF_A_FAULT,
        MACHINES,
        visits=WHILE_IT_WORKS,
    ),
    Item(
        "machine_place",
        Text("خودپرداز یا باجه در جای ثبت‌شده است.", "The ATM or bank booth is where the register has it."),
        Severity.CRITICAL,
        ALWAYS,
        MACHINES,
    ),
    Item(
        "complaints",
        Text("تابلوی شکایت با شمارهٔ ۱۹۵ و رمزینه نصب است.", "The complaint board with 195 and the QR is up."),
        Severity.MINOR,
        OF_A_FAULT,
        visits=WHILE_IT_WORKS,
        purposes=WORK,
    ),
    Item(
        "connection",
        Text("ارتباط و برق برقرار است.", "Connectivity and power are there."),
        Severity.MAJOR,
        objects=PLACES,
        kinds=RURAL,
        visits=WHILE_IT_WORKS,
        purposes=WORK_AND_PLACE,
    ),
    Item(
        "post",
        Text("پذیرش و تحویل پست انجام می‌شود.", "Post is accepted and delivered."),
        Severity.MAJOR,
        objects=OFFICES,
        kinds=RURAL,
        visits=WHILE_IT_WORKS,
        purposes=WORK,
    ),
)
# No instrument that ended the guidelines was found: the day is a default of ours, the end of 1401.
HEALTH = Module("health", date(2020, 2, 20), date(2023, 3, 21), Text("شیوه‌نامه‌های بهداشتی", "Health guidelines"))

EDITION_1400 = Edition("1400", date(2021, 3, 21), ITEMS, modules=(HEALTH,))
