"""Taking in what a phone sends of a visit: once, wholly or not at all, however often it comes."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.db.models import Q

from pishkhan.inspections import refusals
from pishkhan.inspections.checklists import checklist
from pishkhan.inspections.checklists.selectors import edition_in_force, held_until, was_in_force
from pishkhan.inspections.evidence import PLACES, Fix, Flag, Photo, Signature, Submission
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import last_inspector, visits_seen_by
from pishkhan.inspections.visits.services import submit_hindered_visit, submit_visit
from pishkhan.journal.acts import act, begin
from pishkhan.journal.clock import day_of, now
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing, NotPermitted, Refusal, Unavailable
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import current_licences
from pishkhan.offices.status import Status
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import within

from . import field_refusals
from .plausibility import Made, flags_of
from .report import Begun, Moment, Position, Report, ReportedPhoto, Signed, placeless, places_of, position_fields

ENDED = (Status.SURRENDERED, Status.REVOKED)
ON_THE_SPOT = (checklist.Kind.ROUTINE, checklist.Kind.COMPLAINT, checklist.Kind.FOLLOW_UP, checklist.Kind.CLOSURE_CHECK)
A_MINUTE = timedelta(minutes=1)


def receive(report: Report, *, sent_at: datetime, by: Person) -> Submission:
    """Take in a report and what it names as evidence; what it was before, if it came before."""
    try:
        return _receive(report, sent_at, by)
    except IntegrityError:  # the same report, or another under its identifier, was taken in at this instant
        return _receive(report, sent_at, by)


def hand_in(report: Report, *, sent_at: datetime, by: Person) -> Submission:
    """Take in a report if it can be; else keep it as it is, with why it was refused, for the house to see."""
    try:
        return _hand_in(report, sent_at, by)
    except IntegrityError:  # it was handed in at this instant
        return _hand_in(report, sent_at, by)


@retried
def _hand_in(report: Report, sent_at: datetime, by: Person) -> Submission:
    try:
        return receive(report, sent_at=sent_at, by=by)
    except Refusal as refusal:
        if isinstance(refusal, field_refusals.SentDifferently | Unavailable):  # it is to be sent again
            raise
        because = type(refusal).__name__
    visit = Visit.objects.filter(pk=report.visit).filter(Q(inspector=by) | Q(pk__in=visits_seen_by(by))).first()
    places = [assignment.place for assignment in by.assignments_today if assignment.role == Role.INSPECTOR]
    if visit is None and not places:
        raise NotPermitted(refusals.NotAnInspector().text)
    submission = _submission(
        report,
        visit,
        sent_at,
        by,
        outcome=Submission.Outcome.HANDED_IN,
        because=because,
        division_id=visit.division_id if visit else places[0],
    )
    with begin(by, "visit.hand_in", submission, role=Role.APPLICANT) as entry:
        entry.facts = {
            "visit": str(report.visit),
            "because": because,
            "digest": submission.digest,
            "device": report.device,
            "report": keep(entry, "report", placeless(report).model_dump_json(), whose=submission.subject),
            "places": keep(entry, PLACES, json.dumps(places_of(report)), whose=submission.places),
        }
    return submission


@retried
def _receive(report: Report, sent_at: datetime, by: Person) -> Submission:
    with one_transaction():
        if known := _known(report, by):
            return known
        skew = sent_at - now()
        moved = _in_our_time(report, skew)
        visit = _visit_of(moved, by)
        lock(visit)
        if known := _known(report, by):  # it came while this one waited
            return known
        _ask_what_became(visit, moved, by)
        _submit(visit, moved, by)
        submission = _submission(
            report, visit, sent_at, by, outcome=Submission.Outcome.TAKEN, division_id=visit.division_id
        )
        return _with_evidence(submission, moved, visit, skew)


def _submit(visit: Visit, report: Report, by: Person) -> None:
    on, photographed = _day(report), {photo.item for photo in report.photos}
    if report.hindered:
        said = report.hindered
        submit_hindered_visit(visit, what=said.what, note=said.note, visited_on=on, by=by, photographed=photographed)
        return
    submit_visit(
        visit,
        answers=report.answers,
        visited_on=on,
        by=by,
        passed=report.passed,
        notes=report.notes,
        further=tuple(report.further),
        photographed=photographed,
    )


def _known(report: Report, by: Person) -> Submission | None:
    known = Submission.objects.select_related("visit").filter(pk=report.id).first()
    if known and (known.person_id != by.pk or known.digest != report.digest):
        raise field_refusals.SentDifferently()
    return known


def _in_our_time(report: Report, skew: timedelta) -> Report:
    """The report with its times set back by what the phone's clock was ahead, if they have not come yet."""
    if report.left.at > now():
        back = max(skew, timedelta())
        report = report.model_copy(deep=True)
        for moment in (report.arrived, report.left, report.inspector, report.office):
            moment.at -= back
        for photo in report.photos:
            photo.taken_at -= back
    if report.left.at > now() + A_MINUTE:
        raise field_refusals.ATimeToCome()
    if report.left.at < report.arrived.at:
        raise field_refusals.LeftBeforeArriving()
    return report


def _visit_of(report: Report, by: Person) -> Visit:
    """The visit of a report, if it is one the inspector may know of; begun by it, if it says so."""
    visit = Visit.objects.select_related("office", "case", "machine").filter(pk=report.visit).first()
    if visit is None and report.begun:
        return _begun_on_the_spot(report, report.begun, by)
    if visit is None or (visit.inspector_id != by.pk and not visits_seen_by(by).filter(pk=visit.pk).exists()):
        raise Missing()
    return visit


def _begun_on_the_spot(report: Report, begun: Begun, by: Person) -> Visit:
    """A visit that nobody planned, at an office of the inspector's region; never twice running by the same."""
    office = within(Office.objects.all(), by).filter(code=begun.office).first()
    if office is None:
        raise Missing()
    if begun.kind not in ON_THE_SPOT:
        raise field_refusals.NotOnTheSpot()
    on = _day(report)
    if not was_in_force(on, office.division_id):
        raise field_refusals.NoChecklistThen()
    visit = Visit(
        pk=report.visit,
        kind=begun.kind,
        purpose=begun.purpose,
        seen=checklist.Object.OFFICE,
        office=office,
        division_id=office.division_id,
        edition=_edition_of(report, on, office),
        inspector=by,
        state=Visit.State.ASSIGNED,
        planned_on=on,
    )
    with begin(by, "visit.begin_on_the_spot", visit, role=Role.INSPECTOR, happened_on=on) as entry:
        lock(visit)
        lock(office)
        if last_inspector(visit) == by.pk:
            raise refusals.TheSameInspector()
        if Visit.objects.filter(office=office, inspector=by, state=Visit.State.ASSIGNED).exclude(pk=visit.pk).exists():
            raise field_refusals.AlreadyGiven()
        entry.facts = {
            "kind": visit.kind,
            "seen": visit.seen,
            "about": office.subject,
            "purpose": visit.purpose,
            "edition": visit.edition,
        }
    return visit


def _edition_of(report: Report, on: date, office: Office) -> str:
    """The edition that the phone had, if it ever held there: one that was away knows of no newer one."""
    if held_until(report.edition, on, office.division_id):
        return report.edition
    return edition_in_force(on, office.division_id).code


def _ask_what_became(visit: Visit, report: Report, by: Person) -> None:
    """Whether the report can still be taken in, as the visit stands by now."""
    if visit.inspector_id != by.pk:
        raise refusals.AnothersVisit()
    if visit.state == Visit.State.CANCELLED:
        raise field_refusals.CancelledMeanwhile()
    if visit.state in (Visit.State.SUBMITTED, Visit.State.ACCEPTED):
        raise field_refusals.AlreadyReported()
    if report.edition != visit.edition:
        raise field_refusals.AnotherEdition()
    if visit.office and visit.kind != checklist.Kind.CLOSURE_CHECK:
        licence = current_licences([visit.office], _day(report)).get(visit.office.pk)
        if licence and licence.status in ENDED:
            raise field_refusals.OfficeIsGone(licence.status.text)
    for whose, signed in (("inspector", report.inspector), ("office", report.office)):
        _ask_the_signature(whose, signed)


def _ask_the_signature(whose: str, signed: Signed) -> None:
    refused = signed.how == Signature.How.REFUSED
    wanting = {
        Signature.How.DRAWN: not signed.strokes,
        Signature.How.TYPED: not signed.name.strip(),
        Signature.How.REFUSED: not signed.reason.strip(),
    }[signed.how]
    if wanting or (refused and whose == "inspector"):
        raise field_refusals.NotSigned(whose)


def _submission(report: Report, visit: Visit | None, sent_at: datetime, by: Person, **fields: Any) -> Submission:
    return Submission(
        pk=report.id,
        visit=visit,
        person=by,
        device=report.device,
        digest=report.digest,
        sent_at=sent_at,
        received_at=now(),
        **fields,
    )


def _with_evidence(submission: Submission, report: Report, visit: Visit, skew: timedelta) -> Submission:
    """The submission, begun because of the report of its visit, with everything it names."""
    by, because = submission.person, Entry.objects.get(subject=visit.subject, number=visit.revision)
    with begin(by, "visit.send", submission, role=Role.INSPECTOR, because=because, happened_on=_day(report)) as entry:
        photos = [_photo(submission, photo, because) for photo in report.photos]
        signed = {Signature.Whose.INSPECTOR: report.inspector, Signature.Whose.OFFICE: report.office}
        with act(by, "visit.keep_evidence", on=visit, role=Role.INSPECTOR, because=entry):
            flags = _evidence(
                visit,
                report,
                Made(
                    visit,
                    _fix(visit, Fix.What.ARRIVED, report.arrived),
                    _fix(visit, Fix.What.LEFT, report.left),
                    photos,
                    skew,
                    submission.received_at,
                ),
                signed,
            )
        entry.facts = {
            "visit": visit.subject,
            "device": submission.device,
            "digest": submission.digest,
            "sent_at": submission.sent_at,
            "flags": sorted(flag.what for flag in flags),
            "photos": [photo.subject for photo in photos],
            "arrived": _moment_facts(entry, "arrived", report.arrived.at, report.arrived.position, submission),
            "left": _moment_facts(entry, "left", report.left.at, report.left.position, submission),
            "signatures": {whose: _signed(entry, whose, signature) for whose, signature in signed.items()},
        }
    return submission


def _evidence(visit: Visit, report: Report, made: Made, signed: dict[Signature.Whose, Signed]) -> list[Flag]:
    """What stands beside the answers: where the phone was, what is odd, who signed; return what is odd."""
    Fix.objects.bulk_create([made.arrived, made.left])
    flags = flags_of(made)
    Flag.objects.bulk_create(flags)
    Signature.objects.bulk_create(
        Signature(visit=visit, whose=whose, how=signature.how, at=signature.at) for whose, signature in signed.items()
    )
    return flags


def _fix(visit: Visit, what: Fix.What, moment: Moment) -> Fix:
    return Fix(visit=visit, what=what, at=moment.at, **position_fields(moment.position))


def _photo(submission: Submission, reported: ReportedPhoto, because: Entry) -> Photo:
    """A photo that a report names: its row, and an entry that seals its digest."""
    visit = submission.visit
    if Photo.objects.filter(pk=reported.id).exists():
        raise field_refusals.PhotoInTwoReports()
    photo = Photo(visit=visit, **reported.model_dump(exclude={"position"}), **position_fields(reported.position))
    with begin(submission.person, "photo.name", photo, role=Role.INSPECTOR, because=because) as entry:
        entry.facts = {
            "visit": str(photo.visit_id),
            "item": photo.item,
            "digest": photo.digest,
            "size": photo.size,
            "taken": _moment_facts(entry, "taken", photo.taken_at, reported.position, submission),
        }
    return photo


def _moment_facts(
    entry: Entry, name: str, at: datetime, position: Position | None, submission: Submission
) -> dict[str, Any]:
    """A moment as the journal takes it; where the phone was lies beside, as words that are erased when time is over."""
    if position is None:
        return {"at": at}
    return {"at": at, "place": keep(entry, name, position.model_dump_json(), whose=submission.places)}


def _signed(entry: Entry, whose: str, signed: Signed) -> dict[str, Any]:
    """A signature as the journal takes it: name, strokes and reason are kept as erasable words."""
    words = {
        "name": signed.name.strip(),
        "strokes": json.dumps(signed.strokes) if signed.strokes else "",
        "reason": signed.reason.strip(),
    }
    return {"how": signed.how} | {
        field: keep(entry, f"{whose}.{field}", text, whose=entry.subject) for field, text in words.items() if text
    }


def _day(report: Report) -> date:
    """The day of a visit, as the law sees it."""
    return day_of(report.arrived.at)
