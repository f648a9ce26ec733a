"""What a court or another body ruled: one enters it with the scan, another carries it out once they have seen it."""

from datetime import datetime

from pishkhan.casework.models import Case, Document
from pishkhan.casework.procedures.procedure import FormData, effect, rule
from pishkhan.casework.refusals import InvalidAnswers
from pishkhan.enforcement.law import DISPUTES, STAYS
from pishkhan.enforcement.models import Ruling
from pishkhan.enforcement.selectors import edition_of, imposed_in, sanction_of
from pishkhan.files.models import StoredFile
from pishkhan.journal.clock import day_of, today
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

SCANNED_BY = (Role.SECRETARY, Role.EXPERT)
NOT_SCANNED_HERE = Text(
    "این تصویر را کسی از دبیرخانه بارگذاری نکرده است.", "Nobody of the secretariat uploaded this scan."
)


def ruling_of(case: Case) -> Ruling:
    """The ruling that waits to be carried out."""
    return case.rulings.get(closed_on=None)


def _says(case: Case, outcome: str) -> bool:
    return case.rulings.filter(closed_on=None, says=outcome).exists()


@rule("آنچه ثبت شده رأی را تأیید می‌کند.", "What was entered upholds the decision.", article=DISPUTES)
def ruling_upholds(case: Case, at: datetime, data: FormData) -> bool:
    return _says(case, Ruling.Says.UPHELD)


@rule("آنچه ثبت شده رأی را تغییر می‌دهد.", "What was entered changes the decision.", article=DISPUTES)
def ruling_changes(case: Case, at: datetime, data: FormData) -> bool:
    return _says(case, Ruling.Says.CHANGED)


@rule("آنچه ثبت شده رأی را باطل می‌کند.", "What was entered annuls the decision.", article=DISPUTES)
def ruling_annuls(case: Case, at: datetime, data: FormData) -> bool:
    return _says(case, Ruling.Says.ANNULLED)


@rule("آنچه ثبت شده دستور موقت دیوان است.", "What was entered is the court's stay.", article=STAYS)
def ruling_stays(case: Case, at: datetime, data: FormData) -> bool:
    return _says(case, Ruling.Says.STAYED)


@rule("آنچه ثبت شده رفع دستور موقت است.", "What was entered lifts the court's stay.", article=STAYS)
def ruling_lifts(case: Case, at: datetime, data: FormData) -> bool:
    return _says(case, Ruling.Says.LIFTED)


@rule("اجرا به دستور دیوان متوقف است.", "The execution is stayed by the court.", article=STAYS)
def a_stay_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return case.stays.filter(ended_on=None).exists()


@rule("اجرا متوقف نیست.", "The execution is not stayed.", article=STAYS)
def no_stay_is_open(case: Case, at: datetime, data: FormData) -> bool:
    return not case.stays.filter(ended_on=None).exists()


@rule(
    "روز رأی یا دستور رسیده است.",
    "The day of the ruling has come.",
    article=DISPUTES,
    on_answers=True,
    beside=("ruled_on",),
)
def day_of_the_ruling_has_come(case: Case, at: datetime, data: FormData) -> bool:
    return bool(data["ruled_on"] <= day_of(at))


@rule(
    "دستور موقت پس از اجراست.",
    "A stay is ordered after the execution.",
    article=STAYS,
    on_answers=True,
    beside=("ruled_on",),
)
def order_came_after_the_execution(case: Case, at: datetime, data: FormData) -> bool:
    sanction = sanction_of(case)
    executed_on = sanction.executed_on if sanction else None
    return data["says"] != Ruling.Says.STAYED or bool(executed_on and executed_on <= data["ruled_on"])


@rule(
    "تنبیه تازه از تنبیه رأی سبک‌تر است.",
    "The sanction that remains is lighter than the one imposed.",
    article=DISPUTES,
    on_answers=True,
    beside=("rung",),
)
def nobody_is_worse_off(case: Case, at: datetime, data: FormData) -> bool:
    ladder, imposed = edition_of(case.dossier).ladder, imposed_in(case).rung
    lighter = [rung.code for rung in ladder[: edition_of(case.dossier).place_of(imposed)]]
    return data["says"] != Ruling.Says.CHANGED or data["rung"] in lighter


@effect(
    "رأی یا دستور با تصویرش نوشته می‌شود و در انتظار تأیید دیگری است.",
    "The ruling is entered with its scan, and waits for another person.",
)
def enter_the_ruling(case: Case, entry: Entry, data: FormData) -> FormData:
    """One enters what was ruled; nothing of it is carried out before another has seen the scan."""
    _put_with(case, entry, data["scan"])
    Ruling(
        case=case,
        number=entry.number,
        says=data["says"],
        letter=data["letter"],
        ruled_on=data["ruled_on"],
        rung=data.get("rung") or "" if data["says"] == Ruling.Says.CHANGED else "",
    ).save(force_insert=True)
    return {"says": data["says"]}


@effect("آنچه ثبت شده بود کنار گذاشته می‌شود.", "What was entered is set aside.")
def set_aside(case: Case, entry: Entry, data: FormData) -> FormData:
    """The scan does not say what was entered: nothing comes of it."""
    close_ruling(case)
    return {}


def close_ruling(case: Case) -> Ruling:
    """Let a ruling wait no more, within the act of the step that carries it out or sets it aside."""
    ruling = ruling_of(case)
    ruling.closed_on = today()
    ruling.save(update_fields=["closed_on"])
    return ruling


def _put_with(case: Case, entry: Entry, scan: StoredFile) -> None:
    """Put the scan with the case: one that somebody of the secretariat uploaded, never a party's."""
    uploader = _person_of(scan.uploaded_by)
    if uploader is None or not uploader.capacities(SCANNED_BY, over=case):
        raise InvalidAnswers({"scan": NOT_SCANNED_HERE})
    case.documents.filter(kind="ruling", replaced=False).update(replaced=True)
    Document(case=case, kind="ruling", file=scan, number=entry.number).save(force_insert=True)


def _person_of(ref: str) -> Person | None:
    kind, _, key = ref.partition(":")
    return Person.objects.filter(pk=int(key)).first() if kind == "person" else None
