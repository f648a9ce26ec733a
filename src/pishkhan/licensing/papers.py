"""The papers that applications must have with them, each declared once."""

from pishkhan.casework.procedures.procedure import DocumentKind
from pishkhan.language.text import Text
from pishkhan.people.need_to_know.kinds import Datum

from .law import BY_LAW, PRINCIPLES
from .rules.applicant_rules import COUNTER

IDENTITY_PAPERS = Datum.IDENTITY_PAPERS  # they show identity numbers
TENURE = DocumentKind("tenure", Text("سند مالکیت یا اجاره‌نامه", "Deed or lease"), PRINCIPLES)
DEGREE = DocumentKind("degree", Text("مدرک تحصیلی", "Certificate of education"), PRINCIPLES, datum=IDENTITY_PAPERS)
STATUTES = DocumentKind(
    "statutes", Text("اساسنامه و آگهی ثبت", "Statutes and notice of registration"), BY_LAW, COUNTER, IDENTITY_PAPERS
)
INSURANCE = DocumentKind("insurance", Text("فهرست بیمهٔ کارکنان", "List of the insured staff"), PRINCIPLES)
ACTIVITY = DocumentKind("activity", Text("گواهی شش ماه فعالیت", "Certificate of six months of activity"), PRINCIPLES)
AGREED = DocumentKind("agreement", Text("توافق‌نامهٔ دو طرف", "Agreement of both sides"), PRINCIPLES)
