"""Which cases are meant: whose turn is somebody's, which bear a name or number, at which stages."""

from django.db.models import Q

from pishkhan.casework.procedures.procedure import Procedure, Stage
from pishkhan.casework.selectors import on_side_of, turn_is
from pishkhan.geography.models import Division
from pishkhan.geography.selectors import searched
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali_year
from pishkhan.language.search import folded, gapless
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import BY_NATURE, Role
from pishkhan.people.selectors import in_places

MOST_NAMES = 300  # of people or places whose name holds what was written


def next_for(person: Person) -> Q:
    """The cases whose turn it is of a role that a person holds over them."""
    waiting = on_side_of(person, Role.APPLICANT) & turn_is([Role.APPLICANT])
    waiting |= on_side_of(person, Role.OTHER_SIDE) & turn_is([Role.OTHER_SIDE])
    for role in sorted(
        {assignment.role for assignment in person.assignments_today} - {*BY_NATURE, Role.REPRESENTATIVE}
    ):
        waiting |= turn_is([role]) & in_places(person, [role])
    return waiting


def stages() -> dict[str, Stage]:
    """Every stage of every procedure, by code."""
    return {code: stage for procedure in Procedure.register.values() for code, stage in procedure.stages.items()}


def _numbers(written: str) -> list[str]:
    """The numbers of cases that are meant: a whole one, or the last digits of one of this or the last years."""
    if not (written.isascii() and written.isdigit() and len(written) <= 7):
        return [written.upper()]
    provinces, year = Division.objects.filter(kind=Division.Kind.PROVINCE), jalali_year(today())
    return [
        f"{prefix}-{province}-{number}-{int(written):04}"
        for number in range(year - 2, year + 1)
        for province in provinces.values_list("code", flat=True)
        for procedure in {one.code: one for one in Procedure.register.values()}.values()
        for prefix in (procedure.prefix, *procedure.former_prefixes)
    ]


def named(written: str) -> Q:
    """The cases of a number or tracking code, and those whose applicant or place is called so."""
    holds = searched(written)
    condition = Q(number__in=_numbers(folded(written))) | Q(tracking_code=gapless(written).upper())
    condition |= Q(organisation__in=list(Organisation.objects.filter(holds).values_list("pk", flat=True)[:MOST_NAMES]))
    condition |= Q(person__in=list(Person.objects.filter(holds).values_list("pk", flat=True)[:MOST_NAMES]))
    for code in Division.objects.filter(holds).order_by("code").values_list("code", flat=True)[:40]:
        condition |= Q(division__code__startswith=code)  # row by row: a place has many cases, of which a page is wanted
    return condition
