"""What a holder is told of a complaint, the sentence declared once."""

from pishkhan.language.text import Text
from pishkhan.notices.templates import notice_kind

ASKED_TO_ANSWER = notice_kind(
    "complaint.sent",
    Text(
        "شکایتی با شمارهٔ {number} دربارهٔ دفتر {office} رسیده است. در «دفتر من» بخوانید و در مهلت پاسخ دهید.",
        "A complaint about office {office} was sent to you as {number}. Read and answer it under My office.",
    ),
)
