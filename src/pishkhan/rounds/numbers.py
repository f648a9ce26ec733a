"""The dated numbers that rounds reckon with. None was found in the law: all are flagged defaults until adopted."""

from pishkhan.regulation.keys import Key

# Whom to visit
LEAST_MONTHS = Key(
    "rounds.least_months",
    "month",
    "بیشینهٔ فاصلهٔ دو بازدید هر دفتر",
    "Months within which every office is visited again",
)
LEAST_GAP = Key(
    "rounds.least_gap_days",
    "day",
    "کمینهٔ فاصلهٔ دو بازدید که ریسک برمی‌گزیند",
    "Days after a visit within which risk alone does not choose an office again",
)
RANDOM_SHARE = Key(
    "rounds.random_percent", "percent", "سهم قرعه از بازدیدها", "Share of visits that is drawn at random"
)

# What each part of a risk score weighs, and where it is full
NEVER_VISITED = Key("risk.never_visited", "point", "وزن «هرگز بازدید نشده»", "Weight of: never visited")
SINCE = Key("risk.since", "point", "وزن زمان گذشته از بازدید پیش", "Weight of the time since the last visit")
FINDINGS = Key("risk.findings", "point", "وزن یافته‌های پیشین", "Weight of past findings")
UNDERTAKINGS = Key("risk.undertakings", "point", "وزن تعهدهای از موعد گذشته", "Weight of overdue undertakings")
EXPIRY = Key("risk.expiry", "point", "وزن نزدیکی پایان پروانه", "Weight of a licence that ends soon")
MANAGER = Key("risk.manager", "point", "وزن مدیر تازه", "Weight of a new manager")
CLOSURE = Key("risk.closure", "point", "وزن تعطیلی دراز", "Weight of a long closure")
COMPLAINTS = Key(
    "risk.complaints",
    "point",
    "وزن شکایت‌های وارد یا بی‌پاسخ",
    "Weight of complaints that were founded or are not answered",
)
SINCE_DAYS = Key(
    "risk.since_days",
    "day",
    "روزهایی که پس از آن وزن زمان کامل است",
    "Days after which the time since the last visit counts fully",
)
LOOK_BACK = Key(
    "risk.look_back_days",
    "day",
    "روزهایی که یافته‌ها و تعطیلی‌های آن شمرده می‌شود",
    "Days back in which findings and closures count",
)
CRITICAL = Key("risk.critical_percent", "percent", "سهم هر یافتهٔ بحرانی", "What a critical finding fills of its part")
MAJOR = Key("risk.major_percent", "percent", "سهم هر یافتهٔ مهم", "What a major finding fills of its part")
MINOR = Key("risk.minor_percent", "percent", "سهم هر یافتهٔ کم‌اهمیت", "What a minor finding fills of its part")
OWED_PERCENT = Key(
    "risk.undertaking_percent", "percent", "سهم هر تعهد از موعد گذشته", "What an overdue undertaking fills of its part"
)
EXPIRY_DAYS = Key(
    "risk.expiry_days",
    "day",
    "روزهای مانده به پایان پروانه که شمرده می‌شود",
    "Days before the end of a licence in which it counts",
)
MANAGER_DAYS = Key("risk.manager_days", "day", "روزهایی که مدیر تازه شمرده می‌شود", "Days for which a manager is new")
CLOSURE_DAYS = Key("risk.closure_days", "day", "روزهای تعطیلی که وزن آن کامل است", "Days closed that count fully")
COMPLAINT_DAYS = Key(
    "risk.complaint_days",
    "day",
    "روزهایی که شکایت پس از رسیدن شمرده می‌شود",
    "Days after it was received in which a complaint counts",
)
FOUNDED_PERCENT = Key(
    "risk.founded_percent", "percent", "سهم هر شکایت وارد", "What a founded complaint fills of its part"
)
UNANSWERED_PERCENT = Key(
    "risk.unanswered_percent",
    "percent",
    "سهم هر شکایتی که دفتر هنوز پاسخ نداده است",
    "What a complaint that the office has not answered fills of its part",
)

# How rounds are driven
DAY_BEGINS = Key(
    "rounds.day_begins",
    "minute",
    "آغاز روز کاری بازرس (دقیقه از نیمه‌شب)",
    "When an inspector's day begins, in minutes after midnight",
)
DAY_ENDS = Key(
    "rounds.day_ends",
    "minute",
    "پایان روز کاری بازرس (دقیقه از نیمه‌شب)",
    "When an inspector's day ends, in minutes after midnight",
)
DETOUR = Key("rounds.detour_percent", "percent", "نسبت راه به خط راست", "Length of a road against the straight line")
SPEED = Key("rounds.speed", "kilometre_per_hour", "سرعت میانگین رانندگی", "Mean speed of driving")
MINUTES_ROUTINE = Key("rounds.minutes_routine", "minute", "مدت بازدید ادواری", "Length of a routine visit")
MINUTES_PLACE = Key(
    "rounds.minutes_place", "minute", "مدت بازدید محل پیشنهادی", "Length of a visit to a proposed place"
)
MINUTES_COMPLAINT = Key(
    "rounds.minutes_complaint", "minute", "مدت رسیدگی به شکایت", "Length of a visit after a complaint"
)
MINUTES_FOLLOW_UP = Key("rounds.minutes_follow_up", "minute", "مدت پیگیری", "Length of a follow-up")
MINUTES_MACHINE = Key(
    "rounds.minutes_machine", "minute", "مدت بازدید خودپرداز و باجه", "Length of a visit to an ATM or bank booth"
)
POINT_METRES = Key(
    "rounds.point_metres", "metre", "راهی که یک امتیاز می‌ارزد", "Driving that one point of risk is worth"
)
MINUTE_METRES = Key(
    "rounds.minute_metres", "metre", "راهی که یک دقیقهٔ کار می‌ارزد", "Driving that one minute of work is worth"
)
