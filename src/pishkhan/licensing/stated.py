"""What a person states when taking a step of a request."""

from typing import Any

from django import forms

from pishkhan.casework.fields import Choice, Degrees, File, PostalCode, Words
from pishkhan.casework.inquiries import open_inquiries
from pishkhan.offices.models import Tenure
from pishkhan.people.stating import Day, Number, ltr, said

from .models import Degree, Nominee

TENURES = [(Tenure.DEED, said("ملکی", "Owned")), (Tenure.LEASE, said("استیجاری", "Leased"))]
POSTS = [(Nominee.Post.SIGNATORY, said("مدیرعامل یا صاحب امضا", "Signatory of the company")),
         (Nominee.Post.MANAGER, said("مدیر دفتر", "Manager of the office")),
         (Nominee.Post.DEPUTY, said("جانشین مدیر", "Deputy manager"))]
DEGREES: list[tuple[Any, Any]] = [
    (Degree.NONE, said("کمتر از دیپلم", "Less than a diploma")), (Degree.DIPLOMA, said("دیپلم", "Diploma")),
    (Degree.BACHELOR, said("کارشناسی", "Bachelor")), (Degree.MASTER, said("کارشناسی ارشد و بالاتر", "Master or more"))]


class Premises(forms.Form):
    """The place for the office."""

    address = Words(max_length=200, label=said("نشانی", "Address"))
    postal_code = PostalCode(label=said("کدپستی", "Postal code"), help_text=said("ده رقم", "Ten digits"))
    area = Number(min_value=1, max_value=100_000, label=said("مساحت (متر مربع)", "Area (square metres)"))
    tenure = Choice(choices=TENURES, label=said("نوع تصرف", "Tenure"))
    lease_years = Number(min_value=1, max_value=99, required=False,
                         label=said("مدت اجاره (سال)", "Term of the lease (years)"))
    # the country's box, WGS84 degrees
    lat = Degrees(min_value=25, max_value=40, label=said("عرض جغرافیایی", "Latitude"))
    lon = Degrees(min_value=44, max_value=64, label=said("طول جغرافیایی", "Longitude"))

    def about(self, case: Any) -> None:
        """Begin with what the request says already."""
        told = {name: getattr(case.dossier, name) for name in ("address", "postal_code", "area", "tenure",
                                                                "lease_years")}
        self.initial = told | {"lat": case.lat, "lon": case.lon}


class Nomination(forms.Form):
    """Somebody named for a post, with what they declare."""

    post = Choice(choices=POSTS, label=said("برای", "For"))
    given_name = Words(max_length=80, label=said("نام", "Given name"))
    family_name = Words(max_length=80, label=said("نام خانوادگی", "Family name"))
    father_name = Words(max_length=80, label=said("نام پدر", "Father's name"))
    national_id = Words(max_length=20, label=said("کد ملی", "National id"), widget=ltr(inputmode="numeric"))
    born_on = Day(label=said("روز تولد", "Born on"))
    degree = forms.TypedChoiceField(choices=DEGREES, coerce=int, label=said("مدرک تحصیلی", "Degree"))
    state_employee = forms.BooleanField(required=False, label=said("کارمند دولت است", "Is a state employee"))
    military_settled = forms.BooleanField(
        required=False, label=said("وضعیت خدمت وظیفه روشن است", "Military service is settled"))


class Paper(forms.Form):
    """A paper that belongs to the request."""

    kind = forms.CharField(max_length=30, label=said("نوع مدرک", "Kind of paper"))
    file = File(label=said("پروندهٔ PDF یا عکس", "File: PDF or picture"))

    def about(self, case: Any) -> None:
        """Offer the papers that the request calls for."""
        self.fields["kind"].widget = forms.Select(choices=[
            (each.code, said(*each.label)) for each in case.procedure.documents_of(case.kind)])


class Reasons(forms.Form):
    reasons = Words(max_length=2000, label=said("دلیل", "Reasons"))


class Opinion(forms.Form):
    """What the technical committee thinks of the place."""

    opinion = Choice(choices=[("favourable", said("موافق", "Favourable")),
                              ("unfavourable", said("مخالف", "Unfavourable"))],
                     label=said("نظر کمیته", "Opinion of the committee"))
    grounds = Words(max_length=2000, label=said("دلیل نظر", "Grounds"))


class Answer(forms.Form):
    """The answer of another body: the outcome alone, and the letter it came by."""

    inquiry = forms.CharField(max_length=30, label=said("استعلام", "Inquiry"))
    outcome = Choice(choices=[("cleared", said("بلامانع", "Cleared")), ("not_cleared", said("منفی", "Not cleared"))],
                     label=said("پاسخ", "Answer"))
    letter = forms.CharField(max_length=60, label=said("شمارهٔ نامه", "Number of the letter"), widget=ltr())
    letter_on = Day(label=said("روز نامه", "Day of the letter"))

    def about(self, case: Any) -> None:
        """Offer the inquiries that are open."""
        self.fields["inquiry"].widget = forms.Select(choices=[
            (each.code, said(*case.procedure.inquiry(each.code).label)) for each in open_inquiries(case)])


class Paid(forms.Form):
    """A payment as the bank tells of it."""

    amount = Number(min_value=1, max_value=10**15, label=said("مبلغ (ریال)", "Amount (rial)"))
    paid_on = Day(label=said("روز پرداخت", "Paid on"))
    reference = forms.CharField(max_length=40, label=said("شمارهٔ پیگیری بانک", "Reference of the bank"), widget=ltr())


class Letter(forms.Form):
    letter = forms.CharField(max_length=60, label=said("شمارهٔ نامه", "Number of the letter"), widget=ltr())


class Issue(forms.Form):
    """The issuer's own number and day, and the term."""

    issuer_number = forms.CharField(max_length=40, label=said("شمارهٔ صادرکننده", "Number of the issuer"),
                                    widget=ltr())
    issued_on = Day(label=said("روز صدور", "Issued on"))
    years = Number(min_value=1, max_value=20, label=said("مدت (سال)", "Term (years)"))
