"""What an applicant is told when a request moves, each sentence declared once. A term runs from the legal ones."""

from pishkhan.language.text import Text
from pishkhan.notices.templates import notice_kind

RECEIVED = notice_kind(
    "request.received",
    Text(
        "درخواست شما با شمارهٔ {number} ثبت شد. کد پیگیری: {tracking_code}",
        "Your request was received as {number}. Tracking code: {tracking_code}",
    ),
)
CALL_WITHDRAWN = notice_kind(
    "call.withdrawn",
    Text(
        "فراخوانی که پیش‌نویس {number} در آن است پس گرفته شد و درخواست در آن ثبت نمی‌شود: {tracking_code}",
        "The call of your draft {number} was withdrawn; it can be submitted no more: {tracking_code}",
    ),
)
RETURNED = notice_kind(
    "request.returned",
    Text(
        "درخواست {number} برای تکمیل بازگشت. دلیل و مهلت را در پیگیری {tracking_code} ببینید.",
        "Request {number} was returned to be completed. See why and until when under {tracking_code}.",
    ),
    legal=True,
)
PLACE_REFUSED = notice_kind(
    "request.place_refused",
    Text(
        "محل معرفی‌شده در درخواست {number} تأیید نشد. می‌توانید جای دیگری معرفی کنید: {tracking_code}",
        "The place in request {number} was refused. You may state another: {tracking_code}",
    ),
    legal=True,
)
APPROVED = notice_kind(
    "request.approved",
    Text(
        "کارگروه درخواست {number} را تصویب کرد. استعلام‌ها آغاز شد: {tracking_code}",
        "The working group approved request {number}. Inquiries have begun: {tracking_code}",
    ),
)
APPROVED_ON_CONDITION = notice_kind(
    "request.approved_on_condition",
    Text(
        "کارگروه درخواست {number} را مشروط تصویب کرد. شرط را در پیگیری {tracking_code} ببینید.",
        "The working group approved request {number} on a condition. See it under {tracking_code}.",
    ),
)
DEFERRED = notice_kind(
    "request.deferred",
    Text(
        "تصمیم دربارهٔ درخواست {number} به جلسهٔ دیگر کارگروه ماند: {tracking_code}",
        "The decision on request {number} was put off to another meeting: {tracking_code}",
    ),
)
REJECTED = notice_kind(
    "request.rejected",
    Text(
        "درخواست {number} رد شد. دلیل و راه اعتراض را در پیگیری {tracking_code} ببینید.",
        "Request {number} was rejected. See why, and how to object, under {tracking_code}.",
    ),
    legal=True,
)
LAPSED = notice_kind(
    "request.lapsed",
    Text(
        "مهلت درخواست {number} گذشت و درخواست منتفی شد: {tracking_code}",
        "The term of request {number} passed and it has lapsed: {tracking_code}",
    ),
)
ROYALTY_DUE = notice_kind(
    "royalty.due",
    Text(
        "برگ مطالبهٔ حق امتیاز درخواست {number} صادر شد. مبلغ و مهلت در پیگیری {tracking_code} است.",
        "The royalty of request {number} is due. See the amount and the term under {tracking_code}.",
    ),
    legal=True,
)
ISSUED = notice_kind(
    "licence.issued",
    Text(
        "پروانهٔ درخواست {number} صادر و دفتر در ثبت وارد شد: {tracking_code}",
        "The licence of request {number} is issued and the office is on the register: {tracking_code}",
    ),
)
OFFERED = notice_kind(
    "transfer.offered",
    Text(
        "انتقال پروانه با شمارهٔ {number} به شما پیشنهاد شد. پیش از گذشت مهلت پاسخ دهید: {tracking_code}",
        "The transfer of a licence is offered to you as {number}. Answer within the term: {tracking_code}",
    ),
    legal=True,
)
UNDERTAKE = notice_kind(
    "transfer.undertake",
    Text(
        "استعلام‌های انتقال {number} پایان یافت. خریدار باید تعهد خود را امضا کند: {tracking_code}",
        "The inquiries of transfer {number} are closed. The buyer is to sign the undertaking: {tracking_code}",
    ),
    legal=True,
)
HAND_IN = notice_kind(
    "licence.hand_in",
    Text(
        "برای درخواست {number} اصل پروانهٔ پیشین را تحویل دهید: {tracking_code}",
        "Hand in the document of old for request {number}: {tracking_code}",
    ),
    legal=True,
)
SURRENDERED = notice_kind(
    "licence.surrendered",
    Text(
        "پایان پروانه در درخواست {number} ثبت شد: {tracking_code}",
        "The end of the licence is on the register under request {number}: {tracking_code}",
    ),
)
CLOSURE_PERMITTED = notice_kind(
    "closure.permitted",
    Text(
        "تعطیلی موقت در درخواست {number} مجاز شد. بازگشایی را اعلام کنید: {tracking_code}",
        "The temporary closure of request {number} is permitted. Tell when you open again: {tracking_code}",
    ),
)
CORRECTED = notice_kind(
    "register.corrected",
    Text(
        "مشخصات دفتر شما با شمارهٔ {number} در ثبت اصلاح شد: {tracking_code}",
        "What the register says of your office was corrected as {number}: {tracking_code}",
    ),
)
RENEWAL_REMINDER = notice_kind(
    "licence.remind",
    Text(
        "پروانهٔ {number} تا {until} اعتبار دارد. تمدید را تا {last} درخواست کنید؛ پس از آن انصراف شمرده می‌شود.",
        "Licence {number} ends on {until}. Ask for its renewal by {last}; after that it counts as waived.",
    ),
)
RENEWAL_WAIVED = notice_kind(
    "licence.waived",
    Text(
        "مهلت درخواست تمدید پروانهٔ {number} گذشت. دفتر تا {until} کار می‌کند و سپس حق آن پایان می‌یابد.",
        "The day to ask for the renewal of licence {number} has passed. The office serves until {until}, then its "
        "rights end.",
    ),
)
