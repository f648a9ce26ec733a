"""What a partner is still to be asked, what it was asked, and by which step its answer is entered."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from pishkhan.casework.fields import asked
from pishkhan.casework.inquiries import note_answer
from pishkhan.casework.models import Case, Inquiry
from pishkhan.casework.procedures.procedure import Step
from pishkhan.casework.selectors import turn_is
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import in_places

from .models import Item, Package
from .packing import table_of
from .partners import ISSUER, Partner, told_to

EXCHANGING = (Role.EXPERT, Role.REGION, Role.DIRECTOR)  # who sees packages
Asked = tuple[Case, Inquiry | None]
SENT = Item.objects.filter(package__direction=Package.Direction.OUT)


def to_be_asked(partner: Partner, division: Division) -> list[Asked]:
    """What a partner is to be asked in a division and was not: open inquiries, or files that lie with the issuer."""
    if partner.code == ISSUER:
        return [(case, None) for case in _unsent_files().filter(lying_in(division.code)).select_related(*PARTIES)]
    rows = _unasked().filter(lying_in(division.code, field="case__division"), code=partner.code)
    return [(each.case, each) for each in rows.select_related(*(f"case__{name}" for name in PARTIES))]


PARTIES = ("person", "organisation", "other_person", "other_organisation")


def waiting_by_partner(person: Person) -> dict[str, int]:
    """By the code of the partner, how much an expert could ask it now. Two queries."""
    there = Case.objects.filter(in_places(person, [Role.EXPERT])).values("pk")
    counts = dict(_unasked().filter(case__in=there).order_by().values_list("code").annotate(Count("pk")))
    files = _unsent_files().filter(pk__in=there).count()
    return counts | ({ISSUER: files} if files else {})


def packages_within(person: Person) -> QuerySet[Package]:
    """The packages of a person's region, the newest first."""
    return Package.objects.filter(in_places(person, EXCHANGING)).order_by("-pk")


def own_package(person: Person, partner: Partner, reference: str) -> Package | None:
    """The package of a reference that was sent to a partner from where a person enters its answers."""
    return (
        Package.objects.filter(
            in_places(person, [partner.enters]),
            direction=Package.Direction.OUT,
            partner=partner.code,
            reference=reference,
        )
        .select_related("division")
        .first()
    )


def asked_of(package: Package) -> list[Item]:
    """The rows of a package that was sent, with whatever is told of them."""
    return list(package.items.order_by("number").select_related(*(f"case__{name}" for name in PARTIES)))


def table_for(partner: Partner, items: Iterable[Item]) -> bytes:
    """The table of a package: the reference of each question, and whom or what it is about."""
    rows = [
        [item.reference, *line.values()]
        for item in items
        if item.case is not None
        for line in told_to(partner, item.case)
    ]
    return table_of(["reference", *partner.columns], rows)


def step_for(case: Case, told: dict[str, Any]) -> Step | None:
    """The step by which a case takes an answer from where it stands; None if there is none."""
    steps = case.procedure.steps_from(case.where)
    if "inquiry" in told:
        return next((step for step in steps if step.effect is note_answer), None)
    wanted = "issuer_number" if told["outcome"] == "issued" else "reasons"
    return next((step for step in steps if step.by == Role.REGION and wanted in asked(step.form)), None)


def _unasked() -> QuerySet[Inquiry]:
    """Open inquiries that stand in no package yet."""
    sent = SENT.filter(inquiry=OuterRef("pk"))
    return Inquiry.objects.filter(~Exists(sent), answered_on=None, void=False).order_by("pk")


def _unsent_files() -> QuerySet[Case]:
    """Cases whose turn is the issuer's and that have moved since they last stood in a package."""
    sent = SENT.filter(case=OuterRef("pk"), revision=OuterRef("revision"), inquiry=None)
    return Case.objects.filter(turn_is([Role.REGION])).filter(~Exists(sent)).order_by("pk")
