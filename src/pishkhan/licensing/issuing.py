"""From the working group's approval to the issuer's answer: inquiries, royalty, the CRA region."""

from pishkhan.casework.inquiries import ask_all, note_answer, note_reminder
from pishkhan.casework.procedure import Procedure, Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .conditions import (
    an_inquiry_is_late,
    condition_is_open,
    day_of_issue_has_come,
    inquiry_is_open,
    person_is_refused,
    royalty_is_paid,
    royalty_is_unpaid,
    something_is_refused,
)
from .effects import note_the_condition, take_the_document_back
from .fees import note_the_payment
from .stages import GIVEN_BACK, HAND_IN, ISSUED, LAPSED, REGION, REJECTED, ROYALTY, VETTING
from .stated import Answer, Letter, Paid, Reasons, Reissue


class Vetted(Procedure):
    answer = Step(Text("ثبت پاسخ استعلام", "Note an inquiry's answer"), VETTING, VETTING, by=Role.EXPERT,
                  when=(inquiry_is_open,), asks=Answer, then=note_answer)
    remind = Step(Text("پیگیری استعلام", "Remind the bodies"), VETTING, VETTING, by=Role.CLOCK,
                  when=(an_inquiry_is_late,), then=note_reminder)
    meet_condition = Step(Text("ثبت برآورده شدن شرط", "Note that the condition is met"), VETTING, VETTING,
                          by=Role.EXPERT, when=(condition_is_open,), asks=Letter, then=note_the_condition)
    refuse_person = Step(Text("رد به سبب پاسخ استعلام", "Reject on an inquiry's answer"), VETTING, REJECTED,
                         by=Role.EXPERT, when=(person_is_refused,), tells="request.rejected")
    ask_again = Step(Text("استعلام دوباره", "Ask again who did not clear it"), VETTING, VETTING, by=Role.EXPERT,
                     when=(something_is_refused,), then=ask_all)


class Paying(Procedure):
    pay = Step(Text("ثبت پرداخت", "Note the payment"), ROYALTY, ROYALTY, by=Role.ACCOUNTANT,
               when=(royalty_is_unpaid,), asks=Paid, then=note_the_payment)
    send = Step(Text("ارسال به منطقه", "Send to the CRA region"), ROYALTY, REGION, by=Role.EXPERT,
                when=(royalty_is_paid,))
    send_again = Step(Text("ارسال دوباره به منطقه", "Send to the CRA region again"), GIVEN_BACK, REGION,
                      by=Role.EXPERT, when=(royalty_is_paid,))
    forgo = Step(Text("منتفی شدن با پرداخت نشدن", "Lapse unpaid"), ROYALTY, LAPSED, by=Role.CLOCK,
                 when=(royalty_is_unpaid,), tells="request.lapsed")


class ByTheRegion(Procedure):
    give_back = Step(Text("بازگرداندن به استان", "Return to the province"), REGION, GIVEN_BACK, by=Role.REGION,
                     asks=Reasons)
    send_again = Step(Text("ارسال دوباره به منطقه", "Send to the CRA region again"), GIVEN_BACK, REGION,
                      by=Role.EXPERT)
    issue = Step(Text("صدور پروانه", "Issue the licence"), REGION, ISSUED, by=Role.REGION, asks=Reissue,
                 when=(day_of_issue_has_come,), apart_from=(Paying.send,), tells="licence.issued")


class HandingIn(Procedure):
    take_back = Step(Text("دریافت اصل پروانهٔ پیشین", "Take the document of old back"), HAND_IN, REGION,
                     by=Role.EXPERT, asks=Letter, then=take_the_document_back)
