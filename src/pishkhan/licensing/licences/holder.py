"""What the holder of an office is to know: until when its licence can be renewed, and what is due when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from pishkhan.casework.deadlines import deadlines
from pishkhan.casework.models import Case
from pishkhan.casework.selectors import on_side_of, open_about, own_cases, turn_is
from pishkhan.language.text import Text
from pishkhan.licensing.models import LicenceRequest
from pishkhan.licensing.numbers import RENEWAL_DEADLINE
from pishkhan.licensing.rules.licence_rules import last_day_to_renew
from pishkhan.offices.models import Licence, Office, Undertaking
from pishkhan.offices.selectors import Standing
from pishkhan.offices.services import WINDOW
from pishkhan.offices.status import Status
from pishkhan.offices.undertakings.services import waiting
from pishkhan.payments.models import DemandNote
from pishkhan.people.models import Person
from pishkhan.people.parties import Party, own_rows, party_fields
from pishkhan.people.roles import Role
from pishkhan.regulation.selectors import DatedValue, number

LATER, OPEN, ASKED, RENEWED, OVER = "later", "open", "asked", "renewed", "over"
ASK_FOR_RENEWAL = Text("درخواست تمدید پروانه", "Ask for renewal of the licence")
PAY = Text("پرداخت برگ مطالبه", "Pay the demand note")


@dataclass(frozen=True)
class Renewal:
    """How a licence stands towards its renewal on a day."""

    state: str  # LATER, OPEN, ASKED (a request is under way), RENEWED, OVER
    opens_on: date
    last_day: date  # on which it can be asked for
    days_left: int  # until the window opens if that is later, else until the last day, both counted from today
    deadline: DatedValue  # the number of the law that the last day follows
    ends_on: date  # of the licence: who asks too late has rights until then


@dataclass(frozen=True)
class Due:
    """Something that is to be done: what, by when, and where: about an undertaking, in a case, or yet to be begun."""

    what: Text
    on: date | None
    late: bool
    undertaking: int | None = None  # its key
    case: str = ""  # its number
    amount: int = 0  # rial, of a demand note


def renewal_of(standing: Standing, on: date) -> Renewal:
    """How a licence stands towards its renewal, by the numbers that hold on the day."""
    licence = standing.licence
    window, until = (
        number(key, on=on, kind=licence.kind, place=licence.division_id) for key in (WINDOW, RENEWAL_DEADLINE)
    )
    opens_on, last = last_day_to_renew(licence, window.value), last_day_to_renew(licence, until.value)
    state = _state(standing, on, opens_on, last)
    return Renewal(
        state, opens_on, last, ((opens_on if state == LATER else last) - on).days, until, licence.valid_until
    )


def due_of(office: Office, holder: Party, person: Person, on: date, renewal: Renewal | None = None) -> list[Due]:
    """What an office's holder is to do, the nearest first; of requests and payments only those of whoever asks."""
    found = [Due(ASK_FOR_RENEWAL, renewal.last_day, late=False)] if renewal and renewal.state == OPEN else []
    found += [
        Due(Undertaking.Kind(each.kind).text, each.due_on, each.due_on < on, undertaking=each.pk)
        for each in undertakings_of(office, holder, on).exclude(kind=Undertaking.Kind.HOLDING_PERIOD)
        if each.state == Undertaking.State.OPEN
    ]
    cases = {each.subject: each for each in cases_about(office).filter(own_cases(person))}
    unpaid = _unpaid(cases, person)
    found += [
        Due(PAY, note.due_on, note.due_on is not None and note.due_on < on, case=cases[note.about].number, amount=left)
        for note, left in unpaid
    ]
    to_pay = {note.about for note, _ in unpaid}
    waiting_cases = [each for each in _waiting_for(person, office) if each.submitted_on and each.subject not in to_pay]
    due = deadlines(waiting_cases)
    found += [
        Due(each.where.label, due[each.pk], (due[each.pk] or on) < on, case=each.number) for each in waiting_cases
    ]
    return sorted(found, key=lambda each: (each.on is None, each.on or on))


def undertakings_of(office: Office, holder: Party, on: date) -> QuerySet[Undertaking]:
    """What the holder of an office owes on a day, the nearest first. What another holder owed is not theirs to see."""
    return waiting(on).filter(**party_fields(holder), office=office).select_related("office").order_by("due_on", "pk")


def cases_about(office: Office) -> QuerySet[Case]:
    """The requests about an office, and the one that it came from."""
    origin = LicenceRequest.objects.filter(office=office).values("case")
    return Case.objects.filter(Q(about=office.subject) | Q(pk__in=origin))


def _state(standing: Standing, on: date, opens_on: date, last: date) -> str:
    if Licence.objects.filter(predecessor=standing.licence).exists():
        return RENEWED
    if open_about(standing.licence.office.subject).filter(procedure_code="renewal").exists():
        return ASKED
    if on > last or standing.status in (Status.WAIVED, Status.EXPIRED, Status.SURRENDERED, Status.REVOKED):
        return OVER
    return OPEN if on >= opens_on else LATER


def _unpaid(cases: Iterable[str], person: Person) -> list[tuple[DemandNote, int]]:
    """The demand notes about some cases to a person, or to whom they act for, with how much is owed, in rial."""
    notes = DemandNote.objects.filter(own_rows(person), about__in=list(cases), cancelled_on=None).order_by("pk")
    owed = [
        (each, each.amount - sum(payment.amount for payment in each.payments.all()))
        for each in notes.prefetch_related("payments")
    ]
    return [(note, left) for note, left in owed if left > 0]


def _waiting_for(person: Person, office: Office) -> list[Case]:
    """The requests about an office that wait for the side a person is on."""
    sides = Q(pk__in=())
    for role in (Role.APPLICANT, Role.OTHER_SIDE):
        sides |= on_side_of(person, role) & turn_is([role])
    return list(cases_about(office).filter(sides).order_by("pk"))
