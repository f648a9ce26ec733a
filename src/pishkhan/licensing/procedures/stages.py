"""Where a request can stand, and for how long."""

from pishkhan.casework.procedures.procedure import Stage
from pishkhan.language.text import Text
from pishkhan.licensing.numbers import (
    AGREEMENT_TERM,
    CHECK_TERM,
    COMMITTEE_TERM,
    FINAL_VISIT_TERM,
    HAND_IN_TERM,
    INITIAL_VISIT_TERM,
    REGION_TERM,
    RETURN_TERM,
    ROYALTY_TERM,
)

DRAFT = Stage("draft", Text("در دست تهیه", "Being prepared"))
CHECK = Stage("check", Text("بررسی کامل بودن", "Completeness check"), within=CHECK_TERM)
RETURNED = Stage(
    "returned",
    Text("بازگشته برای تکمیل", "Returned with reasons"),
    within=RETURN_TERM,
    paused=True,
    from_service=True,
)
INITIAL_VISIT = Stage("initial-visit", Text("بازدید نخست", "Initial visit"), within=INITIAL_VISIT_TERM)
ELSEWHERE = Stage(
    "elsewhere", Text("معرفی جای دیگر", "Another place to be stated"), within=RETURN_TERM, from_service=True
)
COMMITTEE = Stage("committee", Text("در کمیتهٔ فنی", "Before the technical committee"), within=COMMITTEE_TERM)
AGENDA = Stage("agenda", Text("در نوبت کارگروه", "On the agenda of the working group"))
REGION = Stage("region", Text("نزد منطقهٔ سازمان تنظیم مقررات", "Sent to the CRA region"), within=REGION_TERM)
ISSUED = Stage("issued", Text("صادر شده", "Issued"), ends=True)
REJECTED = Stage("rejected", Text("رد شده", "Rejected"), ends=True)
WITHDRAWN = Stage("withdrawn", Text("انصراف متقاضی", "Withdrawn"), ends=True)
LAPSED = Stage("lapsed", Text("منتفی به سبب گذشت مهلت", "Lapsed"), ends=True)
VETTING = Stage("inquiries", Text("استعلام‌ها", "Inquiries"))
FINAL_VISIT = Stage("final-visit", Text("بازدید نهایی", "Final visit"), within=FINAL_VISIT_TERM)
ROYALTY = Stage("royalty", Text("پرداخت حق امتیاز", "Royalty due"), within=ROYALTY_TERM, from_service=True)
GIVEN_BACK = Stage("given-back", Text("بازگشته از منطقه", "Returned by the CRA region"))
AGREEMENT = Stage(
    "agreement",
    Text("در انتظار موافقت طرف دیگر", "Waiting for the other side's agreement"),
    within=AGREEMENT_TERM,
    from_service=True,
)
UNDERTAKING = Stage(
    "undertaking", Text("تعهد خریدار", "The buyer's undertaking"), within=AGREEMENT_TERM, from_service=True
)
HAND_IN = Stage(
    "hand-in",
    Text("تحویل پروانهٔ پیشین", "The old document to be handed in"),
    within=HAND_IN_TERM,
    from_service=True,
)
DIRECTION = Stage("direction", Text("نزد مدیرکل", "Before the director"), within=CHECK_TERM)
CLOSED = Stage("closed", Text("تعطیل با مجوز", "Closed with permission"))
REOPENED = Stage("reopened", Text("بازگشوده", "Open again"), ends=True)
SURRENDERED = Stage("surrendered", Text("تحویل‌شده", "Surrendered"), ends=True)
PROPOSED = Stage("proposed", Text("در دست تهیهٔ کارشناس", "Being prepared by the expert"))
SECOND_LOOK = Stage("second-look", Text("بررسی کارشناس دوم", "Before a second expert"), within=CHECK_TERM)
CORRECTED = Stage("corrected", Text("اصلاح‌شده", "Corrected"), ends=True)
PERMITTED = Stage("permitted", Text("مجاز شده", "Permitted"), ends=True)

# Between the approval and the licence a request holds one of the places of its call.
HOLDING_A_PLACE = (VETTING, FINAL_VISIT, ROYALTY, REGION, GIVEN_BACK)
