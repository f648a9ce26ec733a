"""What other bodies are asked about a request, about whom or what, and within which term."""

from pishkhan.casework.procedures.procedure import InquiryKind
from pishkhan.language.text import Text

from .numbers import (
    ADDICTION_TERM,
    AGENCIES_TERM,
    BANK_TERM,
    CRIMINAL_RECORD_TERM,
    INSURANCE_TERM,
    PLACES_TERM,
    SECURITY_TERM,
    TAX_TERM,
)

PERSON, PLACE, SELLER = "person", "place", "seller"
ABOUT_PERSONS = (
    InquiryKind("security", Text("حراست", "Security vetting"), PERSON, SECURITY_TERM),
    InquiryKind("criminal_record", Text("سوءپیشینه", "Criminal record"), PERSON, CRIMINAL_RECORD_TERM),
    InquiryKind("addiction", Text("عدم اعتیاد", "Addiction"), PERSON, ADDICTION_TERM),
    InquiryKind("tax", Text("امور مالیاتی", "Tax"), PERSON, TAX_TERM),
    InquiryKind("social_security", Text("تأمین اجتماعی", "Social security"), PERSON, INSURANCE_TERM),
    InquiryKind("bank", Text("بانک", "Bank"), PERSON, BANK_TERM),
)
ABOUT_THE_PLACE = (InquiryKind("places", Text("اماکن نیروی انتظامی", "Police places office"), PLACE, PLACES_TERM),)
INQUIRIES = ABOUT_PERSONS + ABOUT_THE_PLACE
CLEARANCES = tuple(each for each in ABOUT_PERSONS if each.code in ("tax", "social_security"))  # of who holds a licence
SETTLEMENTS = (
    InquiryKind("seller_tax", Text("مفاصاحساب مالیاتی فروشنده", "The seller's tax settlement"), SELLER, TAX_TERM),
    InquiryKind(
        "seller_insurance", Text("مفاصاحساب بیمهٔ فروشنده", "The seller's insurance settlement"), SELLER, INSURANCE_TERM
    ),
    InquiryKind(
        "seller_agencies",
        Text("مفاصاحساب دستگاه‌های خدمت‌دهنده", "The settlement with the agencies"),
        SELLER,
        AGENCIES_TERM,
    ),
)
