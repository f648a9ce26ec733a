"""What a report must hold: an answer to each item, a note for each fault, the photos that items ask; and its result."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from pishkhan.inspections import refusals
from pishkhan.inspections.models import Finding, Visit
from pishkhan.language.text import Text
from pishkhan.regulation.selectors import DatedValue, number

from .checklist import HINDERED, INSTEAD, Hindrance, Item, Severity, photos_wanted
from .terms import MAJOR_FAULTS

UNANSWERED = Text("به این بند پاسخ داده نشده است.", "This item is not answered.")
UNKNOWN = Text("این بند در برگهٔ این بازدید نیست.", "This item is not on the checklist of this visit.")
NO_NOTE = Text("ایراد این بند نوشته نشده است.", "What is wrong with this item is not said.")
NO_PHOTO = Text("عکس این بند نیست.", "The photo of this item is missing.")
NO_SUCH_ANSWER = Text("پاسخ یکی از اینهاست: {answers}", "The answer is one of {answers}.").filled(
    answers=", ".join(Finding.Answer.values)
)
NOT_ABSENT = Text("پاسخ «موضوع ندارد» برای این بند نیست.", "This item has no answer 'not applicable'.")
NO_NOTE_OF_IT = Text("نوشته نشده است که چه دیده شد.", "What was seen is not said.")
NO_PHOTO_OF_IT = Text("عکس محل نیست.", "The photo of the place is missing.")


def ask_the_answers(
    items: tuple[Item, ...], answers: dict[str, str], notes: dict[str, str], photographed: Collection[str] | None
) -> None:
    """Refuse a report that is not whole; of photos only where it comes from the spot (None elsewhere)."""
    codes = {item.code for item in items}
    wrong = dict.fromkeys(codes - set(answers), UNANSWERED)
    wrong |= dict.fromkeys((set(answers) | set(notes) | set(photographed or ())) - codes - {""}, UNKNOWN)
    wrong |= {code: NO_SUCH_ANSWER for code, answer in answers.items() if answer not in Finding.Answer.values}
    wrong |= {
        item.code: NOT_ABSENT
        for item in items
        if answers.get(item.code) == Finding.Answer.NOT_APPLICABLE and not item.can_be_absent
    }
    wrong |= {
        code: NO_NOTE
        for code, answer in answers.items()
        if answer == Finding.Answer.NOT_OK and not notes.get(code, "").strip()
    }
    if photographed is not None:
        wrong |= {item.code: wrong.get(item.code, NO_PHOTO) for item in photos_wanted(items, answers, photographed)}
    if wrong:
        raise refusals.WrongAnswers(wrong)


def hindered_item(items: tuple[Item, ...], hindrance: Hindrance) -> Item:
    """What a visit that was hindered finds wanting: an item of its own checklist, where that has one."""
    return next((item for item in items if item.code == INSTEAD.get(hindrance)), HINDERED[hindrance])


def ask_the_hindrance(hindrance: Hindrance, note: str, photographed: Collection[str] | None) -> None:
    """Refuse a report of a hindered visit that does not say what was seen; from the spot a photo shows it."""
    if not note.strip():
        raise refusals.WrongAnswers({"note": NO_NOTE_OF_IT})
    if photographed is not None and HINDERED[hindrance].wants_photo(answered_wrong=True) and not photographed:
        raise refusals.WrongAnswers({"photos": NO_PHOTO_OF_IT})


def result_of(items: tuple[Item, ...], answers: Mapping[str, str], passed: bool | None, major: DatedValue) -> bool:
    """Whether the visit is passed; the inspector may be stricter than the answers, never more lenient."""
    faults = [item for item in items if answers[item.code] == Finding.Answer.NOT_OK]
    critical = [item for item in faults if item.severity == Severity.CRITICAL]
    if critical and passed:
        raise refusals.TooLenient(critical[0].code)
    reckoned = passes((item.severity for item in faults), major)
    return reckoned if passed is None else passed and reckoned


def passes(faults: Iterable[str], major: DatedValue) -> bool:
    """Whether a visit with faults of some severities is passed: a critical one fails it, and so do many major ones.

    How many is a dated number (`major`); while that is a default that nobody adopted, it fails no visit.
    """
    weights = list(faults)
    many = major.binds and weights.count(Severity.MAJOR) >= major.value
    return Severity.CRITICAL not in weights and not many


def major_faults(visit: Visit, on: date) -> DatedValue:
    """How many major faults fail a visit, by the number of the day on which it was made."""
    return number(MAJOR_FAULTS, on=on, kind=visit.office.kind if visit.office else "", place=visit.division_id)
