"""The dated numbers that enforcement reckons with. Their rows stand in `regulation`, with their sources."""

from pishkhan.regulation.keys import Key

# Terms
TRIAGE_TERM = Key("violation.triage", "working_day", "مهلت بررسی نخست گزارش تخلف", "Term to look into a report")
REPLY_TERM = Key(
    "violation.reply",
    "working_day",
    "مهلت توضیح دارنده از روز ابلاغ",
    "The holder's term to explain, from the day of service",
)
SUMMONS_TERM = Key("violation.schedule", "working_day", "مهلت تعیین روز رسیدگی", "Term to set the day of the hearing")
HEARING_NOTICE = Key(
    "violation.hearing_notice",
    "day",
    "روزهایی که دعوت به رسیدگی باید پیش از آن باشد",
    "Days before the hearing by which it is called",
)
OBJECTION_TERM = Key(
    "violation.objection",
    "working_day",
    "مهلت اعتراض به رأی کمیته از روز ابلاغ",
    "Term to object to a decision of the committee, from the day of service",
)
REVIEW_TERM = Key("violation.review", "working_day", "مهلت پاسخ مرجع اعتراض", "Term of the answer to an objection")
RULING_TERM = Key(
    "violation.ruling",
    "working_day",
    "مهلت تأیید رأیی که از بیرون آمده و ثبت شده است",
    "Term to confirm a ruling from outside that was entered",
)
EXECUTION_TERM = Key("violation.execution", "working_day", "مهلت اجرای رأی قطعی", "Term to execute a final decision")
ISSUER_TERM = Key(
    "violation.issuer",
    "working_day",
    "مهلت پاسخ صادرکننده به پیشنهاد لغو",
    "Term of the issuer's answer to a proposed revocation",
)
REMEDY_TERM = Key("violation.remedy", "working_day", "مهلت بررسی رفع تخلف", "Term to see whether it is remedied")
STAY_TERM = Key(
    "violation.stay", "working_day", "مهلت پرسیدن از دیوان دربارهٔ دستور موقت", "Term to ask the court how a stay stands"
)

JURISDICTION = Key(
    "violation.jurisdiction",
    "yes_no",
    "کمیتهٔ استان به تخلف این نوع دفتر رسیدگی می‌کند",
    "Whether the province's committee hears violations of this kind of office",
)
RECIDIVISM = Key(
    "violation.recidivism_months",
    "month",
    "دوره‌ای که تخلف پیشین در آن تکرار به شمار می‌آید",
    "Months within which an earlier violation counts",
)
INTERIM_DAYS = Key("sanction.interim_days", "day", "بیشینهٔ تعلیق فوری و موقت", "Most days of an urgent suspension")
PUBLIC_DAYS = Key(
    "sanction.public_days",
    "day",
    "مدتی که تنبیه قطعی در فهرست عمومی می‌ماند",
    "Days for which a final sanction is public",
)
