"""Lists of cases: what is sought, and which cases answer it. Pages, counts, exports and the API ask the same."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in, searched
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali_year
from pishkhan.language.search import folded, gapless
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import BY_NATURE, Role
from pishkhan.people.selectors import in_places

from .deadlines import overdue_among
from .models import Case
from .procedure import Procedure
from .selectors import cases_seen_by, on_side_of, turn_is

MOST_NAMES = 300  # of people or places whose name holds what was written


@dataclass(frozen=True)
class CaseFilter:
    """Which cases: whatever is empty is not asked."""

    q: str = ""  # a number, a name of the applicant or of the place
    stage: str = ""
    procedure: str = ""
    kind: str = ""
    place: str = ""
    turn: str = ""  # of a role
    mine: bool = False  # where the next step is for whoever asks
    late: bool = False


def cases_sought(person: Person, sought: CaseFilter) -> QuerySet[Case]:
    """The cases that a person may see and seeks, newest first."""
    cases = cases_seen_by(person, in_order=True)
    for name, column in (("stage", "stage"), ("procedure", "procedure_code"), ("kind", "kind")):
        if value := getattr(sought, name):
            cases = cases.filter(**{column: value})
    if sought.place:
        cases = cases.filter(lying_in(sought.place))
    if sought.turn:
        cases = cases.filter(turn_is([sought.turn]))
    if sought.mine:
        cases = cases.filter(next_for(person))
    if sought.q.strip():
        cases = cases.filter(_named(sought.q))
    if sought.late:
        cases = cases.filter(pk__in=overdue_among(cases))
    return cases.order_by("-pk")


def next_for(person: Person) -> Q:
    """The cases whose turn it is of a role that a person holds over them."""
    waiting = on_side_of(person, Role.APPLICANT) & turn_is([Role.APPLICANT])
    waiting |= on_side_of(person, Role.OTHER_SIDE) & turn_is([Role.OTHER_SIDE])
    for role in sorted({each.role for each in person.assignments_today} - {*BY_NATURE, Role.REPRESENTATIVE}):
        waiting |= turn_is([role]) & in_places(person, [role])
    return waiting


def stage_names(language: str) -> list[tuple[str, str]]:
    """Every stage of every procedure, by code, as it is called."""
    stages: dict[str, Any] = {}
    for procedure in Procedure.register.values():
        stages |= procedure.stages
    return [(code, stage.label.to(language)) for code, stage in stages.items()]


def _numbers(written: str) -> list[str]:
    """The numbers of cases that are meant: a whole one, or the last digits of one of this or the last years."""
    if not (written.isascii() and written.isdigit() and len(written) <= 7):
        return [written.upper()]
    provinces, year = Division.objects.filter(kind=Division.Kind.PROVINCE), jalali_year(today())
    return [
        f"{procedure.prefix}-{province}-{each}-{int(written):04}"
        for each in range(year - 2, year + 1)
        for province in provinces.values_list("code", flat=True)
        for procedure in {one.code: one for one in Procedure.register.values()}.values()
    ]


def _named(written: str) -> Q:
    holds = searched(written)
    found = Q(number__in=_numbers(folded(written))) | Q(tracking_code=gapless(written).upper())
    found |= Q(organisation__in=list(Organisation.objects.filter(holds).values_list("pk", flat=True)[:MOST_NAMES]))
    found |= Q(person__in=list(Person.objects.filter(holds).values_list("pk", flat=True)[:MOST_NAMES]))
    for code in Division.objects.filter(holds).order_by("code").values_list("code", flat=True)[:40]:
        found |= Q(division__code__startswith=code)  # row by row: a place has many cases, of which a page is wanted
    return found
