"""What is asked of whoever does something about a complaint."""

from typing import Any

from django import forms

from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.fields import Words
from pishkhan.complaints.models import Complaint
from pishkhan.complaints.selectors import complaints_seen_by, course_of, last_words
from pishkhan.language.digits import ascii_digits
from pishkhan.language.text import Text
from pishkhan.people.web.form_fields import invalid, ltr, said

from .forms import LONG

NO_SUCH = Text("شکایتی با این شماره در محدودهٔ شما نیست.", "There is no complaint of that number in your places.")


class SummaryForm(ActionForm):
    """What the office is asked, beginning with what it was asked last."""

    summary = Words(
        min_length=5,
        max_length=LONG,
        label=said("خلاصه‌ای که دفتر می‌خواند", "The summary the office reads"),
        help_text=said("بی‌نام و نشان شاکی و بی نوشتهٔ او.", "Without who complained, and not in their words."),
    )

    def begins_with(self) -> dict[str, Any]:
        return {"summary": last_words(course_of(self.row), "summary")}


class VersionForm(ActionForm):
    """A moderated text, beginning with the last one or with what is to be moderated."""

    version = Words(
        min_length=5,
        max_length=LONG,
        label=said("متن ویراسته", "Moderated text"),
        help_text=said(
            "هر چه شاکی را می‌شناساند بردارید. متن اصلی می‌ماند.",
            "Take out whatever tells who it was. The original stays.",
        ),
    )

    def begins_with(self) -> dict[str, Any]:
        course = course_of(self.row)
        return {"version": last_words(course, "version") or course[0].words.get("text", "")}


class AnswerForm(ActionForm):
    """What the office answers."""

    text = Words(min_length=5, max_length=LONG, label=said("پاسخ", "Answer"))


class PublishedForm(AnswerForm):
    """What the complainant reads of the answer, beginning with what was published last or what the office wrote."""

    def begins_with(self) -> dict[str, Any]:
        course = course_of(self.row)
        return {"text": last_words(course, "published") or last_words(course, "answer")}


class ReasonsForm(ActionForm):
    """Why."""

    reasons = Words(min_length=5, max_length=LONG, label=said("دلیل", "Reasons"))


class OutcomeForm(ActionForm):
    """How it ended, and what the complainant is told of it."""

    outcome = forms.ChoiceField(
        label=said("نتیجه", "Outcome"), choices=[(each, said(*each.text)) for each in Complaint.Outcome]
    )
    told = Words(min_length=5, max_length=LONG, label=said("آنچه به شاکی گفته می‌شود", "What the complainant is told"))


class JoinForm(ActionForm):
    """To which complaint, by its number; its cleaned value is the complaint."""

    to = forms.CharField(max_length=24, label=said("شمارهٔ شکایت دیگر", "Number of the other"), widget=ltr())

    def clean_to(self) -> Complaint:
        written = ascii_digits(self.cleaned_data["to"]).strip()
        found = complaints_seen_by(self.by).filter(number__iexact=written).first()
        if found is None:
            raise invalid(NO_SUCH)
        return found
