"""What enforcement knows: earlier and similar cases, the rung called for, what was served, what is open."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pishkhan.casework.models import Case
from pishkhan.casework.selectors import open_about
from pishkhan.geography.selectors import lying_in
from pishkhan.inspections.checklists.checklist import Severity
from pishkhan.inspections.models import Finding, Visit
from pishkhan.inspections.visits.selectors import faults_that_stand
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.notices.selectors import served_because_of
from pishkhan.offices.models import Licence, Office, Undertaking
from pishkhan.offices.selectors import standing_of
from pishkhan.offices.status import months_before
from pishkhan.offices.undertakings.services import overdue
from pishkhan.people.models import Person
from pishkhan.people.selectors import in_places
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import DatedValue, number

from .catalogue import Edition, Rung, Violation, edition_on
from .models import Sanction, Stay, ViolationDossier
from .numbers import RECIDIVISM
from .procedure.stages import OPEN

CODE = "violation"  # of the procedure
MOST_SIMILAR = 10


def edition_of(dossier: ViolationDossier) -> Edition:
    """The catalogue by which the act of a case is judged: that of its day."""
    found = edition_on(dossier.committed_on or today())
    assert found is not None, "a rule asks that the violation was known on its day"  # noqa: S101
    return found


def violation_of(dossier: ViolationDossier) -> Violation | None:
    """The violation of a case by the catalogue of the day of the act; None before there was a charge."""
    return edition_of(dossier).violation(dossier.violation) if dossier.violation else None


def of_the_act(dossier: ViolationDossier, key: Key) -> DatedValue:
    """A dated number as it held on the day of the act: nobody is punished by a later law."""
    return number(key, on=dossier.committed_on or today(), kind=dossier.case.kind, place=dossier.case.division_id)


def length_of(dossier: ViolationDossier, rung: Rung) -> int | None:
    """For how many days a rung suspends, by the law of the day of the act; None if it does not."""
    return of_the_act(dossier, rung.lasts).value if rung.lasts else None


def earlier_sanctions(dossier: ViolationDossier) -> QuerySet[Sanction]:
    """The final sanctions of the same holder at the same office for the same, within the window before the act."""
    case, on = dossier.case, dossier.committed_on or today()
    first = months_before(on, of_the_act(dossier, RECIDIVISM).value)
    return (
        Sanction.objects.filter(
            office=dossier.office_id,
            violation=dossier.violation,
            annulled_on=None,
            declined_on=None,
            final_on__gt=first,
            final_on__lte=on,
            **case.party_keys(side="case__"),
        )
        .exclude(case=case)
        .select_related("office", "resolution", "case")
        .order_by("final_on", "pk")
    )


def rung_called_for(dossier: ViolationDossier) -> Rung:
    """The rung that the ladder calls for: where the violation begins, and one higher for each earlier sanction."""
    violation, ladder = violation_of(dossier), edition_of(dossier).ladder
    assert violation is not None, "asked only of a case with a charge"  # noqa: S101
    place = of_the_act(dossier, violation.begins).value + earlier_sanctions(dossier).count()
    return ladder[max(0, min(place, len(ladder) - 1))]


def similar_to(dossier: ViolationDossier) -> list[Sanction]:
    """What was imposed before in the province for the same, on offices of the kind: the likest first, then the latest.

    Alike is what had as many earlier sanctions. What was annulled is no example.
    """
    case, count = dossier.case, earlier_sanctions(dossier).count()
    rows = (
        Sanction.objects.filter(
            lying_in(case.division_id[:2]), violation=dossier.violation, kind=case.kind, annulled_on=None
        )
        .exclude(case=case)
        .select_related("case", "office", "resolution")
    )
    latest = list(rows.order_by("-decided_on", "-pk")[: 5 * MOST_SIMILAR])
    return sorted(latest, key=lambda each: abs(each.earlier - count))[:MOST_SIMILAR]


def usual_rung(dossier: ViolationDossier) -> str:
    """The rung that similar cases with as many earlier sanctions mostly had, of several the lightest; empty if none."""
    count, found = earlier_sanctions(dossier).count(), edition_of(dossier)
    had = Counter(each.imposed for each in similar_to(dossier) if each.earlier == count)
    return min(had, key=lambda rung: (-had[rung], found.place_of(rung))) if had else ""


def served_by(case: Case, step: str) -> date | None:
    """The day on which the notice of a step of a case was first served; None if it was not."""
    taken = Entry.objects.filter(subject=case.subject, act=f"{CODE}.{step}").order_by("number").last()
    return served_because_of([taken.name]).get(taken.name) if taken else None


def sanction_of(case: Case) -> Sanction | None:
    """What was imposed in a case, read afresh; None if nothing was."""
    return Sanction.objects.filter(case=case).select_related("resolution__item__meeting__body").first()


def imposed_in(case: Case) -> Sanction:
    """The sanction of a case that has one."""
    found = sanction_of(case)
    assert found is not None, "the stages after the decision are come to by imposing a sanction"  # noqa: S101
    return found


def licence_today(office: Office) -> Licence | None:
    """The licence that counts for an office today."""
    standing = standing_of([office], today()).get(office.pk)
    return standing.licence if standing else None


def open_violations(about: str) -> QuerySet[Case]:
    """The violation cases about a row of the register whose holder was told and that are not executed or ended."""
    return open_about(about).filter(procedure_code=CODE, stage__in=[stage.code for stage in OPEN])


def public_sanctions(place: str, on: date, days: int) -> QuerySet[Any]:
    """The final sanctions of a region that are public on a day: those that are not older, the annulled included.

    `.stayed` says whether a court has stayed it.
    """
    since = date.fromordinal(on.toordinal() - days)
    return (
        Sanction.objects.filter(lying_in(place), final_on__gt=since, final_on__lte=on, declined_on=None)
        .select_related("office__division")
        .annotate(stayed=Exists(Stay.objects.filter(case=OuterRef("case"), ended_on=None)))
    )


def faults_to_report(person: Person) -> QuerySet[Finding]:
    """What accepted visits to offices of a person's region found wanting and nobody reported, the latest first.

    What is minor is not reported: a remedy is asked for.
    """
    reported = ViolationDossier.objects.filter(visit=OuterRef("visit"), item=OuterRef("item"))
    there = Visit.objects.filter(in_places(person), state=Visit.State.ACCEPTED, office__isnull=False)
    return (
        faults_that_stand()
        .filter(~Exists(reported), visit__in=there)
        .exclude(severity=Severity.MINOR)
        .select_related("visit__office", "visit__division")
        .order_by("-visit__visited_on", "-pk")
    )


def undertakings_to_report(person: Person) -> QuerySet[Undertaking]:
    """What was not kept in time in a person's region and nobody reported, the oldest first."""
    reported = ViolationDossier.objects.filter(undertaking=OuterRef("pk"))
    return overdue(today()).filter(~Exists(reported), in_places(person)).select_related("office", "division")
