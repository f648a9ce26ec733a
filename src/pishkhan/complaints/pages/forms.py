"""What is stated in a complaint, and about one."""

from typing import Any

from django import forms

from pishkhan.casework.fields import Words
from pishkhan.complaints.filing import MOST_PHOTOS
from pishkhan.complaints.kinds import KINDS
from pishkhan.complaints.models import Complaint
from pishkhan.counter.models import Service
from pishkhan.counter.selectors import services_on
from pishkhan.journal.clock import today
from pishkhan.language.digits import ascii_digits, persian
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.web.form_fields import Day, Number, Place, invalid, ltr, said
from pishkhan.people.web.request_context import language

NO_OFFICE = Text(
    "دفتری با این کد نیست. کد روی تابلو و پروانه است، مانند 15-C-0031.",
    "There is no office of that code. It is on the sign and the licence, like 15-C-0031.",
)
TOO_MANY_PHOTOS = Text("بیش از {count} عکس فرستاده‌اید.", "You sent more than {count} {count:photo|photos}.")
TARIFF = Text("{name} — {amount} ریال", "{name} — {amount} rial")
LONG = 4000  # letters of what somebody writes


class OfficeCode(forms.CharField):
    """An office, by its code; its cleaned value is the office, or None."""

    widget = ltr(placeholder="15-C-0031")

    def clean(self, value: Any) -> Any:
        written = ascii_digits(str(super().clean(value) or "")).strip()
        if not written:
            return None
        found = Office.objects.select_related("division").filter(code__iexact=written).first()
        if found is None:
            raise invalid(NO_OFFICE)
        return found


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class Photos(forms.FileField):
    """Some photos; its cleaned value is a list of files."""

    widget = Several(attrs={"accept": "image/jpeg,image/png"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = [super(Photos, self).clean(each, initial) for each in (data or [])]
        if len(files) > MOST_PHOTOS:
            raise invalid(TOO_MANY_PHOTOS.filled(count=MOST_PHOTOS))
        return files


class ServiceOfDay(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A service, with what it costs today."""

    def label_from_instance(self, row: Any) -> str:
        amount = f"{row.amount or 0:,}"
        told = amount if language().startswith("en") else persian(amount.replace(",", "٬"))
        return TARIFF.filled(name=row.name.to(language()), amount=told).to(language())


class Complained(forms.Form):
    """A complaint, as whoever makes it states it. About an office that is known already, it does not ask where."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, label=said("چه شده است؟", "What is wrong?"))
    office = OfficeCode(
        required=False,
        max_length=12,
        label=said("کد دفتر", "Code of the office"),
        help_text=said(
            "روی تابلو و پروانهٔ دفتر است. اگر دفتری نیست، جا را بنویسید.",
            "It is on the sign and the licence. If there is no office, write the place.",
        ),
    )
    place = Place(required=False, max_length=100, label=said("شهر یا روستا", "City or village"))
    where = Words(required=False, max_length=200, label=said("کجای آن؟", "Where in it?"))
    service = ServiceOfDay(
        Service.objects.none(),
        required=False,
        label=said("برای کدام خدمت؟", "For which service?"),
        help_text=said("تعرفهٔ امروز کنار نام هر خدمت است.", "Today's tariff stands beside each service."),
    )
    charged = Number(required=False, min_value=1, max_value=10**12, label=said("چند ریال گرفت؟", "How many rials?"))
    happened_on = Day(label=said("چه روزی؟", "On which day?"))
    text = Words(min_length=5, max_length=LONG, label=said("چه شد؟", "What happened?"))
    photos = Photos(
        required=False,
        label=said("عکس (تا سه تا)", "Photos (up to three)"),
        help_text=said(
            "جا و نام دوربین از عکس برداشته می‌شود.", "Where and with what it was taken is left out of what is shown."
        ),
    )
    contact = Words(
        required=False,
        max_length=120,
        label=said("راه تماس با شما", "How to reach you"),
        help_text=said(
            "لازم نیست: بی‌نام هم پذیرفته است. به دفتر نشان داده نمی‌شود و هر گاه بخواهید پاک می‌شود.",
            "Not needed: you may stay unnamed. The office is never shown it, and it is erased whenever you want.",
        ),
    )

    def __init__(self, *args: Any, about: Office | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.about = about
        self.initial.setdefault("happened_on", today())
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (each.code, said(*each.text)) for each in KINDS if each.of_office or about is None
        ]
        rows = services_on(today())
        if about is not None:
            for name in ("office", "place", "where"):
                del self.fields[name]
            rows = (
                rows.filter(offerings__profile__office=about)
                if rows.filter(offerings__profile__office=about).exists()
                else rows
            )
        self.fields["service"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        stated = super().clean() or {}
        if self.about is not None:
            stated["office"] = self.about
        return stated


class Entered(Complained):
    """The same, told by phone or on paper and entered by staff."""

    door = forms.ChoiceField(
        label=said("چگونه رسید؟", "How did it come?"),
        choices=[(each, said(*each.text)) for each in (Complaint.Door.PHONE, Complaint.Door.PAPER)],
    )
    reference = forms.CharField(
        required=False, max_length=60, label=said("شمارهٔ نامه یا تماس", "Reference"), widget=ltr()
    )
    field_order = ("door", "reference")
