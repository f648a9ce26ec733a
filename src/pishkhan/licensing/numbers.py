"""The dated numbers that licensing reckons with. Their rows stand in `regulation`, with their sources."""

from pishkhan.casework.procedures.procedure import TimeCeiling
from pishkhan.language.text import Text
from pishkhan.regulation.keys import Key

# Terms of the stages
CHECK_TERM = Key("stage.check", "working_day", "مهلت بررسی کامل بودن مدارک", "Term of the completeness check")
RETURN_TERM = Key(
    "stage.returned", "working_day", "مهلت متقاضی برای تکمیل", "The applicant's term to complete a request"
)
INITIAL_VISIT_TERM = Key("stage.initial_visit", "working_day", "مهلت بازدید نخست", "Term of the initial visit")
COMMITTEE_TERM = Key("stage.committee", "working_day", "مهلت کمیتهٔ فنی", "Term of the technical committee")
FINAL_VISIT_TERM = Key("stage.final_visit", "working_day", "مهلت بازدید نهایی", "Term of the final visit")
ROYALTY_TERM = Key("stage.royalty", "working_day", "مهلت پرداخت حق امتیاز", "Term to pay the royalty")
REGION_TERM = Key("stage.region", "working_day", "مهلت پاسخ منطقه", "Term of the region's answer")

# Terms of the inquiries
SECURITY_TERM = Key("inquiry.security", "working_day", "مهلت پاسخ حراست", "Term of security vetting")
CRIMINAL_RECORD_TERM = Key(
    "inquiry.criminal_record", "working_day", "مهلت گواهی سوءپیشینه", "Term of the criminal record's answer"
)
ADDICTION_TERM = Key("inquiry.addiction", "working_day", "مهلت گواهی عدم اعتیاد", "Term of the addiction test's answer")
TAX_TERM = Key("inquiry.tax", "working_day", "مهلت مفاصاحساب مالیاتی", "Term of the tax office's answer")
INSURANCE_TERM = Key(
    "inquiry.social_security", "working_day", "مهلت مفاصاحساب تأمین اجتماعی", "Term of the social security's answer"
)
BANK_TERM = Key("inquiry.bank", "working_day", "مهلت پاسخ استعلام بانکی", "Term of the bank's answer")
PLACES_TERM = Key("inquiry.places", "working_day", "مهلت پاسخ اماکن", "Term of the police places office's answer")

# Conditions
AREA = Key("premises.area", "square_metre", "کمینهٔ مساحت محل دفتر", "Least area of the premises")
LEASE = Key("premises.lease_years", "year", "کمینهٔ مدت اجاره", "Least length of the lease")
LICENCE_TERM = Key("licence.term_years", "year", "مدت پروانه", "Term of a licence")

# Fees
LARGE_CITY = Key("city.large", "person", "جمعیتی که شهر بیش از آن بزرگ است", "Population above which a city is large")
ROYALTY_LARGE_CITY = Key("royalty.large_city", "rial", "حق امتیاز در شهر بزرگ", "Royalty in a large city")
ROYALTY_SMALL_CITY = Key("royalty.small_city", "rial", "حق امتیاز در شهر کوچک", "Royalty in a small city")
ROYALTY_VILLAGE = Key("royalty.village", "rial", "حق امتیاز دفتر ICT روستایی", "Royalty of a rural ICT office")

# Renewal, transfer and what else becomes of a licence
RENEWAL_DEADLINE = Key(
    "renewal.deadline_months",
    "month",
    "واپسین مهلت درخواست تمدید پیش از پایان پروانه",
    "Months before the end of a licence by which renewal must be requested",
)
RENEWAL_SHARE = Key(
    "renewal.royalty_percent", "percent", "سهم حق امتیاز در تمدید", "Share of the royalty due at renewal"
)
TRANSFER_SHARE = Key(
    "transfer.royalty_percent", "percent", "سهم حق امتیاز در انتقال", "Share of the royalty due at a transfer"
)
TRANSFER_VALIDITY = Key(
    "transfer.validity_months",
    "month",
    "اعتبار لازم پروانه برای انتقال",
    "Months of validity left that a transfer needs",
)
TRANSFER_ACTIVITY = Key(
    "transfer.activity_months",
    "month",
    "ماه‌های فعالیت دفتر پیش از انتقال",
    "Months of activity that a transfer needs before it",
)
HOLDING_PERIOD = Key(
    "transfer.holding_years", "year", "مدت نگهداری پس از انتقال", "Years for which a buyer may not transfer"
)
REVIVAL_DEADLINE = Key(
    "revival.deadline_months",
    "month",
    "مهلت درخواست احیا پس از پایان پروانه",
    "Months after the end of a licence within which its revival can be requested",
)
REVIVAL_SHARE = Key(
    "revival.royalty_percent", "percent", "سهم حق امتیاز در احیا", "Share of the royalty due at a revival"
)
AGREEMENT_TERM = Key("stage.agreement", "working_day", "مهلت موافقت طرف دیگر", "Term of the other side's agreement")
HAND_IN_TERM = Key("stage.hand_in", "working_day", "مهلت تحویل پروانهٔ پیشین", "Term to hand the old document in")
AGENCIES_TERM = Key("inquiry.agencies", "working_day", "مهلت مفاصاحساب دستگاه‌ها", "Term of the agencies' settlement")
CLOSURE_DAYS = Key("closure.days", "day", "بیشینهٔ تعطیلی با مجوز", "Most days of a closure with permission")
BOOTH_DAYS = Key("booth.days_per_year", "day", "بیشینهٔ روزهای باجهٔ موقت در سال", "Most days of booths in a year")

# A ceiling of time, and grounds of refusal that the law contests
CEILING_TERM = Key(
    "request.ceiling",
    "working_day",
    "سقف زمان رسیدگی به درخواست پروانه",
    "Ceiling of time for a request for a licence to be decided",
)
GOVERNOR = Key(
    "request.governor",
    "working_day",
    "مهلت استاندار برای دعوت دو طرف پس از سقف زمان",
    "The governor's term to call both sides once the ceiling has passed",
)
CEILING = TimeCeiling(CEILING_TERM, GOVERNOR)
CONTEST = Text(
    "محل اختلاف: تبصرهٔ ۲ مادهٔ ۷ قانون اجرای سیاست‌های کلی اصل ۴۴",
    "contested: article 7 note 2 of the Principle 44 Act",
)
SATURATION = Key(
    "ground.saturation", "yes_no", "رد به سبب اشباع بازار", "Refusal for saturation of the market", CONTEST
)
SPACING = Key(
    "ground.spacing", "yes_no", "رد به سبب فاصله تا دفتر دیگر", "Refusal for the distance to another office", CONTEST
)
POPULATION = Key("ground.population", "yes_no", "رد بر پایهٔ سرانهٔ جمعیت", "Refusal by a norm of population", CONTEST)
VIABILITY = Key(
    "ground.viability", "yes_no", "رد به سبب دوام اقتصادی دفترها", "Refusal for the viability of offices", CONTEST
)

# What a new holder undertakes
OPENING_DAYS = Key("undertaking.opening_days", "day", "مهلت گشایش دفتر پس از صدور", "Days to open after the issue")
INSURANCE_DAYS = Key(
    "undertaking.insurance_days", "day", "مهلت ارائهٔ بیمه‌نامهٔ کارکنان", "Days to show the insurance of the staff"
)
GUARANTEE_DAYS = Key("undertaking.guarantee_days", "day", "مهلت سپردن ضمانت‌نامه", "Days to lodge the guarantee")
