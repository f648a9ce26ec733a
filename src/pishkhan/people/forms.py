"""What people state about themselves and others on pages. What is right, the services judge."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.urls import reverse

from .roles import Role
from .web.form_fields import Day, LegalPerson, Place, ltr, said


class SignIn(LoginForm):  # type: ignore[misc]
    """A name and a password, asked for in the words of the house."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = said("نام کاربری", "Username")
        self.fields["password"].help_text = ""  # the page itself tells what to do when it is forgotten
        self.fields["remember"].label = said("مرا به خاطر بسپارید", "Remember me")
        # A phone goes on sending after its browser was closed only if the session outlives the browser.
        self.fields["remember"].initial = self.request is not None and self.request.GET.get("next") == reverse("field")
        for name in ("login", "password"):
            del self.fields[name].widget.attrs["placeholder"]


class Entered(forms.Form):
    """Who a person is."""

    given_name = forms.CharField(max_length=80, label=said("نام", "Given name"))
    family_name = forms.CharField(max_length=80, label=said("نام خانوادگی", "Family name"))
    father_name = forms.CharField(max_length=80, required=False, label=said("نام پدر", "Father's name"))
    national_id = forms.CharField(max_length=20, label=said("کد ملی", "National id"), widget=ltr(inputmode="numeric"))
    phone = forms.CharField(
        max_length=20, label=said("شمارهٔ همراه", "Mobile number"), widget=ltr(inputmode="tel", autocomplete="tel")
    )
    born_on = Day(required=False, label=said("روز تولد", "Born on"))
    division = Place(label=said("شهر یا شهرستان", "City or county"))


class Joined(Entered):
    """Who a citizen is, and how they will sign in."""

    username = forms.CharField(
        max_length=60,
        label=said("نام کاربری", "Username"),
        widget=ltr(autocomplete="username"),
        help_text=said("حروف و رقم لاتین", "Latin letters and digits"),
    )
    password = forms.CharField(
        max_length=128,
        label=said("گذرواژه", "Password"),
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "new-password"}),
    )


class Assigned(forms.Form):
    """Which role that one administrator grants, where, from when until when, by which letter."""

    role = forms.ChoiceField(
        label=said("نقش", "Role"),
        choices=[(role.value, said(*role.text)) for role in (Role.INSPECTOR, Role.REPRESENTATIVE)],
    )
    place = Place(label=said("محدوده", "Where"))
    from_on = Day(label=said("از روز", "From"))
    until_on = Day(required=False, label=said("تا روز", "Until"))
    organisation = LegalPerson(
        required=False,
        label=said("به نمایندگی از", "For the organisation"),
        help_text=said("نام یا شناسهٔ ملی", "Name or legal id"),
    )
    acting = forms.BooleanField(required=False, label=said("سرپرست", "As an acting head"))
    letter = forms.CharField(max_length=60, required=False, label=said("شمارهٔ نامه", "Number of the letter"))


class Ended(forms.Form):
    on = Day(label=said("واپسین روز", "Last day"))
    letter = forms.CharField(max_length=60, required=False, label=said("شمارهٔ نامه", "Number of the letter"))


class Erased(forms.Form):
    reason = forms.CharField(
        max_length=2000, label=said("دلیل پاک کردن", "Why it is erased"), widget=forms.Textarea(attrs={"rows": 2})
    )


class Reached(forms.Form):
    """How one is told of things."""

    language = forms.ChoiceField(
        label=said("زبان اطلاعیه‌ها", "Language of notices"),
        choices=[("fa", said("فارسی", "Persian")), ("en", said("انگلیسی", "English"))],
    )
    email = forms.CharField(
        max_length=254,
        required=False,
        label=said("رایانامه", "E-mail"),
        help_text=said("برای کسی که شمارهٔ همراه ندارد", "For who has no mobile number"),
        widget=ltr(inputmode="email", autocomplete="email"),
    )


class Organised(forms.Form):
    """What an organisation is."""

    kind = forms.ChoiceField(
        label=said("نوع", "Kind"),
        choices=[
            ("company", said("شرکت", "Company")),
            ("public", said("دستگاه عمومی", "Public body")),
            ("guild", said("صنف", "Guild")),
        ],
    )
    name = forms.CharField(max_length=200, label=said("نام", "Name"))
    name_en = forms.CharField(
        max_length=200, required=False, label=said("نام به انگلیسی", "Name in English"), widget=ltr()
    )
    legal_id = forms.CharField(
        max_length=20, required=False, label=said("شناسهٔ ملی", "Legal id"), widget=ltr(inputmode="numeric")
    )
    registered_on = Day(required=False, label=said("روز ثبت", "Registered on"))
    division = Place(label=said("شهر یا شهرستان", "City or county"))
