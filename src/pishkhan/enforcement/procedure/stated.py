"""What is stated when taking a step of a violation case."""

from typing import Any

from django import forms

from pishkhan.casework.fields import Choice, File, Words
from pishkhan.enforcement.catalogue import EDITIONS, FACTORS, LADDER, Edition, violation_seen_by
from pishkhan.enforcement.models import ATTENDED, RULINGS, Attended, Objection, Ruling
from pishkhan.enforcement.selectors import edition_of, rung_called_for, violation_of
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.web.form_fields import Day, ltr, said
from pishkhan.regulation.edition import shipped

RUNGS = [(rung.code, said(*rung.text)) for rung in LADDER]
INSTRUMENTS = [(row["code"], said(row["title_fa"], row["title_en"])) for row in shipped("instruments")["instrument"]]
BODIES = [(body.value, said(*body.text)) for body in Objection.Body]


def _rulings(*codes: str) -> list[tuple[str, Any]]:
    return [(code, said(*RULINGS[Ruling.Says(code)])) for code in codes]


def violations_of(edition: Edition, kind: str) -> list[tuple[str, Any]]:
    """The violations of a catalogue that concern a kind of office."""
    return [
        (violation.code, said(*violation.text))
        for violation in edition.violations
        if not violation.kinds or kind in violation.kinds
    ]


class Charge(forms.Form):
    """What is said to have been done, when, and what shows it."""

    datum = Datum.REASONS
    violation = forms.CharField(max_length=30, label=said("تخلف", "Violation"))
    committed_on = Day(label=said("روز رخ دادن", "Committed on"))
    grounds = Words(max_length=2000, label=said("آنچه دیده شده و مدرک آن", "What was seen, and what shows it"))

    def about(self, case: Any) -> None:
        """Offer the violations of the catalogue, beginning with what the report is a sign of."""
        dossier, visit = case.dossier, case.dossier.visit
        self.fields["violation"].widget = forms.Select(choices=violations_of(EDITIONS[-1], case.kind))
        seen = violation_seen_by(dossier.item, visit.visited_on) if visit and dossier.item else None
        code = seen.code if seen else "undertaking" if dossier.undertaking_id else dossier.violation
        self.initial = {"violation": code, "committed_on": visit.visited_on if visit else dossier.committed_on}


class Reasons(forms.Form):
    datum = Datum.REASONS
    reasons = Words(max_length=2000, label=said("دلیل", "Reasons"))


class Defence(forms.Form):
    """What the holder says to it."""

    datum = Datum.DEFENCE
    reasons = Words(max_length=4000, label=said("توضیح شما", "Your explanation"))
    file = File(required=False, label=said("پیوست (PDF یا عکس)", "Attachment (PDF or picture)"))


class Hearing(forms.Form):
    datum = Datum.STATED
    held_on = Day(label=said("روز رسیدگی", "Day of the hearing"))


class Heard(forms.Form):
    """Who came to the hearing for the holder, and what was said."""

    datum = Datum.DEFENCE
    attended = Choice(
        choices=[(attended, said(*ATTENDED[attended])) for attended in Attended], label=said("حضور", "Attendance")
    )
    reasons = Words(max_length=4000, required=False, label=said("دفاع", "The defence"))


class Draft(forms.Form):
    """The decision that is put to the vote."""

    datum = Datum.DRAFT
    rung = Choice(choices=RUNGS, label=said("تنبیه", "Sanction"))
    instrument = forms.ChoiceField(
        choices=[("", "—"), *INSTRUMENTS], required=False, label=said("مقررهٔ مورد استناد", "Instrument cited")
    )
    article = forms.CharField(max_length=40, required=False, label=said("ماده", "Article"), widget=ltr())
    evidence = Words(max_length=2000, required=False, label=said("دلیل‌های اثبات", "Evidence"))
    factors = forms.MultipleChoiceField(
        choices=[(factor.code, said(*factor.text)) for factor in FACTORS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=said("عوامل تشدید و تخفیف", "What aggravates and what mitigates"),
    )
    weighed = Words(max_length=2000, required=False, label=said("اثر این عوامل", "How they weigh"))
    reasons = Words(max_length=4000, required=False, label=said("استدلال", "Reasons"))
    departure = Words(
        max_length=2000,
        required=False,
        label=said("دلیل تفاوت با نردبان یا پرونده‌های همانند", "Why it departs from the ladder or from similar cases"),
    )

    def about(self, case: Any) -> None:
        """Begin with the rung called for and the article of the catalogue."""
        violation = violation_of(case.dossier)
        cites = violation.article if violation else None
        self.initial = {
            "rung": case.dossier.rung or rung_called_for(case.dossier).code,
            "factors": case.dossier.factors,
            "instrument": cites.instrument if cites else "",
            "article": cites.number if cites else "",
        }


class Objected(forms.Form):
    """Before whom an objection is lodged, and why."""

    datum = Datum.DEFENCE
    body = Choice(choices=BODIES, label=said("نزد", "Before"))
    grounds = Words(max_length=4000, label=said("کدام بخش رأی نادرست است و چرا", "What is wrong, and why"))
    file = File(required=False, label=said("پیوست (PDF یا عکس)", "Attachment (PDF or picture)"))


class Appealed(forms.Form):
    """Why the court is asked to annul what is in force."""

    datum = Datum.DEFENCE
    grounds = Words(max_length=4000, label=said("کدام بخش رأی نادرست است و چرا", "What is wrong, and why"))
    file = File(required=False, label=said("دادخواست ثبت‌شده (PDF یا عکس)", "The petition as lodged (PDF or picture)"))


class Ruled(forms.Form):
    """What the court ruled or ordered: by which letter, of which day, why; with its scan."""

    datum = Datum.REASONS
    says = Choice(choices=_rulings("upheld", "annulled", "stayed", "lifted"), label=said("چه آمده است", "What it says"))
    letter = forms.CharField(
        max_length=60, label=said("شمارهٔ دادنامه یا دستور", "Number of the judgment or order"), widget=ltr()
    )
    ruled_on = Day(
        label=said("روز دادنامه یا دستور", "Day of the judgment or order"),
        help_text=said(
            "اثر تنبیه با دستور موقت از همین روز متوقف می‌شود.", "By a stay the sanction rests as of that day."
        ),
    )
    scan = File(label=said("تصویر دادنامه یا دستور (PDF یا عکس)", "Its scan (PDF or picture)"))
    reasons = Words(max_length=4000, label=said("دلیل‌های آن", "Its reasons"))


class Answered(forms.Form):
    """What was answered to an objection: by which letter, of which day, why; with its scan."""

    datum = Datum.REASONS
    says = Choice(choices=_rulings("upheld", "changed", "annulled"), label=said("چه آمده است", "What it says"))
    letter = forms.CharField(
        max_length=60, label=said("شمارهٔ نامه یا دادنامه", "Number of the letter or judgment"), widget=ltr()
    )
    ruled_on = Day(label=said("روز نامه", "Day of the letter"))
    rung = forms.CharField(
        max_length=20,
        required=False,
        label=said("تنبیهی که می‌ماند، اگر تغییر کرد", "Sanction that remains, if changed"),
    )
    scan = File(label=said("تصویر نامه (PDF یا عکس)", "Scan of the letter (PDF or picture)"))
    reasons = Words(max_length=4000, label=said("دلیل پاسخ", "Reasons of the answer"))

    def about(self, case: Any) -> None:
        """Offer what is lighter than was imposed."""
        edition, imposed = edition_of(case.dossier), case.sanction.rung
        lighter = [(rung.code, said(*rung.text)) for rung in edition.ladder[: edition.place_of(imposed)]]
        self.fields["rung"].widget = forms.Select(choices=[("", "—"), *lighter])


class FromDay(forms.Form):
    datum = Datum.STATED
    from_on = Day(
        required=False,
        label=said("از روز", "From"),
        help_text=said("اگر خالی بماند، از امروز", "From today, if left empty"),
    )


class Revoked(forms.Form):
    """That the issuer revokes the licence: its number and day."""

    datum = Datum.STATED
    issuer_number = forms.CharField(
        max_length=40, label=said("شمارهٔ نامهٔ صادرکننده", "Number of the issuer's letter"), widget=ltr()
    )
    issued_on = Day(label=said("روز نامه", "Day of the letter"))


class Refused(forms.Form):
    """That the issuer does not revoke it: by which letter, and why."""

    datum = Datum.REASONS
    reasons = Words(max_length=2000, label=said("دلیل و شمارهٔ نامه", "Reasons, and the number of the letter"))
