"""What a holder is told in a violation case, each sentence declared once. A term runs from the legal ones."""

from pishkhan.language.text import Text
from pishkhan.notices.templates import notice_kind

NOTICE = notice_kind(
    "violation.notice",
    Text(
        "دربارهٔ دفتر شما گزارش تخلفی با شمارهٔ {number} رسیده است. در مهلت قانونی از ابلاغ توضیح دهید: {tracking_code}",
        "A violation of your office was reported as {number}. Explain within the term from service: {tracking_code}",
    ),
    legal=True,
)
SUMMONS = notice_kind(
    "violation.summons",
    Text(
        "برای رسیدگی به پروندهٔ {number} به کمیته دعوت شده‌اید. روز و جا را در پیگیری {tracking_code} ببینید.",
        "You are called before the committee in case {number}. See the day under {tracking_code}.",
    ),
    legal=True,
)
INTERIM = notice_kind(
    "violation.interim",
    Text(
        "در پروندهٔ {number} پروانهٔ دفتر شما فوری و موقت تعلیق شد. مدت و دلیل را در پیگیری {tracking_code} ببینید.",
        "In case {number} your licence is urgently suspended for some days. "
        "See how long and why under {tracking_code}.",
    ),
    legal=True,
)
UNFOUNDED = notice_kind(
    "violation.unfounded",
    Text(
        "کمیته در پروندهٔ {number} تخلفی احراز نکرد: {tracking_code}",
        "The committee found no violation in case {number}: {tracking_code}",
    ),
)
DEFERRED = notice_kind(
    "violation.deferred",
    Text(
        "رسیدگی به پروندهٔ {number} به جلسهٔ دیگر کمیته ماند: {tracking_code}",
        "The hearing of case {number} was put off to another meeting: {tracking_code}",
    ),
)
DECIDED = notice_kind(
    "violation.decided",
    Text(
        "رأی کمیته در پروندهٔ {number} صادر شد. رأی و راه اعتراض را در پیگیری {tracking_code} ببینید.",
        "The committee has decided case {number}. See the decision, and how to object, under {tracking_code}.",
    ),
    legal=True,
)
FINAL = notice_kind(
    "violation.final",
    Text(
        "رأی کمیته در پروندهٔ {number} قطعی شد: {tracking_code}",
        "The decision in case {number} is final: {tracking_code}",
    ),
)
REVIEWED = notice_kind(
    "violation.reviewed",
    Text(
        "به اعتراض شما در پروندهٔ {number} پاسخ داده شد: {tracking_code}",
        "Your objection in case {number} was answered: {tracking_code}",
    ),
)
EXECUTED = notice_kind(
    "violation.executed",
    Text(
        "رأی قطعی در پروندهٔ {number} اجرا شد: {tracking_code}",
        "The final decision in case {number} is executed: {tracking_code}",
    ),
)
PROPOSED = notice_kind(
    "violation.proposed",
    Text(
        "لغو پروانه در پروندهٔ {number} به صادرکننده پیشنهاد شد: {tracking_code}",
        "The revocation of the licence in case {number} was proposed to its issuer: {tracking_code}",
    ),
)
DECLINED = notice_kind(
    "violation.declined",
    Text(
        "صادرکننده لغو پروانه را در پروندهٔ {number} نپذیرفت: {tracking_code}",
        "The issuer declined to revoke the licence in case {number}: {tracking_code}",
    ),
)
ANNULLED = notice_kind(
    "violation.annulled",
    Text(
        "رأی پروندهٔ {number} باطل شد و اثر آن از ثبت برداشته شد: {tracking_code}",
        "The decision in case {number} is annulled, and undone in the register: {tracking_code}",
    ),
)
STAYED = notice_kind(
    "violation.stayed",
    Text(
        "اجرای رأی پروندهٔ {number} به دستور موقت دیوان متوقف شد: {tracking_code}",
        "What was decided in case {number} is stayed by order of the court: {tracking_code}",
    ),
)
RESUMED = notice_kind(
    "violation.resumed",
    Text(
        "توقف اجرای رأی پروندهٔ {number} پایان یافت و آنچه مانده بود از سر گرفته شد: {tracking_code}",
        "The stay in case {number} has ended: what was left of it goes on. {tracking_code}",
    ),
    legal=True,
)
CLOSED = notice_kind(
    "violation.closed", Text("پروندهٔ {number} بسته شد: {tracking_code}", "Case {number} is closed: {tracking_code}")
)
