"""Where a violation case can stand, whose turn it then is, and for how long."""

from pishkhan.casework.procedure import Stage
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .numbers import (
    EXECUTION_TERM,
    ISSUER_TERM,
    OBJECTION_TERM,
    REMEDY_TERM,
    REPLY_TERM,
    REVIEW_TERM,
    STAY_TERM,
    SUMMONS_TERM,
    TRIAGE_TERM,
)

REPORTED = Stage("reported", Text("گزارش‌شده", "Reported"), Role.EXPERT, within=TRIAGE_TERM, inward=True)
DROPPED = Stage("dropped", Text("کنارگذاشته", "Dropped"), inward=True, ends=True)
EXPLAINING = Stage("explaining", Text("در مهلت توضیح دارنده", "The holder may explain"), Role.APPLICANT,
                   within=REPLY_TERM, from_service=True)
READY = Stage("ready-to-hear", Text("آمادهٔ رسیدگی", "Ready to be heard"), Role.SECRETARY, within=SUMMONS_TERM)
SCHEDULED = Stage("scheduled", Text("دعوت‌شده به کمیته", "Called before the committee"), Role.SECRETARY)
HEARD = Stage("heard", Text("شنیده‌شده، در شور کمیته", "Heard, before the committee"), Role.SECRETARY)
UNFOUNDED = Stage("unfounded", Text("تخلف احراز نشد", "No violation found"), ends=True)
DECIDED = Stage("decided", Text("رأی صادر شد، در مهلت اعتراض", "Decided, open to objection"), Role.APPLICANT,
                within=OBJECTION_TERM, from_service=True)
OBJECTED = Stage("objected", Text("در رسیدگی به اعتراض", "Under objection"), Role.SECRETARY, within=REVIEW_TERM)
FINAL = Stage("final", Text("قطعی", "Final"), Role.EXPERT, within=EXECUTION_TERM)
PROPOSED = Stage("revocation-proposed", Text("لغو نزد صادرکننده", "Revocation before the issuer"), Role.REGION,
                 within=ISSUER_TERM)
DECLINED = Stage("declined", Text("صادرکننده لغو را نپذیرفت", "The issuer declined"), ends=True)
EXECUTED = Stage("executed", Text("اجراشده", "Executed"), Role.EXPERT, within=REMEDY_TERM)
STAYED = Stage("stayed", Text("اجرا به دستور دیوان متوقف است", "Stayed by the court"), Role.SECRETARY, within=STAY_TERM)
ANNULLED = Stage("annulled", Text("رأی باطل شد", "Annulled"), ends=True)
REMEDIED = Stage("remedied", Text("رفع تخلف تأیید شد", "Remedy verified"), ends=True)
ESCALATED = Stage("escalated", Text("رفع نشد، پروندهٔ تازه", "Not remedied, a new case"), ends=True)
SETTLED = Stage("settled", Text("مختومه", "Settled"), ends=True)

# From the notice to the execution, and while a court has stayed it, the matter is open: what is asked about the licence
# meanwhile waits.
OPEN = (EXPLAINING, READY, SCHEDULED, HEARD, DECIDED, OBJECTED, FINAL, PROPOSED, STAYED)
