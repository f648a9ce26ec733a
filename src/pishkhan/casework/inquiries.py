"""Questions put to other bodies in parallel, each with a clock of its own. Written by the steps of a case."""

from datetime import date
from typing import Any

from pishkhan.journal.clock import today
from pishkhan.regulation.calendar import working_days

from .models import Case, Inquiry
from .procedures.procedure import effect

SILENCE = "-"  # the letter of a body that did not write


@effect(
    "از دستگاه‌هایی که هنوز پاسخ موافق نداده‌اند استعلام می‌شود.", "Every body that has not cleared the case is asked."
)
def ask_all(case: Case, entry: Any, stated: dict[str, Any]) -> dict[str, Any]:
    """Ask every body that has not cleared the case and is not asked already: a new place is asked about anew."""
    answers, waiting = latest_answers(case), {inquiry.code for inquiry in open_inquiries(case)}
    asked = [kind.code for kind in case.procedure.inquiries if not answers.get(kind.code) and kind.code not in waiting]
    Inquiry.objects.bulk_create(Inquiry(case=case, code=code, asked_on=today()) for code in asked)
    return {"asked": asked}


@effect("پاسخ دستگاه و شمارهٔ نامه‌اش نوشته می‌شود.", "The answer is noted, with its letter.")
def note_answer(case: Case, entry: Any, stated: dict[str, Any]) -> dict[str, Any]:
    """Note that a body answered: cleared or not, by which letter."""
    inquiry = case.inquiries.get(code=stated["inquiry"], answered_on=None)
    inquiry.answered_on, inquiry.cleared = today(), stated["outcome"] == "cleared"
    inquiry.letter, inquiry.letter_on = stated["letter"], stated["letter_on"]
    inquiry.save()
    return {}


@effect(
    "نوشته می‌شود به کدام دستگاه‌ها یادآوری شد و سکوت کدام‌ها موافقت است.",
    "It is noted which bodies were reminded, and whose silence clears the case.",
)
def note_reminder(case: Case, entry: Any, stated: dict[str, Any]) -> dict[str, Any]:
    """Note which bodies were reminded; where the edition lets silence clear a case, that it does."""
    told: dict[str, list[str]] = {"reminded": [], "silent": []}
    for inquiry in late_inquiries(case, today()):
        if case.procedure.inquiry(inquiry.code).silence_clears:
            inquiry.answered_on, inquiry.cleared, inquiry.letter = today(), True, SILENCE
        else:
            inquiry.reminded_on = today()
        inquiry.save()
        told["silent" if inquiry.cleared else "reminded"].append(inquiry.code)
    return told


def forget_the_place(case: Case) -> None:
    """What bodies said of a place that was given up holds no longer; what they said of persons does."""
    about_place = [kind.code for kind in case.procedure.inquiries if kind.about == "place"]
    case.inquiries.filter(code__in=about_place).update(void=True)


def open_inquiries(case: Case) -> list[Inquiry]:
    return list(case.inquiries.filter(answered_on=None))


def latest_answers(case: Case) -> dict[str, bool]:
    """By the code of the inquiry, whether the latest answer cleared the case."""
    answered = case.inquiries.filter(answered_on__isnull=False, void=False).order_by("id")
    return {code: bool(cleared) for code, cleared in answered.values_list("code", "cleared")}


def refused_about(case: Case, about: str) -> bool:
    """Whether the latest answer to an inquiry about the person, or the place, did not clear the case."""
    return any(
        not cleared and case.procedure.inquiry(code).about == about for code, cleared in latest_answers(case).items()
    )


def all_cleared(case: Case) -> bool:
    """Whether every body that the procedure asks has cleared the case, and no answer is open."""
    answers = latest_answers(case)
    return not open_inquiries(case) and all(answers.get(kind.code) for kind in case.procedure.inquiries)


def due_days_used(inquiry: Inquiry, on: date, place: str) -> int:
    return working_days(inquiry.asked_on, on, place=place)


def late_inquiries(case: Case, on: date) -> list[Inquiry]:
    """Open inquiries whose own term is over and of which nobody was reminded yet."""
    return [
        inquiry
        for inquiry in open_inquiries(case)
        if inquiry.reminded_on is None
        and due_days_used(inquiry, on, case.division_id)
        > case.reckoned(case.procedure.inquiry(inquiry.code).within).value
    ]
