"""Acts on checklists that come in without a version: drafted by one, put forward, adopted by another, or withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError

from pishkhan.casework.actions.actions import taking
from pishkhan.files.models import StoredFile
from pishkhan.files.services import entrust
from pishkhan.inspections.models import ChecklistEdition, ChecklistItem
from pishkhan.journal.acts import begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.jalali import jalali_year
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.people.stated import past_day, words
from pishkhan.regulation.models import Instrument
from pishkhan.regulation.selectors import ARTICLE

from . import refusals
from .checklist import Edition, Item
from .coverage import visits_without_items
from .rows import ItemFacts, read_items
from .selectors import DRAFTERS, PROVINCE, as_edition, editions_of, has_begun

State = ChecklistEdition.State
IN_ROW = Text("ردیف {row}: {column}: {why}", "Row {row}: {column}: {why}")
WRONG = Text("برخی بندها نادرست است.", "Some items are wrong.")


@retried
def draft_checklist(place: str, valid_from: date, *, by: Person, like: str = "") -> ChecklistEdition:
    """Begin an edition of a province from a day to come on, with the items of another (`like`) if one is named."""
    if len(place) != PROVINCE:
        raise refusals.NotOfAProvince()
    if valid_from <= today():
        raise refusals.DayHasCome()
    role = next((role for role in DRAFTERS if by.capacity(role, over=ChecklistEdition(place=place))), DRAFTERS[0])
    copied = _edition_named(like, place) if like else None
    row = ChecklistEdition(code="", place=place, valid_from=valid_from, drafted_by=by, drafted_on=today())
    with begin(by, "checklist.draft", row, role=role) as entry:
        year = jalali_year(valid_from)
        row.code = f"{place}-{year}-{next_number(f'checklist-{place}', year=year)}"
        if copied:
            _write_all(row, _copies(copied, valid_from))
        entry.facts = {"code": row.code, "place": place, "valid_from": valid_from, "like": like}
        entry.facts["items"] = _codes(row)
    return row


@retried
def put_item(row: ChecklistEdition, *, item: Mapping[str, Any], by: Person) -> ChecklistEdition:
    """Write an item of a draft; what it had of the same code is replaced in its place, a new one comes last."""
    with taking(row, "put", by=by) as entry:
        read = read_items([item])
        if read.faults:
            raise Invalid(WRONG, {column: why for _, column, why in read.faults})
        (facts,) = read.items
        there = row.items.filter(code=facts.code).first()
        last = row.items.order_by("-position").values_list("position", flat=True).first() or 0
        _write(row, there.position if there else last + 1, facts)
        entry.facts = {"code": row.code, "item": facts.code, "severity": facts.severity}
    return row


@retried
def drop_item(row: ChecklistEdition, *, code: str, by: Person) -> ChecklistEdition:
    """Leave an item out of a draft."""
    with taking(row, "drop", by=by) as entry:
        deleted, _ = row.items.filter(code=code).delete()
        if not deleted:
            raise refusals.NoSuchItem()
        entry.facts = {"code": row.code, "item": code}
    return row


@retried
def fill_checklist(
    row: ChecklistEdition, *, items: Sequence[Mapping[str, Any]], by: Person, first: int = 1
) -> ChecklistEdition:
    """Write all items of a draft anew, wholly or not at all; each row that is wrong is named."""
    facts = checked_items(items, first=first)
    with taking(row, "fill", by=by) as entry:
        _write_all(row, facts)
        entry.facts = {"code": row.code, "items": _codes(row)}
    return row


@retried
def set_first_day(row: ChecklistEdition, *, valid_from: date, by: Person) -> ChecklistEdition:
    """Let a draft begin on another day to come."""
    with taking(row, "set-day", by=by) as entry:
        if valid_from <= today():
            raise refusals.DayHasCome()
        row.valid_from = valid_from
        entry.facts = {"code": row.code, "valid_from": valid_from}
    return row


@retried
def propose_checklist(row: ChecklistEdition, *, by: Person) -> ChecklistEdition:
    """Put a draft before the director, once nothing is missing."""
    with taking(row, "propose", by=by) as entry:
        _ask_the_day(row)
        if faults := what_is_missing(row):
            raise refusals.NotWhole(faults)
        row.state = State.PROPOSED
        entry.facts = {"code": row.code, "state": row.state, "valid_from": row.valid_from, "items": _codes(row)}
    return row


@retried
def return_checklist(row: ChecklistEdition, *, reason: str, by: Person) -> ChecklistEdition:
    """Give a checklist back to who drafted it, with the reason: the director."""
    with taking(row, "return", by=by) as entry:
        row.state = State.DRAFT
        entry.facts = {"code": row.code, "state": row.state, "reason": _reason(entry, reason)}
    return row


@retried
def adopt_checklist(
    row: ChecklistEdition, *, decision: str, decision_on: date, scan: StoredFile, by: Person
) -> ChecklistEdition:
    """Let a checklist hold from its day on, by a numbered decision with its scan: a director who wrote none of it."""
    try:
        with taking(row, "adopt", by=by) as entry:
            if scan.uploaded_by != by.ref:
                raise Missing()
            _ask_the_day(row)
            row.decision, row.scan = words("decision", decision, 60), scan
            row.decision_on, row.state = past_day("decision_on", decision_on), State.ADOPTED
            row.adopted_by, row.adopted_on = by, today()
            entrust(scan, row.subject, because=entry)
            entry.facts = {
                "code": row.code,
                "state": row.state,
                "valid_from": row.valid_from,
                "decision": row.decision,
                "decision_on": row.decision_on,
                "scan": {"file": str(scan.pk), "digest": scan.digest},
                "items": _codes(row),
            }
    except IntegrityError as clash:  # one engine names the constraint, the other its columns
        if not any(name in str(clash) for name in ("one_checklist_from_a_day", "checklistedition.place")):
            raise
        raise refusals.DayIsTaken() from None
    return row


@retried
def discard_checklist(row: ChecklistEdition, *, by: Person) -> ChecklistEdition:
    """Give up what was not adopted."""
    with taking(row, "discard", by=by) as entry:
        row.state = State.WITHDRAWN
        entry.facts = {"code": row.code, "state": row.state}
    return row


@retried
def withdraw_checklist(row: ChecklistEdition, *, reason: str, by: Person) -> ChecklistEdition:
    """Withdraw what was adopted before its day comes, with the reason: the director. Later another replaces it."""
    with taking(row, "withdraw", by=by) as entry:
        _ask_the_day(row)
        row.state = State.WITHDRAWN
        entry.facts = {"code": row.code, "state": row.state, "reason": _reason(entry, reason)}
    return row


def checked_items(items: Sequence[Mapping[str, Any]], *, first: int = 1) -> list[ItemFacts]:
    """Items as rows state them; refused with all that is wrong, row by row. Nothing is written."""
    read = read_items(items, first=first)
    faults = [IN_ROW.filled(row=number, column=column, why=why) for number, column, why in read.faults]
    if not items:
        faults = [refusals.NO_ITEMS]
    if faults:
        text = refusals.NotWhole(faults).text
        raise Invalid(text, {"table": text, "file": text})
    return read.items


def what_is_missing(row: ChecklistEdition) -> list[Text]:
    """What keeps a draft from being put forward."""
    items = list(row.items.all())
    if not items:
        return [refusals.NO_ITEMS]
    bare = [refusals.NO_ARTICLE.filled(code=item.code) for item in items if not (item.instrument_id and item.article)]
    return bare + refusals.of_visits(refusals.NOTHING_SEEN, visits_without_items(as_edition(row)))


def _ask_the_day(row: ChecklistEdition) -> None:
    if has_begun(row, today()):
        raise refusals.DayHasCome()


def _reason(entry: Entry, reason: str) -> str:
    return keep(entry, "reason", words("reason", reason, 2000), whose=entry.subject)


def _edition_named(code: str, place: str) -> Edition:
    named = next((held for held in editions_of(place) if held.code == code), None)
    if named is None:
        raise refusals.NoSuchEdition()
    return named


def _copies(copied: Edition, on: date) -> list[ItemFacts]:
    """The items of an edition that hold on a day, with their instruments as far as these are entered."""
    instruments = list(Instrument.objects.order_by("pk"))
    running = {module.code for module in copied.modules if module.holds_on(on)}
    return [_copy(item, instruments) for item in copied.items if not item.module or item.module in running]


def _copy(item: Item, instruments: Iterable[Instrument]) -> ItemFacts:
    instrument, article = _source(item, instruments)
    return ItemFacts(
        code=item.code,
        text_fa=item.text.fa,
        text_en=item.text.en,
        severity=item.severity.value,
        evidence=item.evidence.value,
        objects_seen=",".join(item.objects),
        kinds=",".join(item.kinds),
        visits=",".join(item.visits),
        purposes=",".join(item.purposes),
        at_places=",".join(item.at_places),
        can_be_absent=item.can_be_absent,
        instrument=instrument,
        article=article,
    )


def _source(item: Item, instruments: Iterable[Instrument]) -> tuple[Instrument | None, str]:
    """The instrument and article of an item that cites them in words."""
    for instrument in instruments:
        cited, _, article = ARTICLE.filled(title=instrument.title, article="\0").fa.partition("\0")
        if item.article and item.article.fa.startswith(cited):
            return instrument, item.article.fa.removeprefix(cited).removesuffix(article)
        if item.article == instrument.title:
            return instrument, ""
    return None, ""


def _write_all(row: ChecklistEdition, items: Iterable[ItemFacts]) -> None:
    row.items.all().delete()
    for position, facts in enumerate(items, start=1):
        _write(row, position, facts)


def _write(row: ChecklistEdition, position: int, facts: ItemFacts) -> None:
    ChecklistItem.objects.update_or_create(edition=row, code=facts.code, defaults={"position": position, **vars(facts)})


def _codes(row: ChecklistEdition) -> list[str]:
    return list(row.items.values_list("code", flat=True))
