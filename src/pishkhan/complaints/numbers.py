"""The dated numbers of complaints: in how many working days each is seen to."""

from pishkhan.regulation.keys import Key

TRIAGE = Key("complaint.triage", "working_day", "مهلت رسیدگی نخست به شکایت", "Term to look into a complaint")
ANSWER = Key("complaint.answer", "working_day", "مهلت پاسخ دفتر به شکایت", "Term of the office's answer")
OUTCOME = Key(
    "complaint.outcome", "working_day", "مهلت بستن شکایت پس از پاسخ دفتر", "Term to close a complaint after the answer"
)
VISIT = Key(
    "complaint.visit", "working_day", "مهلت شکایتی که بازدید خواسته", "Term of a complaint for which a visit was asked"
)
