"""What a violation case does to the licence on the register: suspending, revoking, undoing. Each within its act."""

from datetime import date, timedelta

from django.db.models import Q

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Stated, effect
from pishkhan.enforcement.models import InterimOrder, Sanction
from pishkhan.enforcement.numbers import INTERIM_DAYS
from pishkhan.enforcement.selectors import imposed_in, licence_today
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.services import request_visit
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.offices.models import Licence, LicenceStatus
from pishkhan.offices.rows import STATUS
from pishkhan.offices.selectors import status_of
from pishkhan.offices.services import annul_status, change_status, end_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role

from .locks import office_and_licence
from .sanction_rules import ends_it

ONE_DAY = timedelta(days=1)


@effect(
    "پروانه از امروز تا بیشینهٔ روزهای قانونی معلق است.",
    "The licence is suspended from today, for as long as the law allows at most.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def order_at_once(case: Case, entry: Entry, stated: Stated) -> Stated:
    """Suspend from today for as long as the law allows at most; it ends by itself."""
    licence, on, most = _licence(case), today(), case.reckoned(INTERIM_DAYS).value
    until = min(on + timedelta(days=most - 1), licence.valid_until)
    change_status(licence, Status.SUSPENDED, from_on=on, until_on=until, by=entry.by, role=entry.role, because=entry)
    InterimOrder(case=case, licence=licence, ordered_on=on, from_on=on, until_on=until, most_days=most).save(
        force_insert=True
    )
    return {"from_on": on, "until_on": until, "most_days": most}


@effect(
    "تنبیه در ثبت اجرا و بازدید پیگیری خواسته می‌شود.",
    "The sanction is put into force in the register, and a visit is asked for to follow it up.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def execute(case: Case, entry: Entry, stated: Stated) -> Stated:
    """Put a final sanction into force: a suspension from a day on, counting the days already suspended at once.

    What is lighter ends an urgent suspension. Then somebody is to look whether what was wrong is put right.
    """
    sanction = imposed_in(case)
    licence, on = _licence(case), today()
    from_on = max(stated.get("from_on") or on, on)
    if sanction.days is None:
        end_the_order(case, entry, on)
    until = None if sanction.days is None else _suspended(case, sanction, licence, from_on, entry)
    note(sanction, licence=licence, executed_on=on, from_on=from_on, until_on=until)
    visit = request_visit(
        kind=Visit.Kind.FOLLOW_UP, purpose=Visit.Purpose.PERFORMANCE, office=case.dossier.office, because=entry
    )
    return {"licence": licence.number, "from_on": from_on, "until_on": until, "visit": visit.pk}


@effect("پروانه لغو می‌شود.", "The licence is revoked.", changes=(STATUS,), locks=(office_and_licence,))
def revoke(case: Case, entry: Entry, stated: Stated) -> Stated:
    """End the licence, as who issued it has resolved."""
    sanction, licence, on = imposed_in(case), _licence(case), today()
    from_on = max(stated["issued_on"], on)
    change_status(licence, Status.REVOKED, from_on=from_on, by=entry.by, role=entry.role, because=entry)
    note(sanction, licence=licence, executed_on=on, from_on=from_on)
    return {"licence": licence.number, "from_on": from_on}


def undo(case: Case, entry: Entry) -> Stated:
    """Undo in the register what a sanction did, as of its first day. That it was once believed stays visible."""
    sanction = imposed_in(case)
    undone = []
    for period in periods_of(sanction):
        annul_status(sanction.licence, period, by=SYSTEM, role=Role.SYSTEM, because=entry)
        undone.append([period.status, period.valid_from, period.valid_to])
    note(sanction, annulled_on=today())
    return {"undone": undone}


def end_the_order(case: Case, entry: Entry, from_on: date) -> str:
    """Let an urgent suspension end before its last day, if one holds; say which licence serves again."""
    order = (
        InterimOrder.objects.filter(case=case, ended_on=None, until_on__gte=from_on).select_related("licence").first()
    )
    if order is None:
        return ""
    if status_of(order.licence, from_on) == Status.SUSPENDED:
        end_status(order.licence, from_on=from_on, by=SYSTEM, role=Role.SYSTEM, because=entry)
    order.ended_on = from_on
    order.save()
    return order.licence.number


def _suspended(case: Case, sanction: Sanction, licence: Licence, from_on: date, entry: Entry) -> date | None:
    """Suspend for the days that are left, to the end of the licence at most; the last day, None if none is left."""
    end_the_order(case, entry, from_on)
    left = (sanction.days or 0) - _days_served(case, from_on)
    if left <= 0:
        return None
    until = min(from_on + timedelta(days=left - 1), licence.valid_until)
    change_status(
        licence, Status.SUSPENDED, from_on=from_on, until_on=until, by=entry.by, role=entry.role, because=entry
    )
    return until


def _days_served(case: Case, before: date) -> int:
    order = InterimOrder.objects.filter(case=case).first()
    return 0 if order is None else max(0, (min(order.until_on + ONE_DAY, before) - order.from_on).days)


def periods_of(sanction: Sanction) -> list[LicenceStatus]:
    """What the register holds today because of a sanction."""
    if sanction.until_on is not None:
        of_it = Q(status=Status.SUSPENDED, valid_from__lte=sanction.until_on)
    elif sanction.days is None and ends_it(sanction):
        of_it = Q(status=Status.REVOKED)
    else:
        return []  # a notice or a warning; a suspension of which the urgent one left nothing
    return list(
        LicenceStatus.objects.known()
        .filter(of_it, licence=sanction.licence_id, valid_from__gte=sanction.from_on)
        .order_by("valid_from")
    )


def _licence(case: Case) -> Licence:
    found = licence_today(case.dossier.office)
    assert found is not None, "a violation is reported of an office with a licence"  # noqa: S101
    return found


def note(sanction: Sanction, **facts: object) -> None:
    """Note what became of a sanction; within the act of a step of its case."""
    for name, fact in facts.items():
        setattr(sanction, name, fact)
    sanction.save()
