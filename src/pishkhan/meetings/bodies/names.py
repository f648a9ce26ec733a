"""What bodies, and the outcomes that they resolve, are called: by code."""

from pishkhan.language.text import Text

BODIES: dict[str, Text] = {
    "working_group": Text("کارگروه استان", "Working group"),
    "violations_committee": Text("کمیتهٔ رسیدگی به تخلفات", "Violations committee"),
}
OUTCOMES: dict[str, Text] = {
    "approved": Text("تصویب شد", "approved"),
    "conditional": Text("مشروط تصویب شد", "approved on a condition"),
    "deferred": Text("به جلسهٔ دیگر ماند", "deferred"),
    "rejected": Text("رد شد", "rejected"),
    "sanctioned": Text("تخلف احراز و پیش‌نویس رأی تصویب شد", "violation found, the draft adopted"),
    "unfounded": Text("تخلف احراز نشد", "no violation found"),
}
