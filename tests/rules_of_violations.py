"""How a violation case begins, and how its rules are met and broken."""

from datetime import timedelta

from django.core.files.base import ContentFile

from factories import as_if, person_as
from pishkhan.enforcement.models import InterimOrder, Objection, Ruling, Sanction, Source, Stay
from pishkhan.enforcement.reporting import report
from pishkhan.enforcement.selectors import rung_called_for
from pishkhan.files.services import store
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.meetings.models import Outcome, Resolution, Vote
from pishkhan.meetings.voting import open_vote
from pishkhan.notices.models import How, Notice, Proof
from pishkhan.notices.models import Outcome as Served
from pishkhan.notices.services import prove_service
from pishkhan.offices.selectors import status_of
from pishkhan.offices.services import change_status, end_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Adoption
from procedure_driver import (
    ANSWERS,
    BREAK,
    BREAK_BY_ANSWERS,
    MEET,
    OPEN,
    PDF,
    meeting_about,
    resolve,
    take,
    visit_office,
    walk,
)
from rules_of_matters import licence
from rules_of_requests import dossier_with

LONG_AGO = timedelta(days=90)


def new_report(about=None, **data):
    """A violation reported about an office on the register, by an expert."""
    return report((about or licence()).office, Source.AGENCY, by=person_as(Role.EXPERT), letter="1401/9", **data)


def notices_of(case, step):
    taken = [entry.name for entry in Entry.objects.filter(subject=case.subject, act=f"{case.procedure_code}.{step}")]
    return Notice.objects.filter(because__in=taken)


def serve(case, step):
    """Prove that the notice of a step was served today."""
    for notice in notices_of(case, step).filter(legal=True):
        serve_notice(notice)


def serve_notice(notice):
    """Prove that a notice was served today."""
    expert = person_as(Role.EXPERT)
    sheet = store(ContentFile(PDF, name="a.pdf"), by=expert, division=notice.division)
    prove_service(
        notice,
        how=How.HAND,
        outcome=Served.RECEIVED,
        on=today(),
        server="مأمور",
        evidence=sheet,
        by=expert,
        role=Role.EXPERT,
    )


def proofs_of(case, step):
    return Proof.objects.filter(notice__in=notices_of(case, step))


def _served(step):
    return lambda case: serve(case, step)


def _long_ago(step):
    return lambda case: as_if(proofs_of(case, step), on=today() - LONG_AGO)


def _called_long_ago(case):
    serve(case, "schedule")
    _long_ago("schedule")(case)


def _unserved(step):
    return lambda case: proofs_of(case, step).update(withdrawn_on=today())


def _sanction(**facts):
    return lambda case: Sanction.objects.filter(case=case).update(**facts)


def _resolution(outcome):
    return lambda case: Resolution.objects.filter(case=case).update(outcome=outcome)


def _look_again(passes):
    def look(case):
        visit = request_visit(
            kind=Visit.Kind.FOLLOW_UP,
            purpose=Visit.Purpose.PERFORMANCE,
            office=case.dossier.office,
            by=person_as(Role.EXPERT),
        )
        visit_office(visit, passes=passes)
        accept_visit(visit, by=person_as(Role.EXPERT))

    return look


def _seen(passed):
    return lambda case: (
        Visit.objects.filter(office=case.dossier.office, kind=Visit.Kind.FOLLOW_UP)
        .exclude(passed=None)
        .update(passed=passed)
    )


def _surrendered(case):
    change_status(case.dossier.licence, Status.SURRENDERED, from_on=today(), by=IMPORTER, role="importer")


def _unadopted(key):
    return lambda case: Adoption.objects.filter(number__key=key).delete()


def rest_on_a_visit(case):
    """Let it rest on what a visit found."""
    visit = request_visit(
        kind=Visit.Kind.ROUTINE,
        purpose=Visit.Purpose.PERFORMANCE,
        office=case.dossier.office,
        by=person_as(Role.EXPERT),
    )
    visit_office(visit, passes=False)
    dossier_with(visit=visit, item="address")(case)


def lose_the_finding(case):
    """An objection takes back what the visit found."""
    dossier = type(case.dossier).objects.get(case=case)
    Finding.objects.filter(visit=dossier.visit, item="address").update(disputed=True, revised=Finding.Answer.OK)


def _rest_on_a_finding_and_lose_it(case):
    rest_on_a_visit(case)
    lose_the_finding(case)


def _suspend(case):
    """A suspension of thirty days is in force since today."""
    first, last = today(), today() + timedelta(days=29)
    _sanction(rung="suspension", days=30, from_on=first, until_on=last)(case)
    if status_of(case.dossier.licence, first) != Status.SUSPENDED:
        change_status(
            case.dossier.licence, Status.SUSPENDED, from_on=first, until_on=last, by=IMPORTER, role="importer"
        )


def _unsuspend(case):
    end_status(case.dossier.licence, from_on=today(), by=IMPORTER, role="importer")


def _begin_to_vote(case):
    meeting, secretary = meeting_about(case)
    open_vote(meeting.items.get(), Outcome.UNFOUNDED, by=secretary)


def _object(case):
    Objection.objects.create(case=case, body=Objection.Body.DISPUTES, suspensive=True, lodged_on=today())


def _change_in_haste(case):
    as_if(proofs_of(case, "notify"), on=today())
    dossier_with(answered_on=None)(case)


def _hearing_in(days):
    def set_it(case):
        dossier_with(hearing_on=today() + timedelta(days=days))(case)

    return set_it


def _order(case):
    InterimOrder.objects.create(
        case=case, licence=case.dossier.licence, ordered_on=today(), from_on=today(), until_on=today(), most_days=1
    )


def ruling(case, says, **more):
    """What is stated of a ruling, with a scan that the secretariat uploaded."""
    scan = store(ContentFile(PDF, name="ruling.pdf"), by=person_as(Role.SECRETARY), division=case.division)
    usual = {"letter": "1401/88", "ruled_on": today().isoformat(), "reasons": "رسیدگی شد.", "scan": str(scan.pk)}
    return usual | {"says": says} | more


def _entered(says, **facts):
    """What was entered of a ruling says something else."""
    return lambda case: Ruling.objects.filter(case=case, closed_on=None).update(says=says, **facts)


def _stay_it(case):
    """What was entered is a stay, which is carried out; then something else is entered."""
    walk(case, [case.procedure.steps["stay"], case.procedure.steps["record_ruling"]])


def _stay(case):
    Stay.objects.create(case=case, ordered_on=today(), letter="1", left=1)


OPEN["violation"] = new_report
ANSWERS.update(
    {
        "Charge": lambda case: {
            "violation": "relocation",
            "committed_on": (today() - timedelta(days=20)).isoformat(),
            "grounds": "دفتر در نشانی پروانه نبود.",
        },
        "Defence": lambda case: {"reasons": "تنها چند روز بود."},
        "Hearing": lambda case: {"held_on": (today() + timedelta(days=14)).isoformat()},
        "Heard": lambda case: {"attended": "holder", "reasons": "پوزش خواست."},
        "Draft": lambda case: {
            "rung": rung_called_for(case.dossier).code,
            "instrument": "by-law-1388",
            "article": "20",
            "evidence": "گزارش بازدید",
            "factors": [],
            "weighed": "",
            "reasons": "احراز شد.",
            "departure": "",
        },
        "Objected": lambda case: {"body": "disputes", "grounds": "دعوت‌نامه نرسید."},
        "Appealed": lambda case: {"grounds": "دعوت‌نامه نرسید."},
        "Answered": lambda case: ruling(case, "upheld"),
        "Ruled": lambda case: ruling(case, "annulled"),
        "FromDay": lambda case: {"from_on": today().isoformat(), "reasons": "بازنشستگی"},
        "Revoked": lambda case: {"issuer_number": "CRA-9", "issued_on": today().isoformat()},
        "Refused": lambda case: {"reasons": "دلیل کافی نیست. نامهٔ ۹"},
    }
)
MEET.update(
    {
        "notice_was_served": _served("notify"),
        "time_to_answer_was_given": _long_ago("notify"),
        "summons_was_served": _called_long_ago,
        "hearing_day_has_come": _hearing_in(0),
        "decision_is_drafted": lambda case: take(case, "draft"),
        "committee_found_it": lambda case: resolve(case, Outcome.SANCTIONED),
        "committee_found_nothing": lambda case: resolve(case, Outcome.UNFOUNDED),
        "committee_put_it_off": lambda case: resolve(case, Outcome.DEFERRED),
        "decision_was_served": _served("impose"),
        "objection_time_was_given": _long_ago("impose"),
        "an_objection_is_open": lambda case: take(case, "appeal"),
        "something_is_in_force": _suspend,
        "ruling_upholds": _entered("upheld"),
        "ruling_changes": _entered("changed", rung="warning"),
        "ruling_annuls": _entered("annulled"),
        "ruling_stays": _entered("stayed"),
        "ruling_lifts": _entered("lifted"),
        "a_stay_is_open": _stay_it,
        "sanction_is_revocation": _sanction(rung="revocation", days=None),
        "remedy_was_seen": _look_again(passes=True),
        "remedy_was_not_seen": _look_again(passes=False),
    }
)
BREAK.update(
    {
        "committee_has_jurisdiction": lambda case: type(case).objects.filter(pk=case.pk).update(kind="legacy_agent"),
        "notice_was_served": _unserved("notify"),
        "time_to_answer_was_given": _change_in_haste,
        "summons_was_served": _unserved("schedule"),
        "hearing_follows_service": lambda case: proofs_of(case, "schedule").update(on=today() - timedelta(days=1)),
        "hearing_day_has_come": _hearing_in(1),
        "finding_stands": _rest_on_a_finding_and_lose_it,
        "no_vote_is_open": _begin_to_vote,
        "sanction_has_a_source": _unadopted("rung.relocation"),
        "decision_is_drafted": dossier_with(drafted=0),
        "committee_found_it": _resolution(Outcome.DEFERRED),
        "committee_found_nothing": _resolution(Outcome.SANCTIONED),
        "committee_put_it_off": _resolution(Outcome.SANCTIONED),
        "quorum_was_there": lambda case: Vote.objects.filter(ballot__item__case=case).delete(),
        "decision_was_served": _unserved("impose"),
        "objection_time_was_given": lambda case: proofs_of(case, "impose").update(on=today()),
        "no_suspensive_objection_is_open": _object,
        "no_objection_is_open": _object,
        "an_objection_is_open": lambda case: case.objections.update(outcome="upheld", answered_on=today(), letter="1"),
        "something_is_in_force": _unsuspend,
        "ruling_upholds": _entered("annulled"),
        "ruling_changes": _entered("upheld"),
        "ruling_annuls": _entered("upheld"),
        "ruling_stays": _entered("lifted"),
        "ruling_lifts": _entered("stayed"),
        "a_stay_is_open": lambda case: Stay.objects.filter(case=case).update(ended_on=today()),
        "no_stay_is_open": _stay,
        "interim_has_a_source": _unadopted("sanction.interim_days"),
        "no_interim_order_yet": _order,
        "licence_can_be_suspended": _surrendered,
        "licence_can_bear_it": _surrendered,
        "licence_can_be_revoked": _surrendered,
        "sanction_is_revocation": _sanction(rung="suspension"),
        "sanction_is_lighter": _sanction(rung="revocation"),
        "remedy_was_seen": _seen(passed=False),
        "remedy_was_not_seen": _seen(passed=True),
    }
)
BREAK_BY_ANSWERS.update(
    {
        "act_has_happened": lambda: {"committed_on": (today() + timedelta(days=1)).isoformat()},
        "violation_was_known": lambda: {"violation": "poetry"},
        "holder_held_it_then": lambda: {"committed_on": (today() - timedelta(days=9 * 365)).isoformat()},
        "hearing_leaves_time": lambda: {"held_on": today().isoformat()},
        "article_is_cited": lambda: {"instrument": ""},
        "evidence_is_named": lambda: {"evidence": " "},
        "reasons_are_written": lambda: {"reasons": ""},
        "factors_are_weighed": lambda: {"factors": ["admitted"], "weighed": ""},
        "rung_follows_the_ladder": lambda: {"rung": "notice", "departure": "چنین به نظر رسید."},
        "departure_is_reasoned": lambda: {"rung": "warning", "factors": ["admitted"], "weighed": "همکاری کرد."},
        "it_begins_in_time": lambda: {"from_on": (today() + timedelta(days=90)).isoformat()},
        "day_of_the_letter_has_come": lambda: {"issued_on": (today() + timedelta(days=1)).isoformat()},
        "nobody_is_worse_off": lambda: {"says": "changed", "rung": "revocation"},
        "day_of_the_ruling_has_come": lambda: {"ruled_on": (today() + timedelta(days=1)).isoformat()},
        "order_came_after_the_execution": lambda: {
            "says": "stayed",
            "ruled_on": (today() - timedelta(days=1)).isoformat(),
        },
    }
)
