"""What things of visits are called, in both languages."""

from pishkhan.language.text import Text

from .checklists.checklist import Evidence, Hindrance, Kind, Object, Purpose, Severity
from .models import Finding, Visit

STATES = {
    Visit.State.PLANNED: Text("بی‌بازرس", "not given yet"),
    Visit.State.ASSIGNED: Text("سپرده‌شده", "given"),
    Visit.State.SUBMITTED: Text("گزارش‌شده", "reported"),
    Visit.State.ACCEPTED: Text("پذیرفته", "accepted"),
    Visit.State.CANCELLED: Text("لغوشده", "cancelled"),
}
KINDS = {
    Kind.INITIAL: Text("بازدید نخست", "Initial visit"),
    Kind.FINAL: Text("بازدید نهایی", "Final visit"),
    Kind.ROUTINE: Text("بازدید ادواری", "Routine visit"),
    Kind.COMPLAINT: Text("رسیدگی به شکایت", "After a complaint"),
    Kind.FOLLOW_UP: Text("پیگیری", "Follow-up"),
    Kind.CLOSURE_CHECK: Text("بررسی تعطیلی", "Closure check"),
}
PURPOSES = {
    Purpose.PERFORMANCE: Text("عملکرد", "Performance"),
    Purpose.HEALTH: Text("بهداشت", "Health"),
    Purpose.ESTABLISHMENT: Text("ایجاد دفتر", "Establishment"),
    Purpose.ADDRESS_CORRECTION: Text("اصلاح نشانی", "Correction of the address"),
    Purpose.ATM_BOOTH: Text("خودپرداز و باجه", "ATM and bank booth"),
}
ANSWERS = {
    Finding.Answer.OK: Text("درست است", "In order"),
    Finding.Answer.NOT_OK: Text("درست نیست", "Not in order"),
    Finding.Answer.NOT_APPLICABLE: Text("موضوع ندارد", "Not applicable"),
}
HINDRANCES = {
    Hindrance.CLOSED: Text("بسته بود", "it was closed"),
    Hindrance.REFUSED_ENTRY: Text("راه ندادند", "entry was refused"),
    Hindrance.NOT_FOUND: Text("در نشانی نبود", "it was not found there"),
}
SEVERITIES = {
    Severity.MINOR: Text("کم‌اهمیت", "minor"),
    Severity.MAJOR: Text("مهم", "major"),
    Severity.CRITICAL: Text("بحرانی", "critical"),
}
EVIDENCE = {
    Evidence.NONE: Text("بی‌عکس", "no photo"),
    Evidence.OF_A_FAULT: Text("عکس ایراد", "photo of a fault"),
    Evidence.ALWAYS: Text("همیشه عکس", "always a photo"),
}
OBJECTS = {
    Object.OFFICE: Text("دفتر", "office"),
    Object.PROPOSED_PLACE: Text("جای پیشنهادی", "proposed place"),
    Object.ATM: Text("خودپرداز", "ATM"),
    Object.BANK_BOOTH: Text("باجهٔ بانکی", "bank booth"),
}
