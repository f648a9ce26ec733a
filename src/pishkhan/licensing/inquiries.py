"""What other bodies are asked about a request, about whom or what, and within which term."""

from pishkhan.casework.procedure import InquiryKind
from pishkhan.language.text import Text

from .numbers import (
    ADDICTION_TERM,
    BANK_TERM,
    CRIMINAL_RECORD_TERM,
    INSURANCE_TERM,
    PLACES_TERM,
    SECURITY_TERM,
    TAX_TERM,
)

PERSON, PLACE = "person", "place"
INQUIRIES = (
    InquiryKind("security", Text("حراست", "Security vetting"), PERSON, SECURITY_TERM),
    InquiryKind("criminal_record", Text("سوءپیشینه", "Criminal record"), PERSON, CRIMINAL_RECORD_TERM),
    InquiryKind("addiction", Text("عدم اعتیاد", "Addiction"), PERSON, ADDICTION_TERM),
    InquiryKind("tax", Text("امور مالیاتی", "Tax"), PERSON, TAX_TERM),
    InquiryKind("social_security", Text("تأمین اجتماعی", "Social security"), PERSON, INSURANCE_TERM),
    InquiryKind("bank", Text("بانک", "Bank"), PERSON, BANK_TERM),
    InquiryKind("places", Text("اماکن نیروی انتظامی", "Police places office"), PLACE, PLACES_TERM),
)
