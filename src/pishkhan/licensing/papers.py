"""The papers that applications must have with them, each declared once."""

from pishkhan.casework.procedures.procedure import DocumentKind
from pishkhan.language.text import Text

from .law import BY_LAW, PRINCIPLES
from .rules.applicant_rules import COUNTER

TENURE = DocumentKind("tenure", Text("سند مالکیت یا اجاره‌نامه", "Deed or lease"), PRINCIPLES)
DEGREE = DocumentKind("degree", Text("مدرک تحصیلی", "Certificate of education"), PRINCIPLES)
STATUTES = DocumentKind("statutes", Text("اساسنامه و آگهی ثبت", "Statutes and notice of registration"), BY_LAW, COUNTER)
INSURANCE = DocumentKind("insurance", Text("فهرست بیمهٔ کارکنان", "List of the insured staff"), PRINCIPLES)
ACTIVITY = DocumentKind("activity", Text("گواهی شش ماه فعالیت", "Certificate of six months of activity"), PRINCIPLES)
AGREED = DocumentKind("agreement", Text("توافق‌نامهٔ دو طرف", "Agreement of both sides"), PRINCIPLES)
