"""The numbers of the law that visits reckon with: until when a fault is remedied, until when one may object."""

from pishkhan.regulation.keys import Key

from .checklist import Severity

REMEDY = {
    Severity.CRITICAL: Key(
        "remedy.critical_days",
        "day",
        "مهلت رفع ایراد بحرانی بازدید",
        "Days to remedy a critical fault that a visit found",
    ),
    Severity.MAJOR: Key(
        "remedy.major_days", "day", "مهلت رفع ایراد مهم بازدید", "Days to remedy a major fault that a visit found"
    ),
    Severity.MINOR: Key(
        "remedy.minor_days", "day", "مهلت رفع ایراد کم‌اهمیت بازدید", "Days to remedy a minor fault that a visit found"
    ),
}
MAJOR_FAULTS = Key(
    "visit.major_faults", "fault", "شمار ایرادهای مهم که بازدید را رد می‌کند", "Major faults that fail a visit"
)
OBJECTION = Key(
    "visit.objection_days",
    "working_day",
    "مهلت اعتراض به یافته‌های بازدید",
    "Working days to object to what a visit found",
)
