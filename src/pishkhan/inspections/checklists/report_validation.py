"""What a report must hold: an answer to each item, a note for each fault, the photos that items ask; and its result."""

from collections.abc import Collection, Iterable, Mapping

from pishkhan.inspections import refusals
from pishkhan.inspections.models import Finding
from pishkhan.language.text import Text

from .checklist import Item, Severity, photos_wanted

UNANSWERED = Text("به این بند پاسخ داده نشده است.", "This item is not answered.")
UNKNOWN = Text("این بند در برگهٔ این بازدید نیست.", "This item is not on the checklist of this visit.")
NO_NOTE = Text("ایراد این بند نوشته نشده است.", "What is wrong with this item is not said.")
NO_PHOTO = Text("عکس این بند نیست.", "The photo of this item is missing.")
NO_SUCH_ANSWER = Text("پاسخ یکی از اینهاست: {answers}", "The answer is one of {answers}.").filled(
    answers=", ".join(Finding.Answer.values)
)
MAJOR_FAULTS = 3  # as many fail a visit


def ask_the_answers(
    items: tuple[Item, ...], answers: dict[str, str], notes: dict[str, str], photographed: Collection[str] | None
) -> None:
    """Refuse a report that is not whole; of photos only where it comes from the spot (None elsewhere)."""
    asked = {item.code for item in items}
    wrong = dict.fromkeys(asked - set(answers), UNANSWERED)
    wrong |= dict.fromkeys((set(answers) | set(notes) | set(photographed or ())) - asked - {""}, UNKNOWN)
    wrong |= {code: NO_SUCH_ANSWER for code, answer in answers.items() if answer not in Finding.Answer.values}
    wrong |= {
        code: NO_NOTE
        for code, answer in answers.items()
        if answer == Finding.Answer.NOT_OK and not notes.get(code, "").strip()
    }
    if photographed is not None:
        wrong |= {item.code: wrong.get(item.code, NO_PHOTO) for item in photos_wanted(items, answers, photographed)}
    if wrong:
        raise refusals.WrongAnswers(wrong)


def result_of(items: tuple[Item, ...], answers: Mapping[str, str], told: bool | None) -> bool:
    """Whether the visit is passed; the inspector may be stricter than the answers, never more lenient."""
    faults = [item for item in items if answers[item.code] == Finding.Answer.NOT_OK]
    critical = [item for item in faults if item.severity == Severity.CRITICAL]
    if critical and told:
        raise refusals.TooLenient(critical[0].code)
    reckoned = passes(item.severity for item in faults)
    return reckoned if told is None else told and reckoned


def passes(faults: Iterable[str]) -> bool:
    """Whether a visit with faults of some severities is passed: a critical one fails it, and so do three major ones.

    A default of ours.
    """
    weights = list(faults)
    return Severity.CRITICAL not in weights and weights.count(Severity.MAJOR) < MAJOR_FAULTS
