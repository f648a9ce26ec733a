"""How the rules of requests for a place are met, and how each alone is broken."""

from datetime import timedelta

from pishkhan.inspections.models import Visit
from pishkhan.journal.clock import today
from pishkhan.licensing.models import Degree, Nominee
from pishkhan.meetings.models import Outcome, Resolution
from pishkhan.payments.models import DemandNote
from procedure_driver import (
    ANSWERS,
    BREAK,
    BREAK_BY_ANSWERS,
    MEET,
    OPEN,
    nomination,
    paper,
    resolve,
    take,
    visit_the_place,
)


def name_everybody(case):
    """Name whoever is not named yet."""
    legal = case.other_organisation_id or (case.organisation_id and not case.other_side)
    posts = list(Nominee.Post) if legal else [Nominee.Post.MANAGER, Nominee.Post.DEPUTY]
    for post in posts:
        take(case, "nominate", answers=nomination(post))


def attach_all(case):
    for document in case.procedure.documents_of(case.kind):
        take(case, "attach", answers={"kind": document.code, "file": paper(case)})


def answer_all(case, **refused):
    """Answer every inquiry that is open; those named are not cleared."""
    while inquiry := case.inquiries.filter(answered_on=None).first():
        outcome = "not_cleared" if inquiry.code in refused else "cleared"
        take(case, "answer", answers=ANSWERS["Answer"](case) | {"inquiry": inquiry.code, "outcome": outcome})


def let_them_wait(case):
    case.inquiries.update(asked_on=today() - timedelta(days=200))


MEET.update(
    {
        "place_is_stated": lambda case: take(case, "describe"),
        "papers_are_attached": attach_all,
        "signatory_qualifies": name_everybody,
        "manager_and_deputy_are_named": name_everybody,
        "manager_meets_the_call": name_everybody,
        "place_has_passed": lambda case: visit_the_place(case, Visit.Kind.INITIAL, passes=True),
        "place_has_failed": lambda case: visit_the_place(case, Visit.Kind.INITIAL, passes=False),
        "premises_have_passed": lambda case: visit_the_place(case, Visit.Kind.FINAL, passes=True),
        "premises_have_failed": lambda case: visit_the_place(case, Visit.Kind.FINAL, passes=False),
        "group_approved": lambda case: resolve(case, Outcome.APPROVED),
        "group_approved_on_condition": lambda case: resolve(case, Outcome.CONDITIONAL),
        "group_rejected": lambda case: resolve(case, Outcome.REJECTED),
        "group_deferred": lambda case: resolve(case, Outcome.DEFERRED),
        "an_inquiry_is_late": let_them_wait,
        "inquiries_are_cleared": answer_all,
        "person_is_refused": lambda case: answer_all(case, tax=True),
        "place_is_refused": lambda case: answer_all(case, places=True),
        "condition_is_met": lambda case: take(case, "meet_condition"),
        "royalty_is_paid": lambda case: take(case, "pay"),
    }
)


def dossier_with(**facts):
    return lambda case: type(case.dossier).objects.filter(case=case).update(**facts)


def _call(**facts):
    return lambda case: type(case.dossier.places.call).objects.filter(pk=case.dossier.places.call_id).update(**facts)


def _nominee(post, **facts):
    return lambda case: case.nominees.filter(post=post).update(**facts)


def _visits(kind, passed):
    return lambda case: Visit.objects.filter(case=case, kind=kind).update(passed=passed)


def _resolution(outcome):
    return lambda case: Resolution.objects.filter(case=case).update(outcome=outcome)


def _same_person(case):
    manager = case.nominees.get(post=Nominee.Post.MANAGER).person
    case.nominees.filter(post=Nominee.Post.DEPUTY).update(person=manager)


def _ask_twice(case):
    """Another request of the same applicant under the same call, which is under way."""
    other = OPEN["new-licence"](under=case.dossier.places)
    applicant = {"organisation": case.organisation, "person": case.person}
    type(other).objects.filter(pk=other.pk).update(stage="check", submitted_on=today(), edition="1400", **applicant)


BREAK.update(
    {
        "no_second_request": _ask_twice,
        "place_is_stated": dossier_with(address=""),
        "papers_are_attached": lambda case: case.documents.filter(
            kind=case.procedure.documents_of(case.kind)[0].code
        ).update(replaced=True),
        "call_is_open": _call(opens_on=today() - timedelta(days=9), closes_on=today() - timedelta(days=1)),
        "applicant_is_a_company": lambda case: (
            type(case.organisation).objects.filter(pk=case.organisation_id).update(kind="guild")
        ),
        "premises_are_large_enough": dossier_with(area=49),
        "tenure_is_secure": dossier_with(tenure="lease", lease_years=4),
        "signatory_qualifies": _nominee(Nominee.Post.SIGNATORY, degree=Degree.DIPLOMA),
        "manager_and_deputy_are_named": _same_person,
        "manager_and_deputy_qualify": _nominee(Nominee.Post.MANAGER, state_employee=True),
        "manager_meets_the_call": _call(manager_degree=Degree.MASTER),
        "place_is_left": lambda case: (
            type(case.dossier.places).objects.filter(pk=case.dossier.places_id).update(count=0)
        ),
        "an_inquiry_is_late": lambda case: case.inquiries.update(asked_on=today()),
        "inquiries_are_cleared": lambda case: case.inquiries.filter(pk=case.inquiries.first().pk).update(cleared=False),
        "person_is_refused": lambda case: case.inquiries.update(cleared=True),
        "place_is_refused": lambda case: case.inquiries.update(cleared=True),
        "condition_is_open": dossier_with(condition_met_on=today()),
        "condition_is_met": _resolution(Outcome.CONDITIONAL),
        "premises_have_passed": _visits(Visit.Kind.FINAL, passed=False),
        "premises_have_failed": _visits(Visit.Kind.FINAL, passed=True),
        "place_has_passed": _visits(Visit.Kind.INITIAL, passed=False),
        "place_has_failed": _visits(Visit.Kind.INITIAL, passed=True),
        "group_approved": _resolution(Outcome.REJECTED),
        "group_approved_on_condition": _resolution(Outcome.REJECTED),
        "group_rejected": _resolution(Outcome.APPROVED),
        "group_deferred": _resolution(Outcome.APPROVED),
        "royalty_is_paid": lambda case: DemandNote.objects.filter(pk=case.dossier.royalty_id).update(amount=10**12),
        "royalty_is_unpaid": lambda case: take(case, "pay"),
    }
)
BREAK_BY_ANSWERS.update(
    {
        "paper_belongs_here": lambda: {"kind": "poem"},
        "inquiry_is_open": lambda: {"inquiry": "horoscope"},
        "term_is_usual": lambda: {"years": 6},
        "day_of_issue_has_come": lambda: {"issued_on": (today() + timedelta(days=1)).isoformat()},
    }
)
