"""What the holder of an office is to know: until when its licence can be renewed, and what is due when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from pishkhan.casework.deadlines.deadlines import deadlines
from pishkhan.casework.models import Case
from pishkhan.casework.selectors import on_side_of, open_about, own_cases, turn_is
from pishkhan.language.text import Text
from pishkhan.licensing.models import LicenceRequest
from pishkhan.licensing.numbers import RENEWAL_DEADLINE, REVIVAL_DEADLINE
from pishkhan.licensing.rules.licence_rules import last_day_to_renew
from pishkhan.licensing.rules.revival_rules import RAN_OUT, last_day_to_revive
from pishkhan.offices.models import Licence, Office, Undertaking
from pishkhan.offices.selectors import CurrentLicence
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
    revives_until: date | None = None  # the last day on which a revival can be asked for, where it ran out


@dataclass(frozen=True)
class Due:
    """Something that is to be done: what, by when, and where: about an undertaking, in a case, or yet to be begun."""

    what: Text
    on: date | None
    late: bool
    undertaking: int | None = None  # its key
    case: str = ""  # its number
    amount: int = 0  # rial, of a demand note


def renewal_of(current: CurrentLicence, on: date) -> Renewal:
    """How a licence stands towards its renewal, by the numbers that hold on the day."""
    licence = current.licence
    window, until = (
        number(key, on=on, kind=licence.kind, place=licence.division_id) for key in (WINDOW, RENEWAL_DEADLINE)
    )
    opens_on, last = last_day_to_renew(licence, window.value), last_day_to_renew(licence, until.value)
    state = _state(current, on, opens_on, last)
    days_left = ((opens_on if state == LATER else last) - on).days
    return Renewal(state, opens_on, last, days_left, until, licence.valid_until, _revives_until(current, on))


def due_of(office: Office, holder: Party, person: Person, on: date, renewal: Renewal | None = None) -> list[Due]:
    """What an office's holder is to do, the nearest first; of requests and payments only those of whoever asks."""
    dues = [Due(ASK_FOR_RENEWAL, renewal.last_day, late=False)] if renewal and renewal.state == OPEN else []
    dues += [
        Due(
            Undertaking.Kind(undertaking.kind).text,
            undertaking.due_on,
            undertaking.due_on < on,
            undertaking=undertaking.pk,
        )
        for undertaking in undertakings_of(office, holder, on).exclude(kind=Undertaking.Kind.HOLDING_PERIOD)
        if undertaking.state == Undertaking.State.OPEN
    ]
    cases = {case.subject: case for case in cases_about(office).filter(own_cases(person))}
    unpaid = _unpaid(cases, person)
    dues += [
        Due(PAY, note.due_on, note.due_on is not None and note.due_on < on, case=cases[note.about].number, amount=left)
        for note, left in unpaid
    ]
    to_pay = {note.about for note, _ in unpaid}
    waiting_cases = [case for case in _waiting_for(person, office) if case.submitted_on and case.subject not in to_pay]
    due = deadlines(waiting_cases)
    dues += [Due(case.where.label, due[case.pk], (due[case.pk] or on) < on, case=case.number) for case in waiting_cases]
    return sorted(dues, key=lambda entry: (entry.on is None, entry.on or on))


def undertakings_of(office: Office, holder: Party, on: date) -> QuerySet[Undertaking]:
    """What the holder of an office owes on a day, the nearest first. What another holder owed is not theirs to see."""
    return waiting(on).filter(**party_fields(holder), office=office).select_related("office").order_by("due_on", "pk")


def cases_about(office: Office) -> QuerySet[Case]:
    """The requests about an office, and the one that it came from."""
    origin = LicenceRequest.objects.filter(office=office).values("case")
    return Case.objects.filter(Q(about=office.subject) | Q(pk__in=origin))


def _revives_until(current: CurrentLicence, on: date) -> date | None:
    licence = current.licence
    if current.status not in RAN_OUT or Licence.objects.filter(predecessor=licence).exists():
        return None
    months = number(REVIVAL_DEADLINE, on=on, kind=licence.kind, place=licence.division_id).value
    last = last_day_to_revive(licence, months)
    return last if on <= last else None


def _state(current: CurrentLicence, on: date, opens_on: date, last: date) -> str:
    if Licence.objects.filter(predecessor=current.licence).exists():
        return RENEWED
    if open_about(current.licence.office.subject).filter(procedure_code="renewal").exists():
        return ASKED
    if on > last or current.status in (Status.WAIVED, Status.EXPIRED, Status.SURRENDERED, Status.REVOKED):
        return OVER
    return OPEN if on >= opens_on else LATER


def _unpaid(cases: Iterable[str], person: Person) -> list[tuple[DemandNote, int]]:
    """The demand notes about some cases to a person, or to whom they act for, with how much is owed, in rial."""
    notes = DemandNote.objects.filter(own_rows(person), about__in=list(cases), cancelled_on=None).order_by("pk")
    unpaid = [
        (note, note.amount - sum(payment.amount for payment in note.payments.all()))
        for note in notes.prefetch_related("payments")
    ]
    return [(note, left) for note, left in unpaid if left > 0]


def _waiting_for(person: Person, office: Office) -> list[Case]:
    """The requests about an office that wait for the side a person is on."""
    sides = Q(pk__in=())
    for role in (Role.APPLICANT, Role.OTHER_SIDE):
        sides |= on_side_of(person, role) & turn_is([role])
    return list(cases_about(office).filter(sides).order_by("pk"))
