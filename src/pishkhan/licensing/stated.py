"""What a person states when taking a step of a request."""

from typing import Any

from django import forms

from pishkhan.casework.fields import Choice, Degrees, File, PostalCode, Words
from pishkhan.casework.inquiries import open_inquiries
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.offices.models import Tenure
from pishkhan.offices.selectors import spans_of_premises
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.web.form_fields import Day, KnownPerson, LegalPerson, Number, Place, ltr, said
from pishkhan.people.web.request_context import language

from .grounds import OF_ALL
from .models import Degree, Nominee

TENURES = [(Tenure.DEED, said("ملکی", "Owned")), (Tenure.LEASE, said("استیجاری", "Leased"))]
POSTS = [
    (Nominee.Post.SIGNATORY, said("مدیرعامل یا صاحب امضا", "Signatory of the company")),
    (Nominee.Post.MANAGER, said("مدیر دفتر", "Manager of the office")),
    (Nominee.Post.DEPUTY, said("جانشین مدیر", "Deputy manager")),
]
CAPACITIES = [
    ("self", said("خودم", "I myself")),
    ("signatory", said("صاحب امضای شرکت", "The signatory of the company")),
    ("proxy", said("وکیل", "By power of attorney")),
]
LINE = Text(
    "آنچه می‌نویسید تا آغاز محل بعدی درست است. در ثبت: {line}",
    "What you state holds up to where the next place begins. On the register: {line}",
)
DEGREES: list[tuple[Any, Any]] = [
    (Degree.NONE, said("کمتر از دیپلم", "Less than a diploma")),
    (Degree.DIPLOMA, said("دیپلم", "Diploma")),
    (Degree.BACHELOR, said("کارشناسی", "Bachelor")),
    (Degree.MASTER, said("کارشناسی ارشد و بالاتر", "Master or more")),
]


class Premises(forms.Form):
    """The place for the office."""

    datum = Datum.STATED
    address = Words(max_length=200, label=said("نشانی", "Address"))
    postal_code = PostalCode(label=said("کدپستی", "Postal code"), help_text=said("ده رقم", "Ten digits"))
    area = Number(min_value=1, max_value=100_000, label=said("مساحت (متر مربع)", "Area (square metres)"))
    tenure = Choice(choices=TENURES, label=said("نوع تصرف", "Tenure"))
    lease_years = Number(
        min_value=1, max_value=99, required=False, label=said("مدت اجاره (سال)", "Term of the lease (years)")
    )
    # the country's box, WGS84 degrees
    lat = Degrees(min_value=25, max_value=40, label=said("عرض جغرافیایی", "Latitude"))
    lon = Degrees(min_value=44, max_value=64, label=said("طول جغرافیایی", "Longitude"))

    def about(self, case: Any) -> None:
        """Begin with what the request says already."""
        values = {
            name: getattr(case.dossier, name) for name in ("address", "postal_code", "area", "tenure", "lease_years")
        }
        self.initial = values | {"lat": case.lat, "lon": case.lon}


class NewPremises(Premises):
    """The place that an office is to move to."""

    moves_to = Place(label=said("شهر یا روستای جای تازه", "City or village of the new place"))

    def about(self, case: Any) -> None:
        """Begin in the place of the licence: the office may not leave it."""
        super().about(case)
        self.initial["moves_to"] = case.dossier.moves_to_id or case.division_id


class CorrectedPremises(Premises):
    """What the register should say of the premises, and from which day it should have said so."""

    from_on = Day(label=said("درست از روز", "True from"))

    def about(self, case: Any) -> None:
        """Beside the day stands where the office was when: what is stated holds up to where the next begins."""
        spans = spans_of_premises(case.dossier.licence.office)
        line = [f"{spoken(span.start, language())}: {span.address}" for span in spans]
        self.fields["from_on"].help_text = LINE.filled(line="؛ ".join(line)).to(language())


class Nomination(forms.Form):
    """Somebody named for a post, with what they declare."""

    datum = Datum.PERSONAL
    data = {
        "post": Datum.STATED,
        "given_name": Datum.STATED,
        "family_name": Datum.STATED,
        "national_id": Datum.IDENTITY,
    }
    post = Choice(choices=POSTS, label=said("برای", "For"))
    given_name = Words(max_length=80, label=said("نام", "Given name"))
    family_name = Words(max_length=80, label=said("نام خانوادگی", "Family name"))
    father_name = Words(max_length=80, label=said("نام پدر", "Father's name"))
    national_id = Words(max_length=20, label=said("کد ملی", "National id"), widget=ltr(inputmode="numeric"))
    born_on = Day(label=said("روز تولد", "Born on"))
    degree = forms.TypedChoiceField(choices=DEGREES, coerce=int, label=said("مدرک تحصیلی", "Degree"))
    state_employee = forms.BooleanField(required=False, label=said("کارمند دولت است", "Is a state employee"))
    military_settled = forms.BooleanField(
        required=False, label=said("وضعیت خدمت وظیفه روشن است", "Military service is settled")
    )


class Paper(forms.Form):
    """A paper that belongs to the request."""

    datum = Datum.STATED
    kind = forms.CharField(max_length=30, label=said("نوع مدرک", "Kind of paper"))
    file = File(label=said("پروندهٔ PDF یا عکس", "File: PDF or picture"))

    def about(self, case: Any) -> None:
        """Offer the papers that the request calls for."""
        self.fields["kind"].widget = forms.Select(
            choices=[(document.code, said(*document.label)) for document in case.procedure.documents_of(case.kind)]
        )


class Reasons(forms.Form):
    datum = Datum.REASONS
    reasons = Words(max_length=2000, label=said("دلیل", "Reasons"))


class RefusalOnGrounds(Reasons):
    """On which declared grounds a request is refused, and why."""

    grounds = forms.MultipleChoiceField(
        label=said("پایه‌های رد", "Grounds of refusal"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(ground.code, said(*ground.sentence)) for ground in OF_ALL],
    )
    field_order = ("grounds", "reasons")

    def about(self, case: Any) -> None:
        """Offer the grounds that the procedure declares."""
        offered = [(ground.code, said(*ground.sentence)) for ground in case.procedure.grounds]
        self.fields["grounds"].choices = offered  # type: ignore[attr-defined]


class Opinion(forms.Form):
    """What the technical committee thinks of the place."""

    datum = Datum.DRAFT
    opinion = Choice(
        choices=[("favourable", said("موافق", "Favourable")), ("unfavourable", said("مخالف", "Unfavourable"))],
        label=said("نظر کمیته", "Opinion of the committee"),
    )
    grounds = Words(max_length=2000, label=said("دلیل نظر", "Grounds"))


class Answer(forms.Form):
    """The answer of another body: the outcome alone, and the letter it came by."""

    datum = Datum.INQUIRY
    inquiry = forms.CharField(max_length=30, label=said("استعلام", "Inquiry"))
    outcome = Choice(
        choices=[("cleared", said("بلامانع", "Cleared")), ("not_cleared", said("منفی", "Not cleared"))],
        label=said("پاسخ", "Answer"),
    )
    letter = forms.CharField(max_length=60, label=said("شمارهٔ نامه", "Number of the letter"), widget=ltr())
    letter_on = Day(label=said("روز نامه", "Day of the letter"))

    def about(self, case: Any) -> None:
        """Offer the inquiries that are open."""
        self.fields["inquiry"].widget = forms.Select(
            choices=[
                (inquiry.code, said(*case.procedure.inquiry(inquiry.code).label)) for inquiry in open_inquiries(case)
            ]
        )


class Paid(forms.Form):
    """A payment as the bank tells of it."""

    datum = Datum.MONEY
    amount = Number(min_value=1, max_value=10**15, label=said("مبلغ (ریال)", "Amount (rial)"))
    paid_on = Day(label=said("روز پرداخت", "Paid on"))
    reference = forms.CharField(max_length=40, label=said("شمارهٔ پیگیری بانک", "Reference of the bank"), widget=ltr())


class Letter(forms.Form):
    datum = Datum.STATED
    letter = forms.CharField(max_length=60, label=said("شمارهٔ نامه", "Number of the letter"), widget=ltr())


class Declared(forms.Form):
    """Whether premises or people have changed since the licence was issued."""

    datum = Datum.STATED
    changed = Choice(
        choices=[
            ("no", said("همان است", "Nothing has changed")),
            ("yes", said("محل یا اشخاص تغییر کرده‌اند", "The place or the people have changed")),
        ],
        label=said("از زمان صدور", "Since the licence was issued"),
    )


class Buyer(forms.Form):
    """To whom a licence is to pass: a person by national id, or an organisation."""

    datum = Datum.STATED
    person = KnownPerson(required=False, label=said("کد ملی خریدار", "National id of the buyer"))
    organisation = LegalPerson(
        required=False, label=said("یا شناسهٔ ملی شرکت خریدار", "Or legal id of the company that buys")
    )
    capacity = Choice(choices=CAPACITIES, label=said("امضاکننده", "Who signs"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("person")) == bool(data.get("organisation")) and not self.errors:
            raise forms.ValidationError(
                said("یا شخص یا شرکت را بنویسید، نه هر دو.", "Write either a person or a company, not both.")
            )
        return data


class Agreement(forms.Form):
    """The other side's agreement, with who stands behind it."""

    datum = Datum.PERSONAL
    data = {"capacity": Datum.STATED}
    capacity = Choice(choices=CAPACITIES, label=said("امضاکننده", "Who signs"))
    beneficiary = Words(
        max_length=200,
        label=said("ذی‌نفع واقعی", "Beneficial owner"),
        help_text=said("کسی که سود دفتر سرانجام به او می‌رسد", "Who the profit of the office comes to in the end"),
    )


class Undertaken(forms.Form):
    """What a buyer undertakes: not to transfer before the holding period ends."""

    datum = Datum.STATED
    undertakes = forms.BooleanField(
        label=said(
            "تعهد می‌کنم تا پایان دورهٔ نگهداری پروانه را منتقل نکنم.",
            "I undertake not to transfer before the holding period ends.",
        )
    )


class NewName(forms.Form):
    datum = Datum.STATED
    name = Words(max_length=200, label=said("نام تازهٔ دفتر", "New name of the office"))

    def about(self, case: Any) -> None:
        """Begin with what was stated before."""
        self.initial = {"name": case.dossier.name}


class Days(forms.Form):
    """From one day to another, both included."""

    datum = Datum.STATED
    data = {"reasons": Datum.REASONS}
    from_on = Day(label=said("از روز", "From"))
    until_on = Day(label=said("تا روز", "Until"))
    reasons = Words(max_length=2000, label=said("دلیل", "Reasons"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "from_on" in data and "until_on" in data and data["until_on"] < data["from_on"]:
            self.add_error("until_on", said("روز پایان پیش از روز آغاز است.", "The last day lies before the first."))
        return data

    def about(self, case: Any) -> None:
        """Begin with what was stated before."""
        self.initial = {"from_on": case.dossier.from_on, "until_on": case.dossier.until_on}


class BoothRequest(Days):
    """Where a temporary booth is to stand, and when."""

    place = Place(label=said("شهر یا روستا", "City or village"))
    address = Words(max_length=200, label=said("نشانی", "Address"))
    lat = Degrees(min_value=25, max_value=40, label=said("عرض جغرافیایی", "Latitude"))
    lon = Degrees(min_value=44, max_value=64, label=said("طول جغرافیایی", "Longitude"))


class FromDay(forms.Form):
    datum = Datum.STATED
    data = {"reasons": Datum.REASONS}
    from_on = Day(label=said("از روز", "From"))
    reasons = Words(max_length=2000, label=said("دلیل", "Reasons"))


class Reissue(forms.Form):
    """The issuer's own number and day, of a licence that keeps the term of the one before."""

    datum = Datum.STATED
    issuer_number = forms.CharField(max_length=40, label=said("شمارهٔ صادرکننده", "Number of the issuer"), widget=ltr())
    issued_on = Day(label=said("روز صدور", "Issued on"))


class Issue(forms.Form):
    """The issuer's own number and day, and the term."""

    datum = Datum.STATED
    issuer_number = forms.CharField(max_length=40, label=said("شمارهٔ صادرکننده", "Number of the issuer"), widget=ltr())
    issued_on = Day(label=said("روز صدور", "Issued on"))
    years = Number(min_value=1, max_value=20, label=said("مدت (سال)", "Term (years)"))
