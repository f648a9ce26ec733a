"""What a holder is told about a visit, each sentence declared once."""

from pishkhan.language.text import Text
from pishkhan.notices.templates import declare

REPORTED = declare(
    "visit.reported",
    Text(
        "گزارش بازدید {day} از {what} ثبت شد. آن را در «دفتر من» ببینید؛ در مهلت می‌توانید اعتراض کنید.",
        "The report of the visit of {day} to {what} is in. See it under My office; you may object within the term.",
    ),
)
ON_PAPER = declare(
    "visit.served",
    Text(
        "گزارش بازدید {day} از {what} به پیوست ابلاغ می‌شود. از روز ابلاغ و در مهلت می‌توانید اعتراض کنید؛ "
        "برای دیدن آن در سامانه نماینده‌ای به اداره‌کل معرفی کنید.",
        "The report of the visit of {day} to {what} is served with this. From the day of service you may object within "
        "the term; to see it online, name somebody to the directorate who acts for you.",
    ),
    legal=True,
)
ACCEPTED = declare(
    "visit.accepted",
    Text(
        "گزارش بازدید {day} از {what} پذیرفته شد. آنچه باید رفع شود و مهلت آن در «دفتر من» است.",
        "The report of the visit of {day} to {what} was accepted. See under My office what is to be remedied by when.",
    ),
)
DECIDED = declare(
    "visit.objection_decided",
    Text(
        "دربارهٔ اعتراض شما به بازدید {day} از {what} تصمیم گرفته شد. نتیجه و دلیل در «دفتر من» است.",
        "Your objection to the visit of {day} to {what} is decided. See the outcome and the reasons under My office.",
    ),
)
