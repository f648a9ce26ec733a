"""What whoever complains does: complaining, adding to it, saying whether it is settled, taking back how to be reached.

They are not signed in: whoever knows the code of a complaint is the one who made it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.base import File

from pishkhan.counter.models import Service
from pishkhan.files.judging import judged
from pishkhan.files.refusals import NotAllowedType
from pishkhan.files.services import sent_of, store
from pishkhan.files.types import MEDIA_TYPES
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import ancestors
from pishkhan.journal.acts import Actor, Machine, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import destroy, keep
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.numbering import next_number
from pishkhan.journal.refusals import Invalid
from pishkhan.language.codes import fresh_code
from pishkhan.language.jalali import jalali_year
from pishkhan.language.prefixes import number_prefix
from pishkhan.language.text import Text
from pishkhan.letters.pictures import bare
from pishkhan.offices.models import Office
from pishkhan.people.models import Assignment

from . import refusals
from .deadlines import moved
from .kinds import kind_of
from .models import DESK, OPEN, Complaint, ComplaintPhoto, State

PREFIX = number_prefix("CO", "complaints")

COMPLAINANT = Machine("complainant")
PHOTO_BYTES, MOST_PHOTOS = 8 * 1024 * 1024, 3
NOT_OF_THIS = Text("این گونه شکایت دربارهٔ {what} نیست.", "That kind of complaint is not about {what}.")
AN_OFFICE, A_PLACE = Text("دفتری با کد", "an office"), Text("جایی بی‌دفتر", "a place without an office")
TO_COME = Text("این روز هنوز نیامده است.", "That day is still to come.")
NOBODY_HERE = Text(
    "کسی در این سامانه به شکایت‌های آنجا رسیدگی نمی‌کند؛ به ادارهٔ همان استان بگویید.",
    "Nobody here sees to complaints of that place: tell the directorate of its province.",
)
WHERE = Text("بگویید دربارهٔ کدام دفتر یا کجاست.", "Say which office or which place it is about.")


@retried
def complain(
    *,
    kind: str,
    text: str,
    happened_on: date,
    office: Office | None = None,
    place: Division | None = None,
    where: str = "",
    service: Service | None = None,
    charged: int | None = None,
    contact: str = "",
    photos: "Sequence[File[Any]]" = (),
    door: str = Complaint.Door.WEB,
    reference: str = "",
    by: Actor = COMPLAINANT,
    role: str = COMPLAINANT.ref,
) -> Complaint:
    """Take in a complaint about an office, or about a place without one. Nobody need say who they are."""
    division = office.division if office else place
    _ask_what_it_is_about(kind, office, division, happened_on)
    assert division is not None, "asked just now"  # noqa: S101
    on = today()
    asks = kind_of(kind).asks_charge
    with one_transaction():
        year = jalali_year(on)
        number = next_number(f"complaint:{division.code[:2]}", year=year)
        made = Complaint(
            number=f"{PREFIX}-{division.code[:2]}-{year}-{number:04}",
            code=fresh_code(),
            door=door,
            kind=kind,
            reference=reference,
            office=office,
            division=division,
            service=service if asks else None,
            charged=charged if asks else None,
            happened_on=happened_on,
            received_on=on,
            since=on,
        )
        moved(made, State.RECEIVED)
        with begin(by, "complaint.receive", made, role=role, happened_on=on) as entry:
            entry.facts = {
                "number": made.number,
                "kind": kind,
                "to": made.state,
                "door": door,
                "office": office.code if office else "",
                "division": division.code,
                "day": happened_on,
                "service": made.service.code if made.service else "",
                "charged": made.charged,
                "text": keep(entry, "text", text, whose=made.whose),
            }
            if where:
                entry.facts["where"] = keep(entry, "where", where, whose=made.whose)
            if contact:
                entry.facts["contact"] = keep(entry, "contact", contact, whose=made.whose_contact)
            entry.facts["photos"] = [_taken(made, photo, entry) for photo in photos[:MOST_PHOTOS]]
    return made


@retried
def add(complaint: Complaint, text: str) -> Complaint:
    """Add to one's complaint while it is open."""
    with act(COMPLAINANT, "complaint.add", on=complaint, role=COMPLAINANT.ref) as entry:
        if complaint.leading.state not in OPEN:
            raise refusals.StandsElsewhere()
        entry.facts = {"text": keep(entry, "text", text, whose=complaint.whose)}
    return complaint


@retried
def say_settled(complaint: Complaint, settled: bool) -> Complaint:
    """Say whether what one complained of is settled."""
    with act(
        COMPLAINANT, "complaint.settled" if settled else "complaint.unsettled", on=complaint, role=COMPLAINANT.ref
    ):
        complaint.settled = settled
    return complaint


@retried
def take_back_contact(complaint: Complaint) -> Complaint:
    """Let the house forget how to reach one: the words and their secret are destroyed."""
    with act(COMPLAINANT, "complaint.take-back-contact", on=complaint, role=COMPLAINANT.ref) as entry:
        entry.facts = {"words": destroy(complaint.whose_contact, entry)}
    return complaint


def _ask_what_it_is_about(kind: str, office: Office | None, division: Division | None, happened_on: date) -> None:
    declared, wrong = kind_of(kind), {}
    if division is None:
        wrong["office"] = WHERE
    elif office is not None and not declared.of_office:
        wrong["kind"] = NOT_OF_THIS.filled(what=AN_OFFICE)
    elif office is None and not declared.of_place:
        wrong["kind"] = NOT_OF_THIS.filled(what=A_PLACE)
    elif office is None and not is_seen_to(division):
        wrong["place"] = NOBODY_HERE
    if happened_on > today():
        wrong["happened_on"] = TO_COME
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def is_seen_to(division: Division) -> bool:
    """Whether somebody decides on the complaints of a place today: of all others nobody would ever read one."""
    return Assignment.objects.current().filter(role__in=DESK, place__in=ancestors(division.code)).exists()


def _taken(complaint: Complaint, photo: "File[Any]", entry: Entry) -> dict[str, str]:
    """A photo, without the name it came under, which may tell of whom: it belongs to the complaint."""
    try:
        kept = judged(sent_of(photo, PHOTO_BYTES))
    except NotAllowedType:
        raise refusals.NotAPicture() from None
    if bare(kept.content) is None:
        raise refusals.NotAPicture()
    photo.name = f"photo.{MEDIA_TYPES[kept.media_type][0]}"
    file = store(
        photo,
        by=entry.by,
        division=complaint.division,
        role=entry.role,
        limit=PHOTO_BYTES,
        because=entry,
        whose=complaint.whose,
    )
    ComplaintPhoto.objects.create(complaint=complaint, file=file)
    return {"file": str(file.pk), "digest": file.digest}
