"""Where a violation case can stand, and for how long."""

from pishkhan.casework.procedures.procedure import Stage
from pishkhan.enforcement.numbers import (
    EXECUTION_TERM,
    ISSUER_TERM,
    OBJECTION_TERM,
    REMEDY_TERM,
    REPLY_TERM,
    REVIEW_TERM,
    RULING_TERM,
    STAY_TERM,
    SUMMONS_TERM,
    TRIAGE_TERM,
)
from pishkhan.language.text import Text

REPORTED = Stage("reported", Text("گزارش‌شده", "Reported"), within=TRIAGE_TERM, inward=True)
DROPPED = Stage("dropped", Text("کنارگذاشته", "Dropped"), inward=True, ends=True)
EXPLAINING = Stage(
    "explaining", Text("در مهلت توضیح دارنده", "The holder may explain"), within=REPLY_TERM, from_service=True
)
READY = Stage("ready-to-hear", Text("آمادهٔ رسیدگی", "Ready to be heard"), within=SUMMONS_TERM)
SCHEDULED = Stage("scheduled", Text("دعوت‌شده به کمیته", "Called before the committee"))
HEARD = Stage("heard", Text("شنیده‌شده، در شور کمیته", "Heard, before the committee"))
UNFOUNDED = Stage("unfounded", Text("تخلف احراز نشد", "No violation found"), ends=True)
DECIDED = Stage(
    "decided",
    Text("رأی صادر شد، در مهلت اعتراض", "Decided, open to objection"),
    within=OBJECTION_TERM,
    from_service=True,
)
OBJECTED = Stage("objected", Text("در رسیدگی به اعتراض", "Under objection"), within=REVIEW_TERM)
ANSWERED = Stage(
    "answered", Text("پاسخ اعتراض در انتظار تأیید", "The answer waits to be confirmed"), within=RULING_TERM
)
FINAL = Stage("final", Text("قطعی", "Final"), within=EXECUTION_TERM)
PROPOSED = Stage("revocation-proposed", Text("لغو نزد صادرکننده", "Revocation before the issuer"), within=ISSUER_TERM)
DECLINED = Stage("declined", Text("صادرکننده لغو را نپذیرفت", "The issuer declined"), ends=True)
EXECUTED = Stage("executed", Text("اجراشده", "Executed"), within=REMEDY_TERM)
STAYED = Stage("stayed", Text("اجرا به دستور دیوان متوقف است", "Stayed by the court"), within=STAY_TERM)
RULED = Stage(
    "ruled", Text("رأی دیوان در انتظار تأیید", "The court's ruling waits to be confirmed"), within=RULING_TERM
)
ANNULLED = Stage("annulled", Text("رأی باطل شد", "Annulled"), ends=True)
REMEDIED = Stage("remedied", Text("رفع تخلف تأیید شد", "Remedy verified"), ends=True)
ESCALATED = Stage("escalated", Text("رفع نشد، پروندهٔ تازه", "Not remedied, a new case"), ends=True)
SETTLED = Stage("settled", Text("مختومه", "Settled"), ends=True)

# From the notice to the execution, and while a court has stayed it, the matter is open: what is asked about the licence
# meanwhile waits.
OPEN = (EXPLAINING, READY, SCHEDULED, HEARD, DECIDED, OBJECTED, ANSWERED, FINAL, PROPOSED, STAYED, RULED)
